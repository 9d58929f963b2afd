"""What the office typed into 加减分及一票否决 comes back as it was typed, or is refused with its cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from bangfu_excel.assess import assess, entered_into
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Assessing, Cadence, Indicator, Scheme
from bangfu_excel.core.score_sheet import ENTERED_COLUMNS, nothing_entered
from bangfu_excel.errors import UsageError
from bangfu_excel.pipeline.books import Assessment
from bangfu_excel.pipeline.entered_scores import entered_scores
from bangfu_excel.write.assessment_book import write_assessment
from bangfu_excel.write.score_places import ENTRIES

LINES = (
    Indicator(id="visit", title="走访达标", mode="missing-item", weight=80, of="cadence_rate"),
    Indicator(id="own", title="自查", mode="self-check", weight=20, tolerance=0.1),
    Indicator(id="more", title="表扬", mode="bonus", weight=5),
    Indicator(id="veto", title="一票否决", mode="veto"),
)
SCHEME = Scheme(
    id="test", title="试验方案", version="1", tables=("household", "pairing", "visit"),
    cadences=(Cadence(id="m", title="每月入户", modes=("入户",)),), assessing=Assessing(indicators=LINES),
)  # fmt: skip
JUNE = "2024年6月"
PHONE = "13800000000"


@pytest.fixture
def assessment():
    household = pd.DataFrame({"_key": ["户1"], "household_id": ["户1"], "head_name": ["赵大"], "township": ["甲镇"]})
    pairing = pd.DataFrame(
        {"_recipient": ["户1"], "_helper": [f"{PHONE}|钱二"], "helper_name": ["钱二"], "helper_unit": ["水利局"]}
    )
    tables = {"household": household, "pairing": pairing}
    return assess(tables, SCHEME, Period.parse("2024-06"), dt.date(2024, 6, 30))


def filled(assessment, path, **typed):
    """The workbook with cells filled in: <name>_<heading> …"""
    book = openpyxl.load_workbook(write_assessment(assessment, path))
    sheet = book[ENTRIES]
    heads = {str(cell.value).replace("\n", ""): cell.column for cell in sheet[3]}
    rows = {sheet.cell(row, 2).value: row for row in range(4, sheet.max_row + 1)}
    for where, value in typed.items():
        name, _, heading = where.partition("_")
        sheet.cell(rows[name], heads[heading]).value = value
    book.save(path)
    return path


def test_what_was_typed_in_comes_back(assessment, tmp_path):
    path = filled(
        assessment, tmp_path / "a.xlsx", 甲镇_自查自评分=18, 甲镇_自查核查分="17.5", 水利局_表扬加分=2, 水利局_表扬理由="上级表扬",
        钱二_一票否决否决填1="是", 钱二_一票否决文号="云纪〔2024〕1号",
    )  # fmt: skip
    found = entered_scores(path, assessment.sheet, JUNE)
    assert list(found.columns) == list(ENTERED_COLUMNS)
    said = found.astype(object).where(found.notna(), None).to_numpy().tolist()
    assert said == [
        ["township", "甲镇", "own", 17.5, 18.0, ""],
        ["unit", "水利局", "more", 2.0, None, "上级表扬"],
        ["helper", f"{PHONE}|钱二", "veto", 1.0, None, "云纪〔2024〕1号"],
    ]
    again = entered_into(assessment, found)
    totals = again.sheet.totals.set_index("level")
    assert totals.loc["township", "score"] == pytest.approx((0 + 18) / 100 * 100)
    assert totals.loc["helper", "vetoed"]


def test_a_workbook_written_again_shows_what_was_typed_in(assessment, tmp_path):
    path = filled(assessment, tmp_path / "a.xlsx", 水利局_表扬加分=2, 水利局_表扬理由="上级表扬")
    first = entered_scores(path, assessment.sheet, JUNE)
    again = write_assessment(entered_into(assessment, first), tmp_path / "b.xlsx")
    pd.testing.assert_frame_equal(entered_scores(again, assessment.sheet, JUNE), first)


def test_no_phone_number_is_hidden_in_the_workbook(assessment, tmp_path):
    sheet = openpyxl.load_workbook(write_assessment(assessment, tmp_path / "a.xlsx"))[ENTRIES]
    assert not [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell and PHONE in str(cell)]


def test_names_sorted_apart_from_their_hidden_marks_give_nobody_the_points_of_another(assessment, tmp_path):
    path = filled(
        assessment,
        tmp_path / "a.xlsx",
        甲镇_名称="水利局",
        水利局_名称="甲镇",
        甲镇_表扬加分=2,
        甲镇_表扬理由="上级表扬",
    )
    with pytest.raises(UsageError, match="F4这一行的名称原来是“甲镇”：只排了看得见的列"):
        entered_scores(path, assessment.sheet, JUNE)


def test_what_was_judged_of_one_month_is_not_taken_into_another(assessment, tmp_path):
    path = filled(assessment, tmp_path / "a.xlsx", 水利局_表扬加分=2, 水利局_表扬理由="上级表扬")
    with pytest.raises(UsageError, match="填的是2024年6月的考核，这里算的是2024年7月"):
        entered_scores(path, assessment.sheet, "2024年7月")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"甲镇_一票否决否决填1": "是"}, "加减分及一票否决!I4没有填文号，“一票否决”不能计入"),
        ({"甲镇_一票否决否决填1": "也许"}, "加减分及一票否决!H4“也许”应填1（否决）或者空着"),
        ({"甲镇_一票否决否决填1": 0.5}, "加减分及一票否决!H4“0.5”应填1（否决）或者空着"),
        ({"甲镇_表扬加分": "nan"}, "加减分及一票否决!F4“nan”应填0到5之间的数"),
        ({"甲镇_自查自评分": 21}, "加减分及一票否决!D4“21”应填0到20之间的数"),
        ({"甲镇_自查自评分": "很好"}, "加减分及一票否决!D4“很好”应填0到20之间的数"),
        (
            {"甲镇_表扬理由": "上级表扬"},
            "加减分及一票否决!F4（加分）空着，“表扬”只写了理由，不能计入：要计入的填上，不要的把理由删去",
        ),
        ({"甲镇_一票否决文号": "云纪〔2024〕1号"}, "加减分及一票否决!H4（否决填1）空着，“一票否决”只写了文号"),
        ({"甲镇_程序用，请勿改动": '["township","丙镇"]', "甲镇_表扬加分": 1}, "加减分及一票否决!F4这一行认不出是谁"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cell_and_nothing_is_taken(assessment, tmp_path, typed, said):
    path = filled(assessment, tmp_path / "a.xlsx", 水利局_表扬加分=2, **typed)
    with pytest.raises(UsageError, match="没有计入任何一项") as caught:
        entered_scores(path, assessment.sheet, JUNE)
    assert said in str(caught.value)


REASONED = (
    LINES[0].model_copy(update={"weight": 60.0}),
    Indicator(id="spot", title="抽查", mode="all-or-nothing", weight=20, target=1, reason_needed=True),
    Indicator(id="own", title="自查", mode="self-check", weight=20, tolerance=0.1, reason_needed=True),
    Indicator(id="less", title="扣分", mode="discretion"),
)


@pytest.fixture
def reasoned(assessment):
    plan = SCHEME.model_copy(update={"assessing": Assessing(indicators=REASONED)})
    return entered_into(replace(assessment, scheme=plan), nothing_entered())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"甲镇_抽查人工填数": 0}, "E4没有填理由，“抽查”不能计入"),
        ({"甲镇_抽查理由": "看了两户"}, "D4（人工填数）空着，“抽查”只写了理由"),
        ({"甲镇_自查核查分": 9, "甲镇_自查自评分": "高"}, "F4“高”应填0到20之间的数；加减分及一票否决!H4没有填理由"),
        ({"甲镇_自查理由": "看了台账"}, "F4（自评分）、加减分及一票否决!G4（核查分）空着，“自查”只写了理由"),
        ({"甲镇_扣分扣分": 2}, "J4没有填理由，“扣分”不能计入"),
    ],
)
def test_a_number_and_the_reason_that_it_needs_go_together(reasoned, tmp_path, typed, said):
    path = filled(reasoned, tmp_path / "a.xlsx", **typed)
    with pytest.raises(UsageError, match="没有计入任何一项") as caught:
        entered_scores(path, reasoned.sheet, JUNE)
    assert said in str(caught.value)


def test_a_nought_that_changes_nothing_needs_no_reason(reasoned, tmp_path):
    path = filled(reasoned, tmp_path / "a.xlsx", 甲镇_扣分扣分=0, 甲镇_自查自评分=12, 甲镇_自查理由="自查报告")
    assert set(entered_scores(path, reasoned.sheet, JUNE)["line"]) == {"own", "less"}


def test_a_workbook_of_another_score_sheet_is_refused(assessment, tmp_path):
    path = write_assessment(assessment, tmp_path / "a.xlsx")
    others = Assessing(
        indicators=(
            LINES[0].model_copy(update={"weight": 100.0}),
            Indicator(id="b", title="加", mode="bonus", weight=1),
        )
    )
    other = entered_into(
        assess({}, SCHEME.model_copy(update={"assessing": others}), Period.parse("2024-06"), dt.date(2024, 6, 30)),
        pd.DataFrame(columns=list(ENTERED_COLUMNS)),
    )
    with pytest.raises(UsageError, match="缺少“加加分”"):
        entered_scores(path, other.sheet, JUNE)


def test_a_workbook_that_somebody_filled_in_is_never_written_over(assessment, tmp_path):
    made = Assessment(**{field.name: getattr(assessment, field.name) for field in fields(assessment)})
    path = made.write_below(tmp_path)
    assert made.write_below(tmp_path) == path  # nobody has: it is written anew
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    typed = filled(assessment, path, 水利局_表扬加分=2, 水利局_表扬理由="上级表扬")
    entered = entered_scores(typed, assessment.sheet, assessment.period.label)
    again = entered_into(made, entered)
    assert again.keep_filled(tmp_path) is None  # it is in this one
    kept = made.keep_filled(tmp_path)
    assert kept.name == f"{path.stem}_已填.xlsx"
    assert len(entered_scores(kept, assessment.sheet, assessment.period.label)) == 1


def test_excel_itself_refuses_more_points_than_a_line_has(assessment, tmp_path):
    sheet = openpyxl.load_workbook(write_assessment(assessment, tmp_path / "考核.xlsx"))[ENTRIES]
    heads = {cell.column_letter: str(cell.value).replace("\n", "") for cell in sheet[3]}
    limits = {
        heads[get_column_letter(next(iter(one.sqref.ranges)).min_col)]: one
        for one in sheet.data_validations.dataValidation
    }
    assert {name: (float(one.formula1), float(one.formula2)) for name, one in limits.items()} == {
        "自查自评分": (0, 20), "自查核查分": (0, 20), "表扬加分": (0, 5), "一票否决否决填1": (0, 1),
    }  # fmt: skip
    assert {one.operator or "between" for one in limits.values()} == {"between"}
