"""Every requirement of the twelve plans has its evidence: a key of a scheme, a column, a test.

traceability.tsv: id, our own words, evidence. Pieces of evidence are divided by `; `:
`scheme:<id>:<key path>` · `field:<table>.<field>` · `test:<file>::<function>` · `ledger:<id>`, `form:<name>` (written by a scheme
as one of the outputs that implement the requirement) · `metric:<id>` (a target or line of a scheme that the row names measures it) ·
`due:assessment` (what the assessment still owes). Whatever tables, columns, labels and rules an element of a scheme names are
there: a scheme that names others is not loaded.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.domain import CODELISTS, DERIVED, RELATIONS, TABLES
from bangfu_excel.profile import Known, form_files, load_ledgers, load_profile, load_scheme, scheme_files

ROOT = Path(__file__).parents[2]
SIZES = {
    "S000.1": 28, "S000.2": 58, "S000.3": 30, "S000.4": 17, "S000.5": 14, "S000.6": 11,
    "S003.1": 30, "S003.2": 7, "S003.3": 7, "S003.4": 10, "S003.5": 24, "S003.6": 14,
}  # fmt: skip
"""Requirements of each plan."""
OWED = {"assessment": 0}
"""How many requirements the assessment still owes, at most."""
TITLED = frozenset({"title", "note", "basis", "checklist"})
"""What an element is called, which is no evidence of anything."""
_STEP = re.compile(r"([a-z_]+)(?:\[([^\]]+)\])?(?:\.|$)")


def rows():
    header, *lines = (Path(__file__).parent / "traceability.tsv").read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == ["id", "our words", "evidence"]
    return [tuple(line.split("\t")) for line in lines]


ROWS = rows()


def evidence(text):
    return [tuple(piece.split(":", 1)) for piece in text.split("; ")]


@cache
def scheme(name):
    return load_scheme(name, known=Known.of(load_profile(None, TABLES, CODELISTS, RELATIONS), METRICS))


@cache
def ledgers():
    return load_ledgers(None, load_profile(None, TABLES, CODELISTS, RELATIONS), DERIVED)


def at(record, path):
    """What stands at a key path: `records[标题]` is the element of that id, title, code, source or kind."""
    place = 0
    while place < len(path):
        step = _STEP.match(path, place)
        assert step, path
        record = getattr(record, step[1])
        if step[2]:
            (record,) = [item for item in record if step[2] in _names(item)]
        place = step.end()
    return record


def _names(item):
    return [getattr(item, name, None) for name in ("id", "title", "code", "source", "kind")]


def test_every_requirement_stands_once_in_our_own_words():
    expected = [f"{plan}.{number:02d}" for plan, size in SIZES.items() for number in range(1, size + 1)]
    assert [row[0] for row in ROWS] == expected
    assert len(ROWS) == 250
    assert [row[0] for row in ROWS if len(row) != 3 or not row[1].strip()] == []


@pytest.mark.parametrize(("number", "_words", "text"), ROWS, ids=[row[0] for row in ROWS])
def test_every_piece_of_evidence_exists(number, _words, text):
    pieces = evidence(text)
    assert {kind for kind, _ in pieces} - {"due"}, "nothing but a promise"
    for kind, what in pieces:
        if kind == "scheme":
            name, _, path = what.partition(":")
            assert number in at(scheme(name), path).checklist
        elif kind == "field":
            table, _, field = what.partition(".")
            assert field in TABLES[table]
        elif kind in ("ledger", "form"):
            assert what in (ledgers() if kind == "ledger" else form_files())
            outputs = [output for name in scheme_files() for output in scheme(name).outputs]
            assert number in {
                number for output in outputs if getattr(output, kind) == what for number in output.checklist
            }
        elif kind == "metric":
            assert what in METRICS
            assert any(what in scheme(name).metrics for name in _schemes(pieces))
        elif kind == "test":
            file, _, function = what.partition("::")
            assert f"def {function}(" in (ROOT / file).read_text(encoding="utf-8")
        else:
            assert (kind, what in OWED) == ("due", True)


def _schemes(pieces):
    return {what.partition(":")[0] for kind, what in pieces if kind == "scheme"}


def test_every_id_that_a_scheme_names_is_traced_to_that_scheme():
    named = {(number, name) for name in scheme_files() for number in _ids(scheme(name))}
    traced = {
        (number, what.partition(":")[0])
        for number, _, text in ROWS
        for kind, what in evidence(text)
        if kind == "scheme"
    }
    assert named == traced


def _ids(record):
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == "checklist":
            yield from value
        for item in value if isinstance(value, tuple) else (value,):
            if hasattr(type(item), "model_fields"):
                yield from _ids(item)


def test_what_is_owed_is_counted():
    owed = Counter(what for _, _, text in ROWS for kind, what in evidence(text) if kind == "due")
    assert all(owed[what] <= most for what, most in OWED.items()), "a requirement has lost its evidence"


@pytest.mark.parametrize(("number", "_words", "text"), ROWS, ids=[row[0] for row in ROWS])
def test_a_title_is_no_evidence(number, _words, text):
    """One of its elements says more than what it is called, or a test shows it, or it is still owed."""
    pieces = evidence(text)
    elements = [
        at(scheme(name), path) for kind, what in pieces if kind == "scheme" for name, _, path in [what.partition(":")]
    ]
    assert {kind for kind, _ in pieces} & {"test", "due", "field", "ledger", "metric"} or any(map(_says, elements))


def _says(element):
    return bool(element.model_fields_set - TITLED)
