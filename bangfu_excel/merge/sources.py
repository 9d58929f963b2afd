"""Where the lines of a change log come from: batch, day, file, sheet and cell."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import read_description


def with_sources(lines: pd.DataFrame, folder: Path, since: State, until: State) -> pd.DataFrame:
    """The lines (with the origin of a row) with batch, received, file, sheet and cell."""
    days = {entry.batch: entry.content.get("received") for state in (since, until) for entry in state.undoable}
    return lines.assign(
        batch=lines["_batch"],
        received=pd.to_datetime(lines["_batch"].map(days)).astype("datetime64[ns]"),
        file=lines["_file"],
        sheet=lines["_sheet"],
        cell=_cells(lines, folder),
    )


def _cells(lines: pd.DataFrame, folder: Path) -> pd.Series:
    """The cell of each line's field; the first of its row where it is about a whole row or the field had no column."""
    cells = lines["_cell"].where((lines["_cell"] != "") | (lines["_row"] == 0), "A" + lines["_row"].astype("str"))
    regions = cache(lambda submission: read_description(folder / submission)["regions"])
    for (submission, region, name), part in lines[lines["_submission"] != ""].groupby(
        ["_submission", "_region", "field"], sort=False
    ):
        known = regions(str(submission))[int(str(region))]["columns"]
        column = known.get(name, {"column": ""})
        numbers = part["_row"].astype("str")
        written = (column["column"] or "A") + numbers
        cells[part.index] = numbers.map(column.get("cells", {})).astype("str").fillna(written)
    return cells
