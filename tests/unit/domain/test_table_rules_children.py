"""Row rules of 儿童档案: for each one case that fires and one that does not. The report's date is 2024-06-30."""

import pytest
from rule_cases import GIVEN, breaks, cases, row, rule_at, with_check_digit

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.rule import Given
from bangfu_excel.domain import TABLES

GIRL = with_check_digit("99010120130418302")
TURNED_16 = with_check_digit("99010120080630302")
ALMOST_16 = with_check_digit("99010120080701302")
TURNED_18 = with_check_digit("99010120060630302")
LEFT, HARD, ORPHAN = {"category": "留守儿童"}, {"category": "困境儿童"}, {"category": "孤儿"}
CARD = {
    "occupation": "务农", "address": "柳溪村三组", "phone": "13900010001", "health": "健康", "age": 56,
}  # fmt: skip


def child(code, field, fires, passes):
    return cases("child", code, field, fires, passes)


CASES = [
    *child("ID01", "id_number", {"remark": "在读"}, {"id_number": GIRL}),
    *child("ID01b", "id_number", {"remark": "户口未落实"}, {"remark": "在读"}),
    *child("ID11", "gender", {"gender": "男", "id_number": GIRL}, {"gender": "女", "id_number": GIRL}),
    *child("ID12", "birth_date", {"birth_date": "2013-04-19", "id_number": GIRL}, {"birth_date": "2013-04-18", "id_number": GIRL}),
    *child("ID12b", "age", {"age": 13, "id_number": GIRL}, {"age": 12, "id_number": GIRL}),
    *child("PC12", "category", {**LEFT, "id_number": TURNED_16}, {**LEFT, "id_number": ALMOST_16}),
    *child("PC12", "category", {"category": "贫困学生、双留儿童", "age": 16}, {"category": "贫困学生", "age": 16}),
    *child(  # 2008年出生 may be December
        "PC12", "category",
        {**LEFT, "birth_date": "2007-01-01", "birth_date__precision": "year"},
        {**LEFT, "birth_date": "2008-01-01", "birth_date__precision": "year"},
    ),
    *child("PC12b", "category", {**HARD, "id_number": TURNED_18}, {**LEFT, "id_number": TURNED_18}),
    *child("PC12b", "category", {**ORPHAN, "age": 18}, {**ORPHAN, "age": 17}),
    *child("PC12c", "category", {"category": "留守儿童、孤儿"}, {"category": "留守儿童、事实无人抚养儿童"}),
    *child("PC12d", "father_alive", {**ORPHAN, "father_alive": True}, {**ORPHAN, "father_alive": False}),
    *child("PC12d", "mother_alive", {**ORPHAN, "mother_alive": True}, {**LEFT, "mother_alive": True}),
    *child("PC13", "father_work_place", LEFT, {**LEFT, "mother_work_place": "浙江省宁波市"}),
    *child("PC13", "parent_work_place", LEFT, HARD),
    *child("PC13b", "guardian_age", {"guardian_age": 76}, {"guardian_age": 75}),
    *child("PC13b", "entrusted_age", {"entrusted_age": 17}, {"entrusted_age": 18}),
    *child("PV17", "birth_date", {}, {"birth_date": "2013-04-18"}),
    *child("PV17", "birth_date", {"id_number": GIRL[:10]}, {"id_number": GIRL}),
    *child("PV23", "stage", {"stage": "辍学", "age": 6}, {"stage": "未入园", "age": 5}),
    *child("PV23", "stage", {"stage": "不在学", "age": 15}, {"stage": "初中", "age": 15}),
    *child("PV22", "address", {}, {"address": "柳溪村三组12号"}),
    *child("PV22", "phone", {}, {"guardian_phone": "13900010001"}),
    *child("PV22", "parent_name", {}, {"mother_name": "刘小梅"}),
    *child("PV22", "guardian_name", {}, {"remark": "在县福利院生活"}),
    *[
        case
        for party in ("guardian", "entrusted")
        for detail, said in CARD.items()
        for case in child(
            "PV22", f"{party}_{detail}",
            {f"{party}_name": "张建国"}, {f"{party}_name": "张建国", f"{party}_{detail}": said},
        )
    ],
]  # fmt: skip


@pytest.mark.parametrize(("table", "code", "field", "values", "expected"), CASES)
def test_rule_of_children_fires_where_it_should_and_nowhere_else(table, code, field, values, expected):
    assert breaks(table, code, field, values) is expected


def test_nobody_looks_after_the_child_and_so_no_card_is_missed():
    assert not breaks("child", "PV22", "guardian_phone", {"guardian_name": None})


@pytest.mark.parametrize("expected", [True, False])
def test_every_rule_of_children_has_a_case_of_either_kind(expected):
    cased = {(code, field) for _, code, field, _, fires in CASES if fires is expected}
    elsewhere = "EL"  # on schooling, of members too
    assert {(r.code, r.at[0]) for r in TABLES["child"].rules if not r.code.startswith(elsewhere)} == cased


@pytest.mark.parametrize(
    ("code", "severity", "effect"),
    [
        ("PV22", Severity.ERROR, Effect.FIELD),
        ("PC12", Severity.WARNING, Effect.NONE),
        ("PC13", Severity.WARNING, Effect.NONE),
        ("PV23", Severity.WARNING, Effect.NONE),
    ],
)
def test_rule_of_children_weighs_what_the_office_agreed(code, severity, effect):
    assert {(r.severity, r.effect) for r in TABLES["child"].rules if r.code == code} == {(severity, effect)}


def test_only_the_survey_rules_are_off_until_a_county_wants_them():
    assert {r.code[:2] for r in TABLES["child"].rules if not r.enabled} == {"EL"}


def test_a_birthday_matters_only_where_the_plan_asks_for_a_visit_on_it():
    rows = row("child", birth_date=None, id_number=None)
    rule = rule_at("child", "PV17", "birth_date")
    assert bool(rule.test(rows, GIVEN).iloc[0])
    assert not rule.test(rows, Given(GIVEN.as_of, GIVEN.period)).iloc[0]
