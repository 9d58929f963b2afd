"""Headers of ledgers of problems, activities and courses as offices write them, among all tables that there are."""

import pytest
from small_inbox import sheet

from bangfu_excel.domain import TABLES
from bangfu_excel.headers import match_headers

VALUES = {"时间": "2024-05-16", "期限": "2024-05-31", "时限": "2024-05-31", "电话": "13900010001", "人数": "30"}


def read_as(headers):
    """The table that a sheet of these columns is, and the fields of its columns; None for what is no field."""
    names = headers.split()
    row = [next((value for word, value in VALUES.items() if word in name), "柳溪村") for name in names]
    drawing = "\n".join(f"| {' | '.join(line)} |" for line in (names, row, row))
    ((region),), _ = match_headers("甲.xlsx", sheet("表", drawing), tuple(TABLES.values()))
    columns = {c.index: c.field for c in region.parts[0].columns}
    return region.parts[0].table, [columns.get(i) for i in range(len(names))]


@pytest.mark.parametrize(
    ("headers", "table", "fields"),
    [
        (
            "序号 问题描述 发现时间 责任单位 整改措施 完成时限 进度 责任人 复核人 颜色",
            "problem", [None, "description", "found_on", "owner_unit", "measures", "deadline", "status", "owner", "reviewer", "colour"],
        ),
        (
            "序号 信访类型 接件时间 信访人 内容 地点 联系电话 办理情况",
            "problem", [None, "source", "found_on", "recipient_name", "description", None, "phone", "status"],
        ),
        (
            "时间 村 户主姓名 群众诉求 由谁负责 如何解决 何时解决",
            "problem", ["found_on", "village", "recipient_name", "description", "owner", "measures", "deadline"],
        ),
        (
            "时间 单位 发现问题 整改措施 责任人 完成时限",
            "problem", ["found_on", "owner_unit", "description", "measures", "owner", "deadline"],
        ),
        (  # a visit stays one, whatever else is said of what was found on it
            "走访对象 走访时间 走访人员 群众诉求 整改措施 办结状态 回访情况 备注",
            "visit", ["head_name", "visited_on", "visitors", "problems", "next_step", None, None, "remark"],
        ),
        (
            "走访时间 走访对象 走访人 存在问题 解决措施 完成时限 责任人 办结状态 办结时间",
            "visit", ["visited_on", "head_name", "visitors", "problems", "next_step", None, None, None, None],
        ),
        (
            "督查时间 被督查单位 存在问题 整改措施 整改时限",
            "inspection", ["inspected_on", "inspected_unit", "finding", "measures", "deadline"],
        ),
        (
            "序号 活动时间 活动主题 活动地点 参加人数 主持人",
            "activity", [None, "held_on", "title", "place", "participant_count", "organiser"],
        ),
        ("班级 班会时间 班会主题 参加人数 班主任", "activity", ["class_name", "held_on", "title", "participant_count", "organiser"]),
        ("座谈时间 座谈地点 参加人员 座谈内容", "activity", ["held_on", "place", "participants", "content"]),
        ("培训时间 培训内容 培训地点 培训人数 授课人", "training", ["held_on", "content", "place", "participants_count", "trainer"]),
        ("序号 时间 培训主题 授课人 参加人数", "training", [None, "held_on", "title", "trainer", "participants_count"]),
        ("时间 村 讲课题目 主讲人 听课人数 形式", "training", ["held_on", "village", "title", "trainer", "participants_count", "form"]),
        ("时间 地点 组织教师 到场学生 活动内容", "activity", ["held_on", "place", "organiser", "participants", "content"]),
        ("日期 天气 走访群众 日记内容", "diary", ["recorded_on", None, "recipient_name", "content"]),
        (
            "党员 结对学生 存在的困难和问题 帮助解决情况 是否解决 时间",
            "problem", ["helper_name", "recipient_name", "description", "measures", "status", "found_on"],
        ),
        (  # the telephone beside the one who was asked is his, not the helper's
            "时间 被征求人 联系电话 结对学生 帮扶党员 满意程度 意见建议",
            "feedback", ["asked_on", "respondent", "respondent_phone", "recipient_name", "helper_name", "satisfaction", "suggestion"],
        ),
        (
            "检查日期 被检查学校 检查方式 发现问题 整改期限 是否整改 整改完成日期 检查人",
            "inspection", ["inspected_on", "inspected_unit", "mode", "finding", "deadline", "rectified", "rectified_on", "inspector"],
        ),
        (  # what is demanded is the measure, where what was done stands beside it
            "督查时间 学校 存在问题 整改要求 整改时限 整改情况",
            "inspection", ["inspected_on", "inspected_unit", "finding", "measures", "deadline", None],
        ),
        (
            "村名 项目名称 总投资（元） 计划竣工 实际竣工 备注",
            "project", ["village", "title", "budget", "planned_finish", "actual_finish", "remark"],
        ),
        (
            "户主 措施类型 具体内容 投入资金（元） 落实时间 帮扶人",
            "measure", ["recipient_name", "category", "content", "amount", "started_on", "helper_name"],
        ),
        ("报送单位 材料名称 要求报送时间 报送情况 报送人", "document", ["unit", "title", "due_on", "status", "person_in_charge"]),
        ("报送单位 材料名称 标题 要求报送时间", "document", ["unit", "kind", "title", "due_on"]),
        (
            "村 户主姓名 措施类别 措施内容 实施时间 帮扶干部 责任人",
            "measure", ["village", "recipient_name", "category", "content", "started_on", "helper_name", "person_in_charge"],
        ),
        (
            "村 户主姓名 措施类别 措施内容 实施时间 责任人",
            "measure", ["village", "recipient_name", "category", "content", "started_on", "helper_name"],
        ),
        (
            "村 户主姓名 学生姓名 就读学校 救助内容 救助时间 资助责任人",
            "measure", ["village", "head_name", "recipient_name", "school", "content", "started_on", "person_in_charge"],
        ),
        ("文明单位名称 级别 结对帮扶村 分管领导 联系人", "unit", ["unit", "civil_level", "village", "leader", "liaison"]),
    ],
)  # fmt: skip
def test_headers_of_a_ledger_are_understood(headers, table, fields):
    assert read_as(headers) == (table, fields)
