"""请假与免考核: one row a spell of a helper who was not to visit."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.kinds import CODE, DATE, ORGANISATION, PERSON, PHONE, TEXT
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.spans import last_day
from bangfu_excel.core.table import Field, Privacy, Table
from bangfu_excel.domain import aliases

FIELDS = (
    Field(
        "helper_name", "帮扶责任人", PERSON, expected=True, facet="helper",
        aliases=("请假人", "请假人姓名", "帮扶人", "帮扶人姓名", "帮扶责任人姓名", "帮扶干部", "帮扶干部姓名", "申请人", "干部姓名", "免考核人员"),
        weak=("姓名", "名字"), help="填写请假或免考核的帮扶责任人的姓名。", example="李明", width=12,
    ),
    Field(
        "helper_unit", "帮扶单位", ORGANISATION, facet="helper", expected=True,
        aliases=("帮扶单位名称", "帮扶人单位", "所在单位", "工作单位", "单位名称", "派出单位"), weak=("单位",),
        help="填写帮扶责任人所在单位的全称。", example="云岭县农业农村局", width=20,
    ),
    Field(
        "helper_phone", "帮扶人电话", PHONE, facet="helper", privacy=Privacy.PHONE,
        aliases=("帮扶人联系电话", "帮扶责任人电话", "帮扶责任人联系电话", "请假人电话"), weak=("联系电话", "电话", "手机号", "手机号码", "联系方式"),
        help="填写帮扶责任人的11位手机号。", example="13900020002", width=14,
    ),
    Field(
        "kind", "请假种类", CODE, codelist="leave_kind", aliases=("请假类型", "请假类别", "假别", "假种", "免考核类型"), weak=("种类", "类型", "类别"),
        help="从下拉框里选请假或免考核。", example="请假", width=10,
    ),
    Field(
        "started_on", "开始时间", DATE, expected=True,
        until="ended_on",
        aliases=("请假起止时间", "请假起止日期", "起止时间", "起止日期", "免考核起止时间", "免考核时间", "请假期限", "请假期间", "开始日期", "请假开始时间", "请假开始日期", "请假时间", "起始时间", "起始日期", "免考核开始时间", "请假起始时间"),
        help="填写请假的第一天；起止日期写在一格的（3月15日-17日）会分开。", example="2024-02-01", width=14,
    ),
    Field(
        "ended_on", "结束时间", DATE, expected=True,
        aliases=("结束日期", "请假结束时间", "请假结束日期", "截止时间", "截止日期", "终止时间", "免考核结束时间", "销假时间"),
        help="填写请假的最后一天，还没有销假的留空。", example="2024-02-10", width=14,
    ),
    Field(
        "reason", "请假原因", TEXT, privacy=Privacy.HIDDEN, aliases=("请假事由", "事由", "原因", "理由", "免考核原因", "请假理由"),
        help="填写请假或免考核的原因。", example="住院治疗", width=20,
    ),
    Field(
        "approved_by", "批准人", TEXT, aliases=("审批人", "批准单位", "审批单位", "批准领导", "审批领导", "批准人（单位）"),
        help="填写批准的人或单位，没有批准的不算请假。", example="云岭县帮扶办", width=14,
    ),
    Field(
        "approved_on", "批准时间", DATE, aliases=("批准日期", "审批时间", "审批日期"), help="填写批准的日期。", example="2024-01-31", width=14,
    ),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="由同事代为联系", width=20),
)  # fmt: skip


@rule(
    "LV01", "请假结束早于开始", severity=Severity.ERROR, effect=Effect.FIELD,
    reads=("ended_on", "started_on", "ended_on__precision"), optional=("ended_on__precision",),
    at=("ended_on", "started_on"),
    says="第{row}行“{label}”填的是“{value}”，早于开始时间{started_on}", suggests="请核对请假开始和结束的日期",
    basis="DOMAIN PV27；请假免考核须有起止时间", subject=Subject.WORK,
)  # fmt: skip
def leave_ends_before_it_starts(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The last day that the end may mean lies before the start."""
    return last_day(rows["ended_on"], rows["ended_on__precision"]) < rows["started_on"]


@rule(
    "LV02", "请假没有批准", severity=Severity.ERROR, effect=Effect.FIELD, reads=("approved_by",), blanks=("approved_by",),
    at=("approved_by",), repeats=1,
    says="第{row}行“{label}”没有填，没有批准的请假不免走访", suggests="请补填批准的人或单位",
    basis="本程序约定：请假、免考核须经批准", subject=Subject.WORK,
)  # fmt: skip
def nobody_approved_the_leave(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Nobody is named who approved."""
    return rows["approved_by"].isna()


@rule(
    "LV03", "请假时间过长", severity=Severity.WARNING, reads=("ended_on", "started_on"), at=("ended_on", "started_on"),
    limits={"days": 366},
    says="第{row}行从{started_on}请假到“{value}”，超过{days}天", suggests="请核对日期；长期离岗的请更换帮扶责任人",
    basis="本程序约定", subject=Subject.WORK,
)  # fmt: skip
def leave_is_very_long(rows: pd.DataFrame, given: Given) -> pd.Series:
    """More than a year away."""
    days = (rows["ended_on"] - rows["started_on"]).dt.days
    return days > given.limits(leave_is_very_long)["days"]


LEAVE = Table(
    "leave",
    "请假与免考核",
    FIELDS,
    noun="请假",
    counted=("次", "人次"),
    told_by=("helper_name", "started_on"),
    titles=("请假", "免考核"),
    shown_by=("kind", "reason", "approved_by", "approved_on"),
    keys=(
        ("helper_phone", "helper_name", "started_on"), ("helper_unit", "helper_name", "started_on"), ("helper_name", "started_on"),
    ),
    needs=(("helper_name",), ("started_on",)),
    helper="helper_name",
    facets={"helper": ("帮扶责任人", "帮扶人", "请假人", "帮扶干部")},
    rules=(leave_ends_before_it_starts, nobody_approved_the_leave, leave_is_very_long),
    help="一位帮扶责任人请一次假占一行，须经批准。",
)  # fmt: skip
