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


def home(household, **more):
    return pair(household, recipient_name=f"户{household}", **more)


CASES = [
    # relation, records, the rows reported, records of the case that does not fire
    (problems.too_many_for_one, {"problem": [problem(), problem(), problem()]}, [0],
     {"problem": [problem(), problem(), problem("支部"), problem(None), problem(recipient="H2"), problem(helper="王芳")]}),
    (problems.too_many_for_one, {"problem": [problem(_region=-1), problem(_region=-1), problem()]}, [2],
     {"problem": [problem(_region=-1), problem(_region=-1), problem(_region=-1)]}),
    (problems.nothing_taken_on, {"pairing": [home("H1"), home("H2"), home("H3")], "problem": [problem()]}, [1],
     {"pairing": [home("H1"), home("H2", ended_on="2024-05-31"), home("H3", _region=-1)], "problem": [problem()]}),
    (problems.nothing_taken_on, {"pairing": [home("H1")], "problem": [problem("支部")]}, [0],
     {"pairing": [home("H1")], "problem": [problem(None)]}),  # who is to solve it is not said
]  # fmt: skip


@pytest.mark.parametrize(("relation", "records", "hits", "fine"), CASES)
def test_a_pair_takes_on_one_or_two(relation, records, hits, fine):
    assert list(told(relation, **records).index) == hits
    assert told(relation, **fine).empty
    assert told(relation, plan(), **records).empty


def test_before_a_problem_is_reported_nobody_is_asked():
    assert told(problems.nothing_taken_on, pairing=[home("H1")]).empty


def test_one_finding_stands_for_a_pair_or_a_sheet():
    (found,) = told(problems.too_many_for_one, problem=[problem(), problem(), problem()]).to_dict("records")
    assert found == {"number": 3, "_related": (1, 2)}
    pairings = [home("H1"), home("H2"), home("H3")]
    (found,) = told(problems.nothing_taken_on, pairing=pairings, problem=[problem()]).to_dict("records")
    assert found == {"number": 2, "others": "户H2、户H3", "_related": (2,)}


def test_a_county_may_allow_more():
    rows = {"problem": [problem()] * 3}
    given = Given(GIVEN.as_of, GIVEN.period, {"PV19c": {"most": 3}}, ASKS)
    assert problems.too_many_for_one.test(frames(**rows), given).empty
