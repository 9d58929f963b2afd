"""结对帮扶: one row a helper who is responsible for a recipient."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.kinds import (
    CODE,
    DATE,
    IDENTITY_OR_CERTIFICATE,
    INTEGER,
    KEY,
    ORGANISATION,
    PERSON,
    PHONE,
    PLACE,
    TEXT,
    YES_NO,
)
from bangfu_excel.core.message import Subject
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.spans import last_day
from bangfu_excel.core.table import Companion, Field, Privacy, Reporter, Table
from bangfu_excel.domain import aliases
from bangfu_excel.domain.blanks import blank_contact
from bangfu_excel.domain.programme import outside_programme

FIELDS = (
    Field(
        "county", "县", PLACE, aliases=aliases.COUNTY,
        facet="recipient", help="填写县（市、区、旗）的全称。", example="云岭县", width=10,
    ),
    Field(
        "household_id", "户编号", KEY,
        aliases=aliases.HOUSEHOLD_ID,
        weak=("编号", "编码"), facet="recipient",
        help="填写帮扶对象的户编号，与帮扶对象户表一致。", example="YL0302011", width=14,
    ),
    Field(
        "recipient_name", "帮扶对象姓名", PERSON, expected=True,
        aliases=(
            "帮扶对象", "帮扶对象(户主)姓名", "户主姓名", "户主", "户名", "农户姓名", "贫困户姓名", "贫困户", "脱贫户姓名", "监测户姓名",
            "帮扶户主", "受助人", "受助人姓名", "受助对象", "结对对象", "结对对象姓名", "结对户", "包联户", "包户对象", "对象姓名",
            "被帮扶人", "被帮扶人姓名", "学生姓名", "儿童姓名", "孤儿姓名", "留守儿童姓名", "留守儿童", "留守学生", "留守学生姓名", "包抓对象", "包抓学生",
            "结对学生", "结对学生姓名", "结对儿童", "结对儿童姓名", "结对孤儿", "帮扶学生", "帮扶学生姓名", "帮扶儿童", "帮扶儿童姓名",
            "受援学校", "受帮扶学校", "被帮扶学校",
        ),
        weak=("姓名", "名字", "学生", "对象"), facet="recipient", privacy=Privacy.NAME,
        help="填写帮扶对象（一般是户主）的姓名。", example="张建国", width=12,
    ),
    Field(
        "recipient_id", "对象证件号码", IDENTITY_OR_CERTIFICATE,
        aliases=(
            "帮扶对象身份证号", "帮扶对象身份证号码", "帮扶对象证件号码", "户主身份证号", "户主身份证号码", "户主证件号码", "户主身份证",
            "对象身份证号", "对象身份证号码", "贫困户身份证号", "贫困户身份证号码", "受助人身份证号", "学生身份证号", "学生身份证号码",
            "儿童身份证号", "儿童身份证号码", "留守学生身份证号", "留守儿童身份证号",
        ),
        weak=(
            "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "居民身份证号", "身份证", "证件号码", "证件号",
            "身份证(残疾证)号码", "身份证号码或残疾证号",
        ),
        facet="recipient", privacy=Privacy.IDENTITY,
        help="以文本格式填写帮扶对象的18位公民身份号码。", example="990101196805123015", width=22,
    ),
    Field(
        "recipient_gender", "对象性别", CODE, codelist="gender", facet="recipient",
        aliases=("帮扶对象性别", "户主性别", "受助人性别"), weak=("性别",), help="填写男或女。", example="男", width=6,
    ),
    Field(
        "recipient_kind", "对象种类", CODE, codelist="recipient_kind", facet="recipient",
        aliases=("帮扶对象种类", "结对对象种类"),
        help="帮扶的是户、个人、村还是学校，从下拉框里选。", example="户", width=8,
    ),
    Field(
        "township", "乡镇", PLACE,
        aliases=aliases.TOWNSHIP,
        facet="recipient", help="填写帮扶对象所在的乡、镇或街道。", example="青石镇", width=10,
    ),
    Field(
        "village", "村", PLACE, tail="villager_group", names=("township", "village", "villager_group"), expected=True, unless=("school",),
        aliases=(*aliases.VILLAGE, "帮扶村", "结对村"),
        facet="recipient", help="填写帮扶对象所在的行政村或社区。", example="柳溪村", width=10,
    ),
    Field(
        "villager_group", "组", PLACE,
        aliases=aliases.GROUP, weak=("小组",),
        facet="recipient", help="填写帮扶对象所在的村民小组，例如三组。", example="三组", width=8,
    ),
    Field(
        "school", "对象学校", ORGANISATION, facet="recipient",
        aliases=("就读学校", "所读学校", "学生学校", "学生所在学校", "学生就读学校"),
        weak=("学校",), help="帮扶对象是学生的填写就读学校的全称。", example="青石镇中心小学", width=16,
    ),
    Field(
        "class_name", "班级", TEXT, facet="recipient",
        aliases=("年级班级", "所在班级", "学生班级", "就读班级", "班别", "年级(班级)"),
        help="帮扶对象是学生的填写年级和班级，例如三年级(2)班。", example="三年级(2)班", width=12,
    ),
    Field(
        "helper_name", "帮扶责任人", PERSON, expected=True,
        aliases=(
            "帮扶人姓名", "帮扶人", "帮扶干部", "帮扶干部姓名", "帮扶责任人姓名", "结对干部", "结对干部姓名", "结对帮扶人", "结对人",
            "结对帮扶责任人", "结对帮扶干部", "包户干部", "包户干部姓名", "联户干部", "包联干部", "帮挂人", "挂钩人", "挂钩干部",
            "帮扶教师", "结对教师", "爱心妈妈", "爱心妈妈姓名", "代理家长", "代理妈妈", "第一责任人", "党员干部", "党员干部姓名",
            "帮扶联系人", "联系干部", "帮扶党员", "志愿者", "志愿者姓名", "责任人姓名", "小伙伴", "小伙伴姓名", "手拉手同学", "结对同学",
            "包抓教师", "包抓人", "包抓干部", "教师姓名",
        ),
        weak=("姓名", "名字", "责任人", "联系人"), facet="helper", privacy=Privacy.NONE,
        help="填写帮扶责任人的姓名，一人一行。", example="李明", width=12,
    ),
    Field(
        "helper_kind", "帮扶人类型", CODE, codelist="helper_kind", facet="helper",
        aliases=("帮扶责任人类型", "帮扶人类别", "责任人类型", "帮扶人身份", "帮扶人员类型", "人员类别"),
        help="从下拉框里选，例如机关干部、教师、志愿者。", example="机关干部", width=10,
    ),
    Field(
        "helper_unit", "帮扶单位", ORGANISATION, facet="helper", expected=True, reporter=Reporter.UNIT,
        aliases=(
            "帮扶单位名称", "帮扶责任单位", "帮扶人单位", "帮扶责任人单位", "派出单位", "挂钩单位", "后方单位名称", "帮扶学校", "结对单位",
            "包联单位", "帮扶干部单位", "责任单位", "所在单位", "工作单位", "单位名称", "爱心妈妈单位", "志愿者单位", "党员单位",
        ),
        weak=("单位",), help="填写帮扶责任人所在单位的全称。", example="云岭县农业农村局", width=20,
    ),
    Field(
        "helper_position", "职务", TEXT, facet="helper",
        aliases=("帮扶人职务", "帮扶责任人职务", "帮扶干部职务", "派出单位职务", "职务级别", "职务(级)", "职称", "职务职级", "单位职务"),
        help="填写帮扶责任人的职务或职级。", example="股长", width=10,
    ),
    Field(
        "helper_rank", "职级", TEXT, facet="helper", aliases=("行政级别", "干部级别", "帮扶人职级", "职务层次"),
        help="按职级定帮扶户数的填写，例如正科级、一般干部。", example="一般干部", width=10,
    ),
    Field(
        "helper_gender", "帮扶人性别", CODE, codelist="gender", facet="helper", weak=("性别",),
        help="填写男或女。", example="男", width=6,
    ),
    Field(
        "helper_politics", "帮扶人政治面貌", CODE, codelist="politics", facet="helper", weak=("政治面貌",),
        help="从下拉框里选，例如中共党员。", example="中共党员", width=12,
    ),
    Field(
        "helper_phone", "帮扶人电话", PHONE, facet="helper", privacy=Privacy.PHONE, expected=True,
        aliases=(
            "帮扶人电话号码", "帮扶人联系电话", "帮扶责任人电话", "帮扶责任人联系电话", "帮扶干部电话", "帮扶干部联系电话", "帮扶人手机",
            "帮扶人手机号", "帮扶人联系方式", "帮扶责任人联系方式", "责任人电话", "责任人联系电话", "干部电话", "干部联系电话",
            "结对干部电话", "结对干部联系电话", "包户干部电话", "联系人电话", "帮扶教师电话", "帮扶教师联系电话", "教师电话", "爱心妈妈电话",
            "爱心妈妈联系电话", "志愿者电话",
        ),
        weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"),
        help="填写帮扶责任人的11位手机号。", example="13900020002", width=14,
    ),
    Field(
        "recipient_phone", "对象联系电话", PHONE, facet="recipient", privacy=Privacy.PHONE,
        aliases=(
            "帮扶对象电话", "帮扶对象联系电话", "帮扶对象联系方式", "户主电话", "户主联系电话", "户主联系方式", "户联系电话", "对象电话",
            "贫困户电话", "贫困户联系电话", "农户电话", "农户联系电话", "家庭电话", "家庭联系电话", "家长电话", "家长联系电话", "监护人电话",
            "监护人联系电话",
        ),
        weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"),
        help="填写帮扶对象的11位手机号；本人没有的填亲属或干部电话并在备注说明。", example="13900010001", width=14,
    ),
    Field(
        "group", "帮扶小组", TEXT, facet="helper", aliases=("帮扶组", "结对帮扶小组", "所在小组", "工作组", "结对小组", "帮扶工作组"),
        weak=("小组",), help="按小组帮扶的填写小组名称。", example="第一帮扶小组", width=12,
    ),
    Field(
        "pattern", "结对方式", CODE, codelist="pairing_pattern", aliases=("结对模式", "帮扶方式", "帮扶模式", "结对形式", "帮扶形式"),
        help="从下拉框里选，例如一对一、多对一。", example="一对一", width=10,
    ),
    Field(
        "is_lead", "是否牵头", YES_NO, aliases=("牵头", "是否牵头单位", "是否第一责任人", "是否主要责任人", "牵头责任人"),
        help="几人或几个单位共同帮扶的，牵头的填是。", example="是", width=8,
    ),
    Field(
        "third_member", "第三方成员", PERSON, aliases=("第三成员", "第三方", "第三方姓名"),
        help="一加一加一结对的填写第三方的姓名。", example="周小平", width=10,
    ),
    Field(
        "first_responsible", "第一责任领导", PERSON, aliases=("单位第一责任人", "第一责任人(组长)", "组长(第一责任人)"),
        help="填写单位负总责的领导的姓名。", example="陈国强", width=12,
    ),
    Field(
        "direct_responsible", "直接责任人", PERSON, aliases=("直接责任领导", "直接责任人姓名", "分管领导", "直接责任人(分管领导)"),
        help="填写单位分管帮扶的领导的姓名。", example="吴志明", width=12,
    ),
    Field(
        "responsible", "工作责任人", PERSON, aliases=("帮扶工作责任人", "帮扶工作负责人", "方案责任人"),
        help="填写帮扶工作方案里明确的责任人。", example="郑海涛", width=12,
    ),
    Field(
        "liaison", "联络员", PERSON, aliases=("联络人", "联络员姓名", "帮扶联络员"),
        help="填写单位的帮扶联络员。", example="孙亮", width=10,
    ),
    Field(
        "liaison_phone", "联络员电话", PHONE, privacy=Privacy.PHONE, aliases=("联络员联系电话", "联络人电话", "联络员联系方式", "联络员手机"),
        help="填写联络员的11位手机号。", example="13900020015", width=14,
    ),
    Field(
        "target", "帮扶目标", TEXT, aliases=("结对目标", "结对帮扶目标", "目标任务", "帮扶任务目标"),
        help="填写结对期满要达到的目标。", example="建成市级文明村", width=16,
    ),
    Field(
        "term_years", "帮扶年限", INTEGER, unit="年", low=1, high=10, aliases=("结对年限", "帮扶期限", "结对期限"),
        help="填写约定帮扶几年。", example="3", width=8,
    ),
    Field(
        "started_on", "结对时间", DATE, expected=True, until="ended_on",
        aliases=(
            "起止时间", "起止日期", "结对起止时间", "结对起止日期", "帮扶起止时间", "帮扶起止日期", "包户起止时间",
            "结对日期", "帮扶时间", "开始时间", "开始日期", "帮扶开始时间", "帮扶开始日期", "包户时间", "结对开始时间", "结对帮扶时间",
            "起始时间", "帮扶起始时间", "结对起始时间",
        ),
        weak=("时间", "日期"), help="填写开始结对的日期，例如2024-01-15。", example="2024-01-15", width=14,
    ),
    Field(
        "ended_on", "结束时间", DATE,
        aliases=("结束日期", "帮扶结束时间", "结对结束时间", "终止时间", "截止时间", "解除时间", "帮扶结束日期"),
        help="已经结束结对的填写结束日期，仍在结对的留空。", example="2024-12-31", width=14,
    ),
    Field(
        "filed_on", "备案时间", DATE, aliases=("备案日期", "报备时间", "登记时间", "登记日期"),
        help="填写报领导小组备案的日期。", example="2024-01-20", width=14,
    ),
    Field(
        "remark", "备注", TEXT, aliases=aliases.REMARK,
        help="填写需要说明的情况。", example="按计划结对", width=20,
    ),
)  # fmt: skip

_FILL_HELPER = "请向帮扶单位核实后补填"


@rule(
    "ID20", "帮扶人与帮扶对象电话相同", severity=Severity.WARNING, reads=("helper_phone", "recipient_phone", "remark"),
    optional=("remark",), at=("helper_phone", "recipient_phone"),
    says="第{row}行“{label}”填的是“{value}”，与帮扶对象的电话相同", suggests="请填各自的电话；对象确实没有电话的请在备注说明",
    basis="DOMAIN ID20", subject=Subject.PAIRING,
)  # fmt: skip
def helper_shares_recipients_phone(rows: pd.DataFrame, given: Given) -> pd.Series:
    """One number for both, and no remark."""
    return (rows["helper_phone"] == rows["recipient_phone"]) & rows["remark"].isna()


@rule(
    "PV08c", "帮扶人就是帮扶对象", severity=Severity.WARNING, reads=("helper_name", "recipient_name", "remark"), optional=("remark",),
    at=("helper_name", "recipient_name"),
    says="第{row}行“{label}”填的是“{value}”，与帮扶对象的姓名相同", suggests="请核对是否填错了列；确是同名的两个人请在备注说明",
    basis="DOMAIN PV08", subject=Subject.PAIRING,
)  # fmt: skip
def helper_is_the_recipient(rows: pd.DataFrame, given: Given) -> pd.Series:
    """One name for both, and no remark."""
    return name_keys(rows["helper_name"]).eq(name_keys(rows["recipient_name"])) & rows["remark"].isna()


@rule(
    "PV07", "缺结对时间", severity=Severity.ERROR, effect=Effect.FIELD, reads=("started_on",), blanks=("started_on",),
    at=("started_on",),
    says="第{row}行“{label}”没有填", suggests="请补填开始结对的日期", basis="DOMAIN PV07", subject=Subject.PAIRING,
)  # fmt: skip
def start_is_missing(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Nothing says since when they are paired."""
    return rows["started_on"].isna()


@rule(
    "PV07b", "结束早于开始", severity=Severity.ERROR, effect=Effect.FIELD,
    reads=("ended_on", "started_on", "ended_on__precision"), optional=("ended_on__precision",),
    at=("ended_on", "started_on"),
    says="第{row}行“{label}”填的是“{value}”，早于结对时间{started_on}", suggests="请核对开始和结束的日期",
    basis="DOMAIN PV07", subject=Subject.PAIRING,
)  # fmt: skip
def ends_before_it_starts(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The last day that the end may mean lies before the start."""
    return last_day(rows["ended_on"], rows["ended_on__precision"]) < rows["started_on"]


PAIRING = Table(
    "pairing",
    "结对帮扶",
    FIELDS,
    noun="结对",
    counted=("条", "对"),
    told_by=("helper_name",),
    titles=("结对",),
    keys=(
        ("household_id", "helper_name", "started_on"), ("recipient_id", "helper_name", "started_on"),
        ("township", "village", "recipient_name", "helper_name", "started_on"),
        ("household_id", "helper_name"), ("recipient_id", "helper_name"), ("recipient_name", "helper_name"),
    ),
    needs=(("helper_name", "helper_unit"), ("household_id", "recipient_name", "recipient_id", "village")),
    stand_ins=("helper_unit", "village"),
    facets={
        "recipient": (
            "帮扶对象", "帮扶对象情况", "帮扶对象信息", "帮扶对象基本情况", "结对对象", "受助对象", "受助人", "对象", "对象信息",
            "贫困户", "贫困户信息", "贫困户基本情况", "脱贫户", "监测户", "监测对象", "农户", "农户信息", "户主", "户主信息", "被帮扶人", "学生",
        ),
        "helper": (
            "帮扶责任人", "帮扶责任人信息", "帮扶责任人情况", "帮扶人", "帮扶人信息", "帮扶人员", "帮扶干部", "帮扶干部信息", "帮扶方",
            "结对干部", "结对帮扶责任人", "结对帮扶干部", "结对帮扶人", "包户干部", "包联干部", "党员干部", "责任人", "爱心妈妈", "志愿者",
            "帮扶教师", "帮扶情况", "帮扶力量", "第一责任人", "干部",
        ),
    },
    companions=(  # a second helper in the same row
        Companion(
            "pairing", triggers=("helper_name",), shares={f.name: f.name for f in FIELDS if f.facet != "helper"}
        ),
    ),
    refers=Reference(person="recipient_id", name="recipient_name"),
    helper="helper_name",
    rules=(
        helper_shares_recipients_phone,
        helper_is_the_recipient,
        blank_contact("PV06", "缺帮扶人电话", "helper_phone", _FILL_HELPER, Subject.PAIRING),
        blank_contact("PV06", "缺帮扶对象电话", "recipient_phone", "请补填；本人没有的填亲属的并在备注说明", Subject.PAIRING),
        blank_contact("PV06", "缺帮扶单位", "helper_unit", _FILL_HELPER, Subject.PAIRING),
        blank_contact("PV06", "缺帮扶人职务", "helper_position", _FILL_HELPER, Subject.PAIRING),
        start_is_missing,
        ends_before_it_starts,
        outside_programme("结对时间不在实施期内", "started_on"),
    ),
    help="一位帮扶责任人（按单位结对的，一个单位）帮扶一个对象占一行；换人时旧行填结束时间，另起一行。",
)  # fmt: skip
