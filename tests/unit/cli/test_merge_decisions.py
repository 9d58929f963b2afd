"""`bangfu merge --decisions`: what a run says of it, what it prints, and what it refuses."""

from pathlib import Path

import openpyxl
import pytest

ROSTER = "乡镇,村,村民组,户编号,户主姓名\n青石镇,石桥村,一组,QS1,赵大山\n青石镇,石桥村,二组,QS2,赵大山\n"
VISITS = "乡镇,村,户主姓名,走访人,走访时间,谁的单子\n青石镇,石桥村,赵大山,李明,2024-06-05,甲\n"
BOOK = "out/冲突裁决.xlsx"


@pytest.fixture(autouse=True)
def in_an_office(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "报来").mkdir()
    for name, text in (("户", ROSTER), ("走访", VISITS)):
        (tmp_path / f"报来/{name}.csv").write_text(text, encoding="utf-8-sig")


def fill(sheet, cell, text):
    book = openpyxl.load_workbook(BOOK)
    book[sheet][cell].value = text
    book.save(BOOK)


def test_a_clerk_is_told_of_the_workbook_and_of_what_it_did(bangfu):
    run = ("run", "报来", "-o", "out", "--as-of", "2024-06-30", "--no-progress")
    _, _, err = bangfu(*run)
    assert f"填好后运行 bangfu merge --decisions {Path(BOOK)}" in err
    assert bangfu("merge", "--decisions", BOOK)[:2] == (0, "没有填任何一处，什么也没有记；还有2处没有填\n")

    fill("待匹配姓名", "G4", "QS9")
    code, out, err = bangfu("merge", "--decisions", BOOK)
    assert (code, out) == (2, "")
    assert "待匹配姓名表G4填的不是所列的户" in err

    fill("待匹配姓名", "G4", "QS2")
    code, out, _ = bangfu("merge", "--decisions", BOOK, "--date", "2024-07-02")
    assert code == 0
    assert out.startswith("确认了1个姓名；还有1处没有填；批次0002-")
    assert "bangfu undo 0002-" in out
    assert out.endswith("对原来的文件夹再运行一次 bangfu run，等着的行就会计入\n")
    assert bangfu("merge", "--decisions", BOOK)[1] == "没有新的裁决，填好的以前都记过了；还有1处没有填\n"


def test_other_files_are_refused_and_one_workbook_is_taken_at_a_time(bangfu):
    bangfu("run", "报来", "-o", "out", "--as-of", "2024-06-30", "--no-progress")
    for words, said in (
        (("--decisions", "报来/户.csv"), "不是由 bangfu run 写出的冲突裁决.xlsx"),
        (("--decisions", "没有.xlsx"), "找不到文件“没有.xlsx”"),
        (("--decisions", BOOK, "--corrections", BOOK), "一次一张"),
    ):
        code, _, err = bangfu("merge", *words)
        assert (code, said in err) == (2, True)
