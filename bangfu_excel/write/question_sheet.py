"""A sheet of questions: what is known beside cells to be filled in, from which a program reads the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
from xlsxwriter.format import Format

from bangfu_excel.core.address import column_letters
from bangfu_excel.write.book import Book, GuardedSheet, fitting
from bangfu_excel.write.page import Printed, set_print
from bangfu_excel.write.styles import Styles
from bangfu_excel.write.widths import header_height, row_heights, text_width

MARK = "程序用，请勿改动"
"""Title of the last column, hidden: what the program needs to know again."""
HEADER_ROW = 2  # counted from 0
FIRST_ROW = HEADER_ROW + 1
_LIST_LIMIT = 255  # characters of a drop-down's choices that Excel takes without a range
_BREAKS = frozenset(',"\n')
"""Where one choice ends, for Excel."""
_REFUSED = {"error_title": "请核对", "error_message": "请从下拉框里选择"}
_UNUSUAL = {
    "error_type": "warning", "error_title": "不在所列的值里",
    "error_message": "下拉框里没有这个值。确实要填它，请选“是”。",
}  # fmt: skip


@dataclass(frozen=True)
class Questions:
    """How a sheet of questions looks. `name`: of the tab · `title`: in its first cell, by which it is known again.

    widths: title → half-widths of the shown columns · entries: those to be filled in · centred: those with short texts ·
    frozen: columns kept in sight.
    """

    name: str
    title: str
    guide: str
    widths: Mapping[str, float]
    entries: frozenset[str]
    centred: frozenset[str] = frozenset()
    frozen: int = 2

    @property
    def columns(self) -> tuple[str, ...]:
        """The titles of all columns, the hidden one last."""
        return (*self.widths, MARK)


def write_questions(book: Book, form: Questions, rows: Sequence[Sequence[str]], styles: Styles) -> GuardedSheet:
    """A sheet of these rows, a text for each column."""
    sheet = book.add_sheet(form.name)
    _write_top(sheet, form, styles)
    _write_rows(sheet, form, rows, styles)
    _set_page(sheet, form, FIRST_ROW + len(rows))
    return sheet


def _write_top(sheet: GuardedSheet, form: Questions, styles: Styles) -> None:
    last, widths = len(form.widths) - 1, list(form.widths.values())
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, last, form.title, styles.title())
    lines = -(-text_width(form.guide) // max(1, int(sum(widths)) - 4))
    sheet.set_row(1, 6 + 15 * max(2, lines))
    sheet.merge_range(1, 0, 1, last, form.guide, styles.note())
    sheet.set_row(HEADER_ROW, header_height(form.widths, widths))
    for index, title in enumerate(form.columns):
        sheet.set_column(index, index, form.widths.get(title, 2), None, {"hidden": title == MARK})
        sheet.write_string(HEADER_ROW, index, title, styles.header())


def _write_rows(sheet: GuardedSheet, form: Questions, rows: Sequence[Sequence[str]], styles: Styles) -> None:
    shown = zip(form.widths.values(), zip(*rows, strict=True), strict=False)
    heights = row_heights([(pa.array(column), float(width)) for width, column in shown], len(rows))
    formats = [_format(title, form, styles) for title in form.columns]
    for number, row in enumerate(rows):
        sheet.set_row(FIRST_ROW + number, float(heights[number]))
        for index, text in enumerate(row):
            if text:
                sheet.write_string(FIRST_ROW + number, index, fitting(text), formats[index])
            else:  # an empty text is no blank: COUNTBLANK and jumps from cell to cell would take it for an answer
                sheet.write_blank(FIRST_ROW + number, index, None, formats[index])


def _format(title: str, form: Questions, styles: Styles) -> Format:
    if title in form.entries:
        return styles.entry()
    return styles.body(align="center" if title in form.centred else "left", wrap=True)


def _set_page(sheet: GuardedSheet, form: Questions, end: int) -> None:
    shown = len(form.widths)
    sheet.freeze_panes(FIRST_ROW, form.frozen)
    sheet.autofilter(HEADER_ROW, 0, end - 1, shown - 1)
    sheet.hide_gridlines(2)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    set_print(sheet, Printed(HEADER_ROW, end, shown, form.title), list(form.widths.values()))


@dataclass(frozen=True)
class Lists:
    """A hidden sheet of what may be chosen, a row a drop-down, `title` in its first cell."""

    sheet: GuardedSheet

    @classmethod
    def added(cls, book: Book, title: str) -> Lists:
        """The sheet, added to `book`."""
        sheet = book.add_sheet(title)
        sheet.write_string(0, 0, title)
        sheet.hide()
        return cls(sheet)

    def offer(self, target: GuardedSheet, row: int, column: int, choices: Sequence[str], at: int) -> None:
        """A drop-down of `choices` at a cell that takes another text as well, after a question. at: their row on this sheet."""
        source: Sequence[str] | str = list(choices)
        if len(",".join(choices)) > _LIST_LIMIT or any(set(choice) & _BREAKS for choice in choices):
            for index, choice in enumerate(choices):
                self.sheet.write_string(at, index, choice)
            source = f"='{self.sheet.name}'!$A${at + 1}:${column_letters(len(choices) - 1)}${at + 1}"
        target.data_validation(row, column, row, column, {"validate": "list", "source": source, **_UNUSUAL})


def refusing(source: Sequence[str] | str, **more: str) -> dict[str, object]:
    """The rule of a drop-down that takes nothing else."""
    return {"validate": "list", "source": source, **_REFUSED, **more}
