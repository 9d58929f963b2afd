"""A sheet seen by rows: which cells hold something, what their text is, which merged range they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.raw import CellType, Merge, RawColumn, RawSheet, cell_text

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Grid:
    """A sheet with what the stage asks of it again and again. Rows and columns count from 0."""

    sheet: RawSheet

    @cached_property
    def filled(self) -> tuple[Mask, ...]:
        """Column → True where the cell holds something other than white space."""
        distinct = {id(column): column for column in self.sheet.columns}  # the empty columns before a far cell are one
        found = {key: holds(column) for key, column in distinct.items()}
        return tuple(found[id(column)] for column in self.sheet.columns)

    @cached_property
    def counts(self) -> NDArray[np.int32]:
        """Row → number of its cells that hold something."""
        return self.count_in(range(self.sheet.width))

    def count_in(self, columns: range | tuple[int, ...]) -> NDArray[np.int32]:
        """Row → number of its cells in `columns` that hold something."""
        counts = np.zeros(self.sheet.height, dtype=np.int32)
        for column in columns:
            if len(self.sheet.columns[column].values) > 1:
                counts += self.filled[column]
        return counts

    @cached_property
    def used_columns(self) -> tuple[int, ...]:
        """Columns that hold something anywhere."""
        return tuple(i for i, c in enumerate(self.sheet.columns) if len(c.values) > 1 and bool(self.filled[i].any()))

    def text(self, row: int, column: int) -> str:
        """The cell's text without white space at its ends, "" for an empty cell."""
        return cell_text(self.sheet.cell(row, column)).strip()

    def is_text(self, row: int, column: int) -> bool:
        return self.sheet.cell(row, column).type is CellType.TEXT

    def cells(self, row: int) -> Iterator[tuple[int, str]]:
        """Column and text of the cells of a row that hold something, from the left."""
        for column in self.used_columns:
            if self.filled[column][row]:
                yield column, self.text(row, column)

    @cached_property
    def _merges_by_row(self) -> dict[int, list[Merge]]:
        rows: dict[int, list[Merge]] = {}
        for merge in self.sheet.merges:
            rows.setdefault(merge.top, []).append(merge)
        return rows

    def merges_from(self, row: int) -> list[Merge]:
        """Merged ranges whose top row is `row`."""
        return self._merges_by_row.get(row, [])


def holds(column: RawColumn) -> Mask:
    """True where the cell holds something other than white space."""
    holds = column.types != CellType.EMPTY
    codes, texts = texts_of(column)
    holds[codes] = ~np.fromiter(map(str.isspace, texts), dtype=bool, count=len(texts))
    if "" in texts:
        holds[codes[texts.index("")]] = False
    return np.asarray(holds[column.codes])


def texts_of(column: RawColumn) -> tuple[NDArray[np.int64], list[str]]:
    """The distinct texts of a column, and their codes."""
    codes = np.flatnonzero(column.types == CellType.TEXT)
    if len(codes) and codes[-1] - codes[0] + 1 == len(codes):
        return codes, list(column.values[codes[0] : codes[-1] + 1])  # type: ignore[arg-type]
    return codes, [column.values[code] for code in codes.tolist()]  # type: ignore[misc]
