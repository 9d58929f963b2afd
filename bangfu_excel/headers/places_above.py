"""Columns of townships and villages that are written in the first row of each only: filled down, and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.address import cell_name, row_spans
from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages.headers import PLACE_FROM_ABOVE
from bangfu_excel.core.raw import RawColumn
from bangfu_excel.core.region import MappedColumn, RowKind, TablePart
from bangfu_excel.core.table import Table
from bangfu_excel.headers.continued import Continued
from bangfu_excel.headers.grid import Grid, holds

_SPANS_SHOWN = 10
_FEWEST = 2  # blank cells from which these are a way of writing

Rows = NDArray[np.int64]


def fill_places(
    grid: Grid, continued: Continued, kinds: NDArray[np.uint8], part: TablePart, table: Table
) -> tuple[Continued, dict[int, Rows]]:
    """The sheet with such columns filled, and column → the rows that were.

    Only where every place stands there once and at least as many rows lack one: elsewhere a blank was forgotten. Nothing
    is filled past a row that is no data. kinds: of all rows of the sheet.
    """
    data = kinds == RowKind.DATA
    columns = list(continued.sheet.columns)
    covered = dict(continued.covered)
    filled: dict[int, Rows] = {}
    for index in [c.index for c in part.columns if table[c.field].kind.name == "place"]:
        raw, stated = columns[index], grid.filled[index] & data
        if not stated.any() or stated[data].all():
            continue
        rows, source = _open(raw, stated, data)
        if len(rows):
            codes = raw.codes.copy()
            codes[rows] = codes[source]
            columns[index] = RawColumn(codes, raw.values, raw.types)
            covered[index] = {
                **covered.get(index, {}),
                **dict(zip((rows + 1).tolist(), (source + 1).tolist(), strict=True)),
            }
            filled[index] = rows
    if not filled:
        return continued, filled
    return Continued(replace(continued.sheet, columns=tuple(columns)), continued.rows, covered), filled


def _open(raw: RawColumn, stated: NDArray[np.bool_], data: NDArray[np.bool_]) -> tuple[Rows, Rows]:
    """Rows without a place below one that has, and the rows where their places stand."""
    none = np.empty(0, dtype=np.int64)
    lacking = data & ~holds(raw)
    named = raw.codes[stated]
    if lacking.sum() < max(_FEWEST, len(named)) or len(np.unique(named)) < len(named):
        return none, none
    marks = stated | ~data
    source = np.maximum.accumulate(np.where(marks, np.arange(len(marks)), 0))
    rows = np.flatnonzero(lacking & stated[source])
    return rows, source[rows]


def tell_places(file: str, sheet: str, part: TablePart, filled: dict[int, Rows]) -> Iterator[Finding]:
    """One doubt a column that was filled."""
    for column in part.columns:
        if column.index in filled:
            yield _told(file, sheet, part.table, column, (filled[column.index] + 1).tolist())


def _told(file: str, sheet: str, table: str, column: MappedColumn, numbers: list[int]) -> Finding:
    first, *further = (cell_name(number, column.index) for number in numbers[: RELATED_SHOWN + 1])
    return PLACE_FROM_ABOVE.finding(
        Place(file, sheet, first, numbers[0], table, column.field, column.label),
        related=tuple(further),
        count=len(numbers),
        rows=row_spans(numbers, _SPANS_SHOWN),
    )
