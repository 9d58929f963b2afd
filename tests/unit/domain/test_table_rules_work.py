"""Row rules of the tables beside the main job: for each one case that fires and one that does not. The report's date is 2024-06-30."""

import pandas as pd
import pytest
from rule_cases import MAN, breaks, cases

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.domain import TABLES
from bangfu_excel.domain.identity import is_credit_code

OF_WORK = (
    "helper",
    "unit",
    "village",
    "document",
    "project",
    "inspection",
    "feedback",
    "diary",
    "leave",
    "problem",
    "activity",
    "training",
)


def dated(table, field):
    """The two cases that every log has about its date."""
    return [
        *cases(table, "PV09", field, {field: "2024-07-01"}, {field: "2024-06-30"}),
        *cases(table, "PV09d", field, *({field: "2024-01-01", f"{field}__precision": p} for p in ("year", "month"))),
    ]


def outside_plan(table, field):
    """The two cases of a date that the plan of 2020-03 to 2026 does not cover, and of one that it does."""
    return cases(table, "PV07d", field, {field: "2020-02-29"}, {field: "2020-03-01"})


def more_than(part, whole):
    return cases("village", "EC03", part, {part: 41, whole: 40}, {part: 40, whole: 40})


CASES = [
    *cases("helper", "ID11", "gender", {"gender": "女", "id_number": MAN}, {"gender": "男", "id_number": MAN}),
    *cases("helper", "PV06", "phone", {}, {"phone": "13900020002"}),
    *cases("helper", "PV06", "unit", {}, {"unit": "云岭县农业农村局"}),
    *cases(
        "helper", "HP01", "disqualified_on",
        {"started_on": "2024-01-15", "disqualified_on": "2024-01-14"},
        {"started_on": "2024-01-15", "disqualified_on": "2024-01-15"},
    ),
    *cases("helper", "HP02", "gender", {"gender": "男", "helper_kind": "爱心妈妈"}, {"gender": "男", "helper_kind": "志愿者"}),
    *cases("unit", "UN01", "credit_code", {"credit_code": "91350100M000100Y44"}, {"credit_code": "91350100M000100Y43"}),
    *cases("unit", "UN02", "managed_by", {"civil_level": "省级"}, {"civil_level": "非文明单位"}),
    *cases("unit", "UN03", "liaison", {}, {"liaison": "李明"}),
    *cases("unit", "UN04", "phone", {}, {"phone": "13900020002"}),
    *cases(  # 96 of 1,468 are 6.5 per cent
        "village", "VL01", "poverty_share",
        {"poverty_share": 0.085, "poor_persons": 96, "population": 1468},
        {"poverty_share": 0.065, "poor_persons": 96, "population": 1468},
    ),
    *cases(
        "village", "VL02", "farmland_per_capita",
        {"farmland_per_capita": 13.4, "farmland_mu": 17500, "population": 1468},
        {"farmland_per_capita": 11.9, "farmland_mu": 17500, "population": 1468},
    ),
    *more_than("poor_persons", "population"),
    *more_than("poor_households", "households"),
    *more_than("dibao_households", "households"),
    *more_than("labour_force", "population"),
    *more_than("households", "population"),
    *cases("document", "DC01", "due_on", {"due_on": "2024-06-29"}, {"due_on": "2024-06-30"}),
    *cases("document", "DC01", "due_on", {"due_on": "2024-01-31", "status": "退回修改"}, {"due_on": "2024-01-31", "status": "已报"}),
    *cases("document", "DC02", "filed_on", {"filed_on": "2024-07-01"}, {"filed_on": "2024-06-30"}),
    *cases("document", "DC03", "status", {"status": "已备案"}, {"status": "已备案", "filed_on": "2024-01-25"}),
    *cases(
        "document", "DC04", "filed_on",
        {"filed_on": "2024-01-19", "signed_on": "2024-01-20"}, {"filed_on": "2024-01-20", "signed_on": "2024-01-20"},
    ),
    *cases(
        "project", "PV25", "planned_finish",
        {"planned_finish": "2024-06-29"}, {"planned_finish": "2024-06-29", "actual_finish": "2024-06-20"},
    ),
    *cases("project", "PV25", "planned_finish", {"planned_finish": "2024-05-01"}, {"planned_finish": "2024-05-01", "status": "已验收"}),
    *cases(  # 2024年6月 ends today, 2024年5月 is past
        "project", "PV25", "planned_finish",
        {"planned_finish": "2024-05-01", "planned_finish__precision": "month"},
        {"planned_finish": "2024-06-01", "planned_finish__precision": "month"},
    ),
    *cases("project", "PJ01", "paid", {"paid": 300001, "budget": 300000}, {"paid": 300000, "budget": 300000}),
    *cases("project", "PJ02", "status", {"status": "已完工"}, {"status": "在建"}),
    *cases(
        "project", "PJ03", "actual_finish",
        {"actual_start": "2024-03-10", "actual_finish": "2024-03-09"}, {"actual_start": "2024-03-10", "actual_finish": "2024-03-10"},
    ),
    *cases(
        "project", "PJ03", "planned_finish",
        {"planned_start": "2024-03-10", "planned_finish": "2024-03-09"},
        {"planned_start": "2024-03-10", "planned_finish": "2024-03-10"},
    ),
    *dated("inspection", "inspected_on"),
    *cases("inspection", "PV18", "deadline", {"deadline": "2024-06-29", "rectified": False}, {"deadline": "2024-06-29", "rectified": True}),
    *cases("inspection", "PV18", "deadline", {"deadline": "2024-06-29"}, {"deadline": "2024-06-29", "rectified_on": "2024-06-28"}),
    *cases("inspection", "PV18b", "deadline", {"finding": "手册没有签字"}, {"finding": "未发现问题"}),
    *cases("inspection", "PV18c", "rectified", {"rectified": True}, {"rectified": False}),
    *cases(
        "inspection", "PV18d", "rectified_on",
        {"inspected_on": "2024-05-16", "rectified_on": "2024-05-15"}, {"inspected_on": "2024-05-16", "rectified_on": "2024-05-16"},
    ),
    *dated("feedback", "asked_on"),
    *cases("feedback", "FB01", "opinion", {"satisfaction": "不满意"}, {"satisfaction": "不满意", "suggestion": "常来看看"}),
    *dated("diary", "recorded_on"),
    *cases("diary", "DY01", "content", {}, {"psychology": "情绪平稳"}),
    *dated("problem", "found_on"),
    *outside_plan("problem", "found_on"),
    *cases("problem", "PV18", "deadline", {"deadline": "2024-06-29", "status": "办理中"}, {"deadline": "2024-06-30", "status": "办理中"}),
    *cases("problem", "PV18", "deadline", {"deadline": "2024-06-29"}, {"deadline": "2024-06-29", "closed_on": "2024-07-01"}),
    *cases("problem", "PV18", "deadline", {"deadline": "2024-06-29", "status": "无法解决"}, {"deadline": "2024-06-29", "status": "已上报"}),
    *cases(  # 2024年6月 ends today, 2024年5月 is past
        "problem", "PV18", "deadline",
        {"deadline": "2024-05-01", "deadline__precision": "month"}, {"deadline": "2024-06-01", "deadline__precision": "month"},
    ),
    *cases("problem", "PV18b", "deadline", {"status": "办理中"}, {"status": "已办结"}),
    *cases("problem", "PV18c", "status", {"status": "已办结"}, {"status": "已办结", "closed_on": "2024-04-20"}),
    *cases("problem", "PV18c", "status", {"status": "已办结"}, {"status": "办理中"}),
    *cases(
        "problem", "PV18d", "closed_on",
        {"found_on": "2024-03-05", "closed_on": "2024-03-04"}, {"found_on": "2024-03-05", "closed_on": "2024-03-05"},
    ),
    *cases("problem", "PV18e", "owner", {}, {"owner_unit": "云岭县农业农村局"}),
    *cases("problem", "PV18f", "status", {}, {"closed_on": "2024-04-20"}),
    *cases(
        "problem", "PV18g", "status",
        {"status": "办理中", "closed_on": "2024-04-20"}, {"status": "已上报", "closed_on": "2024-04-20"},
    ),
    *cases(
        "problem", "PV18h", "escalated_on",
        {"found_on": "2024-03-05", "escalated_on": "2024-03-04"}, {"found_on": "2024-03-05", "escalated_on": "2024-03-05"},
    ),
    *cases(
        "problem", "PV18h", "revisit_on",
        {"closed_on": "2024-04-20", "revisit_on": "2024-04-19"}, {"closed_on": "2024-04-20", "revisit_on": "2024-04-20"},
    ),
    *cases("problem", "PV19", "escalated_to", {"status": "无法解决"}, {"status": "无法解决", "escalated_to": "党支部"}),
    *cases("problem", "PV19", "escalated_to", {"status": "无法解决"}, {"status": "无法解决", "escalated_on": "2024-03-20"}),
    *cases(
        "problem", "PV19", "escalated_to",
        {"solved_by": "个人", "deadline": "2024-06-29"}, {"solved_by": "单位", "deadline": "2024-06-29"},
    ),
    *cases(
        "problem", "PV19", "escalated_to",
        {"solved_by": "个人", "deadline": "2024-06-29"}, {"solved_by": "个人", "deadline": "2024-06-29", "status": "已办结"},
    ),
    *cases("problem", "PV19b", "status", {"status": "已上报"}, {"status": "已上报", "escalated_to": "党支部"}),
    *dated("activity", "held_on"),
    *outside_plan("activity", "held_on"),
    *cases(
        "activity", "AC01", "participant_count",
        {"participant_count": 2, "participants": "李明、王芳、赵强"}, {"participant_count": 3, "participants": "李明、王芳、赵强"},
    ),
    *cases(
        "activity", "AC02", "ended_on",
        {"held_on": "2024-04-16", "ended_on": "2024-04-15"}, {"held_on": "2024-04-16", "ended_on": "2024-04-16"},
    ),
    *dated("training", "held_on"),
    *outside_plan("training", "held_on"),
    *cases(
        "training", "TR01", "ended_on",
        {"held_on": "2024-04-16", "ended_on": "2024-04-15"}, {"held_on": "2024-04-16", "ended_on": "2024-04-16"},
    ),
    *cases(
        "leave", "LV01", "ended_on",
        {"started_on": "2024-02-10", "ended_on": "2024-02-09"}, {"started_on": "2024-02-10", "ended_on": "2024-02-10"},
    ),
    *cases(  # 2024年2月 may be its last day
        "leave", "LV01", "ended_on",
        {"started_on": "2024-03-10", "ended_on": "2024-02-01", "ended_on__precision": "month"},
        {"started_on": "2024-02-10", "ended_on": "2024-02-01", "ended_on__precision": "month"},
    ),
    *cases("leave", "LV02", "approved_by", {}, {"approved_by": "云岭县帮扶办"}),
    *cases(
        "leave", "LV03", "ended_on",
        {"started_on": "2023-01-01", "ended_on": "2024-01-03"}, {"started_on": "2023-01-01", "ended_on": "2024-01-02"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "code", "field", "values", "expected"), CASES)
def test_rule_of_work_fires_where_it_should_and_nowhere_else(table, code, field, values, expected):
    assert breaks(table, code, field, values) is expected


@pytest.mark.parametrize("expected", [True, False])
def test_every_rule_of_work_has_a_case_of_either_kind(expected):
    cased = {(table, code, field) for table, code, field, _, fires in CASES if fires is expected}
    assert {(name, r.code, r.at[0]) for name in OF_WORK for r in TABLES[name].rules} == cased


@pytest.mark.parametrize(
    ("table", "code", "severity", "effect"),
    [
        ("unit", "UN01", Severity.ERROR, Effect.FIELD),
        ("village", "VL01", Severity.WARNING, Effect.NONE),
        ("document", "DC01", Severity.WARNING, Effect.NONE),
        ("project", "PV25", Severity.WARNING, Effect.NONE),
        ("inspection", "PV18", Severity.WARNING, Effect.NONE),
        ("diary", "PV09", Severity.ERROR, Effect.ROW),
        ("problem", "PV18", Severity.WARNING, Effect.NONE),
        ("problem", "PV18d", Severity.ERROR, Effect.FIELD),
        ("problem", "PV19", Severity.WARNING, Effect.NONE),
        ("problem", "PV09d", Severity.ERROR, Effect.ROW),
        ("leave", "LV01", Severity.ERROR, Effect.FIELD),
        ("leave", "LV02", Severity.ERROR, Effect.FIELD),
    ],
)
def test_rule_of_work_weighs_what_the_office_agreed(table, code, severity, effect):
    assert {(r.severity, r.effect) for r in TABLES[table].rules if r.code == code} == {(severity, effect)}


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),  # the example of the standard
        ("91350100m000100y43", False),
        ("91350100M000100Y4", False),
        ("91350100M000I00Y43", False),  # no letter I
        (None, False),
    ],
)
def test_a_credit_code_is_told_by_its_check_character(code, right):
    assert is_credit_code(pd.Series([code], dtype="str")).tolist() == [right]
