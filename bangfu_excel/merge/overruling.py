"""Where what was submitted still says what the office has corrected: what each submitter has to change in its own copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from bangfu_excel.core.finding import Place
from bangfu_excel.merge.changes import value_text
from bangfu_excel.merge.current import stated_rows
from bangfu_excel.merge.draft import Amended
from bangfu_excel.merge.events import EVENTS, MEMBER, Said
from bangfu_excel.merge.former_heads import DEATH, Succession, concerned, is_he, successions
from bangfu_excel.merge.located import Cells
from bangfu_excel.merge.office import amendments
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import Registered, State

OVERRULED_COLUMNS = (
    "table", "key", "record", "field", "said", "stands", "submitter", "batch", "received", "file", "sheet", "cell", "submission", "row",
    "place", "told_by", "source", "date",
)  # fmt: skip
"""record: who is meant, in a few words · field: "" where the record was removed · said, stands: as a person would write them · submitter: as written, "" where nobody
knows · batch, received, file, sheet, cell, submission, row: of what was submitted · place … date: of the correction."""

_HEAD = "户主"
_WHO = ("household_id", "head_name", "recipient_name", "name", "helper_name", "visitors", "visited_on", "village")


def overruled(folder: Path, state: State) -> pd.DataFrame:
    """`OVERRULED_COLUMNS` (text; row int64), one row a value that counts as submitted but for a correction in force; and members
    of whom rosters say still, or not yet, that they are the head of their household.

    Of a record that a submitter has sent several times its latest rows are asked; a file that says the corrected value is
    none of them. By table, then as they came in.
    """
    written = {one.submitter: one.written for one in state.standing}  # one name for each, the latest
    by_id = {one.id: replace(one, written=written[one.submitter] if one.submitter else "") for one in state.standing}
    cells = Cells(folder)
    records = [record for table in state.tables for record in _of_table(folder, state, table, by_id, cells)]
    frame = pd.DataFrame.from_records(records, columns=list(OVERRULED_COLUMNS))
    return frame.astype({name: "int64" if name == "row" else "str" for name in OVERRULED_COLUMNS})


def _of_table(
    folder: Path, state: State, table: str, by_id: Mapping[str, Registered], cells: Cells
) -> Iterator[tuple[object, ...]]:
    corrected = any(record["table"] == table for record in _corrections(state))
    followed = successions(state.office, Renames.of(folder, state)) if table == MEMBER else {}
    if not (corrected or followed):
        return
    rows = _latest(stated_rows(folder, state, table), state, table)
    found = amendments(folder, state, rows, table)
    told = list(_corrected(found, rows)) if found is not None else []
    for one in sorted([*told, *_of_heads(rows, followed)], key=lambda one: (one.at, one.field)):
        row, submission = rows.iloc[one.at], by_id[rows["_submission"].iat[one.at]]
        where = {"submission": submission.id, "region": row["_region"], "row": row["_row"]}
        place = cells.place(where, table, one.field)
        record = _record(state, one.said)
        yield (
            table, row["_key"], " ".join(filter(None, (_text(rows, one.at, name) for name in _WHO))), one.field,
            one.written, one.stands, submission.written, submission.batch, submission.received, submission.file, place.sheet,
            place.cell or _first_cell(place), submission.id, int(row["_row"]), one.said.place, one.said.told_by,
            str(record.get("source") or EVENTS.get(one.said.kind, "")), str(record.get("date") or ""),
        )  # fmt: skip


class _Overruled(NamedTuple):
    """A value (of a record as a whole: field "") that a row states, and what stands instead, on whose word."""

    at: int
    field: str
    written: str
    stands: str
    said: Said


def _corrected(found: Amended, rows: pd.DataFrame) -> Iterator[_Overruled]:
    for at, field, said in _contradicted(found, rows):
        yield _Overruled(at, field, _text(rows, at, field), _text(found.all_rows, at, field), said)


def _of_heads(rows: pd.DataFrame, followed: Mapping[str, tuple[Succession, ...]]) -> Iterator[_Overruled]:
    """Members who are still, or not yet, the head: one who died should be on no list, one who succeeded should be 户主."""
    for at, row, one in concerned(rows, followed):
        heads = row.get("relation") == _HEAD
        if is_he(row, one.old) and one.reason == DEATH:
            yield _Overruled(at, "", "", "", one.said)
        elif is_he(row, one.old) and heads:
            yield _Overruled(at, "relation", _HEAD, "不再是户主", one.said)
        elif is_he(row, one.new) and not heads:
            yield _Overruled(at, "relation", str(row.get("relation") or ""), _HEAD, one.said)


def _corrections(state: State) -> Iterator[Mapping[str, Any]]:
    return (record for entry in state.office if entry.kind == "correct" for record in entry.content["records"])


def _record(state: State, said: Said) -> Mapping[str, Any]:
    """What the office recorded, by its entry and place."""
    records = (r for entry in state.office if entry.batch == said.batch for r in entry.content["records"])
    return next((record for record in records if record.get("place") == said.place), {})


def _latest(rows: pd.DataFrame, state: State, table: str) -> pd.DataFrame:
    """Of each record the rows of the newest batch in which each submitter stated it."""
    standing = {one.id: one for one in state.standing}
    age = {one: state.precedence(standing[one], table) for one in rows["_submission"].unique()}
    ranks = {when: rank for rank, when in enumerate(sorted(set(age.values())))}
    submitters = rows["_submission"].map({one: standing[one].submitter or one for one in age})
    numbers = rows["_submission"].map({one: ranks[when] for one, when in age.items()})
    last = numbers.groupby([rows["_key"], submitters]).transform("max")
    return rows[(numbers == last).to_numpy(dtype=bool)].reset_index(drop=True)


def _contradicted(found: Amended, rows: pd.DataFrame) -> Iterator[tuple[int, str, Said]]:
    """Position, field and correction of every value that was stated and is another one now, and of every removed record."""
    last = {(at, one.field): one.said for one in found.touched if one.said.kind == "correct" for at in one.positions}
    for (at, field), said in last.items():
        if _text(rows, at, field):
            yield at, field, said
    for at, removal in found.gone.items():
        if removal.said.kind == "correct":
            yield at, "", removal.said


def _text(rows: pd.DataFrame, at: int, field: str) -> str:
    if not field or field not in rows:
        return ""
    precision = rows[f"{field}__precision"].iat[at] if f"{field}__precision" in rows else ""
    return value_text(rows[field].iat[at], precision)


def _first_cell(place: Place) -> str:
    """The beginning of the row in which a record stands, where what is corrected has no cell of its own."""
    return f"A{place.row}" if place.row else ""
