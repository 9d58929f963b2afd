"""Row rules on schooling, health and work: for each one case that fires and one that does not. The report's date is 2024-06-30."""

import pytest
from rule_cases import AS_OF, GIVEN, MAN, breaks, cases, row, rule_at, with_check_digit

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.rule import Given
from bangfu_excel.domain import TABLES

TURNED_16 = with_check_digit("99010120080630302")
ALMOST_16 = with_check_digit("99010120080701302")
PUPIL, AWAY, HEALTHY = {"school_status": "小学"}, {"school_status": "非在校生"}, {"health": "健康"}
ABLE, UNABLE, SKILLED = (
    {"labour_ability": "普通劳动力"},
    {"labour_ability": "无劳动力"},
    {"labour_ability": "技能劳动力"},
)
YEAR = {"birth_date__precision": "year"}
EL02 = [
    ({**HEALTHY, "age": 7}, {**HEALTHY, "age": 6}),
    ({**HEALTHY, "age": 7}, {"health": "残疾", "age": 7}),
]  # fmt: skip


def member(code, field, fires, passes):
    return cases("member", code, field, fires, passes)


def child(code, field, fires, passes):
    return cases("child", code, field, fires, passes)


SCHOOLING = [
    *member("EL01", "education", {"education": "小学", **PUPIL}, {"education": "小学", **AWAY}),
    *member("EL01", "education", {"education": "小学", "school_status": "七年级"}, {"education": "学前教育", "school_status": "学前教育"}),
    *member("EL01b", "education", {"age": 6}, {"age": 5}),
    *member("EL01b", "education", {**AWAY, "age": 40}, {**PUPIL, "age": 7}),
    *member("EL01b", "education", {"age": 40}, {"age": 40, "education": "小学"}),
    *[case for fires, passes in EL02 for case in member("EL02", "school_status", {**fires, "school_status": "学前教育"}, {**passes, "school_status": "学前教育"})],
    *[case for fires, passes in EL02 for case in child("EL02", "stage", {**fires, "stage": "未入园"}, {**passes, "stage": "幼儿园"})],
    *child("EL03", "stage", {"stage": "小学", "age": 15}, {"stage": "小学", "age": 14}),
    *child("EL03", "stage", {"stage": "大专及以上", "age": 17}, {"stage": "特殊教育", "age": 17}),
    *member("EL03", "school_status", {"school_status": "八年级", "age": 11}, {"school_status": "八年级", "age": 17}),
    *member("EL03", "school_status", {"school_status": "硕士研究生及以上", "age": 19}, {"school_status": "硕士研究生及以上", "age": 50}),
    *member(  # 2009年出生 may be fourteen or fifteen
        "EL03", "school_status", {**PUPIL, "birth_date": "2008-01-01", **YEAR}, {**PUPIL, "birth_date": "2009-01-01", **YEAR}
    ),
    *member("EL04", "school_status", {"school_status": "七年级", "age": 9}, {"school_status": "七年级", "age": 10}),
    *member("EL04", "school_status", {"school_status": "中职一年级", "age": 13}, {"school_status": "本科一年级", "age": 32}),
    *member("EL04", "school_status", {**PUPIL, "age": 33}, {**AWAY, "age": 33}),
    *child("EL04", "stage", {"stage": "大专及以上", "age": 15}, {"stage": "大专及以上", "age": 16}),
    *member("EL05", "school_status", {**PUPIL, "age": 25}, {**PUPIL, "age": 24}),
    *member("EL05", "school_status", {**PUPIL, "age": 5}, {"school_status": "学前教育", "age": 5}),
    *child("EL05", "stage", {"stage": "小学", "age": 5}, {"stage": "辍学", "age": 5}),
    *member("EL06", "education", {**PUPIL, "education": "初中", "age": 12}, {**PUPIL, "education": "小学", "age": 12}),
    *member("EL06", "education", {**PUPIL, "education": "小学", "age": 13}, {**AWAY, "education": "小学", "age": 13}),
    *member("EL06", "education", {**PUPIL, "education": "大专", "age": 18}, {**PUPIL, "education": "大专", "age": 19}),
    *member(  # 2011年出生 may be twelve or thirteen
        "EL06", "education", {**PUPIL, "education": "高中", "birth_date": "2011-01-01", **YEAR},
        {**PUPIL, "education": "初中", "birth_date": "2011-01-01", **YEAR},
    ),
    *member("EL07", "education", {"education": "小学", "age": 16}, {"education": "初中", "age": 16}),
    *member("EL07", "education", {"education": "文盲或半文盲", "age": 22}, {"education": "文盲或半文盲", "age": 23}),
    *member("EL08", "dropout_reason", {**AWAY, "age": 6}, {**AWAY, "age": 5}),
    *member("EL08", "dropout_reason", {**AWAY, "age": 15}, {**AWAY, "age": 16}),
    *member("EL08", "dropout_reason", {**AWAY, "age": 9}, {**AWAY, "age": 9, "dropout_reason": "因病休学"}),
    *member("EL08", "dropout_reason", {**AWAY, "age": 9, "remark": "长期在村居住"}, {**AWAY, "age": 9, "remark": "残疾，送教上门"}),
    *child("EL08", "dropout_reason", {"stage": "辍学", "age": 9}, {"stage": "小学", "age": 9}),
    *[
        case
        for table in ("member", "child")
        for case in (
            *cases(table, "EL09", "dropout_reason", {**HEALTHY, "dropout_reason": "因病"}, {"health": "长期慢性病", "dropout_reason": "因病"}),
            *cases(table, "EL09", "dropout_reason", {**HEALTHY, "dropout_reason": "残疾"}, {**HEALTHY, "dropout_reason": "照顾生病的母亲"}),
        )
    ],
    *member("EL10", "school_status", {**AWAY, **HEALTHY, "age": 10}, {**AWAY, "health": "残疾", "age": 10}),
    *member("EL10", "school_status", {**AWAY, **HEALTHY, "id_number": ALMOST_16}, {**AWAY, **HEALTHY, "id_number": TURNED_16}),
    *child("EL10", "stage", {"stage": "辍学", **HEALTHY, "age": 10}, {"stage": "初中", **HEALTHY, "age": 10}),
    *member("EL29", "yulu", {"school_status": "中职二年级"}, {"school_status": "中职二年级", "yulu": True}),
    *member("EL29", "yulu", {"school_status": "技师学院四年级", "yulu": False}, {"school_status": "普通高中一年级", "yulu": False}),
    *member("EL29b", "yulu", {"school_status": "本科一年级", "yulu": True}, {"school_status": "高职高专一年级", "yulu": True}),
    *member("EL29b", "yulu", {"yulu": True}, {"yulu": False}),
]  # fmt: skip
HEALTH = [
    *member("EL15", "health", {"health": "残疾", "id_number": MAN}, {"health": "残疾", "id_number": MAN + "43"}),
    *member("EL15", "health", {"health": "长期慢性病、残疾", "id_number": MAN}, {"health": "残疾", "id_number": MAN, "disability_cert": MAN + "43"}),
    *member("EL15b", "health", {**HEALTHY, "disability_cert": MAN + "43"}, {"health": "残疾", "disability_cert": MAN + "43"}),
    *member("EL15b", "health", {**HEALTHY, "id_number": MAN + "43"}, {**HEALTHY, "id_number": MAN}),
    *child("EL15", "health", {"health": "残疾", "id_number": MAN}, {"health": "残疾", "disability_kind": "听力残疾"}),
    *child("EL15", "health", {"health": "残疾"}, {"health": "残疾", "id_number": MAN + "43"}),
    *child("EL15b", "health", {**HEALTHY, "disability_grade": "四级"}, {"health": "残疾", "disability_grade": "四级"}),
    *[
        case
        for table in ("member", "child")
        for case in (
            *cases(table, "EL18", "health", {"health": "健康、残疾"}, {"health": "长期慢性病、残疾"}),
            *cases(table, "EL18", "health", {"health": "残疾、健康"}, HEALTHY),
        )
    ],
]  # fmt: skip
LABOUR = [
    *member("EL11", "labour_ability", {**ABLE, "id_number": ALMOST_16}, {**ABLE, "id_number": TURNED_16}),
    *member("EL11", "labour_ability", {"labour_ability": "丧失劳动力", "age": 9}, {**UNABLE, "age": 9}),
    *member("EL11", "labour_ability", {**ABLE, "birth_date": "2009-01-01", **YEAR}, {**ABLE, "birth_date": "2008-01-01", **YEAR}),
    *member("EL12", "labour_ability", {**ABLE, "age": 60}, {**ABLE, "age": 59}),
    *member("EL12", "labour_ability", {"labour_ability": "丧失劳动力", "age": 70}, {"labour_ability": "弱劳动力或半劳动力", "age": 70}),
    *member("EL13", "labour_ability", {**UNABLE, **HEALTHY, "age": 16}, {**UNABLE, **HEALTHY, "age": 60}),
    *member("EL13", "labour_ability", {**UNABLE, **HEALTHY, "age": 59, **AWAY}, {**UNABLE, **HEALTHY, "age": 17, "school_status": "普通高中二年级"}),
    *member("EL13", "labour_ability", {"labour_ability": "弱劳动力或半劳动力", **HEALTHY, "age": 40}, {**UNABLE, "health": "残疾", "age": 40}),
    *member("EL14", "labour_ability", {**ABLE, **PUPIL}, {**UNABLE, **PUPIL}),
    *member("EL14", "labour_ability", {"labour_ability": "弱劳动力或半劳动力", **PUPIL}, {**ABLE, **AWAY}),
    *member("EL16", "labour_ability", {**ABLE, "disability_cert": MAN + "42"}, {**ABLE, "disability_cert": MAN + "43"}),
    *member("EL16", "labour_ability", {**ABLE, "id_number": MAN + "41"}, {**UNABLE, "id_number": MAN + "41"}),
    *member("EL17", "labour_ability", {**ABLE, "health": "患有大病、残疾"}, {"labour_ability": "弱劳动力或半劳动力", "health": "患有大病"}),
    *member("EL19", "labour_ability", {**UNABLE, "works": True}, {**UNABLE, "works": False, "work_place": "云岭县"}),
    *member("EL19", "labour_ability", {**UNABLE, "plans_work": True}, {**UNABLE, "plans_work": False}),
    *member("EL19", "labour_ability", {"labour_ability": "丧失劳动力", "work_place": "无锡市"}, {**UNABLE, "work_place": "无"}),
    *member("EL19", "labour_ability", {**UNABLE, "work_months": 3}, {**UNABLE, "work_months": 0, "monthly_wage": 0, "work_place": "在家务农"}),
]  # fmt: skip
JOBS = [
    *member("EL20", "school_status", {**PUPIL, "employer": "某厂"}, {**PUPIL, "work_place": "没有务工"}),
    *member("EL20", "school_status", {**PUPIL, "monthly_wage": 900}, {**AWAY, "works": True}),
    *member("EL21", "work_started_on", {"work_started_on": "2024-06-29", "id_number": TURNED_16}, {"work_started_on": "2024-06-30", "id_number": TURNED_16}),
    *member(
        "EL21", "work_started_on",
        {"work_started_on": "2023-01-01", "work_started_on__precision": "year", "birth_date": "2008-01-01"},
        {"work_started_on": "2024-01-01", "work_started_on__precision": "year", "birth_date": "2008-01-01"},
    ),
    *member("EL21", "work_started_on", {"work_started_on": "2023-12-31", "birth_date": "2008-01-01"}, {"work_started_on": "2010-01-01"}),
    *member("EL22", "work_months", {"work_place": "云岭县"}, {"work_place": "云岭县", "work_months": 3}),
    *member("EL22", "work_months", {"work_place": "省外"}, {"work_place": "未外出务工"}),
    *member("EL22b", "work_place", {"work_months": 3}, {"work_months": 0}),
    *member("EL22b", "work_place", {"work_months": 3, "work_place": "无"}, {"work_months": 3, "work_place": "云岭县"}),
    *[
        case
        for vague, fine in (
            ("浙江省", "浙江省宁波市北仑区"), ("浙江省宁波市", "云岭县"), ("新疆维吾尔自治区", "鄂托克旗"), ("县外", "广东省东莞市"),
            ("宁波市工业园区", "苏州市昆山市"), ("省外", "本村"), ("恩施土家族苗族自治州", "恩施自治州来凤县"), ("外地", "香港特别行政区"),
            ("无锡市", "无"),
        )
        for case in member("EL23", "work_place", {"work_place": vague}, {"work_place": fine})
    ],
    *member("EL24", "monthly_wage", {"monthly_wage": 399}, {"monthly_wage": 400}),
    *member("EL24", "monthly_wage", {"monthly_wage": 30001}, {"monthly_wage": 0}),
    *member(
        "EL25", "work_ended_on", {"work_ended_on": "2024-03-01", "work_started_on": "2024-03-02"},
        {"work_ended_on": "2024-03-02", "work_started_on": "2024-03-02"},
    ),
    *member(
        "EL25", "work_ended_on", {"work_ended_on": "2024-02-01", "work_ended_on__precision": "month", "work_started_on": "2024-03-02"},
        {"work_ended_on": "2024-03-01", "work_ended_on__precision": "month", "work_started_on": "2024-03-02"},
    ),
    *member("EL26", "works", {"works": False, "work_started_on": "2024-03-02"}, {"works": True, "work_started_on": "2024-03-02"}),
    *member(
        "EL26", "works", {"works": False, "work_started_on": "2024-03-02"},
        {"works": False, "work_started_on": "2024-03-02", "work_ended_on": "2024-05-02"},
    ),
    *member("EL27", "post_kind", {"post_kind": "护林员", "age": 70}, {"post_kind": "护林员", "age": 69}),
    *member("EL27", "post_kind", {"post_kind": "护林员", "age": 15}, {"post_kind": "无", "age": 15}),
    *member("EL27b", "post_months", {"post_kind": "护林员"}, {"post_kind": "护林员", "post_months": 2}),
    *member("EL27b", "post_months", {"post_kind": "护林员", "post_months": 0}, {"post_kind": "没有"}),
    *member("EL27c", "post_kind", {"post_kind": "护林员、保洁员，护路员"}, {"post_kind": "护林员、保洁员"}),
    *member("EL28", "works", {"works": False, **SKILLED, "age": 16}, {"works": True, **SKILLED, "age": 16}),
    *member("EL28", "works", {"works": False, "education": "大专", "age": 59}, {"works": False, "education": "大专", "age": 60}),
    *member("EL28", "works", {"works": False, **SKILLED, "age": 30}, {"works": False, **SKILLED, "age": 30, "post_kind": "护林员"}),
    *member("EL28", "works", {"works": False, **SKILLED, "age": 17}, {"works": False, **SKILLED, "age": 17, "school_status": "中职二年级"}),
    *member("EL28", "work_place", {**SKILLED, "age": 30}, {**ABLE, "age": 30}),
    *member("EL28", "work_place", {**SKILLED, "age": 30, "work_place": "无"}, {**SKILLED, "age": 30, "employer": "某厂"}),
    *member("EL28", "work_place", {**SKILLED, "age": 30}, {**SKILLED, "age": 30, "works": False}),
]  # fmt: skip
CASES = SCHOOLING + HEALTH + LABOUR + JOBS
ERRORS = {"EL01", "EL01b", "EL08", "EL09", "EL11", "EL18", "EL19", "EL21", "EL22", "EL22b", "EL25", "EL26"}
"""Of which the value is withheld; a healthy child that is not at school is an error, and its value is true."""


@pytest.mark.parametrize(("table", "code", "field", "values", "expected"), CASES)
def test_rule_of_livelihood_fires_where_it_should_and_nowhere_else(table, code, field, values, expected):
    assert breaks(table, code, field, values) is expected


def of_livelihood():
    return [(t.name, r) for t in TABLES.values() for r in t.rules if r.code.startswith("EL")]


def test_rules_of_livelihood_are_off_until_a_county_wants_them():
    assert [rule.code for _, rule in of_livelihood() if rule.enabled] == []


@pytest.mark.parametrize(("table", "rule"), of_livelihood(), ids=lambda v: v if isinstance(v, str) else v.code)
def test_rule_of_livelihood_weighs_what_the_office_agreed(table, rule):
    expected = (Severity.WARNING, Effect.NONE)
    if rule.code in ERRORS:
        expected = (Severity.ERROR, Effect.FIELD)
    elif rule.code == "EL10":
        expected = (Severity.ERROR, Effect.NONE)
    assert (rule.severity, rule.effect) == expected


@pytest.mark.parametrize("table", ["member", "child"])
def test_a_county_sets_the_ages_of_compulsory_education_for_both_tables(table):
    values = {"member": {"school_status": "非在校生"}, "child": {"stage": "辍学"}}[table]
    rule = rule_at(table, "EL10", next(iter(values)))
    rows = row(table, **dict.fromkeys(rule.optional), **values, health="健康").assign(age=row(table, age=16)["age"])
    assert not bool(rule.test(rows, GIVEN).fillna(False).iloc[0])
    assert bool(rule.test(rows, Given(AS_OF, GIVEN.period, {"EL10": {"oldest": 16}})).iloc[0])
