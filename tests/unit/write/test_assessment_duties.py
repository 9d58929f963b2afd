"""What the assessment workbook says of the cadences beside the helpers' visits."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pandas as pd
import pytest

from bangfu_excel.assess import assess
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.domain import TABLES
from bangfu_excel.write.assessment_book import write_assessment

TALK = {"id": "talk", "title": "每月联系孩子", "whom": "child", "counter": "recipient", "count": 1}


def written(path, *, masked=False, cadences=(TALK,)):
    child = pd.DataFrame({"_key": ["小松"], "name": ["小松"], "township": ["清水镇"], "village": ["柳溪村"]})
    pairing = pd.DataFrame({"_recipient": "小松", "_helper": ["李妈妈", "王妈妈"], "helper_name": ["李妈妈", "王妈妈"]})
    visit = pd.DataFrame({"_recipient": ["小松"], "_helper": ["李妈妈"], "visitors": ["李妈妈"]})
    tables = {
        "child": child,
        "pairing": pairing.assign(started_on=pd.Timestamp("2024-01-01")),
        "visit": visit.assign(visited_on=pd.Timestamp("2024-06-03")),
    }
    plan = Scheme.model_validate(
        {"id": "t", "title": "方案", "version": "1", "tables": ("visit",), "cadences": cadences}
    )
    result = assess(tables, plan, Period.parse("2024-06"), dt.date(2024, 6, 30), declared=TABLES)
    return openpyxl.load_workbook(write_assessment(result, path / "考核.xlsx", masked=masked), data_only=True)


def values(sheet, first=4):
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(min_row=first, values_only=True)]


def test_each_cadence_is_a_line_with_what_was_due_and_done(tmp_path):
    book = written(tmp_path)
    assert values(book["各项频次"])[0] == [1, "每月联系孩子", "帮扶人", "每月", 1, 2, 1, 0.5]


def test_everybody_who_owed_something_is_a_line(tmp_path):
    assert [row[3:] for row in values(written(tmp_path)["频次明细"])[:2]] == [["李妈妈", 1, 1, 1], ["王妈妈", 1, 0, 0]]


def test_what_was_not_done_is_listed_with_whether_somebody_else_did_it(tmp_path):
    (row, *_) = values(written(tmp_path)["频次未完成"])
    assert row[1:6] == ["每月联系孩子", "王妈妈", "小松", "清水镇", "柳溪村"]
    assert row[-3:] == [1, 0, "是"]


def test_names_are_masked_for_outsiders(tmp_path):
    book = written(tmp_path, masked=True)
    shown = {
        str(cell)
        for name in ("频次明细", "频次未完成", "数据-频次")
        for row in book[name].iter_rows(values_only=True)
        for cell in row
    }
    assert not shown & {"李妈妈", "王妈妈", "小松"}


@pytest.mark.parametrize("cadences", [(), ({"id": "m", "title": "入户"},)], ids=["none", "visits alone"])
def test_a_plan_without_other_cadences_has_none_of_these_sheets(tmp_path, cadences):
    assert not [name for name in written(tmp_path, cadences=cadences).sheetnames if "频次" in name]
