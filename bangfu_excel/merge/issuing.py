"""What was announced (通报): the period and the rows that were counted, kept as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.core.period import Period
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.current import current_rows
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.parquet import digest, read_arrow, to_arrow, to_bytes, to_frame
from bangfu_excel.merge.state import State
from bangfu_excel.merge.storage import make_folder, put, settle


def countable(submissions: Path, state: State, period: Period) -> dict[str, pd.DataFrame]:
    """Table → the current rows that stand in a month of `period`, for every table that has any."""
    months = frozenset(month.text for month in period.months())
    counted = {}
    for table in state.tables:
        if any(months.intersection(part.submission.units.get(table, ())) for part in state.parts(table)):
            rows = current_rows(submissions, state, table)
            counted[table] = rows[rows["_unit"].isin(months)].reset_index(drop=True)
    return counted


def issue_entry(
    folder: Path, counted: Mapping[str, pd.DataFrame], state: State, about: Mapping[str, Any], seq: int
) -> Mapping[str, Any]:
    """The entry of an announcement, whose counted rows are on the disk below `folder` (issued). about: period, scheme, as_of."""
    for entry in state.issues:
        if (entry.content["period"], entry.content["scheme"]) == (about["period"], about["scheme"]):
            raise RegistryError(f"{about['period']} 的通报已经印发过（批次“{entry.batch}”），要重新印发请先撤回它")
    tables = {name: to_arrow(counted[name]) for name in sorted(counted)}
    digests = {name: digest(rows) for name, rows in tables.items()}
    batch = f"{seq:04d}-{hashlib.sha256(repr((about, digests)).encode('utf-8')).hexdigest()[:6]}"
    place = folder / batch
    make_folder(place)
    paths = [place / f"{name}.parquet" for name in tables]
    for path, rows in zip(paths, tables.values(), strict=True):
        put(path, to_bytes(rows))
    settle([*paths, place, folder, folder.parent])
    rows_of = {name: rows.num_rows for name, rows in tables.items()}
    return {"kind": "issue", "batch": batch, **about, "rows": rows_of, "digests": digests}


def issued_rows(folder: Path, entry: Entry, table: str) -> pd.DataFrame:
    """The rows of `table` that an announcement counted, as they were."""
    return to_frame(read_arrow(folder / entry.batch / f"{table}.parquet"))


def counted_keys(folder: Path, issues: Iterable[Entry], table: str) -> frozenset[str]:
    """Keys of the rows of `table` that any of these announcements counted."""
    paths = [folder / entry.batch / f"{table}.parquet" for entry in issues if table in entry.content["rows"]]
    return frozenset(key for path in paths for key in read_arrow(path, ["_key"])["_key"].to_pylist() if key is not None)
