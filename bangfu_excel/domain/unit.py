"""帮扶单位名册: one row a unit, school or company that helps."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.kinds import CODE, KEY, ORGANISATION, PERSON, PHONE, PLACE, TEXT
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.table import Field, Privacy, Table
from bangfu_excel.domain import aliases
from bangfu_excel.domain.blanks import blank_contact
from bangfu_excel.domain.identity import is_credit_code

FIELDS = (
    Field(
        "unit", "单位名称", ORGANISATION, expected=True, facet="helper",
        aliases=(
            "单位", "帮扶单位", "帮扶单位名称", "单位全称", "派出单位", "后方单位名称", "挂钩单位", "文明单位", "文明单位名称", "学校名称", "帮扶学校", "企业名称",
            "包联单位", "结对单位", "帮扶责任单位",
        ),
        help="填写单位的全称。", example="云岭县农业农村局", width=22,
    ),
    Field(
        "credit_code", "统一社会信用代码", KEY, aliases=("社会信用代码", "信用代码", "机构代码", "统一信用代码"), facet="helper",
        help="以文本格式填写18位统一社会信用代码，没有的可以不填。", example="11990101MB00000019", width=22,
    ),
    Field(
        "unit_kind", "单位类型", CODE, codelist="unit_kind", aliases=("单位性质", "单位类别", "类型", "性质"), facet="helper",
        help="从下拉框里选，例如国家机关。", example="国家机关", width=12,
    ),
    Field(
        "affiliation", "隶属关系", CODE, codelist="affiliation", aliases=("单位隶属关系", "隶属", "单位层级", "层级", "单位级别"), facet="helper",
        help="从下拉框里选单位归哪一级管。", example="县", width=10,
    ),
    Field(
        "civil_level", "文明单位级别", CODE, codelist="civil_level", facet="helper",
        aliases=("文明单位等级", "文明单位称号", "文明级别", "创建级别", "文明单位类别"), weak=("级别", "等级"),
        help="从下拉框里选，不是文明单位的选非文明单位。", example="县级", width=12,
    ),
    Field(
        "managed_by", "主管文明办", TEXT, aliases=("推荐单位", "主管单位", "管理单位", "主管部门", "上级主管部门", "推荐（管理）文明办"), facet="helper",
        help="填写推荐并管理这个单位的文明办或主管部门。", example="云岭县文明办", width=16,
    ),
    Field(
        "leader", "单位负责人", PERSON, aliases=("负责人", "主要负责人", "单位领导", "分管领导", "校长", "责任领导", "第一责任人", "单位主要领导"), facet="helper",
        help="填写单位负责帮扶工作的领导。", example="赵文华", width=10,
    ),
    Field(
        "liaison", "联络员", PERSON, aliases=("联系人", "联络人", "单位联系人", "联络员姓名", "联系人姓名", "直接责任人", "具体负责人"), facet="helper",
        help="填写单位的联络员。", example="李明", width=10,
    ),
    Field(
        "phone", "联络员电话", PHONE, facet="helper", privacy=Privacy.PHONE,
        aliases=("联系电话", "电话", "联系人电话", "电话号码", "手机", "手机号", "手机号码", "联系方式", "单位电话", "办公电话", "联络人电话", "联络员联系电话"),
        help="填写联络员的11位手机号或单位电话。", example="13900020002", width=14,
    ),
    Field(
        "address", "单位地址", TEXT, aliases=("地址", "详细地址", "单位详细地址", "办公地址"), facet="helper",
        help="填写单位的办公地址。", example="云岭县建设路1号", width=20,
    ),
    Field(
        "township", "帮扶村所在乡镇", PLACE, aliases=aliases.TOWNSHIP, facet="recipient",
        help="填写所帮扶的村在哪个乡镇。", example="青石镇", width=12,
    ),
    Field(
        "village", "帮扶村", PLACE, names=("township", "village"), facet="recipient",
        aliases=(*aliases.VILLAGE, "村", "挂钩村", "结对村", "联系村", "包联村", "帮扶村名称", "结对帮扶村"),
        help="填写所帮扶的村，一个单位帮几个村的填主要的一个，其余在结对表里填。", example="柳溪村", width=12,
    ),
    Field(
        "target", "帮扶目标", TEXT, aliases=("工作目标", "创建目标", "目标任务", "三年目标", "目标"), help="填写帮扶期内要达到的目标。",
        example="建成县级文明村", width=20,
    ),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="牵头单位", width=20),
)  # fmt: skip


@rule(
    "UN01", "统一社会信用代码不对", severity=Severity.ERROR, effect=Effect.FIELD, reads=("credit_code",), at=("credit_code",),
    says="第{row}行“{label}”填的是“{value}”，不是正确的18位统一社会信用代码", suggests="请对照证书核对，字母要大写",
    basis="GB 32100-2015", subject=Subject.WORK,
)  # fmt: skip
def credit_code_is_wrong(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Not eighteen characters of the standard, or the last one is not what the others give."""
    return ~is_credit_code(rows["credit_code"])


@rule(
    "UN02", "文明单位缺主管文明办", severity=Severity.WARNING, reads=("managed_by", "civil_level"), blanks=("managed_by",),
    at=("managed_by",), repeats=1,
    says="第{row}行是{civil_level}文明单位，“{label}”没有填", suggests="请补填推荐并管理它的文明办，谁推荐谁管理",
    basis="文明单位结对帮扶方案：谁推荐谁管理", subject=Subject.WORK,
)  # fmt: skip
def nobody_manages_the_civil_unit(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A civilised unit of which nobody says who manages it."""
    return rows["managed_by"].isna() & rows["civil_level"].ne("非文明单位")


UNIT = Table(
    "unit",
    "帮扶单位名册",
    FIELDS,
    noun="单位",
    counted=("个", "家"),
    told_by=("unit",),
    titles=("帮扶单位花名册", "帮扶单位一览", "帮扶单位情况", "单位名册", "单位花名册", "文明单位"),
    shown_by=("credit_code", "unit_kind", "affiliation", "civil_level", "managed_by", "leader", "liaison", "target"),
    keys=(("unit",),),
    needs=(("unit",),),
    facets={
        "helper": ("帮扶单位", "单位", "单位信息", "单位情况", "单位基本情况", "帮扶方", "文明单位", "基本情况", "基本信息"),
        "recipient": ("帮扶对象", "结对村", "帮扶村", "受助方", "结对情况"),
    },
    rules=(
        credit_code_is_wrong,
        nobody_manages_the_civil_unit,
        blank_contact("UN03", "单位缺联络员", "liaison", "请向单位核实后补填联络员", Subject.WORK),
        blank_contact("UN04", "单位缺联系电话", "phone", "请向单位核实后补填", Subject.WORK),
    ),
    help="每个帮扶单位一行，写全称。",
)  # fmt: skip
