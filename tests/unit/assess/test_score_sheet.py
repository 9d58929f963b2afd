"""A score sheet applied to figures: who is scored, what counts as 缺项, who is ranked."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from assess_case import assessed, pairings, scheme

from bangfu_excel.assess.score_sheet import score_sheet
from bangfu_excel.core.metric import MEASURED_COLUMNS
from bangfu_excel.core.scheme import Assessing, Indicator, Scored
from bangfu_excel.core.scheme.scoring import DatedAssessing
from bangfu_excel.core.score_sheet import nothing_entered

SHEET = Assessing(
    levels=("township", "teacher"),
    indicators=(
        Indicator(id="pair", title="结对", mode="missing-item", weight=40, of="pairing_rate"),
        Indicator(id="visit", title="走访", mode="missing-item", weight=60, of="cadence_rate"),
        Indicator(id="more", title="表扬", mode="bonus", weight=5),
    ),
)
FIGURES = pd.DataFrame(
    [
        ("township", "甲镇", "pairing_rate", 9.0, 10.0, 0.9), ("township", "甲镇", "cadence_rate", 1.0, 2.0, 0.5),
        ("township", "乙镇", "pairing_rate", 0.0, 0.0, None), ("township", "乙镇", "cadence_rate", 4.0, 5.0, 0.8),
        ("township", "丙镇", "pairing_rate", 0.0, 0.0, None), ("township", "丙镇", "cadence_rate", 0.0, 0.0, None),
        ("helper", "钱二", "cadence_rate", 1.0, 1.0, 1.0),
    ],
    columns=list(MEASURED_COLUMNS),
).astype(dict.fromkeys(("numerator", "denominator", "value"), "Float64"))  # fmt: skip


def typed(*rows):
    return pd.DataFrame(rows, columns=["level", "subject", "line", "manual", "self_score", "reason"]).astype(
        {"manual": "Float64", "self_score": "Float64"}
    )


def scored(entered=None, may_rank=None, sheet=SHEET, absent=()):
    return score_sheet(sheet, FIGURES, nothing_entered() if entered is None else entered, may_rank or {}, absent)


def totals(sheet):
    return sheet.totals.set_index(["level", "subject"])


def test_lines_become_scores_and_what_was_not_due_is_left_out_of_the_weight():
    found = totals(scored())
    assert found.loc[("township", "甲镇"), "score"] == pytest.approx(0.9 * 40 + 0.5 * 60)
    assert found.loc[("township", "乙镇"), ["own", "weight", "score"]].tolist() == pytest.approx([48, 60, 80])


def test_a_teacher_goes_by_the_figures_of_helpers():
    sheet = scored()
    assert sheet.levels == ("township", "helper")
    assert totals(sheet).loc[("helper", "钱二"), "score"] == pytest.approx(100)


def test_a_line_that_counts_nothing_for_somebody_is_nothing_due_and_nothing_left_out():
    lines = scored().lines.set_index(["level", "subject", "line"])
    assert lines.loc[("helper", "钱二", "pair"), "state"] == "缺项"
    assert lines.loc[("township", "乙镇", "pair"), "state"] == "缺项"


@pytest.mark.parametrize("missing", ["full", "zero"])
def test_what_a_level_cannot_count_is_left_out_whatever_nothing_due_gives(missing):
    pair, *others = SHEET.indicators
    other = pair.model_copy(update={"missing": missing})
    sheet = scored(sheet=SHEET.model_copy(update={"indicators": (other, *others)}))
    lines = sheet.lines.set_index(["level", "subject", "line"])
    assert lines.loc[("helper", "钱二", "pair"), "state"] == "缺项"
    assert totals(sheet).loc[("helper", "钱二"), ["own", "weight", "score"]].tolist() == pytest.approx([60, 60, 100])
    assert lines.loc[("township", "乙镇", "pair"), "points"] == (40 if missing == "full" else 0)


@pytest.mark.parametrize("missing", ["rescale", "full", "zero"])
def test_what_no_table_was_handed_in_for_is_left_out_whatever_nothing_due_gives(missing):
    """Nothing due is one thing, nothing known another: 20 points for having handed in nothing would be a reward for it."""
    pair, *others = SHEET.indicators
    other = pair.model_copy(update={"missing": missing})
    sheet = scored(sheet=SHEET.model_copy(update={"indicators": (other, *others)}), absent=["pairing_rate"])
    line = sheet.lines.set_index(["level", "subject", "line"]).loc[("township", "乙镇", "pair")]
    assert pd.isna(line["points"])
    assert line["state"] == "缺项（没有报表）"
    assert totals(sheet).loc[("township", "乙镇"), ["own", "weight"]].tolist() == pytest.approx([48, 60])


def test_of_whom_nothing_is_known_there_is_no_row_until_something_is_typed_in():
    assert ("township", "丙镇") not in totals(scored()).index
    assert ("township", "丙镇") in totals(scored(typed(("township", "丙镇", "more", 2, None, "典型")))).index


def test_who_has_too_few_pairings_is_scored_and_not_ranked():
    found = totals(scored(may_rank={"township": pd.Series({"甲镇": True, "乙镇": False})}))
    assert found.loc[("township", "甲镇"), "rank"] == 1
    assert pd.isna(found.loc[("township", "乙镇"), "rank"])
    assert found.loc[("township", "乙镇"), "state"] == "不参加排名"


def test_who_has_no_pairings_at_all_is_not_ranked_before_those_who_have_few():
    found = totals(scored(may_rank={"township": pd.Series({"甲镇": True})}))
    assert pd.isna(found.loc[("township", "乙镇"), "rank"])


def test_printing_a_score_sheet_shows_no_names():
    assert "钱二" not in repr(scored())


DATED = SHEET.model_copy(
    update={
        "levels": ("helper",),
        "dated": (
            DatedAssessing(since=dt.date(2024, 7, 1), basis="某办发〔2024〕9号", indicators={"pair": Scored(weight=10), "visit": Scored(weight=90)}),
        ),
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("period", "as_of", "weights"),
    [
        ("2024-06", "2024-06-30", [40, 60]),
        ("2024-06", "2024-12-31", [40, 60]),  # whenever June is assessed, by what held at its end
        ("2024-07", "2024-07-01", [10, 90]),
        ("2024", "2024-06-30", [40, 60]),
        ("2024", "2024-12-31", [10, 90]),
    ],
)
def test_a_period_is_scored_by_what_held_on_its_last_day_that_counts(period, as_of, weights):
    plan = scheme(assessing=DATED)
    made = assessed(pairings(("甲@局", "户1", "2024-01-01", None)), period=period, as_of=as_of, plan=plan)
    assert [line.weight for line in made.sheet.assessing.own] == weights
