"""Monitored households and the end of their risk, as the national system asks; off but for one, as few rosters have the columns."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule
from bangfu_excel.core.spans import last_day
from bangfu_excel.domain.identity import GONE

_MONITORED = "脱贫不稳定户|边缘易致贫户|突发严重困难户"
_UNSAFE: dict[str, tuple[object, ...]] = {"housing": ("C级危房", "D级危房", "无房"), "safe_water": (False,)}
"""What is no safe house and no safe water."""
_TEN_THOUSANDS = 10  # an income below is a sum in 万元, and told as such
_ENDED = ("removed_on", "identified_on", "removed_on__precision")


def _monitored(rows: pd.DataFrame) -> pd.Series:
    return rows["recipient_category"].str.contains(_MONITORED).eq(True).fillna(False).astype(bool)


@rule(
    "PC08b", "没有劳动能力而不是兜底户", severity=Severity.WARNING, reads=("safety_net", "labour_capacity"), at=("safety_net", "labour_capacity"),
    says="第{row}行“{label}”填的是“{value}”，而整户劳动能力填的是“{labour_capacity}”", suggests="请核对劳动能力，符合的纳入兜底保障",
    basis="DOMAIN PC08", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def unable_and_not_kept(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A household without labour capacity that is said not to be one of those kept by policy."""
    return rows["safety_net"].eq(False) & (rows["labour_capacity"] == "无劳动能力")


def is_unsafe(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    """True where a household that is there has no safe house or water."""
    return rows[name].isin(_UNSAFE[name]) & ~rows["status"].isin(GONE)


def removed_and_unsafe(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    """True where the risk is removed and the house or water is not safe."""
    return rows["risk_removed"].eq(True) & rows[name].isin(_UNSAFE[name])


def removed_and_unsaid(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    """True where the risk is removed and nothing is said of how things are since."""
    return rows["risk_removed"].eq(True) & rows[name].isna()


def _not_safe(field: str) -> Rule:
    return Rule(
        code="PC10", title="没有落实的基本保障", severity=Severity.WARNING, effect=Effect.NONE, reads=(field, "status"), optional=("status",),
        at=(field,), test=partial(is_unsafe, name=field), enabled=False, says="第{row}行“{label}”填的是“{value}”",
        suggests="请核对；确实没有落实的请尽快落实", basis="DOMAIN PC10", subject=Subject.HOUSEHOLD,
    )  # fmt: skip


def _removed_but_unsafe(field: str) -> Rule:
    return Rule(
        code="MO08", title="风险已消除而保障没有落实", severity=Severity.ERROR, effect=Effect.NONE, reads=(field, "risk_removed"),
        at=(field, "risk_removed"), test=partial(removed_and_unsafe, name=field), enabled=False,
        says="第{row}行“{label}”填的是“{value}”，而风险填的是已消除", suggests="请核对；没有落实的不能消除风险",
        basis="DOMAIN MO08", subject=Subject.HOUSEHOLD,
    )  # fmt: skip


def _removed_but_unsaid(field: str) -> Rule:
    return Rule(
        code="MO08b", title="风险已消除而情况没有填", severity=Severity.ERROR, effect=Effect.NONE, reads=(field, "risk_removed"), blanks=(field,),
        at=(field, "risk_removed"), test=partial(removed_and_unsaid, name=field), enabled=False,
        says="第{row}行风险填的是已消除，而“{label}”没有填", suggests="请补填消除以后的情况", basis="DOMAIN MO08", subject=Subject.HOUSEHOLD,
    )  # fmt: skip


@rule(
    "EC04", "收入低于监测线而没有监测", severity=Severity.WARNING,
    reads=("income_per_capita", "recipient_category", "status", "income_per_capita__approx"),
    optional=("recipient_category", "status", "income_per_capita__approx"), at=("income_per_capita", "recipient_category"),
    limits={"yuan": 4000}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，低于{yuan}元，而没有列为监测对象", suggests="请核对收入；确实低于监测线的按程序纳入监测",
    basis="DOMAIN EC04（监测线每年不同，请在本县设置里改）", subject=Subject.ECONOMY,
)  # fmt: skip
def poor_and_not_monitored(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Below the year's line, and not monitored. Rough sums and sums in another unit are not asked."""
    income = rows["income_per_capita"]
    low = (income < given.limits(poor_and_not_monitored)["yuan"]) & ((income >= _TEN_THOUSANDS) | (income <= 0))
    here = ~rows["income_per_capita__approx"].eq(True) & ~rows["status"].isin(GONE)
    return low & ~_monitored(rows) & here


@rule(
    "EC05", "新识别的监测对象收入偏高", severity=Severity.WARNING, reads=("income_per_capita", "recipient_category", "identified_on"),
    at=("income_per_capita", "identified_on"), limits={"yuan": 20_000, "months": 12}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，超过{yuan}元，而这一户近{months}个月内才列为监测对象", suggests="请核对收入和识别情况",
    basis="DOMAIN EC05", subject=Subject.ECONOMY,
)  # fmt: skip
def well_off_and_newly_monitored(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Identified lately as monitored, with an income that needs no monitoring."""
    limits = given.limits(well_off_and_newly_monitored)
    since = pd.Timestamp(given.as_of) - pd.DateOffset(months=int(limits["months"]))
    return (rows["income_per_capita"] > limits["yuan"]) & _monitored(rows) & (rows["identified_on"] > since)


@rule(
    "MO01", "监测对象没有填风险", severity=Severity.ERROR, reads=("cause", "recipient_category", "other_cause"), blanks=("cause",),
    optional=("other_cause",), at=("cause", "recipient_category"), enabled=False,
    says="第{row}行“{label}”没有填，而对象类别填的是“{recipient_category}”", suggests="请补填致贫返贫的风险", basis="DOMAIN MO01",
    subject=Subject.HOUSEHOLD,
)  # fmt: skip
def monitored_for_no_risk(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Monitored, and no risk is stated."""
    return _monitored(rows) & rows["cause"].isna() & rows["other_cause"].isna()


@rule(
    "MO01b", "风险填其他而没有说明", severity=Severity.ERROR, reads=("cause", "remark"), blanks=("remark",), at=("cause", "remark"),
    enabled=False, says="第{row}行“{label}”填的是“{value}”，备注里没有说明是什么", suggests="请在备注里写明是什么原因", basis="DOMAIN MO01",
    subject=Subject.HOUSEHOLD,
)  # fmt: skip
def another_risk_unexplained(rows: pd.DataFrame, given: Given) -> pd.Series:
    """其他, and no remark says what."""
    return rows["cause"].str.contains(r"(?:^|、)其他(?:、|$)") & rows["remark"].isna()


@rule(
    "MO01c", "同一风险填了两次", severity=Severity.ERROR, reads=("other_cause", "cause"), at=("other_cause", "cause"), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，与主要原因“{cause}”重复", suggests="同一原因只填一次", basis="DOMAIN MO01",
    subject=Subject.HOUSEHOLD,
)  # fmt: skip
def one_risk_twice(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A minor risk that is the main one too."""
    pairs = zip(rows["cause"].fillna(""), rows["other_cause"].fillna(""), strict=True)
    shared = [bool({*main.split("、")} & {*minor.split("、")} - {""}) for main, minor in pairs]
    return pd.Series(shared, index=rows.index)


@rule(
    "MO06", "风险消除过快", severity=Severity.WARNING, reads=_ENDED, optional=("removed_on__precision",), at=("removed_on", "identified_on"),
    limits={"months": 6}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，距识别时间{identified_on}不满{months}个月", suggests="请核对识别和消除的时间",
    basis="DOMAIN MO06", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def removed_too_soon(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Removed within some months of identification. A removal before it is told as such."""
    months = pd.DateOffset(months=int(given.limits(removed_too_soon)["months"]))
    ended = last_day(rows["removed_on"], rows["removed_on__precision"])
    return (ended < rows["identified_on"] + months) & ~(ended < rows["identified_on"])


@rule(
    "MO06b", "消除时间在本月或以后", severity=Severity.WARNING, reads=("removed_on",), at=("removed_on",), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，在报表截止日的当月或以后", suggests="请核对消除时间", basis="DOMAIN MO06", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def removed_just_now(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Removed in the month of the report, or after it."""
    return rows["removed_on"] >= pd.Timestamp(given.as_of).replace(day=1)


@rule(
    "MO07", "风险消除早于识别", severity=Severity.ERROR, effect=Effect.FIELD, reads=_ENDED, optional=("removed_on__precision",),
    at=("removed_on", "identified_on"), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，早于识别时间{identified_on}", suggests="请核对识别和消除的时间", basis="DOMAIN MO07",
    subject=Subject.HOUSEHOLD,
)  # fmt: skip
def removed_before_identified(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The last day that the removal may mean lies before the identification."""
    return last_day(rows["removed_on"], rows["removed_on__precision"]) < rows["identified_on"]


@rule(
    "MO10", "因病而没有自付的医疗费", severity=Severity.WARNING, reads=("medical_own_cost", "cause"), at=("medical_own_cost", "cause"), enabled=False,
    says="第{row}行“{label}”填的是“{value}”，而原因里有因病", suggests="请核对医疗费用和原因", basis="DOMAIN MO10", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def ill_at_no_cost(rows: pd.DataFrame, given: Given) -> pd.Series:
    """At risk through illness that costs nothing."""
    return rows["cause"].str.contains("因病") & (rows["medical_own_cost"] == 0)


RULES: tuple[Rule, ...] = (
    unable_and_not_kept,
    *(_not_safe(name) for name in _UNSAFE),
    poor_and_not_monitored,
    well_off_and_newly_monitored,
    monitored_for_no_risk,
    another_risk_unexplained,
    one_risk_twice,
    removed_too_soon,
    removed_just_now,
    removed_before_identified,
    *(_removed_but_unsafe(name) for name in _UNSAFE),
    *(_removed_but_unsaid(name) for name in (*_UNSAFE, "income_per_capita")),
    ill_at_no_cost,
)
