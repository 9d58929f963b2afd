"""The vectorised cadence against a slow one that a reader can check by eye."""

from __future__ import annotations

import calendar
import datetime as dt

from assess_case import assessed, pairings, scheme, visits
from hypothesis import given
from hypothesis import strategies as st

HELPERS, HOMES, UNITS = ("甲@局", "乙@局", "丙@所"), ("户1", "户2"), {"甲@局": "局", "乙@局": "局", "丙@所": "所"}
FIRST, FEBRUARY, APRIL = dt.date(2024, 1, 20), dt.date(2024, 2, 1), dt.date(2024, 4, 30)
days = st.integers(0, 130).map(lambda number: FIRST + dt.timedelta(days=number))
pairing_rows = st.tuples(st.sampled_from(HELPERS), st.sampled_from(HOMES), days | st.none(), days | st.none())
visit_rows = st.tuples(
    st.lists(st.sampled_from(HELPERS), min_size=1, max_size=3, unique=True).map("、".join),
    st.sampled_from(HOMES) | st.none(),
    days,
    st.sampled_from(["入户", "电话", "集中", None]),
)


def in_effect(row, day):
    return (row[2] is None or row[2] <= day) and (row[3] is None or day <= row[3])


def reference(pairing, visit, asked, day):
    """(helper, household, month) → days with a credited visit, for every month that is due; and the same per unit."""
    due, of_unit = {}, {}
    for month in (2, 3, 4):
        last = calendar.monthrange(2024, month)[1]
        calendar_days = [dt.date(2024, month, number) for number in range(1, last + 1)]
        for helper in HELPERS:
            for home in HOMES:
                mine = [row for row in pairing if row[:2] == (helper, home)]
                paired = [one for one in calendar_days if any(in_effect(row, one) for row in mine)]
                if paired and 2 * len(paired) >= last and paired[-1] <= day:
                    due[helper, home, month] = len(credited(pairing, visit, [helper], home, calendar_days, day))
        for unit in ("局", "所"):
            for home in HOMES:
                team = [helper for helper in HELPERS if UNITS[helper] == unit]
                if any((helper, home, month) in due for helper in team):
                    of_unit[unit, home, month] = len(credited(pairing, visit, team, home, calendar_days, day))
    met = {key for key, count in due.items() if count >= asked}
    return due, met, of_unit


def credited(pairing, visit, team, home, calendar_days, day):
    found = set()
    for names, whom, when, mode in visit:
        if whom == home and when in calendar_days and when <= day and mode in ("入户", None):
            for helper in set(names.split("、")) & set(team):
                if any(row[:2] == (helper, home) and in_effect(row, when) for row in pairing):
                    found.add(when)
    return found


def separate(rows):
    """Pairings of one pair that overlap or leave a gap within a month are another rule's business (PV07)."""
    seen = {}
    for row in rows:
        if row[2] is None or row[3] is None or row[2] <= row[3]:
            seen.setdefault(row[:2], row)
    return list(seen.values())


@given(
    st.lists(pairing_rows, min_size=1, max_size=8).map(separate),
    st.lists(visit_rows, max_size=25),
    st.integers(1, 2),
    st.sampled_from([dt.date(2024, 4, 30), dt.date(2024, 4, 12), dt.date(2024, 3, 31)]),
)
def test_due_and_met_windows_equal_the_reference(pairing, visit, asked, day):
    plan = scheme(
        cadences=({"id": "m", "title": "每月", "modes": ("入户",), "count": asked},), start=FEBRUARY, end=APRIL
    )
    result = assessed(pairings(*pairing), visits(*visit), period="2024H1", as_of=str(day), plan=plan)
    found = result.due
    due, met, of_unit = reference(pairing, visit, asked, day)
    keys = list(zip(found["who"], found["whom"], found["due_from"].dt.month, strict=True))
    assert dict(zip(keys, found["count"], strict=True)) == due
    assert {key for key, yes in zip(keys, found["met"], strict=True) if yes} == met
    expected = {unit: sum(1 for key, n in of_unit.items() if key[0] == unit and n >= asked) for unit in ("局", "所")}
    assert expected == {unit: _met(result, unit) for unit in ("局", "所")}


def _met(result, unit):
    rows = result.indicators
    return int(
        rows.loc[(rows["level"] == "unit") & (rows["subject"] == unit) & (rows["indicator"] == "met"), "value"].sum()
    )
