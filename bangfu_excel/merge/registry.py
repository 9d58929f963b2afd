"""The registry (台账库): immutable submissions and a journal. Everything else is derived from them.

    <path>/submissions/<id>/   one Parquet file a table, findings.parquet, submission.json
    <path>/issued/<batch>/     the rows that an announcement counted
    <path>/journal/<seq>.json  import, confirm, decide, correct, event, objection, nil, issue, withdraw, restore; the creation of this file is the commit

A submission that no entry names does not exist: that is what a run leaves that was killed before its commit.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.core.finding import Place
from bangfu_excel.core.period import Period
from bangfu_excel.core.standing import CONFIRMED, DECIDED, FORMER
from bangfu_excel.core.table import Table
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.change_log import between, change_log
from bangfu_excel.merge.confirmed import confirmed_links
from bangfu_excel.merge.current import current_rows, known_rows, with_all_fields
from bangfu_excel.merge.decisions import decided_values
from bangfu_excel.merge.disputed import disputed
from bangfu_excel.merge.events import HOUSEHOLD
from bangfu_excel.merge.former import known_formerly
from bangfu_excel.merge.history import origin_of, versions_of
from bangfu_excel.merge.issuing import countable, issue_entry
from bangfu_excel.merge.journal import SUBMISSIONS, Entry, Journal
from bangfu_excel.merge.listing import listed
from bangfu_excel.merge.moments import Moment, entries_at
from bangfu_excel.merge.objecting import require_sound
from bangfu_excel.merge.overruling import overruled
from bangfu_excel.merge.recording import Record, office_entry
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.sources import elsewhere
from bangfu_excel.merge.state import State, state_of
from bangfu_excel.merge.storage import why
from bangfu_excel.merge.undoing import Effect, Undone, effect_between, require_turnable, target, undone
from bangfu_excel.merge.verifying import Verified, verified

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
        return self.path / SUBMISSIONS

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

    def state_at(self, moment: Moment) -> State:
        """What the journal added up to on a day (its end), or right after a batch; see `entries_at`."""
        return state_of(entries_at(self.journal.entries(), moment))

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that something counts of, in alphabetical order."""
        return self.state.tables

    def current(self, table: str | Table, *, as_of: Moment | None = None) -> pd.DataFrame:
        """The current rows of `table`: one a key, canonical columns plus origin (`_file` … `_submission`, `_batch`).

        Given a `Table`, all its fields are there even if nobody submitted them; given a name, those that were.
        as_of: as they were known on that day, or right after that batch.
        """
        name = table if isinstance(table, str) else table.name
        state = self.state if as_of is None else self.state_at(as_of)
        rows = current_rows(self.submissions, state, name)
        return rows if isinstance(table, str) else with_all_fields(rows, table)

    def snapshot(self, tables: Iterable[Table]) -> dict[str, pd.DataFrame]:
        """Name → what `current` says of the table; all of one moment, whoever writes meanwhile."""
        state = self.state
        return {one.name: with_all_fields(current_rows(self.submissions, state, one.name), one) for one in tables}

    def known(self, *, without: Collection[str] = ()) -> Mapping[str, pd.DataFrame]:
        """Table → what is registered, accepted or returned (`_outcome`), for linking and rules across tables;
        under `CONFIRMED` whom the office said references mean, under `DECIDED` what it decided between, under `FORMER` what
        households were called before.

        without: SHA-256 of files that are being checked again; what they said before is left out, so that the same
        file gets the same outcome whether it is registered or not.
        """
        state = self.state.without(without)
        known = {name: known_rows(self.submissions, state, name) for name in state.tables}
        renames = Renames.of(self.submissions, state)
        said = {CONFIRMED: confirmed_links(state, renames.recipient), DECIDED: decided_values(state, renames.key)}
        more = {name: frame for name, frame in said.items() if len(frame)}
        if HOUSEHOLD in known:
            former = known_formerly(self.submissions, state, known[HOUSEHOLD])
            more |= {FORMER: former} if len(former) else {}
        return {**known, **more}

    def history(self, table: str, key: str) -> pd.DataFrame:
        """Every version of a record and every decision on it, oldest first: batch, received, state, file, sheet, row, changed,
        then its values (a decision has none; `changed` names its field).

        state: active (the row that is current), outvoted (it counts beside that one, of another unit or of the same run: field
        by field its values may stand), superseded (its submitter reported the village, the month or the record anew), closed
        (superseded too, but it stays with the end that its successor gives it), removed (by the office), replaced (the same
        file came again with another outcome), withdrawn or held (waits to be confirmed): exactly one of them · changed: fields
        that differ from the version before it that was neither withdrawn nor held, joined with 、.
        """
        return versions_of(self.submissions, self.state, table, key)

    def changes(self, since: Moment | None = None, until: Moment | None = None) -> pd.DataFrame:
        """What changed between two moments (days or batches; from the beginning, until now): one line a record or value.

        table, key · former: the pairing that a new one follows, the household that was split or has become part of another · kind: 新增, 变更, 减少, 更换帮扶人, or a life event (分户, 并户,
        户主变更, 迁村, 户编号变更, 村合并或更名, 帮扶人调动) · field: of a changed value; `_key` where the record has another key now ·
        before, after: as text · reason: of a record that is gone (脱贫, 死亡, 迁出, 退出, 重复, of a head of before also 户主变更, 未说明), and what the office says of
        a change · batch, received, file, sheet, cell: where the new value stands; of what is gone the old one. Members and
        pairings of a household that is gone are not told again; of a pairing that was closed the changed end is told too.
        """
        first, last = between(self.journal.entries(), since, until)
        return change_log(self.submissions, state_of(first), state_of(last)).lines

    def disputes(self) -> pd.DataFrame:
        """What units state differently and the office is to decide: one row a stated value of a disputed field.

        table, key, field, text (as a person writes it), value (JSON text), precision (of a date), submitter (as written),
        received, file, sheet, cell, stands (whether it is the value that stands meanwhile); ordered by table, key, field, the
        newest statement first. What was decided is not asked again as long as the same values are stated.
        """
        return disputed(self.submissions, self.state)

    def provenance(self, table: str, key: str, field: str) -> Place:
        """The file, sheet and cell that the current value of `field` came from; of a decided one, the office's workbook."""
        return origin_of(self.submissions, self.state, table, key, field)

    def overruled(self) -> pd.DataFrame:
        """What counts as it was submitted but for a correction of the office, with its cell (see `overruling`)."""
        return overruled(self.submissions, self.state)

    def elsewhere(self, table: str) -> pd.DataFrame:
        """The current values that do not come from their row's own cell: key, field, file, sheet, cell, how (see `sources`)."""
        return elsewhere(self.submissions, self.state, table)

    def batches(self) -> pd.DataFrame:
        """Everything that can be undone, oldest first: id, received, files, period, as_of, state, rows, kind, submitter.

        kind: import, confirm (of files that were held), decide, correct, event, objection, nil (what the office says) or issue (an announcement) · state: active, withdrawn, or held where
        all files of a batch wait · rows: accepted, confirmed or counted · received and as_of may be missing.
        """
        return listed(self.state)

    def undo(self, name: str, *, received: dt.date | None = None) -> Undone:
        """The registry as if the batch `name` had never come, and what that brings back; its evidence stays.

        name: of any entry that `batches` lists; or the id of an `Undone`, which is then undone itself · received: the day on
        which it was said; without one, it holds for `current(as_of=…)` of any day.
        """
        return self._turn(name, "withdraw", received)

    def restore(self, name: str, *, received: dt.date | None = None) -> Undone:
        """An undone batch counts again, at its old place in the order; received as for `undo`."""
        return self._turn(name, "restore", received)

    def confirm(self, submissions: Iterable[str], *, received: dt.date | None = None) -> str:
        """The submissions (ids, as in `Merge.held`) that were held count from now on; the id of the entry, which can be undone.

        received: the day on which that was said, as for `undo`.
        """
        ids = sorted(set(submissions))

        def decide(entries: tuple[Entry, ...], seq: int) -> Mapping[str, Any]:
            waiting = {one.id for one in state_of(entries).waiting}
            if not ids or not waiting.issuperset(ids):
                unknown = "、".join(one for one in ids if one not in waiting)
                raise RegistryError(f"没有等待确认的文件“{unknown}”，可能已经确认过")
            return {"kind": "confirm", "batch": f"{seq:04d}-{_short(*ids)}", "submissions": ids, **_said_on(received)}

        return self._appended(decide).batch

    def effect(self, batch: str) -> Effect:
        """What the entry `batch` changed when it was made: records that came, went or say something else since."""
        entries = self.journal.entries()
        position = next((i for i, entry in enumerate(entries) if entry.batch == batch), None)
        if position is None:
            raise RegistryError(f"台账库里没有批次“{batch}”，用 bangfu batches 可以看到全部批次")
        before, after = state_of(entries[:position]), state_of(entries[: position + 1])
        return effect_between(before, after, self.submissions)

    def issue(
        self,
        period: Period | str,
        *,
        scheme: str = "default",
        as_of: dt.date | None = None,
        counted: Mapping[str, pd.DataFrame] | None = None,
        beside: Collection[str] = (),
    ) -> str:
        """The figures of `period` are announced: the id of the entry, which can be undone.

        counted: table → the rows that were counted (`_key` and their origin, as `current` has them); where it is not given,
        the current rows of every log up to the period's end, and of the rosters `beside`. They are kept as they are; a later
        file that changes or lacks one of the period's months is held.
        """
        span = Period.parse(period) if isinstance(period, str) else period
        about: dict[str, Any] = {"period": span.text, "scheme": scheme, "as_of": (as_of or span.end).isoformat()}
        about |= {"beside": sorted(beside)} if beside else {}

        def decide(entries: tuple[Entry, ...], seq: int) -> Mapping[str, Any]:
            state = state_of(entries)
            rows = countable(self.submissions, state, span, beside) if counted is None else counted
            return issue_entry(self.path / "issued", rows, state, about, seq)

        return self._appended(decide).batch

    def record(self, kind: str, records: Sequence[Record], *, received: dt.date, file: str = "") -> str:
        """What the office says counts from now on: the id of the entry, which can be undone; "" where it has said so already.

        kind: decide, correct, event, objection or nil (a 零报告) · received: the day on which it was said · file: the workbook that says it. What cannot
        be, given what is registered, is refused as a whole (`RegistryError`).
        """

        def decide(entries: tuple[Entry, ...], seq: int) -> Mapping[str, Any] | None:
            state = state_of(entries)
            entry = office_entry(kind, records, state, seq, received=received, file=file)
            if entry is not None:
                require_sound(kind, records, self.submissions, state)
            return entry

        entry = self.journal.append(decide)
        return entry.batch if entry else ""

    def verify(self) -> Verified:
        """Whether everything that the journal names is there and says what it said; nothing is repaired."""
        return verified(self.path)

    def _turn(self, name: str, kind: str, received: dt.date | None) -> Undone:
        seen: list[tuple[Entry, ...]] = []

        def decide(entries: tuple[Entry, ...], seq: int) -> Mapping[str, Any]:
            seen.append(entries)
            batch, turn = target(entries, name, kind)
            require_turnable(state_of(entries), batch, turn)
            return {"kind": turn, "batch": batch, "id": f"{seq:04d}-{_short(turn, batch)}", **_said_on(received)}

        act = self._appended(decide)
        return undone(act, state_of(seen[-1]), state_of((*seen[-1], act)), self.submissions)

    def _appended(self, decide: Callable[[tuple[Entry, ...], int], Mapping[str, Any]]) -> Entry:
        entry = self.journal.append(decide)
        assert entry is not None  # `decide` always asks for one
        return entry

    def __repr__(self) -> str:
        state = self.state
        active = sum(entry.batch not in state.withdrawn for entry in state.imports)
        return f"Registry({str(self.path)!r}: {len(state.imports)} batches, {active} active)"

    def _repr_html_(self) -> str:
        state = self.state
        active = sum(entry.batch not in state.withdrawn for entry in state.imports)
        tables = "、".join(self.tables) or "无"
        return (
            f"<p><b>台账库</b> {html.escape(str(self.path))}<br>"
            f"批次 {len(state.imports)} 个（有效 {active} 个），文件 {len(state.active)} 个，表：{html.escape(tables)}</p>"
        )


def opened(registry: Registry | str | Path) -> Registry:
    """The registry, or the one in this folder; `RegistryError` where none is there."""
    return registry if isinstance(registry, Registry) else Registry(registry, create=False)


def _require_registry_or_nothing(path: Path) -> None:
    try:
        if not path.exists():
            return
        if not path.is_dir():
            raise RegistryError(f"“{path}”是一个文件，不是台账库，请另选一个文件夹")
        names = {p.name for p in path.iterdir() if not p.name.startswith(".") and p.name.lower() not in _LITTER}
    except OSError as error:
        raise RegistryError(f"台账库“{path}”{why(error)}") from error
    if "journal" not in names and names - {SUBMISSIONS, "issued"}:
        raise RegistryError(f"“{path}”里已有别的文件，不是台账库，请另选一个文件夹")


def _said_on(day: dt.date | None) -> Mapping[str, str]:
    return {"received": day.isoformat()} if day else {}


def _short(*texts: str) -> str:
    return hashlib.sha256("".join(texts).encode("utf-8")).hexdigest()[:6]
