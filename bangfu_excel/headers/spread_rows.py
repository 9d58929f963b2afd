"""Rows whose columns are values of one field, as records: one for each cell that is filled, each value with its own cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from bangfu_excel.core.kinds.clean import bare
from bangfu_excel.core.kinds.quantity import read_quantities
from bangfu_excel.core.raw import EMPTY_CELL, Cell, CellType, RawColumn, RawSheet, cell_text
from bangfu_excel.core.region import FormCell, MappedColumn, MappedRegion, TablePart
from bangfu_excel.headers.looks import Look, look_of_text
from bangfu_excel.headers.spread import CROSSES, TICKS, SpreadColumn, Spreading

_LABELS_SHOWN = 5


@dataclass(frozen=True)
class _Reading:
    """The records of a region while they are read.

    shared: fields that have a column of their own · cells: of the first, second … record of every row: field → sheet row (from 0) →
    the cell to be read, and where it stands.
    """

    spreading: Spreading
    sheet: RawSheet
    shared: Mapping[str, MappedColumn]
    cells: list[dict[str, dict[int, tuple[Cell, FormCell]]]] = field(default_factory=list)

    def put(self, number: int, name: str, row: int, cell: Cell, at: FormCell) -> None:
        while len(self.cells) <= number:
            self.cells.append({})
        self.cells[number].setdefault(name, {})[row] = (cell, at)

    def nothing(self, row: int) -> None:
        first = self.spreading.columns[0]
        at = FormCell(row + 1, first.index, "", _labels(self.spreading.columns))
        for name in sorted(self.spreading.fields):
            self.put(0, name, row, EMPTY_CELL, at)

    def one(self, row: int, filled: Sequence[SpreadColumn]) -> None:
        """The one value of a row; of several it reads as several, and is told as such."""
        words = "、".join(c.value for c in filled)
        at = FormCell(row + 1, filled[0].index, words, _labels(filled))
        self.put(0, self.spreading.by.field, row, Cell(CellType.TEXT, words), at)

    def record(self, number: int, row: int, column: SpreadColumn) -> None:
        """One record: what the header says, and what the cell does."""
        by, cell = self.spreading.by, self.sheet.cell(row, column.index)
        at = FormCell(row + 1, column.index, cell_text(cell), column.column.label)
        self.put(number, by.field, row, Cell(CellType.TEXT, column.value), at)
        if column.unit and column.number != by.money and by.unit and by.unit not in self.shared:
            self.put(number, by.unit, row, Cell(CellType.TEXT, column.unit), at)
        name, read = _given(self.spreading, column, cell)
        if name:
            self.put(number, name, row, read, at)


def spread_region(region: MappedRegion, spreading: Spreading) -> MappedRegion:
    """The region with the records of its rows: the first of each in its first part, further ones in parts of their own.

    A row of which no such cell is filled is one record without the value.
    """
    if not spreading.columns:
        return region
    reading = _Reading(spreading, region.sheet, {c.field: c for c in region.parts[0].columns})
    for row in region.data_rows.tolist():
        filled = [c for c in spreading.columns if _says(region.sheet.cell(row, c.index))]
        if not filled:
            reading.nothing(row)
        elif spreading.by.one:
            reading.one(row, filled)
        else:
            for number, column in enumerate(filled):
                reading.record(number, row, column)
    return _with_records(region, reading)


def _says(cell: Cell) -> bool:
    """Whether a cell is filled in: not blank, no cross, no 0."""
    text = bare(cell_text(cell)).lower()
    return bool(text) and text not in CROSSES and not (cell.type is CellType.NUMBER and cell.value == 0)


def _given(spreading: Spreading, column: SpreadColumn, cell: Cell) -> tuple[str, Cell]:
    """The field that a cell gives, and what is to be read of it; "" where it only says that its column holds."""
    by, text = spreading.by, bare(cell_text(cell))
    if cell.type is CellType.TEXT and text.lower() in TICKS and not text.isdigit():
        return (by.text, Cell(CellType.TEXT, by.ticked)) if by.ticked else ("", EMPTY_CELL)
    if cell.type is CellType.DATE or look_of_text(text) is Look.DATE:
        return by.date or by.text, cell
    is_number = not by.text or cell.type is not CellType.TEXT or bool(read_quantities(text))
    return (column.number or by.text) if is_number else by.text, cell


def _with_records(region: MappedRegion, reading: _Reading) -> MappedRegion:
    sheet, primary, spreading = region.sheet, region.parts[0], reading.spreading
    added: list[RawColumn] = []
    cells: dict[int, dict[int, FormCell]] = {}
    parts: list[TablePart] = []
    given = dict.fromkeys(name for fields in reading.cells for name in fields)
    own = tuple(c for c in primary.columns if c.field not in given and c.field != spreading.by.balance)
    for number, fields in enumerate(reading.cells):
        columns = []
        for name in given:
            found = fields.get(name, {})
            if name in reading.shared:
                found = {**_own(region, reading.shared[name]), **found}
            index = sheet.width + len(added)
            added.append(_column(sheet.height, {row: cell for row, (cell, _) in found.items()}))
            cells[index] = {row + 1: at for row, (_, at) in found.items()}
            columns.append(MappedColumn(name, index, _label(spreading, name), _unit(spreading, name)))
        first = replace(primary, columns=(*own, *columns))
        parts.append(TablePart(primary.table, tuple(columns), again=True) if number else first)
    return replace(
        region,
        sheet=replace(sheet, columns=(*sheet.columns, *added)),
        parts=(*parts[:1], *region.parts[1:], *parts[1:]) if parts else region.parts,
        cells={**region.cells, **cells},
        width=region.width or sheet.width,
    )


def _own(region: MappedRegion, column: MappedColumn) -> dict[int, tuple[Cell, FormCell]]:
    """The cells of a field's own column, which hold where the cells of the spread say nothing of it."""
    read = ((row, region.sheet.cell(row, column.index)) for row in region.data_rows.tolist())
    return {row: (cell, FormCell(row + 1, column.index, cell_text(cell), column.label)) for row, cell in read}


def _column(height: int, cells: Mapping[int, Cell]) -> RawColumn:
    values: list[Any] = [None]
    types = [int(CellType.EMPTY)]
    codes = np.zeros(height, dtype=np.int32)
    known: dict[tuple[int, Any], int] = {(int(CellType.EMPTY), None): 0}
    for row, cell in cells.items():
        key = (int(cell.type), cell.value)
        if key not in known:
            known[key] = len(values)
            values.append(cell.value)
            types.append(int(cell.type))
        codes[row] = known[key]
    return RawColumn(codes, values, np.array(types, dtype=np.uint8))


def _label(spreading: Spreading, name: str) -> str:
    """The headers that give a field."""
    giving = [c for c in spreading.columns if name not in (spreading.by.number, spreading.by.money) or c.number == name]
    return _labels(giving or spreading.columns)


def _labels(columns: Iterable[SpreadColumn]) -> str:
    return "/".join([c.column.label for c in columns][:_LABELS_SHOWN])


def _unit(spreading: Spreading, name: str) -> str:
    """The unit of a sum, which is the same in all headers."""
    if name != spreading.by.money:
        return ""
    return next((c.unit for c in spreading.columns if c.number == name), "")
