"""Current rows: of the parts of submissions that count, the latest batch's row of each key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bangfu_excel.core.columns import among
from bangfu_excel.core.rows import Outcome
from bangfu_excel.merge.office import renamed, with_office
from bangfu_excel.merge.parquet import stack, to_frame
from bangfu_excel.merge.state import Part, Registered, State
from bangfu_excel.merge.submission import read_table
from bangfu_excel.merge.succeeding import with_closed

ORIGIN_COLUMNS = (
    "_file", "_sheet", "_row", "_region", "_outcome", "_withheld", "_key", "_recipient", "_helper", "_link",
    "_pending", "_unit", "_submission", "_batch",
)  # fmt: skip
_SEQ = "_seq"

Read = Callable[[Path, str], pa.Table]
"""How a submission's table is read, given its folder and the table's name."""


def current_rows(folder: Path, state: State, table: str, read: Read = read_table) -> pd.DataFrame:
    """The accepted rows of `table`, one a key, ordered by batch, file and row; columns as in `Rows` plus origin.

    Of one key in several batches the latest counts; of one key twice in a batch, the first (its `_pending` says so).
    Rows without a key are one where all their values are equal. A pairing that was followed by another stays (`with_closed`).
    """
    rows = _stacked(folder, state, table, read)
    rows = with_closed(_winners(_of(rows, Outcome.ACCEPTED)), folder, state, table, read)
    return with_office(folder, state, rows, table)


def known_rows(folder: Path, state: State, table: str) -> pd.DataFrame:
    """The current rows, and below them the returned ones whose key no accepted row has: what a reference may mean.

    `_region` is -1: the regions are not those of the run at hand.
    """
    rows = _stacked(folder, state, table, read_table)
    accepted, returned = (_winners(_of(rows, outcome)) for outcome in (Outcome.ACCEPTED, Outcome.RETURNED))
    accepted = with_closed(accepted, folder, state, table, read_table)
    waiting = returned[~among(returned["_key"], accepted["_key"].dropna().tolist())]
    frame = pd.concat([accepted, waiting], ignore_index=True) if len(waiting) else accepted
    frame = with_office(folder, state, frame, table)
    return frame.assign(_region=np.full(len(frame), -1, dtype=np.int32))


def rows_of_key(folder: Path, submission: Registered, table: str, key: str) -> pd.DataFrame:
    """The accepted rows of one key in one submission."""
    found = read_table(folder / submission.id, table)
    chosen = pc.and_(pc.equal(found["_key"], key), pc.equal(found["_outcome"], str(Outcome.ACCEPTED)))
    return to_frame(found.filter(pc.fill_null(chosen, False)))


def _stacked(folder: Path, state: State, table: str, read: Read) -> pd.DataFrame:
    found = [_part(read(folder / part.submission.id, table), part) for part in state.parts(table)]
    rows = renamed(folder, state, to_frame(stack(found)) if found else _no_rows(), table)
    return rows if "_pending" in rows else rows.assign(_pending=False)


def _of(rows: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    chosen = rows["_outcome"] == outcome
    return rows if chosen.all() else rows[chosen].reset_index(drop=True)


def _part(rows: pa.Table, part: Part) -> pa.Table:
    if part.units is not None:
        rows = rows.filter(pc.is_in(rows["_unit"], pa.array(sorted(part.units), pa.large_string())))
    for name, value in (("_submission", part.submission.id), ("_batch", part.submission.batch)):
        field = pa.field(name, pa.large_string(), metadata={b"dtype": b"str"})
        rows = rows.append_column(field, pa.repeat(pa.scalar(value, pa.large_string()), rows.num_rows))
    seq = pa.field(_SEQ, pa.int64(), metadata={b"dtype": b"int64"})
    return rows.append_column(seq, pa.repeat(pa.scalar(part.submission.seq, pa.int64()), rows.num_rows))


def _winners(rows: pd.DataFrame) -> pd.DataFrame:
    seq = rows[_SEQ].to_numpy()
    later_first = np.argsort(-seq, kind="stable")
    repeated = pd.Series(_identities(rows)[later_first]).duplicated().to_numpy()
    winners = rows.drop(columns=_SEQ)
    return winners.take(np.sort(later_first[~repeated])).reset_index(drop=True) if repeated.any() else winners


def _identities(rows: pd.DataFrame) -> NDArray[np.int64]:
    """A number for each key; rows without one get a number for each distinct content."""
    numbers = np.array(pd.factorize(rows["_key"])[0], dtype=np.int64)
    keyless = np.flatnonzero(numbers < 0)
    if len(keyless):
        said = rows[[n for n in rows.columns if n == "_recipient" or not n.startswith("_")]].take(keyless)
        contents = pd.util.hash_pandas_object(said, index=False)
        numbers[keyless] = numbers.max() + 1 + pd.factorize(contents)[0]
    return numbers


def _no_rows() -> pd.DataFrame:
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in ORIGIN_COLUMNS})
    return empty.astype({"_row": "int64", "_region": "int32", "_pending": "bool"}).assign(
        **{_SEQ: pd.Series(dtype="int64")}
    )
