"""零报告: for each township that has handed in nothing, a form to sign that there was nothing; and the office's 登记簿."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bangfu_excel.pipeline.printed.desk import Desk
from bangfu_excel.pipeline.printed.reports import not_reported
from bangfu_excel.write import objection_book
from bangfu_excel.write.layout import chinese_date
from bangfu_excel.write.objection_book import write_objection_book
from bangfu_excel.write.papers.paper import write_papers
from bangfu_excel.write.papers.parts import NUMBER, Box, Head, Paper, Part, Said, Signed, Table

TITLE = "零报告"
_WIDTHS = (8, 24, 24, 34)
_HEADS = (Head("序号", number_format=NUMBER), Head("报表"), Head("本期情况（没有的填“无”）"), Head("说明", 1, "left"))


def write_nothing(desk: Desk) -> list[Path]:
    """A form a township that has not reported, and the 登记簿 in which the office enters those that come back signed."""
    absent = not_reported(desk)
    spec = desk.settings.spec
    forms = [
        write_papers(desk.path(TITLE, name), [_paper(desk, name)], as_of=spec.as_of, title=f"{name}{desk.label}{TITLE}")
        for name in absent
    ]
    return [*forms, _write_book(desk, absent)]


def _write_book(desk: Desk, absent: tuple[str, ...]) -> Path:
    """The 登记簿; one of the same name that somebody has filled in is left as it is."""
    path = desk.path(objection_book.TITLE, desk.county, apart=False)
    spec = desk.settings.spec
    if path.exists():
        return path
    return write_objection_book(path, absent, spec.period.text, desk.settings.scheme.id, as_of=spec.as_of)


def _paper(desk: Desk, township: str) -> Paper:
    return Paper(
        name=TITLE, title=f"{township}{desk.label}结对帮扶零报告",
        lead=(f"报告乡镇：{township}", f"统计期：{desk.label}", "报告日期：　　　年　　月　　日"),
        widths=_WIDTHS, parts=tuple(_parts(desk, township)), footer=desk.footer,
    )  # fmt: skip


def _parts(desk: Desk, township: str) -> Iterator[Part]:
    tables = desk.settings.tables
    yield Said(
        (
            f"县办：经核实，{township}{desk.label}没有应当报送的新增、变动和走访记录，各表情况如下，特此报告。",
            f"截至{chinese_date(desk.settings.spec.as_of)}，县办没有收到贵乡镇本期的报表。有数据的，请用空白填报表报送，不要填本表；确实没有的，填好本表，"
            f"签字盖章后于{desk.due}前报县办。",
        )
    )
    names = [tables[name].label for name in desk.settings.scheme.sent_out if name in tables]
    yield Table("各表情况", _HEADS, [(number, name, "", "") for number, name in enumerate(names, start=1)])
    yield Box("没有的原因", 3)
    yield Signed(("填报人：", "分管领导：", "乡镇（盖章）：　　　　　　"))
