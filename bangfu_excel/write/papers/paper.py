"""Papers written as worksheets, each part below the one before it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from xlsxwriter.format import Format

from bangfu_excel.errors import DeclarationError
from bangfu_excel.write.book import READ, Book, GuardedSheet, fitting
from bangfu_excel.write.lines import merged_line
from bangfu_excel.write.page import A4, set_footer
from bangfu_excel.write.papers.parts import DAY, TEXT, Box, Head, Paper, Part, Said, Signed, Table, Value
from bangfu_excel.write.styles import Styles
from bangfu_excel.write.widths import header_height, text_width

_LINE, _ROW = 14.5, 18.0
_SIGNING = 30.0
_MARGIN = 0.5  # inches


def write_papers(path: Path, papers: Sequence[Paper], *, as_of: dt.date, title: str = "", use: str = READ) -> Path:
    """The workbook of these papers, a worksheet each, at `path`."""
    with Book(path, as_of=as_of, title=title, use=use) as book:
        styles = Styles(book)
        for paper in papers:
            _write(book, paper, styles)
    return path


def _write(book: Book, paper: Paper, styles: Styles) -> None:
    page = _Page(book.add_sheet(paper.name), paper, styles)
    page.top()
    for part in paper.parts:
        page.part(part)
    page.finish()


class _Page:
    """A worksheet being filled from top to bottom; `row` is the next free one."""

    def __init__(self, sheet: GuardedSheet, paper: Paper, styles: Styles) -> None:
        self.sheet, self.paper, self.styles, self.row = sheet, paper, styles, 0
        for index, width in enumerate(paper.widths):
            sheet.set_column(index, index, width)

    def top(self) -> None:
        self._across(self.paper.title, self.styles.title(), 32)
        if self.paper.lead:
            self.sheet.set_row(self.row, 20)
            merged_line(self.sheet, self.row, self.paper.widths, self.paper.lead, self.styles)
            self.row += 1

    def part(self, part: Part) -> None:
        if isinstance(part, Table):
            self._table(part)
        elif isinstance(part, Said):
            for text in part.paragraphs:
                self._across(text, self.styles.note(), 6 + _LINE * self._lines(text, sum(self.paper.widths)))
        elif isinstance(part, Box):
            self._box(part)
        else:
            self._sign(part)

    def finish(self) -> None:
        sheet, paper = self.sheet, self.paper
        sheet.set_landscape() if paper.across else sheet.set_portrait()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 1 if paper.one_page else 0)
        sheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.print_area(0, 0, self.row - 1, len(paper.widths) - 1)
        set_footer(sheet, paper.footer)

    def _table(self, table: Table) -> None:
        if table.heading:
            self._across(table.heading, self.styles.heading(), 24)
        spans = [head.span for head in table.heads]
        if sum(spans) != len(self.paper.widths):
            raise DeclarationError(f"“{table.heading}”的各栏占{sum(spans)}列，而纸面有{len(self.paper.widths)}列")
        first = [0, *accumulate(spans)]
        widths = [sum(self.paper.widths[at : at + span]) for at, span in zip(first, spans, strict=False)]
        self.sheet.set_row(self.row, header_height([head.title for head in table.heads], widths))
        for at, head in zip(first, table.heads, strict=False):
            self._cell(at, head.span, head.title, self.styles.header())
        self.row += 1
        for values in table.rows:
            self._values(table.heads, first, widths, values)
        if not table.rows:
            self._across(table.empty, self.styles.body(align="center"), 20)

    def _values(
        self, heads: Sequence[Head], first: Sequence[int], widths: Sequence[float], values: Sequence[Value]
    ) -> None:
        texts = [value if isinstance(value, str) else "" for value in values]
        lines = max(self._lines(text, width) for text, width in zip(texts, widths, strict=True))
        self.sheet.set_row(self.row, _ROW + (lines - 1) * _LINE)
        for at, head, value in zip(first, heads, values, strict=False):
            shown = TEXT if isinstance(value, str) else DAY if isinstance(value, dt.date) else head.number_format
            self._cell(at, head.span, value, self.styles.body(shown, align=head.align, wrap=isinstance(value, str)))
        self.row += 1

    def _box(self, box: Box) -> None:
        wide = max(1, next(n for n in range(1, len(self.paper.widths) + 1) if sum(self.paper.widths[:n]) >= 12))
        self.sheet.set_row(self.row, 10 + 16 * box.lines)
        self._cell(0, wide, box.label, self.styles.header())
        self._cell(wide, len(self.paper.widths) - wide, "", self.styles.body(wrap=True))
        self.row += 1

    def _sign(self, signed: Signed) -> None:
        self.sheet.set_row(self.row, _SIGNING)
        merged_line(self.sheet, self.row, self.paper.widths, signed.texts, self.styles, last_align="left")
        self.row += 1

    def _across(self, text: str, style: Format, height: float) -> None:
        self.sheet.set_row(self.row, height)
        self._cell(0, len(self.paper.widths), text, style)
        self.row += 1

    def _cell(self, at: int, span: int, value: Value, style: Format) -> None:
        shown = fitting(value) if isinstance(value, str) else value
        if span > 1:
            self.sheet.merge_range(self.row, at, self.row, at + span - 1, "", style)
        if shown is None or shown == "":
            self.sheet.write_blank(self.row, at, None, style)
        elif isinstance(shown, str):
            self.sheet.write_string(self.row, at, shown, style)
        elif isinstance(shown, dt.date):
            self.sheet.write_datetime(self.row, at, shown, style)
        else:
            self.sheet.write_number(self.row, at, shown, style)

    @staticmethod
    def _lines(text: str, width: float) -> int:
        return max(1, sum(math.ceil(text_width(line) / max(width - 1.5, 1)) for line in text.split("\n")))
