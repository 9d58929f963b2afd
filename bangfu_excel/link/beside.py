"""Rows that stand in columns of a household roster: they mean the household of their own row."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.rows import Rows
from bangfu_excel.link.recipients import Resolved

HOUSEHOLD = "household"


def beside_households(rows: Rows, households: Resolved | None) -> dict[str, pd.Series]:
    """Table → household keys of the rows that stand in columns of a household roster.

    They mean the household of their own row, whatever it is called: nothing is looked up for them.
    """
    none = pd.Series(dtype="str")
    if households is None:
        return dict.fromkeys(rows.frames, none)
    return {name: none if name == HOUSEHOLD else _beside(rows, name, households.key) for name in rows.frames}


def _beside(rows: Rows, table: str, keys: pd.Series) -> pd.Series:
    shared = _companions(rows, table)
    if not shared:
        return pd.Series(dtype="str")
    frame, roster = rows[table], rows[HOUSEHOLD]
    homes = roster[["_region", "_row"]].assign(key=keys).drop_duplicates(["_region", "_row"])
    homes = pd.concat([homes, *(_in_blocks(homes, region, rows) for region in dict.fromkeys(shared.values()))])
    spots = pd.DataFrame({"_region": frame["_region"].map(shared), "_row": frame["_row"]}, index=frame.index)
    met = spots.dropna().astype({"_region": homes["_region"].dtype}).reset_index().merge(homes, on=["_region", "_row"])
    return met.set_index("index")["key"].dropna()


def _in_blocks(homes: pd.DataFrame, region: int, rows: Rows) -> pd.DataFrame:
    """`homes` of the rows that stand in the block of one of the region's households."""
    block = rows.sources[region].block
    keys = homes[homes["_region"] == region].set_index("_row")["key"]
    found = pd.Series(block, dtype="int64").map(keys)
    return pd.DataFrame({"_region": region, "_row": found.index.astype("int64"), "key": found.to_numpy()})


def _companions(rows: Rows, table: str) -> dict[int, int]:
    """Region of `table` → household region of the same sheet with which it shares a column."""
    regions = {name: sorted(set(rows[name]["_region"].tolist())) for name in (table, HOUSEHOLD)}
    by_sheet = {}
    for region in regions[HOUSEHOLD]:
        source = rows.sources[region]
        for column in source.columns.values():
            if column.raw is not None:
                by_sheet[source.file, source.sheet, column.index] = region
    found = {}
    for region in regions[table]:
        source = rows.sources[region]
        for column in source.columns.values():
            home = by_sheet.get((source.file, source.sheet, column.index))
            if column.raw is not None and home is not None:
                found[region] = home
    return found
