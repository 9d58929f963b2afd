"""The submitter's own workbook, marked: cells filled and commented, 错误说明 at the right, 问题清单 as the last sheet."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from openpyxl.utils import coordinate_to_tuple, get_column_letter

from bangfu_excel.core.finding import Finding, Severity
from bangfu_excel.core.region import Extent
from bangfu_excel.write.names import sheet_name
from bangfu_excel.write.package import WORKBOOK, Package, SheetPart, UnusualPackage, escaped, inserted
from bangfu_excel.write.package_links import OFFICE, tag
from bangfu_excel.write.package_sheet import Edit, RowEdit, edited, merged_ranges, with_width
from bangfu_excel.write.package_styles import Styles, font
from bangfu_excel.write.returned_comments import add_comments, settle_comments
from bangfu_excel.write.returned_list import list_sheet
from bangfu_excel.write.returned_words import (
    LIST_SHEET,
    LIST_TITLE,
    NOTE_HEADER,
    Mark,
    height_of,
    marks_of,
    notes,
    sentence,
)

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# one off from the colours of Excel's own styles 差 and 适中, so that ours are told apart when the file comes back
_COLORS = {Severity.ERROR: "FFFFC8CE", Severity.WARNING: "FFFFEB9D"}
_RED = "FFC00000"
_NOTE_WIDTH = 50.0
_AFTER_NAMES = re.compile(
    r"<(?:calcPr|oleSize|customWorkbookViews|pivotCaches|webPublishing|fileRecoveryPr|webPublishObjects|extLst)\b|</workbook>"
)


def marked(source: bytes, findings: Sequence[Finding], extents: Sequence[Extent]) -> Mapping[str, str]:
    """The parts of the workbook `source` that change when every finding of the file is marked in it.

    Existing comments stay, ours are appended; what an earlier round marked and is not found any more is unmarked.
    Raises `UnusualPackage` for a workbook that is not written as Excel and WPS write it.
    """
    package = Package(source)
    sheets = _sheets(package)
    styles_part = _styles_part(package)
    styles = Styles(package.text(styles_part))
    only = sheets[0].name
    earlier = next((sheet for sheet in sheets if LIST_TITLE in html.unescape(_head(package, sheet))), None)
    sheets = [sheet for sheet in sheets if sheet is not earlier]
    by_sheet: dict[str, list[Mark]] = {}
    for mark in marks_of(findings, only):
        by_sheet.setdefault(mark.sheet, []).append(mark)
    for sheet in sheets:
        if earlier:
            _unmark(package, sheet, styles)
        tables = [extent for extent in extents if (extent.sheet or only) == sheet.name]
        if found := by_sheet.get(sheet.name):
            _mark_sheet(package, sheet, found, tables, styles)
    content = list_sheet(findings, styles, {sheet.name for sheet in sheets}, only)
    package.put(earlier.part if earlier else _new_sheet(package, [sheet.name for sheet in sheets]), content)
    package.put(styles_part, styles.text)
    package.check()
    return package.changed


def _sheets(package: Package) -> list[SheetPart]:
    found = [sheet for sheet in package.sheets() if sheet.kind == "worksheet"]
    if not found:
        raise UnusualPackage(WORKBOOK)
    return found


def _styles_part(package: Package) -> str:
    found = package.related(WORKBOOK, "styles")
    if not found:
        raise UnusualPackage("styles")
    return found


def _head(package: Package, sheet: SheetPart) -> str:
    """The sheet's first row, with shared strings in full."""
    row = package.text(sheet.part).partition("</row>")[0][-4000:]
    shared = re.search(r't="s"[^>]*><v>(\d+)</v>', row)
    if not shared or "xl/sharedStrings.xml" not in package:
        return row
    return _shared_string(package.text("xl/sharedStrings.xml"), int(shared[1]))


def _shared_string(strings: str, number: int) -> str:
    items = re.findall(r"<si>.*?</si>", strings, re.S)
    return items[number] if number < len(items) else ""


def _unmark(package: Package, sheet: SheetPart, styles: Styles) -> None:
    text = package.text(sheet.part)
    plain = {str(style): str(styles.filled(style, "")) for style in styles.with_fill(frozenset(_COLORS.values()))}
    if plain:
        pattern = rf'(<c\b[^>]*?\bs=")({"|".join(plain)})(")'
        text = re.sub(pattern, lambda m: m[1] + plain[m[2]] + m[3], text)
    package.put(sheet.part, text)
    settle_comments(package, sheet.part)


def _mark_sheet(
    package: Package, sheet: SheetPart, marks: Sequence[Mark], tables: Sequence[Extent], styles: Styles
) -> None:
    text = package.text(sheet.part)
    rows: dict[int, RowEdit] = {}
    comments: dict[str, list[str]] = {}
    merges = np.array(merged_ranges(text), dtype=np.int64).reshape(-1, 4)
    for mark in sorted(marks, key=lambda m: m.finding.severity is Severity.ERROR):  # an error's fill covers a doubt's
        row, column = _top_left(coordinate_to_tuple(mark.cell), merges)
        color = _COLORS.get(mark.finding.severity)
        if color:
            rows.setdefault(row, RowEdit()).cells[column] = Edit(partial(styles.filled, color=color))
        if mark.first:
            comments.setdefault(f"{get_column_letter(column)}{row}", []).append(sentence(mark.finding))
    if tables:
        # right of the tables; extents leave the notes of an earlier round out, so these come to stand on them
        column = max(table.width for table in tables) + 1
        _add_notes(rows, notes(marks), column, tables, styles)
        text = with_width(text, column, _NOTE_WIDTH)
        _keep_out_of_print(package, sheet, column, max(table.last_row for table in tables))
    package.put(sheet.part, edited(text, rows))
    add_comments(package, sheet.part, {cell: "\n".join(dict.fromkeys(said)) for cell, said in comments.items()})


def _top_left(cell: tuple[int, int], merges: NDArray[np.int64]) -> tuple[int, int]:
    """The cell, or the first one of the merged range that covers it."""
    row, column = cell
    top, left, bottom, right = merges.T
    covering = np.flatnonzero((top <= row) & (row <= bottom) & (left <= column) & (column <= right))
    return (int(top[covering[0]]), int(left[covering[0]])) if len(covering) else cell


def _add_notes(
    rows: dict[int, RowEdit], said: Mapping[int, str], column: int, tables: Sequence[Extent], styles: Styles
) -> None:
    head = styles.cell(font=font(bold=True, color=_RED))
    body = styles.cell(font=font(color=_RED))
    for table in tables:
        rows.setdefault(table.header_row, RowEdit()).cells[column] = Edit(lambda _: head, NOTE_HEADER)
    for row, text in said.items():
        edit = rows.setdefault(row, RowEdit())
        edit.cells[column] = Edit(lambda _: body, text)
        edit.height = height_of([(text, _NOTE_WIDTH)])


def _keep_out_of_print(package: Package, sheet: SheetPart, column: int, last_row: int) -> None:
    """The sheet prints as before: where it had no print area, it has one that ends left of the notes."""
    book = package.text(WORKBOOK)
    of_sheet = f'localSheetId="{sheet.position}"'
    if any("_xlnm.Print_Area" in name and of_sheet in name for name in re.findall(r"<definedName\b[^>]*>", book)):
        return
    quoted = sheet.name.replace("'", "''")
    area = escaped(f"'{quoted}'!$A$1:${get_column_letter(column - 1)}${last_row}")
    values = {"name": "_xlnm.Print_Area", "localSheetId": str(sheet.position)}
    name = tag("definedName", values, area)
    if "</definedNames>" in book:
        package.put(WORKBOOK, inserted(book, "</definedNames>", name))
        return
    after = _AFTER_NAMES.search(book, book.index("</sheets>"))
    if not after:
        raise UnusualPackage(WORKBOOK)
    package.put(WORKBOOK, f"{book[: after.start()]}<definedNames>{name}</definedNames>{book[after.start() :]}")


def _new_sheet(package: Package, taken: Sequence[str]) -> str:
    part = package.new_name("xl/worksheets/sheet{}.xml")
    package.declare(part, _SHEET_TYPE)
    relation = package.relate(WORKBOOK, "worksheet", part)
    book = package.text(WORKBOOK)
    number = max(int(n) for n in re.findall(r'<sheet\b[^>]*\bsheetId="(\d+)"', book)) + 1
    values = {
        "name": escaped(sheet_name(LIST_SHEET, taken)),
        "sheetId": str(number),
        "r:id": relation,
        "xmlns:r": OFFICE,
    }
    package.put(WORKBOOK, inserted(book, "</sheets>", tag("sheet", values)))
    return part
