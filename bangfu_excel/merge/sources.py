"""Where the lines of a change log come from: batch, day, file, sheet and cell."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import read_description
from bangfu_excel.merge.tracing import traced_table

_HOW = {"decide": "裁决", "correct": "更正", "event": "变动"}


def from_elsewhere(lines: pd.DataFrame, origins: pd.DataFrame) -> pd.DataFrame:
    """The lines (of one table, one a changed value) with the origin of values that are not of their row's own cell."""
    if lines.empty or origins.empty:
        return lines
    names = ["submission", "file", "sheet", "row", "region", "cell"]
    found = lines[["key", "field"]].merge(origins[["key", "field", *names, "entry"]], on=["key", "field"], how="left")
    there = found["submission"].notna().to_numpy()
    columns = {
        f"_{name}": lines[f"_{name}"].where(~there, found[name].to_numpy()).astype(lines[f"_{name}"].dtype)
        for name in names
    }
    return lines.assign(**columns, _batch=lines["_batch"].where(~there, found["entry"].to_numpy()).astype("str"))


def with_sources(lines: pd.DataFrame, folder: Path, since: State, until: State) -> pd.DataFrame:
    """The lines (with the origin of a row) with batch, received, file, sheet and cell."""
    batches = {one.id: one.batch for state in (since, until) for one in state.standing}
    batch = lines["_batch"].where(lines["_batch"] != "", lines["_submission"].map(batches)).astype("str")
    days = {entry.batch: entry.content.get("received") for state in (since, until) for entry in state.undoable}
    return lines.assign(
        batch=batch,
        received=pd.to_datetime(batch.map(days)).astype("datetime64[ns]"),
        file=lines["_file"],
        sheet=lines["_sheet"],
        cell=cells_of(lines, folder),
    )


def cells_of(lines: pd.DataFrame, folder: Path) -> pd.Series:
    """The cell of each line's field, given its `_submission`, `_region`, `_row` and `_cell` ("" where that is to be found).

    The first of its row where it is about a whole row or the field had no column.
    """
    cells = lines["_cell"].where((lines["_cell"] != "") | (lines["_row"] <= 0), "A" + lines["_row"].astype("str"))
    regions = cache(lambda submission: read_description(folder / submission)["regions"])
    for (submission, region, name), part in lines[(lines["_submission"] != "") & (lines["_cell"] == "")].groupby(
        ["_submission", "_region", "field"], sort=False
    ):
        known = regions(str(submission))[int(str(region))]["columns"]
        column = known.get(name, {"column": ""})
        numbers = part["_row"].astype("str")
        written = (column["column"] or "A") + numbers
        cells[part.index] = numbers.map(column.get("cells", {})).astype("str").fillna(written)
    return cells


def elsewhere(folder: Path, state: State, table: str) -> pd.DataFrame:
    """One row a current value that is not of its row's own cell: key, field, file, sheet, cell, how.

    how: 裁决, 更正, 变动 (what the office said), 接任 (a pairing that ends because the next began), 其他单位 (another unit states it).
    """
    found = traced_table(folder, state, table).origins
    names = ["submission", "region", "row", "cell"]
    cells = cells_of(found.rename(columns={name: f"_{name}" for name in names}), folder)
    kinds = {entry.batch: _HOW[entry.kind] for entry in state.office}
    how = found["entry"].map(kinds).astype("str").fillna("")
    how = how.where(how != "", pd.Series("其他单位", index=found.index).where(found["cell"] == "", "接任"))
    return found[["key", "field", "file", "sheet"]].assign(cell=cells, how=how.astype("str"))
