"""Pairings against the pattern of the plan: for each relation a case that fires, and where, and one that does not."""

import datetime as dt

import pandas as pd
import pytest
from test_table_relations import GIVEN, frames, pair

from bangfu_excel.core.finding import Place
from bangfu_excel.core.rule import Given
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.domain.relations import patterns

ONE = {"least": 1, "most": 1}


def plan(*given_patterns, helpers=(), **more):
    first = given_patterns[0]["id"] if given_patterns else ""
    return Scheme.model_validate(
        {
            "id": "own", "title": "方案", "version": "1", "tables": ("pairing",), "patterns": given_patterns,
            "helpers": helpers, "default_pattern": first, **more,
        }
    )  # fmt: skip


ONE_TO_ONE = plan({"id": "one", "code": "一对一", "helpers": ONE, "recipients": ONE})
GROUPS = plan({"id": "group", "code": "小组对户", "level": "group", "recipients": {"least": 2, "most": 2}})
LOADS = plan({"id": "any", "code": "一对多", "load": {"科级": 2, "处级": 3, "副处级": 4}})
TOGETHER = plan({"id": "many", "code": "多对一", "helpers": {"least": 2}})
LEAD = plan({"id": "village", "code": "多单位对村", "level": "unit", "whom": "village", "one_lead": True})
SCHOOLS = plan(
    {"id": "s", "code": "学校对学校", "level": "school", "whom": "school", "helpers": ONE, "recipients": ONE}
)
MOTHERS = plan(helpers=({"kind": "爱心妈妈", "gender": "女"},))
MEMBERS = plan(helpers=({"kind": "党员", "politics": ("中共党员", "中共预备党员")}, {"kind": "教师"}))


def home(household, helper="李明", **more):
    return pair(household, helper, recipient_name=f"户{household}", **more)


def unit(name, village="柳溪村", **more):
    return {"helper_unit": name, "village": village, "township": "青石镇", "_helper": None, **more}


CASES = [
    # relation, plan, rows, the rows reported, rows of the case that does not fire
    (patterns.helper_of_several, ONE_TO_ONE, [home("H1"), home("H2")], [0],
     [home("H1", ended_on="2024-05-31"), home("H2"), home("H5", started_on="2024-07-01"), home("H3", "王芳", pattern="多对一"), home("H4", "王芳", pattern="多对一")]),
    (patterns.helper_of_several, SCHOOLS, [unit("一小", recipient_name="甲校"), unit("一 小", recipient_name="乙校")], [0],
     [unit("一小", recipient_name="甲校"), unit("二小", recipient_name="乙校")]),
    (patterns.recipient_of_several, ONE_TO_ONE, [home("H1"), home("H1", "王芳"), home("H2", "赵六")], [0],
     [home("H1"), home("H1"), home("H2", "王芳")]),
    (patterns.group_with_other_number, GROUPS, [home(f"H{n}", group="一组") for n in range(3)] + [home("H9", group="二组")], [0, 3],
     [home("H1", group="一组"), home("H2", group="一组"), home("H2", "王芳", group="一组"), home("H4")]),
    (patterns.helper_over_load, LOADS, [home(f"H{n}", helper_position="正科级干部") for n in range(3)], [0],
     [home(f"H{n}", helper_position="副处级") for n in range(4)] + [home(f"H{n}", "王芳") for n in range(9)]),
    (patterns.recipient_with_too_few, TOGETHER, [home("H1"), home("H2"), home("H2", "王芳")], [0],
     [home("H2"), home("H2", "王芳")]),
    (patterns.village_without_one_lead, LEAD, [unit("甲局"), unit("乙局"), unit("丙局", "上河村")], [0],
     [unit("甲局", is_lead=True), unit("乙局", is_lead=False), unit("丙局", "上河村")]),
    (patterns.village_without_one_lead, LEAD, [unit("甲局", is_lead=True), unit("乙局", is_lead=True)], [0],
     [unit("甲局", is_lead=True), unit("甲局"), unit("乙局")]),
    (patterns.helper_of_other_gender, MOTHERS, [home("H1", helper_gender="男"), home("H2", helper_gender="男", helper_kind="爱心妈妈")], [0, 1],
     [home("H1", helper_gender="女"), home("H2"), home("H3", helper_gender="男", helper_kind="教师")]),
    (patterns.helper_of_other_politics, MEMBERS, [home("H1", helper_politics="群众", helper_kind="党员")], [0],
     [home("H1", helper_politics="中共党员", helper_kind="党员"), home("H2", helper_politics="群众", helper_kind="教师"), home("H3", helper_politics="群众")]),
]  # fmt: skip


def told(relation, scheme, rows):
    return relation.test(frames(pairing=rows), Given(GIVEN.as_of, GIVEN.period, scheme=scheme))


@pytest.mark.parametrize(("relation", "scheme", "rows", "hits", "_fine"), CASES, ids=lambda v: getattr(v, "title", ""))
def test_it_fires_at_these_rows(relation, scheme, rows, hits, _fine):
    assert sorted(told(relation, scheme, rows).index) == hits


@pytest.mark.parametrize(("relation", "scheme", "_rows", "_hits", "fine"), CASES, ids=lambda v: getattr(v, "title", ""))
def test_it_does_not_fire(relation, scheme, _rows, _hits, fine):
    assert list(told(relation, scheme, fine).index) == []


@pytest.mark.parametrize(
    ("relation", "_scheme", "rows", "_hits", "_fine"), CASES, ids=lambda v: getattr(v, "title", "")
)
def test_without_a_pattern_nothing_is_told(relation, _scheme, rows, _hits, _fine):
    assert told(relation, None, rows).empty
    assert told(relation, plan(), rows).empty


def test_every_relation_has_a_case():
    assert {relation.title for relation in patterns.RELATIONS} == {case[0].title for case in CASES}


@pytest.mark.parametrize(("relation", "scheme", "rows", "_hits", "_fine"), CASES, ids=lambda v: getattr(v, "title", ""))
def test_it_says_what_it_means_in_plain_chinese(relation, scheme, rows, _hits, _fine):
    hits = told(relation, scheme, rows)
    words = {n: str(hits[n].iloc[0]) for n in hits.columns if not n.startswith("_")}
    reads = dict.fromkeys((*relation.reads["pairing"], *relation.at), "丙")
    place = Place("甲.xlsx", "表", "C6", 6, "pairing", relation.at[0], "甲栏", "乙")
    finding = relation.finding(place, **{**reads, **words})
    said = finding.message + finding.suggestion + finding.told
    assert not any("a" <= char.lower() <= "z" for char in said.replace("户H", "户"))
    assert not pd.isna(hits.drop(columns="_related", errors="ignore")).any(axis=None)


def test_what_another_township_reads_names_none_of_its_people():
    hits = told(patterns.helper_of_several, ONE_TO_ONE, [home("H1"), home("H2")])
    assert "户H2" in hits["others"].iloc[0]
    assert all("{others}" not in relation.told for relation in patterns.RELATIONS)


def test_registered_pairings_count_and_only_submitted_ones_are_told():
    assert list(told(patterns.helper_of_several, ONE_TO_ONE, [home("H1", _region=-1), home("H2")]).index) == [1]


def test_a_pairing_that_ended_this_month_counts_to_its_last_day():
    rows = [home("H1", ended_on="2024-06-15"), home("H2")]
    assert told(patterns.helper_of_several, ONE_TO_ONE, rows).empty
    early = Given(dt.date(2024, 6, 15), GIVEN.period, scheme=ONE_TO_ONE)
    assert list(patterns.helper_of_several.test(frames(pairing=rows), early).index) == [0]


def test_the_roster_of_helpers_says_what_the_pairing_does_not():
    tables = frames(pairing=[home("H1", _helper="K1"), home("H2", _helper="K2")])
    tables["helper"] = pd.DataFrame({"_helper": ["K1", "K2"], "gender": ["男", "女"]})
    hits = patterns.helper_of_other_gender.test(tables, Given(GIVEN.as_of, GIVEN.period, scheme=MOTHERS))
    assert list(hits.index) == [0]
