"""Statistics of 帮扶对象户 and 家庭成员: causes, labour capacity, insurance."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bangfu_excel.core.rule import Given
from bangfu_excel.core.statistic import Shares, Statistic
from bangfu_excel.domain.ages import AGED_BY, most_years
from bangfu_excel.domain.identity import GONE
from bangfu_excel.domain.statistics.categories import only, yes_or_no

_STAYED = "迁出、死亡、注销的不算。"
_INSURED, _NOT_INSURED = "参加", "没有参加"
_PUPIL_NO = ("非在校生", "学龄前儿童")
_GROWN = 16


def _there(rows: pd.DataFrame) -> pd.Series:
    return ~rows["status"].isin(GONE)


def _stated(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    return only(_there(rows), rows[name].astype("str"))


def _insured(rows: pd.DataFrame, insurances: tuple[str, ...]) -> pd.Series:
    """Yes where one says yes, no where one says no and none yes, missing where nothing is said of any."""
    said = rows[list(insurances)].astype("boolean")
    yes = said.eq(True).fillna(False).any(axis=1)
    return yes.astype("boolean").mask(said.isna().all(axis=1))


def _medical(rows: pd.DataFrame, given: Given) -> pd.Series:
    insured = _insured(rows, ("resident_medical", "employee_medical"))
    return only(_there(rows), yes_or_no(insured, _INSURED, _NOT_INSURED))


def _pension(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Of those of an age to be insured: not those who are certainly younger, nor pupils."""
    young = (most_years(rows, given) < _GROWN).fillna(False).astype(bool)
    pupil = rows["school_status"].notna() & ~rows["school_status"].isin(_PUPIL_NO)
    insured = _insured(rows, ("resident_pension", "employee_pension"))
    return only(_there(rows) & ~young & ~pupil, yes_or_no(insured, _INSURED, _NOT_INSURED))


OF_HOUSEHOLDS: tuple[Statistic, ...] = (
    Shares(
        "poverty-cause", "致贫原因", ("status", "cause"),
        f"按户，{_STAYED}一户填了几项原因的，每项都算，各项比例之和可以超过100%。", "户",
        of=partial(_stated, name="cause"), codelist="poverty_cause",
    ),
    Shares(
        "labour-capacity", "户劳动能力", ("status", "labour_capacity"), f"按户，{_STAYED}", "户",
        of=partial(_stated, name="labour_capacity"), codelist="labour_capacity",
    ),
)  # fmt: skip
OF_MEMBERS: tuple[Statistic, ...] = (
    Shares(
        "medical-insurance", "参加医疗保险", ("status", "resident_medical", "employee_medical"),
        f"按家庭成员，{_STAYED}居民医保、职工医保参加一种就算参加；两种都没有填的算未填，不当作没有参加。", "人",
        of=_medical, categories=(_INSURED, _NOT_INSURED),
    ),
    Shares(
        "pension-insurance", "参加养老保险", ("status", "resident_pension", "employee_pension", *AGED_BY, "school_status"),
        f"按家庭成员，{_STAYED}不满{_GROWN}周岁的和在校生不算。居民养老、职工养老参加一种就算参加；两种都没有填的算未填。", "人",
        of=_pension, categories=(_INSURED, _NOT_INSURED),
    ),
)  # fmt: skip
