"""Row rules: for each one case that fires and one that does not."""

import pytest
from coverage_cases import CASES as OF_COVERAGE
from rule_cases import AS_OF, GIVEN, MAN, OLD, WOMAN, breaks, cases, row, rule_at, with_check_digit

from bangfu_excel.core.finding import Effect, Place, Severity
from bangfu_excel.core.rule import Given
from bangfu_excel.domain import TABLES

OF_JOB = ("household", "member", "pairing", "visit")
"""The tables of the main job; the others have their cases in files of their own, as have the rules on schooling and work."""
ELSEWHERE = "EL"


INCOME = {
    "wage_income": 6000,
    "business_income": 3000,
    "business_expense": 1400,
    "property_income": 0,
    "transfer_income": 1000,
}
FILLED = {
    "member_count": 3, "labour_count": 0, "net_income": 9000, "income_per_capita": 3000, "farmland_mu": 0, **INCOME,
}  # fmt: skip

CASES = [
    *OF_COVERAGE,
    *cases("household", "ID01", "head_id", {}, {"head_id": MAN}),
    *cases("household", "ID01", "head_id", {"remark": "长期在外务工"}, {"remark": "身份证遗失，正在补办"}),
    *cases("household", "ID01b", "head_id", {"remark": "户口未落实，没有证件"}, {"remark": "长期在外务工"}),
    *cases("household", "ID13", "head_id", {"head_id": with_check_digit("99010119130630301")}, {"head_id": with_check_digit("99010119130701301")}),
    *cases("household", "ID11", "head_gender", {"head_gender": "女", "head_id": MAN}, {"head_gender": "男", "head_id": MAN}),
    *cases("household", "ID17", "phone", {}, {"phone": "13900010001"}),
    *cases("household", "HH08", "labour_count", {"labour_count": 4, "member_count": 3}, {"labour_count": 3, "member_count": 3}),
    *cases(
        "household", "EC01", "income_per_capita",
        {"income_per_capita": 5700, "net_income": 9000, "member_count": 3},
        {"income_per_capita": 3000.6, "net_income": 9000, "member_count": 3},
    ),
    *cases(  # half a per cent of 20,000 is 100 yuan
        "household", "EC01", "income_per_capita",
        {"income_per_capita": 20101, "net_income": 60000, "member_count": 3},
        {"income_per_capita": 20100, "net_income": 60000, "member_count": 3},
    ),
    *cases(
        "household", "EC01", "income_per_capita",
        {"income_per_capita": 2500, "net_income": 9000, "member_count": 3},
        {"income_per_capita": 2500, "net_income": 9000, "member_count": 3, "net_income__approx": True},
    ),
    *cases("household", "EC02", "net_income", {**INCOME, "net_income": 11400}, {**INCOME, "net_income": 8600}),
    *[case for name in FILLED for case in cases("household", "EC13", name, {}, {name: FILLED[name]})],
    *cases("household", "EC06", "wage_income", {"wage_income": 99}, {"wage_income": 0}),
    *cases("household", "EC06", "wage_income", {"wage_income": 0.6}, {"wage_income": 100}),
    *cases("household", "EC08", "wage_income", {"wage_income": 999, "labour_count": 2}, {"wage_income": 1000, "labour_count": 2}),
    *cases("household", "EC08", "wage_income", {"wage_income": 400, "labour_count": 1}, {"wage_income": 400, "labour_count": 0}),
    *cases("household", "EC09", "farmland_mu", {"farmland_mu": 100.5}, {"farmland_mu": 100}),
    *cases("household", "EC10", "farmland_mu", {"farmland_mu": 25, "member_count": 3}, {"farmland_mu": 24, "member_count": 3}),
    *cases("household", "EC11", "house_area", {"house_area": 9}, {"house_area": 0}),
    *cases("household", "EC11", "house_area", {"house_area": 301}, {"house_area": 300}),
    *cases("household", "EC14", "net_income", {"net_income": 1.2}, {"net_income": 0}),
    *cases(
        "household", "EC14", "income_per_capita", {"income_per_capita": 0.57, "net_income": 9000},
        {"income_per_capita": 0.57, "net_income": 1.7},
    ),
    *cases("member", "ID01", "id_number", {"remark": "在外务工"}, {"remark": "新生儿，尚未上户口"}),
    *cases("member", "ID01", "id_number", {}, {"disability_cert": MAN + "43"}),
    *cases("member", "ID01b", "id_number", {"remark": "新生儿，尚未上户口"}, {}),
    *cases("member", "ID26", "disability_cert", {"disability_cert": WOMAN + "43", "id_number": MAN}, {"disability_cert": MAN + "43", "id_number": MAN}),
    *cases("member", "ID11", "gender", {"gender": "女", "id_number": MAN}, {"gender": "男", "id_number": MAN}),
    *cases("member", "ID11", "gender", {"gender": "男", "id_number": WOMAN + "43"}, {"gender": "女", "id_number": WOMAN + "43"}),
    *cases("member", "ID12", "birth_date", {"birth_date": "1968-05-13", "id_number": MAN}, {"birth_date": "1968-05-12", "id_number": MAN}),
    *cases(
        "member", "ID12", "birth_date",
        {"birth_date": "1968-06-01", "birth_date__precision": "month", "id_number": MAN},
        {"birth_date": "1968-05-01", "birth_date__precision": "month", "id_number": MAN},
    ),
    *cases(
        "member", "ID12", "birth_date",
        {"birth_date": "1969-01-01", "birth_date__precision": "year", "id_number": MAN},
        {"birth_date": "1968-01-01", "birth_date__precision": "year", "id_number": MAN},
    ),
    *cases("member", "ID12b", "age", {"age": 58, "id_number": MAN}, {"age": 57, "id_number": MAN}),
    *cases("member", "ID13", "id_number", {"id_number": OLD}, {"id_number": MAN}),
    *cases("member", "ID13", "birth_date", {"birth_date": "1913-06-30"}, {"birth_date": "1913-07-01"}),
    *cases("member", "ID13", "birth_date", {"birth_date": "1900-01-01"}, {"birth_date": "1900-01-01", "id_number": OLD}),
    *cases("member", "HH05", "relation", {"relation": "之子", "gender": "女"}, {"relation": "之兄弟姐妹", "gender": "女"}),
    *cases(  # where the number contradicts the gender, that is the cause
        "member", "HH05", "relation",
        {"relation": "之母", "gender": "男", "id_number": MAN}, {"relation": "之母", "gender": "男", "id_number": WOMAN},
    ),
    *cases(
        "pairing", "ID20", "helper_phone",
        {"helper_phone": "13900020002", "recipient_phone": "13900020002"},
        {"helper_phone": "13900020002", "recipient_phone": "13900020002", "remark": "对象无电话"},
    ),
    *cases("pairing", "PV06", "helper_phone", {}, {"helper_phone": "13900020002"}),
    *cases("pairing", "PV06", "recipient_phone", {}, {"recipient_phone": "13900010001"}),
    *cases("pairing", "PV06", "helper_unit", {}, {"helper_unit": "云岭县农业农村局"}),
    *cases("pairing", "PV06", "helper_position", {}, {"helper_position": "股长"}),
    *cases("pairing", "PV07", "started_on", {}, {"started_on": "2024-01-15"}),
    *cases("member", "PC09", "hukou_since", {"dibao": True, "hukou_since": "2020-01-01"}, {"dibao": True, "hukou_since": "2019-06-30"}),
    *cases("member", "PC09", "hukou_since", {"dibao": True, "hukou_since": "2019-07-01"}, {"dibao": False, "hukou_since": "2024-01-01"}),
    *cases("pairing", "PV07d", "started_on", {"started_on": "2020-02-29"}, {"started_on": "2020-03-01"}),
    *cases("visit", "PV07d", "visited_on", {"visited_on": "2027-01-01"},
           {"visited_on": "2020-03-01", "visited_on__precision": "month"}),
    *cases("pairing", "PV07b", "ended_on", {"started_on": "2024-01-15", "ended_on": "2024-01-14"}, {"started_on": "2024-01-15", "ended_on": "2024-01-15"}),
    *cases(  # 结束于2024年 may be December
        "pairing", "PV07b", "ended_on",
        {"started_on": "2025-01-15", "ended_on": "2024-01-01", "ended_on__precision": "year"},
        {"started_on": "2024-03-15", "ended_on": "2024-01-01", "ended_on__precision": "year"},
    ),
    *cases("visit", "PV09", "visited_on", {"visited_on": "2024-07-01"}, {"visited_on": "2024-06-30"}),
    *cases("visit", "PV16", "visited_on", {"visited_on": "2024-11-20", "kind": "节日慰问"}, {"visited_on": "2024-02-01", "kind": "节日慰问"}),
    *cases("visit", "PV09c", "visited_on", *({"visited_on": "2024-06-01", "visited_on__precision": p} for p in ("month", "year"))),
    *cases("visit", "PV09d", "visited_on", *({"visited_on": "2024-01-01", "visited_on__precision": p} for p in ("year", "month"))),
    *cases("visit", "PV13", "content", {"content": "正常。"}, {"content": "修了水管、换了灯"}),
    *cases("visit", "PV13", "content", {"content": "入户走访，了解情况"}, {"content": "走访", "mode": "集中"}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "code", "field", "values", "expected"), CASES)
def test_rule_fires_where_it_should_and_nowhere_else(table, code, field, values, expected):
    assert breaks(table, code, field, values) is expected


@pytest.mark.parametrize("expected", [True, False])
def test_every_rule_has_a_case_of_either_kind(expected):
    cased = {(table, code, field) for table, code, field, _, fires in CASES if fires is expected}
    assert {
        (name, r.code, r.at[0]) for name in OF_JOB for r in TABLES[name].rules if not r.code.startswith(ELSEWHERE)
    } == cased


def every_rule():
    return [pytest.param(t, r, id=f"{t.name}-{r.code}-{r.at[0]}") for t in TABLES.values() for r in t.rules]


@pytest.mark.parametrize(("table", "rule"), every_rule())
def test_rule_stands_at_its_fields_and_reads_columns_that_exist(table, rule):
    for name in (*rule.at, *rule.reads):
        assert name.split("__")[0] in table
    assert set(rule.at) <= set(rule.reads)


@pytest.mark.parametrize(("table", "rule"), every_rule())
def test_rule_speaks_plain_chinese(table, rule):
    place = Place("甲.xlsx", "表", "C6", 6, table.name, rule.at[0], "甲栏", "乙")
    known = dict.fromkeys(rule.reads, "丙") | dict.fromkeys(rule.limits, "丁")
    finding = rule.finding(place, **known)
    said = finding.message + finding.suggestion
    assert said.isascii() is False
    assert not any("a" <= char.lower() <= "z" for char in said)
    assert "6" in finding.message


def test_a_threshold_of_the_county_replaces_the_default():
    rule = rule_at("member", "ID12b", "age")
    ages = row("member", age=58, id_number=MAN)
    assert bool(rule.test(ages, GIVEN).iloc[0])
    lenient = Given(AS_OF, GIVEN.period, {"ID12b": {"years": 3}})
    assert not bool(rule.test(ages, lenient).iloc[0])


@pytest.mark.parametrize(
    ("table", "code", "severity", "effect"),
    [
        ("member", "ID01", Severity.ERROR, Effect.FIELD),
        ("member", "ID01b", Severity.WARNING, Effect.NONE),
        ("household", "EC01", Severity.WARNING, Effect.NONE),
        ("pairing", "PV06", Severity.WARNING, Effect.NONE),
        ("visit", "PV09", Severity.ERROR, Effect.ROW),
        ("visit", "PV13", Severity.WARNING, Effect.NONE),
    ],
)
def test_rule_weighs_what_the_office_agreed(table, code, severity, effect):
    assert {(r.severity, r.effect) for r in TABLES[table].rules if r.code == code} == {(severity, effect)}


def test_what_is_merely_unusual_is_off_until_a_county_wants_it():
    off = {r.code for name in OF_JOB for r in TABLES[name].rules if not (r.enabled or r.code.startswith(ELSEWHERE))}
    asked_by_the_national_system = {"PC10", "MO01", "MO01b", "MO01c", "MO06", "MO06b", "MO07", "MO08", "MO08b", "MO10"}
    assert off == {"EC04", "EC05", "EC06", "EC08", "EC09", "EC10", "EC11", *asked_by_the_national_system}


def test_only_a_visit_of_which_nobody_knows_when_it_was_returns_a_row():
    returning = [(name, r.code) for name in OF_JOB for r in TABLES[name].rules if r.effect is Effect.ROW]
    assert returning == [("visit", "PV09"), ("visit", "PV09d")]


def test_in_the_other_tables_only_the_date_of_a_record_returns_a_row():
    returning = {(r.code, r.at[0] == t.dated_by) for t in TABLES.values() for r in t.rules if r.effect is Effect.ROW}
    assert returning == {("PV09", True), ("PV09d", True)}
