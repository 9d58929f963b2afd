"""表头确认.xlsx: the headers that nobody knows, for a clerk to say once what they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bangfu_excel.core.address import column_letters
from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.question_sheet import FIRST_ROW, HEADER_ROW, MARK, Questions, refusing, write_questions
from bangfu_excel.write.styles import Styles

__all__ = [
    "ANSWER", "CHOICE", "COLUMNS", "HEADER", "HEADER_ROW", "LISTS", "MARK", "NO", "SUGGESTED", "TITLE", "UNWANTED", "YES", "HeaderRow",
    "write_header_book", "write_header_sheet",
]  # fmt: skip

TITLE = "表头确认表"
ANSWER = "确认"
CHOICE = "或者改选栏目"
SUGGESTED = "建议的栏目"
HEADER = "表头原文"
YES, NO, UNWANTED = "是", "不是", "不用"
LISTS = "下拉选项"

_GUIDE = (
    f"怎样填：建议对的，在“{ANSWER}”里选“{YES}”；建议不对或没有建议的，在“{CHOICE}”里选一个栏目；这一列用不着的，选“{UNWANTED}”；"
    f"说不清的空着，或选“{NO}”。填好保存，再运行：{{0}} --profile 本县设置文件夹。样例已遮住姓名和号码。"
)
_HOW = "bangfu headers 这个文件"
_WIDTHS = {
    "报表": 13, HEADER: 18, "上级表头": 14, "出现的位置": 30, "处数": 6, "内容样例": 24, SUGGESTED: 15, "依据": 18,
    ANSWER: 8, CHOICE: 17,
}  # fmt: skip
COLUMNS = (*_WIDTHS, MARK)


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
        write_header_sheet(book, rows, labels, Styles(book))
    return path


def write_header_sheet(
    book: Book,
    rows: Sequence[HeaderRow],
    labels: Mapping[str, Sequence[str]],
    styles: Styles,
    *,
    name: str = TITLE,
    how: str = _HOW,
) -> None:
    """The sheet of these headers, and the hidden one of what may be chosen. how: the command that takes the workbook back."""
    form = Questions(
        name, TITLE, _GUIDE.format(how), _WIDTHS, frozenset({ANSWER, CHOICE}),
        frozenset({"报表", "处数", SUGGESTED, ANSWER, CHOICE}),
    )  # fmt: skip
    _add_choices(write_questions(book, form, [row.texts for row in rows], styles), rows)
    _write_lists(book, {table: labels[table] for table in dict.fromkeys(row.table for row in rows)})


def _add_choices(sheet: GuardedSheet, rows: Sequence[HeaderRow]) -> None:
    answer, choice = COLUMNS.index(ANSWER), COLUMNS.index(CHOICE)
    explained = {
        "input_title": ANSWER,
        "input_message": "是：就是建议的栏目　不是：建议不对　不用：这一列用不着，以后不再提",
    }
    rule = refusing([YES, NO, UNWANTED], **explained)
    sheet.data_validation(FIRST_ROW, answer, FIRST_ROW + len(rows) - 1, answer, rule)
    at = FIRST_ROW
    for table, of_table in groupby(rows, key=lambda row: row.table):
        count = len(list(of_table))
        sheet.data_validation(at, choice, at + count - 1, choice, refusing(f"={_name(table)}"))
        at += count


def _name(table: str) -> str:
    return f"columns_{table}"


def _write_lists(book: Book, labels: Mapping[str, Sequence[str]]) -> None:
    sheet = book.add_sheet(LISTS)
    for index, (table, choices) in enumerate(labels.items()):
        for row, label in enumerate(choices):
            sheet.write_string(row, index, label)
        letters = column_letters(index)
        book.workbook.define_name(_name(table), f"='{LISTS}'!${letters}$1:${letters}${len(choices)}")
    sheet.hide()
