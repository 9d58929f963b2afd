"""A header that no table knows is found by its looks, and told with its rows."""

import pytest
from markdown_sheet import codes, match, said, sheet

from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.locate import locate_headers


def located(drawing, scan_rows=20):
    """(first row, last row, labels, row of the title) of each header, rows as Excel counts them."""
    found = locate_headers(Grid(sheet(drawing)), scan_rows)
    return [
        (h.top + 1, h.bottom + 1, [label for _, label in h.labels], h.title and h.title + 1 if h.title else h.title)
        for h in found
    ]


def test_one_row_of_words_above_values():
    assert located("""
        | 市名   | 项目数 | 总投资 |
        | 青石市 | 3      | 20     |
    """) == [(1, 1, ["市名", "项目数", "总投资"], None)]


def test_four_levels_whose_leaves_have_the_same_names():
    found = located("""
        | 贷款发放情况 | <        | <        | <        | <        |
        | 月份         | 一       | <        | 二       | <        |
        | ^            | 上月余额 | <        | 其中     | <        |
        | ^            | ^        | ^        | 逾期贷款 | <        |
        | ^            | 户数     | 金额     | 户数     | 金额     |
    """)  # fmt: skip
    assert found == [
        (2, 5, ["月份", "一/上月余额/户数", "一/上月余额/金额", "二/其中/逾期贷款/户数", "二/其中/逾期贷款/金额"], 0)
    ]


@pytest.mark.parametrize("row", ["| N | N | N |", "| (1) | (2) | (3) |", "| 甲 | 1 | 2 |"])
def test_type_and_numbering_rows_are_not_part_of_it(row):
    assert [(top, bottom) for top, bottom, *_ in located(f"| 片区 | 资金 | 进度 |\n{row}")] == [(1, 1)]


def test_a_label_that_became_a_number_is_a_label():
    assert located("| 县级市 | 贫困镇 | 0 | 单位简称 |\n| 青石市 | 清水镇 | 柳溪村 | 农业局 |")[0][2][2] == "0"


def test_tables_below_one_another():
    found = located("""
        | 表一   |        |        |
        | 机构数 | 诊疗   | <      |
        | ^      | 人次   | 死亡   |
        | 3      | 4      | 5      |
        ---
        | 表二   |        |        |
        | 机构数 | 手术   | <      |
        | ^      | 例数   | 死亡   |
    """)  # fmt: skip
    assert [(top, bottom, title) for top, bottom, _, title in found] == [(2, 3, 0), (7, 8, 6)]


def test_values_that_come_again_are_no_header():
    assert located("| 青石市 | 清水镇 | 柳溪村 |\n| 青石市 | 清水镇 | 石桥村 |\n| 青石市 | 清水镇 | 上河村 |") == []


def test_a_list_beside_the_table_is_not_part_of_it():
    found = located("""
        | 编号 | 填写项目 | 计量 | 数量 | | 青石市 | 清水镇 | 柳溪村 |
        | 101  | 调研次数 | 次   |      | | 青石市 | 清水镇 | 石桥村 |
        | 102  | 干部人数 | 人   |      | | 青石市 | 清水镇 | 上河村 |
    """)
    assert [labels for _, _, labels, _ in found] == [["编号", "填写项目", "计量", "数量"]]


@pytest.mark.parametrize(
    "drawing",
    ["| 甲 | 乙 | 丙 |", "| 990101196805123015 | 张建国 | 2024.3.5 |\n| 990101197008233021 | 王秀英 | 2024.3.6 |", "| 3 | 4 | 5 |\n| 6 | 7 | 8 |"],
)  # fmt: skip
def test_a_few_words_and_mere_values_are_no_header(drawing):
    assert located(drawing) == []


def test_what_is_said_of_it():
    _, findings = match("""
        | 扶持项目进度 | <    | <    |
        | 市名         | 投资 | <    |
        | ^            | 合计 | 省级 |
        | 青石市       | 3    | 4    |
    """)
    finding = said(findings, "LY04")
    assert (finding.place.cell, finding.place.row) == ("A2", 2)
    assert "表头在第2–3行，这种表目前不认得" in finding.message
    assert "“市名”、“投资/合计”、“投资/省级”" in finding.message


def test_a_blank_table_of_another_kind_is_no_prose():
    assert codes(match("| 分类 | 区（县） | 劳动力 | < |\n| ^ | ^ | 户数 | 人数 |")[1]) == ["LY04"]


def test_a_marker_far_to_the_right_does_not_count_among_the_headers():
    known, others = (
        "| 户码* | 户主姓名 | 务工 | 家庭总收入(元)* ",
        "| 年份* | 种植业 | 养殖业 | 股份 | 贷款 | 培训 | 就业 | 其他 ",
    )
    regions, findings = match(f"{known}{others}| | FYI |")
    assert [part.table for region in regions for part in region.parts] == ["household"]
    assert "LY15" in codes(findings)
