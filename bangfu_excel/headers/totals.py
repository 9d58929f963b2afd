"""Checking the sums and counts that a sheet prints in its 合计 and 小计 rows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.fold import fold
from bangfu_excel.core.raw import Cell, CellType, RawColumn, cell_text
from bangfu_excel.core.region import RowKind
from bangfu_excel.headers.grid import Grid

_NUMBER = re.compile(r"^(-?\d+(?:,\d{3})*(?:\.\d+)?)(?:元|亩|人|户|口|次|个|m2|平方米|天|月)?$")
_NOTHING = frozenset({"", "-", "--", "/", "\\", "无", "0.00"})
_NO_SUM = re.compile(r"人均|平均|均|率|比例|占比|年龄|周岁|标准|编号|编码|号码|电话|年度|年份|月份|百分")
_AVERAGE = re.compile(r"平均|均值|人均")
_COUNT = re.compile(r"(\d+)(户|人|口|行|条)")
_SUBTOTAL = re.compile(r"小计")


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose sums can be checked."""

    index: int
    label: str


class WrongTotal(NamedTuple):
    """A printed sum or count that is not the computed one: sheet row and column (from 0), and both in words."""

    row: int
    column: int
    label: str
    kind: str
    printed: str
    computed: str


def wrong_totals(
    grid: Grid, kinds: NDArray[np.uint8], columns: Sequence[Column], count_words: Sequence[str]
) -> Iterator[WrongTotal]:
    """Every total of these columns that fits neither the rows since the last total, nor all rows, nor those up to the next or so far.

    kinds: of all rows of the sheet (rows of other regions as anything but DATA and TOTAL) · count_words: what one row of this table is counted in (户, 人 …).
    """
    rows = np.flatnonzero(kinds == RowKind.TOTAL).tolist()
    if not rows:
        return
    data = np.flatnonzero(kinds == RowKind.DATA)
    numbers: dict[int, NDArray[np.float64] | None] = {}
    for position, row in enumerate(rows):
        words = _words(grid, row)
        if _AVERAGE.search(words.kind):
            continue
        spans = _spans(rows, position, data, bool(_SUBTOTAL.search(words.kind)))
        yield from _wrong_counts(row, words, spans, count_words)
        for column in columns:
            if _NO_SUM.search(column.label) or not grid.filled[column.index][row]:
                continue
            if column.index not in numbers:
                numbers[column.index] = _numbers(grid.sheet.columns[column.index])
            found = numbers[column.index]
            if found is not None and spans:
                yield from _wrong_sum(_Printed(row, words.kind, column, grid.sheet.columns[column.index]), spans, found)


def bare_totals(grid: Grid, rows: Sequence[int], data: NDArray[np.int64]) -> list[int]:
    """Those of `rows` that hold nothing but the sums of the `data` rows above them, or of those since the last such row."""
    found: list[int] = []
    for row in rows:
        cells = [column for column, _ in grid.cells(row)]
        above = data[data < row]
        since = above[above > max(found, default=-1)]
        if any(
            len(span) > 1 and all(_is_sum(grid.sheet.columns[c], row, span) for c in cells) for span in (since, above)
        ):
            found.append(row)
    return found


def _is_sum(column: RawColumn, row: int, span: NDArray[np.int64]) -> bool:
    numbers = _numbers(column)
    if numbers is None or column.types[column.codes[row]] != CellType.NUMBER:
        return False
    value, total = float(numbers[column.codes[row]]), float(numbers[column.codes[span]].sum())
    return abs(value - total) <= _tolerance("", total)


class _Words(NamedTuple):
    kind: str
    texts: Mapping[int, str]


def _words(grid: Grid, row: int) -> _Words:
    texts = {column: fold(text) for column, text in grid.cells(row) if grid.is_text(row, column)}
    first = next((text for text in texts.values() if not text[0].isdigit()), "合计")
    return _Words(first.split(":")[0] if len(first) <= 12 else "合计", texts)


def _spans(rows: Sequence[int], position: int, data: NDArray[np.int64], subtotal: bool) -> list[NDArray[np.int64]]:
    """The sets of data rows that the total may stand for, the one to report first."""
    row = rows[position]
    before = rows[position - 1] if position else -1
    after = rows[position + 1] if position + 1 < len(rows) else np.iinfo(np.int64).max
    above = data[(data > before) & (data < row)]
    below = data[(data > row) & (data < after)]
    likely = [above if len(above) else below] if subtotal else [data, above]
    so_far = data[data < row]  # 累计 at the end of each month
    return [span for span in (*likely, above, below, so_far) if len(span)]


def _wrong_counts(
    row: int, words: _Words, spans: Sequence[NDArray[np.int64]], count_words: Sequence[str]
) -> Iterator[WrongTotal]:
    allowed = {*count_words, "行", "条"}
    for column, text in words.texts.items():
        for number, unit in _COUNT.findall(text):
            if unit in allowed and spans and int(number) not in (len(span) for span in spans):
                yield WrongTotal(row, column, f"{unit}数", words.kind, number + unit, f"{len(spans[0])}{unit}")


class _Printed(NamedTuple):
    row: int
    kind: str
    column: Column
    raw: RawColumn


def _wrong_sum(
    printed: _Printed, spans: Sequence[NDArray[np.int64]], numbers: NDArray[np.float64]
) -> Iterator[WrongTotal]:
    codes, column = printed.raw.codes, printed.column
    value = float(numbers[codes[printed.row]])
    sums = [float(numbers[codes[span]].sum()) for span in spans]
    if math.isnan(value) or any(math.isnan(total) for total in sums):
        return
    text = cell_text(printed.raw.cell(printed.row))
    if not any(abs(total - value) <= _tolerance(text, total) for total in sums):
        yield WrongTotal(printed.row, column.index, column.label, printed.kind, text, f"{round(sums[0], 2):.15g}")


def _tolerance(printed: str, total: float) -> float:
    """Half of the last printed digit, and what adding floating-point numbers costs."""
    digits = len(printed.partition(".")[2].rstrip("元亩人户")) if "." in printed else 0
    return 0.5 * 10.0 ** -max(digits, 2) + 1e-9 * abs(total)


def _numbers(column: RawColumn) -> NDArray[np.float64] | None:
    """Distinct value → its number, 0 for nothing, NaN for what cannot be added; None for a column without numbers."""
    numbers = np.array(
        [number_of(Cell(CellType(int(t)), v)) for v, t in zip(column.values, column.types, strict=True)], dtype=float
    )
    return numbers if np.isfinite(numbers).any() else None


def number_of(cell: Cell) -> float:
    """The number that a cell holds, 0 for nothing, NaN for what cannot be added."""
    if cell.type is CellType.EMPTY:
        return 0.0
    if cell.type is CellType.NUMBER:
        return float(cell.value)  # type: ignore[arg-type]
    if cell.type is not CellType.TEXT:
        return math.nan
    text = fold(str(cell.value))
    if text in _NOTHING:
        return 0.0
    match = _NUMBER.match(text)
    return float(match[1].replace(",", "")) if match else math.nan
