"""Records against the period of the plan under which they are handed in."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule
from bangfu_excel.core.spans import last_day


def outside(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    """True where no day that the date may mean lies within the plan's own dates."""
    start, end = (given.scheme.start, given.scheme.end) if given.scheme else (None, None)
    before = last_day(rows[name], rows[f"{name}__precision"]) < pd.Timestamp(start) if start else False
    after = rows[name] > pd.Timestamp(end) if end else False
    return pd.Series(False, index=rows.index) | before | after


def outside_programme(title: str, field: str) -> Rule:
    """PV07d: a date that lies outside the plan's own dates; where the plan has none, nothing is told."""
    return Rule(
        code="PV07d", title=title, severity=Severity.ERROR, effect=Effect.NONE, reads=(field, f"{field}__precision"),
        optional=(f"{field}__precision",), at=(field,), repeats=1, test=partial(outside, name=field),
        says="第{row}行“{label}”填的是“{value}”，不在本方案的实施期内", suggests="请核对日期；不属于本方案的不在这里报",
        basis="DOMAIN PV07", subject=Subject.PAIRING,
    )  # fmt: skip
