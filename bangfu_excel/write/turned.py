"""A turned table (村情): a column a record, a row a field, some records side by side on each printed page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from xlsxwriter.format import Format

from bangfu_excel.core.address import column_letters
from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.cells import Column, cell_column
from bangfu_excel.write.layout import SIGNATURE, Written, header_row, merged_line
from bangfu_excel.write.page import A4, set_footer
from bangfu_excel.write.stream import CellColumn, CellForm
from bangfu_excel.write.styles import Styles, Tint
from bangfu_excel.write.widths import text_width

_LABEL, _VALUE = 22.0, 20.0  # widths
_LINE, _TITLE = 15.0, 32.0  # points
_PAGE_HEIGHT, _PAGE_WIDTH = 842 - 2 * 43, 595 - 2 * 29  # points of A4 upright, without margins
_UNIT, _PADDING = 5.25, 3.75


@dataclass(frozen=True)
class TurnedSheet:
    """Records side by side, `per_page` of them on a page. columns: the fields; the first names the record."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    lead: tuple[str, ...] = ()
    per_page: int = 4
    footer: str = ""
    remark: str = ""
    signature: tuple[str, ...] = SIGNATURE

    @property
    def cells(self) -> int:
        return len(self.rows) * len(self.columns)

    def write(self, book: Book, styles: Styles, written: Mapping[str, tuple[Written, ...]]) -> tuple[Written, ...]:
        """One worksheet: a block of records below the other, each on a page of its own."""
        target = book.add_sheet(self.name)
        widths = [_LABEL, *[_VALUE] * self.per_page]
        for index, width in enumerate(widths):
            target.set_column(index, index, width)
        target.set_row(0, _TITLE)
        target.merge_range(0, 0, 0, self.per_page, self.title, styles.title())
        if self.lead:
            target.set_row(1, 20)
            merged_line(target, 1, widths, self.lead, styles)
        cells = [cell_column(column, self.rows, styles) for column in self.columns]
        row, breaks, tallest = header_row(self.lead), [], 0.0
        for start in range(0, max(1, len(self.rows)), self.per_page):
            if start:
                breaks.append(row)
            row, height = self._block(target, row, (start, min(start + self.per_page, len(self.rows))), cells, styles)
            tallest = max(tallest, height)
        end = self._bottom(target, row, widths, styles)
        self._set_page(target, end, breaks, tallest + _TITLE + 20 + 46)
        letters = {"": column_letters(0)}
        return (Written(target.name, 1, end, letters),)

    def _block(
        self, target: GuardedSheet, row: int, span: tuple[int, int], cells: Sequence[CellColumn], styles: Styles
    ) -> tuple[int, float]:
        """Some records; the row after them, and how high they are."""
        height = 0.0
        for number, (column, own) in enumerate(zip(self.columns, cells, strict=True)):
            values = own.values.slice(span[0], span[1] - span[0])
            texts = [_text(value) for value in values.to_pylist()]
            lines = max(1, *(-(-text_width(text) // int(_VALUE - 2)) for text in texts), 1)
            target.set_row(row, 4 + _LINE * min(lines, 20))
            height += 4 + _LINE * min(lines, 20)
            head = styles.header() if not number else styles.body(align="left", wrap=True, tint=Tint.TOTAL)
            target.write_string(row, 0, column.title.replace("\n", ""), head)
            for index in range(self.per_page):
                at = span[0] + index
                if at < span[1]:
                    _write(target, (row, index + 1), own, at, styles.header() if not number else None)
                else:
                    target.write_blank(row, index + 1, None, styles.header() if not number else own.styles[0])
            row += 1
        return row, height

    def _bottom(self, target: GuardedSheet, row: int, widths: Sequence[float], styles: Styles) -> int:
        if self.remark:
            target.merge_range(row, 0, row, self.per_page, self.remark, styles.line())
            row += 1
        if self.signature:
            target.set_row(row, 26)
            merged_line(target, row, widths, self.signature, styles, last_align="left")
            row += 1
        return row

    def _set_page(self, target: GuardedSheet, end: int, breaks: Sequence[int], height: float) -> None:
        """A page a block: the scale is that of the tallest one, since Excel breaks no page where it fits a sheet to pages."""
        width = (_LABEL + _VALUE * self.per_page) * _UNIT + _PADDING * (self.per_page + 1)
        target.set_paper(A4)
        target.set_portrait()
        target.set_print_scale(max(40, min(100, int(100 * min(_PAGE_HEIGHT / height, _PAGE_WIDTH / width)))))
        target.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        target.center_horizontally()
        target.set_h_pagebreaks(list(breaks))
        target.repeat_rows(0, max(0, header_row(self.lead) - 1))
        target.print_area(0, 0, end - 1, self.per_page)
        target.freeze_panes(header_row(self.lead) + 1, 1)
        set_footer(target, self.footer)


def _write(target: GuardedSheet, place: tuple[int, int], column: CellColumn, at: int, style: Format | None) -> None:
    """One value with its own format, as it would look in a list."""
    value = column.values[at].as_py()
    row, index = place
    own = style or column.styles[0 if column.style is None else int(column.style[at])]
    if value is None:
        target.write_blank(row, index, None, own)
    elif column.form is CellForm.NUMBER:
        target.write_number(row, index, value, own)
    elif column.form is CellForm.DATE:
        target.write_datetime(row, index, value, own)
    else:
        target.write_string(row, index, str(value), own)


def _text(value: object) -> str:
    return "" if value is None else str(value)
