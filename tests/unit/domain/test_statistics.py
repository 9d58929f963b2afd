"""Statistics that plans quote: each by hand, with what was missing and the ages at their limits."""

import datetime as dt

import pandas as pd
import pytest

from bangfu_excel.core.period import Period
from bangfu_excel.core.rule import Given
from bangfu_excel.core.statistic import Shares
from bangfu_excel.domain import CODELISTS, TABLES
from bangfu_excel.errors import DeclarationError

DAY = dt.date(2024, 6, 30)
HOME = Given(DAY, Period.parse("2024-06"), county="云岭县", province="贵州省")
STATISTICS = {one.id: (table, one) for table in TABLES.values() for one in table.statistics}


def frame(table, rows):
    """Rows of a table; what they do not say is missing."""
    names = {name for row in rows for name in row} | set(table.names)
    columns = {}
    for name in names:
        dtype = table[name].kind.dtype if name in table else "str"
        columns[name] = pd.Series([row.get(name) for row in rows], dtype=dtype)
    return pd.DataFrame(columns).assign(birth_date__precision=columns.get("birth_date__precision"))


def counted(statistic, *rows, given=HOME):
    """Category → numerator; denominator; missing."""
    table, one = STATISTICS[statistic]
    tally = one.tally(frame(table, rows), pd.Series(["全部"] * len(rows)), given, CODELISTS)
    numbers = dict(zip(tally["category"], tally["numerator"], strict=True))
    return {name: n for name, n in numbers.items() if n}, tally["denominator"].iloc[0], tally["missing"].iloc[0]


def test_a_parent_in_another_province_is_told_by_the_place_that_is_written():
    assert counted(
        "child-out-of-province",
        {"father_work_place": "浙江省宁波市", "mother_work_place": "本县"},
        {"mother_work_place": "东莞"},
        {"parent_work_place": "外省"},
        {"parent_work_place": "在广东打工"},
        {"parent_work_place": "贵州省贵阳市"},
        {"father_work_place": "贵阳", "mother_work_place": "云岭县城"},
        {"father_work_place": "在家务农", "mother_alive": False},
    ) == ({"父母有一方在外省": 4, "父母都不在外省": 3}, 7, 0)


def test_what_is_not_known_of_a_parent_is_not_counted_as_at_home():
    assert counted(
        "child-out-of-province",
        {},  # nothing is said
        {"father_work_place": "本地"},  # of the mother nothing
        {"parent_work_place": "厂里上班"},  # no place
        {"parent_work_place": "宁波市"},
        {"father_alive": False, "mother_alive": False},  # of an orphan there is nothing to say
    ) == ({"父母有一方在外省": 1}, 1, 4)


def test_without_a_home_province_a_province_by_name_tells_nothing():
    nowhere = Given(DAY, HOME.period)
    told = counted(
        "child-out-of-province", {"parent_work_place": "浙江省"}, {"parent_work_place": "外省"}, given=nowhere
    )
    assert told == ({"父母有一方在外省": 1}, 1, 1)


def test_a_township_that_is_called_like_a_city_is_no_city():
    assert counted("child-out-of-province", {"parent_work_place": "长沙镇石桥村"}) == ({}, 0, 1)


def test_only_left_behind_children_are_asked():
    assert counted(
        "guardian-education",
        {"guardian_education": "小学", "category": "留守儿童、贫困学生"},
        {"guardian_education": "小学", "category": "孤儿"},
        {"guardian_education": "初中", "category": "贫困学生", "left_behind_kind": "父母双方外出"},
        {"guardian_education": "大专"},
        {"category": "孤儿"},
    ) == ({"小学及以下": 1, "初中": 1, "大专及以上": 1}, 3, 0)


def test_raised_by_grandparents_as_stated_else_by_who_the_guardian_is():
    assert counted(
        "child-raised-by",
        {"care_type": "祖父母照料"},
        {"care_type": "外祖父母照料", "guardian_relation": "父亲"},
        {"care_type": "受托人照料", "entrusted_relation": "祖母"},
        {"care_type": "受托人照料", "entrusted_relation": "邻居或朋友"},
        {"guardian_relation": "外祖母"},
        {"guardian_relation": "母亲"},
        {"care_type": "母亲照料", "guardian_relation": "祖父"},
        {"guardian_name": "张建国"},
    ) == ({"隔代抚养": 4, "亲属以外的人或机构": 1, "父母照料": 2}, 7, 1)


def test_illiterate_preschool_and_primary_are_primary_or_below():
    levels = ("文盲或半文盲", "学前教育", "小学", "初中", "高中", "大专", "本科及以上", None)
    assert counted("guardian-education", *({"guardian_education": level} for level in levels)) == (
        {"小学及以下": 3, "初中": 1, "高中或中专": 1, "大专及以上": 2}, 7, 1,
    )  # fmt: skip


def test_two_returns_a_year_are_not_more_than_two():
    rows = [{"return_times_per_year": times} for times in (0, 1, 2, 3, 12, None)]
    assert counted("parents-return", *rows) == ({"不超过2次": 3, "3次及以上": 2}, 5, 1)
    assert counted("parents-return-mean", *rows) == ({"平均每年回家": 18}, 5, 1)


def test_a_child_is_a_year_older_on_the_birthday_itself():
    """As of 2024-06-30: born on 2018-06-30 is six today, a day later still five; so at 13/14 and 16/17."""
    born = ["2018-06-30", "2018-07-01", "2010-06-30", "2010-07-01", "2007-06-30", "2007-07-01", "2024-06-30"]
    rows = [{"birth_date": day, "birth_date__precision": "day"} for day in born]
    assert counted("child-age", *rows) == (
        {"0—5周岁": 2, "6—13周岁": 2, "14—16周岁": 2, "17周岁及以上": 1}, 7, 0,
    )  # fmt: skip


def test_an_age_is_taken_from_the_number_then_the_birth_then_as_stated():
    assert counted(
        "child-age",
        {"id_number": "990101201304183021", "birth_date": "2020-01-01", "age": 3},
        {"birth_date": "2020-01-01", "birth_date__precision": "day", "age": 15},
        {"age": 15},
        {},
    ) == ({"0—5周岁": 1, "6—13周岁": 1, "14—16周岁": 1}, 3, 1)


def test_a_birth_of_which_only_the_year_is_known_may_leave_the_age_open():
    assert counted(
        "child-age",
        {"birth_date": "2018-01-01", "birth_date__precision": "year"},  # five or six
        {"birth_date": "2016-01-01", "birth_date__precision": "year"},  # seven or eight
    ) == ({"6—13周岁": 1}, 1, 1)


def test_a_household_of_two_causes_counts_for_both_and_once_below():
    assert counted(
        "poverty-cause", {"cause": "因病、缺技术"}, {"cause": "因病"}, {}, {"cause": "因残", "status": "注销"}
    ) == ({"因病": 2, "缺技术": 1}, 2, 1)


def test_labour_capacity_of_households():
    rows = [{"labour_capacity": said} for said in ("有劳动能力", "无劳动能力", "无劳动能力", None)]
    assert counted("labour-capacity", *rows) == ({"有劳动能力": 1, "无劳动能力": 2}, 3, 1)


def test_one_of_two_insurances_is_enough_and_nothing_said_is_not_uninsured():
    assert counted(
        "medical-insurance",
        {"resident_medical": True},
        {"resident_medical": False, "employee_medical": True},
        {"resident_medical": False, "employee_medical": False},
        {"resident_medical": False},
        {},
        {"resident_medical": True, "status": "死亡"},
    ) == ({"参加": 2, "没有参加": 2}, 4, 1)


def test_a_pension_is_asked_of_those_of_sixteen_who_are_not_at_school():
    born = {"sixteen today": "2008-06-30", "sixteen tomorrow": "2008-07-01"}
    assert counted(
        "pension-insurance",
        {"birth_date": born["sixteen today"], "birth_date__precision": "day", "resident_pension": True},
        {"birth_date": born["sixteen tomorrow"], "birth_date__precision": "day", "resident_pension": False},
        {"age": 18, "school_status": "普通高中三年级"},
        {"age": 40, "resident_pension": False},
        {"age": 40},
        {"employee_pension": True},  # of whom no age is known
    ) == ({"参加": 2, "没有参加": 1}, 3, 1)


def test_villages_weigh_by_their_people():
    """95 % of 1,200 and 80 % of 800: 1,780 of 2,000, which is 89 %. A village that says nothing is told."""
    told = counted(
        "village-medical", {"medical_rate": 0.95, "population": 1200}, {"medical_rate": 0.8, "population": 800},
        {"population": 500}, {"medical_rate": 0.5},
    )  # fmt: skip
    assert told == ({"参加医疗保险": pytest.approx(1780)}, 2000, 2)


def test_a_hundred_and_twenty_seven_pensions_of_fifty_five_yuan():
    told = counted("village-pension-sum", {"pension_persons": 127, "pension_monthly": 55}, {"pension_persons": 0})
    assert told == ({"每人每月养老金": 127 * 55}, 127, 0)


def test_groups_are_told_apart_and_keep_their_order():
    table, one = STATISTICS["labour-capacity"]
    rows = frame(table, [{"labour_capacity": "有劳动能力"}, {}, {"labour_capacity": "无劳动能力"}])
    tally = one.tally(rows, pd.Series(["乙镇", "甲镇", "乙镇"]), HOME, CODELISTS)
    assert tally["group"].unique().tolist() == ["乙镇", "甲镇"]
    assert (
        tally[tally["group"] == "甲镇"][["numerator", "denominator", "missing"]].to_numpy().tolist() == [[0, 0, 1]] * 3
    )


def test_every_category_that_a_statistic_gives_is_declared():
    """A row of every label of every code list that is read falls into a declared category, or is not asked or unknown."""
    for table, one in STATISTICS.values():
        if not isinstance(one, Shares):
            continue
        for name in one.reads:
            labels = CODELISTS[table[name].codelist].labels if name in table and table[name].codelist else ()
            said = one.of(frame(table, [{name: label} for label in labels] or [{}]), HOME).dropna()
            assert set(said) - {""} <= set(one.labels(CODELISTS)), (one.id, name)


def test_an_id_stands_for_one_statistic_and_a_category_holds_no_separator():
    assert len(STATISTICS) == sum(len(table.statistics) for table in TABLES.values())
    with pytest.raises(DeclarationError):
        Shares("a", "甲", ("cause",), "口径", "户", of=lambda rows, given: rows["cause"], categories=("甲、乙",))
