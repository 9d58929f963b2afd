"""征求意见: one row a person who was asked what he thinks of the help."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.kinds import CODE, DATE, PERSON, PHONE, TEXT
from bangfu_excel.core.message import Subject
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.spread import Spread
from bangfu_excel.core.table import Field, Privacy, Retention, Table
from bangfu_excel.domain import aliases, parties
from bangfu_excel.domain.logged import dated

FIELDS = (
    Field(
        "asked_on", "征求意见时间", DATE, expected=True,
        aliases=("征求时间", "调查时间", "调查日期", "回访时间", "征求意见日期", "评议时间", "评议日期"), weak=("时间", "日期", "填表日期"),
        help="填写征求意见的日期。", example="2024-06-20", width=14,
    ),
    *parties.persons_helped(),
    Field(
        "respondent", "受访人", PERSON, facet="recipient", privacy=Privacy.NAME,
        aliases=("被访人", "被征求意见人", "被征求人", "征求意见对象", "征求对象", "征求意见人", "答复人", "被调查人", "家长签名", "受访者", "评议人", "受访人姓名"),
        help="填写谁给出的意见，可以是帮扶对象的家人。", example="张建国", width=12,
    ),
    Field(
        "respondent_phone", "受访人电话", PHONE, facet="recipient", privacy=Privacy.PHONE,
        aliases=("受访人联系电话", "被访人电话", "被征求人电话", "家长电话", "帮扶对象电话", "户主电话"),
        weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"),
        help="填写受访人的11位手机号，便于回访。", example="13900010001", width=14,
    ),
    Field(
        "relation", "与帮扶对象关系", TEXT, facet="recipient", aliases=("与对象关系", "与受助人关系", "受访人身份", "与帮扶对象的关系"), weak=("关系",),
        help="填写他是帮扶对象的什么人，本人填本人。", example="本人", width=12,
    ),
    *parties.helper(),
    Field(
        "satisfaction", "满意程度", CODE, codelist="satisfaction", expected=True,
        aliases=("满意度", "满意情况", "是否满意", "总体评价", "评议结果", "对帮扶工作是否满意", "对帮扶人是否满意", "满意程度评价"),
        weak=("评价",), help="从下拉框里选满意、基本满意、不满意。", example="满意", width=10,
    ),
    Field(
        "opinion", "对帮扶人的意见", TEXT, privacy=Privacy.HIDDEN,
        aliases=("意见", "评价意见", "对党员干部的意见", "意见内容", "对帮扶干部的意见", "对帮扶工作的意见", "群众意见", "具体意见"),
        help="填写对帮扶人和帮扶工作的意见。", example="来得勤，办事实在", width=24,
    ),
    Field(
        "suggestion", "建议", TEXT, privacy=Privacy.HIDDEN, aliases=("意见建议", "意见和建议", "工作建议", "对今后工作的建议", "希望和建议", "有何建议"),
        help="填写对今后帮扶工作的建议。", example="多办几期养殖培训", width=24,
    ),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="当面填写", width=20),
)  # fmt: skip


@rule(
    "FB01", "不满意但没有写意见", severity=Severity.WARNING, reads=("opinion", "satisfaction", "suggestion"), blanks=("opinion",),
    optional=("suggestion",), at=("opinion",),
    says="第{row}行填的是“{satisfaction}”，“{label}”没有填", suggests="请问清不满意的原因后补填，以便改进",
    basis="党员干部结对方案：征求意见表", subject=Subject.PAIRING,
)  # fmt: skip
def discontent_without_a_word(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Not satisfied, and nothing says why."""
    return (rows["satisfaction"] == "不满意") & rows["opinion"].isna() & rows["suggestion"].isna()


FEEDBACK = Table(
    "feedback",
    "征求意见",
    FIELDS,
    noun="意见",
    counted=("条",),
    told_by=("asked_on", "respondent"),
    titles=("征求意见", "满意度"),
    keys=(
        ("household_id", "asked_on", "respondent"), ("recipient_id", "asked_on", "respondent"),
        ("township", "village", "recipient_name", "asked_on", "respondent"), ("household_id", "asked_on"),
        ("recipient_id", "asked_on"), ("recipient_name", "asked_on"),
    ),
    needs=(("asked_on",), ("household_id", "recipient_name", "recipient_id"), ("satisfaction", "opinion", "suggestion")),
    retention=Retention.LOG,
    dated_by="asked_on",
    refers=Reference(person="recipient_id", name="recipient_name"),
    helper="helper_name",
    explodes=True,
    spreads=(Spread("satisfaction", one=True),),
    facets={"recipient": parties.RECIPIENT_HEADINGS, "helper": parties.HELPER_HEADINGS},
    rules=(*dated("asked_on"), discontent_without_a_word),
    help="征求一次意见占一行，满意程度、意见、建议至少填一项。",
)  # fmt: skip
