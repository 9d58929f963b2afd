"""Where values come from that are not of their row's own cell: the ends of pairings too, which successors gave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from bangfu_excel.merge.current import Read, current_table
from bangfu_excel.merge.located import Cells
from bangfu_excel.merge.resolving import ORIGINS, Resolved
from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import read_table
from bangfu_excel.merge.succeeding import CLOSED, SINCE, UNTIL, closed_by


def traced_table(folder: Path, state: State, table: str, read: Read = read_table) -> Resolved:
    """`current_table`, whose origins also name, with their cells, the starts of successors that closed pairings."""
    found = current_table(folder, state, table, read)
    if CLOSED not in found.rows:
        return found
    traced = pd.concat([found.origins, _closed_origins(found.rows, table, folder)], ignore_index=True)
    return replace(found, origins=traced.drop_duplicates(["key", "field"], ignore_index=True))


def _closed_origins(rows: pd.DataFrame, table: str, folder: Path) -> pd.DataFrame:
    cells, found = Cells(folder), []
    for key, mark in rows.loc[rows[CLOSED].fillna("") != "", ["_key", CLOSED]].itertuples(index=False):
        submission, region, number = closed_by(mark)
        place = cells.place({"submission": submission, "region": region, "row": number}, table, SINCE)
        found.append((table, key, UNTIL, submission, place.file, place.sheet, number, region, place.cell, ""))
    return pd.DataFrame.from_records(found, columns=list(ORIGINS)).astype(ORIGINS)
