"""材料报送: one row a plan, agreement, report or summary that is due or filed."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.kinds import CODE, DATE, ORGANISATION, PERSON, PLACE, TEXT
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.spread import Spread
from bangfu_excel.core.table import Field, Privacy, Reporter, Table
from bangfu_excel.domain import aliases
from bangfu_excel.domain.logged import in_order

FIELDS = (
    Field(
        "unit", "报送单位", ORGANISATION, expected=True, reporter=Reporter.ANYBODY,
        aliases=("单位", "单位名称", "帮扶单位", "责任单位", "填报学校", "学校", "学校名称", "单位(学校)", "学校(单位)", "上报单位", "报送部门"),
        help="填写报送材料的单位、学校或乡镇。", example="云岭县农业农村局", width=20,
    ),
    Field("township", "乡镇", PLACE, aliases=aliases.TOWNSHIP, help="材料是关于哪个乡镇的，可以不填。", example="青石镇", width=10),
    Field(
        "village", "村", PLACE, names=("township", "village"), aliases=(*aliases.VILLAGE, "帮扶村", "结对村"),
        help="材料是关于哪个村的，可以不填。", example="柳溪村", width=10,
    ),
    Field(
        "kind", "材料种类", CODE, codelist="document_kind", expected=True, in_title=True, in_field="title",
        aliases=("材料类型", "材料类别", "文件种类"), weak=("种类", "类型", "类别"), spare=("材料名称", "资料名称", "报送材料", "材料"),
        help="从下拉框里选，例如工作方案、责任书、半年小结。", example="工作方案", width=14,
    ),
    Field(
        "title", "标题", TEXT, aliases=("材料标题", "文件名称", "文件标题", "题目", "名称", "材料名称", "资料名称", "报送材料", "材料"), help="填写材料的标题。",
        example="云岭县农业农村局结对帮扶工作方案", width=28,
    ),
    Field(
        "period_text", "所属时期", TEXT, aliases=("时期", "所属年度", "所属期", "年度", "时间段", "阶段"),
        help="填写材料属于哪个时期，例如2024年、2024年上半年。", example="2024年", width=12,
    ),
    Field(
        "student", "针对学生", PERSON, privacy=Privacy.NAME, aliases=("教育对象", "学生姓名", "针对儿童", "教育学生"),
        help="个别教育管理方案填写是为哪个孩子定的，其他材料留空。", example="张小雨", width=10,
    ),
    Field(
        "due_on", "应报时间", DATE, aliases=("应报日期", "报送期限", "截止时间", "截止日期", "要求报送时间", "完成时限"),
        help="填写要求报送的最后一天。", example="2024-01-31", width=14,
    ),
    Field(
        "filed_on", "报送时间", DATE, aliases=("报送日期", "上报时间", "上报日期", "备案时间", "备案日期", "提交时间", "实际报送时间", "交稿时间"),
        help="填写实际报送或备案的日期，没有报的留空。", example="2024-01-25", width=14,
    ),
    Field(
        "filed_with", "报送给", TEXT, aliases=("报送对象", "备案单位", "报送部门(去向)", "送交单位", "接收单位", "备案机关"),
        help="填写报给哪里或在哪里备案。", example="云岭县帮扶办", width=14,
    ),
    Field(
        "status", "材料状态", CODE, codelist="document_status", aliases=("报送状态", "报送情况", "状态", "完成情况", "备案情况", "是否报送"),
        help="从下拉框里选未报、已报、已备案、退回修改。", example="已备案", width=10,
    ),
    Field(
        "signed_on", "签订时间", DATE, aliases=("签订日期", "签署时间", "签署日期", "签字日期"), help="责任书填写签订的日期。",
        example="2024-01-20", width=14,
    ),
    Field(
        "person_in_charge", "责任人", PERSON, aliases=("负责人", "帮扶工作责任人", "撰写人", "具体负责人", "责任人姓名", "起草人", "报送人", "上报人", "提交人"),
        help="填写负责这份材料或这项工作的人。", example="李明", width=10,
    ),
    Field("content", "主要内容", TEXT, aliases=("活动内容", "内容", "材料内容", "内容摘要", "工作内容"), help="填写主要做什么。", example="住房、产业和就业帮扶", width=24),
    Field("method", "方法", TEXT, aliases=("工作方法", "方法措施", "措施要求", "措施", "方式方法"), help="填写怎么做、有什么要求。", example="分组包户，每月入户", width=20),
    Field("steps", "步骤", TEXT, aliases=("工作步骤", "实施步骤", "时间安排", "进度安排"), help="填写分哪几步、什么时间做。", example="一月摸底，二月起实施，十二月总结", width=20),
    Field("staff", "人员安排", TEXT, aliases=("人员", "人员分工", "参与人员", "工作人员"), help="填写谁来做。", example="四个小组，每组三人", width=20),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="纸质件已存档", width=20),
)  # fmt: skip


@rule(
    "DC01", "材料过期未报", severity=Severity.WARNING, reads=("due_on", "filed_on", "status"), optional=("filed_on", "status"),
    at=("due_on",),
    says="第{row}行的材料应在{value}以前报送，到截止日期还没有报送时间", suggests="请尽快报送，已经报送的补填报送时间",
    basis="DOMAIN PV26", subject=Subject.WORK,
)  # fmt: skip
def document_is_overdue(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Past due at the report's date, and neither a date nor a status says that it was filed."""
    filed = rows["filed_on"].notna() | rows["status"].isin(["已报", "已备案"])
    return (rows["due_on"] < pd.Timestamp(given.as_of)) & ~filed


@rule(
    "DC02", "材料报送时间在将来", severity=Severity.ERROR, effect=Effect.FIELD, reads=("filed_on",), at=("filed_on",),
    says="第{row}行“{label}”填的是“{value}”，晚于本次统计的截止日期", suggests="请填实际报送的日期，还没有报送的留空",
    basis="DOMAIN PV27", subject=Subject.WORK,
)  # fmt: skip
def filed_in_the_future(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Filed on a day to come."""
    return rows["filed_on"] > pd.Timestamp(given.as_of)


@rule(
    "DC03", "已报送但没有报送时间", severity=Severity.WARNING, reads=("status", "filed_on"), blanks=("filed_on",), at=("status", "filed_on"),
    repeats=1, says="第{row}行“{label}”填的是“{value}”，没有填报送时间", suggests="请补填报送或备案的日期",
    basis="DOMAIN PV26", subject=Subject.WORK,
)  # fmt: skip
def filed_at_an_unknown_time(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Said to be filed, but not when."""
    return rows["status"].isin(["已报", "已备案"]) & rows["filed_on"].isna()


DOCUMENT = Table(
    "document",
    "材料报送",
    FIELDS,
    noun="材料",
    counted=("份",),
    told_by=("unit", "kind", "title"),
    titles=("材料报送", "材料清单", "材料目录", "材料台账"),
    keys=(("unit", "kind", "period_text", "title"), ("unit", "kind", "period_text"), ("unit", "kind", "title"), ("unit", "kind"), ("unit", "title")),
    needs=(("unit",), ("kind", "title")),
    spreads=(Spread("kind", text="status", date="filed_on", ticked="已报"),),
    facets={"": ("材料", "材料情况", "报送情况", "材料信息", "方案内容", "基本情况")},
    rules=(
        document_is_overdue,
        filed_in_the_future,
        filed_at_an_unknown_time,
        in_order("DC04", "备案早于签订", later="filed_on", earlier="signed_on", said="签订时间"),
    ),
    help="每份材料一行。应报没有报的也要列出，报送时间留空。",
)  # fmt: skip
