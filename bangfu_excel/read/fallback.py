"""openpyxl, for workbooks that calamine rejects although Excel opens them."""

from __future__ import annotations

import warnings
from functools import cached_property
from typing import Any

from bangfu_excel.core.raw import Cell, CellType, RawSheet
from bangfu_excel.read.calamine import EngineError, SheetEntry, raw_sheet
from bangfu_excel.read.encode import encode_cells, to_cell
from bangfu_excel.read.package import Source
from bangfu_excel.read.sheetxml import SheetFacts


class OpenpyxlBook:
    """A workbook opened with openpyxl, when it is first asked for something. Merges come from the scan."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @cached_property
    def _book(self) -> Any:
        from openpyxl import load_workbook  # rarely needed, and slow to import

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return load_workbook(self._source, read_only=True, data_only=True)
        except Exception as error:
            raise EngineError(str(error)) from error

    @property
    def sheets(self) -> tuple[SheetEntry, ...]:
        """The worksheets in workbook order."""
        return tuple(
            SheetEntry(index, sheet.title, sheet.sheet_state != "visible")
            for index, sheet in enumerate(self._book.worksheets)
        )

    def read(self, entry: SheetEntry, facts: SheetFacts) -> RawSheet:
        """The sheet with `facts` laid over it."""
        try:
            cells = self._cells(self._book[entry.name])
        except EngineError:
            raise
        except Exception as error:
            raise EngineError(str(error)) from error
        for column, marks in facts.marks.items():
            cells.setdefault(column, {}).update(marks)
        return raw_sheet(entry, encode_cells(cells), facts, tuple(facts.merges))

    def _cells(self, sheet: Any) -> dict[int, dict[int, Cell]]:
        sheet.reset_dimensions()  # the declared range may be a lie
        cells: dict[int, dict[int, Cell]] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.value != "":
                    found = Cell(CellType.ERROR, cell.value) if cell.data_type == "e" else to_cell(cell.value)
                    cells.setdefault(cell.column - 1, {})[cell.row - 1] = found
        return cells

    def close(self) -> None:
        """Lets go of the file (Windows keeps it locked otherwise)."""
        if "_book" in self.__dict__:
            self._book.close()
