"""走访记录: one row a visit."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.kinds import (
    CODE,
    CODES,
    DATE,
    IDENTITY_OR_CERTIFICATE,
    INTEGER,
    KEYS,
    ORGANISATION,
    PERSONS,
    PLACE,
    TEXT,
    YES_NO,
)
from bangfu_excel.core.message import Subject
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.table import Field, Privacy, Retention, Table
from bangfu_excel.domain import aliases
from bangfu_excel.domain.festivals import far_from_every_festival
from bangfu_excel.domain.logged import dated
from bangfu_excel.domain.programme import outside_programme

FIELDS = (
    Field(
        "visited_on", "走访时间", DATE, expected=True,
        aliases=(
            "走访日期", "入户时间", "入户日期", "帮扶日期", "家访时间", "家访日期", "谈心时间", "谈话时间", "联系时间", "联系日期",
            "慰问时间", "慰问日期", "走访慰问时间", "探视时间", "上门时间", "活动时间", "记录时间",
        ),
        weak=("时间", "日期", "帮扶时间", "年月日"),
        help="填写走访当天的日期，例如2024-03-05，不能只填月份。", example="2024-03-05", width=14,
    ),
    Field(
        "township", "乡镇", PLACE,
        aliases=aliases.TOWNSHIP,
        facet="recipient", help="填写走访对象所在的乡、镇或街道。", example="青石镇", width=10,
    ),
    Field(
        "village", "村", PLACE, tail="villager_group", names=("township", "village", "villager_group"), expected=True,
        aliases=(*aliases.VILLAGE, "走访村", "帮扶村"),
        facet="recipient", help="填写走访对象所在的行政村或社区。", example="柳溪村", width=10,
    ),
    Field(
        "villager_group", "组", PLACE,
        aliases=aliases.GROUP, weak=("小组",),
        facet="recipient", help="填写走访对象所在的村民小组，例如三组。", example="三组", width=8,
    ),
    Field(
        "household_id", "户编号", KEYS,
        aliases=aliases.HOUSEHOLD_ID,
        weak=("编号", "编码"), facet="recipient",
        help="填写走访对象的户编号，与帮扶对象户表一致，几户一起走访的用顿号隔开。", example="YL0302011", width=14,
    ),
    Field(
        "head_name", "户主姓名", PERSONS, expected=True,
        aliases=(
            "户主", "户名", "农户姓名", "贫困户姓名", "贫困户", "脱贫户姓名", "监测户姓名", "走访对象", "走访对象姓名", "走访户", "走访户姓名",
            "走访农户", "受访户", "受访人", "帮扶对象", "帮扶对象姓名", "帮扶户主", "家访对象", "慰问对象", "对象姓名", "受助人", "学生姓名",
            "儿童姓名", "孩子姓名", "孤儿姓名", "留守儿童", "留守儿童姓名", "留守学生", "留守学生姓名",
        ),
        weak=("姓名", "名字", "对象"), facet="recipient", privacy=Privacy.NAME,
        help="填写走访的是哪一户，一般写户主姓名。", example="张建国", width=12,
    ),
    Field(
        "head_id", "户主证件号码", IDENTITY_OR_CERTIFICATE,
        aliases=("户主身份证号", "户主身份证号码", "户主身份证", "走访对象身份证号", "走访对象身份证号码", "对象证件号码", "对象身份证号"),
        weak=("身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "居民身份证号", "身份证", "证件号码", "证件号"),
        facet="recipient", privacy=Privacy.IDENTITY,
        help="没有户编号时以文本格式填写户主的18位公民身份号码。", example="990101196805123015", width=22,
    ),
    Field(
        "visitors", "走访人", PERSONS, expected=True,
        aliases=(
            "走访人员", "走访人姓名", "寻访人", "走访干部", "走访干部姓名", "入户干部", "入户人员", "家访教师", "家访人", "参加人员", "参与人员",
            "帮扶责任人", "帮扶责任人姓名", "帮扶人", "帮扶人姓名", "帮扶干部", "帮扶干部姓名", "结对干部", "结对帮扶人", "包户干部", "联户干部",
            "包联干部", "帮挂人", "挂钩人", "帮扶教师", "爱心妈妈", "代理家长", "慰问人", "慰问人员", "谈话人", "党员干部", "志愿者", "包抓教师", "包抓人",
        ),
        weak=("姓名", "名字", "责任人", "人员", "干部"), facet="helper",
        help="填写走访人的姓名，几个人一起走访的用顿号隔开。", example="李明", width=14,
    ),
    Field(
        "helper_unit", "走访单位", ORGANISATION, facet="helper",
        aliases=(
            "帮扶单位", "帮扶单位名称", "走访人单位", "走访人员单位", "帮扶责任人单位", "派出单位", "挂钩单位", "包联单位", "所在单位",
            "工作单位", "单位名称",
        ),
        weak=("单位",), help="填写走访人所在单位的全称。", example="云岭县农业农村局", width=20,
    ),
    Field(
        "group", "帮扶小组", TEXT, facet="helper", aliases=("帮扶组", "结对帮扶小组", "所在小组", "工作组", "走访小组", "帮扶工作组"),
        weak=("小组",), help="按小组走访的填写小组名称。", example="第一帮扶小组", width=12,
    ),
    Field(
        "kind", "走访类别", CODE, codelist="visit_kind", in_title=True, aliases=("走访类型", "走访性质", "走访目的", "走访主题", "慰问类别"), weak=("类别", "类型", "主题"),
        help="从下拉框里选，例如日常走访、节日慰问。", example="日常走访", width=10,
    ),
    Field(
        "mode", "走访方式", CODE, codelist="visit_mode",
        aliases=("走访形式", "联系方式(方法)", "联系形式", "帮扶方式", "家访方式", "慰问方式", "谈话方式"), weak=("方式", "形式"),
        help="从下拉框里选：入户、电话、集中、见面、书信、其他。", example="入户", width=8,
    ),
    Field(
        "target", "见面对象", TEXT, facet="recipient", privacy=Privacy.NAME,
        aliases=("接待人", "谈话对象", "见面人", "在家人员", "受访人身份", "被访人"),
        help="填写走访时见到的人，例如户主本人、监护人、班主任。", example="户主本人", width=12,
    ),
    Field(
        "content", "走访内容", TEXT, expected=True, privacy=Privacy.HIDDEN,
        aliases=(
            "帮扶内容", "谈话内容", "谈心内容", "走访情况", "工作内容", "具体帮扶内容", "主要内容", "具体内容", "走访记录", "走访主要内容",
            "入户内容", "家访内容", "家访情况", "联系内容", "慰问内容", "交流内容", "走访帮扶内容", "开展工作情况",
        ),
        weak=("内容", "情况"), help="写清楚做了什么、了解到什么，不要只写走访、正常。",
        example="查看住房和饮水，讲解养殖补贴政策，商定四月参加技术培训。", width=40,
    ),
    Field(
        "help_category", "帮扶类别", CODES, codelist="help_category",
        aliases=("帮扶措施类别", "帮扶措施类型", "帮扶类型", "措施类别", "帮扶项目类别", "帮扶种类"),
        help="从下拉框里选，几类的用顿号隔开。", example="产业帮扶、政策宣传", width=16,
    ),
    Field(
        "opinions", "意见建议", TEXT, privacy=Privacy.HIDDEN,
        aliases=("意见和建议", "群众意见", "群众意见建议", "对象意见", "建议", "群众建议"),
        help="填写对方提出的意见和建议，没有的填无。", example="希望多办培训班", width=24,
    ),
    Field(
        "problems", "存在问题", TEXT, privacy=Privacy.HIDDEN,
        aliases=(
            "反映的问题", "反映问题", "问题描述", "群众诉求", "困难和问题", "困难问题", "需要解决的困难", "需要解决的困难和问题", "主要困难", "诉求",
            "实际困难", "发现的问题", "发现问题", "问题和诉求", "问题诉求", "诉求建议", "需求",
        ),
        help="填写发现或反映的问题，没有的填无。", example="圈舍老旧", width=24,
    ),
    Field(
        "next_step", "解决措施", TEXT, privacy=Privacy.HIDDEN,
        aliases=(
            "整改措施", "帮扶措施", "解决情况", "处理情况", "落实情况", "办理情况", "下一步计划", "下一步打算", "下步打算", "后续计划", "解决办法",
            "解决问题",
        ),
        help="填写怎样解决、下一步做什么。", example="联系农技员下月上门指导", width=24,
    ),
    Field(
        "in_name_of", "以何名义", TEXT, aliases=("以什么名义", "走访名义", "帮扶名义", "名义"), facet="helper",
        help="填写以个人名义还是以组织名义帮扶。", example="个人名义", width=10,
    ),
    Field(
        "meal_fee_paid", "是否交伙食费", YES_NO, aliases=("伙食费", "是否交纳伙食费", "是否缴纳伙食费", "就餐是否交费", "交伙食费", "是否支付伙食费"),
        help="在帮扶对象家里吃饭的填写是否交了伙食费。", example="是", width=8,
    ),
    Field(
        "photos", "走访照片", TEXT,
        aliases=(
            "照片", "现场照片", "走访图片", "图片", "图片资料", "佐证照片", "影像资料", "工作照片", "入户照片", "走访照片(附后)",
        ),
        help="把照片放在这一格里，或者写明照片在哪里。", example="见附件", width=12,
    ),
    Field(
        "photo_count", "照片张数", INTEGER, aliases=("照片数", "照片数量", "走访照片张数", "图片数量", "图片张数"),
        unit="张", low=0, high=200, help="填写有几张照片；照片放在表里的可以不填，会自动数。", example="2", width=8,
    ),
    Field(
        "remark", "备注", TEXT, aliases=aliases.REMARK,
        help="填写需要说明的情况。", example="当天同时看望邻居", width=20,
    ),
)  # fmt: skip

GATHERING = "集中"
"""The mode of a visit to many at one place; such visits share their words and their day."""

_PUNCTUATION = r"[\s，。、；：！,.;:!（）()]+"
_EMPTY_WORDS = r"^(?:正常|无|走访|入户|上门|慰问|看望|家访|一切|日常|了解|情况|进行|帮扶|良好|到户)*$"


@rule(
    "PV09c", "走访时间没有写到日", severity=Severity.WARNING, effect=Effect.NONE,
    reads=("visited_on", "visited_on__precision"), at=("visited_on",), repeats=1,
    says="第{row}行“{label}”填的是“{value}”，没有写到日", suggests="请补填走访的日期，补填前只按这个月走访过一次计",
    basis="DOMAIN PV09；DESIGN §4", subject=Subject.PAIRING,
)  # fmt: skip
def visited_some_day_of_a_month(rows: pd.DataFrame, given: Given) -> pd.Series:
    """The month is established, and counts; the day is not."""
    return rows["visited_on__precision"] == "month"


@rule(
    "PV13", "走访内容过于简单", severity=Severity.WARNING, reads=("content", "mode"), optional=("mode",), at=("content",),
    limits={"shortest": 5},
    says="第{row}行“{label}”填的是“{value}”，看不出做了什么", suggests="请写清楚了解到什么、做了什么",
    basis="DOMAIN PV13", subject=Subject.PAIRING,
)  # fmt: skip
def content_says_nothing(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Fewer than five characters, or only words such as 正常, 走访."""
    shortest = given.limits(content_says_nothing)["shortest"]
    bare = rows["content"].str.replace(_PUNCTUATION, "", regex=True)
    empty = (bare.str.len() < shortest) | bare.str.match(_EMPTY_WORDS)
    return empty & rows["mode"].ne(GATHERING).fillna(True)


VISIT = Table(
    "visit",
    "走访记录",
    FIELDS,
    noun="走访",
    counted=("次",),
    told_by=("visited_on", "visitors"),
    titles=("走访", "入户"),
    keys=(
        ("household_id", "visited_on", "mode", "visitors"), ("head_id", "visited_on", "mode", "visitors"),
        ("township", "village", "head_name", "visited_on", "mode", "visitors"), ("head_name", "visited_on", "visitors"),
    ),
    needs=(("visited_on",), ("household_id", "head_name", "head_id"), ("visitors",)),
    retention=Retention.LOG,
    dated_by="visited_on",
    facets={
        "recipient": (
            "走访对象", "走访对象情况", "走访对象基本情况", "帮扶对象", "帮扶对象信息", "受访户", "贫困户", "脱贫户", "监测户", "农户", "户主",
            "户主信息", "走访户", "对象", "学生",
        ),
        "helper": ("走访人", "走访人员", "走访人信息", "帮扶责任人", "帮扶人", "帮扶干部", "走访干部", "入户干部", "包户干部", "帮扶人员", "帮扶方"),
    },
    refers=Reference(),
    helper="visitors",
    explodes=True,
    rules=(
        outside_programme("走访时间不在实施期内", "visited_on"), *dated("visited_on"), visited_some_day_of_a_month,
        far_from_every_festival, content_says_nothing,
    ),
    help="一次走访占一行。走访时间、走访对象、走访人必须填写。",
)  # fmt: skip
