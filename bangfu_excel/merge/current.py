"""Current rows: the parts of submissions that count, one below the other, then one row a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bangfu_excel.core.columns import one_of
from bangfu_excel.core.rows import Outcome
from bangfu_excel.core.standing import SUBMITTER
from bangfu_excel.core.table import Table
from bangfu_excel.merge.decisions import decisions_of
from bangfu_excel.merge.office import renamed, with_office
from bangfu_excel.merge.parquet import stack, to_frame
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.resolving import ORIGINS, Resolved, Terms, resolved
from bangfu_excel.merge.state import Part, Registered, State
from bangfu_excel.merge.statements import PART, Claims, winners_and_statements
from bangfu_excel.merge.submission import read_table
from bangfu_excel.merge.succeeding import with_closed

ORIGIN_COLUMNS = (
    "_file", "_sheet", "_row", "_region", "_outcome", "_withheld", "_key", "_recipient", "_helper", "_link",
    "_pending", "_unit", "_submission", "_batch", SUBMITTER,
)  # fmt: skip
_OF_SUBMISSION: Mapping[str, Callable[[Registered], str]] = {
    "_submission": lambda one: one.id,
    "_batch": lambda one: one.batch,
    SUBMITTER: lambda one: one.submitter,
}

Read = Callable[[Path, str], pa.Table]
"""How a submission's table is read, given its folder and the table's name."""


def current_rows(folder: Path, state: State, table: str, read: Read = read_table) -> pd.DataFrame:
    """The accepted rows of `table`, one a key, in the order in which they came; columns as in `Rows` plus origin."""
    return current_table(folder, state, table, read).rows


def current_table(folder: Path, state: State, table: str, read: Read = read_table) -> Resolved:
    """The current rows of `table` with what is disputed of them and what comes from elsewhere (see `resolving`)."""
    found = _one_a_key(folder, state, table, read)
    rows, said = with_office(folder, state, found.rows, table)
    return (
        replace(found, rows=rows, origins=_last_said(said, found.origins)) if len(said) else replace(found, rows=rows)
    )


def _last_said(said: pd.DataFrame, origins: pd.DataFrame) -> pd.DataFrame:
    """The origins, of a value of which the office has the last word its own."""
    joined = pd.concat([said.astype(ORIGINS), origins], ignore_index=True)
    return joined[~joined.duplicated(["table", "key", "field"])].reset_index(drop=True)


def with_all_fields(rows: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows with every field of the table, in its order, before the other columns."""
    missing = {
        field.name: pd.Series(pd.NA if field.kind.dtype in ("Int64", "Float64", "boolean") else None,
                              index=rows.index, dtype=field.kind.dtype)
        for field in table.fields if field.name not in rows
    }  # fmt: skip
    rest = [name for name in rows.columns if name not in table]
    return rows.assign(**missing)[[*table.names, *rest]]


def known_rows(folder: Path, state: State, table: str) -> pd.DataFrame:
    """The current rows, and below them the returned ones whose key no accepted row has: what a reference may mean.

    `_region` is -1: the regions are not those of the run at hand.
    """
    read = cache(read_table)
    accepted = _one_a_key(folder, state, table, read).rows
    parts = state.parts(table)
    returned = _of(_stacked(folder, state, table, read), Outcome.RETURNED)
    newest, _ = winners_and_statements(returned, Claims.of(parts, state, table))
    returned = returned.take(newest).drop(columns=PART)
    waiting = returned[~one_of(returned["_key"], accepted["_key"])]
    frame = pd.concat([accepted, waiting], ignore_index=True) if len(waiting) else accepted
    frame, _ = with_office(folder, state, frame, table)
    return frame.assign(_region=np.full(len(frame), -1, dtype=np.int32))


def _one_a_key(folder: Path, state: State, table: str, read: Read) -> Resolved:
    """What was submitted and decided, one row a key.

    Of the rows that one unit brought for a key its newest batch's count. Rows without a key are one where all their values
    are equal. A pairing that was followed by another stays (`with_closed`).
    """
    rows = _of(_stacked(folder, state, table, read), Outcome.ACCEPTED)
    terms = Terms(table, state.policy, table in state.logs, decisions_of(state, table, Renames.of(folder, state).key))
    found = resolved(rows, Claims.of(state.parts(table), state, table), terms)
    return replace(found, rows=with_closed(found.rows, folder, state, table, read))


def stated_rows(folder: Path, state: State, table: str) -> pd.DataFrame:
    """Every accepted row of `table` that counts, as it was submitted but for the keys of now, in the order in which they came."""
    return _of(_stacked(folder, state, table, read_table), Outcome.ACCEPTED)


def rows_of_key(folder: Path, submission: Registered, table: str, key: str) -> pd.DataFrame:
    """The accepted rows of one key in one submission."""
    found = read_table(folder / submission.id, table)
    chosen = pc.and_(pc.equal(found["_key"], key), pc.equal(found["_outcome"], str(Outcome.ACCEPTED)))
    return to_frame(found.filter(pc.fill_null(chosen, False)))


def _stacked(folder: Path, state: State, table: str, read: Read) -> pd.DataFrame:
    """The rows of all parts, of every outcome, with the keys of now, their origin and the position of their part."""
    parts = state.parts(table)
    found = [_part(read(folder / part.submission.id, table), part) for part in parts]
    if not found:
        return _no_rows()
    rows = to_frame(stack(found))
    numbers = np.repeat(np.arange(len(parts)), [part.num_rows for part in found])
    origin = {
        name: pd.Series(pd.array([value(part.submission) for part in parts], dtype="str").take(numbers))
        for name, value in _OF_SUBMISSION.items()
    }
    return renamed(folder, state, rows.assign(**origin, **{PART: numbers}), table)


def _of(rows: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    chosen = rows["_outcome"] == outcome
    return rows if chosen.all() else rows[chosen].reset_index(drop=True)


def _part(rows: pa.Table, part: Part) -> pa.Table:
    if part.units is None:
        return rows
    return rows.filter(pc.is_in(rows["_unit"], pa.array(sorted(part.units), pa.large_string())))


def _no_rows() -> pd.DataFrame:
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in ORIGIN_COLUMNS})
    return empty.astype({"_row": "int64", "_region": "int32", "_pending": "bool"}).assign(
        **{PART: pd.Series(dtype="int64")}
    )
