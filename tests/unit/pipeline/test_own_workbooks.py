"""What is written here and lies among submissions is told, and nothing of it counts; a blank form that was filled in does."""

import datetime as dt
import shutil

import openpyxl
import pytest
from small_inbox_files import households

import bangfu_excel as bf

DAY = "2024-06-30"


def test_the_blank_workbook_is_written_for_whoever_asks_for_it(tmp_path):
    path = bf.template("default", tmp_path, tables=("更正单",), as_of="2024-06-30")
    assert path.name == "更正单.xlsx"
    assert openpyxl.load_workbook(path)["更正"]["A1"].value == "县办数据更正登记表"


def test_a_filled_in_one_is_not_overwritten_by_a_blank_one(tmp_path):
    path = bf.template("default", tmp_path, tables=("更正单",), as_of="2024-06-30")
    assert bf.template("default", tmp_path, tables=("更正单",), as_of="2024-06-30") == path
    book = openpyxl.load_workbook(path)
    book["更正"].append(["帮扶对象户", None, None, "QS0001"])
    book.save(path)
    filled = path.read_bytes()
    with pytest.raises(bf.OutputError, match="已经填了1行，没有改动，接着往下填就行"):
        bf.template("default", tmp_path, tables=("更正单",), as_of="2024-06-30")
    assert path.read_bytes() == filled
    path.write_text("别的东西", encoding="utf-8")
    with pytest.raises(bf.OutputError, match="又不是更正单，没有改动"):
        bf.template("default", tmp_path, tables=("更正单",), as_of="2024-06-30")


def test_a_blank_one_of_another_day_is_written_anew(tmp_path):
    before = bf.template("default", tmp_path, tables=("更正单",), as_of="2024-06-30").read_bytes()
    assert bf.template("default", tmp_path, tables=("更正单",), as_of="2024-07-01").read_bytes() != before


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
    assert [(f.code, f.place.sheet) for f in said] == [("RN10", "")]
    assert "bangfu merge --corrections 这个文件" in said[0].suggestion


@pytest.fixture
def written(tmp_path):
    """A run's folder."""
    households(tmp_path / "inbox/户.xlsx")
    bf.run(tmp_path / "inbox", tmp_path / "out", registry=tmp_path / "库", as_of=DAY, engine="serial")
    bf.compare(tmp_path / "inbox/户.xlsx", tmp_path / "库", tmp_path / "out/比对")
    return tmp_path / "out"


def accepted(path):
    return int(bf.check(path, as_of=DAY, engine="serial").reconciliation["accepted"].sum())


def test_no_workbook_of_a_run_is_a_submission(written, tmp_path):
    books = sorted(path for path in written.rglob("*.xlsx"))
    assert len(books) >= 4
    for number, path in enumerate(books):
        shutil.copy(path, tmp_path / "inbox" / f"{number}.xlsx")
    batch = bf.check(tmp_path / "inbox", as_of=DAY, engine="serial")
    told = batch.findings.filter(severity="warning")
    filled_in = {
        number for number, path in enumerate(books) if path.parent.name == "考核"
    }  # 加减分及一票否决 is the office's
    codes = {f"{number}.xlsx": "RN10" if number in filled_in else "RN11" for number in range(len(books))}
    assert {f.place.file: f.code for f in told} == codes
    assert len(filled_in) == 1
    assert batch.reconciliation.query("file != '户.xlsx'")["status"].unique().tolist() == ["skipped"]
    assert int(batch.reconciliation["accepted"].sum()) == 3


def test_a_ledger_is_told_and_not_sent_back(written, tmp_path):
    ledger = next((written / "台账").rglob("*.xlsx"))
    shutil.copy(ledger, tmp_path / "inbox/台账.xlsx")
    result = bf.run(tmp_path / "inbox", tmp_path / "again", registry=tmp_path / "库", as_of=DAY, engine="serial")
    assert not [name for name in result.files if name.startswith("退回/") and name.endswith("xlsx")]


def test_saved_anew_by_another_program_it_is_still_known(written, tmp_path):
    book = openpyxl.load_workbook(next((written / "台账").rglob("*.xlsx")))
    book.active["A4"] = "改过"
    book.save(tmp_path / "inbox/台账.xlsx")
    assert [f.code for f in bf.check(tmp_path / "inbox", as_of=DAY).findings.filter(file="台账.xlsx")] == ["RN11"]


def test_a_blank_workbook_that_was_filled_in_is_a_submission(tmp_path):
    path = bf.template("default", tmp_path / "空白", tables=["household"], as_of=dt.date(2024, 6, 30))
    book = openpyxl.load_workbook(path)
    titles = [cell.value for cell in book.worksheets[0][3]]
    says = {"乡镇": "清水镇", "村": "松树村", "户编号": "QS0001", "户主姓名": "王大山"}
    for index, title in enumerate(titles, start=1):
        if (value := says.get(str(title).lstrip("*"))) is not None:
            book.worksheets[0].cell(4, index, value)
    book.save(tmp_path / "清水镇.xlsx")
    assert accepted(tmp_path / "清水镇.xlsx") == 1
