"""The running balance of a cash book or stock book: what was left, plus what came in, less what went out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.fold import fold
from bangfu_excel.core.raw import cell_text
from bangfu_excel.core.region import RowKind
from bangfu_excel.headers.choose import Choice
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.totals import number_of

_BEFORE = r"(?:上|前)(?:年度?|期|月|季度?|页|次|一年|一月|一期)|期初|年初|月初|去年|承前页?|接上页|以前年度"
_OPENING = re.compile(
    rf"(?:{_BEFORE})(?:末)?(?:结转|结余|结存|余额|库存|转入|滚存|余|数)*(?:数|款|金额|资金)?|承前页|接上页|结转上年|上年转来"
)
_IN = "收入"


class WrongBalance(NamedTuple):
    """A printed balance that does not follow from the row before: sheet row (from 0), and the numbers in words."""

    row: int
    column: int
    label: str
    printed: str
    before: str
    computed: str


@dataclass(frozen=True)
class Book:
    """The columns of a book that tells what is left after each row. things: columns that say of what, where it is not money."""

    income: tuple[int, ...]
    spent: tuple[int, ...]
    balance: int
    label: str
    things: tuple[int, ...]


def book_of(choice: Choice) -> Book | None:
    """The book that the sheet is; None where no column says what is left."""
    by = choice.spread.by
    left = next((c for c in choice.parts[0].columns if by.balance and c.field == by.balance), None)
    if left is None:
        return None
    columns = choice.spread.columns
    goods = any(c.number != by.money for c in columns)
    things = tuple(c.index for c in choice.parts[0].columns if goods and c.field in ("item", "spec"))
    income = tuple(c.index for c in columns if c.value == _IN)
    spent = tuple(c.index for c in columns if c.value != _IN)
    return Book(income, spent, left.index, left.label, things)


def opening_rows(grid: Grid, choice: Choice, kinds: NDArray[np.uint8]) -> list[int]:
    """The data rows that only carry over what was left before: 上年结转, 承前页."""
    if not choice.spread.by.balance:
        return []
    amounts = choice.spread.indices
    return [
        row
        for row in np.flatnonzero(kinds == RowKind.DATA).tolist()
        if any(_OPENING.fullmatch(fold(text)) for column, text in grid.cells(row) if column not in amounts)
    ]


def wrong_balances(grid: Grid, book: Book, kinds: NDArray[np.uint8], opening: Sequence[int]) -> list[WrongBalance]:
    """Every balance that does not follow from the one before, also with the newest row first; [] where the order cannot be told."""
    rows = np.flatnonzero((kinds == RowKind.DATA) | (kinds == RowKind.TOTAL)).tolist()
    found = list(_breaks(grid, book, kinds, rows, opening))
    if found and len(rows) > 2 and not list(_breaks(grid, book, kinds, rows[::-1], opening)):
        return []
    return found


def _breaks(
    grid: Grid, book: Book, kinds: NDArray[np.uint8], rows: Sequence[int], opening: Sequence[int]
) -> Iterator[WrongBalance]:
    left: dict[tuple[str, ...], float] = {}
    carried = frozenset(opening)
    for row in rows:
        of = tuple(grid.text(row, column) for column in book.things)
        moved = _sum(grid, row, book.income) - _sum(grid, row, book.spent)
        printed = _number(grid, row, book.balance)
        if row in carried:
            left[of] = printed if printed is not None else moved
            continue
        if kinds[row] == RowKind.TOTAL:
            if book.things:
                continue
            moved = 0.0
        before = left.get(of)
        computed = before + moved if before is not None else None
        if printed is not None and computed is not None and abs(printed - computed) > 0.005:
            text = cell_text(grid.sheet.cell(row, book.balance))
            yield WrongBalance(row, book.balance, book.label, text, _words(before or 0.0), _words(computed))
        known = printed if printed is not None else computed
        if known is not None and not math.isnan(known):
            left[of] = known
        else:
            left.pop(of, None)


def _sum(grid: Grid, row: int, columns: Sequence[int]) -> float:
    return sum(number_of(grid.sheet.cell(row, column)) for column in columns)


def _number(grid: Grid, row: int, column: int) -> float | None:
    number = number_of(grid.sheet.cell(row, column)) if grid.filled[column][row] else math.nan
    return None if math.isnan(number) else number


def _words(number: float) -> str:
    return f"{round(number, 2):.15g}"
