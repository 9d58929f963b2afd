"""One or two problems a pair are solved by the helper himself, under a plan that says so."""

import pytest
from test_pattern_relations import plan
from test_table_relations import GIVEN, frames, pair

from bangfu_excel.core.rule import Given
from bangfu_excel.domain.relations import problems

ASKS = plan(records=({"title": "每对选一两个", "rules": ("PV19c", "PV19d")},))


def problem(solved_by="个人", recipient="H1", helper="李明", **more):
    return {"household_id": recipient, "_helper": helper, "solved_by": solved_by, **more}


def told(relation, scheme=ASKS, **records):
    return relation.test(frames(**records), Given(GIVEN.as_of, GIVEN.period, scheme=scheme))


@pytest.mark.parametrize(
    ("rows", "hits"),
    [
        ([problem(), problem()], {}),
        ([problem(), problem(), problem()], {0: 3}),
        ([problem(), problem(), problem("支部"), problem(None)], {}),
        ([problem(), problem(), problem(recipient="H2"), problem(helper="王芳")], {}),
        ([problem(_region=-1), problem(_region=-1), problem()], {2: 3}),
        ([problem(_region=-1), problem(_region=-1), problem(_region=-1)], {}),
    ],
)
def test_a_pair_takes_on_one_or_two(rows, hits):
    found = told(problems.too_many_for_one, problem=rows)
    assert (found["number"].to_dict() if len(found) else {}) == hits
    assert told(problems.too_many_for_one, plan(), problem=rows).empty


def test_a_county_may_allow_more():
    rows = {"problem": [problem()] * 3}
    given = Given(GIVEN.as_of, GIVEN.period, {"PV19c": {"most": 3}}, ASKS)
    assert problems.too_many_for_one.test(frames(**rows), given).empty


def home(household, **more):
    return pair(household, recipient_name=f"户{household}", **more)


@pytest.mark.parametrize(
    ("pairings", "rows", "names"),
    [
        ([home("H1"), home("H2"), home("H3")], [problem()], ["户H2、户H3"]),
        ([home("H1")], [problem("支部")], ["户H1"]),
        ([home("H1")], [problem(None)], []),  # who solves it is not said
        ([home("H1", ended_on="2024-05-31")], [problem(recipient="H9")], []),
        ([home("H1")], [], []),  # no problem is reported yet
        ([home("H1", _region=-1)], [problem(recipient="H9")], []),
    ],
)
def test_a_pair_that_took_on_nothing_is_told_once_a_sheet(pairings, rows, names):
    found = told(problems.nothing_taken_on, pairing=pairings, problem=rows)
    assert (found["others"].to_list() if len(found) else []) == names
    assert told(problems.nothing_taken_on, plan(), pairing=pairings, problem=rows).empty
