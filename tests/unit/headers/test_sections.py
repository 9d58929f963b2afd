"""Rows that head those below them with a place: 一、石桥村, 三组 (DOMAIN M12)."""

import pytest
from markdown_sheet import codes, fields, match, one, rows, said

SECTIONS = """
| 青石镇帮扶对象花名册 | <      | <        | <          | <          |
| 序号                 | 户编号 | 户主姓名 | 家庭人口数 | 帮扶责任人 |
| 一、石桥村（2户）    | <      | <        | <          | <          |
| 1                    | H1     | 张建国   | 2          | 李明       |
| 三组                 |        |          |            |            |
| 2                    | H2     | 赵大山   | 2          |            |
| 小计                 |        |          | 4          |            |
| 二、柳溪村           | <      | <        | <          | <          |
| 1                    | H3     | 孙明亮   | 2          | 王芳       |
"""


def spans(region, field, part=0):
    return [(c.value, c.start, c.stop) for c in region.parts[part].constants if c.field == field]


def test_a_place_above_rows_is_the_place_of_these_rows():
    region = one(SECTIONS)
    assert rows(region) == "THNDNDSND"
    assert spans(region, "village") == [("石桥村", 3, 6), ("柳溪村", 8, 9)]
    assert spans(region, "group") == [("三组", 5, 6)]


def test_the_tables_beside_have_it_too():
    region = one(SECTIONS)
    assert spans(region, "village", 1) == spans(region, "village")
    assert spans(region, "villager_group", 1) == [("三组", 5, 6)]


def test_it_is_said_where_the_places_come_from_and_not_that_the_rows_are_left_out():
    _, findings = match(SECTIONS)
    note = said(findings, "LY51")
    assert (note.place.cell, note.related, note.count) == ("A3", ("A5", "A8"), 3)
    assert "“石桥村”、“三组”、“柳溪村”" in note.message
    assert "LY12" not in codes(findings)
    assert "“村”" not in said(findings, "LY09").message
    assert "石桥村" not in said(findings, "LY10").message


def test_villages_in_rows_of_their_own_in_their_column():
    region = one("""
        | 村     | 户编号 | 户主姓名 | 家庭人口数 |
        | 石桥村 |        |          |            |
        |        | H1     | 张建国   | 2          |
        | 柳溪村 |        |          |            |
        |        | H2     | 赵大山   | 2          |
    """)  # fmt: skip
    assert rows(region) == "HNDND"
    assert "village" not in fields(region)
    assert spans(region, "village") == [("石桥村", 2, 3), ("柳溪村", 4, 5)]


def test_a_column_that_states_villages_is_believed():
    region = one("""
        | 序号       | 户编号 | 村     | 户主姓名 |
        | 一、石桥村 |        |        |          |
        | 1          | H1     | 柳溪村 | 张建国   |
    """)  # fmt: skip
    assert not spans(region, "village")
    assert fields(region)["village"] == "C"


@pytest.mark.parametrize("text", ["低保户", "贫困村", "（二）一般户", "石镇桥村", "各村"])
def test_what_is_not_certainly_a_place_is_left_out_and_told(text):
    region, findings = match(f"| 序号 | 户编号 | 户主姓名 |\n| {text} | < | < |\n| 1 | H1 | 张建国 |")
    assert not region[0].parts[0].constants
    assert said(findings, "LY12").place.cell == "A2"


def test_a_township_heads_its_villages():
    region = one("""
        | 序号       | 户编号 | 户主姓名 |
        | 青石镇     | <      | <        |
        | 石桥村     | <      | <        |
        | 1          | H1     | 张建国   |
        | 东山乡     | <      | <        |
        | 1          | H2     | 赵大山   |
    """)  # fmt: skip
    assert spans(region, "township") == [("青石镇", 2, 4), ("东山乡", 5, 6)]
    assert spans(region, "village") == [("石桥村", 3, 4)]
