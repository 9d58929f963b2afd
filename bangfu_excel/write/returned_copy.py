"""A csv or xls as an xlsx with the same layout: every value at its address, what is text stays text."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bangfu_excel.core.raw import Cell, CellType, RawColumn, RawSheet, RawWorkbook, cell_text
from bangfu_excel.write.package import storable
from bangfu_excel.write.widths import text_width

CSV_SHEET = "Sheet1"
_TEXTS = (CellType.TEXT, CellType.ERROR, CellType.FORMULA)
_NARROWEST, _WIDEST = 9, 40
_LONG_NUMBER = 1e11  # from here on Excel shows 1.39901E+11


def workbook_of(raw: RawWorkbook) -> bytes:
    """A workbook with the values of a csv or xls; what only looks like a formula or a number stays text."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for sheet in raw.sheets:
        _copy(sheet, book.create_sheet(sheet.name or CSV_SHEET))
    return _saved(book)


def rewritten(source: bytes) -> bytes | None:
    """An unusually written xlsx as openpyxl writes it, or None where that cannot read it."""
    with suppress(Exception):  # openpyxl raises anything on a damaged part
        return _saved(load_workbook(BytesIO(source), rich_text=True))
    return None


def _saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _copy(sheet: RawSheet, target: Worksheet) -> None:
    merged = {(merge.top, merge.left) for merge in sheet.merges if merge.right > merge.left}
    for index, column in enumerate(sheet.columns, start=1):
        for row in column.codes.nonzero()[0].tolist():
            _copy_cell(column.cell(row), target, row + 1, index)
        target.column_dimensions[get_column_letter(index)].width = _width(
            column, {top for top, left in merged if left == index - 1}
        )
    for merge in sheet.merges:
        target.merge_cells(
            start_row=merge.top + 1, start_column=merge.left + 1, end_row=merge.bottom + 1, end_column=merge.right + 1
        )
    target.sheet_state = "hidden" if sheet.hidden else "visible"
    for row in sheet.hidden_rows:
        target.row_dimensions[row + 1].hidden = True
    for hidden in sheet.hidden_columns:
        target.column_dimensions[get_column_letter(hidden + 1)].hidden = True


def _copy_cell(stored: Cell, target: Worksheet, row: int, column: int) -> None:
    cell = target.cell(row, column)
    if stored.type in _TEXTS:
        cell.value = storable(str(stored.value))
        cell.data_type = "s"  # "=1+1" is what somebody typed, not a formula of ours
        cell.number_format = "@"  # or Excel makes a number of an identity number that is typed anew
        return
    cell.value = stored.value  # type: ignore[assignment]
    if isinstance(stored.value, dt.datetime) and stored.value.time() == dt.time():
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(stored.value, float) and abs(stored.value) >= _LONG_NUMBER:
        cell.number_format = "0"


def _width(column: RawColumn, titles: set[int]) -> float:
    """Wide enough for most values; texts far longer than the others (a title, a footer) run over."""
    texts = sorted(
        text_width(cell_text(column.cell(row))) for row in column.codes.nonzero()[0].tolist() if row not in titles
    )
    usual = texts[int(len(texts) * 0.9)] if len(texts) > 9 else texts[-2] if len(texts) > 1 else 0
    return float(min(_WIDEST, max(_NARROWEST, usual + 2)))
