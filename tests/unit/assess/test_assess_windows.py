"""The stretches of days in which something is due."""

from __future__ import annotations

import datetime as dt

import pytest
from assess_case import scheme

from bangfu_excel.assess.windows import windows
from bangfu_excel.core.calendar import Calendar, Span
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Cadence

SUMMER = Span("暑假", dt.date(2024, 7, 6), dt.date(2024, 7, 14))
CALENDAR = Calendar(festivals={"春节": (dt.date(2024, 2, 10),)}, vacations=(SUMMER,))


def spans(per: str, period: str, **more: object) -> list[tuple[str, str]]:
    plan = {name: more.pop(name) for name in ("start", "end", "phases") if name in more}
    cadence = Cadence.model_validate({"id": "c", "title": "c", "per": per, **more})
    found = windows(cadence, scheme(cadences=(cadence,), **plan), Period.parse(period), CALENDAR)
    return list(zip(found["first"].dt.strftime("%m-%d"), found["last"].dt.strftime("%m-%d"), strict=True))


@pytest.mark.parametrize(
    ("per", "period", "count", "first", "last"),
    [
        ("day", "2024-02", 29, ("02-01", "02-01"), ("02-29", "02-29")),
        ("3-days", "2024-02", 10, ("01-31", "02-02"), ("02-27", "02-29")),
        ("week", "2024-02", 4, ("01-29", "02-04"), ("02-19", "02-25")),
        ("half-month", "2024-02", 2, ("02-01", "02-15"), ("02-16", "02-29")),
        ("month", "2024Q1", 3, ("01-01", "01-31"), ("03-01", "03-31")),
        ("quarter", "2024", 4, ("01-01", "03-31"), ("10-01", "12-31")),
        ("half-year", "2024", 2, ("01-01", "06-30"), ("07-01", "12-31")),
        ("year", "2024", 1, ("01-01", "12-31"), ("01-01", "12-31")),
    ],
)
def test_windows_of_the_calendar_are_those_that_end_within_the_period(per, period, count, first, last):
    found = spans(per, period)
    assert (len(found), found[0], found[-1]) == (count, first, last)


def test_a_festival_counts_from_fifteen_days_before_to_fifteen_days_after_unless_the_plan_says_otherwise():
    assert spans("festival", "2024-02", festivals=("春节",)) == [("01-26", "02-25")]
    assert spans("festival", "2024-02", festivals=("春节",), days=3) == [("02-07", "02-13")]


def test_three_days_in_a_vacation_are_counted_from_its_first_day_and_end_with_it():
    assert spans("3-days", "2024-07", within="vacation") == [("07-06", "07-08"), ("07-09", "07-11"), ("07-12", "07-14")]


def test_windows_are_cut_to_the_programme_and_to_the_phase_of_the_cadence():
    dates = {"start": dt.date(2024, 1, 15), "end": dt.date(2024, 3, 10)}
    assert spans("month", "2024H1", **dates) == [("01-15", "01-31"), ("02-01", "02-29"), ("03-01", "03-10")]
    phase = {"title": "集中行动", "start": dt.date(2024, 2, 10), "end": dt.date(2024, 2, 20)}
    assert spans("month", "2024H1", **dates, phases=(phase,), phase="集中行动") == [("02-10", "02-20")]
    assert spans("programme", "2024-03", **dates) == [("01-15", "03-10")]
    assert spans("programme", "2024-02", **dates) == []  # not over yet


def test_a_number_that_changes_on_a_day_holds_until_then_and_another_since():
    assert spans("month", "2024H1", until=dt.date(2024, 3, 31)) == [
        ("01-01", "01-31"),
        ("02-01", "02-29"),
        ("03-01", "03-31"),
    ]
    assert spans("month", "2024H1", since=dt.date(2024, 4, 10)) == [
        ("04-10", "04-30"),
        ("05-01", "05-31"),
        ("06-01", "06-30"),
    ]
    dates = {"start": dt.date(2024, 1, 15), "end": dt.date(2024, 3, 10)}
    assert spans("month", "2024H1", **dates, since=dt.date(2024, 3, 1), until=dt.date(2024, 6, 30)) == [
        ("03-01", "03-10")
    ]
