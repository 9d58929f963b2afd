"""督查: one row a thing looked at, or found wanting, at an inspection."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.kinds import CODE, DATE, ORGANISATION, PERSONS, TEXT, YES_NO
from bangfu_excel.core.message import Subject
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.table import Field, Privacy, Retention, Table
from bangfu_excel.domain import aliases, parties
from bangfu_excel.domain.logged import dated, in_order

FIELDS = (
    Field(
        "inspected_on", "督查时间", DATE, expected=True,
        aliases=("督查日期", "检查时间", "检查日期", "暗访时间", "明察时间", "抽查时间", "抽查日期", "督导时间", "考核时间"),
        weak=("时间", "日期"), help="填写督查当天的日期。", example="2024-05-16", width=14,
    ),
    Field(
        "mode", "督查方式", CODE, codelist="inspection_mode", aliases=("检查方式", "督查形式", "督导方式", "检查形式"), weak=("方式", "形式"),
        help="从下拉框里选督查、明察、暗访等。", example="明察", width=10,
    ),
    Field(
        "inspected_unit", "被督查单位", ORGANISATION, expected=True, facet="helper",
        aliases=("被检查单位", "受检单位", "责任单位", "被查单位", "帮扶单位", "整改单位", "问题单位", "受查单位", "被督查学校", "被检查学校", "受检学校", "受检查学校", "被查学校", "受检查单位", "学校", "学校名称"), weak=("单位",),
        help="填写被督查的单位、学校或乡镇。", example="云岭县农业农村局", width=20,
    ),
    *parties.household_looked_at(),
    Field(
        "helper_name", "帮扶责任人", PERSONS, facet="helper",
        aliases=(
            "帮扶责任人姓名", "帮扶人", "帮扶人姓名", "帮扶干部", "帮扶干部姓名", "结对干部", "结对帮扶人", "帮扶教师", "爱心妈妈", "党员干部",
            "被督查人", "被检查人", "受检人",
        ),
        help="督查到某个帮扶人的填写他的姓名，几个人的用顿号隔开。", example="李明", width=12,
    ),
    Field(
        "inspector", "督查人", PERSONS, aliases=("督查人员", "检查人", "检查人员", "督查组成员", "检查组成员", "督导人员", "督查组"),
        help="填写督查人员的姓名，几个人的用顿号隔开。", example="王海波、赵文静", width=16,
    ),
    Field(
        "finding", "发现的问题", TEXT, expected=True, privacy=Privacy.HIDDEN,
        aliases=("存在问题", "存在的问题", "问题", "问题描述", "督查情况", "发现问题", "检查情况", "督查发现问题", "主要问题"),
        help="填写发现的问题，没有问题的填无。", example="帮扶手册有两处没有签字", width=28,
    ),
    Field(
        "deadline", "整改期限", DATE, aliases=("整改时限", "整改完成时限", "限期", "整改截止时间", "完成时限", "要求整改时间"),
        help="填写要求整改到位的日期。", example="2024-05-31", width=14,
    ),
    Field(
        "measures", "整改措施", TEXT, privacy=Privacy.HIDDEN, aliases=("处理意见", "整改要求", "督查意见", "整改意见"), weak=("整改情况",), help="填写怎样整改。",
        example="补签手册并逐户核对", width=24,
    ),
    Field(
        "rectified", "是否整改到位", YES_NO, aliases=("是否整改", "是否完成整改", "整改到位", "是否销号", "整改完成情况"),
        help="整改到位的填是，没有到位的填否。", example="是", width=10,
    ),
    Field(
        "rectified_on", "整改完成时间", DATE, aliases=("整改时间", "整改日期", "整改完成日期", "销号时间", "整改到位时间"),
        help="填写整改到位的日期，没有到位的留空。", example="2024-05-28", width=14,
    ),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="已复查", width=20),
)  # fmt: skip


@rule(
    "PV18", "整改期限已过未整改", severity=Severity.WARNING, reads=("deadline", "rectified", "rectified_on"),
    optional=("rectified", "rectified_on"), at=("deadline",),
    says="第{row}行的问题应在{value}以前整改，到截止日期还没有整改到位", suggests="请督促整改；已经整改的补填完成时间",
    basis="DOMAIN PV18；督促整改", subject=Subject.WORK,
)  # fmt: skip
def rectification_is_overdue(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Past the deadline at the report's date, and nothing says that it has been put right."""
    done = rows["rectified_on"].notna() | rows["rectified"].eq(True).fillna(False)
    return (rows["deadline"] < pd.Timestamp(given.as_of)) & ~done


@rule(
    "PV18b", "发现问题没有整改期限", severity=Severity.WARNING, reads=("deadline", "finding", "rectified_on"), blanks=("deadline",),
    optional=("rectified_on",), at=("deadline",), repeats=1,
    says="第{row}行发现了问题，“{label}”没有填", suggests="请补填要求整改到位的日期", basis="DOMAIN PV18", subject=Subject.WORK,
)  # fmt: skip
def finding_without_a_deadline(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Something is wrong, and nobody said until when it is to be put right."""
    nothing = rows["finding"].str.fullmatch(r"(?:没有|未发现|暂?无|未见)(?:发现)?(?:问题|异常)?[。]?").eq(True)
    return rows["deadline"].isna() & rows["rectified_on"].isna() & ~nothing


@rule(
    "PV18c", "整改到位但没有时间", severity=Severity.WARNING, reads=("rectified", "rectified_on"), blanks=("rectified_on",),
    at=("rectified", "rectified_on"), repeats=1,
    says="第{row}行“{label}”填的是“{value}”，没有填整改完成时间", suggests="请补填整改到位的日期", basis="DOMAIN PV18", subject=Subject.WORK,
)  # fmt: skip
def rectified_at_an_unknown_time(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Put right, but not when."""
    return rows["rectified"].eq(True).fillna(False) & rows["rectified_on"].isna()


INSPECTION = Table(
    "inspection",
    "督查",
    FIELDS,
    noun="督查",
    counted=("次",),
    told_by=("inspected_on", "inspected_unit"),
    titles=("督查", "明察暗访", "检查记录", "检查台账"),
    shown_by=("mode", "inspector", "finding", "deadline", "measures", "rectified", "rectified_on"),
    keys=(
        ("inspected_unit", "household_id", "inspected_on", "finding"), ("inspected_unit", "village", "inspected_on", "finding"),
        ("inspected_unit", "inspected_on", "finding"), ("inspected_unit", "household_id", "inspected_on"),
        ("inspected_unit", "inspected_on"), ("village", "inspected_on", "finding"), ("household_id", "inspected_on"),
        ("village", "inspected_on"),
    ),
    needs=(("inspected_on",), ("inspected_unit", "village", "household_id", "head_name")),
    retention=Retention.REGISTER,
    dated_by="inspected_on",
    refers=Reference(),
    helper="helper_name",
    facets={"recipient": parties.RECIPIENT_HEADINGS, "helper": ("被督查单位", "受检单位", "责任单位")},
    rules=(
        *dated("inspected_on"),
        rectification_is_overdue,
        finding_without_a_deadline,
        rectified_at_an_unknown_time,
        in_order("PV18d", "整改完成早于督查", later="rectified_on", earlier="inspected_on", said="督查时间"),
    ),
    help="督查一个单位或一户占一行，发现几个问题的分行填写。",
)  # fmt: skip
