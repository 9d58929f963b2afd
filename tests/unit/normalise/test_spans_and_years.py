"""Spans in one cell, and years that stand in the title: values of two fields, days of a year that no cell names."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from test_normalise_region import encode

from bangfu_excel.core import kinds
from bangfu_excel.core.raw import Cell, CellType, RawSheet
from bangfu_excel.core.region import MappedColumn, MappedRegion, RowKind, TablePart
from bangfu_excel.core.table import Field, Retention, Table
from bangfu_excel.normalise import NormaliseSettings, normalise, read_value
from bangfu_excel.normalise.years import year_in

TABLE = Table(
    "leave",
    "请假",
    (
        Field("name", "姓名", kinds.TEXT),
        Field("started_on", "开始时间", kinds.DATE, until="ended_on"),
        Field("ended_on", "结束时间", kinds.DATE),
        Field("born_on", "出生日期", kinds.DATE),
    ),
    keys=(("name",),),
    needs=(("name",),),
    retention=Retention.LOG,
    dated_by="started_on",
)
SETTINGS = NormaliseSettings({}, 2024, dt.date(2024, 6, 30))


def typed(columns, *, title="", sheet="表", labels=None, metadata=None):
    """The rows and findings of a sheet with a title, a header and these cells."""
    labels = {name: TABLE[name].label for name in columns} | (labels or {})
    raws = tuple(encode([title or None, labels[name], *cells]) for name, cells in columns.items())
    height = len(raws[0].codes)
    row_kinds = np.array([RowKind.TITLE, RowKind.HEADER] + [RowKind.DATA] * (height - 2), dtype=np.uint8)
    mapped = tuple(MappedColumn(name, index, labels[name]) for index, name in enumerate(columns))
    region = MappedRegion(
        "甲.xlsx", RawSheet(sheet, height, raws), (TablePart("leave", mapped),), row_kinds, title=title,
        metadata=metadata or {},
    )  # fmt: skip
    return normalise(region, region.parts[0], TABLE, SETTINGS)


def days(region, name):
    return [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in region.frame[name]]


def told(findings):
    return [(finding.code, finding.place.cell) for finding in findings]


def test_a_span_fills_the_field_of_its_last_day():
    region, findings = typed({"name": ["李明", "王芳"], "started_on": ["2024年3月15日-17日", "2024-03-20"]})
    assert days(region, "started_on") == ["2024-03-15", "2024-03-20"]
    assert days(region, "ended_on") == ["2024-03-17", None]
    assert told(findings) == [("NV18", "B3")]
    assert findings[0].message.endswith("“2024年3月15日-17日”读作“2024-03-15至2024-03-17”")
    assert region.source.place(3, "ended_on").cell == "B3"
    assert region.stated["ended_on"].tolist() == [True, False]


def test_months_of_a_span_stay_months():
    region, _ = typed({"name": ["李明"], "started_on": ["2024.3-5"]})
    assert (days(region, "started_on"), days(region, "ended_on")) == (["2024-03-01"], ["2024-05-01"])
    assert list(region.frame["ended_on__precision"]) == ["month"]


def test_an_end_of_its_own_must_be_the_same_day():
    region, findings = typed(
        {
            "name": ["李明", "王芳", "赵强", "孙亮"],
            "started_on": ["2024年3月15日-17日"] * 3 + ["2024-03-15"],
            "ended_on": ["2024-03-17", "2024-03-18", None, "2024-03-20"],
        }
    )
    assert days(region, "ended_on") == ["2024-03-17", None, "2024-03-17", "2024-03-20"]
    assert region.faulty["ended_on"].tolist() == [False, True, False, False]
    assert told(f for f in findings if f.code == "NV39") == [("NV39", "B4")]


def test_a_span_in_a_field_without_an_end_is_still_an_error():
    region, findings = typed({"name": ["李明"], "born_on": ["2024年3月15日-17日"]})
    assert days(region, "born_on") == [None]
    assert told(findings) == [("NV29", "B3")]


def test_a_span_in_a_value_by_itself_is_an_error():
    cell = Cell(CellType.TEXT, "2024年3月15日-17日")
    assert read_value(cell, TABLE["started_on"], SETTINGS).problem.code == "NV29"


@pytest.mark.parametrize(
    "said",
    [
        {"title": "清水镇2023年请假登记表"}, {"sheet": "2023年"}, {"metadata": {"年月": "2023年11月"}},
        {"labels": {"started_on": "时间（2023年）"}},
    ],
)  # fmt: skip
def test_the_year_that_the_sheet_says_is_that_of_its_days(said):
    region, findings = typed({"name": ["李明"] * 3, "started_on": ["3月5日", "3.13", "3.15-3.17"]}, **said)
    assert days(region, "started_on") == ["2023-03-05", "2023-03-13", "2023-03-15"]
    assert days(region, "ended_on")[2] == "2023-03-17"
    assert told(findings) == [("NV18", "B5"), ("NV19", "B3")]


def test_without_a_year_a_dotted_day_is_an_error_and_a_number_always_is():
    _, findings = typed({"name": ["李明"] * 2, "started_on": ["3.13", 3.13]})
    assert told(findings) == [("NV30", "B3"), ("NV38", "B4")]
    _, findings = typed({"name": ["李明"] * 2, "started_on": ["3.13", 3.13]}, title="2024年请假登记表")
    assert told(findings) == [("NV38", "B4"), ("NV19", "B3")]


def test_the_title_does_not_say_in_which_year_somebody_was_born():
    _, findings = typed({"name": ["李明"], "born_on": ["3.13"]}, title="2024年请假登记表")
    assert told(findings) == [("NV30", "B3")]


def test_in_a_csv_a_dotted_day_may_have_lost_a_nought():
    _, findings = typed({"name": ["李明"], "started_on": ["3.1"]}, title="2024年请假登记表", sheet="")
    assert told(findings) == [("NV30", "B3")]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("清水镇2024年3月走访记录", 2024), ("2024年度请假登记表", 2024), ("2024年上半年培训台账", 2024), ("请假登记表", None),
        ("2021年脱贫户走访记录", None), ("2014年建档立卡户走访记录", None), ("2021年以来请假登记表", None), ("截至2023年底名册", None),
        ("2023年12月—2024年1月走访记录", None), ("2023—2024学年家访记录", None), ("2023-2024年家访记录", None),
    ],
)  # fmt: skip
def test_the_year_of_a_title(title, year):
    assert year_in(title) == year
