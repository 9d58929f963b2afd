"""What was read, in pieces that go through a pipe: each column once, and no cell for what is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from bangfu_excel.core.raw import RawColumn, RawSheet
from bangfu_excel.read.formats import Read

SPARSE = 4  # a column less than one cell in so many filled is sent cell by cell


def pieces(read: Read) -> Iterator[object]:
    """The workbook without its columns, the findings and each sheet's number of columns to come; then those columns.

    A column that stands at several places of a sheet (every empty one) is one piece. Each is let go of when it is sent,
    so that no sheet stands in memory twice; the caller must not hold on to `read` either.
    """
    workbook, findings = read
    waiting = [_distinct(sheet) for sheet in workbook.sheets] if workbook else []
    if workbook:
        workbook = replace(workbook, sheets=tuple(replace(sheet, columns=()) for sheet in workbook.sheets))
    del read
    yield workbook, findings, tuple((len(columns), sum(len(c[0]) for c in columns)) for columns in waiting)
    for columns in waiting:
        columns.reverse()
        while columns:
            positions, column = columns.pop()
            yield positions, _packed(column)
            del column


def assembled(following: Callable[[], Any]) -> Read:
    """What `pieces` took apart; `following` gives the next piece."""
    workbook, findings, counts = following()
    if workbook is None:
        return None, findings
    sheets = tuple(
        replace(sheet, columns=_columns(following, count, width))
        for sheet, (count, width) in zip(workbook.sheets, counts, strict=True)
    )
    return replace(workbook, sheets=sheets), findings


def _columns(following: Callable[[], Any], count: int, width: int) -> tuple[RawColumn, ...]:
    columns: dict[int, RawColumn] = {}
    for _ in range(count):
        positions, packed = following()
        columns.update(dict.fromkeys(positions, _unpacked(*packed)))
    return tuple(columns[position] for position in range(width))


def _distinct(sheet: RawSheet) -> list[tuple[list[int], RawColumn]]:
    """Where on the sheet each of its columns stands."""
    found: dict[int, tuple[list[int], RawColumn]] = {}
    for position, column in enumerate(sheet.columns):
        found.setdefault(id(column), ([], column))[0].append(position)
    return list(found.values())


def _packed(column: RawColumn) -> tuple[object, ...]:
    rows = np.flatnonzero(column.codes)
    if len(rows) * SPARSE < len(column.codes):
        return len(column.codes), rows, column.codes[rows], column.values, column.types
    return len(column.codes), None, column.codes, column.values, column.types


def _unpacked(height: int, rows: Any, codes: Any, values: tuple[object, ...], types: Any) -> RawColumn:
    if rows is None:
        return RawColumn(codes, values, types)
    spread = np.zeros(height, dtype=np.int32)  # pages that nobody writes to cost no memory
    spread[rows] = codes
    return RawColumn(spread, values, types)
