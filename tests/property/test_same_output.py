"""Promise 5: the same input gives the same output, whatever the order of files and sheets, the engine, or the day."""

import tempfile
from pathlib import Path

import pytest
from county import FAULTS, honest_row
from hypothesis import Phase, given, settings
from layouts import Layout, layouts
from small_books import AS_OF, write_book
from test_cells import sheet

import bangfu_excel as bf
from bangfu_excel.pipeline import checking


def assert_same(first, second):
    assert first.findings == second.findings
    assert first.reconciliation.equals(second.reconciliation)
    assert first.files == second.files
    assert first.rows.frames.keys() == second.rows.frames.keys()
    for name, frame in first.rows.frames.items():
        assert frame.equals(second.rows.frames[name]), name


def checked(files, engine="serial"):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files:
            (Path(folder) / name).write_bytes(content)
        return bf.check(folder, as_of=AS_OF, engine=engine)


@settings(max_examples=4, phases=[Phase.generate])
@given(layouts(), layouts())
def test_the_order_in_which_files_arrived_does_not_matter(first, second):
    files = [(f"甲.{first.format}", first.content()), (f"乙.{second.format}", second.content())]
    assert_same(checked(files), checked(files[::-1]))


@settings(max_examples=4, phases=[Phase.generate])
@given(layouts())
def test_the_order_of_sheets_does_not_matter_to_what_is_found(layout):
    turned = Layout(layout.format, layout.sheets[::-1])
    first, second = (checked([(one.file, one.content())]) for one in (layout, turned))
    assert {(f.place, f.code, f.message) for f in first.findings} == {
        (f.place, f.code, f.message) for f in second.findings
    }


def inbox(folder):
    """Three townships, with faults, in the four tables."""
    for township, start in (("东山乡", 0), ("西山乡", 100), ("南山镇", 200)):
        sheets = {}
        for table, label in (("household", "户"), ("member", "成员"), ("pairing", "结对"), ("visit", "走访")):
            rows = [honest_row(table, start + n) for n in range(6)]
            for row, fault in zip(rows, [f for f in FAULTS if f.table == table], strict=False):
                row[fault.field] = fault.value
            sheets[label] = sheet(table, rows)
        write_book(folder / township / f"{township}.xlsx", **sheets)
    return folder


def test_every_engine_says_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "SMALL_INBOX", 0)  # else so small an inbox is never given to processes
    folder = inbox(tmp_path / "inbox")
    serial, processes = (bf.check(folder, as_of=AS_OF, engine=engine, jobs=2) for engine in ("serial", "processes"))
    assert len(serial.findings) > 30
    assert_same(serial, processes)


def outputs(out):
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_two_runs_write_the_same_bytes(tmp_path):
    folder = inbox(tmp_path / "inbox")
    for number in (1, 2):
        place = {"out": tmp_path / f"out{number}", "registry": tmp_path / f"registry{number}"}
        bf.run(folder, as_of=AS_OF, engine="serial", **place)
    first, second = outputs(tmp_path / "out1"), outputs(tmp_path / "out2")
    assert first.keys() == second.keys()
    assert len(first) > 12
    assert [name for name in first if first[name] != second[name]] == ["run.json"]


def test_a_clock_would_be_noticed(tmp_path, monkeypatch):
    """The property can fail: a report that depends on when it is made differs."""
    from bangfu_excel.pipeline import files

    count = iter(range(1000))
    original = files.match_headers

    def drifting(*asked):
        regions, said = original(*asked)
        return (regions, said) if next(count) % 2 else (regions, ())

    monkeypatch.setattr(files, "match_headers", drifting)
    content = write_book(tmp_path / "甲.xlsx", 表=sheet("household", [honest_row("household", 1)])).read_bytes()
    with pytest.raises(AssertionError):
        assert_same(checked([("甲.xlsx", content)]), checked([("甲.xlsx", content)]))
