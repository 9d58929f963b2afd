"""Row rules of 民情问题: who sees to it, until when, how it stands, and whether what is beyond one person is handed on."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule
from bangfu_excel.core.spans import last_day
from bangfu_excel.domain.logged import dated, in_order
from bangfu_excel.domain.programme import outside_programme

CLOSED = "已办结"
ESCALATED = "已上报"
BEYOND = "无法解决"
PERSONALLY = "个人"


def _open(rows: pd.DataFrame) -> pd.Series:
    """Nothing says that the problem is closed."""
    return rows["closed_on"].isna() & rows["status"].ne(CLOSED).fillna(True)


def _past_deadline(rows: pd.DataFrame, given: Given) -> pd.Series:
    """No day that the deadline may mean is still to come, at the report's date."""
    return last_day(rows["deadline"], rows["deadline__precision"]) < pd.Timestamp(given.as_of)


@rule(
    "PV18", "办结期限已过未办结", severity=Severity.WARNING, reads=("deadline", "deadline__precision", "status", "closed_on"),
    optional=("deadline__precision", "status", "closed_on"), at=("deadline",),
    says="第{row}行的问题应在{value}以前办结，到截止日期还没有办结", suggests="请督促办理；已经办结的补填办结时间",
    basis="DOMAIN PV18；民情台账", subject=Subject.WORK,
)  # fmt: skip
def problem_is_overdue(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Past the deadline at the report's date, and neither closed nor handed on."""
    handed_on = rows["status"].eq(ESCALATED).fillna(False)
    return _past_deadline(rows, given) & _open(rows) & ~handed_on


@rule(
    "PV18b", "问题没有办结期限", severity=Severity.WARNING, reads=("deadline", "status", "closed_on"), blanks=("deadline",),
    optional=("status", "closed_on"), at=("deadline",), repeats=1,
    says="第{row}行“{label}”没有填", suggests="请补填应在哪一天以前办结", basis="DOMAIN PV18；民情台账", subject=Subject.WORK,
)  # fmt: skip
def problem_without_a_deadline(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Open, and nobody said until when."""
    return rows["deadline"].isna() & _open(rows)


@rule(
    "PV18c", "办结但没有时间", severity=Severity.WARNING, reads=("status", "closed_on"), blanks=("closed_on",),
    at=("status", "closed_on"), repeats=1,
    says="第{row}行“{label}”填的是“{value}”，没有填办结时间", suggests="请补填办结的日期", basis="DOMAIN PV18；民情台账", subject=Subject.WORK,
)  # fmt: skip
def closed_at_an_unknown_time(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Closed, but not when."""
    return (rows["status"] == CLOSED) & rows["closed_on"].isna()


@rule(
    "PV18e", "问题没有责任人", severity=Severity.WARNING, reads=("owner", "owner_unit"), blanks=("owner",), optional=("owner_unit",),
    at=("owner",), repeats=1,
    says="第{row}行“{label}”没有填", suggests="请补填由谁负责办理", basis="DOMAIN PV18；民情台账", subject=Subject.WORK,
)  # fmt: skip
def problem_without_an_owner(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Neither a person nor a unit is to see to it."""
    return rows["owner"].isna() & rows["owner_unit"].isna()


@rule(
    "PV18f", "问题没有办结状态", severity=Severity.WARNING, reads=("status", "closed_on"), blanks=("status",), optional=("closed_on",),
    at=("status",), repeats=1,
    says="第{row}行“{label}”没有填", suggests="请选未启动、办理中、已办结、已上报、无法解决", basis="DOMAIN PV18；民情台账", subject=Subject.WORK,
)  # fmt: skip
def problem_without_a_status(rows: pd.DataFrame, given: Given) -> pd.Series:
    """How it stands is not said, and no date of its end says it either."""
    return rows["status"].isna() & rows["closed_on"].isna()


@rule(
    "PV18g", "没有办结却有办结时间", severity=Severity.WARNING, reads=("status", "closed_on"), at=("status", "closed_on"),
    says="第{row}行“{label}”填的是“{value}”，办结时间却填了{closed_on}", suggests="请核对：已经办结的改为已办结，没有办结的不填办结时间",
    basis="DOMAIN PV18", subject=Subject.WORK,
)  # fmt: skip
def open_with_a_closing_date(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The status says that it is still open, the date that it was closed."""
    return rows["status"].isin(["未启动", "办理中", BEYOND])


@rule(
    "PV19", "个人解决不了的没有上报", severity=Severity.WARNING,
    reads=("escalated_to", "escalated_on", "solved_by", "status", "deadline", "deadline__precision", "closed_on"),
    blanks=("escalated_to",), optional=("escalated_on", "solved_by", "status", "deadline", "deadline__precision", "closed_on"),
    at=("escalated_to",),
    says="第{row}行的问题个人没有解决，“{label}”没有填", suggests="请报支部统筹解决，并填写报给了谁、哪一天报的",
    basis="DOMAIN PV19；党员干部一对一结对方案", subject=Subject.WORK,
)  # fmt: skip
def unsolved_and_not_escalated(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Beyond the one who took it on, or past the deadline that he had, and handed on to nobody."""
    personal = rows["solved_by"].eq(PERSONALLY).fillna(False)
    beyond = rows["status"].eq(BEYOND).fillna(False)
    failed = beyond | (personal & _past_deadline(rows, given))
    kept = rows["escalated_to"].isna() & rows["escalated_on"].isna() & rows["status"].ne(ESCALATED).fillna(True)
    return failed & _open(rows) & kept


@rule(
    "PV19b", "已上报但没有写报给谁", severity=Severity.WARNING, reads=("status", "escalated_to"), blanks=("escalated_to",),
    at=("status", "escalated_to"), repeats=1,
    says="第{row}行“{label}”填的是“{value}”，没有写报给了谁", suggests="请补填报给了哪个支部或单位",
    basis="DOMAIN PV19；党员干部一对一结对方案", subject=Subject.WORK,
)  # fmt: skip
def escalated_to_nobody(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Handed on, but to whom is not said."""
    return (rows["status"] == ESCALATED) & rows["escalated_to"].isna()


RULES: tuple[Rule, ...] = (
    outside_programme("发现时间不在实施期内", "found_on"),
    *dated("found_on"),
    problem_is_overdue,
    problem_without_a_deadline,
    closed_at_an_unknown_time,
    in_order("PV18d", "办结早于发现", later="closed_on", earlier="found_on", said="发现时间"),
    problem_without_an_owner,
    problem_without_a_status,
    open_with_a_closing_date,
    unsolved_and_not_escalated,
    escalated_to_nobody,
    in_order("PV18h", "上报早于发现", later="escalated_on", earlier="found_on", said="发现时间"),
    in_order("PV18h", "回访早于办结", later="revisit_on", earlier="closed_on", said="办结时间"),
)
"""Row rules, in the order in which they are printed."""
