"""村情: one row a village: its size, people, income, facilities and organisations."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.kinds import AREA, CODE, DATE, INTEGER, MONEY, NUMBER, PERSON, PHONE, PLACE, RATE, TEXT, YES_NO
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule
from bangfu_excel.core.table import Field, Privacy, Table
from bangfu_excel.domain import aliases
from bangfu_excel.domain.statistics import villages


def _count(name: str, label: str, unit: str, example: str, *others: str, high: float = 1_000_000) -> Field:
    """A number of persons, households or things of the village."""
    return Field(
        name, label, INTEGER, aliases=others, unit=unit, high=high,
        help=f"填写全村的{label}，只填数字，没有的填0。", example=example, width=10,
    )  # fmt: skip


def _is_there(name: str, label: str, what: str, *others: str) -> Field:
    """Whether the village has something."""
    return Field(name, label, YES_NO, aliases=others, help=f"{what}的填是，没有的填否。", example="是", width=8)


FIELDS = (
    Field("county", "县", PLACE, aliases=aliases.COUNTY, help="填写县（市、区、旗）的全称。", example="云岭县", width=10),
    Field(
        "township", "乡镇", PLACE, expected=True, aliases=aliases.TOWNSHIP,
        help="填写乡、镇或街道的全称。", example="青石镇", width=10,
    ),
    Field(
        "village", "村", PLACE, expected=True, names=("township", "village"),
        aliases=(*aliases.VILLAGE, "行政村名称", "贫困村", "帮扶村", "受帮扶村", "结对村"),
        help="填写行政村或社区的全称，一个村一行。", example="柳溪村", width=10,
    ),
    Field(
        "priority_type", "重点村类型", CODE, codelist="village_priority", aliases=("村类型", "重点类型", "优先类型", "村类别"),
        help="从下拉框里选，不是重点村的选一般村。", example="交通干线沿线村", width=14,
    ),
    Field(
        "is_removed", "是否出列", YES_NO, aliases=("出列", "是否脱贫出列", "贫困村是否出列", "是否脱贫村"),
        help="已经出列的填是。", example="是", width=8,
    ),
    Field(
        "distance_km", "距乡镇距离", NUMBER, unit="公里", high=1000,
        aliases=("距乡镇政府距离", "距镇政府距离", "距镇政府", "距乡镇政府", "距乡镇", "到镇政府距离", "距镇里距离", "到乡镇距离", "距镇区距离", "距县城距离", "离乡镇距离", "距离"),
        help="填写村委会到乡镇政府的距离，单位是公里。", example="12", width=10,
    ),
    Field(
        "area_km2", "总面积", AREA, unit="平方公里", high=100_000, aliases=("村域面积", "国土面积", "全村总面积", "面积"),
        help="填写全村的总面积，单位是平方公里。", example="20", width=10,
    ),
    Field(
        "farmland_mu", "耕地面积", AREA, unit="亩", high=10_000_000, aliases=("耕地", "耕地总面积", "全村耕地面积", "承包耕地面积"),
        help="填写全村的耕地面积，单位是亩。", example="2400", width=10,
    ),
    Field(
        "farmland_per_capita", "人均耕地", AREA, unit="亩", high=10_000, aliases=("人均耕地面积", "人均占有耕地"),
        help="填写耕地面积除以总人口的结果，单位是亩，可以不填。", example="2", width=10,
    ),
    _count("group_count", "村民小组数", "个", "6", "村民小组", "组数", "村民小组个数", "自然村个数", "自然村数", high=1000),
    _count("households", "总户数", "户", "400", "户数", "全村户数", "农户数", "户籍户数"),
    _count("population", "总人口", "人", "1200", "总人口数", "人口", "人口数", "全村人口", "户籍人口", "人口总数"),
    _count("labour_force", "劳动力", "人", "600", "劳动力人数", "劳动力数", "全村劳动力"),
    _count("migrant_workers", "外出务工人数", "人", "300", "外出务工", "务工人数", "外出务工人员"),
    _count("committee_size", "村两委人数", "人", "5", "村两委成员", "两委成员数", "两委班子", "村两委", "两委班子人数", "村两委班子", "两委人数", "村委会人数", "村委会班子人数", "班子成员数", high=100),
    _count("party_members", "党员人数", "人", "32", "党员", "党员数", "正式党员", "正式党员数", "中共党员"),
    _count("party_activists", "入党积极分子", "人", "4", "入党积极分子人数", "积极分子", "积极分子人数"),
    _count("poor_households", "贫困户数", "户", "30", "贫困户", "贫困家庭户数", "建档立卡户数", "贫困人口户数", "建档立卡贫困户户数", "建档立卡贫困户数", "脱贫户数", "贫困家庭"),
    _count("poor_persons", "贫困人口", "人", "96", "贫困人口数", "贫困人数", "贫困人口人数", "贫困户人数", "贫困户人口", "建档立卡贫困人口", "建档立卡人数", "建档立卡人口", "脱贫人口", "脱贫人口数"),
    Field(
        "poverty_share", "贫困人口比例", RATE, unit="", low=0, high=1,
        aliases=("贫困发生率", "贫困人口占比", "贫困人口占全村总人口比例", "贫困人口占总人口比例", "占总人口比例"),
        help="填写贫困人口除以总人口的结果，例如8%，可以不填。", example="0.08", width=10,
    ),
    _count("monitored_households", "监测对象户数", "户", "3", "监测户数", "监测户"),
    _count("dibao_households", "低保户数", "户", "20", "低保户", "低保户（户）", "低保户户数", "低保对象户数"),
    _count("dibao_persons", "低保人口", "人", "35", "低保人口数", "低保人数", "低保对象人数", "低保户人数"),
    _count("wubao_households", "五保户数", "户", "4", "五保户", "特困供养户数", "五保户户数"),
    _count("wubao_persons", "五保人数", "人", "4", "五保人口", "特困供养人口数", "五保户人数", "特困供养人数", "特困供养人口"),
    _count("sanwu_persons", "三无人员", "人", "1", "三无人数", "三无人员数", "三无人员人数"),
    _count("disabled_persons", "残疾人数", "人", "18", "残疾人口", "残疾人口数", "残疾人"),
    _count("left_behind_children", "留守儿童人数", "人", "12", "留守儿童", "留守儿童数"),
    _count("unsafe_houses", "危房户数", "户", "0", "危房户", "危房数"),
    _count("unsafe_water_households", "未实现饮水安全户数", "户", "0", "饮水不安全户数", "未解决饮水安全户数"),
    Field(
        "income_per_capita", "人均纯收入", MONEY, unit="元", high=1_000_000,
        aliases=("全村人均纯收入", "村民人均纯收入", "农民人均纯收入", "年人均纯收入", "人均收入"),
        help="填写全村的人均纯收入，单位是元，并在收入年份里写明是哪一年的。", example="5700", width=10,
    ),
    Field(
        "income_year", "收入年份", INTEGER, unit="年", low=2000, high=2100, aliases=("人均纯收入年份", "收入年度", "年度", "年份"),
        help="填写人均纯收入是哪一年的，例如2023。", example="2023", width=8,
    ),
    Field(
        "collective_income", "村集体经济收入", MONEY, unit="元", high=10_000_000_000,
        aliases=("村级集体经济收入", "集体经济收入", "村集体收入", "集体收入"),
        help="填写村集体一年的经营收入，单位是元，没有的填0。", example="120000", width=12,
    ),
    Field(
        "main_industry", "主导产业", TEXT, aliases=("主要产业", "特色产业", "支柱产业"),
        help="填写村里的主要产业，几项的用顿号隔开。", example="香菇种植、肉羊养殖", width=16,
    ),
    Field(
        "medical_rate", "医疗保险参保率", RATE, low=0, high=1,
        aliases=("新农合参合率", "合作医疗参合率", "城乡居民医疗保险参保率", "医保参保率", "新型合作医疗参合率"),
        help="填写参加医疗保险的人占全村的比例，例如95%。", example="0.95", width=10,
    ),
    Field(
        "pension_rate", "养老保险参保率", RATE, low=0, high=1,
        aliases=("新农保参保率", "城乡居民养老保险参保率", "社会养老保险参保率"),
        help="填写参加养老保险的人占全村的比例，例如80%。", example="0.8", width=10,
    ),
    _count("pension_persons", "领取养老金人数", "人", "127", "享受养老金人数", "享受养老金待遇人数"),
    Field(
        "pension_monthly", "养老金每月标准", MONEY, unit="元", high=100_000, aliases=("养老金标准", "每月养老金", "月养老金"),
        help="填写每人每月领取的养老金，单位是元。", example="55", width=10,
    ),
    _is_there("has_library", "图书室", "建有图书室", "是否有图书室", "农家书屋", "文化（图书）室"),
    _is_there("has_activity_room", "活动室", "建有活动室", "是否有活动室", "党员活动室", "文化活动室"),
    _is_there("has_classroom", "多功能教室", "建有多功能教室", "是否有多功能教室", "多功能室"),
    _is_there("has_square", "文体活动广场", "建有文体活动广场", "文化广场", "是否有文体活动广场", "活动广场", "文体广场"),
    _is_there("has_television", "电视", "配有电视", "是否有电视", "有电视"),
    _is_there("has_sound", "音响", "配有音响", "是否有音响", "有音响"),
    _is_there("has_broadcast", "广播", "配有广播", "是否有广播", "有广播"),
    _is_there("has_bookshelf", "科技书架", "配有科技书架", "书架", "是否有科技书架", "有科技书架"),
    _is_there("has_showcase", "宣传橱窗", "建有宣传橱窗", "是否有宣传橱窗", "建有宣传橱窗", "宣传栏"),
    _is_there("has_moral_council", "道德评议会", "成立道德评议会", "是否有道德评议会"),
    _is_there("has_villager_council", "村民议事会", "成立村民议事会", "是否有村民议事会"),
    _is_there("has_red_white_council", "红白事理事会", "成立红白事理事会", "红白理事会", "是否有红白理事会", "是否有红白事理事会"),
    _is_there("has_ban_council", "禁赌禁毒会", "成立禁赌禁毒会", "禁毒禁赌会", "是否有禁赌禁毒会"),
    _is_there("has_rules", "村规民约", "订有村规民约", "是否有村规民约"),
    _is_there("has_clinic", "卫生室", "建有卫生室", "是否有卫生室", "村卫生室"),
    _is_there("has_school", "村小学", "办有村小学", "是否有村小学", "教学点"),
    _is_there("has_hard_road", "是否通硬化路", "到乡镇通沥青或水泥路", "到乡镇是否通沥青（水泥）路", "通硬化路", "道路硬化"),
    _is_there("has_bus", "是否通客运班车", "通客运班车", "通客车", "是否通客车"),
    _count("five_good_families", "五好家庭户数", "户", "8", "五好家庭", "五好家庭数"),
    _count("civil_families", "文明家庭户数", "户", "10", "文明家庭", "文明家庭数"),
    Field(
        "leader", "村负责人", PERSON, aliases=("村支部书记", "村党支部书记", "村主任", "村书记", "村干部", "村联系人", "负责人"),
        help="填写村党支部书记或村主任的姓名。", example="孙长河", width=10,
    ),
    Field(
        "leader_phone", "村负责人电话", PHONE, privacy=Privacy.PHONE, aliases=("村支书电话", "村书记电话", "村联系电话", "村主任电话", "村负责人联系电话"),
        weak=("联系电话", "电话", "联系方式"), help="填写村负责人的11位手机号。", example="13900030003", width=14,
    ),
    Field(
        "demand", "村发展需求", TEXT, aliases=("帮扶需求", "主要困难", "发展需求", "存在困难", "村情简介", "需要解决的问题"),
        help="填写村里最需要帮助解决的事情。", example="修通三组到四组的路", width=24,
    ),
    Field(
        "surveyed_on", "统计时间", DATE, aliases=("统计日期", "截止时间", "数据截止日期", "采集时间"),
        help="填写这些数字截至哪一天。", example="2024-01-10", width=14,
    ),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="数据来自村年报", width=20),
)  # fmt: skip


def _not_the_ratio(rows: pd.DataFrame, given: Given, *, name: str, part: str, whole: str) -> pd.Series:
    """What is printed is not `part` ÷ `whole`, beyond rounding."""
    quotient = rows[part] / rows[whole].mask(rows[whole] <= 0)
    return (rows[name] - quotient).abs() > given.limits(_POVERTY if name == "poverty_share" else _FARMLAND)["apart"]


def _ratio(name: str, part: str, whole: str, *, code: str, title: str, said: str, apart: float) -> Rule:
    """X3: a ratio that is printed is computed again. apart: how far it may lie from what its parts give."""
    return Rule(
        code=code, title=title, severity=Severity.WARNING, effect=Effect.NONE, reads=(name, part, whole),
        at=(name, part, whole), limits={"apart": apart}, test=partial(_not_the_ratio, name=name, part=part, whole=whole),
        says=f"第{{row}}行“{{label}}”填的是“{{value}}”，与{said}算出来的不同",
        suggests="请核对这几个数字，比例以重新计算的为准", basis="DOMAIN X3；村情概况表", subject=Subject.VILLAGE,
    )  # fmt: skip


_POVERTY = _ratio(
    "poverty_share", "poor_persons", "population", code="VL01", title="贫困人口比例与人数不符",
    said="贫困人口{poor_persons}人除以总人口{population}人", apart=0.005,
)  # fmt: skip
_FARMLAND = _ratio(
    "farmland_per_capita", "farmland_mu", "population", code="VL02", title="人均耕地与耕地面积不符",
    said="耕地{farmland_mu}亩除以总人口{population}人", apart=0.1,
)  # fmt: skip


def _more(rows: pd.DataFrame, given: Given, *, part: str, whole: str) -> pd.Series:
    return rows[part] > rows[whole]


def _part_of(part: str, whole: str, what: str) -> Rule:
    return Rule(
        code="EC03", title="其中数大于总数", severity=Severity.ERROR, effect=Effect.FIELD, reads=(part, whole), at=(part, whole),
        test=partial(_more, part=part, whole=whole),
        says=f"第{{row}}行“{{label}}”填的是“{{value}}”，多于{what}{{{whole}}}", suggests="请核对这两栏的数字",
        basis="DOMAIN EC03", subject=Subject.VILLAGE,
    )  # fmt: skip


_OF_ANY_LIST = frozenset(("county", "township", "village", "leader", "leader_phone", "demand", "surveyed_on", "remark"))

VILLAGE = Table(
    "village",
    "村情",
    FIELDS,
    noun="村",
    counted=("个", "村"),
    told_by=("village",),
    titles=("村情", "村基本情况", "村概况", "贫困村情况"),
    shown_by=tuple(f.name for f in FIELDS if f.name not in _OF_ANY_LIST),
    keys=(("township", "village"), ("village",)),
    needs=(("village",),),
    facets={"": ("村情", "村情概况", "基本情况", "基本信息", "村基本情况", "三室一场", "四有一建", "四会", "组织", "设施", "人口情况", "经济情况")},
    rules=(
        _POVERTY,
        _FARMLAND,
        _part_of("poor_persons", "population", "总人口"),
        _part_of("poor_households", "households", "总户数"),
        _part_of("dibao_households", "households", "总户数"),
        _part_of("labour_force", "population", "总人口"),
        _part_of("households", "population", "总人口"),
    ),
    statistics=villages.STATISTICS,
    help="每个村一行。乡镇和村必须写全称。",
)  # fmt: skip
