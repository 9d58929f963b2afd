"""表头确认.xlsx: the headers that nobody knows, for a clerk to say once what they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyarrow as pa
from xlsxwriter.format import Format

from bangfu_excel.core.address import column_letters
from bangfu_excel.write.book import Book, GuardedSheet, fitting
from bangfu_excel.write.page import Printed, set_print
from bangfu_excel.write.styles import Styles
from bangfu_excel.write.widths import header_height, row_heights

TITLE = "表头确认表"
ANSWER = "确认"
CHOICE = "或者改选栏目"
SUGGESTED = "建议的栏目"
HEADER = "表头原文"
MARK = "程序用，请勿改动"
YES, NO, UNWANTED = "是", "不是", "不用"
HEADER_ROW = 2  # counted from 0

_LISTS = "下拉选项"
_GUIDE = (
    f"怎样填：建议对的，在“{ANSWER}”里选“{YES}”；建议不对或没有建议的，在“{CHOICE}”里选一个栏目；这一列用不着的，选“{UNWANTED}”；"
    f"说不清的空着，或选“{NO}”。填好保存，再运行：bangfu headers 这个文件 --profile 本县设置文件夹。样例已遮住姓名和号码。"
)
_WIDTHS = {
    "报表": 13, HEADER: 18, "上级表头": 14, "出现的位置": 30, "处数": 6, "内容样例": 24, SUGGESTED: 15, "依据": 18,
    ANSWER: 8, CHOICE: 17, MARK: 2,
}  # fmt: skip
_CENTRED = frozenset({"报表", "处数", SUGGESTED, ANSWER, CHOICE})
_ENTRIES = frozenset({ANSWER, CHOICE})
COLUMNS = tuple(_WIDTHS)


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """One unknown header of one table. `suggested`: label of a field, or "" · mark: what the program needs to know again."""

    table: str
    table_label: str
    header: str
    above: str
    places: str
    count: int
    examples: str
    suggested: str
    why: str
    mark: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells of the row, in the order of the columns."""
        return (
            self.table_label, self.header, self.above, self.places, str(self.count), self.examples, self.suggested,
            self.why, "", "", self.mark,
        )  # fmt: skip


def write_header_book(
    path: Path, rows: Sequence[HeaderRow], labels: Mapping[str, Sequence[str]], *, as_of: dt.date
) -> Path:
    """The workbook of these headers, those of a table together. labels: table → the columns that one may choose from."""
    with Book(path, as_of=as_of, title=TITLE, streaming=False, use="headers") as book:
        styles = Styles(book)
        sheet = book.add_sheet(TITLE)
        _write_top(sheet, styles)
        end = _write_rows(sheet, rows, styles)
        _add_choices(sheet, rows)
        _write_lists(book, {table: labels[table] for table in dict.fromkeys(row.table for row in rows)})
        _set_page(sheet, end)
    return path


def _write_top(sheet: GuardedSheet, styles: Styles) -> None:
    last = len(COLUMNS) - 2
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, last, TITLE, styles.title())
    sheet.set_row(1, 36)
    sheet.merge_range(1, 0, 1, last, _GUIDE, styles.note())
    sheet.set_row(HEADER_ROW, header_height(COLUMNS[:-1], [_WIDTHS[title] for title in COLUMNS[:-1]]))
    for index, title in enumerate(COLUMNS):
        sheet.set_column(index, index, _WIDTHS[title], None, {"hidden": title == MARK})
        sheet.write_string(HEADER_ROW, index, title, styles.header())


def _write_rows(sheet: GuardedSheet, rows: Sequence[HeaderRow], styles: Styles) -> int:
    """The rows, and the row after the last one."""
    columns = list(zip(*(row.texts for row in rows), strict=True))
    texts = [(pa.array(column), float(_WIDTHS[title])) for title, column in zip(COLUMNS, columns, strict=True)]
    heights = row_heights(texts[:-1], len(rows))
    formats = [_format(title, styles) for title in COLUMNS]
    first = HEADER_ROW + 1
    for number, row in enumerate(rows, start=first):
        sheet.set_row(number, float(heights[number - first]))
        for index, text in enumerate(row.texts):
            sheet.write_string(number, index, fitting(text), formats[index])
    return first + len(rows)


def _format(title: str, styles: Styles) -> Format:
    return (
        styles.entry() if title in _ENTRIES else styles.body(align="center" if title in _CENTRED else "left", wrap=True)
    )


def _add_choices(sheet: GuardedSheet, rows: Sequence[HeaderRow]) -> None:
    first = HEADER_ROW + 1
    answer, choice = COLUMNS.index(ANSWER), COLUMNS.index(CHOICE)
    sheet.data_validation(
        first, answer, first + len(rows) - 1, answer,
        {
            "validate": "list", "source": [YES, NO, UNWANTED], "error_title": "请核对", "error_message": "请从下拉框里选择",
            "input_title": ANSWER, "input_message": "是：就是建议的栏目　不是：建议不对　不用：这一列用不着，以后不再提",
        },
    )  # fmt: skip
    at = first
    for table, of_table in groupby(rows, key=lambda row: row.table):
        count = len(list(of_table))
        rule = {
            "validate": "list",
            "source": f"={_name(table)}",
            "error_title": "请核对",
            "error_message": "请从下拉框里选择",
        }
        sheet.data_validation(at, choice, at + count - 1, choice, rule)
        at += count


def _name(table: str) -> str:
    return f"columns_{table}"


def _write_lists(book: Book, labels: Mapping[str, Sequence[str]]) -> None:
    sheet = book.add_sheet(_LISTS)
    for index, (table, choices) in enumerate(labels.items()):
        for row, label in enumerate(choices):
            sheet.write_string(row, index, label)
        letters = column_letters(index)
        book.workbook.define_name(_name(table), f"='{_LISTS}'!${letters}$1:${letters}${len(choices)}")
    sheet.hide()


def _set_page(sheet: GuardedSheet, end: int) -> None:
    shown = len(COLUMNS) - 1
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.autofilter(HEADER_ROW, 0, end - 1, shown - 1)
    sheet.hide_gridlines(2)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    set_print(sheet, Printed(HEADER_ROW, end, shown, TITLE), [_WIDTHS[title] for title in COLUMNS[:-1]])
