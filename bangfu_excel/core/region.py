"""Regions: the part of a sheet that is a table, before and after its values are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

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
    ELSEWHERE = 6  # stands inside this region and is counted by another one: the table inside a form


class FormCell(NamedTuple):
    """The cell of one value that stands apart from its field's column: Excel's row, column from 0, the value as stored.

    label: what heads the cell, where that is not the same in every row.
    """

    row: int
    column: int
    value: str
    label: str = ""


Cells = Mapping[int, FormCell]
"""Of one field: Excel row that stands for a record → the cell where the record's value stands."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column that is a field. `label`: the header as written, levels joined with `/`; `unit`: from the header, or "".

    legend: number → label, as the sheet declares them (1.因病 2.因残) · misplaced: what stands below is clearly something
    else, told already; no value of it is taken.
    """

    field: str
    index: int
    label: str
    unit: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    misplaced: bool = False


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that holds for every row of a region, from its surroundings: a township in 填报单位, a village as sheet name.

    start, stop: of the sheet's rows, from 0, that it holds for, where these are not all (a village that heads its rows); a
    later constant of a field goes before an earlier one.
    """

    field: str
    value: str
    source: str  # words for the clerk: "表名", "填报单位"
    start: int = 0
    stop: int | None = None


@dataclass(frozen=True, slots=True)
class TablePart:
    """One table that a region feeds, with the columns that are its fields.

    lent: fields whose cells are judged in another region (the household's number, for the members inside its form).
    again: further records of the rows of the first part, which has all else that holds for them (收入 and 支出 in one row).
    """

    table: str
    columns: tuple[MappedColumn, ...]
    constants: tuple[Constant, ...] = ()
    lent: frozenset[str] = frozenset()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a table stands on its sheet: Excel's number of its last header row and of its last row, columns used; its title."""

    sheet: str
    header_row: int
    last_row: int
    width: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class MappedRegion:
    """A table found on a sheet.

    parts: the primary table first · kinds: `RowKind` (uint8) of each row of the region; rows of the sheet `top` … `top+len-1`
    counted from 0 · metadata: `label：value` lines (填报单位, 填报时间, 填表人 …) · unmapped: headers that are no field.
    continued: column → Excel row that was filled from above though nothing is merged → the row where the value stands.

    For a form, `sheet` is derived: one record a row (one of the form's own rows), one column a label. Where the values of a field
    have a column each, the columns of the records follow those of the sheet. cells: column of `sheet` → where its values stand in
    truth · width: columns of the submitted sheet, where `sheet` is derived.
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
    cells: Mapping[int, Cells] = field(default_factory=dict)
    width: int = 0

    @property
    def data_rows(self) -> NDArray[np.int64]:
        """Positions of the data rows in the sheet, counted from 0."""
        return np.flatnonzero(self.kinds == RowKind.DATA) + self.top

    @property
    def extent(self) -> Extent:
        """The region's place on its sheet; the header is the first run of header rows, of forms the first row."""
        width = self.width or self.sheet.width
        if all(column.index in self.cells for column in self.parts[0].columns):
            return Extent(self.sheet.name, self.top + 1, self.top + len(self.kinds), width, self.title)
        is_header = self.kinds == RowKind.HEADER
        first = int(np.argmax(is_header))
        run = int(np.argmin(is_header[first:])) or int(is_header[first:].sum())
        return Extent(self.sheet.name, self.top + first + run, self.top + len(self.kinds), width, self.title)


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """Where a field's values stand: column index, header as written, and the cells as stored (None for a constant).

    covered: Excel row whose value stands in another row (a merged cell, a block filled in its first row) → that row.
    cells: of a form's field: Excel row of the record → the cell of its value, wherever it stands.
    """

    index: int
    label: str
    raw: RawColumn | None
    covered: Mapping[int, int] = field(default_factory=dict)
    cells: Cells = field(default_factory=dict)

    def cell(self, row: int) -> FormCell:
        """The cell of the value of Excel's row `row`, and the value as stored."""
        if row in self.cells:
            return self.cells[row]
        stands = self.covered.get(row, row)
        return FormCell(stands, self.index, cell_text(self.raw.cell(stands - 1)) if self.raw is not None else "")


@dataclass(frozen=True, slots=True)
class Source:
    """The origin of typed rows: with a row number it gives every value its cell.

    block: Excel row → `_row` of the record that it tells of too, by standing in its block and not by what it says.
    """

    file: str
    sheet: str
    table: str
    columns: Mapping[str, SourceColumn]
    metadata: Mapping[str, str] = field(default_factory=dict)
    hidden: bool = False
    block: Mapping[int, int] = field(default_factory=dict)

    @property
    def scattered(self) -> bool:
        """Whether values of one record stand in several rows: a form's."""
        return any(column.cells for column in self.columns.values())

    def place(self, row: int, field: str = "") -> Place:
        """The cell of `field` in Excel's row `row`; where the field has no column, the row's first mapped cell, with no label.

        `Place.row` is the cell's own row, `Place.record` the row that stands for its record where that is another one.
        """
        column = self.columns.get(field)
        if column is None or column.raw is None:
            standing = [c for c in self.columns.values() if c.raw is not None]
            first = min(standing, key=lambda c: c.index, default=SourceColumn(0, "", None))
            at = first.cells.get(row, FormCell(row, first.index, ""))
            return Place(self.file, self.sheet, cell_name(at.row, at.column), at.row, self.table, field, record=row)
        at = column.cell(row)
        name = cell_name(at.row, at.column)
        shown = at.row if column.cells else row
        return Place(
            self.file, self.sheet, name, shown, self.table, field, at.label or column.label, at.value, record=row
        )


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
