"""Printed sums are compared with the rows they stand for."""

from markdown_sheet import codes, match, said

HEADER = "| 村 | 户主姓名 | 家庭人口数 | 人均纯收入 |"


def findings_of(*lines: str):
    return match("\n".join((HEADER, *lines)))[1]


A, B, C = "| 甲村 | 张三 | 3 | 100 |", "| 甲村 | 李四 | 4 | 200 |", "| 乙村 | 王五 | 5 | 300 |"


def test_a_sum_that_is_right_is_no_finding():
    assert "PV29" not in codes(findings_of(A, B, C, "| 合计 | | 12 | |"))


def test_a_sum_that_is_wrong_is_said_at_its_cell():
    wrong = said(findings_of(A, B, C, "| 合计 | | 13 | |"), "PV29")
    assert (wrong.place.cell, wrong.place.field, wrong.place.value) == ("C5", "member_count", "13")
    assert wrong.message == "第5行合计的“家庭人口数”填的是“13”，按明细应为12"
    assert (wrong.severity, wrong.effect) == ("error", "none")


def test_subtotals_stand_for_the_rows_since_the_last_one():
    good = findings_of(A, B, "| 小计 | | 7 | |", C, "| 小计 | | 5 | |", "| 合计 | | 12 | |")
    assert "PV29" not in codes(good)
    wrong = said(findings_of(A, B, "| 小计 | | 12 | |", C, "| 小计 | | 5 | |", "| 合计 | | 12 | |"), "PV29")
    assert (wrong.place.cell, "应为7" in wrong.message) == ("C4", True)


def test_a_total_at_the_top_stands_for_the_rows_below():
    assert "PV29" not in codes(findings_of("| 合计 | | 12 | |", A, B, C))
    assert said(findings_of("| 合计 | | 11 | |", A, B, C), "PV29").place.cell == "C2"


def test_an_average_in_a_total_row_is_no_sum():
    assert "PV29" not in codes(findings_of(A, B, C, "| 合计 | | 12 | 200 |"))
    assert "PV29" not in codes(findings_of(A, B, C, "| 平均 | | 4 | 200 |"))


def test_a_column_with_a_value_that_cannot_be_added_is_not_judged():
    assert "PV29" not in codes(findings_of(A, "| 甲村 | 李四 | 约4 | 200 |", "| 合计 | | 9 | |"))


def test_a_total_without_a_number_is_not_judged():
    assert "PV29" not in codes(findings_of(A, B, "| 合计 | | | |"))
    assert "PV29" not in codes(findings_of(A, B, "| 合计 | | #REF! | |"))


def test_sums_with_decimals_and_units_as_text():
    header = "| 村 | 户主姓名 | 耕地面积（亩） |"
    good = "| 甲村 | 张三 | 0.1 |\n| 甲村 | 李四 | 0.2亩 |\n| 合计 | | 0.3 |"
    assert "PV29" not in codes(match(header + "\n" + good)[1])
    assert "PV29" in codes(match(header + "\n" + good.replace("| 0.3 |", "| 0.4 |"))[1])


def test_a_printed_count_of_households():
    assert "PV29" not in codes(findings_of(A, B, C, "| 合计 | 3户 | 12 | |"))
    wrong = said(findings_of(A, B, C, "| 合计 | 4户 | 12 | |"), "PV29")
    assert (wrong.place.cell, "应为3户" in wrong.message) == ("B5", True)


def test_columns_that_no_table_knows_are_summed_too():
    header = "| 村 | 户主姓名 | 家庭人口数 | 养鸡数 |"
    lines = "| 甲村 | 张三 | 3 | 10 |\n| 甲村 | 李四 | 4 | 20 |\n| 合计 | | 7 | 31 |"
    assert said(match(header + "\n" + lines)[1], "PV29").place.cell == "D4"
