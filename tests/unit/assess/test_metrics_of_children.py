"""Files, schooling: what is not said of a child stands in neither part."""

from __future__ import annotations

import pandas as pd
from metrics_case import dated, measuring, share


def children(*rows):
    """(key, born, stage, file made)"""
    frame = dated(pd.DataFrame(rows, columns=["_key", "birth_date", "stage", "file_made"]), "birth_date")
    frame = frame.assign(name="孩子" + frame["_key"], township="清水镇", village="柳溪村", school="清水小学")
    return frame.astype({"file_made": "boolean", "stage": "str", "_key": "str"})


SEEN = children(
    ("A", "2016-05-01", "小学", True),
    ("B", "2011-05-01", "辍学", False),
    (
        "C",
        "2016-09-01",
        "未入园",
        None,
    ),  # six only after 31 August 2022, and not by 31 August 2023 of the year that is assessed
    ("D", "2019-01-01", "幼儿园", True),
    ("E", "2015-01-01", None, None),
)


def test_of_those_of_whom_it_is_said_a_file_is_made_or_not():
    assert share(measuring("file_rate", child=SEEN), "file_rate", "county", "全县") == (2, 3)


def test_of_an_age_for_school_at_the_start_of_the_school_year():
    result = measuring("enrol_rate", child=SEEN, period="2024-06")
    assert share(result, "enrol_rate", "village", "清水镇柳溪村") == (1, 3)
    assert set(result.items["whom"]) == {"孩子A", "孩子B", "孩子C"}


def test_of_an_age_by_the_number_where_no_date_is_told():
    number = SEEN.assign(birth_date=pd.NaT, id_number=["990101201605013011", None, None, None, None]).astype(
        {"id_number": "str"}
    )
    assert share(measuring("enrol_rate", child=number), "enrol_rate", "county", "全县") == (1, 1)


def test_those_who_left_compulsory_school_beside_those_who_are_there():
    assert share(measuring("retention_rate", child=SEEN), "retention_rate", "school", "清水小学") == (1, 2)
