"""家庭成员: one row a person of a household that is helped."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.kinds import (
    CERTIFICATE,
    CODE,
    CODES,
    DATE,
    IDENTITY_OR_CERTIFICATE,
    INTEGER,
    KEY,
    MONEY,
    NUMBER,
    ORGANISATION,
    PERSON,
    PHONE,
    PLACE,
    TEXT,
    YES_NO,
)
from bangfu_excel.core.message import Subject
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.table import Companion, Field, Lead, Privacy, Table
from bangfu_excel.domain import aliases, health_rules, job_rules, labour_rules, member_coverage, schooling_rules
from bangfu_excel.domain.blanks import missing_number
from bangfu_excel.domain.codelists import CODELISTS
from bangfu_excel.domain.identity import age, birth, citizen_number, sex
from bangfu_excel.domain.statistics import households

FIELDS = (
    Field(
        "township", "乡镇", PLACE,
        aliases=aliases.TOWNSHIP,
        facet="household", help="填写乡、镇或街道的全称。", example="青石镇", width=10,
    ),
    Field(
        "village", "村", PLACE, tail="group", names=("township", "village", "group"),
        aliases=aliases.VILLAGE,
        facet="household", help="填写行政村或社区的全称。", example="柳溪村", width=10,
    ),
    Field(
        "group", "组", PLACE,
        aliases=(*aliases.GROUP, "小组"),
        facet="household", help="填写村民小组或自然村，例如三组。", example="三组", width=8,
    ),
    Field(
        "household_id", "户编号", KEY,
        aliases=aliases.HOUSEHOLD_ID,
        weak=("编号", "编码"), facet="household", expected=True,
        help="填写本县系统里的户编号，与帮扶对象户表一致。", example="YL0302011", width=14,
    ),
    Field(
        "head_name", "户主姓名", PERSON, aliases=("户主", "户名", "贫困户姓名", "帮扶对象", "家庭户主", "户主名字"),
        facet="household", privacy=Privacy.NAME,
        help="填写这户户主的姓名，与帮扶对象户表一致。", example="张建国", width=10,
    ),
    Field(
        "name", "姓名", PERSON, expected=True,
        aliases=("成员姓名", "家庭成员姓名", "家庭成员", "人员姓名", "本人姓名", "成员"),
        weak=("名字",), facet="person", privacy=Privacy.NAME,
        help="填写成员姓名，与身份证一致。", example="张建国", width=10,
    ),
    Field(
        "id_number", "证件号码", IDENTITY_OR_CERTIFICATE, expected=True,
        aliases=(
            "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "居民身份证号", "居民身份证号码", "身份证", "证件号",
            "成员身份证号", "成员身份证号码", "成员证件号码", "身份证(残疾证)号码", "身份证号码或残疾证号", "身份证号码或残疾证号码",
            "公民身份号码或残疾证号码",
        ),
        facet="person", privacy=Privacy.IDENTITY,
        help="以文本格式填写18位公民身份号码；确实没有的留空并在备注里写明原因。", example="990101196805123015", width=22,
    ),
    Field(
        "gender", "性别", CODE, codelist="gender", aliases=("男女",), facet="person",
        help="填写男或女。", example="男", width=6,
    ),
    Field(
        "birth_date", "出生日期", DATE, aliases=("出生年月", "出生时间", "出生年月日", "生日", "出生"), facet="person",
        help="填写出生年月日，例如1968-05-12。", example="1968-05-12", width=14,
    ),
    Field(
        "age", "年龄", INTEGER, unit="岁", high=130, aliases=("周岁", "实际年龄", "年龄(周岁)"), facet="person",
        help="填写周岁，可以不填，由出生日期推算。", example="56", width=6,
    ),
    Field(
        "relation", "与户主关系", CODE, codelist="relation", expected=True,
        aliases=("与户主的关系", "户主关系", "和户主关系", "与户主之关系", "家庭关系"), weak=("关系",), facet="person",
        help="从下拉框里选，户主本人填户主。", example="户主", width=10,
    ),
    Field(
        "ethnicity", "民族", CODE, codelist="ethnicity", facet="person",
        help="填写民族，例如汉族。", example="汉族", width=8,
    ),
    Field(
        "education", "文化程度", CODE, codelist="education", aliases=("学历", "受教育程度", "教育程度", "文化水平", "文化"), facet="person",
        help="从下拉框里选，在校生填在校生状况一栏。", example="初中", width=10,
    ),
    Field(
        "school_status", "在校生状况", CODE, codelist="school_status",
        aliases=("在校生情况", "在校情况", "在校状况", "就学情况", "就读情况", "在校生否", "是否在校生", "在校生"), facet="person",
        help="在校的从下拉框里选年级，不在校的填非在校生。", example="非在校生", width=12,
    ),
    Field(
        "dropout_reason", "失学或辍学原因", TEXT,
        aliases=("辍学原因", "失学原因", "失学辍学原因", "未上学原因", "不在学原因", "义务教育阶段未上学原因"), facet="person",
        help="义务教育阶段没有上学的写明原因，其他人可以不填。", example="家庭困难", width=14,
    ),
    Field(
        "yulu", "是否享受雨露计划", YES_NO, aliases=("雨露计划", "享受雨露计划", "是否享受雨露计划补助", "雨露计划补助"), facet="person",
        help="中职、高职在读并享受雨露计划补助的填是。", example="否", width=10,
    ),
    Field(
        "health", "健康状况", CODES, codelist="health", privacy=Privacy.HIDDEN,
        aliases=("身体状况", "身体情况", "健康情况", "健康状况或疾病类型", "患病情况", "健康"), facet="person",
        help="从下拉框里选，几种情况同时有的用顿号隔开。", example="残疾", width=12,
    ),
    Field(
        "labour_ability", "劳动能力", CODE, codelist="labour_ability",
        aliases=("劳动技能", "劳动力", "劳动力状况", "有无劳动能力", "劳力", "劳动能力情况", "劳动力情况", "劳动力类型"), facet="person",
        help="从下拉框里选，例如普通劳动力、无劳动力。", example="弱劳动力或半劳动力", width=14,
    ),
    Field(
        "disability_cert", "残疾证号", CERTIFICATE, privacy=Privacy.IDENTITY,
        aliases=("残疾证号码", "残疾人证号", "残疾人证号码", "残疾证", "残疾人证", "残疾证编号"), facet="person",
        help="有残疾人证的以文本格式填写20位证号。", example="99010119680512301543", width=24,
    ),
    Field(
        "disability_grade", "残疾等级", CODE, codelist="disability_grade", privacy=Privacy.HIDDEN,
        aliases=("残疾级别", "残疾证等级", "伤残等级"), facet="person",
        help="填写一级、二级、三级或四级。", example="三级", width=8,
    ),
    Field(
        "dibao", "是否享受低保", YES_NO, aliases=("是否低保", "享受低保", "低保", "是否低保对象", "是否享受农村低保", "低保情况", "低保人口"),
        facet="person", help="填写是或否。", example="是", width=8,
    ),
    Field(
        "dibao_kind", "低保类型", CODE, codelist="dibao_kind",
        aliases=("低保类别", "低保种类", "享受低保政策情况"), facet="person",
        help="享受低保的填写农村低保或城市低保。", example="农村低保", width=10,
    ),
    Field(
        "dibao_amount", "低保金", MONEY, unit="元", high=1_000_000, facet="person",
        aliases=("低保金额", "领取低保金", "低保补助金", "低保补助金额", "低保发放金额", "领取低保金、残疾金", "低保保障金"),
        help="享受低保的填写领取的低保金，单位是元；按户发放的填在户主一行。", example="400", width=10,
    ),
    Field(
        "tekun", "是否特困供养人员", YES_NO, facet="person",
        aliases=("是否特困供养", "是否特困人员", "特困供养人员", "是否五保供养", "是否五保", "是否五保对象"),
        help="填写是或否。", example="否", width=8,
    ),
    Field(
        "resident_medical", "是否参加城乡居民基本医疗保险", YES_NO, facet="person",
        aliases=(
            "是否参加新型农村合作医疗（城乡居民基本医疗保险）", "是否参加新型农村合作医疗", "是否参加新农合", "参加新农合", "新农合", "是否参合",
            "是否参加城乡居民医保", "城乡居民基本医疗保险", "城乡居民医疗保险", "城乡居民医保", "是否参加医疗保险", "是否参加医保", "医疗保险",
        ),
        help="填写是或否。", example="是", width=10,
    ),
    Field(
        "employee_medical", "是否参加城镇职工基本医疗保险", YES_NO, facet="person",
        aliases=("城镇职工基本医疗保险", "是否参加职工医保", "职工医保", "是否参加城镇职工医保", "城镇职工医疗保险"),
        help="填写是或否。", example="否", width=10,
    ),
    Field(
        "serious_insurance", "是否参加大病保险", YES_NO, facet="person", aliases=("大病保险", "参加大病保险", "是否有大病保险"),
        help="填写是或否。", example="是", width=8,
    ),
    Field(
        "medical_relief", "是否接受医疗救助", YES_NO, facet="person",
        aliases=("是否接受大病医疗救助", "大病医疗救助", "医疗救助", "是否享受医疗救助", "接受医疗救助"),
        help="填写是或否。", example="否", width=8,
    ),
    Field(
        "resident_pension", "是否参加城乡居民基本养老保险", YES_NO, facet="person",
        aliases=("城乡居民基本养老保险", "城乡居民养老保险", "是否参加新农保", "参加新农保", "新农保", "是否参加养老保险", "养老保险", "参加养老保险"),
        help="填写是或否。", example="是", width=10,
    ),
    Field(
        "employee_pension", "是否参加城镇职工基本养老保险", YES_NO, facet="person",
        aliases=("城镇职工基本养老保险", "是否参加职工养老保险", "职工养老保险", "城镇职工养老保险"),
        help="填写是或否。", example="否", width=10,
    ),
    Field(
        "hukou_kind", "户口性质", CODE, codelist="hukou_kind",
        aliases=("户籍性质", "户口类型", "户籍类型", "户口类别", "户口"), facet="person",
        help="填写农业户口、非农业户口或居民户口。", example="农业户口", width=10,
    ),
    Field(
        "hukou_since", "落户时间", DATE, aliases=("落户日期", "户口迁入时间", "迁入时间", "迁入日期", "户籍迁入时间"), facet="person",
        help="填写户口落在本村的日期，只知道年份的填年份。", example="1990-03-01", width=14,
    ),
    Field(
        "phone", "成员联系电话", PHONE, privacy=Privacy.PHONE,
        aliases=("家庭成员联系电话", "本人电话", "本人联系电话", "成员电话"),
        weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"), facet="person",
        help="填写本人的11位手机号。", example="13900010001", width=14,
    ),
    Field(
        "works", "是否务工", YES_NO, aliases=("是否已务工", "是否外出务工", "是否在外务工", "已务工"), facet="person",
        help="正在务工的填是，没有务工的填否。", example="是", width=8,
    ),
    Field(
        "work_place", "务工地点", TEXT,
        aliases=("务工地址", "务工所在地", "打工地点", "外出务工地点", "务工地", "务工区域", "务工地区"), facet="person",
        help="填写务工的省、市、县，没有务工的填无。", example="云岭县", width=16,
    ),
    Field(
        "work_months", "务工时间", NUMBER, unit="个月", low=0, high=12, aliases=("务工月数", "务工时长", "年务工时间", "务工时间(月数)"), facet="person",
        help="填写本年务工几个月，只填数字。", example="5", width=8,
    ),
    Field(
        "work_started_on", "务工开始时间", DATE, aliases=("务工开始日期", "开始务工时间", "外出务工开始时间"), facet="person",
        help="填写这次务工从哪一天开始。", example="2024-01-08", width=14,
    ),
    Field(
        "work_ended_on", "务工结束时间", DATE, aliases=("务工结束日期", "结束务工时间", "外出务工结束时间"), facet="person",
        help="这次务工已经结束的填写日期，还在务工的留空。", example="2024-06-07", width=14,
    ),
    Field(
        "employer", "务工企业名称", ORGANISATION, aliases=("务工企业", "务工单位", "务工单位名称", "就业企业", "就业企业名称", "就业单位"), facet="person",
        help="填写务工的企业或单位的全称，没有固定单位的留空。", example="云岭县农机修理厂", width=18,
    ),
    Field(
        "monthly_wage", "月工资", MONEY, unit="元", low=0, aliases=("务工月收入", "务工月工资", "月工资收入", "月均工资", "平均月工资", "务工收入(月)"),
        facet="person", help="填写务工每月的工资，单位元。", example="1800", width=10,
    ),
    Field(
        "plans_work", "是否计划务工", YES_NO, aliases=("计划务工", "是否计划外出务工", "是否有务工意愿", "有无务工意愿", "务工意愿"), facet="person",
        help="打算外出务工的填是。", example="是", width=10,
    ),
    Field(
        "post_kind", "公益性岗位类型", TEXT, aliases=("公益性岗位", "公益岗位", "公益岗位类型", "公益性岗位名称", "公益岗位名称"), facet="person",
        help="在公益性岗位上的填写岗位，例如护林员，几个岗位的用顿号隔开；没有的留空。", example="护林员", width=12,
    ),
    Field(
        "post_months", "公益性岗位月数", NUMBER, unit="个月", low=0, high=12, aliases=("公益性岗位(月数)", "公益岗位月数", "公益岗位(月数)"),
        facet="person", help="填写本年在公益性岗位上几个月，只填数字。", example="5", width=10,
    ),
    Field(
        "politics", "政治面貌", CODE, codelist="politics", aliases=("政治身份",), facet="person",
        help="从下拉框里选，例如群众、中共党员。", example="群众", width=10,
    ),
    Field(
        "status", "状态", CODE, codelist="status", aliases=("人员状态", "成员状态", "在册状态"), facet="person",
        help="从下拉框里选：正常、外出、迁出、死亡、注销。", example="正常", width=8,
    ),
    Field(
        "remark", "备注", TEXT, aliases=aliases.REMARK,
        help="填写需要说明的情况，例如没有证件号码的原因。", example="长期在村居住", width=20,
    ),
)  # fmt: skip


@rule(
    "ID11", "性别与证件号码不符", severity=Severity.ERROR, effect=Effect.FIELD, reads=("gender", "id_number"),
    at=("gender", "id_number"),
    says="第{row}行“{label}”填的是“{value}”，与证件号码第17位表示的性别不符", suggests="请对照身份证更正性别或号码",
    basis="DOMAIN ID11；GB 11643-1999", subject=Subject.IDENTITY,
)  # fmt: skip
def gender_contradicts_number(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The 17th digit says the other sex."""
    said = sex(rows["id_number"])
    return said.notna() & (rows["gender"] != said)


@rule(
    "ID12", "出生日期与证件号码不符", severity=Severity.ERROR, effect=Effect.FIELD,
    reads=("birth_date", "id_number", "birth_date__precision"), optional=("birth_date__precision",),
    at=("birth_date", "id_number"),
    says="第{row}行“{label}”填的是“{value}”，与证件号码里的出生日期不符", suggests="请对照身份证更正出生日期或号码",
    basis="DOMAIN ID12", subject=Subject.IDENTITY,
)  # fmt: skip
def birth_contradicts_number(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Another birth date than the number says, as far as it is stated (day, month or year)."""
    stated, said, precision = rows["birth_date"].dt, birth(rows["id_number"]), rows["birth_date__precision"]
    year = stated.year == said.dt.year
    month = (stated.month == said.dt.month) | (precision == "year")
    day = (stated.day == said.dt.day) | precision.isin(["month", "year"])
    return said.notna() & ~(year & month & day)


@rule(
    "ID12b", "年龄与证件号码不符", severity=Severity.WARNING, reads=("age", "id_number"), at=("age", "id_number"),
    limits={"years": 1},
    says="第{row}行“{label}”填的是“{value}”，与按证件号码推算的周岁相差超过{years}岁", suggests="请填周岁，或核对号码",
    basis="DOMAIN ID12", subject=Subject.IDENTITY,
)  # fmt: skip
def age_contradicts_number(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Another age than the number says at the report's date; one year more is the traditional way of counting."""
    limit = given.limits(age_contradicts_number)["years"]
    return (rows["age"] - age(birth(rows["id_number"]), given.as_of)).abs() > limit


@rule(
    "ID13", "年龄偏大", severity=Severity.WARNING, reads=("id_number",), at=("id_number",), limits={"oldest": 110},
    says="第{row}行的证件号码“{value}”显示年龄超过{oldest}岁", suggests="请核实号码，已去世的请在状态栏填死亡",
    basis="DOMAIN ID13", subject=Subject.IDENTITY,
)  # fmt: skip
def number_is_too_old(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The number says that its holder is older than people get."""
    return age(birth(rows["id_number"]), given.as_of) > _oldest(given)


@rule(
    "ID13", "年龄偏大", severity=Severity.WARNING, reads=("birth_date", "id_number"), optional=("id_number",),
    at=("birth_date",), limits={"oldest": 110},
    says="第{row}行“{label}”填的是“{value}”，年龄超过{oldest}岁", suggests="请核实出生日期，已去世的请在状态栏填死亡",
    basis="DOMAIN ID13", subject=Subject.IDENTITY,
)  # fmt: skip
def birth_is_too_old(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The birth date says so, where there is no number that could."""
    return rows["id_number"].isna() & (age(rows["birth_date"], given.as_of) > _oldest(given))


def _oldest(given: Given) -> float:
    return given.limits(number_is_too_old)["oldest"]


@rule(
    "ID26", "残疾证号与身份证号不符", severity=Severity.WARNING, reads=("disability_cert", "id_number"),
    at=("disability_cert", "id_number"),
    says="第{row}行“{label}”填的是“{value}”，前18位与同一行的证件号码不同", suggests="请对照身份证和残疾人证核对",
    basis="本程序约定（残疾人证号前18位即身份证号）", subject=Subject.IDENTITY,
)  # fmt: skip
def certificate_of_somebody_else(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The disability certificate begins with another identity number."""
    return citizen_number(rows["disability_cert"]) != citizen_number(rows["id_number"])


@rule(
    "HH05", "与户主关系和性别不符", severity=Severity.ERROR, effect=Effect.FIELD,
    reads=("relation", "gender", "id_number"), optional=("id_number",), at=("relation", "gender"),
    says="第{row}行“{label}”填的是“{value}”，与性别“{gender}”不符", suggests="请对照户口簿更正",
    basis="DOMAIN HH05", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def relation_contradicts_gender(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A son who is a woman. Where the number contradicts the gender, that is the cause and has its own finding."""
    expected = rows["relation"].map(_SEX_OF_RELATION)
    said = sex(rows["id_number"])
    return expected.notna() & (rows["gender"] != expected) & (said.isna() | (said == rows["gender"]))


_RELATIONS = CODELISTS["relation"]
_SEX_OF_RELATION = {
    label: _RELATIONS.attribute(label, "sex") for label in _RELATIONS.labels if _RELATIONS.attribute(label, "sex")
}

_PERSONS = (("relation",), ("head_name", "name", "id_number"))
"""What shows that the rows of a roster with columns of households are persons: it is split into both tables."""


@rule(
    "PC09", "低保对象落户不满规定年限", severity=Severity.WARNING, reads=("dibao", "hukou_since"), at=("hukou_since", "dibao"),
    limits={"years": 5},
    says="第{row}行“{label}”填的是“{value}”，到报表截止日落户不满{years}年，而填的是享受低保", suggests="请核对落户时间和低保审批情况",
    basis="DOMAIN PC09（各地规定不一，年限可在本县设置里改）", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def settled_too_lately(rows: pd.DataFrame, given: Given) -> pd.Series:
    """On minimum living allowance, and registered here for fewer years than are asked for."""
    years = int(given.limits(settled_too_lately)["years"])
    return rows["dibao"].astype(bool) & (rows["hukou_since"] > pd.Timestamp(given.as_of) - pd.DateOffset(years=years))


MEMBER = Table(
    "member",
    "家庭成员",
    FIELDS,
    noun="成员",
    counted=("名", "人", "口"),
    told_by=("name",),
    titles=("家庭成员", "人口花名册", "人口信息", "成员花名册"),
    keys=(
        ("household_id", "id_number"), ("household_id", "name", "birth_date"), ("household_id", "name"),
        ("head_name", "id_number"), ("head_name", "name", "birth_date"), ("head_name", "name"),
    ),
    needs=(("name",), ("household_id", "head_name")),
    facets={
        "household": ("家庭", "户信息", "户主", "户主信息", "家庭信息", "户基本情况", "所在户"),
        "person": ("家庭成员", "成员", "成员信息", "家庭成员情况", "家庭成员信息", "家庭成员基本情况", "人员信息", "个人信息", "基本情况"),
    },
    companions=(
        Companion(
            "household",
            triggers=(
                "head_id", "household_type", "recipient_category", "member_count", "labour_count", "labour_capacity", "cause",
                "wage_income", "business_income", "business_expense", "property_income", "transfer_income", "net_income",
                "income_per_capita", "main_income_source", "farmland_mu", "housing", "house_area", "demand", "phone",
                "identified_on",
            ),
            shares={
                "township": "township", "village": "village", "group": "group", "household_id": "household_id",
                "head_name": "head_name",
            },
            beside=_PERSONS,
            per=(("household_id",), ("head_id",), ("township", "village", "group", "head_name")),
            led={"head_name": "name", "head_id": "id_number", "head_gender": "gender"},
        ),
        Companion(
            "pairing",
            triggers=("helper_name",),
            shares={
                "township": "township", "village": "village", "villager_group": "group", "household_id": "household_id",
                "recipient_name": "head_name",
            },
            beside=_PERSONS,
            per=(
                ("household_id", "helper_name"), ("recipient_id", "helper_name"),
                ("township", "village", "villager_group", "recipient_name", "helper_name"),
            ),
            led={"recipient_name": "name", "recipient_id": "id_number", "recipient_gender": "gender"},
        ),
    ),
    block="household",
    lead=Lead("relation", "户主", CODELISTS["relation"].spellings("户主")),
    refers=Reference(person="id_number", group="group", owns_person=True),
    rules=(
        *missing_number("id_number", "disability_cert"),
        certificate_of_somebody_else,
        gender_contradicts_number,
        birth_contradicts_number,
        age_contradicts_number,
        number_is_too_old,
        birth_is_too_old,
        relation_contradicts_gender,
        settled_too_lately,
        *schooling_rules.of_members(),
        *health_rules.of_members(),
        *labour_rules.RULES,
        *job_rules.RULES,
        *member_coverage.RULES,
    ),
    statistics=households.OF_MEMBERS,
    help="每人一行，户主本人也要占一行。户编号和户主姓名至少填一项。",
)  # fmt: skip
