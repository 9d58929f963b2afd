"""更正单.xlsx: what the county office itself corrects or has learnt, for a clerk to fill in and give to the program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from bangfu_excel.core.address import column_letters
from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.layout import write_notes
from bangfu_excel.write.page import Printed, set_print
from bangfu_excel.write.styles import DATE_FORMATS, TEXT_FORMAT, Styles
from bangfu_excel.write.widths import header_height

FILE = "更正单.xlsx"
TITLE = "县办更正单"
CORRECTIONS, EVENTS = "更正", "变动"
CORRECTIONS_TITLE, EVENTS_TITLE = "县办数据更正登记表", "县办变动登记表"
HEADER_ROW = 2  # counted from 0; the groups' headings are above it

REMOVE = "整条删除"
EMPTY = "空白"
"""What stands in 新值 (or 原值) where the value is to be nothing: a cell that was forgotten must not empty one."""

TABLE, FIELD, OLD, NEW, BASIS = "报表", "栏目", "原值", "新值", "依据"
TOLD_BY, ENTERED_BY, DATE = "告知人", "经办人", "日期"
TOWNSHIP, VILLAGE, HOUSEHOLD, HEAD = "乡镇", "行政村", "户编号", "户主姓名"
MEMBER, IDENTITY, HELPER, VISITED = "姓名（家庭成员）", "证件号码", "帮扶人", "走访日期"
SOURCES = ("电话", "微信", "核实", "文件", "其他")

KIND, MEMBERS, REMARK = "变动种类", "随迁/分出成员", "备注"
KINDS = ("户主变更", "迁村", "户编号变更", "分户", "并户", "村合并或更名", "帮扶人调动")
PLACED = ("乡镇", "行政村", "村民组", "户编号", "户主姓名", "户主证件号码")
"""What 原 and 现 tell of a household; the headings have the 原 or 现 in front."""

HELPER_BEFORE = ("原帮扶人", "原帮扶单位", "原帮扶人电话")
HELPER_NOW = ("现帮扶人", "现帮扶单位", "现帮扶人职务", "现帮扶人电话", "结对时间")

_LISTS = "下拉选项"
_ROW_HEIGHT = 20
_WIDTHS = {
    TABLE: 12, TOWNSHIP: 10, VILLAGE: 10, HOUSEHOLD: 13, HEAD: 10, MEMBER: 13, IDENTITY: 21, HELPER: 9, VISITED: 12, FIELD: 15,
    OLD: 20, NEW: 20, BASIS: 8, TOLD_BY: 12, ENTERED_BY: 9, DATE: 12, KIND: 13, "村民组": 8, "户主证件号码": 21, MEMBERS: 18,
    "原帮扶人": 9, "原帮扶单位": 18, "原帮扶人电话": 13, "现帮扶人": 9, "现帮扶单位": 18, "现帮扶人职务": 10, "现帮扶人电话": 13,
    "结对时间": 12, REMARK: 18,
}  # fmt: skip
_DATES = frozenset({VISITED, DATE, "结对时间"})
_GUIDE = (
    f"一、“{CORRECTIONS}”表改一个值，一行一处：先写清是哪一条（户编号、证件号码、姓名加村、走访日期加帮扶人，写够能认出一条就行），再选"
    f"{FIELD}，照台账抄{OLD}，填{NEW}。{OLD}要和台账库里现在的一样；台账库里本来没有的，{OLD}空着。要把这一栏清空，{NEW}写“{EMPTY}”；"
    f"整条记录不该有的，{FIELD}选“{REMOVE}”，{OLD}、{NEW}空着。{BASIS}、{ENTERED_BY}、{DATE}必须填。",
    f"二、“{EVENTS}”表记户和帮扶人的变动，一行一件，不要改成删一户、加一户：原来的写在“原”下面，变成什么写在“现”下面，没变的不用写。"
    f"分户带走的人（含新户主）写在“{MEMBERS}”里，用顿号隔开；帮扶人调动只涉及个别户的，在“原”下面写上是哪一户，不写就是他结对的全部户。",
    "三、填好保存，运行：bangfu merge --corrections 这个文件。有一处不对就一处也不记，程序会说是哪一格、怎么改；记进去的随时可以用 bangfu undo 撤回。",
    f"例：{TABLE}选“帮扶对象户”，{HOUSEHOLD}填 YL0302011，{FIELD}选“户联系电话”，{OLD}填 13900010001，{NEW}填 13900010002，"
    f"{BASIS}选“电话”，{TOLD_BY}填“村支书”，{ENTERED_BY}填自己的姓名，{DATE}填 2024-07-03。",
    f"例：{KIND}选“户主变更”，{DATE}填 2024-08-03，{BASIS}选“核实”，原户编号填 YL0302011，现户主姓名、现户主证件号码填新户主的，{REMARK}填“原户主病故”。",
)


@dataclass(frozen=True)
class _Form:
    """A sheet to be filled in: its groups of columns, prepared rows, and columns that stay in sight."""

    name: str
    title: str
    groups: Mapping[str, tuple[str, ...]]
    rows: int
    frozen: int = 0

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(header for group in self.groups.values() for header in group)


CORRECTION_FORM = _Form(
    CORRECTIONS,
    CORRECTIONS_TITLE,
    {
        "哪一条记录": (TABLE, TOWNSHIP, VILLAGE, HOUSEHOLD, HEAD, MEMBER, IDENTITY, HELPER, VISITED),
        "改什么": (FIELD, OLD, NEW),
        "凭什么": (BASIS, TOLD_BY, ENTERED_BY, DATE),
    },
    rows=200,
    frozen=1,
)
EVENT_FORM = _Form(
    EVENTS,
    EVENTS_TITLE,
    {
        "什么变动": (KIND, DATE, BASIS),
        "原": tuple(f"原{name}" for name in PLACED),
        "现": tuple(f"现{name}" for name in PLACED),
        "随迁": (MEMBERS,),
        "帮扶人": (*HELPER_BEFORE, *HELPER_NOW),
        "经办": (ENTERED_BY, REMARK),
    },
    rows=100,
    frozen=1,
)


def write_correction_book(path: Path, labels: Mapping[str, Sequence[str]], *, as_of: dt.date) -> Path:
    """The blank workbook: 说明, 更正, 变动. labels: label of each table → labels of its columns, for the drop-downs."""
    with Book(path, as_of=as_of, title=TITLE, streaming=False, use="merge --corrections") as book:
        styles = Styles(book)
        write_notes(book, TITLE, _GUIDE, styles, TITLE)
        corrections = _write_form(book, CORRECTION_FORM, styles)
        _choose(corrections, CORRECTION_FORM, TABLE, list(labels), "哪张报表里的记录")
        _choose(corrections, CORRECTION_FORM, FIELD, _labels_of_the_table(len(labels)), "先选好报表，再选栏目")
        events = _write_form(book, EVENT_FORM, styles)
        _choose(events, EVENT_FORM, KIND, list(KINDS), "")
        _write_lists(book, labels)
    return path


def _write_form(book: Book, form: _Form, styles: Styles) -> GuardedSheet:
    sheet = book.add_sheet(form.name)
    widths = [_width(header) for header in form.headers]
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, len(widths) - 1, form.title, styles.title())
    sheet.set_row(1, 20)
    at = 0
    for heading, group in form.groups.items():
        sheet.merge_range(1, at, 1, at + len(group) - 1, heading, styles.header())
        at += len(group)
    sheet.set_row(HEADER_ROW, header_height(form.headers, widths))
    first, end = HEADER_ROW + 1, HEADER_ROW + 1 + form.rows
    for index, header in enumerate(form.headers):
        entry = styles.entry(DATE_FORMATS["day"] if header in _DATES else TEXT_FORMAT)
        sheet.set_column(index, index, widths[index])
        sheet.write_string(HEADER_ROW, index, header, styles.header())
        for row in range(first, end):
            sheet.set_row(row, _ROW_HEIGHT)
            sheet.write_blank(row, index, None, entry)
        if header in _DATES:
            sheet.data_validation(first, index, end - 1, index, _A_DAY)
    _choose(sheet, form, BASIS, list(SOURCES), "从哪里知道的")
    sheet.freeze_panes(first, form.frozen)
    sheet.hide_gridlines(2)
    set_print(sheet, Printed(HEADER_ROW, end, len(widths), form.title), widths)
    return sheet


_A_DAY: dict[str, Any] = {
    "validate": "date", "criteria": "between", "minimum": dt.date(1950, 1, 1), "maximum": dt.date(2099, 12, 31),
    "error_type": "warning", "error_title": "请核对", "error_message": "请填日期，例如 2024-08-03",
}  # fmt: skip


def _width(header: str) -> float:
    return _WIDTHS.get(header) or _WIDTHS[header[1:]]


def _choose(sheet: GuardedSheet, form: _Form, header: str, source: list[str] | str, message: str) -> None:
    """A drop-down in the column of `header`."""
    index, first = form.headers.index(header), HEADER_ROW + 1
    rule = {"validate": "list", "source": source, "error_title": "请核对", "error_message": "请从下拉框里选择"}
    shown = {"input_title": header, "input_message": message} if message else {}
    sheet.data_validation(first, index, first + form.rows - 1, index, {**rule, **shown})


def _labels_of_the_table(tables: int) -> str:
    """The columns of the table that is chosen in the same row, of all tables where none is: the hidden sheet's first column."""
    chosen = f"${column_letters(CORRECTION_FORM.headers.index(TABLE))}{HEADER_ROW + 2}"
    titles = f"{_LISTS}!$B$1:${column_letters(tables)}$1"
    column = f"IFERROR(MATCH({chosen},{titles},0),0)"
    return f"=OFFSET({_LISTS}!$A$2,0,{column},COUNTA(OFFSET({_LISTS}!$A$2,0,{column},999,1)),1)"


def _write_lists(book: Book, labels: Mapping[str, Sequence[str]]) -> None:
    sheet = book.add_sheet(_LISTS)
    every = [label for label, _ in groupby(sorted(label for group in labels.values() for label in group))]
    for index, (title, group) in enumerate({TITLE: every, **labels}.items()):
        for row, label in enumerate((title, *group, REMOVE)):
            sheet.write_string(row, index, label)
    sheet.hide()
