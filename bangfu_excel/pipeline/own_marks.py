"""What an earlier run wrote into a returned workbook is not the submitter's: it is set aside when the file comes back."""

from __future__ import annotations

from dataclasses import replace

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages.pipeline import OWN_BOOK, OWN_LIST
from bangfu_excel.core.raw import RawSheet, empty_column
from bangfu_excel.write import correction_book, header_book
from bangfu_excel.write.returned_words import LIST_TITLE, NOTE_HEADER

_LISTS = (LIST_TITLE, header_book.TITLE)
_CORRECTIONS = (correction_book.TITLE, correction_book.CORRECTIONS_TITLE, correction_book.EVENTS_TITLE)
_BOOKS = dict.fromkeys(_CORRECTIONS, ("县办的更正单", "bangfu merge --corrections 这个文件"))
"""Title → what a workbook that the office itself fills in is called, and the command that takes it."""


def is_own_list(sheet: RawSheet) -> bool:
    """Whether the sheet is one that the program wrote: a list that went out with a file, or a workbook to be given to a command."""
    return sheet.cell(0, 0).value in (*_LISTS, *_BOOKS)


def own_list_finding(file: str, sheet: RawSheet) -> Finding:
    """What is to be said of a sheet that `is_own_list`: what it is, and which command takes it."""
    place = Place(file, sheet.name)
    title = sheet.cell(0, 0).value
    if isinstance(title, str) and title in _BOOKS and not sheet.hidden:
        book, command = _BOOKS[title]
        return OWN_BOOK.finding(place, book=book, command=command)
    return OWN_LIST.finding(place)


def without_notes(sheet: RawSheet) -> RawSheet:
    """The sheet without the column 错误说明: its sentences hold names, dates and numbers that nobody submitted."""
    columns = [
        empty_column(sheet.height) if NOTE_HEADER in column.values else column  # distinct values: a short list
        for column in sheet.columns
    ]
    while columns and len(columns[-1].values) <= 1:
        columns.pop()
    return replace(sheet, columns=tuple(columns)) if columns else sheet
