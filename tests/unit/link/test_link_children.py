"""Rows that mean a child: by number, by name and class, by name and village."""

import pytest
import small_rows
from link_tables import EVERY
from small_rows import HOUSEHOLDS, column, told

from bangfu_excel.link.classes import same_school

CHILDREN = "id_number name school class_name township village"
TALKS = "recorded_on recipient_name school class_name township village author"
SAID = "recorded_on recipient_name recipient_kind township village author"


def sheet(*args, **kwargs):
    return small_rows.sheet(*args, tables=EVERY, **kwargs)


def linked(*regions, known=None):
    return small_rows.linked(*regions, known=known, tables=EVERY)


PUPILS = sheet(
    "child", CHILDREN,
    "990101201503054019 张小军 中心小学 三年级(2)班 青石镇 柳溪村",
    "- 张小军 中心小学 四年级(1)班 青石镇 松林村",
    "- 李小红 中心小学 三年级(2)班 青石镇 柳溪村",
    "- 王小花 松林小学 一年级 青石镇 松林村",
)  # fmt: skip
JUN, OTHER, HONG = "990101201503054019", "中心小学|4.1|张小军", "中心小学|3.2|李小红"


def test_a_child_on_a_roster_is_its_own_recipient_by_number_else_school_class_and_name():
    rows, findings = linked(PUPILS)
    assert column(rows, "child", "_key") == [JUN, OTHER, HONG, "松林小学|1.|王小花"]
    assert column(rows, "child", "_recipient") == column(rows, "child", "_key")
    assert findings == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("清溪镇清溪学校", "清溪学校", True), ("清溪学校", "云岭县清溪镇清溪学校", True), ("中心小学", "青石镇中心小学", True),
        ("第二中心小学", "中心小学", False), ("青石镇小学", "小学", False), ("青石镇中心小学", "松林镇中心小学", False),
    ],
)  # fmt: skip
def test_a_school_may_be_named_with_its_place(one, other, same):
    assert same_school(one, other) is same_school(other, one) is same


def test_a_pupil_of_a_school_that_is_named_with_its_place_is_found():
    pupils = sheet("child", CHILDREN, "- 张小军 清溪镇清溪学校 三年级(2)班 - -")
    rows, findings = linked(pupils, sheet("diary", TALKS, "2024-03-04 张小军 清溪学校 三年级(2)班 - - 周老师"))
    assert column(rows, "diary", "_recipient") == ["清溪镇清溪学校|3.2|张小军"]
    assert findings == ()


def test_a_talk_means_the_pupil_of_that_class_however_the_class_is_written():
    talks = sheet(
        "diary",
        TALKS,
        "2024-03-05 张小军 中心小学 三（2）班 - - 周末",
        "2024-03-05 张小军 - 4.1班 - - 周末",
        "2024-03-06 李小红 中心小学 - - - 周末",
    )
    rows, findings = linked(PUPILS, talks)
    assert column(rows, "diary", "_recipient") == [JUN, OTHER, HONG]
    assert column(rows, "diary", "_link") == ["by_name"] * 3
    assert findings == ()


def test_two_pupils_of_a_name_are_never_chosen_from():
    rows, findings = linked(PUPILS, sheet("diary", TALKS, "2024-03-05 张小军 中心小学 - - - 周末"))
    assert column(rows, "diary", "_recipient") == [None]
    assert column(rows, "diary", "_outcome") == ["returned"]
    assert told(findings) == [("LK09", "row", "谈心记录", "B2")]
    assert "张小军（中心小学，三年级(2)班，柳溪村）；张小军（中心小学，四年级(1)班，松林村）" in findings[0].message


def test_a_pupil_whom_the_roster_of_the_school_does_not_know_is_told_once_for_all_rows():
    talk = "{} 赵小兰 中心小学 三年级(2)班 - - 周末"
    rows, findings = linked(PUPILS, sheet("diary", TALKS, talk.format("2024-03-05"), talk.format("2024-03-06")))
    assert column(rows, "diary", "_outcome") == ["returned", "returned"]
    assert [(f.code, f.count, f.related) for f in findings] == [("LK08", 2, ("B3",))]
    assert "“赵小兰”，在中心小学三年级(2)班儿童档案中没有找到" in findings[0].message


def test_where_there_is_no_roster_of_the_school_the_pupil_is_who_the_rows_say():
    rows, findings = linked(
        PUPILS,
        sheet(
            "diary", TALKS, "2024-03-05 赵小兰 镇中学 初一3班 - - 周末", "2024-03-06 赵小兰 镇中学 初一(3)班 - - 周末"
        ),
    )
    assert column(rows, "diary", "_recipient") == ["镇中学|初1.3|赵小兰"] * 2
    assert column(rows, "diary", "_outcome") == ["accepted"] * 2
    assert findings == ()


def test_of_somebody_of_whom_nothing_is_said_the_household_comes_first_then_the_child():
    rows, findings = linked(
        HOUSEHOLDS,
        PUPILS,
        sheet("diary", SAID, "2024-03-05 李秀英 - 青石镇 柳溪村 周末", "2024-03-05 李小红 - 青石镇 柳溪村 周末"),
    )
    assert column(rows, "diary", "_recipient") == ["H3", HONG]
    assert findings == ()


MEMBERS = sheet("member", "household_id name id_number", "H1 李小红 990101201409064025", "H4 王小花 -")


def test_a_member_of_a_household_who_is_on_a_roster_of_children_is_the_child():
    talks = sheet("diary", SAID, "2024-03-05 李小红 - 青石镇 柳溪村 周末", "2024-03-05 王小花 学生 青石镇 松林村 周末")
    rows, findings = linked(HOUSEHOLDS, MEMBERS, PUPILS, talks)
    assert column(rows, "diary", "_recipient") == [HONG, "松林小学|1.|王小花"]
    assert findings == ()


def test_a_member_is_not_a_namesake_of_another_village():
    talk = sheet("diary", SAID, "2024-03-05 王小花 - 青石镇 柳溪村 周末")
    members = sheet("member", "household_id name", "H1 王小花")
    rows, _ = linked(HOUSEHOLDS, members, PUPILS, talk)
    assert column(rows, "diary", "_recipient") == ["H1"]
    somewhere = sheet("child", CHILDREN, "- 王小花 松林小学 一年级 - -")
    rows, _ = linked(HOUSEHOLDS, members, somewhere, talk)
    assert column(rows, "diary", "_recipient") == ["H1"], "nobody says that the pupil lives there"


def test_without_a_roster_a_child_is_found_in_the_household_whose_member_it_is():
    rows, findings = linked(HOUSEHOLDS, MEMBERS, sheet("diary", SAID, "2024-03-05 李小红 儿童 青石镇 柳溪村 周末"))
    assert column(rows, "diary", "_recipient") == ["H1"]
    assert findings == ()


def test_a_child_who_is_only_paired_is_the_same_in_the_visits():
    pairings = sheet(
        "pairing",
        "township village recipient_name recipient_id recipient_kind helper_name",
        "青石镇 柳溪村 赵小兰 990101201503054019 儿童 周末",
    )
    rows, findings = linked(
        pairings,
        sheet("visit", "township village head_name visited_on visitors", "青石镇 柳溪村 赵小兰 2024-03-05 周末"),
    )
    assert column(rows, "visit", "_recipient") == [JUN]
    assert findings == ()
    known = {"pairing": rows["pairing"]}
    rows, _ = linked(
        sheet("visit", "township village head_name visited_on visitors", "青石镇 柳溪村 赵小兰 2024-04-05 周末"),
        known=known,
    )
    assert column(rows, "visit", "_recipient") == [JUN], "registered pairings count"


def test_a_child_without_number_is_its_numbered_namesake_of_the_class():
    known = {"child": linked(PUPILS)[0]["child"]}
    again = sheet("child", CHILDREN, "- 张小军 中心小学 三（2）班 青石镇 柳溪村", "- 张小军 中心小学 四（1）班 - -")
    rows, _ = linked(again, sheet("diary", TALKS, "2024-03-05 张小军 中心小学 四1班 - - 周末"), known=known)
    assert column(rows, "child", "_key") == [JUN, OTHER]
    assert column(rows, "diary", "_recipient") == [OTHER]


def test_several_children_in_one_row_are_one_record_each():
    rows, findings = linked(PUPILS, sheet("diary", TALKS, "2024-03-05 张小军、李小红 中心小学 三年级(2)班 - - 周末"))
    assert column(rows, "diary", "_recipient") == [JUN, HONG]
    assert findings == ()
