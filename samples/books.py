"""What every sample is written with: workbooks and csv files that are the same bytes each time, and what must be found in them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
import xlwt

CREATED = dt.datetime(2024, 6, 28)


@dataclass
class Expectations:
    """What must be found: one line a finding, declared where the fault is planted."""

    lines: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, file: str, sheet: str, cell: str, *codes: str) -> None:
        self.lines += [(file, sheet, cell, code) for code in codes]

    def write(self, path: Path) -> None:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("file", "sheet", "cell", "code"))
        writer.writerows(sorted(self.lines))
        path.write_text(text.getvalue(), encoding="utf-8")


class XlsxFile:
    """An xlsx whose cells are given by rows; the same bytes each time."""

    def __init__(self, inbox: Path, name: str) -> None:
        self.path = inbox / name
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.book = xlsxwriter.Workbook(str(self.path), {"strings_to_formulas": False, "strings_to_numbers": False})
        self.book.set_properties({"created": CREATED})
        self.title = self.book.add_format({"bold": True, "font_size": 16, "align": "center", "font_name": "黑体"})
        self.header = self.book.add_format(
            {"bold": True, "border": 1, "align": "center", "text_wrap": True, "valign": "vcenter"}
        )
        self.text = self.book.add_format({"border": 1, "num_format": "@"})
        self.number = self.book.add_format({"border": 1})
        self.date = self.book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})

    def sheet(self, name: str) -> xlsxwriter.worksheet.Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 20, 12)
        return sheet

    def rows(self, sheet: xlsxwriter.worksheet.Worksheet, first: int, rows: Sequence[Sequence[object]]) -> int:
        """Write rows from Excel's row `first`; the number of the row after the last."""
        for number, row in enumerate(rows, start=first - 1):
            for column, value in enumerate(row):
                self.cell(sheet, number, column, value)
        return first + len(rows)

    def cell(self, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object) -> None:
        if isinstance(value, dt.date):
            sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), self.date)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self.number)
        elif value in (None, ""):
            sheet.write_blank(row, column, None, self.text)
        else:
            sheet.write_string(row, column, str(value), self.text)

    def heading(self, sheet: xlsxwriter.worksheet.Worksheet, title: str, metadata: str, header: Sequence[str]) -> int:
        """Title in row 1, metadata in row 2, header in row 3; the number of the first data row."""
        sheet.merge_range(0, 0, 0, len(header) - 1, title, self.title)
        sheet.merge_range(1, 0, 1, len(header) - 1, metadata)
        for column, label in enumerate(header):
            sheet.write_string(2, column, label, self.header)
        return 4

    def table(
        self, label: str, title: str, metadata: str, header: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> xlsxwriter.worksheet.Worksheet:
        """A sheet with title, metadata, header in row 3 and rows from row 4."""
        sheet = self.sheet(label)
        self.rows(sheet, self.heading(sheet, title, metadata, header), rows)
        return sheet

    def close(self) -> None:
        self.book.close()


def cell(header: Sequence[str], label: str, row: int) -> str:
    """The address of the cell under a header, such as D4."""
    return f"{chr(ord('A') + header.index(label))}{row}"


def write_csv(path: Path, rows: Sequence[Sequence[object]], encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(encoding))


def write_xls(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    """An old workbook: label of a sheet → its rows from row 1; a date stands as a date cell."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for label, rows in sheets.items():
        sheet = book.add_sheet(label)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                sheet.write(r, c, value, *([day] if isinstance(value, dt.date) else []))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(path))
