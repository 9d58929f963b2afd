"""活动: one row a gathering, meeting, class meeting, clean-up or joint visit."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.kinds import CODE, DATE, INTEGER, ORGANISATION, PERSONS, PLACE, TEXT
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.table import Field, Privacy, Reporter, Retention, Table
from bangfu_excel.domain import aliases
from bangfu_excel.domain.logged import dated, in_order
from bangfu_excel.domain.programme import outside_programme

FIELDS = (
    Field(
        "held_on", "活动时间", DATE, expected=True, until="ended_on",
        aliases=(
            "活动起止时间", "活动起止日期", "起止时间", "起止日期",
            "活动日期", "开展时间", "开展日期", "活动开展时间", "举办时间", "举办日期", "举行时间", "召开时间", "召开日期", "会议时间", "会议日期",
            "班会时间", "班会日期", "座谈时间", "座谈日期", "集中时间", "集中日期", "行动时间",
        ),
        weak=("时间", "日期", "年月日"), help="填写活动当天的日期。", example="2024-05-18", width=14,
    ),
    Field(
        "ended_on", "活动结束时间", DATE, aliases=("结束时间", "结束日期", "活动结束日期"), help="办了几天的填写最后一天，只有一天的可以不填。",
        example="2024-05-18", width=14,
    ),
    Field(
        "kind", "活动种类", CODE, codelist="activity_kind", expected=True, in_title=True, aliases=("活动类型", "活动类别", "活动形式", "活动方式", "会议类型"),
        weak=("种类", "类型", "类别", "形式"), help="从下拉框里选，例如座谈、主题班会、清洁家园行动。", example="清洁家园行动", width=14,
    ),
    Field(
        "title", "活动名称", TEXT, expected=True,
        aliases=("活动主题", "班会主题", "会议名称", "会议主题", "座谈主题", "活动项目", "队会主题", "活动题目"), weak=("主题", "名称", "题目"),
        help="填写活动的名称或主题。", example="柳溪村春季清洁家园", width=22,
    ),
    Field("township", "乡镇", PLACE, aliases=aliases.TOWNSHIP, help="填写活动所在的乡、镇或街道。", example="青石镇", width=10),
    Field(
        "village", "村", PLACE, tail="villager_group", names=("township", "village", "villager_group"),
        aliases=(*aliases.VILLAGE, "活动村", "帮扶村", "结对村"), help="在村里开展的，填写行政村或社区。", example="柳溪村", width=10,
    ),
    Field(
        "villager_group", "组", PLACE, aliases=aliases.GROUP, weak=("小组",), help="按村民小组开展的填写组名，例如三组。", example="三组", width=8,
    ),
    Field("place", "活动地点", TEXT, aliases=("地点", "举办地点", "召开地点", "集中地点", "会议地点", "开展地点", "座谈地点", "活动场所"), help="填写在哪里开展。",
          example="柳溪村三组", width=16),
    Field(
        "unit", "组织单位", ORGANISATION, expected=True, reporter=Reporter.UNIT,
        aliases=(
            "主办单位", "承办单位", "举办单位", "开展单位", "活动单位", "帮扶单位", "牵头单位", "组织部门", "单位名称", "组织学校", "学校", "学校名称",
            "所在学校", "帮扶学校",
        ),
        weak=("单位",), help="填写组织活动的单位或学校。", example="云岭县农业农村局", width=20,
    ),
    Field("class_name", "班级", TEXT, aliases=("班级名称", "年级班级", "所在班级"), help="按班级开展的（如主题班会）填写班级。", example="五年级一班", width=10),
    Field(
        "group", "帮扶小组", TEXT, aliases=("帮扶组", "结对帮扶小组", "工作组", "帮扶工作组", "志愿服务队", "义工组"), help="按小组开展的填写小组名称。",
        example="第一帮扶小组", width=12,
    ),
    Field(
        "organiser", "组织者", PERSONS,
        aliases=("组织人", "组织人员", "主持人", "活动负责人", "活动组织者", "会议主持人", "班主任", "带队人", "辅导员", "召集人", "组织教师", "带队教师", "组织老师"), weak=("负责人", "责任人"),
        help="填写谁组织或主持，几个人的用顿号隔开。", example="李明", width=12,
    ),
    Field(
        "participants", "参加人员", TEXT, privacy=Privacy.HIDDEN,
        aliases=("参与人员", "参会人员", "参加人", "参加者", "参与人", "出席人员", "到会人员", "参加活动人员", "参与者", "志愿者", "参加学生", "到场学生", "到场人员", "参加教师", "参加群众"),
        help="填写哪些人参加，例如帮扶干部、教师、监护人，几方的用顿号隔开。", example="李明、村组干部、村民", width=24,
    ),
    Field(
        "participant_count", "参加人数", INTEGER, unit="人", low=0, high=100_000,
        aliases=("参与人数", "参会人数", "到会人数", "出席人数", "活动人数", "参加人次", "到场人数", "实到人数", "参与人次", "应到实到人数"), weak=("人数",),
        help="填写实际参加的人数。", example="35", width=10,
    ),
    Field(
        "recipients", "受益对象", TEXT, privacy=Privacy.HIDDEN,
        aliases=("活动对象", "帮扶对象", "服务对象", "慰问对象", "参加对象", "受益人", "受益学生", "受益群众", "面向对象"), weak=("对象",),
        help="填写活动帮到了谁，几方的用顿号隔开。", example="三组村民", width=20,
    ),
    Field(
        "content", "活动内容", TEXT,
        aliases=("主要内容", "具体内容", "会议内容", "座谈内容", "班会内容", "活动情况", "活动记录", "议题", "会议议题", "活动过程", "开展情况", "活动简介"),
        weak=("内容", "情况"), help="写清楚做了什么。", example="清理沟渠和房前屋后垃圾，讲解垃圾分类。", width=36,
    ),
    Field(
        "result", "活动效果", TEXT, aliases=("效果", "活动成效", "成效", "活动结果", "取得的效果", "活动成果", "活动总结"), help="填写活动的效果。",
        example="清理垃圾两车，村道干净整洁", width=24,
    ),
    Field(
        "photo_count", "照片张数", INTEGER, unit="张", low=0, high=1000, aliases=("照片数", "照片数量", "图片数量", "图片张数", "活动照片张数"),
        help="填写留存了几张照片。", example="4", width=8,
    ),
    Field("remark", "备注", TEXT, aliases=aliases.REMARK, help="填写需要说明的情况。", example="照片另附", width=20),
)  # fmt: skip


@rule(
    "AC01", "参加人数少于所列人员", severity=Severity.WARNING, reads=("participant_count", "participants"), at=("participant_count", "participants"),
    says="第{row}行“{label}”填的是“{value}”，少于“参加人员”里列出的", suggests="请核对人数和名单",
    basis="DOMAIN EC03；各帮扶方案：活动记载档案", subject=Subject.WORK,
)  # fmt: skip
def fewer_than_are_listed(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Fewer people than the list of participants has entries."""
    listed = rows["participants"].str.split(r"[、，,；;\n]+", regex=True).str.len()
    return rows["participant_count"] < listed


ACTIVITY = Table(
    "activity",
    "活动",
    FIELDS,
    noun="活动",
    counted=("次",),
    told_by=("held_on", "title"),
    titles=("活动",),
    keys=(("unit", "class_name", "township", "village", "villager_group", "group", "held_on", "kind", "title"),),
    needs=(
        ("held_on",), ("title", "kind", "content"),
        ("unit", "village", "villager_group", "class_name", "group", "organiser", "place"),
    ),
    retention=Retention.LOG,
    dated_by="held_on",
    facets={"": ("活动", "活动情况", "活动信息", "组织单位", "参加人员", "参加情况")},
    rules=(outside_programme("活动时间不在实施期内", "held_on"), *dated("held_on"),
        in_order("AC02", "活动结束早于开始", later="ended_on", earlier="held_on", said="活动时间"), fewer_than_are_listed),
    help="一次活动占一行；走访某一户的填在走访记录里。",
)  # fmt: skip
