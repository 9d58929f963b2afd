"""What a bulletin counts: for whom a visit counts, what is a visit to a home, and what only a contact."""

import datetime as dt

import pandas as pd
import pytest
from assess_case import scheme

from bangfu_excel.assess.bulletin import abridged, contents, told
from bangfu_excel.assess.bulletin_subjects import level_of
from bangfu_excel.core.bulletin import Stretch
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Pattern

JUNE = Stretch.of_period(Period.parse("2024-06"))
GROUPS = {"patterns": (Pattern(id="g", code="小组对户", level="group"),), "default_pattern": "g"}


def frame(*rows):
    found = pd.DataFrame(rows)
    return found.assign(**{name: pd.to_datetime(found[name]) for name in found.columns if name.endswith("_on")})


def pair(helper, recipient, group, **more):
    named = {"_helper": helper, "helper_name": helper, "_recipient": recipient, "recipient_name": recipient}
    return {**named, "group": group, "village": "柳溪村", "started_on": "2024-01-01", "ended_on": None, **more}


def visit(helper, recipient, day, **more):
    named = {"_helper": helper, "visitors": helper, "_recipient": recipient, "head_name": recipient}
    return {
        **named,
        "group": None,
        "village": "柳溪村",
        "visited_on": day,
        "mode": "入户",
        "content": None,
        "_row": 4,
        **more,
    }


PAIRINGS = frame(pair("甲", "张家", "一组"), pair("乙", "李家", "二组"), pair("丙", "王家", "二组"))


def figures(*visits, pairings=PAIRINGS, **plan):
    """subject → paired, trips, reached, others, places; and the totals of trips and reached."""
    found = told({"pairing": pairings, "visit": frame(*visits)}, scheme(**{**GROUPS, **plan}), JUNE)
    rows = {row[0]: tuple(row[1:]) for row in found.figures.itertuples(index=False)}
    return rows, (found.totals["trips"], found.totals["reached"])


def test_groups_without_a_visit_are_told_too():
    rows, totals = figures(visit("甲", "张家", "2024-06-03"))
    assert rows == {"一组": (1, 1, 1, 0, 1), "二组": (2, 0, 0, 0, 0)}
    assert totals == (1, 1)


def test_a_household_visited_twice_on_one_day_was_visited_once_by_its_group():
    rows, totals = figures(
        visit("乙", "李家", "2024-06-03"), visit("丙", "李家", "2024-06-03"), visit("乙", "李家", "2024-06-04")
    )
    assert rows["二组"] == (2, 2, 1, 0, 2)
    assert totals == (2, 1)


def test_a_visit_of_two_groups_counts_for_each_and_once_for_the_county():
    rows, totals = figures(visit("甲、乙", "张家", "2024-06-03"))
    assert (rows["一组"][1], rows["二组"][1], totals) == (1, 1, (1, 1))


def test_a_telephone_call_is_a_contact_and_neither_a_visit_nor_a_day_in_the_village():
    rows, totals = figures(visit("甲", "张家", "2024-06-03", mode="电话"))
    assert rows["一组"] == (1, 0, 0, 1, 0)
    assert totals == (0, 0)


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        (visit("甲", "张家", "2024-06-03", group="二 组"), "二组"),  # what the record says
        (visit("甲", "李家", "2024-06-03"), "一组"),  # the visitor's
        (visit("路人", "李家", "2024-06-03"), "二组"),  # who helps the household
        (visit("路人", "赵家", "2024-06-03"), "（未填小组）"),
    ],
)
def test_whose_a_visit_is(said, whose):
    rows, _ = figures(said)
    assert {subject for subject, row in rows.items() if row[1]} == {whose}


def test_a_household_that_is_not_known_counts_as_a_visit_and_not_as_one_reached():
    rows, totals = figures(visit("甲", None, "2024-06-03", head_name="某人"))
    assert rows["一组"] == (1, 1, 0, 0, 1)
    assert totals == (1, 0)


def test_only_what_was_paired_in_the_month_is_counted_as_paired():
    ended = frame(
        pair("甲", "张家", "一组", ended_on="2024-05-31"), pair("甲", "李家", "一组", started_on="2024-07-01")
    )
    rows, _ = figures(visit("甲", "张家", "2024-06-03"), pairings=ended)
    assert rows["一组"][0] == 0


def test_visits_of_other_months_do_not_count():
    rows, totals = figures(visit("甲", "张家", "2024-05-31"), visit("甲", "张家", "2024-07-01"))
    assert rows["一组"][1:] == (0, 0, 0, 0)
    assert totals == (0, 0)


def test_where_households_are_helped_a_visit_to_the_village_is_none_to_a_home():
    villages = frame({"_key": "村", "township": None, "village": "柳溪村"})
    tables = {"pairing": PAIRINGS, "village": villages, "visit": frame(visit("甲", "村", "2024-06-03"))}
    found = told(tables, scheme(**GROUPS), JUNE)
    first = found.figures.set_index("subject").loc["一组"]
    assert (first["trips"], first["others"], first["places"]) == (0, 0, 1)


def test_where_villages_are_helped_every_meeting_in_the_village_is_one():
    plan = scheme(recipients={"kinds": ("村",)}, levels=("county", "unit"))
    pairings = frame(
        pair("甲", "村", None, helper_unit="水利局"), pair("乙", "村二", None, helper_unit="林业局", village="桥头村")
    )
    found = told({"pairing": pairings, "visit": frame(visit("甲", "张家", "2024-06-03", mode="集中"))}, plan, JUNE)
    rows = {row.subject: (row.paired, row.trips, row.reached) for row in found.figures.itertuples()}
    assert rows == {"水利局": (1, 1, 1), "林业局": (1, 0, 0)}
    assert found.unreached["village"].tolist() == ["桥头村"]


def test_the_level_is_that_of_the_pattern_else_of_the_areas():
    assert level_of(scheme(**GROUPS)) == "group"
    assert level_of(scheme(levels=("county", "school"))) == "school"
    assert level_of(scheme()) == "township"


def test_the_same_words_stand_once_with_their_first_row():
    found = told(
        {
            "pairing": PAIRINGS,
            "visit": frame(
                visit("乙", "王家", "2024-06-09", content="修好了水管。", _file="六月.xlsx", _sheet="走访", _row=9),
                visit("乙", "李家", "2024-06-03", content="修好了水管", _file="六月.xlsx", _sheet="走访", _row=7),
            ),
        },
        scheme(**GROUPS),
        JUNE,
    )
    (one,) = contents(found.visits).to_dict("records")
    assert (one["content"], one["times"], one["recipients"], one["whom"]) == ("修好了水管", 2, 2, "李家")
    assert (one["file"], one["sheet"], one["row"], one["date"].date()) == ("六月.xlsx", "走访", 7, dt.date(2024, 6, 3))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("看了羊舍。", "看了羊舍"),
        ("看了\n羊舍", "看了 羊舍"),
        ("一" * 30 + "，" + "二" * 30, "一" * 30 + "……"),
        ("一" * 60, "一" * 40 + "……"),
    ],
)
def test_long_texts_are_cut_at_a_stop(text, short):
    assert abridged(text) == short
