"""Rows of stored values → dictionary-encoded columns, in chunks, so that a sheet is never a grid of Python objects."""

from __future__ import annotations

import datetime as dt
import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.raw import Cell, CellType, RawColumn

CHUNK_CELLS = 30_000  # cells held as Python objects at a time; small enough to stay in the cache
MIN_ROWS = 64  # of a chunk: very wide sheets would otherwise be taken apart cell by cell

_AS_STORED = {  # types whose values are kept as they come
    str: CellType.TEXT, float: CellType.NUMBER, dt.date: CellType.DATE, dt.datetime: CellType.DATE, dt.time: CellType.DATE,
}  # fmt: skip

Marks = Mapping[int, Mapping[int, Cell]]
"""Column → row → the cell that a reader could not deliver itself (errors, uncached formulas); both from 0."""


def encode_rows(
    rows: Iterable[Sequence[object]], height: int, width: int, left: int = 0, marks: Marks | None = None
) -> tuple[RawColumn, ...]:
    """Columns from A on, cut after the last row and column that hold anything.

    rows: from Excel's row 1 on, each `width` values of the columns from `left` on; "" and None are empty cells.
    marks: cells laid over them. All columns have one length.
    """
    marks = marks or {}
    height = max(height, *(max(column) + 1 for column in marks.values() if column), 0)
    builders = [_Builder(height) for _ in range(width)]
    start = 0
    for chunk in _chunks(iter(rows), max(MIN_ROWS, CHUNK_CELLS // max(width, 1))):
        for builder, values in zip(builders, zip(*chunk, strict=True), strict=True):
            builder.add(start, values)
        start += len(chunk)
    placed = dict(enumerate(builders, start=left))
    for column, cells in marks.items():
        placed.setdefault(column, _Builder(height)).lay_over(cells)
    return _columns(placed)


def encode_cells(cells: Mapping[int, Mapping[int, Cell]]) -> tuple[RawColumn, ...]:
    """Columns from a sparse sheet: column → row → cell, both counted from 0."""
    return encode_rows((), 0, 0, marks=cells)


class CellCollector:
    """Cells one by one, in any order, at eight bytes each and one entry a distinct value; the last one at an address stays.

    A far cell costs nothing until `columns` is called: four bytes a row of its column.
    """

    def __init__(self) -> None:
        self._columns: dict[int, _Collected] = {}
        self.count = 0

    def put(self, row: int, column: int, key: object) -> None:
        """key: text, a finite float, a date or time, or a `Cell`; "" empties."""
        self.count += 1
        collected = self._columns.get(column)
        if collected is None:
            collected = self._columns[column] = _Collected()
        collected.rows.append(row)
        collected.codes.append(collected.known[key])

    @property
    def height(self) -> int:
        """Rows down to the last cell put."""
        return max((max(collected.rows) + 1 for collected in self._columns.values()), default=0)

    @property
    def area(self) -> int:
        """Cells that `columns` would allocate: columns that hold anything, down to the last row."""
        return len(self._columns) * self.height

    def repeated(self) -> tuple[tuple[int, int], ...]:
        """(row, column) of cells put more than once, first come first."""
        found = []
        for column, collected in self._columns.items():
            rows, counts = np.unique(np.frombuffer(collected.rows, dtype=np.int32), return_counts=True)
            found += [(int(row), column) for row in rows[counts > 1]]
        return tuple(sorted(found))

    def columns(self) -> tuple[RawColumn, ...]:
        """Columns from A on, cut after the last row and column that hold anything."""
        height = self.height
        return _columns({index: _Builder.of(collected, height) for index, collected in self._columns.items()})


class _Collected:
    """The cells of one column as they come."""

    def __init__(self) -> None:
        self.rows = array("i")
        self.codes = array("i")
        self.known = _Codes()
        self.known[""] = 0


def _chunks(rows: Iterator[Sequence[object]], size: int) -> Iterator[list[Sequence[object]]]:
    while chunk := list(islice(rows, size)):
        yield chunk


def _columns(builders: Mapping[int, _Builder]) -> tuple[RawColumn, ...]:
    lengths = {column: builder.length() for column, builder in builders.items()}
    height = max(lengths.values(), default=0)
    width = max((column + 1 for column, length in lengths.items() if length), default=0)
    blank = RawColumn(np.zeros(height, dtype=np.int32), (None,), np.zeros(1, dtype=np.uint8))
    return tuple(builders[c].column(height) if lengths.get(c) else blank for c in range(width))


class _Codes(dict[object, int]):
    """Value → code, made at first sight. Entry 0 is the empty cell.

    Keys that Python holds equal although their types differ (True, 1 and 1.0) are told apart by the caller: booleans and
    marks come as `Cell`. Whole numbers and floats are one: Excel stores no difference.
    """

    def __missing__(self, key: object) -> int:
        code = self[key] = len(self)
        return code


class _Builder:
    """One column under construction. Rows that stay empty cost no memory: their pages are never written."""

    def __init__(self, height: int) -> None:
        self._codes: NDArray[np.int32] = np.zeros(height, dtype=np.int32)
        self._known = _Codes()
        self._known[""] = 0

    @classmethod
    def of(cls, collected: _Collected, height: int) -> _Builder:
        builder = cls(height)
        builder._known = collected.known
        rows = np.frombuffer(collected.rows, dtype=np.int32)
        # NumPy keeps the last of several values at one index, as Excel keeps the last of several cells
        builder._codes[rows] = np.frombuffer(collected.codes, dtype=np.int32)
        return builder

    def add(self, start: int, values: Sequence[object]) -> None:
        kinds = set(map(type, values))
        if bool in kinds or type(None) in kinds:
            values = [_key(value) for value in values]
        codes = np.fromiter(map(self._known.__getitem__, values), dtype=np.int32, count=len(values))
        if codes.any():
            self._codes[start : start + len(codes)] = codes

    def lay_over(self, cells: Mapping[int, Cell]) -> None:
        for row, cell in cells.items():
            self._codes[row] = self._known[cell]

    def length(self) -> int:
        filled = np.flatnonzero(self._codes)
        return int(filled[-1]) + 1 if len(filled) else 0

    def column(self, height: int) -> RawColumn:
        codes = self._codes if len(self._codes) == height else self._codes[:height].copy()
        values: list[object] = list(self._known)
        if set(map(type, values)) <= _AS_STORED.keys():
            types = np.fromiter(map(_AS_STORED.__getitem__, map(type, values)), dtype=np.uint8, count=len(values))
            types[0], values[0] = CellType.EMPTY, None
            if not math.isfinite(sum(value for value in values if type(value) is float)):
                values = _without_infinity(values, types)
        else:
            cells = [to_cell(key) for key in values]
            types = np.fromiter((cell.type for cell in cells), dtype=np.uint8, count=len(cells))
            values = [cell.value for cell in cells]
        return RawColumn(codes, tuple(values), types)


def _without_infinity(values: Sequence[object], types: NDArray[np.uint8]) -> list[object]:
    """Excel holds neither infinities nor what is no number: a file that names them shows #NUM!. Changes `types` with them."""
    odd = [i for i, value in enumerate(values) if type(value) is float and not math.isfinite(value)]
    types[odd] = CellType.ERROR
    return ["#NUM!" if i in odd else value for i, value in enumerate(values)]


def _key(value: object) -> object:
    if value is None:
        return ""
    return Cell(CellType.BOOLEAN, value) if isinstance(value, bool) else value


def to_cell(key: object) -> Cell:
    """The cell of a value as calamine gives it (a `Cell` stays what it is)."""
    if isinstance(key, Cell):
        return key
    if isinstance(key, bool):
        return Cell(CellType.BOOLEAN, key)
    if isinstance(key, str):
        return Cell(CellType.TEXT, key) if key else Cell(CellType.EMPTY, None)
    if isinstance(key, int | float):
        return Cell(CellType.NUMBER, float(key)) if math.isfinite(key) else Cell(CellType.ERROR, "#NUM!")
    if isinstance(key, dt.timedelta):  # a number shown as [h]:mm; Excel stores days
        return Cell(CellType.NUMBER, key / dt.timedelta(days=1))
    return Cell(CellType.DATE, key)
