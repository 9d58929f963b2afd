"""Whatever a cadence says, on random histories: what is due, to whom, from when to when and how often it was done, as worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import get_args

import pandas as pd
import pytest
from assess_case import scheme
from cadence_by_hand import History, due_by_hand
from hypothesis import event, given
from hypothesis import strategies as st

from bangfu_excel.assess.due import Asked, other_duties
from bangfu_excel.assess.facts import gather
from bangfu_excel.core.calendar import Calendar, Span
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Cadence, Per
from bangfu_excel.domain import TABLES

FIRST = dt.date(2023, 12, 1)
HELPERS, CHILDREN = ("甲", "乙", "丙"), ("童1", "童2", "童3")
UNIT = {"甲": "县水利局", "乙": "县水利局", "丙": "县林业局"}
GROUP = {"甲": "第一组", "乙": "第二组", "丙": "第二组"}
PLACE = {"童1": ("清水镇", "柳溪村"), "童2": ("清水镇", "柳溪村"), "童3": ("青石镇", "上河村")}
VILLAGE = {"童1": "清水|柳溪", "童2": "清水|柳溪", "童3": "青石|上河"}
SHORT, LONG = ("2024-02", "2024-02", "2024-03"), ("2024", "2024", "2024H1")
PERIODS = {
    "day": SHORT, "3-days": SHORT, "week": SHORT, "half-month": SHORT, "month": ("2024Q1", "2024H1", "2024-02"),
    "quarter": ("2024Q1", *LONG), "festival": ("2024-02", "2024Q1", "2024H1", "2025Q1"), "event": ("2024Q1", "2024-02", "2024H1"),
    "birthday": ("2024Q1", "2024-02", "2024-01", "2025Q1", "2023-12"), "programme": (*LONG, "2024Q1"),
}  # fmt: skip
WITHIN = ("day", "3-days", "week", "half-month", "month")
COUNTERS = ("recipient", "group-village", "unit-village", "helper")
ASKED = {
    "recipient": {"whom": "child"}, "group-village": {"who": "group", "whom": "village"},
    "unit-village": {"who": "unit", "whom": "village"}, "helper": {"whom": "public"},
}  # fmt: skip

days = st.integers(0, 430).map(lambda n: FIRST + dt.timedelta(days=n))
near = st.integers(40, 130).map(lambda n: FIRST + dt.timedelta(days=n))  # 10 January to 9 April 2024
seldom = st.none() | st.none() | st.none() | near
stretch = st.tuples(near, st.integers(5, 60)).map(lambda one: (one[0], one[0] + dt.timedelta(days=one[1])))
pairs = st.lists(
    st.tuples(st.sampled_from(HELPERS), st.sampled_from(CHILDREN), st.none() | near, st.none() | near | days),
    min_size=1, max_size=6,
)  # fmt: skip
visits = st.lists(
    st.tuples(
        st.lists(st.sampled_from(HELPERS), min_size=1, max_size=2, unique=True),
        st.sampled_from(CHILDREN),
        near | days,
        st.sampled_from(["入户", None, "电话"]),
    ),
    max_size=25,
)
births = st.sampled_from(
    [dt.date(2012, 2, 29), dt.date(2014, 2, 15), dt.date(2015, 12, 30), dt.date(2016, 1, 2), dt.date(2023, 2, 20), dt.date(2013, 3, 5)]
)  # fmt: skip


@st.composite
def calendars(draw) -> Calendar:
    """Two terms and two vacations, with days between them that are neither; festivals of two years, two of them near each other."""
    at = dt.date(2023, 12, 20) + dt.timedelta(days=draw(st.integers(0, 20)))
    spans = []
    for title, least, most in (("寒假", 5, 40), ("春季学期", 10, 120), ("暑假", 5, 60), ("秋季学期", 10, 90)):
        last = at + dt.timedelta(days=draw(st.integers(least, most)))
        spans.append(Span(title, at, last))
        at = last + dt.timedelta(days=draw(st.integers(7, 20)))
    festivals = {
        "春节": (dt.date(2024, 2, 10), dt.date(2025, 1, 29)),
        "元宵": (dt.date(2024, 2, 24), dt.date(2025, 2, 12)),
    }
    return Calendar(festivals, terms=(spans[1], spans[3]), vacations=(spans[0], spans[2]))


@st.composite
def plans(draw, per: Per):
    """A plan with one cadence of this kind, and what it says of when it holds."""
    counter = "recipient" if per in ("birthday", "event") else draw(st.sampled_from(COUNTERS))
    said: dict[str, object] = {"per": per, "counter": counter, **ASKED[counter]}
    if per == "festival":
        said |= {"festivals": draw(st.sampled_from([("春节",), ("春节", "元宵")]))}
    if per in ("festival", "birthday"):
        said |= {"days": draw(st.none() | st.integers(1, 9))}
    if per == "event":
        said |= {"events": ("住房",), "days": draw(st.integers(1, 9))}
    if per in WITHIN:
        said |= {"within": draw(st.sampled_from([None, "term", "vacation"]))}
    since, until = draw(seldom), draw(seldom)
    if since and until and since > until:
        since, until = until, since
    start, end = draw(seldom), draw(seldom)
    if per == "programme":
        start, end = start or dt.date(2024, 1, 10), end or dt.date(2024, 3, 10)
    if start and end and start > end:
        start, end = end, start
    first, last = draw(stretch)
    first, last = max(first, start or first), min(last, end or last)
    phases = ({"title": "集中行动", "start": first, "end": last},) if first <= last and draw(seldom) else ()
    share = draw(st.sampled_from([0.5, 0.5, 0.0, 0.8, 1.0]))
    cadence = Cadence.model_validate(
        {"id": "c", "title": "一项", "modes": ("入户",), "phase": "集中行动" if phases and draw(st.booleans()) else "",
         "since": since, "until": until, "least_share": share, "count": draw(st.integers(1, 2)), **said}
    )  # fmt: skip
    return scheme(cadences=(cadence,), start=start, end=end, phases=phases)


def day_frame(rows, names, dated):
    found = pd.DataFrame(rows, columns=list(names))
    return found.astype({name: "datetime64[ns]" if name in dated else "str" for name in names})


def tables_of(paired, visited, away, born, happened):
    """As they are registered."""
    pairing = day_frame(
        [(who, who, UNIT[who], GROUP[who], whom, whom, first, last) for who, whom, first, last in paired],
        ("_helper", "helper_name", "helper_unit", "group", "_recipient", "recipient_name", "started_on", "ended_on"),
        ("started_on", "ended_on"),
    )
    visit = day_frame(
        [("、".join(who), "、".join(who), whom, on, mode, UNIT[who[0]]) for who, whom, on, mode in visited],
        ("_helper", "visitors", "_recipient", "visited_on", "mode", "helper_unit"),
        ("visited_on",),
    )
    leave = day_frame(
        [(who, first, last, by) for who, (first, last), by in away],
        ("_helper", "started_on", "ended_on", "approved_by"),
        ("started_on", "ended_on"),
    )
    child = day_frame(
        [(key, key, *PLACE[key], born.get(key)) for key in CHILDREN],
        ("_key", "name", "township", "village", "birth_date"),
        ("birth_date",),
    )
    problem = day_frame(happened, ("_recipient", "found_on", "kind"), ("found_on",))
    return {"pairing": pairing, "visit": visit, "leave": leave, "child": child, "problem": problem}


def history(counter, order, paired, visited, away, born, happened) -> History:
    """The same as who owes what to whom: by the counter, a helper, his group or his unit; a child, its village or himself."""
    excused = tuple((who, first, last) for who, (first, last), by in away if by)
    home = [(who, whom, on) for team, whom, on, mode in visited if mode in ("入户", None) for who in team]
    if counter == "recipient":
        fires = tuple((whom, on) for whom, on, kind in happened if kind == "住房")
        return History(tuple(paired), tuple(home), excused, tuple(born.items()), fires, order)
    if counter == "helper":
        spans = tuple((who, who, first, last) for who, _, first, last in paired)
        return History(spans, tuple((who, who, on) for who, _, on in home), excused, order=order)
    of = GROUP if counter == "group-village" else UNIT
    spans = tuple((of[who], VILLAGE[whom], first, last) for who, whom, first, last in paired)
    known = {who for who, *_ in paired}  # whose group is known
    if counter == "group-village":
        acts = [(of[who], VILLAGE[whom], on) for who, whom, on in home if who in known]
    else:  # a record is of the unit that it names
        acts = [(UNIT[team[0]], VILLAGE[whom], on) for team, whom, on, mode in visited if mode in ("入户", None)]
    return History(spans, tuple(acts), order=tuple(sorted(set(of.values()))))


@pytest.mark.parametrize("per", get_args(Per))
@given(data=st.data())
def test_what_is_due_and_done_is_as_worked_out_by_hand(per, data):
    plan, calendar = data.draw(plans(per)), data.draw(calendars())
    paired, visited = data.draw(pairs), data.draw(visits)
    away = data.draw(
        st.lists(st.tuples(st.sampled_from(HELPERS), stretch, st.sampled_from(["县帮扶办", None])), max_size=2)
    )
    born = data.draw(st.dictionaries(st.sampled_from(CHILDREN), births, min_size=2)) if per == "birthday" else {}
    happened = data.draw(
        st.lists(
            st.tuples(st.sampled_from(CHILDREN), near, st.sampled_from(["住房", "住房", "上学"])),
            min_size=2,
            max_size=4,
        )
    )
    period = Period.parse(data.draw(st.sampled_from(PERIODS.get(per, LONG))))
    as_of = data.draw(st.sampled_from([dt.date(2025, 12, 31), period.end, max(period.start, dt.date(2024, 2, 29))]))
    tables = tables_of(paired, visited, away, born, happened)
    facts = gather(tables, plan.default_mode)
    due = other_duties(facts, Asked(plan, period, min(period.end, as_of), calendar, tables, TABLES))
    (cadence,) = plan.cadences
    told = history(cadence.counter, tuple(facts.helpers["key"]), paired, visited, away, born, happened)
    spans = (pd.to_datetime(due[name]).dt.date for name in ("due_from", "due_to"))
    expected = due_by_hand(cadence, plan, period, as_of, calendar, told)
    assert Counter(zip(due["who"], due["whom"], *spans, due["count"], strict=True)) == expected
    event(f"{per}, {cadence.counter}: {'some' if expected else 'nothing'} due")
