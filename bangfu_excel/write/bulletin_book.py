"""A bulletin as a workbook for print: the figures as live formulas over the visits, what was done, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from bangfu_excel.core.assessment import COUNTY
from bangfu_excel.core.bulletin import Bulletin
from bangfu_excel.core.ordering import by_number
from bangfu_excel.write.announced_sheets import balance_sheets
from bangfu_excel.write.assessment_data import DataSheet, Look
from bangfu_excel.write.assessment_scope import scope_of
from bangfu_excel.write.book import Book
from bangfu_excel.write.bulletin_text import WORDS, counted_twice, title_of
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, chinese_date, write_sheet
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles
from bangfu_excel.write.whom import Whom

_DATE = "yyyy-mm-dd"
_MARKS = ("trips", "reached", "others", "places")
_ABRIDGED = 3


def write_bulletin_book(made: Bulletin, path: Path) -> Path:
    """走访情况, 帮扶内容, 没有走到的, 累计核对, 补报核减明细 and 数据-走访, at `path`."""
    with Book(path, as_of=made.as_of, title=title_of(made)) as book:
        styles = Styles(book)
        for sheet in _sheets(made):
            write_sheet(book, sheet, styles)
        _data(made).write(book, styles)
    return path


def _sheets(made: Bulletin) -> Iterator[Sheet]:
    area = made.county or COUNTY
    lead = (f"填报单位：{area}", f"统计期：{made.stretch.label}", f"截止日期：{chinese_date(made.as_of)}")
    yield Sheet(
        "走访情况", title_of(made), tuple(_columns(made)), _rows(made), lead, total=True, footer=_footer(made),
        empty="没有结对，也没有走访", remark=_remark(made),
    )  # fmt: skip
    yield _contents(made, lead)
    yield _unreached(made, lead)
    if made.announced is not None and made.announced.before:
        yield from balance_sheets(made.announced, Look(area), lead, _footer(made), scope_of(made.scheme))


def _contents(made: Bulletin, lead: tuple[str, ...]) -> Sheet:
    columns = (
        Column(WORDS[made.level][0], "subject", widest=20), Column("帮扶内容", "whole", width=48),
        _count("次数", "times"), _short("首次对象", "whom"), _date("首次日期", "date"),
        Column("来源文件", "file", widest=26), _short("工作表", "sheet"), _count("行", "row"),
    )  # fmt: skip
    title = f"{made.stretch.label}具体帮扶内容"
    return Sheet("帮扶内容", title, columns, made.contents, lead, footer=_footer(made), empty="没有写帮扶内容")


def _unreached(made: Bulletin, lead: tuple[str, ...]) -> Sheet:
    whom = Whom.of(made.scheme)
    columns = (
        Column(WORDS[made.level][0], "subject", width=20), *_township(made), Column("村", "village", align="center", width=14),
        _short("户编号", "household_id", 20), Column(whom.name, "head_name", align="center", width=14),
    )  # fmt: skip
    title = f"{made.stretch.label}没有走到的{whom.name}"
    return Sheet("没有走到的", title, columns, made.unreached, lead, footer=_footer(made), empty="没有")


def _township(made: Bulletin) -> tuple[Column, ...]:
    """The column of townships, where they are not the subjects themselves."""
    return () if made.level == "township" else (_short("乡镇", "township"),)


def _columns(made: Bulletin) -> Iterator[Column]:
    whom, word = Whom.of(made.scheme), WORDS[made.level][0]
    yield Column(word, "subject", widest=24)
    yield _count(f"结对\n{whom.number}", "paired", total=True)
    yield _live(f"{whom.going}\n次数", "trips")
    yield _live(f"走到\n{whom.number}", "reached")
    if made.before:
        yield _count(f"{made.before.label}\n{whom.going}次数", "trips_before", total=True)
        yield Column(
            "增减", "difference", CellForm.FORMULA, "+0;-0;0", "center", width=8, total="sum", formula="=D{row}-F{row}"
        )
    yield _live("其他方式\n联系次数", "others")
    if made.weekly:
        yield _live("进村\n天次", "places")
        yield _count("应进村\n周数", "due", total=True)
        yield _count("做到\n周数", "met", total=True)
    yield Column("具体帮扶内容", "content", width=44)


def _rows(made: Bulletin) -> pd.DataFrame:
    rows = made.subjects.assign(difference=made.subjects["trips"] - made.subjects["trips_before"])
    said = made.contents.groupby("subject", sort=False)["content"]
    first = said.agg(lambda texts: "；".join(texts.head(_ABRIDGED)) + ("等" if len(texts) > _ABRIDGED else ""))
    return rows.assign(content=rows["subject"].map(first).astype("str"))


def _remark(made: Bulletin) -> str:
    """What a reader has to know to read the figures right."""
    whom = Whom.of(made.scheme)
    said = f"注：{whom.going}次数按{whom.name}和日期计，一天去同一处几次或几个人同去，计一次。"
    return said + counted_twice(made)


def _data(made: Bulletin) -> DataSheet:
    word = WORDS[made.level][0]
    marks = {"trips": "入户", "reached": "走到", "others": "其他", "places": "进村"}
    columns = (
        ("名称", Column(word, "subject", widest=20)), ("", _date("走访日期", "date")), ("", _short("走访人", "visitors")),
        *(("", column) for column in _township(made)), ("", _short("村", "village")), ("", _short("户编号", "household_id", 20)),
        ("", _short("对象", "head_name")), ("", _short("方式", "mode_label")), ("", Column("内容", "content", width=40)),
        *((name, _count(f"计{name}", mark)) for mark, name in marks.items()),
        ("", Column("来源文件", "file", widest=26)), ("", _short("工作表", "sheet")), ("", _count("行", "row")),
    )  # fmt: skip
    rows = made.visits.sort_values(
        ["subject", "date", "file", "sheet", "row"], kind="stable", ignore_index=True, key=by_number
    )
    return DataSheet("走访", f"{made.stretch.label}的走访（一行一条）", columns, rows, _footer(made))


def _footer(made: Bulletin) -> str:
    batch = f"　印发批次 {made.batch}" if made.batch else "　试算"
    return f"{made.scheme.title}　{made.stretch.label}{batch}"


def _live(title: str, mark: str) -> Column:
    name = {"trips": "入户", "reached": "走到", "others": "其他", "places": "进村"}[mark]
    formula = f"=SUMIFS(走访_{name},走访_名称,$B{{row}})"
    return Column(title, mark, CellForm.FORMULA, "0", "center", width=9, total="sum", formula=formula)


def _count(title: str, source: str, *, total: bool = False) -> Column:
    return Column(title, source, CellForm.NUMBER, "0", "center", width=9, total="sum" if total else "")


def _short(title: str, source: str, widest: float = 16) -> Column:
    return Column(title, source, align="center", widest=widest)


def _date(title: str, source: str) -> Column:
    return Column(title, source, CellForm.DATE, _DATE, "center", width=12)
