"""What is written here is nobody's submission: whole workbooks are known by their mark, and what an earlier run wrote into
a returned workbook is set aside when the file comes back.
"""

from __future__ import annotations

from dataclasses import replace

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages.pipeline import OWN_BOOK, OWN_OUTPUT
from bangfu_excel.core.raw import RawSheet, RawWorkbook, empty_column
from bangfu_excel.write.book import OUTPUT
from bangfu_excel.write.returned_words import LIST_TITLE, NOTE_HEADER


def own_book_finding(workbook: RawWorkbook) -> Finding | None:
    """What is to be said of a workbook that was written here for people to read (a ledger) or to answer (冲突裁决).

    None of any other: a blank workbook to be submitted, a submitter's own that went back to him with remarks.
    """
    mark = next((name for name in sorted(workbook.properties) if name.startswith(OUTPUT)), None)
    if mark is None:
        return None
    command = mark.removeprefix(OUTPUT).strip()
    place = Place(workbook.file)
    return OWN_BOOK.finding(place, command=command) if command else OWN_OUTPUT.finding(place)


def is_own_list(sheet: RawSheet) -> bool:
    """Whether the sheet is the 问题清单 that went out with a file."""
    return sheet.cell(0, 0).value == LIST_TITLE


def without_notes(sheet: RawSheet) -> RawSheet:
    """The sheet without the column 错误说明: its sentences hold names, dates and numbers that nobody submitted."""
    columns = [
        empty_column(sheet.height) if NOTE_HEADER in column.values else column  # distinct values: a short list
        for column in sheet.columns
    ]
    while columns and len(columns[-1].values) <= 1:
        columns.pop()
    return replace(sheet, columns=tuple(columns)) if columns else sheet
