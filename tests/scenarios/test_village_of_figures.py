"""A village told line by line: 项目 | 单位 | 数量, as the statistics of a village are kept."""

import pytest
from drawn_books import check, column

FIGURES = """
    | 总户数     | 户 | 400  |
    | 总人口     | 人 | 1200 |
    | 耕地面积   | 亩 | 2400 |
    | 人均纯收入 | 元 | 5700 |
    | 贫困户数   | 户 | 30   |
    """


@pytest.mark.parametrize(
    "head",
    [
        "| 青石镇柳溪村村情 | | |\n| 项目 | 单位 | 数量 |",
        "| 村情概况 | | |\n| 填报单位：青石镇柳溪村 | | |\n| 指标 | 计量单位 | 数值 |",
        "| 村情调查表 | | |\n| 项目 | 单位 | 数量 |\n| 乡镇 | | 青石镇 |\n| 村 | | 柳溪村 |",
    ],
)
def test_figures_one_below_the_other_are_one_village(head):
    batch = check(村情=head + FIGURES)
    row = [column(batch, "village", f)[0] for f in ("township", "village", "households", "population", "farmland_mu")]
    assert row == ["青石镇", "柳溪村", 400, 1200, 2400]
    assert len(batch.rows["village"]) == 1
    assert not [f for f in batch.findings if f.severity != "info"]


def test_each_figure_is_told_of_at_its_own_cell():
    batch = check(村情="| 青石镇柳溪村村情 | | |\n| 项目 | 单位 | 数量 |" + FIGURES.replace("2400", "不清楚地块"))
    assert [(f.code, f.place.cell) for f in batch.findings if f.severity == "error"] == [("NV22", "C5")]


def test_figures_of_no_village_are_not_read():
    assert "village" not in check(表="| 项目 | 单位 | 数量 |" + FIGURES).rows
