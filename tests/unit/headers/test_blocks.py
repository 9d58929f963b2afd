"""Blocks of rows whose household stands in the first of them only (DOMAIN M12)."""

import pytest
from markdown_sheet import codes, match, one, said

BLOCK = """
| 户编号 | 村     | 户主姓名 | 姓名   | 与户主关系 | 年龄 |
| H1     | 柳溪村 | 张建国   | 张建国 | 户主       | 56   |
|        |        |          | 王秀英 | 配偶       |      |
|        |        |          | 张小明 | 之子       | 20   |
| H2     | 柳溪村 | 赵大山   | 赵大山 | 户主       | 60   |
"""


def texts(region, letter, count=4):
    return [region.sheet.cell(row, ord(letter) - 65).value for row in range(1, count + 1)]


def test_a_row_that_states_no_household_is_of_the_one_above():
    region = one(BLOCK)
    assert texts(region, "A") == ["H1", "H1", "H1", "H2"]
    assert texts(region, "B") == ["柳溪村"] * 4
    assert texts(region, "C") == ["张建国", "张建国", "张建国", "赵大山"]


def test_nothing_of_a_person_is_filled():
    region = one(BLOCK)
    assert texts(region, "F") == [56.0, None, 20.0, 60.0]


def test_it_is_said_once_with_all_rows():
    _, findings = match(BLOCK)
    note = said(findings, "LY50")
    assert (note.place.cell, note.related, note.count) == ("A3", ("A4",), 2)
    assert "第3–4行" in note.message
    assert "“户编号”、“村”、“户主姓名”" in note.message


def test_a_filled_value_stands_where_it_was_written():
    assert one(BLOCK).continued[0] == {3: 2, 4: 2}


@pytest.mark.parametrize(
    ("why", "line"),
    [
        ("a blank row", "---"),
        ("a total", "| 小计 | | | | | 76 |"),
        ("the title of a section", "| 二、上河村 | < | < | < | < | < |"),
        ("a head of whom no household is said", "| | | | 孙明亮 | 户主 | 50 |"),
        ("somebody of another village", "| | 上河村 | | 孙明亮 | 之子 | 50 |"),
    ],
)
def test_a_block_ends_at(why, line):
    region = one(f"""
        | 户编号 | 村     | 户主姓名 | 姓名   | 与户主关系 | 年龄 |
        | H1     | 柳溪村 | 张建国   | 张建国 | 户主       | 56   |
        {line}
        |        |        |          | 王秀英 | 配偶       | 54   |
    """)  # fmt: skip
    assert texts(region, "A", 3)[2] is None, why


def test_where_households_are_merged_nothing_is_filled_below_them():
    region = one("""
        | 户编号 | 姓名   | 与户主关系 |
        | H1     | 张建国 | 户主       |
        | ^      | 王秀英 | 配偶       |
        |        | 李大妈 | 之母       |
    """)  # fmt: skip
    assert texts(region, "A", 3) == ["H1", "H1", None]


def test_a_row_that_states_its_household_keeps_to_it():
    region = one("""
        | 户编号 | 户主姓名 | 姓名   | 与户主关系 |
        | H1     | 张建国   | 张建国 | 户主       |
        |        | 赵大山   | 赵小山 | 之子       |
    """)  # fmt: skip
    assert texts(region, "A", 2) == ["H1", None]


def test_the_rows_of_other_tables_are_never_filled():
    regions, findings = match("| 户编号 | 户主姓名 | 村 |\n| H1 | 张建国 | 柳溪村 |\n| | | 柳溪村 |")
    assert regions[0].sheet.cell(2, 0).value is None
    assert "LY50" not in codes(findings)


def test_a_row_that_names_nobody_is_not_filled():
    region = one("""
        | 户编号 | 姓名   | 与户主关系 | 年龄 |
        | H1     | 张建国 | 户主       | 56   |
        |        |        | 配偶       | 54   |
    """)  # fmt: skip
    assert texts(region, "A", 2) == ["H1", None]
