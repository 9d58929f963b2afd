"""Regions: the part of a sheet that is a table, before and after its values are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.finding import Place
from bangfu_excel.core.raw import RawColumn, RawSheet, cell_text


class RowKind(IntEnum):
    """What a row of a region's sheet is: the account of every row."""

    TITLE = 0
    HEADER = 1
    BLANK = 2
    TOTAL = 3
    NOTE = 4
    DATA = 5


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column that is a field. `label`: the header as written, levels joined with `/`; `unit`: from the header, or ""."""

    field: str
    index: int
    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that holds for every row of a region, from its surroundings: a township in 填报单位, a village as sheet name."""

    field: str
    value: str
    source: str  # words for the clerk: "表名", "填报单位"


@dataclass(frozen=True, slots=True)
class TablePart:
    """One table that a region feeds, with the columns that are its fields."""

    table: str
    columns: tuple[MappedColumn, ...]
    constants: tuple[Constant, ...] = ()


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a table stands on its sheet: Excel's number of its last header row and of its last row, and columns used."""

    sheet: str
    header_row: int
    last_row: int
    width: int


@dataclass(frozen=True, slots=True)
class MappedRegion:
    """A table found on a sheet.

    parts: the primary table first · kinds: `RowKind` (uint8) of each row of the region; rows of the sheet `top` … `top+len-1`
    counted from 0 · metadata: `label：value` lines (填报单位, 填报时间, 填表人 …) · unmapped: headers that are no field.
    continued: column → Excel row that was filled from above though nothing is merged → the row where the value stands.
    """

    file: str
    sheet: RawSheet
    parts: tuple[TablePart, ...]
    kinds: NDArray[np.uint8]
    top: int = 0
    title: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    unmapped: tuple[MappedColumn, ...] = ()
    continued: Mapping[int, Mapping[int, int]] = field(default_factory=dict)

    @property
    def data_rows(self) -> NDArray[np.int64]:
        """Positions of the data rows in the sheet, counted from 0."""
        return np.flatnonzero(self.kinds == RowKind.DATA) + self.top

    @property
    def extent(self) -> Extent:
        """The region's place on its sheet; the header is the first run of header rows."""
        is_header = self.kinds == RowKind.HEADER
        first = int(np.argmax(is_header))
        run = int(np.argmin(is_header[first:])) or int(is_header[first:].sum())
        return Extent(self.sheet.name, self.top + first + run, self.top + len(self.kinds), self.sheet.width)


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """Where a field's values stand: column index, header as written, and the cells as stored (None for a constant).

    covered: Excel row whose value stands in another row (a merged cell, a block filled in its first row) → that row.
    """

    index: int
    label: str
    raw: RawColumn | None
    covered: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """The origin of typed rows: with a row number it gives every value its cell."""

    file: str
    sheet: str
    table: str
    columns: Mapping[str, SourceColumn]
    metadata: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False

    def place(self, row: int, field: str = "") -> Place:
        """The cell of `field` in Excel's row `row`; where the field has no column, the row's first mapped cell, with no label."""
        column = self.columns.get(field)
        if column is None or column.raw is None:
            first = min((c.index for c in self.columns.values() if c.raw is not None), default=0)
            return Place(self.file, self.sheet, cell_name(row, first), row, self.table, field)
        stands = column.covered.get(row, row)
        value = cell_text(column.raw.cell(stands - 1))
        cell = cell_name(stands, column.index)
        return Place(self.file, self.sheet, cell, row, self.table, field, column.label, value)


@dataclass(frozen=True)
class TypedRegion:
    """Typed rows of one table from one region.

    frame: RangeIndex; the mapped fields in canonical names and dtypes, `<field>__precision` (str, only where coarser than a
           day), `<field>__approx` (boolean), and `_row` (int64, Excel's row number). Fields without a column are absent.
    stated: field → True where the cell holds something · faulty: field → True where that something gave no value.
    returned: True where the row is sent back.
    """

    source: Source
    frame: pd.DataFrame
    stated: Mapping[str, NDArray[np.bool_]]
    faulty: Mapping[str, NDArray[np.bool_]]
    returned: NDArray[np.bool_]
