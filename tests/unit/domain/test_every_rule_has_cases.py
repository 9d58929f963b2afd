"""No rule or relation of any table is without a case that fires and one that does not, whichever file holds the cases."""

import importlib
from pathlib import Path

import pytest

from bangfu_excel.domain import RELATIONS, TABLES

HERE = Path(__file__).parent


def collected(pattern):
    """The cases of every file of this folder so named."""
    modules = [importlib.import_module(file.stem) for file in sorted(HERE.glob(pattern))]
    return [case for module in modules for case in getattr(module, "CASES", ())]


ROW_CASES = collected("test_table_rules*.py")
RELATION_CASES = collected("test_*_relations.py")


def said(case):
    """(table, code, title) of a case of a relation, which names it or is it."""
    first = case[0]
    if not isinstance(first, str):
        return {(first.on, first.code, first.title)}
    return {(r.on, r.code, r.title) for r in RELATIONS if (r.on, r.code) == tuple(case[:2])}


@pytest.mark.parametrize("expected", [True, False], ids=["fires", "passes"])
def test_every_row_rule_has_a_case_that(expected):
    cased = {(table, code, field) for table, code, field, _, fires in ROW_CASES if fires is expected}
    assert {(t.name, r.code, r.at[0]) for t in TABLES.values() for r in t.rules} == cased


@pytest.mark.parametrize("position", [-2, -1], ids=["fires", "passes"])
def test_every_relation_has_a_case_that(position):
    """A case ends with the rows that are told and the records of which none is."""
    cased = set().union(*(said(case) for case in RELATION_CASES if case[position]))
    assert {(r.on, r.code, r.title) for r in RELATIONS} == cased
