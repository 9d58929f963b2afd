"""What was announced (通报): the period, and the rows that were counted, kept as they were.

An announcement keeps every row of a log up to the end of its period (its 累计 is of these), and the rosters beside them, so
that it can be printed again whatever has come since. Those of before kept only the rows of the period's months.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.core.period import Period
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.current import current_rows
from bangfu_excel.merge.journal import SUBMISSIONS, Entry
from bangfu_excel.merge.office import renamed
from bangfu_excel.merge.parquet import digest, read_arrow, to_arrow, to_bytes, to_frame
from bangfu_excel.merge.state import State
from bangfu_excel.merge.storage import make_folder, put, settle
from bangfu_excel.merge.units import months_among


def countable(submissions: Path, state: State, period: Period, beside: Collection[str] = ()) -> dict[str, pd.DataFrame]:
    """Table → the current rows of each log up to the end of `period`, and of the rosters `beside` as they stand."""
    last = list(period.months())[-1].text
    counted = {}
    for table in state.tables:
        months = months_among(unit for part in state.parts(table) for unit in part.submission.units.get(table, ()))
        if months and min(months) <= last:
            rows = current_rows(submissions, state, table)
            counted[table] = rows[rows["_unit"].between("0", last)].reset_index(drop=True)
        elif not months and table in beside:
            counted[table] = current_rows(submissions, state, table)
    return counted


def issue_entry(
    folder: Path, kept: Mapping[str, pd.DataFrame], state: State, about: Mapping[str, Any], seq: int
) -> Mapping[str, Any]:
    """The entry of an announcement, whose rows are on the disk below `folder` (issued). about: period, scheme, as_of."""
    period = Period.parse(about["period"])
    if entry := issue_of(state.issues, about["scheme"], period):
        raise RegistryError(f"{about['period']} 的通报已经印发过（批次“{entry.batch}”），要重新印发请先撤回它")
    tables = {name: to_arrow(kept[name]) for name in sorted(kept)}
    digests = {name: digest(rows) for name, rows in tables.items()}
    batch = f"{seq:04d}-{hashlib.sha256(repr((about, digests)).encode('utf-8')).hexdigest()[:6]}"
    place = folder / batch
    make_folder(place)
    paths = [place / f"{name}.parquet" for name in tables]
    for path, rows in zip(paths, tables.values(), strict=True):
        put(path, to_bytes(rows))
    settle([*paths, place, folder, folder.parent])
    rows_of = {name: rows.num_rows for name, rows in tables.items()}
    counted = {name: int(_inside(rows, period).sum()) for name, rows in kept.items() if months_among(rows["_unit"])}
    return {"kind": "issue", "batch": batch, **about, "rows": rows_of, "counted": counted, "digests": digests}


def require_order(issues: Iterable[Entry], scheme: str, period: Period) -> None:
    """`RegistryError` where a later period as long as this was announced: its 上期累计 would be another one."""
    later = [
        (span.start, span.label, entry.batch)
        for entry in issues
        if entry.content["scheme"] == scheme and _alike(span := Period.parse(entry.content["period"]), period)
        if span.start.year == period.start.year and span.start > period.start
    ]
    if later:
        labels, batches = ("、".join(said) for said in list(zip(*sorted(later), strict=True))[1:])
        raise RegistryError(
            f"{labels}的通报已经印发（批次{batches}），现在补印{period.label}，前后两期就对不上了；"
            "确实要补印的，先用 bangfu undo 撤回后面的，再按先后印发"
        )


def _alike(one: Period, other: Period) -> bool:
    """Whether two periods are as long as each other."""
    return len(list(one.months())) == len(list(other.months()))


def issue_of(issues: Iterable[Entry], scheme: str, period: Period) -> Entry | None:
    """The announcement of just this period."""
    said = (scheme, period.text)
    return next((entry for entry in issues if (entry.content["scheme"], entry.content["period"]) == said), None)


def issue_before(issues: Iterable[Entry], scheme: str, period: Period) -> Entry | None:
    """The announcement that the figures of `period` go on from: of those of its year that end before it the last; where
    several end on one day, the one of a period as long as this.
    """
    found = []
    for entry in issues:
        span = Period.parse(entry.content["period"])
        if entry.content["scheme"] == scheme and span.start.year == period.start.year and span.end < period.start:
            found.append((span.end, _alike(span, period), entry.seq, entry))
    return max(found, key=lambda one: one[:3])[3] if found else None


def keeps_all(entry: Entry) -> bool:
    """Whether an announcement kept all that its 累计 is of; those of before did not."""
    return "counted" in entry.content


def issued_rows(folder: Path, entry: Entry, table: str) -> pd.DataFrame:
    """The rows of `table` that an announcement kept, as they were."""
    return to_frame(read_arrow(folder / entry.batch / f"{table}.parquet"))


def issued_tables(folder: Path, entry: Entry) -> dict[str, pd.DataFrame]:
    """Table → the rows that an announcement kept."""
    return {table: issued_rows(folder, entry, table) for table in entry.content["rows"]}


def counted_tables(issues: Iterable[Entry]) -> frozenset[str]:
    """The tables of which any of these announcements counted rows."""
    return frozenset(table for entry in issues for table in entry.content.get("counted", entry.content["rows"]))


def counted_keys(registry: Path, state: State, table: str) -> frozenset[str]:
    """Keys (of now) of the rows of `table` that any announcement in force counted in a month of its own."""
    found: set[str] = set()
    for entry in (one for one in state.issues if table in one.content["rows"]):
        kept = read_arrow(registry / "issued" / entry.batch / f"{table}.parquet", ["_key", "_unit", "_recipient"])
        rows = to_frame(kept)
        rows = renamed(registry / SUBMISSIONS, state, rows[_inside(rows, Period.parse(entry.content["period"]))], table)
        found.update(rows["_key"].dropna())
    return frozenset(found)


def _inside(rows: pd.DataFrame, period: Period) -> pd.Series:
    return rows["_unit"].isin([month.text for month in period.months()])
