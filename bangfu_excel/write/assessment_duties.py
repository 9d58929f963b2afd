"""各项频次, 频次明细 and 频次未完成: what a plan asks for besides a helper's visits to his households, from 数据-频次."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.assessment import Assessment
from bangfu_excel.core.scheme import Cadence
from bangfu_excel.write.assessment_data import DataSheet, Look
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Tint

WHOSE = {
    "helper": "帮扶人", "group": "帮扶小组", "unit": "单位（学校）", "class": "班级", "villager-group": "村民组", "county": "全县",
}  # fmt: skip
_PER = {
    "day": "每天", "3-days": "每三天", "week": "每周", "half-month": "每半月", "month": "每月", "quarter": "每季度", "half-year": "每半年",
    "year": "每年", "term": "每学期", "vacation": "每个假期", "festival": "每个节日", "birthday": "每个生日", "event": "每次事件",
    "programme": "实施期内",
}  # fmt: skip
TARGETS = "各项频次"
"""The sheet whose “至少几次” the formulas go by."""
_PERSONAL = ("helper",)  # levels whose names are persons' names
_DATE = "yyyy-mm-dd"
_RATE = '=IF({due}=0,"",{met}/{due})'


def duty_sheets(a: Assessment, look: Look, lead: tuple[str, ...]) -> tuple[Sheet, ...]:
    """The three sheets; none where the plan asks for nothing else, or nothing of it was due."""
    if a.duties.empty:
        return ()
    rows = _shown(a, look)
    footer = f"{a.scheme.title}　{a.period.label}"
    title = f"{look.area}{a.period.label}"
    return (
        Sheet(TARGETS, f"{title}各项频次完成情况", _SUMMARY, _summary(a, rows), lead, footer=footer, remark=_REMARK),
        Sheet(
            "频次明细",
            f"{title}各项频次完成情况（按责任人、小组、单位）",
            _DETAILS,
            _details(rows),
            lead,
            footer=footer,
        ),
        Sheet(
            "频次未完成",
            f"{title}各项频次未完成清单",
            _LEFT,
            rows[rows["met"] == 0],
            lead,
            footer=footer,
            empty="没有未完成的",
        ),
    )


def duty_data(a: Assessment, look: Look) -> tuple[DataSheet, ...]:
    """数据-频次, under names; none where there is none of the sheets above."""
    if a.duties.empty:
        return ()
    title = "统计期内各项频次应办的时段（一行一个时段）"
    return (DataSheet("频次", title, _DATA, _shown(a, look), f"{a.scheme.title}　{a.period.label}"),)


def _shown(a: Assessment, look: Look) -> pd.DataFrame:
    """The duties as they may be seen, with the numbers of cadence and responsible that formulas go by."""
    rows = a.duties.reset_index(drop=True)
    numbers = {rule: number for number, rule in enumerate(rows["rule"].drop_duplicates(), start=1)}
    by = pd.MultiIndex.from_frame(rows[["rule", "level", "who"]])
    persons = rows["level"].isin(_PERSONAL)
    alone = rows["who"] == rows["whom"]
    return rows.assign(
        item=rows["rule"].map(numbers).astype("int64"),
        number=pd.factorize(by)[0] + 1,
        who_name=rows["who_name"].where(~persons, look.names(rows["who_name"])),
        whom_name=look.names(rows["whom_name"]).mask(alone),
        whose=rows["level"].map(WHOSE).astype("str"),
        met=(rows["count"] >= rows["target"]).astype("int64"),
        by_others=pd.Series("是", index=rows.index, dtype="str").where(
            (rows["subject_count"] >= rows["target"]) & (rows["count"] < rows["target"])
        ),
    )


def _summary(a: Assessment, rows: pd.DataFrame) -> pd.DataFrame:
    cadences: Mapping[str, Cadence] = {cadence.id: cadence for cadence in a.scheme.cadences}
    found = rows.groupby("item", as_index=False).agg(
        rule=("rule", "first"), title=("title", "first"), whose=("whose", "first"), target=("target", "first"),
        due=("met", "size"), met=("met", "sum"),
    )  # fmt: skip
    said = [cadences[rule] for rule in found["rule"]]
    return found.assign(
        per=pd.Series([_PER[one.per] for one in said], dtype="str"),
        most=pd.array([one.most for one in said], dtype="Int64"),
        rate=found["met"] / found["due"],
        tint=str(Tint.WITHHELD),
    )


def _details(rows: pd.DataFrame) -> pd.DataFrame:
    found = rows.groupby("number", as_index=False, sort=True).agg(
        item=("item", "first"), title=("title", "first"), whose=("whose", "first"), who_name=("who_name", "first"),
        due=("met", "size"), met=("met", "sum"),
    )  # fmt: skip
    return found.assign(rate=found["met"] / found["due"])


def _count(title: str, source: str) -> Column:
    return Column(title, source, CellForm.NUMBER, "0", "center", width=9)


def _formula(title: str, source: str, formula: str, shown: str = "0", **more: object) -> Column:
    return Column(title, source, CellForm.FORMULA, shown, "center", width=10, formula=formula, **more)  # type: ignore[arg-type]


def _day(title: str, source: str) -> Column:
    return Column(title, source, CellForm.DATE, _DATE, "center", width=11.5)


_REMARK = "注：“至少几次”可以改动，改后各表自动重算。实施期没有结束、假期没有过完的，到期才计入。"
_SUMMARY = (
    Column("要求", "title", widest=40), Column("由谁", "whose", align="center", widest=14), Column("时段", "per", align="center"),
    Column("至少几次", "target", CellForm.NUMBER, "0", "center", width=10, tint="tint"), _count("至多几次", "most"),
    _formula("应办时段数", "due", "=COUNTIFS(频次_项,A{row})"),
    _formula("完成时段数", "met", "=SUMIFS(频次_完成,频次_项,A{row})"),
    _formula("完成率", "rate", _RATE.format(due="G{row}", met="H{row}"), "0.0%"),
)  # fmt: skip
_DETAILS = (
    Column("要求", "title", widest=40), Column("类别", "whose", align="center", widest=14),
    Column("责任人、小组或单位", "who_name", align="center", widest=28),
    _formula("应办时段数", "due", "=COUNTIFS(频次_谁,A{row})"),
    _formula("完成时段数", "met", "=SUMIFS(频次_完成,频次_谁,A{row})"),
    _formula("完成率", "rate", _RATE.format(due="E{row}", met="F{row}"), "0.0%"),
)  # fmt: skip
_LEFT = (
    Column("要求", "title", widest=30), Column("责任人、小组或单位", "who_name", align="center", widest=24),
    Column("对象", "whom_name", align="center", widest=16), Column("乡镇", "township", align="center", widest=14),
    Column("村", "village", align="center", widest=14), Column("时段", "label", align="center", widest=26),
    _day("起", "due_from"), _day("止", "due_to"), _count("应办次数", "target"), _count("已办次数", "count"),
    Column("已由他人办", "by_others", align="center", width=10),
)  # fmt: skip
_DATA = (
    ("项", _count("频次\n序号", "item")), ("谁", _count("责任\n编号", "number")), ("", Column("要求", "title", widest=30)),
    ("", Column("责任人、小组或单位", "who_name", align="center", widest=24)), ("", Column("对象", "whom_name", align="center", widest=16)),
    ("", Column("时段", "label", align="center", widest=26)), ("", _day("起", "due_from")), ("", _day("止", "due_to")),
    ("", _formula("应办\n次数", "target", "=INDEX(频次_至少,A{row})")), ("", _count("已办\n次数", "count")),
    ("完成", _formula("完成", "met", "=IF(J{row}>=I{row},1,0)")),
)  # fmt: skip
