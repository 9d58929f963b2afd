"""A registry of format 1 is read as it is, and goes on in format 2."""

import datetime as dt
import json

import format1_writer as old
import pytest
from invented_rows import VISIT, Line, batch_of

from bangfu_excel.merge import Registry, merge


def home(number, village="柳溪村"):
    return {"household_id": f"H{number}", "township": "清水镇", "village": village, "head_name": f"户主{number}"}


def visit(number, day, precision=None):
    day = dt.datetime.fromisoformat(day)
    return {"household_id": f"H{number}", "visited_on": day, "visitors": "王五", "visited_on__precision": precision}


@pytest.fixture
def registry(tmp_path):
    """Two files in two batches; the second replaced one that came before; a third was undone."""
    root = tmp_path / "台账库"
    first = old.submission(root, "a" * 16, "户.xlsx", "清水镇", {"household": [home(1), home(2)]})
    again = old.submission(
        root, "b" * 16, "户.xlsx", "清水镇人民政府",
        {"household": [home(1), home(3), home(4, "松树村")], "visit": [visit(1, "2024-06-08"), visit(3, "2024-05-08")]},
    )  # fmt: skip
    third = old.submission(root, "c" * 16, "另.xlsx", "石桥镇", {"household": [home(9)]})
    old.imported(root, 1, "0001-aaaaaa", [first])
    old.imported(root, 2, "0002-bbbbbb", [again], ["a" * 16])
    old.imported(root, 3, "0003-cccccc", [third])
    old.turned(root, 4, "withdraw", "0003-cccccc")
    return Registry(root)


def keys(registry, table="household"):
    return sorted(registry.current(table)["_key"])


def test_it_says_what_it_said(registry):
    assert keys(registry) == ["H1", "H3", "H4"]
    assert registry.batches()[["id", "state", "submitter"]].values.tolist() == [
        ["0001-aaaaaa", "active", "清水镇"],
        ["0002-bbbbbb", "active", "清水镇人民政府"],
        ["0003-cccccc", "withdrawn", "石桥镇"],
    ]
    assert registry.history("household", "H2")["state"].tolist() == ["replaced"]
    assert registry.current("household").set_index("_key")["_unit"].to_dict() == {
        "H1": "清水|柳溪", "H3": "清水|柳溪", "H4": "清水|松树",
    }  # fmt: skip


def test_what_comes_now_supersedes_what_it_holds_and_nothing_of_it_is_rewritten(registry):
    before = {path: path.read_bytes() for path in registry.path.rglob("*") if path.is_file()}
    lines = [
        Line("新.xlsx", 4, home(1)),
        Line(
            "新.xlsx", 5, {"household_id": "H1", "visited_on": "2024-06-20", "visitors": "王五"}, VISIT, "走访", key="K"
        ),
    ]
    second = merge(batch_of(lines, submitter="清水镇"), registry).batch_id
    assert keys(registry) == ["H1", "H4"]
    assert keys(registry, "visit") == ["H3|2024-05-08", "K"]
    assert {path: path.read_bytes() for path in before} == before
    assert json.loads((registry.path / "journal" / "00000005.json").read_bytes())["format"] == 2
    registry.undo(second)
    assert keys(registry) == ["H1", "H3", "H4"]
    registry.restore("0003-cccccc")
    assert keys(registry) == ["H1", "H3", "H4", "H9"]


def test_a_damaged_submission_does_not_keep_the_journal_from_being_read(registry):
    (registry.path / "submissions" / ("c" * 16) / "submission.json").write_text("{", encoding="utf-8")
    assert len(registry.batches()) == 3
    assert keys(registry) == ["H1", "H3", "H4"]
