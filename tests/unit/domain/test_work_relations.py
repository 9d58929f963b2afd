"""How many problems and courses a plan asks for: for each relation a case that fires, and where, and one that does not."""

import pytest
from test_table_relations import GIVEN, frames

from bangfu_excel.core.finding import Place
from bangfu_excel.core.rule import Given
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.domain.relations import work


def plan(**more):
    return Scheme.model_validate(
        {"id": "own", "title": "方案", "version": "1", "tables": ("problem", "training"), **more}
    )


COURSES = {
    "id": "c",
    "title": "培训",
    "table": "training",
    "count": 1,
    "most": 2,
    "per": "programme",
    "counter": "programme",
}
ONE_OR_TWO = plan(records=({"title": "选一两项由个人解决", "fields": ("problem.solved_by",)},))
TWO_COURSES = plan(cadences=(COURSES,))
MONTHLY = plan(cadences=({**COURSES, "per": "month"},))


def problem(household, solved_by="个人", **more):
    return {"household_id": household, "recipient_name": f"户{household}", "solved_by": solved_by, **more}


def course(day, title="养羊技术", village="柳溪村", **more):
    return {"held_on": day, "title": title, "village": village, "township": "青石镇", "unit": "水利局", **more}


THREE = [course("2024-04-16"), course("2024-05-16"), course("2024-06-16", "食用菌技术")]
CASES = [
    # relation, plan, rows, the rows reported, rows of the case that does not fire
    (work.personal_problems_beyond_number, ONE_OR_TWO, [problem("H1"), problem("H1"), problem("H1"), problem("H2")], [0],
     [problem("H1"), problem("H1"), problem("H1", "支部"), problem("H2"), problem("H3", None)]),
    (work.personal_problems_beyond_number, ONE_OR_TWO, [problem("H2"), problem("H1", "支部"), problem("H1", "单位")], [1],
     [problem("H1", "支部"), problem("H1")]),
    (work.courses_beyond_number, TWO_COURSES, THREE, [0],
     [*THREE[:2], course("2024-06-16", "食用菌技术", "上河村"), course("2024-06-17", unit="林业局")]),
    (work.courses_beyond_number, TWO_COURSES, [course(f"2024-04-1{n}", session=f"第{n}期") for n in (1, 2, 3)], [0],
     [course(f"2024-04-1{n}", session="第一期") for n in (1, 2, 3)]),
]  # fmt: skip


def found(relation, scheme, rows):
    return relation.test(frames(**{relation.on: rows}), Given(GIVEN.as_of, GIVEN.period, GIVEN.thresholds, scheme))


@pytest.mark.parametrize(("relation", "scheme", "rows", "reported", "_fine"), CASES)
def test_number_is_told_once_at_these_rows(relation, scheme, rows, reported, _fine):
    assert list(found(relation, scheme, rows).index) == reported


@pytest.mark.parametrize(("relation", "scheme", "_rows", "_reported", "fine"), CASES)
def test_number_that_the_plan_asks_for_is_nothing_to_tell(relation, scheme, _rows, _reported, fine):
    assert list(found(relation, scheme, fine).index) == []


@pytest.mark.parametrize("scheme", [None, plan(), MONTHLY])
@pytest.mark.parametrize("relation", work.RELATIONS, ids=lambda r: f"{r.on}-{r.code}")
def test_a_plan_that_asks_for_no_number_is_held_to_none(relation, scheme):
    rows = [rows for case, _, rows, *_ in CASES if case is relation]
    assert [list(found(relation, scheme, each).index) for each in rows] == [[] for _ in rows]


@pytest.mark.parametrize("scheme", [None, ONE_OR_TWO, TWO_COURSES])
@pytest.mark.parametrize("relation", work.RELATIONS, ids=lambda r: f"{r.on}-{r.code}")
def test_relation_is_quiet_about_nothing(relation, scheme):
    assert found(relation, scheme, []).empty


def test_what_is_registered_counts_and_is_not_told():
    rows = [problem("H1", _region=-1), problem("H1", _region=-1), problem("H1")]
    told = found(work.personal_problems_beyond_number, ONE_OR_TWO, rows)
    assert told[["number", "_related"]].to_dict("index") == {2: {"number": 3, "_related": (0, 1)}}


def test_the_county_may_let_more_be_solved_personally():
    more = Given(GIVEN.as_of, GIVEN.period, {"PV19": {"most": 3}}, ONE_OR_TWO)
    rows = frames(problem=[problem("H1") for _ in range(3)])
    assert work.personal_problems_beyond_number.test(rows, more).empty


@pytest.mark.parametrize(
    ("relation", "scheme", "rows", "words"),
    [
        (work.personal_problems_beyond_number, ONE_OR_TWO, CASES[0][2], "第6行起户H1的问题中，由个人解决的有3项，按本方案每对选1至2项实际困难由个人解决"),
        (work.courses_beyond_number, TWO_COURSES, THREE, "第6行起，柳溪村的培训共有3期（养羊技术、食用菌技术），按本方案最多办2期"),
    ],
)  # fmt: skip
def test_the_number_is_said_in_plain_words(relation, scheme, rows, words):
    told = found(relation, scheme, rows)
    said = {name: str(told[name].iloc[0]) for name in told.columns if not name.startswith("_")}
    place = Place("甲.xlsx", "表", "C6", 6, relation.on, relation.at[0], "甲栏", "乙")
    assert relation.finding(place, **{**relation.limits, **said}).message == words
