"""When a visit is due, and whether it was paid."""

from __future__ import annotations

import pytest
from assess_case import MONTHLY, assessed, pairings, scheme, value, visits

from bangfu_excel.core.scheme import Cadence


def months(result, helper="甲@局", met=None):
    rows = result.due[result.due["who"] == helper]
    if met is not None:
        rows = rows[rows["met"] == met]
    return [f"{day:%Y-%m}" for day in rows["due_from"]]


@pytest.mark.parametrize(
    ("started", "ended", "due"),
    [
        (None, None, ["2024-04", "2024-05", "2024-06"]),
        ("2024-04-16", None, ["2024-04", "2024-05", "2024-06"]),  # 15 of 30 days: half, so due
        ("2024-04-17", None, ["2024-05", "2024-06"]),
        (None, "2024-06-15", ["2024-04", "2024-05", "2024-06"]),
        (None, "2024-06-14", ["2024-04", "2024-05"]),
        ("2024-07-01", None, []),
        (None, "2024-03-31", []),
    ],
)
def test_a_month_is_due_when_the_pairing_covers_half_of_it(started, ended, due):
    assert months(assessed(pairings(("甲@局", "户1", started, ended)), period="2024Q2")) == due


def test_a_month_that_ends_after_the_reference_day_is_not_yet_due():
    pairing = pairings(("甲@局", "户1", None, None))
    assert months(assessed(pairing, period="2024Q2", as_of="2024-06-29")) == ["2024-04", "2024-05"]
    assert months(assessed(pairing, period="2024Q2", as_of="2024-06-30")) == ["2024-04", "2024-05", "2024-06"]


def test_nothing_is_due_outside_the_scheme():
    plan = scheme(start="2024-05-01", end="2024-06-10")
    assert months(assessed(pairings(("甲@局", "户1", None, None)), period="2024Q2", plan=plan)) == ["2024-05"]


def test_two_visits_on_one_day_are_one_where_two_are_asked():
    plan = scheme(cadences=({"id": "twice", "title": "每月两次", "modes": ("入户",), "count": 2},))
    pairing = pairings(("甲@局", "户1", None, None))
    same_day = visits(("甲@局", "户1", "2024-06-03", "入户"), ("甲@局", "户1", "2024-06-03", "入户"))
    two_days = visits(("甲@局", "户1", "2024-06-03", "入户"), ("甲@局", "户1", "2024-06-04", "入户"))
    assert not assessed(pairing, same_day, plan=plan).due["met"].any()
    assert assessed(pairing, two_days, plan=plan).due["met"].all()


@pytest.mark.parametrize(
    ("mode", "met"), [("入户", True), (None, True), ("电话", False), ("集中", False), ("见面", False)]
)
def test_only_the_mode_that_is_asked_counts_and_no_mode_counts_as_home_visit(mode, met):
    result = assessed(pairings(("甲@局", "户1", None, None)), visits(("甲@局", "户1", "2024-06-03", mode)))
    assert result.due["met"].tolist() == [met]


@pytest.mark.parametrize("day", ["2024-06-04", "2024-06-26"])
def test_a_visit_outside_the_pairing_is_not_credited(day):
    pairing = pairings(("甲@局", "户1", "2024-06-05", "2024-06-25"))
    assert assessed(pairing, visits(("甲@局", "户1", day, "入户"))).due["count"].tolist() == [0]
    assert assessed(pairing, visits(("甲@局", "户1", "2024-06-05", "入户"))).due["count"].tolist() == [1]


def test_each_paired_visitor_is_credited_and_nobody_else():
    pairing = pairings(("甲@局", "户1", None, None), ("乙@所", "户1", None, None), ("丙@局", "户1", None, None))
    result = assessed(pairing, visits(("甲@局、乙@所、丁@局", "户1", "2024-06-03", "入户")))
    assert dict(zip(result.due["who"], result.due["met"], strict=True)) == {
        "甲@局": True,
        "乙@所": True,
        "丙@局": False,
    }


def test_the_month_of_a_household_is_due_once_for_its_unit_and_township():
    pairing = pairings(("甲@局", "户1", None, None), ("丙@局", "户1", None, None), ("乙@所", "户1", None, None))
    result = assessed(pairing, visits(("甲@局", "户1", "2024-06-03", "入户")))
    figures = {unit: (value(result, "unit", unit, "met"), value(result, "unit", unit, "due")) for unit in "局所"}
    assert figures == {"局": (1, 1), "所": (0, 1)}
    assert (value(result, "county", "全县", "met"), value(result, "county", "全县", "due")) == (1, 1)


def test_a_visit_by_the_former_helper_counts_for_the_household_in_the_month_of_the_handover():
    pairing = pairings(("甲@局", "户1", None, "2024-06-10"), ("乙@局", "户1", "2024-06-11", None))
    result = assessed(pairing, visits(("甲@局", "户1", "2024-06-05", "入户")))
    assert months(result, "甲@局") == []  # a third of the month
    assert months(result, "乙@局", met=False) == ["2024-06"]
    assert value(result, "unit", "局", "met") == 1


def test_a_pairing_in_two_parts_is_due_once():
    pairing = pairings(("甲@局", "户1", None, "2024-06-10"), ("甲@局", "户1", "2024-06-15", None))
    result = assessed(pairing, visits(("甲@局", "户1", "2024-06-20", "入户")))
    assert result.due["met"].tolist() == [True]


def test_a_date_that_is_only_a_month_counts_in_that_month_and_only_a_year_in_none():
    pairing, visit = pairings(("甲@局", "户1", None, None)), visits(("甲@局", "户1", "2024-06-01", "入户"))
    assert assessed(pairing, visit.assign(visited_on__precision="month")).due["met"].all()
    yearly = assessed(pairing, visit.assign(visited_on__precision="year"))
    assert not yearly.due["met"].any()
    assert value(yearly, "helper", "甲@局", "home_visits") == 0


def test_a_pairing_that_ended_in_june_ended_on_the_last_of_june():
    pairing = pairings(("甲@局", "户1", None, "2024-06-01")).assign(ended_on__precision="month")
    assert assessed(pairing).due["due_to"].dt.day.tolist() == [30]


@pytest.mark.parametrize(
    ("per", "period", "due"),
    [
        ("week", "2024-06", ["2024-06-02", "2024-06-09", "2024-06-16", "2024-06-23", "2024-06-30"]),
        ("quarter", "2024-05", []),
        ("quarter", "2024-06", ["2024-06-30"]),
        ("half-year", "2024", ["2024-06-30", "2024-12-31"]),
        ("year", "2024", ["2024-12-31"]),
    ],
)
def test_a_window_belongs_to_the_period_in_which_it_ends(per, period, due):
    plan = scheme(cadences=({"id": "c", "title": "走访", "per": per},))
    result = assessed(pairings(("甲@局", "户1", None, None)), period=period, plan=plan)
    assert [f"{day:%Y-%m-%d}" for day in result.due["due_to"]] == due


def test_missed_months_are_listed_by_name():
    pairing = pairings(("甲@局", "户1", None, None), ("乙@局", "户1", None, None))
    result = assessed(pairing, visits(("乙@局", "户1", "2024-06-03", "入户")))
    row = result.missed.iloc[0]
    assert len(result.missed) == 1
    assert (row["helper"], row["unit"], row["label"], row["household_met"]) == ("甲", "局", "2024年6月", True)


def test_who_takes_over_in_the_middle_of_a_month_owes_it_where_only_both_together_cover_enough():
    before, after = ("甲@局", "户1", None, "2024-06-13"), ("乙@局", "户1", "2024-06-20", None)
    result = assessed(pairings(before, after), period="2024-06")
    assert (months(result, "甲@局"), months(result, "乙@局")) == ([], ["2024-06"])
    late = ("乙@局", "户1", "2024-06-29", None)  # 13 and 2 days: half of the month
    assert months(assessed(pairings(before, late), period="2024-06"), "乙@局") == ["2024-06"]
    beside = ("乙@局", "户1", "2024-06-10", "2024-06-14")  # they overlap: 14 days in all
    assert assessed(pairings(before, beside), period="2024-06").due.empty
    alone = ("甲@局", "户1", None, "2024-06-16")
    assert months(assessed(pairings(alone, after), period="2024-06"), "乙@局") == []


def test_a_cadence_without_dates_or_a_number_is_told_and_the_others_are_counted():
    term = Cadence(id="term", title="每学期座谈", per="term")
    regular = Cadence(id="regular", title="定期走访", unset=True)
    result = assessed(pairings(("甲@局", "H1", "2024-01-01", None)), plan=scheme(cadences=(MONTHLY, term, regular)))
    assert set(result.windows["rule"]) == {"monthly"}
    told = {finding.code: finding.message for finding in result.findings}
    assert "“每学期座谈”" in told["AS03"]
    assert "学期的起止日期" in told["AS03"]
    assert "“定期走访”" in told["AS04"]
    assert "未设定" in told["AS04"]


def test_the_default_scheme_has_nothing_untold():
    assert [f.code for f in assessed(pairings(("甲@局", "H1", "2024-01-01", None))).findings] == []
