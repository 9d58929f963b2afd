"""Diaries, opinions and problems that name several recipients in one cell, and helpers named where a unit is inspected."""

import pandas as pd
import pytest
from small_inbox import submit_among

from bangfu_excel.domain import TABLES

HOUSEHOLDS = """
| 乡镇   | 村     | 户编号 | 户主姓名 | 家庭人口数 |
| 青石镇 | 柳溪村 | H1     | 张建国   | 3          |
| 青石镇 | 柳溪村 | H2     | 赵大山   | 2          |
"""
PAIRINGS = """
| 户编号 | 户主姓名 | 帮扶责任人 | 帮扶单位 | 帮扶人电话  | 结对时间   |
| H1     | 张建国   | 李明       | 县水利局 | 13900020002 | 2024-01-05 |
| H2     | 赵大山   | 李明       | 县水利局 | 13900020002 | 2024-01-05 |
"""
RECORDS = {
    "diary": "| 记录时间 | 记录种类 | 记录人 | {whom} | 记录内容 |\n| 2024-06-16 | 民情日记 | 李明 | {who} | 商量春季补栏 |",
    "feedback": "| 征求意见时间 | {whom} | 帮扶责任人 | 满意程度 |\n| 2024-06-16 | {who} | 李明 | 满意 |",
    "problem": "| 发现时间 | {whom} | 问题描述 | 帮扶责任人 | 责任人 |\n| 2024-06-16 | {who} | 圈舍老旧 | 李明 | 王芳 |",
}


def submitted(table, text):
    tables = {name: TABLES[name] for name in ("household", "member", "pairing", "visit", table)}
    return submit_among(tables, 甲={"户": HOUSEHOLDS, "结对": PAIRINGS, "表": text})


@pytest.mark.parametrize("table", RECORDS)
@pytest.mark.parametrize(("whom", "who"), [("帮扶对象", "张建国、赵大山"), ("户编号", "H1、H2")])
def test_a_record_of_two_households_is_one_of_each(table, whom, who):
    rows, findings = submitted(table, RECORDS[table].format(whom=whom, who=who))
    assert list(rows[table]["_recipient"]) == ["H1", "H2"]
    assert list(rows[table]["_helper"]) == ["李明|13900020002"] * 2
    assert rows[table]["_row"].nunique() == 1
    assert list(rows[table]["_outcome"]) == ["accepted", "accepted"]
    assert [f.message for f in findings if f.severity == "error"] == []


def test_an_inspection_knows_the_helper_whom_it_names():
    inspection = """
    | 督查时间   | 被督查单位 | 户编号 | 户主姓名 | 帮扶责任人 | 督查人 | 发现的问题   | 整改期限   |
    | 2024-06-01 | 县水利局   | H1     | 张建国   | 李明       | 王海波 | 手册没有签字 | 2024-07-30 |
    | 2024-06-01 | 县水利局   | H2     | 赵大山   |            | 王海波 | 手册没有签字 | 2024-07-30 |
    """
    rows, _ = submitted("inspection", inspection)
    helpers = rows["inspection"]["_helper"]
    assert [None if pd.isna(helper) else helper for helper in helpers] == ["李明|13900020002", None]
