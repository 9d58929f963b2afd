"""Measures, training, money, and what those helped think of it."""

from __future__ import annotations

import pandas as pd
import pytest
from assess_case import households, pairings, scheme
from metrics_case import dated, figure, measuring, share

HOMES = households(("H1", "清水镇"), ("H2", "清水镇"), ("H3", "青石镇"))
PAIRED = pairings(
    ("甲@水利局", "H1", None, None),
    ("乙@民政局", "H1", None, None),
    ("甲@水利局", "H2", None, None),
    ("乙@民政局", "H3", None, None),
)


def measures(*rows):
    """(household, helper, from, to, status)"""
    frame = pd.DataFrame(rows, columns=["_recipient", "_helper", "started_on", "ended_on", "status"])
    return dated(frame.assign(category="产业帮扶"), "started_on", "ended_on").astype(
        {"status": "str", "_helper": "str"}
    )


DONE = measures(
    ("H1", "甲@水利局、乙@民政局", "2024-02-01", None, None),
    ("H2", "甲@水利局", "2023-05-01", "2023-06-01", "已完成"),
    ("H3", "乙@民政局", "2023-05-01", None, "实施中"),
    ("H2", "甲@水利局", "2024-06-01", None, "未启动"),
)


def test_a_household_is_helped_where_a_measure_was_under_way_in_the_year():
    result = measuring("measure_rate", household=HOMES, pairing=PAIRED, measure=DONE)
    assert share(result, "measure_rate", "county", "全县") == (2, 3)
    assert share(result, "measure_rate", "township", "清水镇") == (1, 2)
    assert share(result, "measure_rate", "helper", "甲@水利局") == (1, 2)
    assert share(result, "measure_rate", "unit", "民政局") == (2, 2)


def test_deeds_are_of_each_who_did_them_and_once_of_the_county():
    result = measuring("deed_count", household=HOMES, pairing=PAIRED, measure=DONE, period="2024")
    assert figure(result, "deed_count", "county", "全县") == 1
    assert figure(result, "deed_count", "unit", "水利局") == figure(result, "deed_count", "unit", "民政局") == 1
    assert figure(result, "deed_count", "township", "青石镇") == 0


def test_money_that_went_out_is_summed_by_who_gave_it():
    rows = [
        ("2024-06-03", "支出", "民政局", 1200),
        ("2024-06-04", None, "水利局", 300),
        ("2024-06-05", "收入", "水利局", 9000),
        ("2024-07-01", "支出", "水利局", 5),
    ]
    fund = dated(pd.DataFrame(rows, columns=["moved_on", "direction", "donor", "amount"]), "moved_on").assign(
        township="清水镇"
    )
    result = measuring("fund_sum", pairing=PAIRED, fund=fund.astype({"amount": "Float64", "direction": "str"}))
    assert figure(result, "fund_sum", "county", "全县") == 1500
    assert figure(result, "fund_sum", "unit", "水利局") == 300
    assert figure(result, "fund_sum", "township", "清水镇") == 1500


def test_courses_are_of_the_unit_that_held_them():
    rows = [("2024-06-03", "水利局", "清水镇"), ("2024-06-04", "水利局", "青石镇"), ("2024-05-04", "民政局", "青石镇")]
    training = dated(pd.DataFrame(rows, columns=["held_on", "unit", "township"]), "held_on")
    result = measuring("training_count", pairing=PAIRED, training=training)
    assert figure(result, "training_count", "unit", "水利局") == 2
    assert figure(result, "training_count", "unit", "民政局") == 0
    assert figure(result, "training_count", "township", "青石镇") == 1


def test_those_who_said_what_they_think():
    rows = [
        ("H1", "2024-06-03", "满意"),
        ("H1", "2024-06-04", "基本满意"),
        ("H2", "2024-06-04", "不满意"),
        ("H3", "2024-06-04", "不了解"),
    ]
    feedback = dated(pd.DataFrame(rows, columns=["_recipient", "asked_on", "satisfaction"]), "asked_on").assign(
        _helper="甲@水利局"
    )
    result = measuring("satisfaction", household=HOMES, pairing=PAIRED, feedback=feedback)
    assert share(result, "satisfaction", "helper", "甲@水利局") == (2, 3)
    assert share(result, "satisfaction", "unit", "水利局") == (2, 3)
    assert pd.isna(figure(result, "satisfaction", "township", "青石镇"))


def test_pairings_beside_those_of_the_same_day_a_year_before():
    paired = pairings(
        ("甲@水利局", "H1", "2022-01-01", None),
        ("甲@水利局", "H2", "2024-01-01", None),
        ("甲@水利局", "H3", "2022-01-01", "2024-01-01"),
    )
    result = measuring("pairing_growth", household=HOMES, pairing=paired)
    assert share(result, "pairing_growth", "township", "清水镇") == (1, 1)
    assert share(result, "pairing_growth", "township", "青石镇") == (-1, 1)
    assert share(result, "pairing_growth", "county", "全县") == (0, 2)


@pytest.mark.parametrize(("start", "expected"), [(None, (2, 3)), ("2024-03-01", (2, 3))])
def test_of_a_programme_that_began_later_from_its_first_day(start, expected):
    done = measures(
        ("H1", "甲@水利局", "2024-02-01", "2024-02-10", None),
        ("H2", "甲@水利局", "2024-03-01", None, None),
        ("H3", "甲@水利局", "2024-02-01", "2024-03-05", None),
    )
    plan = scheme(tables=("household", "pairing", "measure"), start=start)
    result = measuring("measure_rate", plan=plan, household=HOMES, pairing=PAIRED, measure=done)
    assert share(result, "measure_rate", "county", "全县") == (expected if start else (3, 3))


def test_what_its_helpers_did_is_of_their_group_once():
    paired = PAIRED.assign(group=["第一组", "第一组", " 第一组", "第一组"])
    result = measuring("measure_rate", "deed_count", household=HOMES, pairing=paired, measure=DONE, period="2024")
    assert share(result, "measure_rate", "group", "第一组") == (2, 3)
    assert figure(result, "deed_count", "group", "第一组") == 1


def test_a_school_that_helps_is_assessed_as_one_where_the_plan_says_so():
    paired = pairings(("甲@清水小学", "H1", None, None), ("乙@民政局", "H2", None, None))
    for levels, expected in (([], []), (["headmaster"], ["清水小学"])):
        plan = scheme(tables=("household", "pairing", "measure"), assessing={"levels": levels})
        result = measuring("measure_rate", plan=plan, household=HOMES, pairing=paired, measure=DONE)
        assert list(result.metrics.loc[result.metrics["level"] == "school", "subject"]) == expected
