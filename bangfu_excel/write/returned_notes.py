"""The column 错误说明: right of a table, outside the print area, high enough to be read whole."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from bangfu_excel.core.region import Extent
from bangfu_excel.write.widths import text_width

NOTE_HEADER = "错误说明"
FONT = "宋体"
THIN = Side(style="thin", color="808080")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
WRAP = Alignment(wrap_text=True, vertical="top")
_WIDTH = 50.0
_LINE_HEIGHT, _HIGHEST = 14.5, 400.0  # points; Excel's limit is 409
_DEFAULT_WIDTH = 9.0


def add_notes(sheet: Worksheet, notes: Mapping[int, str], extents: Sequence[Extent]) -> None:
    """The notes (Excel row → text) in a column of their own; one of an earlier round is written anew."""
    column = _column(sheet, extents)
    last_row = max(extent.last_row for extent in extents)
    if not sheet.print_area:
        sheet.print_area = f"A1:{get_column_letter(column - 1)}{last_row}"
    set_width(sheet, column, _WIDTH)
    _clear(sheet, column, min(extent.header_row for extent in extents), last_row)
    for extent in extents:
        _write(sheet, extent.header_row, column, NOTE_HEADER, bold=True)
    for row, text in notes.items():
        _write(sheet, row, column, text, bold=False)
        _heighten(sheet, row)


def set_text(cell: Cell | MergedCell, text: str) -> None:
    """The text in the cell, as text: "=1+1" is what somebody typed, not a formula of ours."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32767]
    cell.data_type = "s"


def lines_of(text: str, width: float) -> int:
    """Lines that `text` takes when wrapped to `width` units of a column."""
    return sum(max(1, math.ceil(text_width(line) / width)) for line in text.split("\n"))


def height_of(texts: Sequence[tuple[str, float]]) -> float:
    """Points that a row needs for these texts, each wrapped to the width of its column."""
    lines = max((lines_of(text, width) for text, width in texts), default=1)
    return min(_HIGHEST, (lines + 0.3) * _LINE_HEIGHT)


def set_width(sheet: Worksheet, column: int, width: float) -> None:
    """The width of one column, shown. A group of columns that it belongs to is taken apart: overlapping ones damage the file."""
    dimensions = sheet.column_dimensions
    for group in [group for group in dimensions.values() if column in _span(group)]:
        first, last = _span(group)[0], _span(group)[-1]
        del dimensions[group.index]
        for start, end in ((first, column - 1), (column + 1, last)):
            if start <= end:
                dimensions[get_column_letter(start)] = _part(group, start, end)
    letter = get_column_letter(column)
    dimensions[letter] = ColumnDimension(sheet, index=letter, width=width, customWidth=True)


def _span(group: ColumnDimension) -> range:
    first = group.min or column_index_from_string(group.index)
    return range(first, (group.max or first) + 1)


def _part(group: ColumnDimension, start: int, end: int) -> ColumnDimension:
    part = copy.copy(group)
    part.index, part.min, part.max = get_column_letter(start), start, end
    return part


def _column(sheet: Worksheet, extents: Sequence[Extent]) -> int:
    """The column right of all tables; that of an earlier round where there is one."""
    widest = max(extent.width for extent in extents)
    header_rows = {extent.header_row for extent in extents}
    for column in range(widest + 1, 0, -1):
        if any(sheet.cell(row, column).value == NOTE_HEADER for row in header_rows):
            return column
    return widest + 1


def _clear(sheet: Worksheet, column: int, first: int, last: int) -> None:
    for row in range(first, last + 1):
        cell = sheet.cell(row, column)
        if isinstance(cell, Cell):
            cell.value = None


def _write(sheet: Worksheet, row: int, column: int, text: str, *, bold: bool) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        set_text(cell, text)
        cell.font, cell.border, cell.alignment = Font(name=FONT, size=10, bold=bold, color="C00000"), BOX, WRAP


def _heighten(sheet: Worksheet, row: int) -> None:
    """Excel fits rows when it opens a file, LibreOffice and WPS do not always; so the height is said."""
    wrapped = [
        (str(cell.value), _width(sheet, column))
        for column, cell in enumerate(sheet[row], start=1)
        if cell.value and cell.alignment.wrap_text
    ]
    needed, dimension = height_of(wrapped), sheet.row_dimensions[row]
    if needed > (dimension.height or sheet.sheet_format.defaultRowHeight or 15):
        dimension.height = needed


def _width(sheet: Worksheet, column: int) -> float:
    widths = (float(group.width) for group in sheet.column_dimensions.values() if column in _span(group))
    return next(widths, _DEFAULT_WIDTH)
