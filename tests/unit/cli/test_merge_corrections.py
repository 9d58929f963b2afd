"""`bangfu merge --corrections`: what it prints, and what it refuses."""

import pytest
from office_county import BASIS, PHONE, filled, registered

import bangfu_excel as bf

EVENT = {"变动种类": "户编号变更", "日期": "2024-07-01", **BASIS, "原户编号": "H2", "现户编号": "N2"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("县")
    registered(folder)
    filled(folder / "更正单.xlsx", [PHONE], [EVENT])
    filled(folder / "填错.xlsx", [{**PHONE, "户编号": "H9"}])
    return folder


@pytest.fixture(autouse=True)
def in_the_county(folder, monkeypatch):
    monkeypatch.chdir(folder)


def test_the_closing_line_says_what_came_in_and_how_to_take_it_back(bangfu, folder):
    code, out, err = bangfu("merge", "--corrections", "更正单.xlsx", "--date", "2024-07-10")
    first, second = (entry.batch for entry in bf.Registry(folder / "台账库").state.office)
    assert (code, err) == (0, "")
    assert (
        out
        == f"记下更正1处、变动1件（批次{first}、{second}）。要撤回，运行 bangfu undo {first}、bangfu undo {second}\n"
    )
    code, out, _ = bangfu("merge", "--corrections", "更正单.xlsx", "--date", "2024-07-11")
    assert (code, out) == (0, "没有新的内容：填着的2行以前都记过了\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--corrections", "填错.xlsx", "--date", "2024-07-10"), "没有执行：“填错.xlsx”要先改正，一处也没有记：更正!D4在台账库的帮扶对象户里找不到"),
        (("--corrections", "更正单.xlsx", "--date", "2999-01-01"), "日期“2999-01-01”还没有到（今天是"),
        (("--corrections", "没有.xlsx"), "找不到文件“没有.xlsx”"),
        (("--corrections", "更正单.xlsx", "--registry", "没有"), "没有台账库"),
        ((), "请写明交回的是哪一张表，一次一张"),
    ],
)  # fmt: skip
def test_a_wrong_command_is_told_what_is_wrong(bangfu, words, said):
    code, out, err = bangfu("merge", *words)
    assert (code, out) == (2, "")
    assert said in err
