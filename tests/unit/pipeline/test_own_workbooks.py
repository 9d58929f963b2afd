"""Workbooks that the office fills in itself: written by `template`, and set aside where they lie among submissions."""

import openpyxl
import pytest
from small_inbox_files import households

import bangfu_excel as bf


def test_the_blank_workbook_is_written_for_whoever_asks_for_it(tmp_path):
    path = bf.template("default", tmp_path, tables=("更正单",), as_of="2024-06-30")
    assert path.name == "更正单.xlsx"
    assert openpyxl.load_workbook(path)["更正"]["A1"].value == "县办数据更正登记表"


def test_it_is_not_mixed_with_what_townships_fill_in(tmp_path):
    with pytest.raises(bf.ConfigError, match="单独运行一次 bangfu template 更正单"):
        bf.template("default", tmp_path, tables=("household", "更正单"))


def test_among_submissions_it_is_passed_over_and_the_command_that_takes_it_is_named(tmp_path):
    households(tmp_path / "inbox/户.xlsx")
    path = bf.template("default", tmp_path / "inbox", tables=("更正单",), as_of="2024-06-30")
    book = openpyxl.load_workbook(path)
    book["更正"].append(["帮扶对象户", None, None, "QS0001"])
    book.save(path)
    batch = bf.check(tmp_path / "inbox", as_of="2024-06-30", engine="serial")
    assert [len(rows) for rows in batch.tables.values()] == [3]
    said = [f for f in batch.findings if f.place.file == "更正单.xlsx"]
    assert {(f.code, f.place.sheet) for f in said if f.code.startswith("RN")} == {
        ("RN10", "说明"), ("RN10", "更正"), ("RN10", "变动"), ("RN02", "下拉选项"),
    }  # fmt: skip
    assert "bangfu merge --corrections" in next(f.suggestion for f in said if f.code == "RN10")
