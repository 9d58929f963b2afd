"""Problems closed, and the days that it took."""

from __future__ import annotations

import pandas as pd
from assess_case import households, pairings
from metrics_case import dated, figure, measuring, share

HOMES = households(("H1", "清水镇"), ("H2", "青石镇"))
PAIRED = pairings(("甲@水利局", "H1", None, None), ("乙@水利局", "H2", None, None))


def problems(*rows):
    """(household, owner, owner's unit, found, deadline, closed, status)"""
    columns = ["_recipient", "owner", "owner_unit", "found_on", "deadline", "closed_on", "status"]
    frame = dated(pd.DataFrame(rows, columns=columns), "found_on", "deadline", "closed_on")
    return frame.assign(_helper=None, _file="民情.xlsx", _sheet="问题", _row=range(3, 3 + len(frame))).astype(
        {"_helper": "str"}
    )


FOUND = problems(
    ("H1", "甲", None, "2024-05-01", "2024-06-10", "2024-06-05", "已办结"),
    ("H1", "甲、乙", None, "2024-05-01", "2024-06-20", None, "办理中"),
    ("H2", None, "水利局", "2024-06-01", None, None, "已办结"),
    ("H2", "乙", None, "2024-06-01", "2024-09-30", None, "未启动"),
)  # fmt: skip


def test_those_due_in_the_period_are_asked_about():
    result = measuring("close_rate", household=HOMES, pairing=PAIRED, problem=FOUND)
    assert share(result, "close_rate", "county", "全县") == (2, 3)
    assert share(result, "close_rate", "township", "清水镇") == (1, 2)
    assert share(result, "close_rate", "township", "青石镇") == (1, 1)


def test_a_problem_is_of_everybody_who_is_responsible_and_of_their_unit_once():
    result = measuring("close_rate", household=HOMES, pairing=PAIRED, problem=FOUND)
    assert share(result, "close_rate", "helper", "甲@水利局") == (1, 2)
    assert share(result, "close_rate", "helper", "乙@水利局") == (0, 1)
    assert share(result, "close_rate", "unit", "水利局") == (2, 3)


def test_days_are_counted_of_those_closed_in_the_period():
    result = measuring("problem_days", household=HOMES, pairing=PAIRED, problem=FOUND)
    assert figure(result, "problem_days", "county", "全县") == 35
    assert pd.isna(figure(result, "problem_days", "township", "青石镇"))
