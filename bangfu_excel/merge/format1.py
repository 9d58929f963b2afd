"""Registries of format 1, read as if they were of format 2: nothing of them is rewritten.

Format 1 kept of a submission neither units nor what it covers, and named what an import replaced once for all its files. Its
rows say the units themselves, its description who submitted it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from bangfu_excel.core.rows import Outcome
from bangfu_excel.core.submitters import submitter_key
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.parquet import read_arrow, to_arrow, to_frame
from bangfu_excel.merge.units import LOGS, UNKNOWN, spread, unit_column


def upgraded(content: Mapping[str, Any], submissions: Path) -> Mapping[str, Any]:
    """An entry of format 1 with what format 2 says more; its submissions are below `submissions`."""
    if content["kind"] != "import":
        return content
    items = [
        {
            **item, **_learned(submissions / item["id"], tuple(item["accepted"])),
            "supplement": False, "held": False, "replaces": content["replaces"],
        }
        for item in content["submissions"]
    ]  # fmt: skip
    return {**content, "submissions": items}


def with_units(rows: pa.Table, table: str) -> pa.Table:
    """The rows of a submission with `_unit`, computed where format 1 has none."""
    if "_unit" in rows.column_names:
        return rows
    names = ("township", "village", "visited_on", "visited_on__precision")
    stated = to_frame(rows.select([name for name in names if name in rows.column_names]))
    units = to_arrow(unit_column(stated, LOGS.get(table, "")).to_frame("_unit"))
    return rows.append_column(units.schema.field("_unit"), units.column("_unit"))


@lru_cache(maxsize=4096)
def _learned(folder: Path, tables: tuple[str, ...]) -> Mapping[str, Any]:
    """Who submitted it and the units of its rows. Of one that cannot be read nothing is known: reading it says so."""
    try:
        written = json.loads((folder / "submission.json").read_text(encoding="utf-8"))["submitter"]
        rows = {table: _units(folder, table) for table in tables}
    except (OSError, ValueError, KeyError, RegistryError):
        return {"submitter": "", "written": "", "units": {}, "covers": {}}
    return {
        "submitter": submitter_key(written),
        "written": written,
        "units": {table: spread(found["_unit"]) for table, found in rows.items()},
        "covers": {
            table: [
                unit for unit in spread(found.loc[found["_outcome"] == Outcome.ACCEPTED, "_unit"]) if unit != UNKNOWN
            ]
            for table, found in rows.items()
        },
    }


def _units(folder: Path, table: str) -> pd.DataFrame:
    return to_frame(with_units(read_arrow(folder / f"{table}.parquet"), table).select(["_unit", "_outcome"]))
