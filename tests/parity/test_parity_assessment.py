"""The assessment workbook recalculated: every formula gives the value that was written beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from recalculate import differences

from bangfu_excel.assess import assess
from bangfu_excel.core.announced import BALANCE_COLUMNS, FIGURES, Announced
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Cadence, Reporting, Scheme
from bangfu_excel.write.assessment_book import write_assessment

SCHEME = Scheme(
    id="test", title="试验方案", version="1", tables=("household", "pairing", "visit"),
    cadences=(
        Cadence(id="m", title="每月入户", modes=("入户",)),
        Cadence(id="q", title="每季两次", per="quarter", count=2),
    ),
    reporting=Reporting(rank_from_pairings=3),
)  # fmt: skip
PEOPLE = tuple(f"{name}@{unit}" for name, unit in zip("甲乙丙丁戊己", ("局", "局", "所", "所", "站", "*"), strict=True))
HOMES = tuple(f"户{number:02d}" for number in range(24))


def tables() -> dict[str, pd.DataFrame]:
    """Three townships, six helpers, joint visits, ended and undated pairings, ties, an unknown household."""
    household = pd.DataFrame({"_key": HOMES, "household_id": HOMES, "head_name": [f"=赵{home}" for home in HOMES]})
    household["township"] = [("甲镇", "乙镇", "")[number % 3] or None for number in range(len(HOMES))]
    pairs = [(PEOPLE[number % 6], home) for number, home in enumerate(HOMES[:22])]
    pairs += [(PEOPLE[(number + 1) % 6], home) for number, home in enumerate(HOMES[:8])]
    pairing = pd.DataFrame(pairs, columns=["_helper", "_recipient"])
    pairing["helper_name"], pairing["helper_unit"] = (pairing["_helper"].str[part] for part in (0, slice(2, None)))
    day = pd.Timestamp("2024-01-01")
    pairing["started_on"] = [None if n % 7 == 0 else day + pd.Timedelta(days=9 * n) for n in range(len(pairing))]
    pairing["ended_on"] = [day + pd.Timedelta(days=150 + n) if n % 9 == 4 else None for n in range(len(pairing))]
    rows = [
        (
            "、".join({PEOPLE[n % 6]: 0, PEOPLE[(n // 2) % 6]: 0}),
            None if n % 17 == 0 else HOMES[(n * 5) % 24],
            day + pd.Timedelta(days=60 + (n * 7) % 122),
            ("入户", "入户", "入户", "电话", "集中", None, "书信")[n % 7],
        )
        for n in range(120)
    ]
    visit = pd.DataFrame(rows, columns=["_helper", "_recipient", "visited_on", "mode"])
    visit = visit.assign(visitors=visit["_helper"], township="丙镇", _file="a.xlsx", _sheet="走访", _row=range(3, 123))
    return {"household": household, "pairing": pairing, "visit": visit}


@pytest.fixture(scope="module")
def assessment():
    return assess(tables(), SCHEME, Period.parse("2024Q2"), dt.date(2024, 6, 30))


@pytest.fixture(scope="module")
def workbook(assessment, tmp_path_factory):
    return write_assessment(assessment, tmp_path_factory.mktemp("考核") / "走访考核_全县_2024Q2.xlsx")


def test_every_formula_gives_what_was_written(workbook, tmp_path):
    count, found = differences(workbook, tmp_path)
    assert count > 500
    assert found == []


def test_the_comparison_sees_a_wrong_value(assessment, tmp_path):
    """The recalculation is real: one wrong cached value is found."""
    wrong = assessment.indicators.copy()
    at = wrong.index[(wrong["level"] == "unit") & (wrong["indicator"] == "home_visits")][0]
    wrong.loc[at, "value"] += 1
    _, found = differences(write_assessment(replace(assessment, indicators=wrong), tmp_path / "a.xlsx"), tmp_path)
    assert [(difference.sheet, difference.recalculated + 1) for difference in found] == [("帮扶单位", found[0].written)]


def test_without_any_data_nothing_breaks(tmp_path):
    empty = assess({}, SCHEME, Period.parse("2024Q2"), dt.date(2024, 6, 30))
    count, found = differences(write_assessment(empty, tmp_path / "空.xlsx", masked=True), tmp_path)
    assert count > 10
    assert found == []


def test_another_frequency_in_the_parameters_changes_the_result(workbook, tmp_path):
    """参数 is live: with a frequency of 99 nothing is met any more."""
    book = openpyxl.load_workbook(workbook)
    for row in (9, 10):
        assert book["参数"].cell(row, 2).value in (1, 2)
        book["参数"].cell(row, 2).value = 99
    changed = tmp_path / "改.xlsx"
    book.save(changed)
    _, found = differences(changed, tmp_path)
    met = [difference for difference in found if difference.sheet == "乡镇" and "户达标" in difference.formula]
    assert met
    assert all(difference.recalculated == 0 for difference in met)


def test_the_cumulative_figures_give_what_was_written(assessment, tmp_path):
    """累计核对: a township that is even and one that is not."""
    rows = [("=甲镇", 560, 95, 6, 1, 660), ("乙镇", 10, 0, 2, 0, 11)]
    balance = pd.DataFrame(rows, columns=list(BALANCE_COLUMNS)).astype(dict.fromkeys(FIGURES, "Int64"))
    told = Announced(assessment.period, "", "2024Q1", balance)
    path = write_assessment(replace(assessment, announced=told), tmp_path / "累计.xlsx")
    _, found = differences(path, tmp_path)
    assert found == []
    sheet = openpyxl.load_workbook(path, data_only=True)["累计核对"]
    assert [sheet.cell(row, 9).value for row in (4, 5)] == ["平", "不平"]
