"""`bangfu compare`: what it prints, and what it refuses."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "pipeline"))

from compared_county import DIBAO, registered, save


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    registered(folder)
    save(folder / "低保.xlsx", ("名单", DIBAO[:-1]))
    save(folder / "通知.xlsx", ("Sheet1", [("关于开展比对的通知",), ("请各乡镇认真比对。",)]))
    return folder


@pytest.fixture(autouse=True)
def in_the_county(folder, monkeypatch):
    monkeypatch.chdir(folder)


def test_the_closing_line_counts_every_row(bangfu, folder):
    code, out, err = bangfu("compare", "低保.xlsx", "-o", "out", "--kind", "低保", "--date", "2024-06-20")
    assert (code, err) == (0, "")
    assert out == (
        "名单8行：对上3行，他有我无1行，待核对2行，不能用2行；我有他无1人，不一致2处；"
        f"结果在 {folder / 'out' / '比对结果.xlsx'}\n"
    )


def test_a_list_without_a_row_is_said_with_its_reason(bangfu):
    code, out, err = bangfu("compare", "通知.xlsx", "-o", "out2")
    assert code == 1
    assert out.startswith("名单0行")
    assert "通知.xlsx" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("低保.xlsx", "-o", "out3", "--kind", "医保"), "没有“医保”这种名单，可以写：低保、残疾、学籍、死亡"),
        (("没有.xlsx", "-o", "out3"), "找不到“没有.xlsx”"),
        (("低保.xlsx", "-o", "out3", "--registry", "没有"), "没有台账库"),
        (("低保.xlsx", "-o", "out3", "--date", "去年"), "写法不对"),
    ],
)
def test_a_wrong_command_writes_nothing(bangfu, folder, words, said):
    code, out, err = bangfu("compare", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert not (folder / "out3").exists()
