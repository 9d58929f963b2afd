"""帮扶对象户: one row a household that is helped."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.kinds import (
    AREA,
    CODE,
    CODES,
    DATE,
    IDENTITY_OR_CERTIFICATE,
    INTEGER,
    KEY,
    MONEY,
    PERSON,
    PHONE,
    PLACE,
    TEXT,
    YES_NO,
)
from bangfu_excel.core.message import Subject
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.table import Companion, Field, Privacy, Table
from bangfu_excel.domain import aliases, household_bounds, household_monitoring
from bangfu_excel.domain.blanks import blank_amount, blank_contact, missing_number
from bangfu_excel.domain.identity import age, birth, sex
from bangfu_excel.domain.statistics import households

FIELDS = (
    Field(
        "county", "县", PLACE, aliases=aliases.COUNTY,
        facet="household", help="填写县（市、区、旗）的全称。", example="云岭县", width=10,
    ),
    Field(
        "township", "乡镇", PLACE, expected=True,
        aliases=aliases.TOWNSHIP,
        facet="household", help="填写乡、镇或街道的全称。", example="青石镇", width=10,
    ),
    Field(
        "village", "村", PLACE, tail="group", names=("township", "village", "group"), expected=True,
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
        weak=("编号", "编码"), facet="household", privacy=Privacy.NONE,
        help="填写本县系统里的户编号，没有编号的可以不填。", example="YL0302011", width=14,
    ),
    Field(
        "head_name", "户主姓名", PERSON, expected=True,
        aliases=(
            "户主", "户名", "农户姓名", "贫困户姓名", "贫困户", "贫困户名", "脱贫户姓名", "监测户姓名", "帮扶对象",
            "帮扶对象姓名", "帮扶对象(户主)姓名", "帮扶户主", "受助人", "户主名字", "家庭户主", "对象姓名",
        ),
        weak=("姓名", "名字"), facet="head", privacy=Privacy.NAME,
        help="填写户主姓名，与身份证一致。", example="张建国", width=10,
    ),
    Field(
        "head_id", "户主证件号码", IDENTITY_OR_CERTIFICATE, expected=True,
        aliases=(
            "户主身份证号", "户主身份证号码", "户主身份证", "户主公民身份号码", "户主证件号", "身份证号", "身份证号码", "公民身份号码",
            "公民身份证号码", "居民身份证号", "居民身份证号码", "身份证", "证件号码", "证件号", "身份证(残疾证)号码",
            "身份证号码或残疾证号", "身份证号码或残疾证号码", "公民身份号码或残疾证号码",
        ),
        facet="head", privacy=Privacy.IDENTITY,
        help="以文本格式填写户主的18位公民身份号码，持残疾人证的可填20位残疾人证号。", example="990101196805123015", width=22,
    ),
    Field(
        "head_gender", "户主性别", CODE, codelist="gender", weak=("性别",), facet="head",
        help="填写男或女。", example="男", width=6,
    ),
    Field(
        "household_type", "户类型", CODE, codelist="household_type",
        aliases=("农户属性", "贫困户属性", "贫困户类型", "户属性", "家庭类型", "脱贫户属性", "农户类型", "脱贫户类型"),
        weak=("类型", "属性"), facet="household",
        help="从下拉框里选，例如一般脱贫户、低保户、一般农户。", example="一般脱贫户", width=14,
    ),
    Field(
        "recipient_category", "对象类别", CODES, codelist="recipient_category",
        aliases=("帮扶对象类别", "监测对象类别", "监测类别", "对象类型", "帮扶对象类型", "帮扶类别", "困难类型", "困难类别", "监测对象类型"),
        weak=("类别", "类型"), facet="household",
        help="按帮扶方案填写对象类别，几类同时符合的用顿号隔开。", example="边缘易致贫户", width=14,
    ),
    Field(
        "member_count", "家庭人口数", INTEGER, unit="人", low=1, high=30, expected=True,
        aliases=("家庭人口", "人口", "人口数", "家庭成员人数", "家庭成员数", "户籍人口", "家庭人数", "人口总数", "总人口", "家庭总人口"),
        weak=("人数",), facet="household",
        help="填写家庭常住人口的人数，只填数字。", example="1", width=8,
    ),
    Field(
        "labour_count", "劳动力人数", INTEGER, unit="人", high=30,
        aliases=("劳动力", "劳动力数", "劳力", "劳力数", "劳动力人口", "家庭劳动力", "劳动力数量", "家庭劳动力人数"),
        facet="household", help="填写家庭中有劳动能力的人数，没有的填0。", example="1", width=8,
    ),
    Field(
        "labour_capacity", "劳动能力", CODE, codelist="labour_capacity",
        aliases=("有无劳动能力", "劳动能力情况", "家庭劳动能力", "整户劳动能力", "劳动力状况"),
        facet="household", help="整户有无劳动能力，从下拉框里选。", example="有劳动能力", width=12,
    ),
    Field(
        "cause", "致贫原因", CODES, codelist="poverty_cause",
        aliases=(
            "贫困原因", "主要致贫原因", "主要致(返)贫原因", "致(返)贫原因", "致贫返贫原因", "致贫/返贫风险", "致贫/返贫风险1", "返贫致贫风险",
            "致困原因", "困难原因", "主要致困原因", "主要困难原因", "风险类型", "主要风险",
        ),
        facet="household", help="填写主要的致贫或返贫原因，几项的用顿号隔开，例如因病、缺技术。", example="因残、缺技术", width=16,
    ),
    Field(
        "other_cause", "次要致贫原因", CODES, codelist="poverty_cause", facet="household",
        aliases=("其他致贫原因", "次要致(返)贫原因", "次要致贫返贫原因", "致贫/返贫风险2", "次要风险"),
        help="主要原因以外还有的填在这里，几项的用顿号隔开。", example="因老", width=16,
    ),
    Field(
        "wage_income", "工资性收入", MONEY, unit="元", high=10_000_000, facet="household",
        aliases=("工资收入", "务工收入", "务工", "工资性"),
        help="填写全年工资性收入，单位是元，没有的填0。", example="6000", width=12,
    ),
    Field(
        "business_income", "生产经营性收入", MONEY, unit="元", high=100_000_000, facet="household",
        aliases=("经营性收入", "家庭经营性收入", "生产经营收入", "家庭经营收入", "经营收入"),
        help="填写全年生产经营的总收入，单位是元，没有的填0。", example="3000", width=12,
    ),
    Field(
        "business_expense", "生产经营性支出", MONEY, unit="元", high=100_000_000, facet="household",
        aliases=("经营性支出", "家庭经营性支出", "生产经营支出", "家庭经营支出", "经营支出"),
        help="填写全年生产经营的总支出，单位是元，没有的填0。", example="1400", width=12,
    ),
    Field(
        "property_income", "财产性收入", MONEY, unit="元", high=10_000_000, facet="household",
        aliases=("财产收入", "财产性"),
        help="填写全年财产性收入，单位是元，没有的填0。", example="0", width=12,
    ),
    Field(
        "transfer_income", "转移性收入", MONEY, unit="元", high=10_000_000, facet="household",
        aliases=("转移收入", "转移性", "政策性收入", "补贴性收入"),
        help="填写低保金、养老金、各类补贴等全年转移性收入，单位是元，没有的填0。", example="1000", width=12,
    ),
    Field(
        "net_income", "家庭纯收入", MONEY, unit="元", high=100_000_000, facet="household",
        aliases=("家庭年纯收入", "全年家庭纯收入", "年纯收入", "家庭总收入", "家庭年收入", "家庭收入", "年收入", "纯收入", "总收入"),
        help="填写全年家庭纯收入，单位是元。", example="8600", width=12,
    ),
    Field(
        "income_per_capita", "人均纯收入", MONEY, unit="元", high=1_000_000, facet="household",
        aliases=("家庭人均纯收入", "家庭人均收入", "人均收入", "年人均纯收入", "年人均收入", "家庭年人均收入", "家庭年人均纯收入"),
        help="填写家庭纯收入除以家庭人口数的结果，单位是元。", example="8600", width=12,
    ),
    Field(
        "main_income_source", "主要收入来源", TEXT, facet="household",
        aliases=("收入来源", "家庭主要收入来源", "经济来源", "家庭经济来源", "主要经济来源", "收入主要来源"),
        help="填写家庭的主要收入来源，例如务工、种植、低保金。", example="务工、种植", width=16,
    ),
    Field(
        "farmland_mu", "耕地面积", AREA, unit="亩", high=10_000, facet="household",
        aliases=("承包耕地面积", "承包耕地", "耕地", "承包地", "承包地面积", "田地", "土地", "土地面积", "承包土地情况", "承包土地面积"),
        help="填写承包耕地的面积，单位是亩，没有的填0。", example="4.5", width=10,
    ),
    Field(
        "housing", "住房情况", CODE, codelist="housing", facet="household",
        aliases=("住房状况", "住房安全情况", "住房安全", "是否危房", "是否危房户", "危房等级", "住房安全等级", "住房等级"),
        help="从下拉框里选：安全住房、C级危房、D级危房、无房、租房或借住。", example="安全住房", width=12,
    ),
    Field(
        "house_area", "住房面积", AREA, unit="m²", high=10_000, facet="household",
        aliases=("房屋面积", "家庭住房面积", "住房建筑面积", "家庭住房情况"),
        help="填写住房的建筑面积，单位是平方米。", example="80", width=10,
    ),
    Field(
        "safe_water", "是否解决安全饮用水", YES_NO, facet="household",
        aliases=("是否解决安全饮水", "饮水安全", "饮水是否安全", "是否饮水安全", "安全饮水", "安全饮用水"),
        help="填写是或否。", example="是", width=8,
    ),
    Field(
        "medical_own_cost", "合规自付支出", MONEY, unit="元", high=10_000_000, facet="household",
        aliases=("合规自付医疗支出", "合规自付医疗费用", "合规自付费用", "医疗自付支出"),
        help="填写全年医疗费用里合规自付的部分，单位是元，没有的填0。", example="1200", width=12,
    ),
    Field(
        "safety_net", "整户无劳动能力兜底保障户", YES_NO, facet="household",
        aliases=("是否整户无劳动能力兜底保障户", "是否兜底保障户", "兜底保障户", "是否兜底户", "兜底户"),
        help="整户没有劳动能力、由政策兜底保障的填是，其他填否。", example="否", width=10,
    ),
    Field(
        "demand", "帮扶需求", TEXT, facet="household",
        aliases=("需求", "诉求", "家庭诉求", "帮扶诉求", "愿望", "主要需求", "需求意愿", "帮扶意愿", "家庭愿望", "急需解决的问题"),
        help="填写这户最想解决的事情。", example="想学习养殖技术", width=24,
    ),
    Field(
        "village_opinion", "村委会意见", TEXT, facet="household",
        aliases=("村委意见", "村两委意见", "村级意见", "村民委员会意见", "村评议意见", "民主评议意见", "村级评议意见"),
        help="确定为帮扶对象前征求村委会意见的，填写村委会的意见。", example="同意列为帮扶对象", width=20,
    ),
    Field(
        "phone", "户联系电话", PHONE, facet="household", privacy=Privacy.PHONE,
        aliases=("户主电话", "户主联系电话", "户主手机", "户主手机号", "户主联系方式", "贫困户联系电话", "家庭联系电话", "户电话"),
        weak=("联系电话", "电话", "电话号码", "手机", "手机号", "手机号码", "联系方式"),
        help="填写户主的11位手机号或带区号的固定电话。", example="13900010001", width=14,
    ),
    Field(
        "address", "家庭住址", TEXT, facet="household", privacy=Privacy.HIDDEN, names=("township", "village", "group"),
        aliases=("住址", "家庭地址", "地址", "详细地址", "家庭详细地址", "现住址", "居住地址"),
        help="填写到村民小组和门牌。", example="柳溪村三组12号", width=24,
    ),
    Field(
        "identified_on", "识别时间", DATE, facet="household",
        aliases=("识别日期", "识别监测时间", "纳入时间", "纳入日期", "建档时间", "建档日期", "纳入监测时间", "识别年度", "认定时间"),
        help="填写识别或纳入的日期，例如2024-03-05，只知道月份的填2024年3月。", example="2024-01-10", width=14,
    ),
    Field(
        "risk_removed", "风险是否已消除", YES_NO, facet="household", aliases=("是否消除风险", "风险消除", "是否风险消除", "风险消除情况"),
        help="监测对象填写返贫致贫风险是否已经消除。", example="是", width=8,
    ),
    Field(
        "removal_way", "风险消除方式", CODE, codelist="removal_way", facet="household", aliases=("消除方式",),
        help="风险已消除的填写帮扶消除或自然消除，没有消除的留空。", example="帮扶消除", width=10,
    ),
    Field(
        "removed_on", "消除监测时间", DATE, facet="household", aliases=("风险消除时间", "风险消除日期", "消除时间", "消除风险时间", "解除监测时间"),
        help="填写风险消除的日期，没有消除的留空。", example="2024-06-20", width=14,
    ),
    Field(
        "honour", "荣誉称号", CODES, codelist="honour", facet="household",
        aliases=("获得荣誉", "所获荣誉", "家庭荣誉", "荣誉", "荣誉名称", "获得称号", "所获称号", "家庭称号", "获评称号", "称号", "评选称号", "获奖情况"),
        help="从下拉框里选：五好家庭、文明家庭、星级文明户等，可填几项，用顿号隔开。", example="文明家庭", width=14,
    ),
    Field(
        "status", "状态", CODE, codelist="status", facet="household",
        aliases=("家庭状态", "户状态", "人员状态", "在册状态"),
        help="从下拉框里选：正常、外出、迁出、死亡、注销。", example="正常", width=8,
    ),
    Field(
        "remark", "备注", TEXT, aliases=aliases.REMARK,
        help="填写需要说明的情况。", example="长期在村居住", width=20,
    ),
)  # fmt: skip

_INCOMES = ("wage_income", "business_income", "business_expense", "property_income", "transfer_income")
_AMOUNTS = ("member_count", "labour_count", *_INCOMES, "net_income", "income_per_capita", "farmland_mu")


@rule(
    "ID11", "性别与证件号码不符", severity=Severity.ERROR, effect=Effect.FIELD, reads=("head_gender", "head_id"),
    at=("head_gender", "head_id"),
    says="第{row}行“{label}”填的是“{value}”，与户主证件号码第17位表示的性别不符", suggests="请对照身份证更正性别或号码",
    basis="DOMAIN ID11；GB 11643-1999", subject=Subject.IDENTITY,
)  # fmt: skip
def head_gender_contradicts_number(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The 17th digit says the other sex."""
    said = sex(rows["head_id"])
    return said.notna() & (rows["head_gender"] != said)


@rule(
    "ID13", "年龄偏大", severity=Severity.WARNING, reads=("head_id",), at=("head_id",), limits={"oldest": 110},
    says="第{row}行户主的证件号码“{value}”显示年龄超过{oldest}岁", suggests="请核实号码，已去世的请更正户主",
    basis="DOMAIN ID13", subject=Subject.IDENTITY,
)  # fmt: skip
def head_is_too_old(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The head's number says that he is older than people get."""
    return age(birth(rows["head_id"]), given.as_of) > given.limits(head_is_too_old)["oldest"]


@rule(
    "HH08", "劳动力多于人口", severity=Severity.ERROR, effect=Effect.FIELD, reads=("labour_count", "member_count"),
    at=("labour_count", "member_count"),
    says="第{row}行“{label}”填的是“{value}”，多于家庭人口数{member_count}人", suggests="请核对这两栏的人数",
    basis="DOMAIN HH08", subject=Subject.HOUSEHOLD,
)  # fmt: skip
def more_labour_than_members(rows: pd.DataFrame, given: Given) -> pd.Series:
    """More able to work than live there."""
    return rows["labour_count"] > rows["member_count"]


@rule(
    "EC01", "人均纯收入与家庭纯收入不符", severity=Severity.WARNING,
    reads=("income_per_capita", "net_income", "member_count", "net_income__approx", "income_per_capita__approx"),
    optional=("net_income__approx", "income_per_capita__approx"),
    at=("income_per_capita", "net_income", "member_count"), limits={"yuan": 1, "share": 0.005},
    says="第{row}行“{label}”填的是“{value}”，而家庭纯收入{net_income}元、家庭人口数{member_count}人，两者相除的结果不同",
    suggests="请核对这三栏，人均纯收入应为家庭纯收入除以家庭人口数", basis="DOMAIN EC01", subject=Subject.ECONOMY,
)  # fmt: skip
def per_head_is_not_the_quotient(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Income a head is not income ÷ members, within 1 yuan or 0.5 %; rough sums and sums in another unit are not asked."""
    limits = given.limits(per_head_is_not_the_quotient)
    quotient = rows["net_income"] / rows["member_count"].mask(rows["member_count"] <= 0)
    apart = (rows["income_per_capita"] - quotient).abs()
    allowed = (quotient.abs() * limits["share"]).clip(lower=limits["yuan"])
    rough = rows["net_income__approx"].eq(True) | rows["income_per_capita__approx"].eq(True)
    return (
        (apart > allowed)
        & ~rough
        & ~_in_ten_thousands(rows["net_income"], given)
        & ~_in_ten_thousands(rows["income_per_capita"], given)
    )


@rule(
    "EC02", "家庭纯收入与各项收入不符", severity=Severity.WARNING, reads=("net_income", *_INCOMES),
    at=("net_income", *_INCOMES), limits={"yuan": 1, "share": 0.005},
    says="第{row}行“{label}”填的是“{value}”，与各项收入之和减去生产经营性支出的结果不同", suggests="请核对各项收入和支出",
    basis="DOMAIN EC02", subject=Subject.ECONOMY,
)  # fmt: skip
def income_is_not_the_sum(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Net income is not wages + business − business expense + property + transfers."""
    limits = given.limits(income_is_not_the_sum)
    earned = rows["wage_income"] + rows["business_income"] + rows["property_income"] + rows["transfer_income"]
    total = earned - rows["business_expense"]
    allowed = (total.abs() * limits["share"]).clip(lower=limits["yuan"])
    return (rows["net_income"] - total).abs() > allowed


@rule(
    "EC14", "金额单位可能填错", severity=Severity.WARNING, reads=("net_income",), at=("net_income",),
    limits={"yuan": 10},
    says="第{row}行“{label}”填的是“{value}”，不到{yuan}元，可能是按万元填的", suggests="请核对单位，这一栏以元为单位",
    basis="DOMAIN EC14", subject=Subject.ECONOMY,
)  # fmt: skip
def income_in_ten_thousands(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A year's income of a few yuan."""
    return _in_ten_thousands(rows["net_income"], given)


@rule(
    "EC14", "金额单位可能填错", severity=Severity.WARNING, reads=("income_per_capita", "net_income"),
    optional=("net_income",), at=("income_per_capita",), limits={"yuan": 10},
    says="第{row}行“{label}”填的是“{value}”，不到{yuan}元，可能是按万元填的", suggests="请核对单位，这一栏以元为单位",
    basis="DOMAIN EC14", subject=Subject.ECONOMY,
)  # fmt: skip
def per_head_in_ten_thousands(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A year's income a head of a few yuan, where the household's own is not already doubted."""
    return _in_ten_thousands(rows["income_per_capita"], given) & ~_in_ten_thousands(rows["net_income"], given)


def _in_ten_thousands(amounts: pd.Series, given: Given) -> pd.Series:
    return ((amounts > 0) & (amounts < given.limits(income_in_ten_thousands)["yuan"])).fillna(False)


HOUSEHOLD = Table(
    "household",
    "帮扶对象户",
    FIELDS,
    noun="户",
    counted=("户",),
    told_by=("head_name",),
    titles=("户花名册", "户名册", "对象花名册", "对象名册", "五好家庭名册", "文明家庭名册", "文明户名册"),
    keys=(("household_id",), ("head_id",), ("township", "village", "group", "head_name")),
    needs=(("household_id", "head_id", "head_name"),),
    facets={
        "head": ("户主", "户主信息", "户主情况", "户主基本情况", "户主基本信息"),
        "household": (
            "家庭", "家庭情况", "家庭基本情况", "家庭信息", "基本情况", "基本信息", "农户基本情况", "贫困户基本情况", "贫困户",
            "帮扶对象", "帮扶对象基本情况", "帮扶对象信息", "脱贫户", "监测对象", "监测户", "家庭人口情况", "家庭收入情况", "家庭收入",
            "收入情况", "生产生活条件",
        ),
    },
    companions=(
        Companion(
            "pairing",
            triggers=("helper_name",),
            shares={
                "county": "county", "township": "township", "village": "village", "villager_group": "group",
                "household_id": "household_id", "recipient_name": "head_name", "recipient_id": "head_id",
                "recipient_gender": "head_gender",
            },
        ),
    ),
    refers=Reference(group="group"),
    rules=(
        *missing_number("head_id"),
        head_gender_contradicts_number,
        head_is_too_old,
        blank_contact("ID17", "缺联系电话", "phone", "请补填；本人没有电话的填亲属的并在备注说明", Subject.IDENTITY),
        more_labour_than_members,
        per_head_is_not_the_quotient,
        income_is_not_the_sum,
        *(blank_amount(name) for name in _AMOUNTS),
        income_in_ten_thousands,
        per_head_in_ten_thousands,
        *household_bounds.RULES,
        *household_monitoring.RULES,
    ),
    statistics=households.OF_HOUSEHOLDS,
    help="每户一行。户编号、户主证件号码、户主姓名至少填一项。",
)  # fmt: skip
