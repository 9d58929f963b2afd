"""A workbook that somebody has filled in since a run wrote it is neither overwritten nor removed by the next one."""

import datetime as dt
import json

import openpyxl
import pytest

from bangfu_excel.pipeline.target import RUN_FILE, Kept, Target
from bangfu_excel.write.book import READ, SUBMIT, Book, command_of

DAY = dt.date(2024, 6, 30)
BOOKS = {"冲突裁决.xlsx": "merge --decisions", "台账.xlsx": READ, "填报表.xlsx": SUBMIT}


def write(path, use):
    with Book(path, as_of=DAY, use=use) as book:
        book.add_sheet("表").write_string(0, 0, "采用")
    return path


def fill(path):
    book = openpyxl.load_workbook(path)
    book.active["A2"] = "清水镇报的"
    book.save(path)
    return path.read_bytes()


@pytest.fixture
def out(tmp_path):
    """OUT after a run that wrote a workbook of each use."""
    target = Target.prepared(tmp_path / "out")
    files = target.relative(write(target.folder / name, use) for name, use in BOOKS.items())
    record = {"files": files, "questions": target.asked(files)}
    (target.folder / RUN_FILE).write_text(json.dumps(record), encoding="utf-8")
    return target.folder


def names(out):
    return sorted(path.name for path in out.glob("*.xlsx"))


def test_what_nobody_touched_is_not_kept(out):
    target = Target.prepared(out)
    assert target.keep_filled() == ()
    target.remove_stale([RUN_FILE])
    assert names(out) == []


def test_only_a_workbook_that_takes_answers_is_kept(out):
    filled = {name: fill(out / name) for name in BOOKS}
    target = Target.prepared(out)
    kept = target.keep_filled()
    assert kept == (Kept("冲突裁决.xlsx", "冲突裁决_已填.xlsx", "merge --decisions"),)
    target.remove_stale([RUN_FILE])
    assert names(out) == ["冲突裁决_已填.xlsx"]
    assert (out / "冲突裁决_已填.xlsx").read_bytes() == filled["冲突裁决.xlsx"]


def test_a_name_is_never_taken_twice(out):
    first = fill(out / "冲突裁决.xlsx")
    Target.prepared(out).keep_filled()
    for number in (2, 3):
        write(out / "冲突裁决.xlsx", "merge --decisions")
        fill(out / "冲突裁决.xlsx")
        (kept,) = Target.prepared(out).keep_filled()
        assert kept.now == f"冲突裁决_已填{number}.xlsx"
    assert (out / "冲突裁决_已填.xlsx").read_bytes() == first


def test_a_workbook_says_which_command_takes_it_even_when_another_program_saved_it(tmp_path):
    path = write(tmp_path / "一.xlsx", "merge --decisions")
    assert command_of(path) == "merge --decisions"
    fill(path)
    assert command_of(path) == "merge --decisions"
    assert command_of(write(tmp_path / "二.xlsx", READ)) == ""
    assert command_of(write(tmp_path / "三.xlsx", SUBMIT)) == ""
    (tmp_path / "四.xlsx").write_bytes(b"no zip")
    assert command_of(tmp_path / "四.xlsx") == ""


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"questions": {"冲突裁决.xlsx": 1}}', '{"files": 3, "questions": ["冲突裁决.xlsx"]}']
)
def test_a_run_json_that_somebody_spoiled_stops_nothing(out, text):
    (out / RUN_FILE).write_text(text, encoding="utf-8")
    assert Target.prepared(out).keep_filled() == ()
