"""The last sheet of a returned workbook: 问题清单, every row linked to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bangfu_excel.core.finding import Effect, Finding, Severity
from bangfu_excel.write.names import sheet_name
from bangfu_excel.write.returned_notes import BOX, FONT, WRAP, height_of, set_text

LIST_SHEET = "问题清单"
LIST_TITLE = "问题清单（点“单元格”一栏可直接跳到该处；更正后原样报回即可，本页与“错误说明”栏不必删除）"
_HANDLING = {Effect.ROW: "退回：更正后重报本行", Effect.FIELD: "待更正：先收下，此格请更正", Effect.SHEET: "整表未收"}
_COLUMNS = (
    ("序号", 6), ("工作表", 12), ("单元格", 8), ("栏目", 14), ("填写内容", 20), ("问题", 44),
    ("怎样更正", 32), ("处理", 14), ("其他位置", 14), ("核实说明（疑点属实的请写明原因）", 24),
)  # fmt: skip
_CELLS_NAMED = 20
_LINKS = 65_530  # more on one sheet than this, and Excel repairs the file


def add_list(book: Workbook, findings: Sequence[Finding], only: str) -> None:
    """The list as last sheet, in the place of one of an earlier round. `only`: the sheet that findings of a csv mean."""
    for earlier in [sheet for sheet in book.worksheets if sheet["A1"].value == LIST_TITLE]:
        book.remove(earlier)
    sheet = book.create_sheet(sheet_name(LIST_SHEET, book.sheetnames))
    _write_head(sheet)
    for number, finding in enumerate(findings, start=1):
        _write_row(sheet, number, finding)
        home = finding.place.sheet or only
        if finding.place.cell and home in book.sheetnames and number < _LINKS:
            _link(sheet, number + 2, f"'{home.replace(chr(39), chr(39) * 2)}'!{finding.place.cell}")
    _set_up(sheet, len(findings) + 2)


def sentence(finding: Finding) -> str:
    """What the submitter reads: the sentence without other people's data, and what to do."""
    said = finding.told or finding.message
    return f"{said}。{finding.suggestion}。" if finding.suggestion else f"{said}。"


def _write_head(sheet: Worksheet) -> None:
    title = sheet.cell(1, 1, LIST_TITLE)
    title.font = Font(name=FONT, bold=True, size=12)
    for column, (label, width) in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(2, column, label)
        cell.font, cell.border, cell.alignment = Font(name=FONT, size=10, bold=True), BOX, WRAP
        cell.fill = PatternFill("solid", start_color="D9E1F2")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[2].height = height_of(_COLUMNS)


def _write_row(sheet: Worksheet, number: int, finding: Finding) -> None:
    texts = _texts(finding)
    sheet.cell(number + 2, 1, number)
    for column, text in enumerate(texts, start=2):
        set_text(sheet.cell(number + 2, column), text)
    for cell in sheet[number + 2]:
        cell.font, cell.border, cell.alignment = Font(name=FONT, size=10), BOX, WRAP
    widths = [width for _, width in _COLUMNS[1:]]
    sheet.row_dimensions[number + 2].height = height_of(list(zip(texts, widths, strict=True)))


def _texts(finding: Finding) -> tuple[str, ...]:
    place = finding.place
    other = "疑点：请核实" if finding.severity is Severity.WARNING else "请更正"
    return (
        place.sheet, place.cell, place.label, place.value, finding.told or finding.message, finding.suggestion,
        _HANDLING.get(finding.effect, other), _others(finding), "",
    )  # fmt: skip


def _others(finding: Finding) -> str:
    """The further cells in this file, the first twenty by name."""
    own = [cell for cell in finding.related if "|" not in cell]
    if len(own) <= _CELLS_NAMED:
        return "、".join(own)
    return f"{'、'.join(own[:_CELLS_NAMED])}等{len(own)}处"


def _link(sheet: Worksheet, row: int, target: str) -> None:
    cell = sheet.cell(row, 3)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
    cell.font = Font(name=FONT, size=10, color="0563C1", underline="single")


def _set_up(sheet: Worksheet, last_row: int) -> None:
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(_COLUMNS))}{max(last_row, 3)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_properties.tabColor = "C00000"
    sheet.print_title_rows = "2:2"
