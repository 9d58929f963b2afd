"""The registry (台账库): immutable submissions and a journal. Everything else is derived from them.

    <path>/submissions/<id>/   one Parquet file a table, findings.parquet, submission.json
    <path>/journal/<seq>.json  import, withdraw, restore; the creation of this file is the commit

A submission that no entry names does not exist: that is what a run leaves that was killed before its commit.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.core.finding import Place
from bangfu_excel.core.table import Table
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.current import current_rows, known_rows
from bangfu_excel.merge.history import origin_of, versions_of
from bangfu_excel.merge.journal import Entry, Journal
from bangfu_excel.merge.state import State, held_by, state_of

_LITTER = frozenset({"desktop.ini", "thumbs.db"})


@dataclass(frozen=True, init=False, repr=False)
class Registry:
    """The registry at `path`. Nothing is created before the first batch is merged into it.

    Raises `RegistryError` where `path` is something else, or, with create=False, where no registry is there.
    """

    path: Path

    def __init__(self, path: str | Path, create: bool = True) -> None:
        object.__setattr__(self, "path", Path(path))
        _require_registry_or_nothing(self.path)
        if not create and not self.exists:
            raise RegistryError(f"“{self.path}”处没有台账库，请核对路径")

    @property
    def submissions(self) -> Path:
        """The folder of the submissions."""
        return self.path / "submissions"

    @property
    def journal(self) -> Journal:
        """The journal."""
        return Journal(self.path / "journal")

    @property
    def exists(self) -> bool:
        """True once something was committed."""
        return bool(self.journal.entries())

    @property
    def state(self) -> State:
        """What the journal adds up to, read now."""
        return state_of(self.journal.entries())

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that the active batches brought rows of, in alphabetical order."""
        return tuple(sorted({name for held in self.state.active for name in held.accepted}))

    def current(self, table: str | Table) -> pd.DataFrame:
        """The current rows of `table`: one a key, canonical columns plus origin (`_file` … `_submission`, `_batch`).

        Given a `Table`, all its fields are there even if nobody submitted them; given a name, those that were.
        """
        name = table if isinstance(table, str) else table.name
        rows = current_rows(self.submissions, self.state.active, name)
        return rows if isinstance(table, str) else _with_all_fields(rows, table)

    def known(self, *, without: Collection[str] = ()) -> Mapping[str, pd.DataFrame]:
        """Table → what is registered, accepted or returned (`_outcome`), for linking and rules across tables.

        without: SHA-256 of files that are being checked again; what they said before is left out, so that the same
        file gets the same outcome whether it is registered or not.
        """
        held = tuple(one for one in self.state.active if one.sha256 not in without)
        names = sorted({name for one in held for name in one.accepted})
        return {name: known_rows(self.submissions, held, name) for name in names}

    def history(self, table: str, key: str) -> pd.DataFrame:
        """Every version of a record, oldest first: batch, received, state, file, sheet, row, changed, then its values.

        state: active, replaced (the same file came again with another outcome) or withdrawn · changed: fields that
        differ from the version before it that was not withdrawn, joined with 、.
        """
        return versions_of(self.submissions, self.state, table, key)

    def provenance(self, table: str, key: str, field: str) -> Place:
        """The file, sheet and cell that the current value of `field` came from."""
        return origin_of(self.submissions, self.state, table, key, field)

    def batches(self) -> pd.DataFrame:
        """The batches, oldest first: id, received, files, period, as_of, state (active, withdrawn), rows (accepted)."""
        state = self.state
        records = [_batch_record(entry, entry.batch in state.withdrawn) for entry in state.imports]
        columns = ["id", "received", "files", "period", "as_of", "state", "rows"]
        frame = pd.DataFrame.from_records(records, columns=columns)
        dates = dict.fromkeys(("received", "as_of"), "datetime64[ns]")
        text = dict.fromkeys(("id", "period", "state"), "str")
        return frame.astype({**text, **dates, "files": "int64", "rows": "int64"})

    def undo(self, batch_id: str) -> None:
        """The registry as if the batch had never come; its evidence stays, and `restore` brings it back."""
        self._turn(batch_id, "withdraw")

    def restore(self, batch_id: str) -> None:
        """An undone batch counts again, at its old place in the order."""
        self._turn(batch_id, "restore")

    def _turn(self, batch_id: str, kind: str) -> None:
        def decide(entries: tuple[Entry, ...], seq: int) -> Mapping[str, Any]:
            state = state_of(entries)
            if all(entry.batch != batch_id for entry in state.imports):
                raise RegistryError(f"台账库里没有批次“{batch_id}”，用 bangfu batches 可以看到全部批次")
            if (batch_id in state.withdrawn) == (kind == "withdraw"):
                done = "已经撤回过了，不能再撤回" if kind == "withdraw" else "没有被撤回，不需要恢复"
                raise RegistryError(f"批次“{batch_id}”{done}")
            return {"kind": kind, "batch": batch_id}

        self.journal.append(decide)

    def __repr__(self) -> str:
        state = self.state
        active = len(state.imports) - len(state.withdrawn)
        return f"Registry({str(self.path)!r}: {len(state.imports)} batches, {active} active)"

    def _repr_html_(self) -> str:
        state = self.state
        active = len(state.imports) - len(state.withdrawn)
        tables = "、".join(self.tables) or "无"
        return (
            f"<p><b>台账库</b> {html.escape(str(self.path))}<br>"
            f"批次 {len(state.imports)} 个（有效 {active} 个），文件 {len(state.active)} 个，表：{html.escape(tables)}</p>"
        )


def _require_registry_or_nothing(path: Path) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        raise RegistryError(f"“{path}”是一个文件，不是台账库，请另选一个文件夹")
    names = {p.name for p in path.iterdir() if not p.name.startswith(".") and p.name.lower() not in _LITTER}
    if "journal" not in names and names - {"submissions"}:
        raise RegistryError(f"“{path}”里已有别的文件，不是台账库，请另选一个文件夹")


def _batch_record(entry: Entry, withdrawn: bool) -> tuple[object, ...]:
    content = entry.content
    rows = sum(sum(held.accepted.values()) for held in held_by(entry))
    return (
        entry.batch, dt.date.fromisoformat(content["received"]), len(content["submissions"]), content["period"],
        dt.date.fromisoformat(content["as_of"]), "withdrawn" if withdrawn else "active", rows,
    )  # fmt: skip


def _with_all_fields(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    missing = {
        field.name: pd.Series(pd.NA if field.kind.dtype in ("Int64", "Float64", "boolean") else None,
                              index=rows.index, dtype=field.kind.dtype)
        for field in table.fields if field.name not in rows
    }  # fmt: skip
    rest = [name for name in rows.columns if name not in table]
    return rows.assign(**missing)[[*table.names, *rest]]
