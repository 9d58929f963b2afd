"""督办单: to each unit that has something to do, what it is, by when, and room to answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bangfu_excel.pipeline.printed.desk import Desk
from bangfu_excel.pipeline.printed.left_undone import (
    DOCUMENTS,
    DUTIES,
    FINDINGS,
    PROBLEMS,
    WINDOWS,
    Undone,
)
from bangfu_excel.write.layout import chinese_date
from bangfu_excel.write.papers.paper import write_papers
from bangfu_excel.write.papers.parts import DAY, NUMBER, Box, Head, Paper, Part, Said, Signed, Table

TITLE = "督办单"
_WIDTHS = (6, 12, 12, 16, 12, 8, 8, 12, 10)
_AT = Head("序号", number_format=NUMBER)


def _number(title: str) -> Head:
    return Head(title, number_format=NUMBER)


def _day(title: str) -> Head:
    return Head(title, number_format=DAY)


_PAST = (_day("期限"), _number("逾期\n天数"))
_WHERE = "问题（登记在哪里）"
_SECTIONS = {
    WINDOWS: (
        "没有达标的走访",
        (_AT, Head("帮扶人"), Head("户主"), Head("乡镇、村"), Head("时段"), _number("应访"), _number("已访"), Head("户编号、异议", 2)),
    ),
    DUTIES: (
        "没有完成的其他要求",
        (_AT, Head("要求", 2, "left"), Head("责任人"), Head("对象"), _number("应办"), _number("已办"), Head("时段", 2)),
    ),
    PROBLEMS: (
        "逾期没有办结的问题", (_AT, _day("发现时间"), Head(_WHERE, 2, "left"), Head("反映人"), Head("责任人", 2), *_PAST),
    ),
    FINDINGS: ("逾期没有整改的督查问题", (_AT, _day("督查时间"), Head(_WHERE, 3, "left"), Head("责任人", 2), *_PAST)),
    DOCUMENTS: ("该报没有报的材料", (_AT, Head("材料", 2), Head("标题", 4, "left"), *_PAST)),
}  # fmt: skip


def write_orders(desk: Desk, undone: list[Undone]) -> list[Path]:
    """A workbook a unit that has something to do."""
    return [
        write_papers(
            desk.path(TITLE, one.unit), [_paper(desk, one)], as_of=desk.settings.spec.as_of,
            title=f"{one.unit}{desk.label}结对帮扶{TITLE}",
        )
        for one in undone
    ]  # fmt: skip


def _paper(desk: Desk, one: Undone) -> Paper:
    year = desk.settings.spec.as_of.year
    return Paper(
        name=TITLE, title=f"{desk.label}结对帮扶工作督办单",
        lead=(f"被督办单位：{one.unit}", f"编号：〔{year}〕　　　号", "签发人：　　　　　　"),
        widths=_WIDTHS, parts=tuple(_parts(desk, one)), footer=desk.footer,
    )  # fmt: skip


def _parts(desk: Desk, one: Undone) -> Iterator[Part]:
    told = "、".join(f"{title}{len(one.rows[kind])}项" for kind, (title, _) in _SECTIONS.items() if one.rows.get(kind))
    yield Said(
        (
            f"{one.unit}：经核对{desk.county}结对帮扶台账，截至{chinese_date(desk.day)}，贵单位{told}（见下）。请逐项办理，于{desk.due}前"
            "办结或者说明原因，填好办理情况，签字盖章后报县办。已经做了而没有报的，请补报；台账有误的，附依据报县办更正。",
        )
    )
    for kind, (title, heads) in _SECTIONS.items():
        if rows := one.rows.get(kind):
            yield Table(title, heads, [(number, *row) for number, row in enumerate(rows, start=1)])
    if one.made_up:
        yield Said((f"另有{one.made_up}户·期帮扶人本人没有达标，本户已由其他结对帮扶人走访，不在督办之列。",))
    yield Box("办理情况", 4)
    yield Box("未办结的\n原因和措施", 4)
    yield Signed(("经办人签名：", "单位负责人签名：", "（盖章）　　　年　　月　　日"))
