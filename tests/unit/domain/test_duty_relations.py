"""Who must help by the plan, and is paired with nobody."""

import pytest
from test_pattern_relations import plan
from test_table_relations import GIVEN, frames, pair

from bangfu_excel.core.rule import Given
from bangfu_excel.domain.relations import duties

MEMBERS = plan(helpers=({"kind": "党员", "politics": ("中共党员", "中共预备党员"), "must": True}, {"kind": "教师"}))
MOTHERS = plan(helpers=({"kind": "爱心妈妈", "gender": "女", "must": True},))
UNITS = plan(helpers=({"kind": "机关干部", "civil_levels": ("省级", "县级"), "must": True},))
LI_MING = pair()


def helper(name, politics="中共党员", **more):
    return {"name": name, "_helper": name, "politics": politics, **more}


def unit(name, level="省级", **more):
    return {"unit": name, "_helper": f"|{name}", "civil_level": level, **more}


def told(relation, scheme, **records):
    return relation.test(frames(**records), Given(GIVEN.as_of, GIVEN.period, scheme=scheme))


def excused(**more):
    return {"_helper": "王芳", "kind": "免考核", "started_on": "2024-06-01", "approved_by": "县帮扶办", **more}


FREE = [
    # plan, the roster, what else there is: nobody of them is told
    (MEMBERS, [helper("李明"), helper("王芳", "群众"), helper("赵六", None), helper("钱七", None, helper_kind="教师")], {}),
    (MEMBERS, [helper("王芳", disqualified_on="2024-06-30")], {}),
    (MEMBERS, [helper("王芳")], {"leave": [excused()]}),
    (MEMBERS, [helper("王芳")], {"pairing": []}),
    (MOTHERS, [helper("王芳", helper_kind="教师")], {}),
    (plan(helpers=({"kind": "党员", "politics": ("中共党员",)},)), [helper("王芳")], {}),
    (None, [helper("王芳")], {}),
]  # fmt: skip
BOUND = [
    # plan, the roster, what else there is: 王芳 is told
    (MEMBERS, [helper("王芳")], {}),
    (MEMBERS, [helper("王芳", "中共预备党员", helper_kind="教师")], {}),
    (MEMBERS, [helper("王芳", None, helper_kind="党员")], {}),
    (MEMBERS, [helper("王芳", disqualified_on="2024-07-01")], {}),
    (MEMBERS, [helper("王芳")], {"pairing": [LI_MING, pair(helper="王芳", ended_on="2024-06-29")]}),
    (MEMBERS, [helper("王芳")], {"pairing": [LI_MING, pair(helper="王芳", started_on="2024-07-01")]}),
    (MEMBERS, [helper("王芳")], {"leave": [excused(kind="请假")]}),
    (MEMBERS, [helper("王芳")], {"leave": [excused(approved_by=None)]}),
    (MEMBERS, [helper("王芳")], {"leave": [excused(ended_on="2024-06-29")]}),
    (MOTHERS, [helper("王芳", "群众", helper_kind="爱心妈妈")], {}),
]


@pytest.mark.parametrize(("scheme", "roster", "more"), FREE)
def test_nobody_is_told_who_need_not_help_or_does(scheme, roster, more):
    assert told(duties.helper_without_recipient, scheme, **{"helper": roster, "pairing": [LI_MING], **more}).empty


@pytest.mark.parametrize(("scheme", "roster", "more"), BOUND)
def test_who_must_help_and_does_not_is_told(scheme, roster, more):
    found = told(duties.helper_without_recipient, scheme, **{"helper": roster, "pairing": [LI_MING], **more})
    assert found["others"].to_list() == ["王芳"]


def test_one_finding_stands_for_a_sheet():
    roster = [helper("李明"), helper("王芳"), helper("赵六"), helper("钱七", _sheet="二"), helper("孙八", _region=-1)]
    found = told(duties.helper_without_recipient, MEMBERS, helper=roster, pairing=[LI_MING])
    assert found["number"].to_dict() == {1: 2, 3: 1}
    assert found["_related"].to_dict() == {1: (2,), 3: ()}
    assert found["others"][1] == "王芳、赵六"


def village(helper_unit, **more):
    return {"village": "柳溪村", "helper_unit": helper_unit, **more}


CASES = [
    # relation, plan, records, the rows reported, records of the case that does not fire
    (duties.helper_without_recipient, MEMBERS, {"helper": [helper("李明"), helper("王芳")], "pairing": [LI_MING]}, [1],
     {"helper": [helper("李明"), helper("王芳", "群众")], "pairing": [LI_MING]}),
    (duties.unit_without_recipient, UNITS, {"unit": [unit("甲局"), unit("乙局", "县级")], "pairing": [village("甲局")]}, [1],
     {"unit": [unit("甲局"), unit("乙局", "市级"), unit("丙局", "非文明单位")], "pairing": [village("甲 局")]}),
    (duties.unit_without_recipient, UNITS, {"unit": [unit("甲局")], "pairing": [village("甲局", ended_on="2024-06-01")]}, [0],
     {"unit": [unit("甲局")], "pairing": [village("甲局", ended_on="2024-06-30")]}),
]  # fmt: skip


@pytest.mark.parametrize(("relation", "scheme", "records", "hits", "fine"), CASES)
def test_who_must_help_is_told_where_no_pairing_names_him(relation, scheme, records, hits, fine):
    assert list(told(relation, scheme, **records).index) == hits
    assert told(relation, scheme, **fine).empty
    assert told(relation, MOTHERS, **records).empty
