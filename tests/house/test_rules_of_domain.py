"""Every data-quality rule of the domain has what tells it.

rules_of_domain.tsv: the rule · the codes that tell it, divided by spaces · how: `on` (heard unless a county switches it
off), `off` (heard where a county switches it on), `assessment` (an item of the assessment) ·
a note.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu_excel.core.messages import ALL
from bangfu_excel.domain import RELATIONS, TABLES

SIZES = {"ID": 23, "HH": 15, "EL": 29, "PC": 13, "EC": 14, "MO": 12, "PV": 32}
"""Rules of each chapter."""
ASSESSED = {"PV01", "PV14", "PV15", "PV24", "PV26"}


def declared():
    """Code → whether one of its records is heard without a county's asking."""
    heard = dict.fromkeys(ALL, True)
    for record in (*(rule for table in TABLES.values() for rule in table.rules), *RELATIONS):
        heard[record.code] = heard.get(record.code, False) or record.enabled
    return heard


HEARD = declared()
LINES = (Path(__file__).parent / "rules_of_domain.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES[1:]]


def test_every_rule_stands_once():
    expected = [f"{chapter}{number:02d}" for chapter, size in SIZES.items() for number in range(1, size + 1)]
    assert [row[0] for row in ROWS] == expected
    assert len(ROWS) == 138


@pytest.mark.parametrize(("rule", "codes", "how", "_note"), ROWS, ids=[row[0] for row in ROWS])
def test_what_is_said_to_tell_it_is_declared_and_heard_so(rule, codes, how, _note):
    told = [HEARD[code] for code in codes.split()]
    if how == "on":
        assert any(told)
    elif how == "off":
        assert told
        assert not any(told)
    else:
        assert how == "assessment"
        assert rule in ASSESSED


@pytest.mark.parametrize(("rule", "codes", "_how", "_note"), ROWS, ids=[row[0] for row in ROWS])
def test_a_code_that_is_called_like_the_rule_tells_it(rule, codes, _how, _note):
    assert rule not in HEARD or rule in codes.split()
