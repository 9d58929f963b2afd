"""A registry that a later version has written to is refused with a sentence by whatever is asked of it."""

import datetime as dt

import pytest
from invented_rows import Line, batch_of

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import Registry, journal, merge
from bangfu_excel.pipeline import assess, check, ledgers, run

FIRST = batch_of([Line("户.xlsx", 4, {"household_id": "H1", "head_name": "张三"})])
SECOND = batch_of([Line("户.xlsx", 4, {"household_id": "H1", "head_name": "李四"})], version="2")
NEWER = r"00000002\.json”是更新版本的程序写的，请升级后再用"
RECORD = {"table": "household", "key": "H1", "field": "phone", "new": "1"}
ASKED = {
    "current": lambda registry: registry.current("household"),
    "known": lambda registry: registry.known(),
    "batches": lambda registry: registry.batches(),
    "history": lambda registry: registry.history("household", "H1"),
    "merge": lambda registry: merge(SECOND, registry),
    "undo": lambda registry: registry.undo("0001-abcdef"),
    "restore": lambda registry: registry.restore("0001-abcdef"),
    "issue": lambda registry: registry.issue("2024-06"),
    "confirm": lambda registry: registry.confirm(["a" * 16]),
    "record": lambda registry: registry.record("correct", [RECORD], received=dt.date(2024, 7, 1)),
    "opened": lambda registry: Registry(registry.path, create=False),
    "shown": repr,
    "ledgers": lambda registry: ledgers(registry, registry.path.parent / "out"),
    "assess": lambda registry: assess(registry, period="2024-06"),
    "check": lambda registry: check(registry.path.parent / "inbox", registry=registry, as_of="2024-06-30"),
    "run": lambda registry: run(registry.path.parent / "inbox", registry.path.parent / "out", registry=registry, as_of="2024-06-30"),
}  # fmt: skip


@pytest.fixture(params=["format", "kind"])
def registry(request, tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "户.csv").write_text("户编号,户主姓名\nH1,张三\n", encoding="utf-8")
    registry = Registry(tmp_path / "台账库")
    merge(FIRST, registry)
    newer = {"format": journal.FORMAT + 1, "kind": "correct"} if request.param == "format" else {"kind": "dream"}
    registry.journal.append(lambda entries, seq: {**newer, "batch": "0002-abcdef", "records": []})
    return registry


@pytest.mark.parametrize("asked", ASKED)
def test_whatever_is_asked_is_refused_and_nothing_is_written(registry, asked):
    before = {path for path in registry.path.rglob("*") if path.is_file()}
    with pytest.raises(RegistryError, match=NEWER):
        ASKED[asked](registry)
    assert {path for path in registry.path.rglob("*") if path.is_file()} == before


def test_a_check_lists_the_entry_and_looks_at_the_rest(registry):
    found = registry.verify()
    assert found.problems[["severity", "place", "problem", "advice"]].values.tolist() == [
        ["damage", "journal/00000002.json", "这条日志是更新版本的程序写的", "升级后再用"]
    ]
    assert found.rows == 1
