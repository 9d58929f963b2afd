"""次, 户次, 人次; rates, ranks and households that nobody entered."""

from __future__ import annotations

import pandas as pd
import pytest
from assess_case import assessed, households, pairings, scheme, value, visits


def counts(result, level, subject, mode="home"):
    return tuple(value(result, level, subject, f"{mode}_{kind}") for kind in ("visits", "households", "persons"))


def test_a_visit_of_two_helpers_is_one_visit_and_two_person_times():
    pairing = pairings(("甲@局", "户1", None, None), ("乙@局", "户1", None, None))
    result = assessed(pairing, visits(("甲@局、乙@局", "户1", "2024-06-03", "入户")))
    assert counts(result, "helper", "甲@局") == (1, 1, 1)
    assert counts(result, "unit", "局") == (1, 1, 2)
    assert counts(result, "county", "全县") == (1, 1, 2)


def test_a_row_that_names_two_households_is_one_visit_and_two_household_visits():
    visit = visits(("甲@局", "户1", "2024-06-03", "入户"), ("甲@局", "户2", "2024-06-03", "入户")).assign(_row=7)
    pairing = pairings(("甲@局", "户1", None, None), ("甲@局", "户2", None, None))
    assert counts(assessed(pairing, visit), "helper", "甲@局") == (1, 2, 1)


def test_the_same_household_on_the_same_day_is_one_household_visit():
    visit = visits(("甲@局", "户1", "2024-06-03", "入户"), ("甲@局", "户1", "2024-06-03", "入户"))
    assert counts(assessed(pairings(("甲@局", "户1", None, None)), visit), "helper", "甲@局") == (2, 1, 2)


def test_modes_are_counted_apart_and_only_home_visits_enter_a_household():
    visit = visits(*[("甲@局", "户1", "2024-06-03", mode) for mode in ("入户", "电话", "电话", "集中", "书信")])
    result = assessed(pairings(("甲@局", "户1", None, None)), visit)
    assert [counts(result, "helper", "甲@局", mode)[0] for mode in ("home", "phone", "group", "other")] == [1, 2, 1, 1]
    only_phone = assessed(pairings(("甲@局", "户1", None, None)), visit[visit["mode"] == "电话"])
    assert value(only_phone, "helper", "甲@局", "entered") == 0


def test_visits_outside_the_period_or_after_the_reference_day_are_not_counted():
    visit = visits(*[("甲@局", "户1", day, "入户") for day in ("2024-05-31", "2024-06-01", "2024-06-20", "2024-07-01")])
    result = assessed(pairings(("甲@局", "户1", None, None)), visit, as_of="2024-06-19")
    assert counts(result, "helper", "甲@局") == (1, 1, 1)


def test_a_visit_to_an_unknown_household_counts_as_visit_only_and_is_noted():
    visit = visits(("甲@局", None, "2024-06-03", "入户")).assign(township="乙镇")
    result = assessed(pairings(("甲@局", "户1", None, None)), visit)
    assert counts(result, "helper", "甲@局") == (1, 0, 1)
    assert counts(result, "township", "乙镇") == (1, 0, 1)
    assert [finding.code for finding in result.findings] == ["AS02"]


def test_visits_without_a_mode_are_noted_once():
    visit = visits(("甲@局、乙@局", "户1", "2024-06-03", None), ("甲@局", "户1", "2024-06-04", None))
    result = assessed(pairings(("甲@局", "户1", None, None)), visit)
    assert [(finding.code, finding.count) for finding in result.findings] == [("AS01", 2)]
    without_column = assessed(pairings(("甲@局", "户1", None, None)), visit.drop(columns="mode"))
    assert [finding.code for finding in without_column.findings] == ["AS01"]


def test_the_pairing_rate_is_of_registered_households_on_the_reference_day():
    roster = households(("户1", "甲镇"), ("户2", "甲镇"), ("户3", "甲镇"), ("户4", "乙镇"))
    pairing = pairings(("甲@局", "户1", None, None), ("甲@局", "户2", None, "2024-06-20"), ("乙@局", "户9", None, None))
    result = assessed(pairing, None, roster)
    assert value(result, "township", "甲镇", "pairing_rate") == pytest.approx(1 / 3)
    assert value(result, "county", "全县", "pairing_rate") == 1 / 4
    assert value(result, "township", "甲镇", "paired") == 2  # both were paired at some time in June


def test_equal_rates_share_a_rank_and_few_pairings_are_not_ranked():
    rates = {"甲@局": 5, "乙@局": 3, "丙@局": 3, "丁@局": 0}
    rows = [(helper, f"{helper}{number}", None, None) for helper in rates for number in range(5)]
    rows += [("戊@局", f"戊{number}", None, None) for number in range(4)]
    done = [
        (helper, f"{helper}{number}", "2024-06-03", "入户") for helper, met in rates.items() for number in range(met)
    ]
    done += [("戊@局", f"戊{number}", "2024-06-03", "入户") for number in range(4)]
    result = assessed(pairings(*rows), visits(*done))
    scores = result.scores[result.scores["level"] == "helper"].set_index("subject")
    assert scores["rank"].drop("戊@局").to_dict() == {"甲@局": 1, "乙@局": 2, "丙@局": 2, "丁@局": 4}
    assert scores.at["戊@局", "score"] == 100
    assert pd.isna(scores.at["戊@局", "rank"])
    assert scores["grade"].isna().all()


@pytest.mark.parametrize(
    ("day", "last", "unvisited"),
    [("2024-06-30", "2024-04-30", True), ("2024-06-30", "2024-05-01", False), ("2024-04-30", "2024-02-29", True),
     ("2024-04-30", "2024-03-01", False), ("2024-06-15", "2024-04-15", True), ("2024-06-15", "2024-04-16", False)],
)  # fmt: skip
def test_a_household_is_unvisited_when_nobody_entered_for_two_months(day, last, unvisited):
    visit = visits(("外人@社", "户1", last, "入户"), ("甲@局", "户1", day, "电话"))
    result = assessed(pairings(("甲@局", "户1", "2023-01-01", None)), visit, period=day[:7], as_of=day)
    assert len(result.unvisited) == unvisited
    assert value(result, "helper", "甲@局", "unvisited") == unvisited


@pytest.mark.parametrize(("started", "listed"), [("2024-04-30", 1), ("2024-05-01", 0), (None, 1)])
def test_a_household_that_is_paired_for_less_than_two_months_is_not_reproached(started, listed):
    result = assessed(pairings(("甲@局", "户1", started, None)), period="2024-06", as_of="2024-06-30")
    assert len(result.unvisited) == listed


def test_a_household_whose_pairing_has_ended_is_not_listed():
    assert assessed(pairings(("甲@局", "户1", None, "2024-06-29"))).unvisited.empty


@pytest.mark.parametrize(
    "tables", [{}, {"pairing": pd.DataFrame()}, {"visit": pd.DataFrame(), "household": pd.DataFrame()}]
)
def test_empty_tables_give_empty_frames(tables):
    result = assessed(**tables)
    assert result.due.empty
    assert list(result.due.columns) == ["rule", "who", "whom", "due_from", "due_to", "count", "met"]
    assert result.missed.empty
    assert result.unvisited.empty
    assert set(result.indicators["level"]) == {"county"}


def test_rows_without_helper_unit_or_start_do_not_break_anything():
    pairing = pairings(("甲@局", "户1", None, None), ("甲@局", "户2", None, None)).assign(
        helper_unit=None, helper_name=None
    )
    pairing.loc[1, "_helper"] = None
    visit = visits(("甲@局", "户1", "2024-06-03", "入户")).assign(_helper=None, visitors=None)
    result = assessed(pairing, visit, plan=scheme())
    assert value(result, "unit", "（未填单位）", "due") == 1
    assert value(result, "county", "全县", "home_visits") == 1


def test_printing_an_assessment_shows_no_names():
    assert "甲" not in repr(assessed(pairings(("甲@局", "户1", None, None))))


def test_a_helper_without_a_name_is_never_shown_by_phone():
    visit = visits(("周丙|13800000000", "户1", "2024-06-03", "入户")).assign(visitors=None)
    assert assessed(None, visit).names["周丙|13800000000"] == "周丙"
