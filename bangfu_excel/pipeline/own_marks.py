"""What an earlier run wrote into a returned workbook is not the submitter's: it is set aside when the file comes back."""

from __future__ import annotations

from dataclasses import replace

from bangfu_excel.core.raw import RawSheet, empty_column
from bangfu_excel.write import header_book
from bangfu_excel.write.returned_words import LIST_TITLE, NOTE_HEADER


def is_own_list(sheet: RawSheet) -> bool:
    """Whether the sheet is the 问题清单 that went out with a file, or the list of headers to confirm."""
    return sheet.cell(0, 0).value in (LIST_TITLE, header_book.TITLE)


def without_notes(sheet: RawSheet) -> RawSheet:
    """The sheet without the column 错误说明: its sentences hold names, dates and numbers that nobody submitted."""
    columns = [
        empty_column(sheet.height) if NOTE_HEADER in column.values else column  # distinct values: a short list
        for column in sheet.columns
    ]
    while columns and len(columns[-1].values) <= 1:
        columns.pop()
    return replace(sheet, columns=tuple(columns)) if columns else sheet
