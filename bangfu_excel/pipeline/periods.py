"""Rosters that hold several months or years (月份, 年度): of a household or person told in several, the latest is taken."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.address import cell_name, row_spans
from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.fold import fold
from bangfu_excel.core.messages.pipeline import EARLIER_PERIODS
from bangfu_excel.core.raw import Cell, CellType, cell_text
from bangfu_excel.core.region import MappedColumn, MappedRegion, RowKind
from bangfu_excel.core.table import Retention, Table
from bangfu_excel.normalise import normalise
from bangfu_excel.pipeline.records import group_rows
from bangfu_excel.pipeline.settings import Settings

_HEADERS = re.compile(r"^(?:统计|所属|监测|数据|填报)?(?:年月|月份|月度|年度|年份|季度)$")
_WRITTEN = re.compile(r"(?:(?P<year>(?:19|20)\d{2})(?:年度?|[-./])?)?(?:(?P<month>1[0-2]|0?[1-9])月?份?)?")
_QUARTER = re.compile(r"(?:(?P<year>(?:19|20)\d{2})年?)?第?(?P<quarter>[1-4一二三四])季度")
_QUARTERS = "1234一二三四"
_SPANS_SHOWN = 10

Period = tuple[int, int]


def latest_rows(region: MappedRegion, settings: Settings) -> tuple[MappedRegion, tuple[Finding, ...]]:
    """The region without the rows that a later month or year of the same household or person replaces, and what is said of them.

    Unchanged for logs, and where such a column is not there, holds one period or something that is none, or repeats nobody.
    """
    table = settings.tables[region.parts[0].table]
    columns = [c for c in region.unmapped if _HEADERS.match(fold(c.label.rpartition("/")[2]))]
    if table.retention is not Retention.ROSTER or not columns or not len(region.data_rows):
        return region, ()
    periods = _periods(region, columns)
    if periods is None or len(set(periods)) < 2:
        return region, ()
    earlier = _earlier(region, table, periods, settings)
    if not len(earlier):
        return region, ()
    kinds = region.kinds.copy()
    kinds[earlier - region.top] = RowKind.NOTE
    return replace(region, kinds=kinds), (_told(region, columns[0], earlier),)


def _periods(region: MappedRegion, columns: Sequence[MappedColumn]) -> list[Period] | None:
    """(year, month) of each data row, 0 where the columns do not say it; None if a cell says nothing or something else."""
    merged = [(0, 0)] * len(region.data_rows)
    for column in columns:
        raw = region.sheet.columns[column.index]
        codes = raw.codes[region.data_rows].tolist()
        read = {code: _period(raw.types[code], raw.values[code]) for code in set(codes)}
        found = {code: period for code, period in read.items() if period is not None}
        if len(found) < len(read):
            return None
        merged = [(max(y, found[c][0]), max(m, found[c][1])) for (y, m), c in zip(merged, codes, strict=True)]
    alike = len({(year > 0, month > 0) for year, month in merged}) == 1
    return merged if alike else None


def _period(kind: int, value: object) -> Period | None:
    if isinstance(value, dt.date):
        return value.year, value.month
    text = fold(cell_text(Cell(CellType(int(kind)), value)))
    if match := _QUARTER.fullmatch(text):
        return int(match["year"] or 0), 3 * (_QUARTERS.index(match["quarter"]) % 4 + 1)
    match = _WRITTEN.fullmatch(text)
    return (int(match["year"] or 0), int(match["month"] or 0)) if match and text else None


def _earlier(region: MappedRegion, table: Table, periods: Sequence[Period], settings: Settings) -> NDArray[np.int64]:
    """The data rows (of the sheet) whose household or person has a row of a later period."""
    typed, _ = normalise(region, region.parts[0], table, settings.to_normalise)
    rows = np.ones(len(typed.frame), dtype=bool)
    record = group_rows(typed.frame, table, table.keys, rows, ~rows).record
    order = {period: rank for rank, period in enumerate(sorted(set(periods)))}
    ranks = np.array([order[period] for period in periods], dtype=np.int64)
    latest = np.full(record.max(initial=-1) + 1, -1, dtype=np.int64)
    np.maximum.at(latest, record[record >= 0], ranks[record >= 0])
    return region.data_rows[(record >= 0) & (ranks < latest[np.maximum(record, 0)])]


def _told(region: MappedRegion, column: MappedColumn, rows: NDArray[np.int64]) -> Finding:
    first, *further = (cell_name(row + 1, column.index) for row in rows[: RELATED_SHOWN + 1].tolist())
    value = cell_text(region.sheet.cell(int(rows[0]), column.index))
    row = int(rows[0]) + 1
    place = Place(region.file, region.sheet.name, first, row, region.parts[0].table, "", column.label, value)
    spans = row_spans((rows + 1).tolist(), _SPANS_SHOWN)
    return EARLIER_PERIODS.finding(place, related=tuple(further), count=len(rows), rows=spans)
