"""The assessment workbook recalculated: every formula gives the value that was written beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from recalculate import differences, recalculated

from bangfu_excel.assess import assess, entered_into
from bangfu_excel.assess.metrics import SHOWN
from bangfu_excel.core.announced import BALANCE_COLUMNS, FIGURES, Announced
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Assessing, Cadence, Grade, Indicator, Reporting, Scheme
from bangfu_excel.core.scheme.work import Target
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


@pytest.mark.parametrize("scored", [False, True])
def test_without_any_data_nothing_breaks(scored, tmp_path):
    empty = assess({}, SCORED if scored else SCHEME, Period.parse("2024Q2"), dt.date(2024, 6, 30))
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


LINES = (
    Indicator(id="pair", title="结对", mode="per-step", weight=20, step=0.01, deduct=0.5, of="pairing_rate"),
    Indicator(id="visit", title="走访达标", mode="missing-item", weight=50, of="cadence_rate", basis="办法第三条"),
    Indicator(id="close", title="问题办结", mode="missing-item", weight=20, of="close_rate"),
    Indicator(id="answer", title="满意度", mode="survey", weight=10),
    Indicator(id="more", title="表扬", mode="bonus", weight=5),
    Indicator(id="less", title="酌情扣分", mode="discretion"),
    Indicator(id="veto", title="一票否决", mode="veto"),
)
GRADES = (
    Grade(title="优秀", least=85, below=100, quota=0.4), Grade(title="良好", least=60, below=85),
    Grade(title="一般", least=0, below=60),
)  # fmt: skip
SCORED = SCHEME.model_copy(
    update={"assessing": Assessing(indicators=LINES, grades=GRADES, bonus_most=4, document_number="云办〔2024〕3号")}
)
ENTERED = pd.DataFrame(
    [
        ("township", "甲镇", "answer", 0.9, None, ""), ("township", "乙镇", "more", 5, None, "上级表扬"),
        ("township", "甲镇", "less", 3, None, "迟报"), ("unit", "局", "veto", 1, None, "云纪〔2024〕1号"),
        ("unit", "所", "less", 2, None, ""), ("helper", "甲@局", "more", 2.5, None, "典型"),
    ],
    columns=["level", "subject", "line", "manual", "self_score", "reason"],
).astype({"manual": "Float64", "self_score": "Float64"})  # fmt: skip


@pytest.fixture(scope="module")
def scored():
    plan = SCORED.model_copy(update={"targets": (Target(indicator="pairing_rate", rate=0.9),)})
    return entered_into(
        assess(
            tables(),
            plan,
            Period.parse("2024Q2"),
            dt.date(2024, 6, 30),
            metrics=SHOWN,
            thresholds={"PV12": {"households": 4}},
        ),
        ENTERED,
    )


def test_every_formula_of_the_score_sheet_gives_what_was_written(scored, tmp_path):
    count, found = differences(write_assessment(scored, tmp_path / "得分.xlsx"), tmp_path)
    assert count > 900
    assert found == []


def test_a_weight_a_band_and_a_line_typed_in_change_score_rank_and_grade_at_once(scored, tmp_path):
    """参数, 等次标准 and 加减分及一票否决 are live: the workbook comes to what the program makes of the same numbers."""
    book = openpyxl.load_workbook(write_assessment(scored, tmp_path / "得分.xlsx"))
    weights = {row[0].value: row[1] for row in book["参数"].iter_rows(min_row=3)}
    weights["走访达标：分值"].value, weights["结对：分值"].value = 30, 40
    bands = {row[0].value: row for row in book["等次标准"].iter_rows(min_row=4)}
    assert (bands["良好"][1].value, bands["优秀"][2].value) == (60, 0.4)
    bands["良好"][1].value, bands["优秀"][2].value = 50, 1
    entries = book["加减分及一票否决"]
    heads = {str(cell.value): cell.column for cell in entries[3]}
    row = next(row for row in range(4, entries.max_row + 1) if entries.cell(row, 2).value == "丙镇")
    entries.cell(row, heads["满意度\n满意率"]).value = 0.5
    changed = tmp_path / "改.xlsx"
    book.save(changed)
    lines = (LINES[0].model_copy(update={"weight": 40.0}), LINES[1].model_copy(update={"weight": 30.0}), *LINES[2:])
    grades = (
        Grade(title="优秀", least=85, below=100, quota=1), Grade(title="良好", least=50, below=85),
        Grade(title="一般", least=0, below=50),
    )  # fmt: skip
    assessing = SCORED.assessing.model_copy(update={"indicators": lines, "grades": grades})
    more = pd.concat([ENTERED, pd.DataFrame([("township", "丙镇", "answer", 0.5, None, "")], columns=ENTERED.columns)])
    changed_plan = SCORED.model_copy(update={"assessing": assessing})
    again = entered_into(
        assess(tables(), changed_plan, Period.parse("2024Q2"), dt.date(2024, 6, 30)),
        more.astype({"manual": "Float64", "self_score": "Float64"}),
    )
    expected = again.sheet.totals[again.sheet.totals["level"] == "township"].set_index("subject")
    before = scored.sheet.totals[scored.sheet.totals["level"] == "township"].set_index("subject")
    assert (before.loc["丙镇", "grade"], expected.loc["丙镇", "grade"]) == ("一般", "良好")
    sheet = openpyxl.load_workbook(recalculated(changed, tmp_path), data_only=True)["得分-乡镇"]
    keys = {str(cell.value).replace("\n", ""): cell.column for cell in sheet[3]}
    shown = {
        sheet.cell(row, 2).value: row
        for row in range(4, sheet.max_row + 1)
        if sheet.cell(row, 2).value in expected.index
    }
    assert set(shown) == set(expected.index)
    for name, row in shown.items():
        said = [sheet.cell(row, keys[key]).value for key in ("总分", "名次", "等次")]
        score, rank, grade = expected.loc[name, ["score", "rank", "grade"]]
        assert said == [pytest.approx(score), rank, grade]


def _without_number(parameters, bands):
    parameters["考核办法文号"].value = None


def _quota_that_binds(parameters, bands):
    bands["优秀"][1].value, bands["良好"][1].value, bands["优秀"][2].value = 20, 10, 0.4


def _more_pairings_asked(parameters, bands):
    parameters["参评户数"].value = 8


LOW = (
    Grade(title="优秀", least=20, below=100, quota=0.4), Grade(title="良好", least=10, below=20),
    Grade(title="一般", least=0, below=10),
)  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "plan", "differs"),
    [
        (_without_number, {"assessing": SCORED.assessing.model_copy(update={"document_number": ""})}, "grade"),
        (_quota_that_binds, {"assessing": SCORED.assessing.model_copy(update={"grades": LOW})}, "grade"),
        (_more_pairings_asked, {"reporting": Reporting(rank_from_pairings=8)}, "rank"),
    ],
)
def test_the_number_a_quota_and_the_least_pairings_decide_who_has_which_grade(scored, tmp_path, edit, plan, differs):
    book = openpyxl.load_workbook(write_assessment(scored, tmp_path / "得分.xlsx"))
    edit(
        {row[0].value: row[1] for row in book["参数"].iter_rows(min_row=3)},
        {row[0].value: row for row in book["等次标准"].iter_rows(min_row=4)},
    )
    book.save(tmp_path / "改.xlsx")
    shown = openpyxl.load_workbook(recalculated(tmp_path / "改.xlsx", tmp_path), data_only=True)
    changed = SCORED.model_copy(update=plan)
    again = entered_into(assess(tables(), changed, Period.parse("2024Q2"), dt.date(2024, 6, 30)), ENTERED)
    totals = again.sheet.totals
    assert totals[differs].astype("str").tolist() != scored.sheet.totals[differs].astype("str").tolist()
    for level, word in (("township", "乡镇"), ("unit", "单位"), ("helper", "帮扶人")):
        sheet = shown[f"得分-{word}"]
        keys = {str(cell.value).replace("\n", ""): cell.column for cell in sheet[3]}
        said = {
            sheet.cell(row, 2).value: tuple(sheet.cell(row, keys[key]).value or "" for key in ("名次", "等次"))
            for row in range(4, sheet.max_row + 1)
        }
        own = totals[totals["level"] == level]
        for subject, rank, grade in own[["subject", "rank", "grade"]].itertuples(index=False):
            assert said[again.names.get(subject, subject)] == ("" if pd.isna(rank) else rank, grade), (level, subject)
