"""项目: one row a project in a village, planned and actual."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.kinds import CODE, DATE, MONEY, ORGANISATION, PERSON, PLACE, RATE, TEXT
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.spans import last_day
from bangfu_excel.core.table import Field, Table
from bangfu_excel.domain import aliases
from bangfu_excel.domain.logged import in_order

FIELDS = (
    Field(
        "township", "乡镇", PLACE, aliases=aliases.TOWNSHIP, help="填写项目所在的乡、镇或街道。", example="青石镇", width=10,
    ),
    Field(
        "village", "村", PLACE, expected=True, names=("township", "village"), aliases=(*aliases.VILLAGE, "实施村", "项目村", "帮扶村", "实施地点", "建设地点"),
        help="填写项目所在的行政村或社区。", example="柳溪村", width=10,
    ),
    Field(
        "title", "项目名称", TEXT, expected=True, aliases=("工程名称", "项目", "工程项目", "建设项目", "项目内容名称"), help="填写项目的全称。",
        example="三组道路硬化", width=24,
    ),
    Field(
        "kind", "项目种类", CODE, codelist="project_kind", aliases=("项目类型", "项目类别", "建设类型"), weak=("种类", "类型", "类别"),
        help="从下拉框里选，例如一事一议、产业。", example="一事一议", width=10,
    ),
    Field(
        "content", "建设内容", TEXT, aliases=("项目内容", "建设规模", "主要建设内容", "建设内容及规模", "工程内容"), help="填写做什么、多大规模。",
        example="硬化道路1.5公里", width=24,
    ),
    Field(
        "planned_start", "计划开工时间", DATE, until="planned_finish",
        aliases=("计划起止时间", "计划建设时间", "建设起止时间", "起止时间", "起止日期", "计划工期", "计划开工日期", "计划开始时间", "计划开工", "拟开工时间"), help="填写计划开工的日期。", example="2024-03-01", width=14,
    ),
    Field(
        "planned_finish", "计划竣工时间", DATE, expected=True,
        aliases=("计划竣工日期", "计划完工时间", "计划竣工", "计划完工", "拟竣工时间", "计划完成时间", "计划完工日期", "预计竣工时间", "预计完工时间", "完成时限", "建设期限"),
        help="填写计划完工的日期。", example="2024-09-30", width=14,
    ),
    Field(
        "actual_start", "实际开工时间", DATE, until="actual_finish", aliases=("实际起止时间", "实际工期", "实际建设时间", "施工起止时间", "开工时间", "开工日期", "实际开工", "实际开工日期"), help="填写实际开工的日期，没有开工的留空。",
        example="2024-03-10", width=14,
    ),
    Field(
        "actual_finish", "实际竣工时间", DATE, expected=True,
        aliases=("竣工时间", "竣工日期", "实际竣工", "实际完工", "实际竣工日期", "完工时间", "实际完工时间", "完工日期", "实际完成时间", "完成时间"),
        help="填写实际完工的日期，没有完工的留空。", example="2024-09-20", width=14,
    ),
    Field(
        "budget", "总预算", MONEY, unit="元", high=10_000_000_000,
        aliases=("投资总额", "项目资金", "预算", "总投资", "计划投资", "预算资金", "概算", "项目总投资", "投资"),
        help="填写项目的总预算，单位是元。", example="300000", width=12,
    ),
    Field(
        "paid", "已支付", MONEY, unit="元", high=10_000_000_000, aliases=("已支付资金", "已付资金", "支付金额", "已拨付资金", "已拨资金", "完成投资"),
        help="填写已经支付的资金，单位是元，没有的填0。", example="280000", width=12,
    ),
    Field(
        "progress", "工程进度", RATE, low=0, high=1, aliases=("进度", "完成进度", "进度比例", "形象进度", "完成比例"),
        help="填写完成了多少，例如80%。", example="1", width=10,
    ),
    Field(
        "status", "项目状态", CODE, codelist="project_status", aliases=("验收状态", "建设状态", "状态", "验收情况", "建设情况"),
        help="从下拉框里选未开工、在建、已完工、已验收、停工。", example="已验收", width=10,
    ),
    Field(
        "helper_unit", "帮扶单位", ORGANISATION, facet="helper", aliases=("实施单位", "主管单位", "责任单位", "帮建单位", "牵头单位"),
        help="填写帮助建这个项目的单位。", example="云岭县农业农村局", width=20,
    ),
    Field(
        "contractor", "施工单位", ORGANISATION, aliases=("承建单位", "承包单位", "施工方"), help="填写施工单位的名称。", example="云岭县路桥公司", width=18,
    ),
    Field(
        "partners", "合作方", TEXT, aliases=("合作单位", "参与方", "参与单位", "合作社", "合作方式", "产业链"), help="填写一起做的单位、合作社、大户，几方的用顿号隔开。",
        example="村党支部、柳溪种养合作社", width=20,
    ),
    Field(
        "sources", "资金来源", TEXT, aliases=("资金构成", "资金渠道", "资金来源构成"), help="填写钱从哪里来，几项的用顿号隔开。", example="财政奖补、村民筹资", width=18,
    ),
    Field(
        "person_in_charge", "项目负责人", PERSON, aliases=("负责人", "责任人", "项目责任人"), help="填写负责项目的人。", example="李明", width=10,
    ),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="村民投工投劳", width=20),
)  # fmt: skip


@rule(
    "PV25", "项目过期未竣工", severity=Severity.WARNING,
    reads=("planned_finish", "planned_finish__precision", "actual_finish", "status"),
    optional=("planned_finish__precision", "actual_finish", "status"), at=("planned_finish",),
    says="第{row}行的项目计划{value}竣工，已经过期，还没有竣工时间", suggests="请核实进度；已竣工的补填竣工时间，没有竣工的写明原因",
    basis="DOMAIN PV25；一事一议项目按期竣工", subject=Subject.WORK,
)  # fmt: skip
def project_is_overdue(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The last day that it was planned for has passed, and nothing says that it is finished."""
    planned = last_day(rows["planned_finish"], rows["planned_finish__precision"])
    finished = rows["actual_finish"].notna() | rows["status"].isin(["已完工", "已验收"])
    return (planned < pd.Timestamp(given.as_of)) & ~finished


@rule(
    "PJ01", "支付多于预算", severity=Severity.WARNING, reads=("paid", "budget"), at=("paid", "budget"),
    says="第{row}行“{label}”填的是“{value}”，多于总预算{budget}元", suggests="请核对金额和单位，这两栏都以元为单位",
    basis="DOMAIN EC03；村级工程项目台账", subject=Subject.WORK,
)  # fmt: skip
def more_paid_than_planned(rows: pd.DataFrame, given: Given) -> pd.Series:
    """More money went out than was planned."""
    return rows["paid"] > rows["budget"]


@rule(
    "PJ02", "已完工但没有竣工时间", severity=Severity.WARNING, reads=("status", "actual_finish"), blanks=("actual_finish",),
    at=("status", "actual_finish"), repeats=1,
    says="第{row}行“{label}”填的是“{value}”，没有填竣工时间", suggests="请补填实际竣工的日期", basis="DOMAIN PV25", subject=Subject.WORK,
)  # fmt: skip
def finished_at_an_unknown_time(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Finished, but not when."""
    return rows["status"].isin(["已完工", "已验收"]) & rows["actual_finish"].isna()


PROJECT = Table(
    "project",
    "项目",
    FIELDS,
    noun="项目",
    counted=("个",),
    told_by=("title",),
    titles=("项目",),
    shown_by=("content", "planned_start", "planned_finish", "actual_start", "actual_finish", "budget", "paid", "progress", "contractor"),
    keys=(("township", "village", "title"), ("village", "title"), ("title",)),
    needs=(("title",),),
    facets={"": ("项目", "项目情况", "项目信息", "工程", "资金情况", "建设情况", "进度情况"), "helper": ("帮扶单位", "帮扶方")},
    rules=(
        project_is_overdue,
        finished_at_an_unknown_time,
        more_paid_than_planned,
        in_order("PJ03", "竣工早于开工", later="actual_finish", earlier="actual_start", said="开工时间"),
        in_order("PJ03", "竣工早于开工", later="planned_finish", earlier="planned_start", said="计划开工时间"),
    ),
    help="每个项目一行。",
)  # fmt: skip
