"""A turned table (村情): a column a record, a row a field, some records side by side on each printed page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from xlsxwriter.format import Format

from bangfu_excel.core.address import column_letters
from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.cells import Column, cell_column
from bangfu_excel.write.layout import SIGNATURE, Written, header_row
from bangfu_excel.write.lines import merged_line, signature_line
from bangfu_excel.write.page import A4, set_footer
from bangfu_excel.write.stream import CellColumn, CellForm
from bangfu_excel.write.styles import Styles, Tint
from bangfu_excel.write.widths import text_width

_LABEL, _VALUES, _WIDEST = 24.0, 74.0, 48.0  # widths: of the headings, of all values of a page, of one value
_LINE, _AIR, _TITLE, _LEAD, _SIGNED = 15.0, 4.0, 32.0, 20.0, 50.0  # points
_MOST_LINES = 20
_ROOM = (595 - 2 * 29, 842 - 2 * 43)  # points of A4 upright without its margins
_UNIT, _PADDING = (
    7.2,
    3.75,
)  # points of a width unit where the body font is missing and a wide one stands in, and of a column's own padding
_SCALES = (40, 100)  # percent


@dataclass(frozen=True)
class TurnedSheet:
    """Records side by side, `per_page` of them on a page. The first `heads` columns say which record it is."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    lead: tuple[str, ...] = ()
    heads: int = 1
    per_page: int = 4
    footer: str = ""
    remark: str = ""
    signature: tuple[str, ...] = SIGNATURE

    @property
    def cells(self) -> int:
        return len(self.rows) * len(self.columns)

    @property
    def _across(self) -> int:
        """Records side by side."""
        return max(1, min(self.per_page, len(self.rows)))

    @property
    def _widths(self) -> list[float]:
        return [_LABEL, *[min(_WIDEST, _VALUES / self._across)] * self._across]

    def write(self, book: Book, styles: Styles, written: Mapping[str, tuple[Written, ...]]) -> tuple[Written, ...]:
        """One worksheet: the records of each page below those of the page before."""
        target = book.add_sheet(self.name)
        for index, width in enumerate(self._widths):
            target.set_column(index, index, width)
        target.set_row(0, _TITLE)
        target.merge_range(0, 0, 0, self._across, self.title, styles.title())
        if self.lead:
            target.set_row(1, _LEAD)
            merged_line(target, 1, self._widths, self.lead, styles)
        cells = [cell_column(column, self.rows, styles) for column in self.columns]
        row, breaks, tallest = header_row(self.lead), [], 0.0
        for start in range(0, max(1, len(self.rows)), self._across):
            breaks.append(row)
            row, height = self._block(target, row, range(start, start + self._across), cells, styles)
            tallest = max(tallest, height)
        end = self._bottom(target, row, styles)
        self._set_page(target, end, breaks[1:], tallest)
        return (Written(target.name, 1, end, {self.columns[0].source: column_letters(0)}),)

    def _block(
        self, target: GuardedSheet, row: int, records: range, cells: Sequence[CellColumn], styles: Styles
    ) -> tuple[int, float]:
        """The records of one page; the row after them, and their height in points."""
        there = [at for at in records if at < len(self.rows)]
        total = 0.0
        for number, (column, own) in enumerate(zip(self.columns, cells, strict=True)):
            height = self._height(own, there)
            target.set_row(row, height)
            total += height
            named = styles.header() if number < self.heads else None
            title = named or styles.body(align="left", wrap=True, tint=Tint.TOTAL)
            target.write_string(row, 0, column.title.replace("\n", ""), title)
            for index, at in enumerate(records, start=1):
                if at in there:
                    _write(target, (row, index), own, at, named)
                else:
                    target.write_blank(row, index, None, named or own.styles[0])
            row += 1
        return row, total

    def _height(self, cells: CellColumn, there: Sequence[int]) -> float:
        if cells.form is not CellForm.TEXT:
            return _AIR + _LINE
        texts = (cells.values[at].as_py() or "" for at in there)
        lines = max((math.ceil(text_width(text) / (self._widths[1] - 2)) for text in texts), default=1)
        return _AIR + _LINE * min(max(lines, 1), _MOST_LINES)

    def _bottom(self, target: GuardedSheet, row: int, styles: Styles) -> int:
        """Remark and signatures; the row after them."""
        if self.remark:
            target.merge_range(row, 0, row, self._across, self.remark, styles.line())
            row += 1
        return signature_line(target, row, self._widths, self.signature, styles)

    def _set_page(self, target: GuardedSheet, end: int, breaks: Sequence[int], height: float) -> None:
        """A page for the records side by side, in a scale in which the tallest fits: Excel heeds no break where it fits pages itself."""
        width = sum(self._widths) * _UNIT + _PADDING * len(self._widths)
        least, most = _SCALES
        share = min(_ROOM[0] / width, _ROOM[1] / (height + _TITLE + _LEAD + _SIGNED))
        target.set_paper(A4)
        target.set_portrait()
        target.set_print_scale(max(least, min(most, int(100 * share))))
        target.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        target.center_horizontally()
        target.set_h_pagebreaks(list(breaks))
        target.repeat_rows(0, header_row(self.lead) - 1)
        target.print_area(0, 0, end - 1, self._across)
        target.freeze_panes(header_row(self.lead) + self.heads, 1)
        set_footer(target, self.footer)


def _write(target: GuardedSheet, place: tuple[int, int], column: CellColumn, at: int, style: Format | None) -> None:
    """One value with its own format, as it would look in a list, or in `style`."""
    value, (row, index) = column.values[at].as_py(), place
    own = style or column.styles[0 if column.style is None else int(column.style[at])]
    if value is None:
        target.write_blank(row, index, None, own)
    elif column.form is CellForm.NUMBER:
        target.write_number(row, index, value, own)
    elif column.form is CellForm.DATE:
        target.write_datetime(row, index, value, own)
    else:
        target.write_string(row, index, str(value), own)
