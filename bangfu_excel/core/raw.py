"""A sheet as it is stored: columnar, dictionary-encoded, with the stored type and true address of each cell.

Row i of every column is Excel's row i + 1, column j is Excel's column j + 1: nothing is trimmed at the top or left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class CellType(IntEnum):
    """What a cell stores, whatever it looks like."""

    EMPTY = 0
    TEXT = 1
    NUMBER = 2
    BOOLEAN = 3
    DATE = 4  # datetime.datetime, date or time, already decoded with the workbook's date system
    ERROR = 5  # value is the error's text: "#REF!", "#N/A" …
    FORMULA = 6  # a formula without a cached value; value is the formula's text


class Cell(NamedTuple):
    """One stored cell: `value` is None, str, float, int, bool, datetime.datetime/date/time, or error/formula text."""

    type: CellType
    value: object


EMPTY_CELL = Cell(CellType.EMPTY, None)


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One column, dictionary-encoded: cell i is `values[codes[i]]` of type `types[codes[i]]`; entry 0 is the empty cell.

    codes: int32, one a row · values: the distinct stored values · types: uint8 `CellType`, one a distinct value.
    Equal values of different type (1, True, "1") are different entries. Text of only white space is TEXT, not EMPTY.
    """

    codes: NDArray[np.int32]
    values: Sequence[object]
    types: NDArray[np.uint8]

    def cell(self, row: int) -> Cell:
        """The cell at `row`, counted from 0; empty beyond the end."""
        if row >= len(self.codes):
            return EMPTY_CELL
        code = self.codes[row]
        return Cell(CellType(int(self.types[code])), self.values[code])


class Merge(NamedTuple):
    """A merged range, all bounds inclusive and counted from 0; its value is stored at (top, left)."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def between(cls, row: int, column: int, other_row: int, other_column: int) -> Merge:
        """The range with these two corners, in whatever order a file names them."""
        return cls(min(row, other_row), min(column, other_column), max(row, other_row), max(column, other_column))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands on a sheet. `row`, `column`: its top left corner, from 0 · part: where its bytes are in the package ·
    in_cell: WPS's pictures that are a cell's value.
    """

    row: int
    column: int
    part: str
    in_cell: bool = False


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as stored. `height` rows (the last one holds a value), one `RawColumn` of that length a column.

    `hidden_rows` and `hidden_columns` count from 0. A csv file is one sheet named "".
    """

    name: str
    height: int
    columns: tuple[RawColumn, ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def width(self) -> int:
        return len(self.columns)

    def cell(self, row: int, column: int) -> Cell:
        """The stored cell, rows and columns counted from 0; empty outside the sheet."""
        if column >= len(self.columns):
            return EMPTY_CELL
        return self.columns[column].cell(row)


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """One file as stored. `file` is its path relative to INBOX, with forward slashes; a zip's member is `a.zip!b.xlsx`.

    properties: names of the custom properties of the document (of an xlsx), which programs keep when they save it anew.
    """

    file: str
    format: str  # xlsx, xls, csv …, by content
    sheets: tuple[RawSheet, ...]
    properties: frozenset[str] = frozenset()


def empty_column(height: int) -> RawColumn:
    """A column of empty cells."""
    return RawColumn(np.zeros(height, dtype=np.int32), (None,), np.zeros(1, dtype=np.uint8))


def cell_text(cell: Cell) -> str:
    """The cell's value as a person would write it: 3.0 → 3, 2024-03-05, TRUE; numbers keep up to 15 digits, never 1E+17."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number_text(value)
    text = str(value)
    if cell.type is CellType.DATE and text.endswith(" 00:00:00"):
        return text[:-9]
    return text


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    # 15 digits are all that Excel keeps and shows: the rest of a binary float would be invented
    return f"{Decimal(f'{value:.15g}'):f}" if 1e-6 < abs(value) < 1e21 else f"{value:.15g}"
