"""Rules about the date of a record: it is no date to come, and more than a year."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule


def _to_come(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    """Later than the report's date."""
    return rows[name] > pd.Timestamp(given.as_of)


def _some_day_of_a_year(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    """A year says nothing of when something was done."""
    return rows[f"{name}__precision"] == "year"


def dated(field: str) -> tuple[Rule, Rule]:
    """PV09 and PV09d: when it was done is a date, of which the month is known, and which has come. Else the row goes back."""
    return (
        Rule(
            code="PV09", title="时间在将来", severity=Severity.ERROR, effect=Effect.ROW, reads=(field,), at=(field,),
            test=partial(_to_come, name=field),
            says="第{row}行“{label}”填的是“{value}”，晚于本次统计的截止日期", suggests="请填实际的日期，还没有做的不要填报",
            basis="DOMAIN PV09", subject=Subject.PAIRING,
        ),
        Rule(
            code="PV09d", title="只有年份", severity=Severity.ERROR, effect=Effect.ROW, reads=(field, f"{field}__precision"),
            at=(field,), test=partial(_some_day_of_a_year, name=field),
            says="第{row}行“{label}”填的是“{value}”，只有年份，什么时间的无法确定", suggests="请填当天的日期",
            basis="DOMAIN PV09；DESIGN §4", subject=Subject.PAIRING,
        ),
    )  # fmt: skip


def _precedes(rows: pd.DataFrame, given: Given, *, later: str, earlier: str) -> pd.Series:
    """The one that comes after is dated before the other."""
    return rows[later] < rows[earlier]


def in_order(code: str, title: str, *, later: str, earlier: str, said: str) -> Rule:
    """An error at `later` where it is dated before `earlier`. said: what `earlier` is, in words."""
    return Rule(
        code=code, title=title, severity=Severity.ERROR, effect=Effect.FIELD, reads=(later, earlier), at=(later, earlier),
        test=partial(_precedes, later=later, earlier=earlier),
        says=f"第{{row}}行“{{label}}”填的是“{{value}}”，早于{said}{{{earlier}}}", suggests="请核对这两个日期",
        basis="DOMAIN PV27", subject=Subject.WORK,
    )  # fmt: skip
