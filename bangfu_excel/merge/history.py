"""Where a value came from, and what it was before."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.core.finding import Place
from bangfu_excel.core.masking import without_numbers
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.changes import changed_fields
from bangfu_excel.merge.current import current_table, rows_of_key
from bangfu_excel.merge.located import Cells, row_of
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import Registered, State, registered_by
from bangfu_excel.merge.succeeding import CLOSED, SINCE, UNTIL, closed_by

VERSION_COLUMNS = ("batch", "received", "state", "file", "sheet", "row", "changed")


def versions_of(folder: Path, state: State, table: str, key: str) -> pd.DataFrame:
    """Every accepted row of `key` that any batch brought, and every decision on it, oldest first.

    `VERSION_COLUMNS` stand before the values; a decision names in `changed` the field that it settles and has no values.
    """
    versions: list[tuple[int, pd.DataFrame]] = []
    last: pd.DataFrame | None = None
    current = current_table(folder, state, table)
    now = Renames.of(folder, state).key(table, key)
    standings = _Standings(
        *(rows[rows[name] == now] for rows, name in ((current.rows, "_key"), (current.outvoted, "key")))
    )
    for standing, submission, row in _rows_in_order(folder, state, table, key):
        changed = changed_fields(last, row) if last is not None else ()
        became = standings.of(standing, submission, row)
        versions.append((submission.seq, _version(submission, became, row, changed)))
        if standing not in ("withdrawn", "held"):
            last = row
    if not versions:
        raise RegistryError(f"台账库里没有编号为“{without_numbers(key)}”的记录（表 {table}）")
    versions += _decisions(state, table, {key, now})
    return pd.concat([frame for _, frame in sorted(versions, key=lambda one: one[0])], ignore_index=True)


class _Standings:
    """What became of the rows of one key, of which `current` (none or one) is current and `outvoted` state it beside that one."""

    def __init__(self, current: pd.DataFrame, outvoted: pd.DataFrame) -> None:
        self.current = {_place(row, "_") for row in current.to_dict("records")}
        self.outvoted = {_place(row, "") for row in outvoted.to_dict("records")}
        self.seen: set[tuple[str, int, int]] = set()

    def of(self, standing: str, submission: Registered, row: pd.DataFrame) -> str:
        """The state of a version, given what became of its unit."""
        place = (submission.id, int(row["_region"].iloc[0]), int(row["_row"].iloc[0]))
        if standing != "active":
            return "closed" if standing == "superseded" and place in self.current else standing
        again = place in self.seen
        self.seen.add(place)
        if place in self.outvoted or again:
            return "outvoted"
        return "active" if place in self.current else "superseded" if self.current else "removed"


def _place(row: Mapping[Hashable, Any], prefix: str) -> tuple[str, int, int]:
    return str(row[f"{prefix}submission"]), int(row[f"{prefix}region"]), int(row[f"{prefix}row"])


def _decisions(state: State, table: str, keys: Collection[str]) -> Iterator[tuple[int, pd.DataFrame]]:
    """The decisions on one record, undone ones too, with the numbers of their entries."""
    for entry in state.undoable:
        for record in entry.content["records"] if entry.kind == "decide" else ():
            if record.get("table") == table and record.get("key") in keys:
                sheet, _, cell = str(record.get("place", "")).rpartition("!")
                standing = "withdrawn" if entry.batch in state.withdrawn else "active"
                said = (entry.batch, pd.Timestamp(entry.content["received"]), standing)
                where = (str(entry.content.get("file", "")), sheet, row_of(cell), str(record["field"]))
                yield entry.seq, _typed_head(*said, *where)


def origin_of(folder: Path, state: State, table: str, key: str, field: str) -> Place:
    """The cell of the current value of `field`; where the field had no column, its row with no label."""
    current = current_table(folder, state, table)
    found = current.rows[current.rows["_key"] == key]
    if found.empty:
        raise RegistryError(f"台账库里没有编号为“{without_numbers(key)}”的有效记录（表 {table}）")
    if field not in found:
        raise RegistryError(f"表 {table} 没有字段“{field}”")
    elsewhere = current.origins[(current.origins["key"] == key) & (current.origins["field"] == field)]
    own = found.rename(columns=lambda name: name.removeprefix("_")).assign(entry="", cell="")
    row = (elsewhere if len(elsewhere) else own).iloc[0].to_dict()
    if not row["submission"]:  # the office said it
        return Place(row["file"], row["sheet"], row["cell"], row_of(row["cell"]), table, field)
    if not row["submission"]:  # a record of the office's own that says nothing here
        return Place(row["file"], row["sheet"], "", int(row["row"]), table, field)
    if field == UNTIL and found.iloc[0].get(CLOSED):
        submission, region, number = closed_by(found.iloc[0][CLOSED])
        return Cells(folder).place({"submission": submission, "region": region, "row": number}, table, SINCE)
    return Cells(folder).place(row, table, field)


def _rows_in_order(folder: Path, state: State, table: str, key: str) -> Iterator[tuple[str, Registered, pd.DataFrame]]:
    for submission in (one for entry in state.imports for one in registered_by(entry) if table in one.accepted):
        rows = rows_of_key(folder, submission, table, key)
        for position, unit in enumerate(rows["_unit"].tolist()):
            row = rows.iloc[[position]].reset_index(drop=True)
            yield state.standing_of(submission, table, unit), submission, row


def _version(submission: Registered, standing: str, row: pd.DataFrame, changed: tuple[str, ...]) -> pd.DataFrame:
    head = _typed_head(
        submission.batch, pd.Timestamp(submission.received), standing,
        row["_file"].iloc[0], row["_sheet"].iloc[0], row["_row"].iloc[0], "、".join(changed),
    )  # fmt: skip
    values = row[[name for name in row.columns if not name.startswith("_")]]
    return pd.concat([head, values], axis=1)


def _typed_head(*values: object) -> pd.DataFrame:
    """One row of `VERSION_COLUMNS`."""
    dtypes = dict.fromkeys(VERSION_COLUMNS, "str") | {"received": "datetime64[ns]", "row": "int64"}
    return pd.DataFrame([values], columns=list(VERSION_COLUMNS)).astype(dtypes)
