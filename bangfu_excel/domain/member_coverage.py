"""What a member is covered by, and what contradicts it: insurance, minimum living allowance, support of the destitute."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule
from bangfu_excel.domain.ages import AGED_BY, between, fewest_years
from bangfu_excel.domain.identity import GONE

_AT_SCHOOL_NO = ("非在校生", "学龄前儿童")
_AT_HOME = r"在家|务农|本村|本乡|本镇"


def _yes(column: pd.Series) -> pd.Series:
    return column.eq(True).fillna(False).astype(bool)


def _no(column: pd.Series) -> pd.Series:
    return column.eq(False).fillna(False).astype(bool)


def _pupil(rows: pd.DataFrame) -> pd.Series:
    return rows["school_status"].notna() & ~rows["school_status"].isin(_AT_SCHOOL_NO)


@rule(
    "PC01", "两种医疗保险都填了参加", severity=Severity.WARNING, reads=("resident_medical", "employee_medical"),
    at=("resident_medical", "employee_medical"),
    says="第{row}行“{label}”填的是“{value}”，同一人又填了参加城镇职工基本医疗保险", suggests="两种只能参加一种，请对照参保记录核对",
    basis="DOMAIN PC01", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def insured_twice(rows: pd.DataFrame, given: Given) -> pd.Series:
    """In both basic medical insurances."""
    return _yes(rows["resident_medical"]) & _yes(rows["employee_medical"])


@rule(
    "PC01b", "两种医疗保险都没有填参加", severity=Severity.WARNING, reads=("resident_medical", "employee_medical", "status"),
    blanks=("resident_medical", "employee_medical"), optional=("status",), at=("resident_medical", "employee_medical"),
    says="第{row}行“{label}”和城镇职工基本医疗保险，都没有填参加", suggests="请对照参保记录补填；确实没有参保的请动员参保",
    basis="DOMAIN PC01", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def insured_nowhere(rows: pd.DataFrame, given: Given) -> pd.Series:
    """In neither basic medical insurance, where both are asked."""
    insured = _yes(rows["resident_medical"]) | _yes(rows["employee_medical"])
    return ~insured & ~rows["status"].isin(GONE)


@rule(
    "PC02", "两种养老保险都没有填", severity=Severity.WARNING,
    reads=("resident_pension", "employee_pension", *AGED_BY, "school_status", "status"),
    blanks=("resident_pension", "employee_pension"), optional=(*AGED_BY, "school_status", "status"),
    at=("resident_pension", "employee_pension"), limits={"youngest": 16},
    says="第{row}行“{label}”和城镇职工基本养老保险都没有填，这个人已满{youngest}周岁，也不在校", suggests="请对照参保记录填是或否",
    basis="DOMAIN PC02", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def pension_is_unsaid(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Nothing is said of either pension insurance of somebody who is of age to be in one."""
    unsaid = rows["resident_pension"].isna() & rows["employee_pension"].isna()
    grown = fewest_years(rows, given) >= given.limits(pension_is_unsaid)["youngest"]
    return unsaid & grown.fillna(False).astype(bool) & ~_pupil(rows) & ~rows["status"].isin(GONE)


@rule(
    "PC03", "没有医疗保险而享受医疗救助", severity=Severity.WARNING, reads=("medical_relief", "resident_medical", "employee_medical"),
    optional=("employee_medical",), at=("medical_relief", "resident_medical"),
    says="第{row}行“{label}”填的是“{value}”，而没有参加医疗保险", suggests="请核对参保情况和医疗救助",
    basis="DOMAIN PC03", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def relieved_without_insurance(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Medical relief for somebody who says that he is in no basic medical insurance."""
    return _yes(rows["medical_relief"]) & _no(rows["resident_medical"]) & ~_yes(rows["employee_medical"])


@rule(
    "PC04", "享受低保而没有低保金", severity=Severity.WARNING, reads=("dibao_amount", "dibao", "status"), blanks=("dibao_amount",),
    optional=("status",), at=("dibao_amount", "dibao"),
    says="第{row}行填的是享受低保，而“{label}”没有填或是0", suggests="请补填领取的金额；按户发放、填在户主一行的不用改",
    basis="DOMAIN PC04", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def dibao_without_amount(rows: pd.DataFrame, given: Given) -> pd.Series:
    """On minimum living allowance, and no sum of it."""
    none = ~(rows["dibao_amount"] > 0).fillna(False).astype(bool)
    return _yes(rows["dibao"]) & none & ~rows["status"].isin(GONE)


@rule(
    "PC06", "特困供养人员健康且在劳动年龄", severity=Severity.WARNING, reads=("tekun", "health", *AGED_BY, "school_status"),
    optional=(*AGED_BY, "school_status"), at=("tekun", "health"), limits={"youngest": 18, "oldest": 59},
    says="第{row}行“{label}”填的是“{value}”，而这个人{youngest}至{oldest}周岁，健康，不在校", suggests="请核对特困供养的审批情况和健康状况",
    basis="DOMAIN PC06", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def destitute_but_fit(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Supported as destitute, of working age, healthy and not at school."""
    limits = given.limits(destitute_but_fit)
    of_age = between(rows, given, limits["youngest"], limits["oldest"]).fillna(False).astype(bool)
    return _yes(rows["tekun"]) & (rows["health"] == "健康") & of_age & ~_pupil(rows)


@rule(
    "PC07", "特困供养人员在外务工", severity=Severity.WARNING, reads=("tekun", "work_place"), at=("tekun", "work_place"),
    says="第{row}行“{label}”填的是“{value}”，而务工地点填的是“{work_place}”", suggests="请核对是否在外务工、是否仍符合特困供养",
    basis="DOMAIN PC07", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def destitute_but_working(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Supported as destitute, and working away from home."""
    return _yes(rows["tekun"]) & ~rows["work_place"].str.contains(_AT_HOME)


@rule(
    "PC10", "没有落实的基本保障", severity=Severity.WARNING, reads=("serious_insurance", "status"), optional=("status",),
    at=("serious_insurance",), enabled=False,
    says="第{row}行“{label}”填的是“{value}”", suggests="请核对；确实没有落实的请尽快落实", basis="DOMAIN PC10", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def without_insurance_of_serious_illness(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A member who is there and not insured against serious illness."""
    return _no(rows["serious_insurance"]) & ~rows["status"].isin(GONE)


@rule(
    "PC11", "已死亡的人仍填着享受待遇", severity=Severity.WARNING, reads=("status", "dibao", "tekun", "dibao_amount"),
    optional=("dibao", "tekun", "dibao_amount"), at=("status",),
    says="第{row}行“{label}”填的是“{value}”，而同一行仍填着享受低保或特困供养", suggests="请核对；已去世的请停发，并把这几栏改为否",
    basis="DOMAIN PC11", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def paid_to_the_dead(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Dead, and still said to be on minimum living allowance or supported as destitute."""
    paid = (rows["dibao_amount"] > 0).fillna(False).astype(bool)
    return (rows["status"] == "死亡") & (_yes(rows["dibao"]) | _yes(rows["tekun"]) | paid)


RULES: tuple[Rule, ...] = (
    insured_twice,
    insured_nowhere,
    pension_is_unsaid,
    relieved_without_insurance,
    dibao_without_amount,
    destitute_but_fit,
    destitute_but_working,
    without_insurance_of_serious_illness,
    paid_to_the_dead,
)
