"""Columns that ledgers compute: what each says of rows that a clerk may have filled in."""

import datetime as dt

import pandas as pd
import pytest

from bangfu_excel.core.ledger import Seen
from bangfu_excel.core.period import Period
from bangfu_excel.domain import DERIVED, TABLES

ON = dt.date(2024, 6, 30)
BY_NAME = {(column.table, column.name): column for column in DERIVED}


def frame(table, *rows):
    """Rows of a table as the registry gives them: every field there, of its dtype."""
    records = pd.DataFrame(list(rows), dtype=object)
    types = {field.name: field.kind.dtype for field in TABLES[table].fields}
    columns = {name: pd.Series(records.get(name), index=records.index, dtype=kind) for name, kind in types.items()}
    more = {name: records[name].astype("str") for name in records if name not in columns}
    return pd.DataFrame({**columns, **more})


def said(table, name, *rows, **tables):
    """What the derived column says of each row; None where nothing."""
    rows = frame(table, *rows)
    column = BY_NAME[table, name]
    assert set(column.reads) <= set(rows)
    found = column.of(rows, Seen(ON, Period.parse("2024-06"), {table: rows, **tables}))
    assert found.index.equals(rows.index)
    return [None if value is pd.NaT or pd.isna(value) else value for value in found.tolist()]


def day(text):
    return pd.Timestamp(text)


def test_every_derived_column_reads_a_table_that_there_is_and_has_a_name_of_its_own():
    assert len(BY_NAME) == len(DERIVED)
    for column in DERIVED:
        assert column.table in TABLES
        assert column.name not in TABLES[column.table]
        assert {name for name in column.reads if not name.startswith("_")} <= set(TABLES[column.table].names)


@pytest.mark.parametrize(
    ("row", "light", "left"),
    [
        ({"deadline": day("2024-07-10"), "status": "办理中"}, "黄", 10),
        ({"deadline": day("2024-06-30")}, "黄", 0),
        ({"deadline": day("2024-06-29"), "status": "办理中"}, "红", -1),
        ({"deadline": day("2024-06-01"), "status": "已上报"}, "黄", -29),  # handed on: late, and no longer his own
        ({"deadline": day("2024-06-01"), "status": "已办结"}, "绿", None),
        ({"deadline": day("2024-06-01"), "closed_on": day("2024-06-20")}, "绿", None),
        ({"status": "无法解决"}, "黄", None),  # nobody said until when
        ({"deadline": day("2024-06-01"), "deadline__precision": "month"}, "黄", 0),  # 2024年6月 is all of June
    ],
)
def test_a_problem_is_green_when_closed_red_when_late_and_amber_in_between(row, light, left):
    assert said("problem", "light", row) == [light]
    assert said("problem", "days_left", row) == [left]


@pytest.mark.parametrize(
    ("row", "light", "left"),
    [
        ({"finding": "没有活动记录", "deadline": day("2024-06-20"), "rectified": False}, "红", -10),
        ({"finding": "没有活动记录", "deadline": day("2024-07-01")}, "黄", 1),
        ({"finding": "没有活动记录"}, "黄", None),
        ({"finding": "没有活动记录", "deadline": day("2024-06-20"), "rectified": True}, "绿", None),
        ({"finding": "没有活动记录", "rectified_on": day("2024-06-25")}, "绿", None),
        ({"finding": "未发现问题", "deadline": day("2024-06-20")}, None, None),
        ({"finding": "无"}, None, None),
        ({}, None, None),
    ],
)
def test_what_an_inspection_found_has_a_light_and_nothing_found_has_none(row, light, left):
    assert said("inspection", "light", row) == [light]
    assert said("inspection", "days_left", row) == [left]


@pytest.mark.parametrize(
    ("row", "state", "late"),
    [
        ({"due_on": day("2024-06-20"), "filed_on": day("2024-06-20")}, "按时", None),
        ({"due_on": day("2024-06-20"), "filed_on": day("2024-06-23")}, "迟报", 3),
        ({"due_on": day("2024-06-20"), "status": "未报"}, "过期未报", 10),
        ({"due_on": day("2024-06-20"), "status": "已报"}, "已报", None),  # nobody knows when
        ({"due_on": day("2024-06-30")}, "未到期", None),
        ({"filed_on": day("2024-06-23")}, "已报", None),
        ({}, "未报", None),
    ],
)
def test_a_paper_is_in_time_late_overdue_or_not_yet_due(row, state, late):
    assert said("document", "handed_in", row) == [state]
    assert said("document", "days_late", row) == [late]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"planned_finish": day("2024-05-31"), "actual_finish": day("2024-05-20")}, "按期完工"),
        ({"planned_finish": day("2024-05-31"), "actual_finish": day("2024-06-02")}, "延期完工"),
        ({"planned_finish": day("2024-05-31"), "status": "在建"}, "逾期未完工"),
        ({"planned_finish": day("2024-05-31"), "status": "已验收"}, "已完工"),
        ({"planned_finish": day("2024-06-30"), "status": "在建"}, "未到期"),
        ({"actual_finish": day("2024-06-02")}, "已完工"),
        ({"status": "在建"}, None),
    ],
)
def test_a_project_is_on_schedule_late_or_overdue(row, state):
    assert said("project", "on_schedule", row) == [state]


def test_a_measure_belongs_to_the_year_in_which_it_began():
    assert said("measure", "year", {"started_on": day("2023-12-31")}, {}) == ["2023年", None]


def test_a_leave_counts_both_ends_and_runs_on_until_it_ends():
    ended = {"started_on": day("2024-06-01"), "ended_on": day("2024-06-10")}
    assert said("leave", "days", ended, {"started_on": day("2024-06-21")}, {}) == [10, 10, None]
    assert said("leave", "days", {"started_on": day("2024-07-01")}) == [None]  # to come


def test_age_is_in_full_years_by_the_number_else_by_the_day_of_birth():
    born = {"id_number": "990101201007010012", "birth_date": day("2001-01-01")}
    for table in ("child", "member"):
        assert said(table, "age_now", born, {"birth_date": day("2010-06-30")}, {}) == [13, 14, None]


def test_a_measure_that_names_nobody_is_for_the_whole_village():
    rows = (
        {"village": "柳湾村"},
        {"village": "柳湾村", "recipient_name": "赵大山"},
        {"household_id": "QS1"},
        {"school": "小学"},
    )
    assert said("measure", "reach", *rows) == ["全村", "到户到人", "到户到人", "全村"]


def test_visits_of_the_period_are_told_from_others():
    days = [{"visited_on": day(text)} for text in ("2024-05-31", "2024-06-01", "2024-06-30", "2024-07-01")]
    assert said("visit", "in_period", *days) == [False, True, True, False]
    vague = [{"visited_on": day("2024-06-01"), "visited_on__precision": precision} for precision in ("month", "year")]
    assert said("visit", "in_period", *vague) == [True, False]


@pytest.mark.parametrize(
    ("row", "way", "came", "went"),
    [
        ({"direction": "收入", "receiver": "甲"}, "收入", 60, None),
        ({"direction": "支出", "donor": "乙"}, "支出", None, 60),
        ({"donor": "乙"}, "收入", 60, None),
        ({"receiver_unit": "小学"}, "支出", None, 60),
        ({"recipient_count": 3}, "支出", None, 60),
        ({"donor": "乙", "receiver": "甲"}, None, 60, 60),  # handed on at once
        ({"source": "扶贫资金"}, None, 60, None),
    ],
)
def test_what_came_in_and_what_went_out_stand_side_by_side(row, way, came, went):
    row = row | {"amount": 60, "quantity": 60}
    assert said("fund", "way", row) == [way]
    for column in ("money", "goods"):
        assert said("fund", f"{column}_in", row) + said("fund", f"{column}_out", row) == [came, went]


def pairings(*rows):
    return frame("pairing", *({"_recipient": to, "_helper": by, "helper_name": by, **more} for to, by, more in rows))


PAIRED = (
    ("H1", "甲", {"started_on": day("2024-01-01")}),
    ("H1", "乙", {}),
    ("H2", "甲", {"started_on": day("2024-01-01"), "ended_on": day("2024-06-29")}),
    ("H3", "甲", {"started_on": day("2024-07-01")}),
    ("H4", "甲", {"ended_on": day("2024-06-30")}),
)


def test_a_helper_is_paired_with_those_whose_pairing_is_in_force():
    rows = ({"_helper": "甲"}, {"_helper": "乙"}, {"_helper": "丙"})
    assert said("helper", "paired", *rows, pairing=pairings(*PAIRED)) == [2, 1, 0]
    assert said("helper", "paired", *rows) == [None, None, None]
    units = frame("pairing", {"_recipient": "V1", "_helper": "水利局", "helper_unit": "水利局"})
    assert said("helper", "paired", *rows, pairing=units) == [None, None, None]


def test_the_helpers_of_a_household_are_those_in_force():
    rows = ({"_key": "H1"}, {"_key": "H2"}, {"_key": "H9"})
    assert said("household", "helpers", *rows, pairing=pairings(*PAIRED)) == ["甲、乙", None, None]


def test_a_village_is_helped_by_the_units_that_are_paired_with_it():
    units = frame(
        "pairing", {"_recipient": "V1", "helper_unit": "水利局"}, {"_recipient": "V1", "helper_unit": "信用社"}
    )
    assert said("village", "helpers", {"_key": "V1"}, {"_key": "V2"}, pairing=units) == ["水利局、信用社", None]


def visits(*rows):
    return frame("visit", *({"_recipient": to, "_helper": by, "visited_on": day(on)} for to, by, on in rows))


VISITED = (
    ("H1", "甲", "2024-05-01"),
    ("H1", "乙", "2024-06-01"),
    ("H1", "甲", "2024-07-02"),
    ("H2", "甲", "2024-07-03"),
)


def test_the_last_visit_to_a_household_is_the_latest_up_to_the_day_of_the_ledger():
    rows = ({"_recipient": "H1"}, {"_recipient": "H2"}, {"_recipient": None})
    for table in ("household", "child"):
        assert said(table, "last_visit", *rows, visit=visits(*VISITED)) == [day("2024-06-01"), None, None]
        assert said(table, "last_visit", *rows) == [None, None, None]


def test_the_last_visit_of_a_pairing_is_by_its_own_helper():
    rows = pairings(("H1", "甲", {}), ("H1", "乙", {}), ("H2", "甲", {})).to_dict("records")
    assert said("pairing", "last_visit", *rows, visit=visits(*VISITED)) == [day("2024-05-01"), day("2024-06-01"), None]
