"""Scores, ranks and grades, worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from bangfu_excel.core.scheme import Assessing, Grade, Indicator
from bangfu_excel.core.scoring import places, score_lines, totals

LINES = (
    Indicator(id="pairing", title="结对", mode="missing-item", weight=40),
    Indicator(id="visits", title="走访", mode="missing-item", weight=60),
    Indicator(id="plus", title="加分", mode="bonus", weight=5),
    Indicator(id="more", title="另外加分", mode="bonus", weight=5),
    Indicator(id="off", title="酌情扣分", mode="discretion"),
    Indicator(id="veto", title="一票否决", mode="veto"),
)
BANDS = (
    Grade(title="合格", least=0, below=80), Grade(title="良好", least=80, below=90), Grade(title="优秀", least=90, below=100),
)  # fmt: skip
SHEET = Assessing(document_number="某办发〔2024〕3号", indicators=LINES, grades=BANDS)


def table(sheet: Assessing, given: dict[str, dict], ranked=None) -> pd.DataFrame:
    """The totals of subjects whose lines are given: a number is the figure, or what is typed in beside the full score."""
    rows = []
    for subject, lines in given.items():
        for line, number in lines.items():
            key = "manual" if sheet.line(line).is_beside else "value"
            rows.append({"subject": subject, "line": line, key: number, "reason": "某文"})
    subjects = list(given)
    frame = pd.DataFrame(rows, columns=["subject", "line", "value", "manual", "reason"])
    return totals(sheet, score_lines(sheet, frame, subjects), subjects, ranked).set_index("subject")


@pytest.mark.parametrize(
    ("given", "score"),
    [
        ({"pairing": 1, "visits": 0.5}, 70),
        ({"visits": 0.5}, 50),  # 结对缺项：走访60分按100分折算
        ({"pairing": 1, "visits": 1, "plus": 3}, 103),
        ({"pairing": 1, "visits": 1, "plus": 9, "more": 9}, 110),
        ({"pairing": 1, "visits": 0.5, "off": 20}, 50),
        ({"pairing": 0, "visits": 0, "off": 20}, 0),
        ({"plus": 3}, None),
        ({}, None),
    ],
)
def test_score(given, score):
    found = table(SHEET, {"甲": given})["score"]["甲"]
    assert found is pd.NA if score is None else found == pytest.approx(score, abs=1e-9)


def test_all_bonuses_together_have_a_limit_where_the_sheet_has_one():
    given = {"甲": {"pairing": 1, "visits": 0.5, "plus": 4, "more": 4}}
    assert table(SHEET.model_copy(update={"bonus_most": 5}), given)["score"]["甲"] == 75


def test_a_score_is_not_rounded():
    assert table(SHEET, {"甲": {"pairing": 1 / 3, "visits": 1 / 7}})["score"]["甲"] == pytest.approx(40 / 3 + 60 / 7)


def test_who_ties_has_one_rank_and_the_next_is_left_out():
    given = {name: {"visits": number} for name, number in zip("甲乙丙丁", (0.7, 0.9, 0.7, 0.1), strict=True)}
    assert list(table(SHEET, given)["rank"]) == [2, 1, 2, 4]


def test_scores_that_differ_only_in_binary_tie():
    given = {
        "甲": {"pairing": 0.1, "visits": 0.2},
        "乙": {"pairing": 0.3 - 0.2, "visits": 0.6 / 3},
        "丙": {"visits": 0.16},
    }
    assert list(table(SHEET, given)["rank"]) == [1, 1, 1]


def test_who_may_not_be_ranked_takes_no_rank_from_others_and_has_no_grade():
    given = {"甲": {"visits": 1}, "乙": {"visits": 0.9}, "丙": {}}
    found = table(SHEET, given, ranked=[False, True, True])
    assert found["rank"].to_list() == [pd.NA, 1, pd.NA]
    assert found["grade"].to_list() == ["", "优秀", ""]
    assert found["state"].to_list() == ["不参加排名", "", "没有可以计分的项目"]


def test_the_vetoed_are_in_the_lowest_grade_and_not_ranked():
    found = table(SHEET, {"甲": {"visits": 1, "veto": 1}, "乙": {"visits": 0.9}, "丙": {"veto": 1}})
    assert found["rank"].to_list() == [pd.NA, 1, pd.NA]
    assert found["grade"].to_list() == ["合格", "优秀", "合格"]
    assert found["state"].to_list() == ["一票否决", "", "一票否决"]


@pytest.mark.parametrize(
    ("share", "grade"),
    [(0, "合格"), (0.7999, "合格"), (0.8, "良好"), (0.8999999, "良好"), (0.9, "优秀"), (1, "优秀")],
)
def test_bands_are_half_open(share, grade):
    assert table(SHEET, {"甲": {"pairing": share, "visits": share}})["grade"]["甲"] == grade


def test_a_score_above_the_full_one_is_in_the_highest_grade():
    assert table(SHEET, {"甲": {"visits": 1, "plus": 5}})["grade"]["甲"] == "优秀"


def test_a_trial_has_ranks_but_no_grades():
    found = table(SHEET.model_copy(update={"document_number": " "}), {"甲": {"visits": 1}, "乙": {"veto": 1}})
    assert (list(found["grade"]), found["rank"]["甲"]) == (["", ""], 1)


def quota(*shares: float | None) -> Assessing:
    """The sheet with quotas, from the lowest grade."""
    bands = tuple(band.model_copy(update={"quota": share}) for band, share in zip(BANDS, shares, strict=True))
    return Assessing.model_validate({**dict(SHEET), "grades": bands})


def graded(sheet: Assessing, *shares: float) -> str:
    found = table(sheet, {f"第{number}个": {"visits": share} for number, share in enumerate(shares)})
    return "".join(grade[0] for grade in found["grade"])


def test_who_is_beyond_a_quota_falls_to_the_next_lower_grade():
    assert graded(quota(None, None, 0.4), 0.99, 0.98, 0.97, 0.96, 0.2) == "优优良良合"


def test_places_are_rounded_down():
    assert graded(quota(None, None, 0.4), 0.99, 0.98, 0.97, 0.96) == "优良良良"
    assert places(quota(None, None, 0.29), 100) == (29, 100, 100)  # 0.29 × 100 is 28.999999999999996 in binary


def test_who_ties_at_the_border_keeps_the_grade_where_the_rank_is_within():
    assert graded(quota(None, None, 0.5), 0.99, 0.98, 0.98, 0.2) == "优优优合"
    assert graded(quota(None, None, 0.5), 0.99, 0.99, 0.98, 0.98) == "优优良良"
    assert graded(quota(None, None, 0.25), 0.99, 0.99, 0.98, 0.2) == "优优良合"


def test_places_of_a_lower_grade_come_after_those_of_the_higher():
    assert places(quota(None, 0.3, 0.2), 10) == (2, 5, 10)
    assert graded(
        quota(None, 0.3, 0.2), *[0.95] * 1, *[0.94] * 1, *[0.93] * 1, 0.92, 0.91, 0.9, 0.85, 0.8, 0.7, 0.6
    ) == ("优优良良良合合合合合")


def test_a_thousand_points():
    lines = tuple(one.model_copy(update={"weight": one.weight * 10}) for one in LINES[:2])
    bands = tuple(Grade(title=one.title, least=one.least * 10, below=one.below * 10) for one in BANDS)
    sheet = Assessing(total=1000, document_number="某文", indicators=lines, grades=bands)
    found = table(sheet, {"甲": {"pairing": 1, "visits": 0.85}})
    assert (found["score"]["甲"], found["grade"]["甲"]) == (910, "优秀")
