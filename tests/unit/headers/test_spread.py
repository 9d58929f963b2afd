"""Columns that are values of one field: which they are, which are not, and what a row of them becomes."""

import pytest
from markdown_sheet import codes, rows, sheet

from bangfu_excel.domain import CODELISTS, TABLES
from bangfu_excel.headers import HeaderSettings, match_headers


def match(drawing, name="表"):
    settings = HeaderSettings(codelists=CODELISTS)
    return match_headers("甲.xlsx", sheet(drawing, name), tuple(TABLES.values()), settings)


def read(drawing, name="表"):
    """Of each part of the one region: sheet row (Excel's) → {field: text that is read}, and the cell of the last field."""
    (region,), _ = match(drawing, name)
    wide = region.width
    return [
        {
            row + 1: {c.field: region.sheet.cell(row, c.index).value for c in part.columns if c.index >= wide}
            for row in region.data_rows.tolist()
        }
        for part in region.parts
    ]


CASH = """
    | 日期       | 摘要 | 收入(元) | 支出(元) | 结余(元) |
    | 2024-01-05 | 捐款 | 500      |          | 500      |
    | 2024-01-06 | 购米 | 20       | 300      | 220      |
    """


def test_the_first_filled_cell_of_a_row_is_its_record_and_further_ones_follow():
    assert read(CASH) == [
        {2: {"direction": "收入", "amount": 500.0}, 3: {"direction": "收入", "amount": 20.0}},
        {2: {"direction": None, "amount": None}, 3: {"direction": "支出", "amount": 300.0}},
    ]


def test_the_columns_of_the_sheet_stay_as_they_are_and_the_balance_belongs_to_nobody():
    (region,), findings = match(CASH)
    assert region.width == 5
    assert [c.field for c in region.parts[0].columns if c.index < 5] == ["moved_on", "item"]
    assert [part.again for part in region.parts] == [False, True]
    assert "LY08" not in codes(findings)


def test_a_line_that_carries_over_is_a_sum_and_no_record():
    (region,), _ = match(CASH.replace("| 2024-01-05 | 捐款 ", "| 2024-01-01 | 上年结转 "))
    assert rows(region) == "HSD"


@pytest.mark.parametrize("words", ["期初余额", "上月结余", "承前页", "年初结存", "上年度结转"])
def test_what_was_left_before_has_many_names(words):
    (region,), _ = match(CASH.replace("捐款", words))
    assert rows(region) == "HSD"


@pytest.mark.parametrize(
    "header",
    [
        "| 时间 | 项目名称 | 收入(万元) | 支出(元) |",  # two units: nothing is taken for the other
        "| 时间 | 项目名称 | 收入 | 备注 |",  # one value alone is no choice
        "| 时间 | 项目名称 | 收入 | 收入金额 |",  # twice the same
    ],
)
def test_columns_that_are_not_the_values_of_one_field(header):
    regions, findings = match(f"{header}\n| 2024-01-05 | 捐款 | 500 | 300 |")
    assert regions == ()
    assert "LY04" in codes(findings)


def test_prose_under_a_kind_of_paper_is_no_tick():
    drawing = """
        | 序号 | 单位 | 标题 | 材料种类 | 方案 | 总结 |
        | 1 | 县教育局 | 帮扶材料 | 其他 | 成立领导小组，分组包户 | 全年走访二百户，办实事三十件 |
        """
    (region,), findings = match(drawing)
    assert len(region.parts) == 1
    assert "LY08" in codes(findings)


def test_a_column_for_the_sum_is_no_thing_that_was_given():
    drawing = """
        | 日期 | 项目 | 金额(元) | 受赠人 | 签字 |
        | 2024-01-05 | 助学 | 500 | 张建国 | 张建国 |
        """
    (region,), _ = match(drawing, "物资发放")
    assert "amount" in {c.field for c in region.parts[0].columns if c.index < 5}
