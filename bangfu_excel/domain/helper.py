"""帮扶人名册: one row a person who helps, or may be asked to."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.kinds import CODE, DATE, IDENTITY, ORGANISATION, PERSON, PHONE, TEXT, YES_NO
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.table import Field, Privacy, Reporter, Table
from bangfu_excel.domain import aliases
from bangfu_excel.domain.blanks import blank_contact
from bangfu_excel.domain.member import gender_contradicts_number

FIELDS = (
    Field(
        "name", "帮扶人姓名", PERSON, expected=True, facet="helper",
        aliases=(
            "姓名", "帮扶责任人", "帮扶责任人姓名", "帮扶人", "帮扶干部", "帮扶干部姓名", "干部姓名", "教师姓名", "党员姓名", "志愿者姓名", "爱心妈妈姓名",
            "爱心妈妈", "志愿者", "队员姓名", "人员姓名", "第一书记姓名", "代理家长姓名",
        ),
        weak=("名字",), help="填写帮扶人的姓名，一人一行。", example="李明", width=12,
    ),
    Field(
        "gender", "性别", CODE, codelist="gender", aliases=("男女", "帮扶人性别"), facet="helper",
        help="填写男或女。", example="男", width=6,
    ),
    Field(
        "id_number", "证件号码", IDENTITY, facet="helper", privacy=Privacy.IDENTITY,
        aliases=("身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "居民身份证号", "身份证", "证件号", "帮扶人身份证号", "帮扶人身份证号码"),
        help="以文本格式填写18位公民身份号码，可以不填。", example="990101197503203057", width=22,
    ),
    Field(
        "politics", "政治面貌", CODE, codelist="politics", aliases=("政治身份", "帮扶人政治面貌"), facet="helper",
        help="从下拉框里选，例如中共党员。", example="中共党员", width=12,
    ),
    Field(
        "unit", "帮扶单位", ORGANISATION, expected=True, facet="helper", reporter=Reporter.UNIT,
        aliases=(
            "单位", "单位名称", "所在单位", "工作单位", "帮扶单位名称", "派出单位", "派出单位名称", "帮扶人单位", "学校名称", "所在学校", "所属单位", "选派单位",
        ),
        help="填写所在单位的全称，与帮扶单位名册一致。", example="云岭县农业农村局", width=20,
    ),
    Field(
        "unit_kind", "单位类型", CODE, codelist="unit_kind", aliases=("单位性质", "单位类别", "帮扶单位类型"), facet="helper",
        help="从下拉框里选，例如国家机关。", example="国家机关", width=12,
    ),
    Field(
        "affiliation", "隶属关系", CODE, codelist="affiliation", aliases=("单位隶属关系", "单位层级", "单位级别"), facet="helper",
        help="从下拉框里选单位归哪一级管。", example="县", width=10,
    ),
    Field(
        "position", "职务", TEXT, aliases=("帮扶人职务", "职称", "现任职务", "单位职务", "职务职称", "职务(职称)"), weak=("职业",), facet="helper",
        help="填写职务或职称。", example="股长", width=12,
    ),
    Field(
        "rank", "职务级别", CODE, codelist="rank", aliases=("职级", "级别", "行政级别", "职务(级)", "职务层次", "职务职级"), facet="helper",
        help="从下拉框里选，例如乡科级副职、科员级。", example="乡科级副职", width=12,
    ),
    Field(
        "phone", "联系电话", PHONE, expected=True, facet="helper", privacy=Privacy.PHONE,
        aliases=(
            "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式", "帮扶人电话", "帮扶人联系电话", "帮扶责任人电话", "帮扶责任人联系电话", "本人电话",
        ),
        help="填写11位手机号，一人一个号码。", example="13900020002", width=14,
    ),
    Field(
        "helper_kind", "帮扶人类型", CODE, codelist="helper_kind", facet="helper",
        aliases=("帮扶责任人类型", "人员类别", "人员类型", "帮扶人类别", "帮扶人身份", "帮扶人员类型", "责任人类型", "类别"),
        help="从下拉框里选，例如机关干部、教师、志愿者。", example="机关干部", width=12,
    ),
    Field(
        "is_first_secretary", "是否第一书记", YES_NO, aliases=("第一书记", "是否驻村第一书记"), facet="helper",
        help="填写是或否。", example="否", width=8,
    ),
    Field(
        "is_team_leader", "是否工作队队长", YES_NO, facet="helper",
        aliases=("工作队队长", "是否队长", "是否驻村工作队队长", "是否组长", "是否小组组长", "组长"),
        help="工作队队长或帮扶小组组长填是。", example="否", width=8,
    ),
    Field(
        "is_resident", "是否驻村队员", YES_NO, aliases=("驻村队员", "是否驻村", "是否驻村干部", "是否驻村工作队员"), facet="helper",
        help="驻村工作的填是。", example="否", width=8,
    ),
    Field(
        "group", "帮扶小组", TEXT, aliases=("小组", "帮扶组", "所在小组", "工作组", "帮扶工作组", "结对帮扶小组", "组别", "志愿小组"), facet="helper",
        help="按小组帮扶的填写小组名称。", example="第一帮扶小组", width=12,
    ),
    Field(
        "school", "任教学校", TEXT, aliases=("教师所在学校", "支教学校", "受援学校"), facet="helper",
        help="教师填写任教或支教的学校。", example="青石镇中心小学", width=16,
    ),
    Field(
        "subject", "任教学科", TEXT, aliases=("学科", "所教学科", "任教科目", "科目", "支教学科", "专业特长", "专长", "特长", "个人特长", "服务特长"), facet="helper",
        help="教师填写所教的学科，其他人可以填专长。", example="养殖技术", width=12,
    ),
    Field(
        "started_on", "任职时间", DATE, aliases=("参加时间", "加入时间", "开始帮扶时间", "选派时间", "聘任时间", "登记时间"), facet="helper",
        help="填写从什么时候开始帮扶。", example="2024-01-15", width=14,
    ),
    Field(
        "disqualified_on", "资格取消日期", DATE, aliases=("取消资格时间", "取消资格日期", "退出时间", "退出日期", "资格取消时间", "调离时间", "离任时间"), facet="helper",
        help="取消资格或不再帮扶的填写日期，仍在帮扶的留空。", example="2024-12-31", width=14,
    ),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="分管产业帮扶", width=20),
)  # fmt: skip

_ASK_HELPER = "请向本人或单位核实后补填"


@rule(
    "HP01", "资格取消早于任职", severity=Severity.ERROR, effect=Effect.FIELD, reads=("disqualified_on", "started_on"),
    at=("disqualified_on", "started_on"),
    says="第{row}行“{label}”填的是“{value}”，早于任职时间{started_on}", suggests="请核对这两个日期",
    basis="DOMAIN PV27", subject=Subject.WORK,
)  # fmt: skip
def disqualified_before_the_start(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Nobody is dismissed before he has begun."""
    return rows["disqualified_on"] < rows["started_on"]


@rule(
    "HP02", "爱心妈妈不是女性", severity=Severity.WARNING, reads=("gender", "helper_kind"), at=("gender", "helper_kind"),
    says="第{row}行是爱心妈妈，“{label}”填的是“{value}”", suggests="请核对性别和帮扶人类型；男同志参加的，类型请填志愿者或社会人士",
    basis="爱心妈妈结对方案：机关女同志结对", subject=Subject.WORK,
)  # fmt: skip
def love_mother_is_a_man(rows: pd.DataFrame, given: Given) -> pd.Series:
    """爱心妈妈 are women."""
    return (rows["helper_kind"] == "爱心妈妈") & (rows["gender"] == "男")


HELPER = Table(
    "helper",
    "帮扶人名册",
    FIELDS,
    noun="帮扶人",
    counted=("名", "人"),
    told_by=("name",),
    titles=("帮扶干部花名册", "帮扶干部名册", "帮扶责任人花名册", "帮扶责任人名册", "帮扶人花名册", "志愿者花名册", "志愿者名册", "志愿者名单", "志愿者登记", "帮扶干部名单", "帮扶责任人名单", "爱心妈妈花名册", "爱心妈妈名册", "爱心妈妈登记", "爱心妈妈名单", "教师花名册", "教师名册", "驻村工作队", "第一书记", "干部花名册", "干部名册"),
    shown_by=("unit_kind", "affiliation", "politics", "rank", "helper_kind", "is_first_secretary", "is_team_leader", "is_resident", "subject", "started_on", "disqualified_on"),
    keys=(("phone", "name"), ("unit", "name"), ("name",)),
    needs=(("name",),),
    facets={
        "helper": (
            "帮扶人", "帮扶责任人", "帮扶干部", "帮扶人信息", "帮扶责任人信息", "帮扶人基本情况", "人员信息", "干部信息", "教师信息", "志愿者", "志愿者信息",
            "爱心妈妈", "基本情况", "基本信息", "个人信息",
        ),
    },
    rules=(
        gender_contradicts_number,
        blank_contact("PV06", "缺帮扶人电话", "phone", _ASK_HELPER, Subject.PAIRING),
        blank_contact("PV06", "缺帮扶单位", "unit", _ASK_HELPER, Subject.PAIRING),
        disqualified_before_the_start,
        love_mother_is_a_man,
    ),
    help="每位帮扶人一行。同名的人靠电话或单位分清，电话一定要填准。",
)  # fmt: skip
