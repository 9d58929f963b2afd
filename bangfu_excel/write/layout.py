"""One layout for every official table: title, unit and date line, header, rows, 合计, signatures, print settings."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.address import column_letters
from bangfu_excel.write.blocks import Summed, blocks_of, with_subtotals, write_blocks, write_totals
from bangfu_excel.write.book import MAX_ROWS, Book, GuardedSheet
from bangfu_excel.write.cells import Column, cell_column
from bangfu_excel.write.lines import merged_line, signature_line
from bangfu_excel.write.page import A4, Printed, narrowed, set_footer, set_print
from bangfu_excel.write.pages import Lines
from bangfu_excel.write.stream import CellForm, write_rows
from bangfu_excel.write.styles import Styles
from bangfu_excel.write.widths import fitted_width, header_height, row_heights, text_width

SIGNATURE = ("填表人：", "审核人：", "日期：　　　　年　　月　　日")
_PAGE_WIDTH = 72  # of a page of text: a lone column wider than the paper is cut off, not shrunk
_PIXEL = 0.75  # points
_BELOW = 4  # rows under the data: 合计, remarks, signatures
_UNLINKED = "注：链接数已到 Excel 的上限，有{0}个单元格没有链接，请按所写的文件、工作表、单元格查找。"
_CHINESE_DATE = "{0.year}年{0.month}月{0.day}日"


@dataclass(frozen=True)
class Sheet:
    """One table as it is to look. `rows` holds every column that the `Column`s name, in the order to be written.

    lead: texts of the line under the title, the first at the left, the last at the right · frozen: columns kept in
    sight · total: write a 合计 row · numbered: a 序号 column first · empty: what to say where there are no rows.
    remark: a line under the table · footer: the left text of every printed page · group: column of the rows that names the block
    of each (those of one block stand together); a 小计 row follows each block · size: paper, else as wide as need be.
    aside: how many of the last columns are for the screen only, not printed.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame = field(compare=False)
    lead: tuple[str, ...] = ()
    frozen: int = 0
    total: bool = False
    numbered: bool = True
    signature: tuple[str, ...] = SIGNATURE
    footer: str = ""
    empty: str = "无"
    remark: str = ""
    group: str = ""
    size: int = 0
    aside: int = 0

    @property
    def cells(self) -> int:
        return len(self.rows) * len(self.columns)

    def write(self, book: Book, styles: Styles, written: Mapping[str, tuple[Written, ...]]) -> tuple[Written, ...]:
        return write_sheet(book, self, styles)


@dataclass(frozen=True)
class Written:
    """Where the rows of a sheet came to stand: its worksheet's name, first and last row as Excel counts, column → letters.

    broken: there are 小计 rows between them; the column 序号 holds numbers in the others only.
    """

    name: str
    first: int
    last: int
    letters: Mapping[str, str]
    broken: bool = False

    def cells(self, source: str) -> str:
        """The column `source` as it is referred to from another sheet."""
        quoted, letters = self.name.replace("'", "''"), self.letters[source]
        return f"'{quoted}'!${letters}${self.first}:${letters}${self.last}"


class Page(Protocol):
    """Something that becomes one or several worksheets of a book, and may look at those written before it."""

    @property
    def name(self) -> str:
        """Of the first worksheet."""

    @property
    def cells(self) -> int:
        """How many there are to write, roughly."""

    def write(self, book: Book, styles: Styles, written: Mapping[str, tuple[Written, ...]]) -> tuple[Written, ...]:
        """Written into the book. written: name → what earlier pages became."""


def chinese_date(day: dt.date) -> str:
    """2024年6月30日."""
    return _CHINESE_DATE.format(day)


def write_book(path: Path, sheets: Sequence[Page], *, as_of: dt.date, title: str = "") -> Path:
    """The workbook of these sheets; a table longer than a sheet goes on in further sheets."""
    with Book(path, as_of=as_of, title=title) as book:
        styles = Styles(book)
        written: dict[str, tuple[Written, ...]] = {}
        for sheet in sheets:
            written[sheet.name] = sheet.write(book, styles, written)
    return path


def write_notes(book: Book, title: str, paragraphs: Sequence[str], styles: Styles, footer: str = "") -> GuardedSheet:
    """A sheet 说明: a paragraph a row, printed upright."""
    target = book.add_sheet("说明")
    target.set_column(0, 0, _PAGE_WIDTH)
    target.set_row(0, 32)
    target.write_string(0, 0, title, styles.title())
    for row, text in enumerate(paragraphs, start=1):
        target.set_row(row, 8 + 15 * math.ceil(text_width(text) / (_PAGE_WIDTH - 2)))
        target.write_string(row, 0, text, styles.note())
    target.hide_gridlines(2)
    target.set_paper(A4)
    target.fit_to_pages(1, 0)
    target.center_horizontally()
    set_footer(target, footer)
    return target


def write_sheet(book: Book, sheet: Sheet, styles: Styles) -> tuple[Written, ...]:
    """The worksheets that `sheet` became (one, as long as Excel's rows suffice)."""
    room = MAX_ROWS - header_row(sheet.lead) - 1 - _BELOW
    if sheet.group:
        room -= len(blocks_of(sheet.rows[sheet.group]))
    parts = max(1, math.ceil(len(sheet.rows) / room))
    return tuple(_write_part(book, sheet, styles, number * room, room) for number in range(parts))


@dataclass(frozen=True)
class _Part:
    """What one worksheet holds: rows `first` … `end - 1`, counted from 0."""

    columns: tuple[Column, ...]
    rows: pd.DataFrame
    first: int
    end: int
    widths: tuple[float, ...] = ()  # of the columns that are printed
    unlinked: int = 0


def header_row(lead: tuple[str, ...]) -> int:
    """The row of the headings, counted from 0."""
    return 2 if lead else 1


def _write_part(book: Book, sheet: Sheet, styles: Styles, start: int, room: int) -> Written:
    rows = sheet.rows.iloc[start : start + room]
    target = book.add_sheet(sheet.name)
    columns = (*_number_column(sheet), *sheet.columns)
    rows = rows.assign(_number=np.arange(start + 1, start + len(rows) + 1)) if sheet.numbered else rows
    widths = _widths(columns, rows)
    for index, width in enumerate(widths):
        target.set_column(index, index, width)
    shown = widths[: len(widths) - sheet.aside]
    _write_top(target, sheet, columns, widths, styles)
    first = header_row(sheet.lead) + 1
    cells = [cell_column(column, rows, styles) for column in columns]
    wrapped = [
        (cell.values, width)
        for cell, column, width in zip(cells, columns, widths, strict=True)
        if cell.form is CellForm.TEXT and column.wrap
    ]
    heights = row_heights(wrapped, len(rows))
    if sheet.group and len(rows):
        end = write_blocks(target, first, Summed(columns, rows, sheet.group), (cells, heights), styles)
    else:
        end = write_rows(target, first, cells, heights)
    part = _Part(columns, rows, first, end, tuple(shown), _write_links(target, columns, rows, first))
    bottom = _write_bottom(target, sheet, part, styles)
    inner = with_subtotals(heights, rows[sheet.group]) if sheet.group else heights
    lines = np.concatenate([_lines(target, 0, first), inner, _lines(target, end, bottom)])
    _set_page(target, sheet, part, Lines(lines, first - 1, bottom - end))
    letters = {column.source: column_letters(index) for index, column in enumerate(columns)}
    return Written(target.name, first + 1, end, letters, bool(sheet.group))


def _widths(columns: Sequence[Column], rows: pd.DataFrame) -> list[float]:
    """The columns' widths: as declared, else so that title, values and 合计 are seen whole."""
    found = [
        column.width or fitted_width(column.title, rows[column.source], column.widest, summed=column.total == "sum")
        for column in columns
    ]
    return narrowed(found, [column.wrap and column.form is CellForm.TEXT for column in columns])


def _number_column(sheet: Sheet) -> tuple[Column, ...]:
    if not sheet.numbered:
        return ()
    return (Column("序号", "_number", CellForm.NUMBER, "0", "center", width=5.5),)


def _write_top(
    target: GuardedSheet, sheet: Sheet, columns: Sequence[Column], widths: Sequence[float], styles: Styles
) -> None:
    last = len(columns) - 1 - sheet.aside
    target.set_row(0, 32)
    target.merge_range(0, 0, 0, last, sheet.title, styles.title())
    if sheet.lead:
        target.set_row(1, 20)
        merged_line(target, 1, widths[: last + 1], sheet.lead, styles)
    header = header_row(sheet.lead)
    target.set_row(header, header_height([column.title for column in columns], widths))
    for index, column in enumerate(columns):
        target.write_string(header, index, column.title, styles.header())


def _write_links(target: GuardedSheet, columns: Sequence[Column], rows: pd.DataFrame, first: int) -> int:
    """How many cells could not be linked, for want of room."""
    linked = [(index, column) for index, column in enumerate(columns) if column.link]
    return sum(target.add_links(first, index, rows[column.link].tolist()) for index, column in linked)


def _write_bottom(target: GuardedSheet, sheet: Sheet, part: _Part, styles: Styles) -> int:
    """合计 and signatures; the row after them."""
    columns, rows, span = part.columns, part.rows, (part.first, part.end)
    row = span[1]
    last = len(part.widths) - 1
    if rows.empty:
        target.merge_range(row, 0, row, last, sheet.empty, styles.body(align="center"))
        row += 1
    elif sheet.total:
        write_totals(target, Summed(columns, rows), span, ("合计",), styles)
        row += 1
    for remark in (sheet.remark, _UNLINKED.format(part.unlinked) if part.unlinked else ""):
        if remark:
            target.set_row(row, 20)
            merged_line(target, row, part.widths, (remark,), styles)
            row += 1
    return signature_line(target, row, part.widths, sheet.signature, styles)


def _lines(target: GuardedSheet, first: int, end: int) -> NDArray[np.float64]:
    """The heights of rows that were written one by one, in points."""
    pixels = [target.row_sizes.get(row, (target.default_row_height,))[0] for row in range(first, end)]
    return _PIXEL * np.array(pixels)


def _set_page(target: GuardedSheet, sheet: Sheet, part: _Part, lines: Lines) -> None:
    first, end, width = part.first, part.end, len(part.widths)
    target.freeze_panes(first, sheet.frozen)
    if end > first:
        target.autofilter(first - 1, 0, end - 1, len(part.columns) - 1)
    set_print(target, Printed(lines.header, len(lines.heights), width, sheet.footer, sheet.size, lines), part.widths)
