"""A sheet that grows cell by cell, for formats that we parse ourselves: refused as soon as it leaves the limits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import Merge, RawSheet
from bangfu_excel.read.encode import encode_rows
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.refusal import RefusedError

Span = tuple[int, int]
"""First and last row or column, from 0."""


class Budget:
    """What may still be read of a file whose cells Python parses one by one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._left = limits.parsed

    def spend(self, cells: int) -> None:
        """Raises `RefusedError` when the file holds more cells than it may."""
        self.require(cells)
        self._left -= cells

    def require(self, cells: int) -> None:
        """Raises `RefusedError` where so many more cells would be too many."""
        if cells > self._left:
            raise RefusedError(say.FILE_TOO_LARGE)


class Grid:
    """Values by row and column, from 0. Only rows that hold something take memory."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits
        self._rows: dict[int, list[object]] = {}
        self._texts: dict[str, str] = {}
        self._merges: list[Merge] = []
        self._hidden_rows: list[Span] = []
        self._hidden_columns: list[Span] = []
        self.height = 0
        self.width = 0

    def put(self, row: int, column: int, value: object) -> None:
        """Stores a value as `encode_rows` takes it. Raises `RefusedError` beyond the limits."""
        if row >= self.height or column >= self.width:
            self._grow(row + 1, column + 1)
        self._budget.spend(1)
        if isinstance(value, str):
            value = self._texts.setdefault(value, value)
        line = self._rows.setdefault(row, [])
        if column < len(line):
            line[column] = value
            return
        line.extend([""] * (column - len(line)))
        line.append(value)

    def get(self, row: int, column: int) -> object:
        """The value there; "" where there is none."""
        line = self._rows.get(row, [])
        return line[column] if column < len(line) else ""

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Notes a merged range, bounds inclusive; a single cell is none."""
        merge = Merge.between(top, left, bottom, right)
        if merge.bottom >= self._limits.rows or merge.right >= self._limits.columns:
            raise RefusedError(say.SHEET_TOO_LARGE, last_row=merge.bottom + 1, last_column=merge.right + 1)
        if (top, left) != (bottom, right):
            self._budget.spend(1)
            self._merges.append(merge)

    def hide_rows(self, first: int, last: int) -> None:
        self._hidden_rows.append((first, last))

    def hide_columns(self, first: int, last: int) -> None:
        self._hidden_columns.append((first, last))

    def rows(self) -> Iterator[list[object]]:
        """The values of each row that holds any, top to bottom, cut after the last one."""
        return (self._rows[row] for row in sorted(self._rows))

    def take(self, other: Grid, top: int) -> None:
        """Moves what `other` holds into this grid, `top` rows down."""
        self._grow(top + other.height, other.width)
        self._rows.update((top + row, line) for row, line in other._rows.items())
        self._merges += [Merge(m.top + top, m.left, m.bottom + top, m.right) for m in other._merges]
        self._hidden_rows += [(first + top, last + top) for first, last in other._hidden_rows]
        self._hidden_columns += other._hidden_columns

    def sheet(self, name: str, hidden: bool = False) -> RawSheet:
        """What was stored, as a sheet; hidden rows and columns only where it holds something."""
        blank = [""] * self.width
        lines = (self._rows.get(row, blank) for row in range(self.height))
        columns = encode_rows((line + blank[len(line) :] for line in lines), self.height, self.width)
        height = len(columns[0].codes) if columns else 0
        return RawSheet(
            name,
            height,
            columns,
            hidden=hidden,
            hidden_rows=_members(self._hidden_rows, height),
            hidden_columns=_members(self._hidden_columns, len(columns)),
            merges=tuple(self._merges),
        )

    def _grow(self, height: int, width: int) -> None:
        height, width = max(height, self.height), max(width, self.width)
        limits = self._limits
        if height > limits.rows or width > limits.columns or height * width > limits.cells:
            raise RefusedError(say.SHEET_TOO_LARGE, last_row=height, last_column=width)
        self.height, self.width = height, width


def _members(spans: list[Span], size: int) -> frozenset[int]:
    """The numbers below `size` that lie in any of the spans; spans may be as long and as many as they like."""
    steps = [0] * (size + 1)
    for first, last in spans:
        if first < size:
            steps[first] += 1
            steps[min(last + 1, size)] -= 1
    return frozenset(number for number, depth in enumerate(accumulate(steps[:size])) if depth > 0)
