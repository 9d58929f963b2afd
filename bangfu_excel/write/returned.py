"""The submitter's own workbook, marked: cells filled and commented, 错误说明 at the right, 问题清单 as the last sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.worksheet import Worksheet

from bangfu_excel.core.finding import Finding, Severity
from bangfu_excel.core.region import Extent
from bangfu_excel.write.returned_list import add_list, sentence
from bangfu_excel.write.returned_notes import add_notes, lines_of

__all__ = ["Workbook", "as_bytes", "mark", "open_own"]

_AUTHOR = "结对帮扶台账检查"
_FILLS = {
    Severity.ERROR: PatternFill("solid", start_color="FFC7CE"),
    Severity.WARNING: PatternFill("solid", start_color="FFEB9C"),
}
_CELL_NAME = re.compile(r"[A-Z]{1,3}[0-9]+")
_COMMENT_WIDTH, _LINE, _COMMENT_HIGHEST = 340, 20, 400  # pixels
_COMMENT_UNITS = 44  # widths of a letter that a line of a comment holds


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of one sheet that a finding is about; `first` for the cell that the finding names itself."""

    sheet: str
    cell: str
    finding: Finding
    first: bool

    @property
    def row(self) -> int:
        return coordinate_from_string(self.cell)[1]


def open_own(path: Path, *, macros: bool) -> Workbook | None:
    """The submitter's xlsx or xlsm, or None where it cannot be opened for writing; `macros` are kept, never run."""
    with suppress(Exception):  # openpyxl raises anything on a damaged part
        # a stream, for openpyxl refuses a path by its suffix, and an xlsx may be called .xls
        return load_workbook(BytesIO(path.read_bytes()), keep_vba=macros, rich_text=True)
    return None


def mark(book: Workbook, findings: Sequence[Finding], extents: Sequence[Extent]) -> None:
    """Mark every finding of one file in its workbook. Existing comments stay, ours are appended."""
    only = book.worksheets[0].title  # a csv has one sheet, which findings leave unnamed
    by_sheet: dict[str, list[Mark]] = {}
    for found in (one for finding in findings for one in _marks(finding, only)):
        by_sheet.setdefault(found.sheet, []).append(found)
    for sheet in book.worksheets:
        marks = by_sheet.get(sheet.title, [])
        _mark_cells(sheet, marks)
        tables = [extent for extent in extents if (extent.sheet or only) == sheet.title]
        if marks and tables:
            add_notes(sheet, _notes(marks), tables)
    add_list(book, findings, only)


def as_bytes(book: Workbook) -> bytes:
    """The workbook as it would be saved."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _marks(finding: Finding, only: str) -> Iterator[Mark]:
    """The finding's own cell and the related ones in the same file; cells of other files are nobody's business here."""
    home = finding.place.sheet or only
    if finding.place.cell:
        yield Mark(home, finding.place.cell, finding, True)
    for related in finding.related:
        sheet, _, cell = related.rpartition("!")
        if "|" not in related and _CELL_NAME.fullmatch(cell):
            yield Mark(sheet or home, cell, finding, False)


def _mark_cells(sheet: Worksheet, marks: Sequence[Mark]) -> None:
    for one in sorted(marks, key=lambda m: m.finding.severity is Severity.ERROR):  # an error's fill covers a doubt's
        if one.finding.severity in _FILLS:
            _own_cell(sheet, one.cell).fill = _FILLS[one.finding.severity]
    for one in marks:
        if one.first:
            _comment(_own_cell(sheet, one.cell), sentence(one.finding))


def _own_cell(sheet: Worksheet, name: str) -> Cell:
    """The cell, or the first cell of the merged range that covers it."""
    cell = sheet[name]
    if isinstance(cell, MergedCell):
        for merged in sheet.merged_cells.ranges:
            if name in merged:
                return sheet.cell(merged.min_row, merged.min_col)  # type: ignore[return-value]
    return cell  # type: ignore[no-any-return]


def _comment(cell: Cell, ours: str) -> None:
    existing = cell.comment
    if existing and ours in existing.text:
        return
    text = f"{existing.text}\n{ours}" if existing else ours
    height = min(_COMMENT_HIGHEST, _LINE * (lines_of(text, _COMMENT_UNITS) + 1))
    cell.comment = Comment(text, existing.author if existing else _AUTHOR, width=_COMMENT_WIDTH, height=height)


def _notes(marks: Sequence[Mark]) -> Mapping[int, str]:
    """Row → what is said at its right; numbered where there are several."""
    said: dict[int, dict[str, None]] = {}
    for one in marks:
        place = one.finding.place
        origin = place.cell if one.sheet == place.sheet or not place.sheet else f"“{place.sheet}”的{place.cell}"
        if one.first:
            said.setdefault(one.row, {})[sentence(one.finding)] = None
        elif one.sheet != place.sheet or one.row != place.row:
            said.setdefault(one.row, {})[f"与{origin}是同一问题：{sentence(one.finding)}"] = None
    return {
        row: "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))
        if len(texts) > 1
        else next(iter(texts))
        for row, texts in said.items()
    }
