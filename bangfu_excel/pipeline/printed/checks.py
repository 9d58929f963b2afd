"""数据核对单: to each township, what it handed in, what became of it and what will be announced of it, to be signed and stamped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from bangfu_excel.core.assessment import MODES
from bangfu_excel.core.submitters import submitter_key
from bangfu_excel.pipeline.printed.desk import Desk, day_of
from bangfu_excel.pipeline.printed.reports import nil_reported, townships
from bangfu_excel.pipeline.printed.submitted import COUNTS, HandedIn, handed_in
from bangfu_excel.write.assessment_scope import scope_of
from bangfu_excel.write.layout import chinese_date
from bangfu_excel.write.papers.paper import write_papers
from bangfu_excel.write.papers.parts import DAY, NUMBER, Box, Head, Paper, Part, Said, Signed, Table, Value
from bangfu_excel.write.whom import Whom

TITLE = "数据核对单"
_WIDTHS = (20, 11, 11, 11, 11, 11, 11, 11)
_TABLES = (
    Head("报表"), *(Head(title, number_format=NUMBER) for title in ("报送行数", "收下", "其中\n待更正", "退回", "重复", "已被重报\n代替", "等县办\n确认")),
)  # fmt: skip
_FILES = (
    Head("文件", 4, "left"), Head("收件日期", 1, number_format=DAY), Head("批次", 2), Head("行数", number_format=NUMBER),
)  # fmt: skip
_FIGURES = (Head("指标", 3, "left"), Head("数", number_format=NUMBER), Head("怎么算的", 4, "left"))


def write_checks(desk: Desk) -> list[Path]:
    """A workbook a township, with nobody else's figures or people in it."""
    spec = desk.settings.spec
    received = handed_in(desk.registry, desk.settings.scheme.id, spec.period.text, townships(desk))
    return [
        write_papers(
            desk.path(TITLE, name), [_paper(desk, received, name)], as_of=spec.as_of, title=f"{name}{desk.label}{TITLE}"
        )
        for name in townships(desk)
    ]


def _paper(desk: Desk, received: HandedIn, township: str) -> Paper:
    return Paper(
        name=TITLE, title=f"{township}{desk.label}结对帮扶数据核对单",
        lead=(f"乡镇：{township}", f"截至{chinese_date(desk.day)}", f"批次：{desk.batch or '无'}"),
        widths=_WIDTHS, parts=tuple(_parts(desk, received.of(township), township)), footer=desk.footer,
    )  # fmt: skip


def _parts(desk: Desk, rows: pd.DataFrame, township: str) -> Iterator[Part]:
    nothing = "本期零报告" if submitter_key(township) in nil_reported(desk) else "本期没有报送"
    yield Table("报送和收下的数据（按表上的行数）", _TABLES, _by_table(desk, rows), nothing)
    yield Table("报送的文件", _FILES, _by_file(rows), nothing)
    yield Table("将要通报的数", _FIGURES, list(_figures(desk, township)), "没有可以通报的数")
    yield Box("核对意见", 4)
    yield Said(
        (
            f"请逐项核对，于{desk.due}前签字盖章报县办。数不对的，写明是哪一项、应当是多少、依据是什么；退回和待更正的行，请在退回的表格上"
            "改好后报回，补报的走访按补报上报。没有异议的，本单盖章后即为通报依据。",
        )
    )
    yield Signed(("填报人：", "分管领导：", "乡镇（盖章）：", "　　　　年　　月　　日"))


def _by_table(desk: Desk, rows: pd.DataFrame) -> list[tuple[Value, ...]]:
    sums = rows.groupby("table")[list(COUNTS)].sum()
    told: list[tuple[Value, ...]] = [
        (table.label, *(int(sums.loc[name, count]) for count in COUNTS))
        for name, table in desk.settings.tables.items()
        if name in sums.index
    ]
    total = [int(sums[count].sum()) for count in COUNTS]
    return [*told, ("合计", *total)] if len(told) > 1 else told


def _by_file(rows: pd.DataFrame) -> list[tuple[Value, ...]]:
    files = rows.groupby(["file", "received", "batch"], as_index=False)["submitted"].sum()
    return [
        (row["file"], day_of(row["received"]), row["batch"], int(row["submitted"])) for row in files.to_dict("records")
    ]


def _figures(desk: Desk, township: str) -> Iterator[tuple[Value, ...]]:
    a = desk.figures
    own = a.indicators[(a.indicators["level"] == "township") & (a.indicators["subject"] == township)]
    if own.empty:
        return
    values = dict(zip(own["indicator"], own["value"], strict=True))
    visits = sum(int(values[f"{mode}_visits"]) for mode in MODES)
    months = a.scheme.reporting.unvisited_months
    whom, scope = Whom.of(a.scheme), scope_of(a.scheme)
    if scope.only_homes:
        yield "在册帮扶户", int(values["registered"]), "台账库里的帮扶对象户"
        yield "其中有结对的户", int(values["registered_paired"]), f"{chinese_date(desk.day)}有结对关系的"
    else:
        yield f"结对的{whom.noun}", int(values["paired"]), "统计期内有结对关系的"
    yield "走访（次）", visits, "各种方式合计，一行算一次，一次去几人也是一次"
    visited = scope.whom
    yield f"{whom.going}的{visited}数", int(values["entered"]), f"统计期内至少{whom.going}一次的{visited}"
    if scope.windows:
        yield f"应走访（{visited}·期）", int(values["due"]), f"按方案规定的频次，同一{scope.each}同一时段只算一次"
        yield f"达标（{visited}·期）", int(values["met"]), "任何一名结对帮扶人走访都算"
        yield "走访达标率", _rate(values["cadence_rate"]), "达标÷应走访"
    yield (
        f"未{whom.going}的{whom.noun}",
        int(values["unvisited"]),
        f"结对已满{months}个月，最近{months}个月没有人{whom.going}",
    )


def _rate(value: float) -> str:
    return "—" if pd.isna(value) else f"{value:.1%}"
