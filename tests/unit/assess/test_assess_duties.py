"""Every way of counting: who owes what to whom, and which records count for it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from assess_case import scheme

from bangfu_excel.assess import assess
from bangfu_excel.core.calendar import Calendar, Span
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Cadence
from bangfu_excel.domain import TABLES

JUNE = Period.parse("2024-06")
CALENDAR = Calendar(
    festivals={"春节": (dt.date(2024, 2, 10),), "六一": (dt.date(2024, 6, 1),)},
    terms=(Span("春季学期", dt.date(2024, 2, 26), dt.date(2024, 6, 20)),),
    vacations=(Span("暑假", dt.date(2024, 7, 6), dt.date(2024, 8, 31)),),
)


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    found = pd.DataFrame(rows)
    for name in found.columns:
        if name.endswith("_on") or name == "birth_date":
            found[name] = pd.to_datetime(found[name]).astype("datetime64[ns]")
        elif found[name].dtype == "object":
            found[name] = found[name].astype("str")
    return found


def duties(cadence: dict, tables: dict, period: Period = JUNE, calendar: Calendar = CALENDAR, **plan: object) -> list:
    """(who, whom, label, count) of what was due, as a person reads it."""
    one = Cadence.model_validate({"id": "c", "title": "一项", **cadence})
    result = assess(
        tables, scheme(cadences=(one,), **plan), period, dt.date(2024, 12, 31), declared=TABLES, calendar=calendar
    )
    return [tuple(row) for row in result.duties[["who_name", "whom_name", "label", "count"]].itertuples(index=False)]


def pair(helper: str, recipient: str, **more: object) -> dict:
    return {
        "_helper": helper,
        "helper_name": helper,
        "_recipient": recipient,
        "recipient_name": recipient,
        "started_on": "2024-01-01",
        **more,
    }


def visit(helper: str, recipient: str | None, day: str, **more: object) -> dict:
    return {"_helper": helper, "visitors": helper, "_recipient": recipient, "visited_on": day, "mode": "入户", **more}


MONTHLY_CHILD = {"whom": "child", "counter": "recipient", "per": "month"}
CHILDREN = frame({"_key": "小松", "name": "小松", "school": "一小", "class_name": "三（1）班", "class_teacher": "蒲老师",
                  "village": "柳溪村", "villager_group": "二组", "township": "清水镇", "birth_date": "2014-06-10"})  # fmt: skip


def test_a_visit_counts_for_whom_it_met_and_without_a_word_for_the_child():
    paired = {"child": CHILDREN, "pairing": frame(pair("李妈妈", "小松"))}
    met = {
        "visit": frame(
            visit("李妈妈", "小松", "2024-06-03", target="奶奶"), visit("李妈妈", "小松", "2024-06-04", target=None)
        )
    }
    assert duties(MONTHLY_CHILD, paired | met) == [("李妈妈", "小松", "2024年6月", 1)]
    assert duties({**MONTHLY_CHILD, "whom": "guardian"}, paired | met) == [("李妈妈", "小松", "2024年6月", 1)]
    assert duties({**MONTHLY_CHILD, "whom": "class-teacher"}, paired | met) == [("李妈妈", "小松", "2024年6月", 0)]


def test_a_household_in_the_same_registry_is_no_child():
    tables = {
        "child": CHILDREN,
        "household": frame({"_key": "H1", "head_name": "张大山"}),
        "pairing": frame(pair("李妈妈", "小松"), pair("李妈妈", "H1")),
    }
    assert [whom for _, whom, _, _ in duties(MONTHLY_CHILD, tables)] == ["小松"]


def test_helpers_of_another_kind_do_not_owe_what_teachers_owe():
    tables = {
        "child": CHILDREN,
        "pairing": frame(pair("季老师", "小松", helper_kind="教师"), pair("小明", "小松", helper_kind="学生")),
    }
    assert [who for who, *_ in duties({**MONTHLY_CHILD, "who": "teacher"}, tables)] == ["季老师"]
    assert [who for who, *_ in duties({**MONTHLY_CHILD, "who": "pupil"}, tables)] == ["小明"]


def test_a_class_teacher_owes_a_talk_to_each_child_of_the_class_whether_paired_or_not():
    talks = frame(
        visit("蒲老师|139", "小松", "2024-06-03", kind="谈心谈话", visitors="蒲老师"),
        visit("季老师", "小松", "2024-06-05", kind="谈心谈话"),
    )
    asked = {**MONTHLY_CHILD, "who": "class-teacher", "kinds": ("谈心谈话",)}
    assert duties(asked, {"child": CHILDREN, "visit": talks}) == [("蒲老师", "小松", "2024年6月", 1)]
    assert duties({**asked, "kinds": ("家访",)}, {"child": CHILDREN, "visit": talks}) == [
        ("蒲老师", "小松", "2024年6月", 0)
    ]


def test_a_class_teacher_who_is_no_helper_has_a_name_of_his_own():
    one = Cadence.model_validate({"id": "c", "title": "一项", **MONTHLY_CHILD, "who": "class-teacher"})
    made = assess({"child": CHILDREN}, scheme(cadences=(one,)), JUNE, dt.date(2024, 12, 31), declared=TABLES)
    assert made.helpers.empty
    assert {made.names.get(key) for key in made.duties["who"]} == {"蒲老师"}


GROUPS = {
    "household": frame({"_key": "H1", "head_name": "甲", "township": "清水镇", "village": "柳溪村"},
                       {"_key": "H2", "head_name": "乙", "township": "清水镇", "village": "柳溪村"}),
    "pairing": frame(pair("张三", "H1", group="第一组"), pair("李四", "H2", group="第一组"), pair("王五", "H2", group="第二组")),
}  # fmt: skip
WEEKLY = {"who": "group", "whom": "village", "counter": "group-village", "per": "week"}


def test_a_group_owes_one_visit_a_week_to_the_village_whoever_of_it_comes_and_wherever_he_goes():
    came = frame(
        visit("张三", "H1", "2024-06-04"),
        visit("李四", "H2", "2024-06-04"),
        visit("李四", None, "2024-06-12", village="柳溪村"),
    )
    found = duties(WEEKLY, {**GROUPS, "visit": came})
    weeks = [(who, count) for who, whom, label, count in found if label == "2024年6月3日—6月9日"]
    assert weeks == [("第一组", 1), ("第二组", 0)]  # two on one day are one
    assert [count for who, _, _, count in found if who == "第一组"] == [0, 1, 1, 0, 0]


def test_a_visit_that_names_its_group_is_of_that_group():
    came = frame(visit("外人", "H1", "2024-06-04", group="第二组"))
    found = duties(WEEKLY, {**GROUPS, "visit": came})
    assert [count for who, _, _, count in found if who == "第二组"] == [0, 1, 0, 0, 0]


def test_a_unit_owes_an_activity_to_its_village():
    paired = frame(
        {
            "helper_unit": "县林业局",
            "_recipient": "清水|柳溪",
            "township": "清水镇",
            "village": "柳溪村",
            "started_on": "2024-01-01",
        }
    )
    held = frame({"held_on": "2024-06-05", "kind": "清洁家园行动", "unit": "县林业局", "village": "柳溪村"},
                 {"held_on": "2024-06-06", "kind": "清洁家园行动", "unit": "县水利局", "village": "柳溪村"},
                 {"held_on": "2024-06-07", "kind": "座谈", "unit": "县林业局", "village": "柳溪村"})  # fmt: skip
    asked = {
        "who": "unit",
        "whom": "village",
        "counter": "unit-village",
        "per": "month",
        "table": "activity",
        "kinds": ("清洁家园行动",),
    }
    assert duties(asked, {"pairing": paired, "activity": held}) == [("县林业局", "柳溪村", "2024年6月", 1)]


def test_a_school_owes_visits_to_the_school_that_it_helps():
    paired = frame(
        {"helper_unit": "城关一小", "_recipient": "柳溪小学", "recipient_name": "柳溪小学", "started_on": "2024-01-01"}
    )
    came = frame(visit("何校长", "柳溪小学", "2024-05-05", helper_unit="城关一小"))
    asked = {"who": "school", "whom": "school", "counter": "unit-recipient", "per": "term"}
    assert duties(asked, {"pairing": paired, "visit": came}) == [("城关一小", "柳溪小学", "春季学期", 1)]


@pytest.mark.parametrize(
    ("counter", "who", "held"),
    [
        ("unit", "school", {"unit": "一小"}),
        ("class", "class-teacher", {"unit": "一小", "class_name": "三（1）班"}),
        ("villager-group", "teacher", {"village": "柳溪村", "villager_group": "2组"}),
        ("programme", "office", {}),
    ],
)
def test_schools_classes_villager_groups_and_the_programme_owe_to_themselves(counter, who, held):
    asked = {"who": who, "whom": "child", "counter": counter, "per": "month", "table": "activity", "kinds": ("座谈",)}
    tables = {"child": CHILDREN, "activity": frame({"held_on": "2024-06-05", "kind": "座谈", **held})}
    assert [count for *_, count in duties(asked, tables)] == [1]


def test_a_helper_as_such_owes_wherever_he_goes():
    tables = {**GROUPS, "visit": frame(visit("张三", "H2", "2024-06-04"))}
    asked = {"who": "helper", "whom": "public", "counter": "helper", "per": "month"}
    assert [(who, count) for who, _, _, count in duties(asked, tables)] == [("张三", 1), ("李四", 0), ("王五", 0)]


def test_festivals_birthdays_and_events_have_windows_of_their_own():
    paired = {"child": CHILDREN, "pairing": frame(pair("李妈妈", "小松"))}
    came = {"visit": frame(visit("李妈妈", "小松", "2024-06-09"))}
    festival = {**MONTHLY_CHILD, "per": "festival", "festivals": ("春节", "六一")}
    assert duties(festival, paired | came) == [("李妈妈", "小松", "2024年六一", 1)]
    assert duties({**festival, "days": 3}, paired | came) == [("李妈妈", "小松", "2024年六一", 0)]
    assert duties({**MONTHLY_CHILD, "per": "birthday"}, paired | came) == [("李妈妈", "小松", "2024年生日", 1)]
    asked = {**MONTHLY_CHILD, "per": "event", "events": ("住房",), "days": 3}
    fire = {"problem": frame({"found_on": "2024-06-07", "kind": "住房", "_recipient": "小松"}, {"found_on": "2024-06-20", "kind": "住房", "_recipient": "小松"},
                             {"found_on": "2024-06-02", "kind": "上学", "_recipient": "小松"})}  # fmt: skip
    assert duties(asked, paired | came | fire) == [
        ("李妈妈", "小松", "2024-06-07", 1),
        ("李妈妈", "小松", "2024-06-20", 0),
    ]


def test_somebody_born_on_a_leap_day_has_his_birthday_on_the_28th_in_other_years():
    child = CHILDREN.assign(birth_date=pd.to_datetime(["2012-02-29"]).astype("datetime64[ns]"))
    tables = {
        "child": child,
        "pairing": frame(pair("李妈妈", "小松", started_on="2022-01-01")),
        "visit": frame(visit("李妈妈", "小松", "2023-03-03")),
    }
    assert duties({**MONTHLY_CHILD, "per": "birthday", "days": 3}, tables, Period.parse("2023")) == [
        ("李妈妈", "小松", "2023年生日", 1)
    ]
    assert duties({**MONTHLY_CHILD, "per": "birthday", "days": 2}, tables, Period.parse("2023")) == [
        ("李妈妈", "小松", "2023年生日", 0)
    ]


def test_approved_leave_excuses_and_what_nobody_approved_does_not():
    paired = {"child": CHILDREN, "pairing": frame(pair("李妈妈", "小松"))}
    spell = {"_helper": "李妈妈", "started_on": "2024-06-01", "ended_on": "2024-06-20"}
    assert duties(MONTHLY_CHILD, {**paired, "leave": frame({**spell, "approved_by": "县帮扶办"})}) == []
    assert len(duties(MONTHLY_CHILD, {**paired, "leave": frame({**spell, "approved_by": None})})) == 1


def test_what_the_county_has_not_set_is_told_and_not_due():
    one = Cadence.model_validate({**MONTHLY_CHILD, "id": "c", "title": "暑假看望", "per": "vacation"})
    tables = {"child": CHILDREN, "pairing": frame(pair("李妈妈", "小松"))}
    result = assess(tables, scheme(cadences=(one,)), Period.parse("2024-08"), dt.date(2024, 12, 31), declared=TABLES)
    assert [(f.code, "寒暑假" in f.message) for f in result.findings] == [("AS03", True)]
    assert result.duties.empty
    told = assess(
        tables,
        scheme(cadences=(one,)),
        Period.parse("2024-08"),
        dt.date(2024, 12, 31),
        declared=TABLES,
        calendar=CALENDAR,
    )
    assert (list(told.duties["label"]), told.findings) == (["暑假"], ())


def test_what_is_due_stands_with_the_rest_under_due():
    tables = {
        "child": CHILDREN,
        "pairing": frame(pair("李妈妈", "小松")),
        "visit": frame(visit("李妈妈", "小松", "2024-06-09")),
    }
    plan = scheme(
        cadences=(Cadence.model_validate({**MONTHLY_CHILD, "id": "c", "title": "联系"}), Cadence(id="m", title="入户"))
    )
    due = assess(tables, plan, JUNE, dt.date(2024, 6, 30), declared=TABLES).due
    assert list(due.columns) == ["rule", "who", "whom", "due_from", "due_to", "count", "met"]
    assert sorted(due["rule"]) == ["c", "m"]
    assert due["met"].all()
