"""Row rules of what was done and of money and goods: for each one case that fires and one that does not. The report's date is 2024-06-30."""

import pytest
from rule_cases import AS_OF, GIVEN, breaks, cases, row, rule_at

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.rule import Given
from bangfu_excel.domain import TABLES


def dated(table, field):
    """The cases that both logs have about their date. The plan began in March 2020."""
    return [
        *cases(table, "PV09", field, {field: "2024-07-01"}, {field: "2024-06-30"}),
        *cases(table, "PV09d", field, *({field: "2024-01-01", f"{field}__precision": p} for p in ("year", "month"))),
        *cases(table, "PV07d", field, {field: "2020-02-29"}, {field: "2020-03-01"}),
    ]


SCHOOLING = {"category": "教育帮扶"}
PARTS = {"amount": 1200, "poverty_fund": 1000, "cadre_fund": 150}
USES = {"amount": 1200, "to_households": 1000, "to_village": 100}
PRICED = {"amount": 1300, "quantity": 2, "unit_price": 600}
INSURED = {"insurance_sum": 40000, "insurance_each": 30000, "recipient_count": 2}

CASES = [
    *dated("measure", "started_on"),
    *cases(
        "measure", "MS01", "ended_on",
        {"started_on": "2024-03-10", "ended_on": "2024-03-09"}, {"started_on": "2024-03-10", "ended_on": "2024-03-10"},
    ),
    *cases("measure", "MS02", "person_in_charge", SCHOOLING, {**SCHOOLING, "person_in_charge": "李明"}),
    *cases("measure", "MS02", "duty", SCHOOLING, {"category": "产业帮扶"}),
    *cases("measure", "MS02", "standard", SCHOOLING, {**SCHOOLING, "standard": "每学期800元"}),
    *cases("measure", "MS03", "quantity_unit", {"quantity": 2}, {"quantity": 2, "quantity_unit": "头"}),
    *cases("measure", "MS04", "status", {"status": "已完成"}, {"status": "已完成", "ended_on": "2024-05-20"}),
    *cases("measure", "MS04", "status", {"status": "已完成"}, {"status": "实施中"}),
    *cases("measure", "EC14", "amount", {"amount": 1.2}, {"amount": 0}),
    *cases("measure", "MO12", "helper_unit", {}, {"helper_unit": "云岭县农业农村局"}),
    *cases("measure", "MO12", "amount", {}, {"amount": 0}),
    *cases("measure", "MO12", "signed", {"signed": "未签"}, {"signed": "张建国"}),
    *dated("fund", "moved_on"),
    *cases("fund", "PV20c", "donor", {"direction": "收入"}, {"direction": "支出"}),
    *cases("fund", "PV20c", "donor", {"direction": "收入"}, {"direction": "收入", "source": "社会募集"}),
    *cases("fund", "PV20c", "donor", {"direction": "收入"}, {"direction": "收入", "donor": "匿名"}),
    *cases("fund", "PV20d", "signed", {"receiver": "张建国"}, {"receiver": "张建国", "signed": "张建国"}),
    *cases("fund", "PV20d", "signed", {"receiver_unit": "中心小学", "direction": "支出", "signed": "否"}, {"receiver": "张建国", "direction": "收入"}),
    *cases("fund", "PV20d", "signed", {"recipient_count": 134, "direction": "支出"}, {"direction": "支出"}),
    *cases("fund", "PV20e", "unit", {"quantity": 132}, {"quantity": 132, "unit": "床"}),
    *cases("fund", "PV21", "amount", PARTS, {**PARTS, "public_fund": 50}),
    *cases("fund", "PV21", "amount", PARTS, {**PARTS, "amount__approx": True}),
    *cases("fund", "PV21", "amount", PARTS, {"amount": 1200, "poverty_fund": 1000}),  # one part need not be all
    *cases("fund", "PV21b", "amount", USES, {**USES, "to_village": 200}),
    *cases("fund", "PV21b", "amount", USES, {**USES, "approximate": True}),
    *cases("fund", "FD01", "amount", PRICED, {**PRICED, "amount": 1201}),
    *cases("fund", "FD01", "amount", PRICED, {**PRICED, "quantity__approx": True}),
    *cases("fund", "FD02", "insurance_sum", INSURED, {**INSURED, "insurance_sum": 60000}),
    *cases("fund", "FD02", "insurance_sum", INSURED, {**INSURED, "insurance_sum__approx": True}),  # 总保额为3500余万元
    *cases("fund", "FD03", "project", {"direction": "支出", "project": "活动当天餐费"}, {"direction": "支出", "project": "营养餐费", "receiver": "张小雨"}),
    *cases("fund", "FD03", "project", {"direction": "支出", "project": "租车"}, {"direction": "收入", "project": "租车"}),
    *cases("fund", "EC14", "amount", {"amount": 8}, {"amount": 80000}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "code", "field", "values", "expected"), CASES)
def test_rule_of_funds_fires_where_it_should_and_nowhere_else(table, code, field, values, expected):
    assert breaks(table, code, field, values) is expected


@pytest.mark.parametrize(
    ("table", "code", "severity", "effect"),
    [
        ("measure", "MS02", Severity.ERROR, Effect.FIELD),
        ("measure", "MS03", Severity.WARNING, Effect.NONE),
        ("fund", "PV20c", Severity.ERROR, Effect.FIELD),
        ("fund", "PV21", Severity.ERROR, Effect.FIELD),
        ("fund", "FD01", Severity.WARNING, Effect.NONE),
        ("fund", "FD03", Severity.WARNING, Effect.NONE),
    ],
)
def test_rule_of_funds_weighs_what_the_office_agreed(table, code, severity, effect):
    assert {(r.severity, r.effect) for r in TABLES[table].rules if r.code == code} == {(severity, effect)}


def test_what_the_national_system_asks_of_measures_is_off_until_a_county_wants_it():
    assert {r.code for name in ("measure", "fund") for r in TABLES[name].rules if not r.enabled} == {"MO12"}


def test_help_with_schooling_is_fixed_only_where_the_plan_asks_for_it():
    rows = row("measure", category="教育帮扶", duty=None)
    rule = rule_at("measure", "MS02", "duty")
    assert bool(rule.test(rows, GIVEN).iloc[0])
    assert not rule.test(rows, Given(AS_OF, GIVEN.period)).iloc[0]


def test_a_county_may_allow_parts_that_add_up_roughly():
    rule = rule_at("fund", "PV21", "amount")
    absent = {name: False if name.endswith("__approx") else None for name in rule.optional}
    rows = row("fund", **{**absent, **PARTS})
    assert bool(rule.test(rows, GIVEN).iloc[0])
    assert not bool(rule.test(rows, Given(AS_OF, GIVEN.period, {"PV21": {"share": 0.05}})).iloc[0])
