"""The submitter's own workbook, marked: cells filled and commented, 错误说明 at the right, 问题清单 as the last sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from bangfu_excel.core.finding import Effect, Finding, Severity
from bangfu_excel.core.raw import CellType, RawSheet, RawWorkbook
from bangfu_excel.core.region import Extent

__all__ = ["LIST_SHEET", "NOTE_HEADER", "Workbook", "as_bytes", "mark", "open_own", "sentence", "workbook_of"]

NOTE_HEADER = "错误说明"
LIST_SHEET = "问题清单"
_AUTHOR = "结对帮扶台账检查"
_FILLS = {
    Severity.ERROR: PatternFill("solid", start_color="FFC7CE"),
    Severity.WARNING: PatternFill("solid", start_color="FFEB9C"),
}
_LABELS = {Effect.ROW: "退回：更正后重报本行", Effect.FIELD: "待更正：先收下，此格请更正", Effect.SHEET: "整表未收"}
_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")
_CELL_NAME = re.compile(r"[A-Z]{1,3}[0-9]+")
_LIST_COLUMNS = (
    ("序号", 6), ("工作表", 14), ("单元格", 9), ("栏目", 16), ("填写内容", 20), ("问题", 46),
    ("怎样更正", 34), ("处理", 16), ("其他位置", 18), ("核实说明（疑点属实的请写明原因）", 30),
)  # fmt: skip


def mark(book: Workbook, findings: Sequence[Finding], extents: Sequence[Extent]) -> None:
    """Mark every finding of one file in its workbook. Existing comments stay, ours are appended."""
    names = {sheet.title for sheet in book.worksheets}
    for name in sorted(names):
        own = [f for f in findings if f.place.sheet == name]
        if own:
            _mark_sheet(book[name], own, [e for e in extents if e.sheet == name])
    _add_list(book, findings)


def open_own(path: Path) -> Workbook | None:
    """The submitter's xlsx or xlsm (macros kept, never run), or None where it cannot be opened for writing."""
    with suppress(Exception):  # openpyxl raises anything on a damaged part
        return load_workbook(path, keep_vba=path.suffix.lower() == ".xlsm")
    return None


def workbook_of(raw: RawWorkbook) -> Workbook:
    """A workbook with the values of a csv or xls at the same addresses; what only looks like a formula stays text."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for sheet in raw.sheets:
        _copy_values(sheet, book.create_sheet(sheet.name or "Sheet1"))
    return book


def as_bytes(book: Workbook) -> bytes:
    """The workbook as it would be saved."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _copy_values(sheet: RawSheet, target: Worksheet) -> None:
    for index, column in enumerate(sheet.columns, start=1):
        for row in column.codes.nonzero()[0].tolist():
            kind, value = column.cell(row)
            cell = target.cell(row + 1, index)
            if kind in (CellType.TEXT, CellType.ERROR, CellType.FORMULA):
                _set_text(cell, str(value))
            else:
                cell.value = value  # type: ignore[assignment]
    for merge in sheet.merges:
        target.merge_cells(
            start_row=merge.top + 1, start_column=merge.left + 1, end_row=merge.bottom + 1, end_column=merge.right + 1
        )
    target.sheet_state = "hidden" if sheet.hidden else "visible"
    for row in sheet.hidden_rows:
        target.row_dimensions[row + 1].hidden = True


def _set_text(cell: Cell | MergedCell, text: str) -> None:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32767]
    cell.data_type = "s"  # "=1+1" in a csv is what somebody typed, not a formula of ours


def _mark_sheet(sheet: Worksheet, findings: Sequence[Finding], extents: Sequence[Extent]) -> None:
    for finding in findings:
        cells = [finding.place.cell, *(c for c in finding.related if _CELL_NAME.fullmatch(c))]
        for position, name in enumerate(c for c in cells if c):
            cell = _own_cell(sheet, name)
            _fill(cell, finding.severity)
            if position == 0:
                _comment(cell, finding)
    if extents:
        _add_note_column(sheet, findings, extents)


def _own_cell(sheet: Worksheet, name: str) -> Cell:
    """The cell, or the first cell of the merged range that covers it."""
    cell = sheet[name]
    if isinstance(cell, MergedCell):
        for merged in sheet.merged_cells.ranges:
            if name in merged:
                return _own_cell(sheet, f"{get_column_letter(merged.min_col)}{merged.min_row}")
    return cell  # type: ignore[no-any-return]


def _fill(cell: Cell, severity: Severity) -> None:
    already_error = cell.fill.fill_type == "solid" and cell.fill.start_color.rgb == "00FFC7CE"
    if severity in _FILLS and not already_error:
        cell.fill = _FILLS[severity]


def _comment(cell: Cell, finding: Finding) -> None:
    ours = sentence(finding)
    existing = cell.comment.text if cell.comment else ""
    if ours in existing:
        return
    text = f"{existing}\n{ours}" if existing else ours
    cell.comment = Comment(text, cell.comment.author if cell.comment else _AUTHOR, width=320, height=120)


def sentence(finding: Finding) -> str:
    """What the submitter reads: the sentence without other people's data, and what to do."""
    said = finding.told or finding.message
    return f"{said}。{finding.suggestion}。" if finding.suggestion else f"{said}。"


def _add_note_column(sheet: Worksheet, findings: Sequence[Finding], extents: Sequence[Extent]) -> None:
    column = max(extent.width for extent in extents) + 1
    last_row = max(extent.last_row for extent in extents)
    if not sheet.print_area:
        sheet.print_area = f"A1:{get_column_letter(column - 1)}{last_row}"
    for extent in extents:
        header = sheet.cell(extent.header_row, column)
        _set_text(header, NOTE_HEADER)
        header.font, header.border, header.alignment = Font(bold=True, color="C00000"), _BOX, _WRAP
    for row, said in _by_row(findings).items():
        cell = sheet.cell(row, column)
        _set_text(cell, "\n".join(said))
        cell.font, cell.border, cell.alignment = Font(color="C00000"), _BOX, _WRAP
    sheet.column_dimensions[get_column_letter(column)].width = 50


def _by_row(findings: Sequence[Finding]) -> Mapping[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for finding in findings:
        if finding.place.row:
            said = rows.setdefault(finding.place.row, [])
            said.append(f"{len(said) + 1}. {sentence(finding)}")
        for cell in finding.related:
            if _CELL_NAME.fullmatch(cell) and (row := coordinate_from_string(cell)[1]) != finding.place.row:
                said = rows.setdefault(row, [])
                said.append(f"{len(said) + 1}. 与{finding.place.cell}是同一问题：{sentence(finding)}")
    return rows


def _add_list(book: Workbook, findings: Sequence[Finding]) -> None:
    sheet = book.create_sheet(_free_name(LIST_SHEET, book.sheetnames))
    title = sheet.cell(1, 1, "问题清单（点“单元格”一栏可直接跳到该处；更正后原样报回即可，本页与“错误说明”栏不必删除）")
    title.font = Font(bold=True, size=12)
    for column, (label, width) in enumerate(_LIST_COLUMNS, start=1):
        cell = sheet.cell(2, column, label)
        cell.font, cell.border, cell.alignment = Font(bold=True), _BOX, _WRAP
        cell.fill = PatternFill("solid", start_color="D9E1F2")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, (finding, values) in enumerate(_list_rows(findings, set(book.sheetnames)), start=3):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            if isinstance(value, int):
                cell.value = value
            else:
                _set_text(cell, value)
            cell.border, cell.alignment = _BOX, _WRAP
        if finding.place.cell and finding.place.sheet in book.sheetnames:
            _link(sheet.cell(row, 3), finding)
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(_LIST_COLUMNS))}{max(len(findings) + 2, 3)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"


def _list_rows(findings: Sequence[Finding], sheets: set[str]) -> Iterator[tuple[Finding, tuple[int | str, ...]]]:
    for number, finding in enumerate(findings, start=1):
        place = finding.place
        own = [cell for cell in finding.related if "|" not in cell]
        handling = _LABELS.get(finding.effect, "疑点：请核实" if finding.severity is Severity.WARNING else "请更正")
        yield (
            finding,
            (
                number, place.sheet, place.cell, place.label, place.value, finding.told or finding.message,
                finding.suggestion, handling, "、".join(own), "",
            ),
        )  # fmt: skip


def _link(cell: Cell, finding: Finding) -> None:
    quoted = finding.place.sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{finding.place.cell}")
    cell.font = Font(color="0563C1", underline="single")


def _free_name(wanted: str, taken: Sequence[str]) -> str:
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}({number})"
    return name
