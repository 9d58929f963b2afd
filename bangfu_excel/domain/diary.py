"""日记与记录卡: one row an entry of a diary, log or record card."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.kinds import CODE, DATE, TEXT
from bangfu_excel.core.message import Subject
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.table import Field, Privacy, Retention, Table
from bangfu_excel.domain import aliases, parties
from bangfu_excel.domain.logged import dated


def _told(name: str, label: str, help_text: str, example: str, *others: str) -> Field:
    """Free text of an entry: not shown outside the office."""
    return Field(name, label, TEXT, aliases=others, privacy=Privacy.HIDDEN, help=help_text, example=example, width=24)


FIELDS = (
    Field(
        "recorded_on", "记录时间", DATE, expected=True,
        aliases=("记录日期", "日记时间", "日记日期", "谈心时间", "谈心日期", "谈话时间", "谈话日期", "填写日期", "登记时间", "登记日期", "帮扶时间", "周记时间", "辅导时间", "辅导日期"),
        weak=("时间", "日期", "年月日"), help="填写记的是哪一天的事。", example="2024-03-06", width=14,
    ),
    Field(
        "kind", "记录种类", CODE, codelist="diary_kind", expected=True, in_title=True, aliases=("日记种类", "记录类型", "日记类型", "记录类别", "材料种类"),
        weak=("种类", "类型", "类别"), help="从下拉框里选，例如民情日记、谈心记录卡。", example="民情日记", width=12,
    ),
    *parties.helper("记录人", "编写人", "日记作者", "谈心人", "谈话人", "谈话教师", "谈心教师", "作者", "填写人", "爱心妈妈姓名", "教师姓名", "辅导教师", label="记录人"),
    *parties.persons_helped("谈话对象", "谈心对象", "走访对象", "谈心学生", "谈话学生", "走访群众", "走访农户"),
    *parties.sort_of_recipient(),
    Field(
        "subject", "主题", TEXT, aliases=("标题", "题目", "谈心主题", "谈话主题", "日记主题"), help="填写这次记录的主题。", example="了解养殖情况", width=16,
    ),
    _told(
        "content", "记录内容", "写清楚了解到什么、做了什么、帮助了什么。", "和户主商量春季补栏，联系了技术员。",
        "内容", "主要内容", "具体内容", "日记内容", "谈心内容", "谈话内容", "帮扶内容", "工作内容", "活动内容", "日志内容", "周记内容", "辅导内容",
    ),
    _told("study", "学习情况", "填写孩子的学习情况，帮扶大人的可以不填。", "数学有进步", "学习", "学习表现", "学习状况"),
    _told("life", "生活情况", "填写生活情况。", "吃住安稳", "生活", "生活状况", "生活表现"),
    _told("psychology", "心理状况", "填写心理和情绪情况。", "情绪平稳，愿意交流", "心理情况", "思想状况", "心理", "思想动态", "心理状态"),
    _told("stage_result", "阶段性效果", "填写这段时间帮扶的效果。", "学会了配方喂养", "阶段效果", "帮扶效果", "效果", "进步情况", "阶段性成效"),
    _told("check_result", "检查结果", "教师或领导检查的，填写检查结果。", "记录真实完整", "检查情况", "评价", "批阅意见", "评价内容", "检查意见", "领导评价"),
    _told("next_step", "下一步打算", "填写下一步怎么做。", "下月联系销路", "下一步计划", "下步打算", "后续计划", "今后打算", "下一步措施"),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="附照片两张", width=20),
)  # fmt: skip

_SAID = ("content", "study", "life", "psychology", "stage_result")


@rule(
    "DY01", "记录没有内容", severity=Severity.WARNING, reads=_SAID, blanks=("content",), optional=_SAID[1:], at=("content",), repeats=1,
    says="第{row}行“{label}”没有填，学习、生活等情况也没有写", suggests="请补写内容，只有日期的记录看不出做了什么",
    basis="各帮扶方案：日记、日志、谈心记录卡须详细填写", subject=Subject.PAIRING,
)  # fmt: skip
def entry_says_nothing(rows: pd.DataFrame, given: Given) -> pd.Series:
    """An entry without a word in any of its columns."""
    return rows[list(_SAID)].isna().all(axis=1)


DIARY = Table(
    "diary",
    "日记与记录卡",
    FIELDS,
    noun="记录",
    counted=("篇", "条"),
    told_by=("recorded_on", "helper_name"),
    titles=("日记", "日志", "周记", "谈心", "记录卡", "进步档案", "学习帮扶计划"),
    shown_by=("kind", "subject", *_SAID, "check_result", "next_step"),
    keys=(
        ("household_id", "recorded_on", "kind", "helper_name"), ("recipient_id", "recorded_on", "kind", "helper_name"),
        ("township", "village", "recipient_name", "recorded_on", "kind", "helper_name"),
        ("recipient_name", "recorded_on", "helper_name"), ("helper_unit", "helper_name", "recorded_on", "kind"),
        ("recipient_name", "recorded_on"), ("helper_name", "recorded_on"),
    ),
    needs=(("recorded_on",), ("helper_name", "recipient_name", "household_id", "recipient_id")),
    retention=Retention.LOG,
    dated_by="recorded_on",
    refers=Reference(person="recipient_id", name="recipient_name"),
    helper="helper_name",
    explodes=True,
    facets={"recipient": parties.RECIPIENT_HEADINGS, "helper": (*parties.HELPER_HEADINGS, "记录人")},
    rules=(*dated("recorded_on"), entry_says_nothing),
    help="一次记录占一行。没有帮扶对象的（如工作情况登记）只填记录人。",
)  # fmt: skip
