"""What the office says, laid over what was submitted: keys of now, values and records as they were corrected."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bangfu_excel.merge.amending import acts_of, amended
from bangfu_excel.merge.draft import Amended
from bangfu_excel.merge.events import HOUSEHOLD, MOVE, VILLAGE, events, pair, village_units
from bangfu_excel.merge.located import row_of
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import read_columns
from bangfu_excel.merge.units import former_units, unit_now

FORMER_VILLAGE = "_former_village"
"""Column of current households: 原村, the village that they belonged to before they moved or it became part of another."""


def renamed(folder: Path, state: State, rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of `table`, of any outcome, with the keys of now."""
    return Renames.of(folder, state).rows(rows, table)


def with_office(folder: Path, state: State, rows: pd.DataFrame, table: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row a key (keys of now) with corrections and events applied, and where the office said the values that it gave.

    Households have `_former_village` where one is known. The second frame has the columns of `resolving.ORIGINS`.
    """
    found = amendments(folder, state, rows, table)
    if found is None:
        return rows, pd.DataFrame()
    shown = _with_former_village(folder, state, found) if table == HOUSEHOLD else found.rows
    return shown, _origins(found, table)


def _origins(found: Amended, table: str) -> pd.DataFrame:
    """One row a value that a correction or an event gave: its key and field, and the cell of the office's workbook."""
    last = {(at, one.field): one.said for one in found.touched for at in one.positions if at not in found.gone}
    records, keys = [], found.all_rows["_key"].tolist()
    for (at, field), said in last.items():
        sheet, _, cell = said.place.rpartition("!")
        records.append(
            {
                "table": table, "key": keys[at], "field": field, "submission": "", "file": said.file,
                "sheet": sheet, "row": row_of(cell), "region": -1, "cell": cell, "entry": said.batch,
            }
        )  # fmt: skip
    return pd.DataFrame.from_records(records)


def as_it_counts(folder: Path, state: State, rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """Rows of a file that has not come in yet (a RangeIndex), with the keys of now and what the office says of them."""
    rows = renamed(folder, state, rows, table)
    found = amendments(folder, state, rows, table)
    return (
        rows
        if found is None
        else found.all_rows.iloc[: len(rows)].drop(index=[at for at in found.gone if at < len(rows)])
    )


def amendments(folder: Path, state: State, rows: pd.DataFrame, table: str) -> Amended | None:
    """What corrections and events make of rows of `table` (a RangeIndex, keys of now); None where nothing was said."""
    if not any(entry.kind in ("correct", "event") for entry in state.office):
        return None
    return amended(rows, table, acts_of(state, Renames.of(folder, state)))


def _with_former_village(folder: Path, state: State, found: Amended) -> pd.DataFrame:
    rows = found.rows
    villages = _former_villages(folder, state, rows) if "_unit" in rows else {}
    if not villages:
        return rows
    return rows.assign(**{FORMER_VILLAGE: rows["_key"].map(villages).astype("str")})


def _former_villages(folder: Path, state: State, rows: pd.DataFrame) -> dict[str, str]:
    """Key of a household → the village that it belonged to before the first event that took it elsewhere."""
    renames, units = Renames.of(folder, state), dict(zip(rows["_key"], rows["_unit"], strict=True))
    moved = {renames.household(str(said["key"])) for _, said in events(state.office) if said["event"] == MOVE}
    found: dict[str, str] = {}
    for entry, said in events(state.office):
        village = str(pair(said, "village")[0] or "")
        if said["event"] == MOVE:
            found.setdefault(renames.household(str(said["key"])), village)
        elif said["event"] == VILLAGE:
            old = village_units(said)[0]
            before, now = former_units(state.merged_units, old, entry.seq), unit_now(state.merged_units, old)
            for one in state.standing:
                stated = _keys_in(folder / one.id, before.intersection(one.units.get(HOUSEHOLD, ())))
                for key in map(renames.household, stated):
                    if units.get(key) == now or key in moved:
                        found.setdefault(key, village)
    return {key: village for key, village in found.items() if village}


def _keys_in(submission: Path, units: frozenset[str]) -> frozenset[str]:
    return _read_keys(submission, units) if units else frozenset()


@lru_cache(maxsize=1024)
def _read_keys(submission: Path, units: frozenset[str]) -> frozenset[str]:
    """The keys of the households of these units that a submission states: it never changes."""
    rows = read_columns(submission, HOUSEHOLD, ["_key", "_unit"])
    chosen = rows.filter(pc.is_in(rows["_unit"], pa.array(sorted(units), pa.large_string())))
    return frozenset(key for key in chosen["_key"].to_pylist() if key is not None)
