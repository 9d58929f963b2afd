"""The findings of a column: a problem at each cell, a note once for all cells that it holds for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.kinds.base import Parsed
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.mojibake import repaired
from bangfu_excel.core.raw import Cell, CellType, cell_text
from bangfu_excel.core.region import Source
from bangfu_excel.normalise.column import ReadColumn

_MANY = 20
"""More formulas of a column that are broken than this are the doing of one program or one mistake: one finding."""

_TOGETHER = ((say.FORMULA_ERROR, say.FORMULAS_WRONG), (say.FORMULA_UNCACHED, say.FORMULAS_UNCACHED))

Problems = tuple[tuple[NDArray[np.int64], Parsed], ...]


def tell(column: ReadColumn, source: Source, field: str, numbers: NDArray[np.int64]) -> Iterator[Finding]:
    """What is to be said of the column of `field`; `numbers` are Excel's row numbers of the data rows."""
    mapped = source.columns[field]
    letters = column_letters(mapped.index)
    problems, formulas = _apart(column)
    for message, rows in formulas:
        yield _of_many(message, rows, source, field, numbers)
    for rows, parsed in problems:
        value = cell_text(mapped.raw.cell(int(numbers[rows[0]]) - 1)) if mapped.raw else ""
        for number in numbers[rows].tolist():
            place = Place(
                source.file,
                source.sheet,
                f"{letters}{number}",
                number,
                source.table,
                field,
                mapped.label,
                value,
                number,
            )
            if parsed.problem is not None:
                at = source.place(number, field) if mapped.cells else place
                yield parsed.problem.finding(at, **parsed.words)
    for rows, note in column.notes:
        first, *further = numbers[rows[: RELATED_SHOWN + 1]].tolist()
        yield note.finding(
            source.place(first, field),
            related=tuple(_cell(source, field, number) for number in further),
            count=len(rows),
            cells=len(rows),
            after=_after(column, int(rows[0]), whole=note is say.SPAN_SPLIT),
        )
    if len(column.garbled):
        first, *further = numbers[column.garbled[: RELATED_SHOWN + 1]].tolist()
        place = source.place(first, field)
        likely = repaired(place.value)
        yield say.GARBLED.finding(
            place,
            related=tuple(_cell(source, field, number) for number in further),
            count=len(column.garbled),
            cells=len(column.garbled),
            likely=f"，可能原来是“{likely}”" if likely else "",
        )


def _apart(column: ReadColumn) -> tuple[Problems, list[tuple[Message, NDArray[np.int64]]]]:
    """The problems to be told cell by cell, and the formulas of which a column holds so many that one sentence does better."""
    many = []
    problems = column.problems
    for alone, together in _TOGETHER:
        rows = [found for found, parsed in problems if parsed.problem is alone]
        if sum(map(len, rows)) > _MANY:
            many.append((together, np.sort(np.concatenate(rows))))
            problems = tuple(entry for entry in problems if entry[1].problem is not alone)
    return problems, many


def _of_many(
    message: Message, rows: NDArray[np.int64], source: Source, field: str, numbers: NDArray[np.int64]
) -> Finding:
    first, *further = numbers[rows[: RELATED_SHOWN + 1]].tolist()
    return message.finding(
        source.place(first, field),
        related=tuple(_cell(source, field, number) for number in further),
        count=len(rows),
        cells=len(rows),
    )


def _cell(source: Source, field: str, number: int) -> str:
    mapped = source.columns[field]
    return source.place(number, field).cell if mapped.cells else f"{column_letters(mapped.index)}{number}"


def _after(column: ReadColumn, row: int, *, whole: bool) -> str:
    """The value of a row as a person would write it; whole: with the end of a span."""
    begun = _shown(column.values, column.precision, row)
    return f"{begun}至{_shown(*column.until, row)}" if whole and column.until is not None else begun


def _shown(values: Any, precision: Any | None, row: int) -> str:
    coarse = precision[row] if precision is not None else ""
    return show(values[row], coarse if isinstance(coarse, str) else "")


def show(value: Any, precision: str = "") -> str:
    """A typed value in words: 12000, 2024年3月, 是, 空白."""
    if pd.isna(value):
        return "空白"
    if isinstance(value, bool | np.bool_):
        return "是" if value else "否"
    if isinstance(value, pd.Timestamp):
        return {"month": f"{value.year}年{value.month}月", "year": f"{value.year}年"}.get(
            precision, f"{value:%Y-%m-%d}"
        )
    if isinstance(value, float | int | np.number):
        return cell_text(Cell(CellType.NUMBER, float(value)))
    return str(value)
