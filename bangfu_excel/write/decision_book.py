"""冲突裁决.xlsx: what only the county office can decide: which of several values counts, and which household a name means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.write.book import Book
from bangfu_excel.write.header_book import HeaderRow, write_header_sheet
from bangfu_excel.write.question_sheet import FIRST_ROW, Lists, Questions, write_questions
from bangfu_excel.write.styles import Styles
from bangfu_excel.write.widths import text_width

NAME = "冲突裁决.xlsx"
TITLE = "冲突裁决表"
CONFLICTS, NAMES, HEADERS = "数据冲突", "待匹配姓名", "表头"
CONFLICTS_TITLE, NAMES_TITLE, LISTS = "数据冲突裁决表", "待匹配姓名确认表", ("可选的值", "可选的户")
"""In the first cell of each sheet, by which it is known again."""
ADOPTED, MEANT = "采用", "是哪一户"
BLANK, NOBODY = "空白", "都不是"
SHOWN = 3
"""So many sources stand side by side."""

_WIDEST = 20.5  # half-widths of a value: an identity number in one line
_HOW = "bangfu merge --decisions 这个文件"
_ORDER = "甲乙丙"
_CONFLICT_GUIDE = (
    f"怎样填：几处报的不一样，请核实后在“{ADOPTED}”里选一个值，或直接填正确的值；查明没有这个值的，填“{BLANK}”；还没有查清的空着，先按"
    f"“暂用”的值统计。填好保存，再运行：{_HOW}。只要报来的值不变，裁决过的不再问；填错了可以用 bangfu undo 撤回。"
)
_NAME_GUIDE = (
    f"怎样填：同名的户、孩子或村不止一个，请核实后在“{MEANT}”里选一个，是户的也可以直接填户编号；所列的都不是的，选“{NOBODY}”；还没有查清的空着。填好保存，"
    f"再运行：{_HOW}，然后对原来的文件夹再运行一次 bangfu run，等着的行就会计入。"
)


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One stated value: as a person would write it, who submitted it, file“sheet”cell, received on."""

    value: str
    submitter: str
    place: str
    received: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells of the source, in the order of the columns."""
        return (self.value, self.submitter, self.place, self.received)


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One disputed field of a record. choices: the values stated, each once · mark: what the program needs to know again."""

    table: str
    record: str
    field: str
    sources: tuple[SourceCell, ...]
    stands: str
    choices: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class NameRow:
    """One reference that may mean several households, children or villages. choices: what can be chosen; mark: as above."""

    tables: str
    township: str
    written: str
    places: str
    count: int
    choices: tuple[str, ...]
    mark: str


@dataclass(frozen=True)
class Undecided:
    """All that is to be decided. labels: table → the columns that a header may be."""

    conflicts: tuple[ConflictRow, ...] = ()
    names: tuple[NameRow, ...] = ()
    headers: tuple[HeaderRow, ...] = ()
    labels: Mapping[str, Sequence[str]] | None = None

    def __len__(self) -> int:
        return len(self.conflicts) + len(self.names) + len(self.headers)


def write_decisions(undecided: Undecided, path: Path, *, as_of: dt.date) -> Path:
    """The workbook at `path`, with a sheet for each kind of question of which there is one."""
    with Book(path, as_of=as_of, title=TITLE, streaming=False, use="merge --decisions") as book:
        styles = Styles(book)
        if undecided.conflicts:
            _write_conflicts(book, undecided.conflicts, styles)
        if undecided.names:
            _write_names(book, undecided.names, styles)
        if undecided.headers:
            write_header_sheet(book, undecided.headers, undecided.labels or {}, styles, name=HEADERS, how=_HOW)
    return path


def conflict_form(shown: int, width: float) -> Questions:
    """The sheet 数据冲突 with so many sources side by side, their values so wide."""
    sources = {
        f"{which}：{title}": size
        for which in _ORDER[:shown]
        for title, size in (("值", width), ("来自", 14), ("位置", 22), ("收件日期", 11.5))
    }
    widths = {"报表": 11, "记录": 24, "栏目": 12, **sources, "暂用": width, ADOPTED: max(width, 16)}
    centred = frozenset(title for title in widths if title.endswith(("收件日期", "报表", "栏目")))
    return Questions(CONFLICTS, CONFLICTS_TITLE, _CONFLICT_GUIDE, widths, frozenset({ADOPTED}), centred, 3)


def name_form() -> Questions:
    """The sheet 待匹配姓名."""
    widths = {"报表": 14, "乡镇或单位": 13, "原来的写法": 26, "出现的位置": 34, "行数": 7, "可能是": 36, MEANT: 34}
    return Questions(
        NAMES, NAMES_TITLE, _NAME_GUIDE, widths, frozenset({MEANT}), frozenset({"报表", "乡镇或单位", "行数"}), 3
    )


def _write_conflicts(book: Book, rows: Sequence[ConflictRow], styles: Styles) -> None:
    longest = max(text_width(text) for row in rows for text in row.choices)
    form = conflict_form(max(2, *(min(SHOWN, len(row.sources)) for row in rows)), min(max(longest + 2, 13), _WIDEST))
    shown = (len(form.widths) - len(("报表", "记录", "栏目", "暂用", ADOPTED))) // len(SourceCell.__slots__)
    texts = [(row.table, row.record, row.field, *_side_by_side(row, shown), row.stands, "", row.mark) for row in rows]
    sheet, lists = write_questions(book, form, texts, styles), Lists.added(book, LISTS[0])
    for number, row in enumerate(rows):
        lists.offer(sheet, FIRST_ROW + number, form.columns.index(ADOPTED), row.choices, number + 1)


def _side_by_side(row: ConflictRow, shown: int) -> list[str]:
    """The first sources; what else there is is counted where the last one stands."""
    cells = [source.texts for source in row.sources[:shown]]
    cells += [("",) * len(SourceCell.__slots__)] * (shown - len(cells))
    texts = [text for source in cells for text in source]
    if len(row.sources) > shown:
        texts[-2] += f"\n另有{len(row.sources) - shown}处"
    return texts


def _write_names(book: Book, rows: Sequence[NameRow], styles: Styles) -> None:
    form = name_form()
    texts = [
        (row.tables, row.township, row.written, row.places, str(row.count), "\n".join(row.choices), "", row.mark)
        for row in rows
    ]
    sheet, lists = write_questions(book, form, texts, styles), Lists.added(book, LISTS[1])
    for number, row in enumerate(rows):
        choices = (*row.choices, NOBODY)
        lists.offer(sheet, FIRST_ROW + number, form.columns.index(MEANT), choices, number + 1)
