"""`bangfu verify` as the clerk who keeps the registry meets it."""

import openpyxl
import pytest


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def registry(bangfu, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(("乡镇", "村", "组", "户编号", "户主姓名", "家庭人口数", "劳动力人数"))
    book.active.append(("清水镇", "松树村", "1组", "QS0001", "王大山", 3, 1))
    book.save(tmp_path / "户.xlsx")
    assert bangfu("run", "户.xlsx", "-o", "out", "--as-of", "2024-06-30")[0] == 0
    return tmp_path / "台账库"


def test_a_registry_that_is_whole_is_exit_0_and_one_line(bangfu, registry):
    assert bangfu("verify") == (0, "核对了1批、4个文件、1行：完好\n", "")


def test_damage_is_exit_2_and_says_which_file_is_to_be_restored(bangfu, registry):
    (damaged,) = registry.glob("submissions/*/household.parquet")
    damaged.write_bytes(damaged.read_bytes()[:100])
    (registry / "journal" / "00000002.json").write_bytes(b"")
    code, out, err = bangfu("verify", "--registry", registry)
    header, damage, notice, closing = out.splitlines()
    place = damaged.relative_to(registry).as_posix()
    assert (code, err) == (2, "")
    assert header.split() == ["程度", "在哪里", "什么问题", "怎么办"]
    assert damage.split() == ["损坏", place, "读不出来", "从备份恢复这个文件"]
    assert notice.split()[:2] == ["提示", "journal/00000002.json"]
    assert closing == "核对了1批、4个文件、0行：损坏1处，提示1处"
    assert "王大山" not in out


def test_what_is_no_registry_is_one_line(bangfu, tmp_path):
    assert bangfu("verify", "--registry", "无") == (2, "", "没有执行：“无”处没有台账库，请核对路径\n")
