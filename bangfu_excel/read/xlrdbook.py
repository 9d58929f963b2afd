"""xlrd, for what calamine garbles, refuses or does not know: other code pages, damaged files, Excel before 97."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import Cell, CellType, RawSheet
from bangfu_excel.read.biff import error_text
from bangfu_excel.read.calamine import EncryptedError, EngineError, SheetEntry, raw_sheet
from bangfu_excel.read.encode import CellCollector
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.sheetxml import SheetFacts
from bangfu_excel.read.styles import BUILT_IN, Shown, moment, shown_by

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5


class XlrdBook:
    """A workbook opened with xlrd; raises `EngineError` where it cannot be."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._book = _opened(data)
        self._formats: dict[int, Shown] = {}

    @property
    def sheets(self) -> tuple[SheetEntry, ...]:
        """The worksheets in workbook order; `index` counts only them."""
        found = enumerate(self._book.sheets())
        return tuple(SheetEntry(index, sheet.name, sheet.visibility != 0) for index, sheet in found)

    def read(self, entry: SheetEntry, facts: SheetFacts) -> RawSheet:
        """The sheet, with hidden rows and columns and merges from `facts`; its errors are xlrd's own."""
        collector = CellCollector()
        try:
            for row, column, key in self._cells(self._book.sheet_by_index(entry.index)):
                collector.put(row, column, key)
                if collector.count > self._limits.parsed:
                    raise RefusedError(say.SHEET_TOO_LARGE, last_row=row + 1, last_column=column + 1)
        except (IndexError, KeyError, ValueError, AttributeError) as error:
            raise EngineError(str(error)) from error
        return raw_sheet(entry, collector.columns(), facts, tuple(facts.merges))

    def _cells(self, sheet: Any) -> Iterator[tuple[int, int, object]]:
        for row in range(sheet.nrows):
            for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
                if kind in (_NUMBER, _DATE):
                    yield row, column, moment(value, self._shown(sheet, row, column, kind), self._book.datemode == 1)
                elif kind == _TEXT and value:
                    yield row, column, value
                elif kind == _BOOLEAN:
                    yield row, column, Cell(CellType.BOOLEAN, bool(value))
                elif kind == _ERROR:
                    yield row, column, Cell(CellType.ERROR, error_text(value))

    def _shown(self, sheet: Any, row: int, column: int, kind: int) -> Shown:
        if not self._book.formatting_info:
            return Shown.MOMENT if kind == _DATE else Shown.NUMBER
        style = self._book.xf_list[sheet.cell_xf_index(row, column)]
        shown = self._formats.get(style.format_key)
        if shown is None:
            code = self._book.format_map[style.format_key].format_str  # None where the file does not say it
            shown = BUILT_IN.get(style.format_key, Shown.NUMBER) if code is None else shown_by(code)
            self._formats[style.format_key] = shown
        return shown


def _opened(data: bytes) -> Any:
    import xlrd

    for formatting in (True, False):  # what is damaged in the formatting need not be read
        try:
            return xlrd.open_workbook(
                file_contents=data, logfile=io.StringIO(), formatting_info=formatting, ragged_rows=True
            )
        except (
            Exception
        ) as error:  # it raises whatever its own code runs into: AssertionError, struct.error, IndexError …
            failure = error
            if "encrypted" in str(error):
                raise EncryptedError(str(error)) from error
    raise EngineError(str(failure)) from failure
