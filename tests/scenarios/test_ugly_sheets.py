"""Sheets as they come in, which nobody designed for: what is read of them, and what is said."""

from pathlib import Path

import pytest
import xlsxwriter
from small_inbox import submit, told

import bangfu_excel as bf

HOUSEHOLDS = """
| 户编号 | 村     | 户主姓名 | 户主身份证号       | 家庭人口 |
| QS001  | 石桥村 | 赵大山   | 990101196805123015 | 2        |
| QS002  | 柳溪村 | 孙玉兰   | 99010119551120224X | 1        |
"""


@pytest.mark.parametrize("written", ["QS001、QS002", "QS001/QS002", "QS001，QS002", "QS001和QS002", "QS001 QS002"])
def test_a_visit_names_several_households_however_their_numbers_are_parted(written):
    rows, findings = submit(
        户=HOUSEHOLDS,
        访=f"| 户编号 | 走访人 | 走访时间 | 走访内容 |\n| {written} | 李明 | 2024-06-05 | 讲解医保缴费办法 |",
    )
    assert rows["visit"]["_recipient"].tolist() == ["QS001", "QS002"]
    assert not told(findings, "LK01", "NV37")


def test_a_household_has_one_number():
    _, findings = submit(户="| 户编号 | 户主姓名 | 家庭人口 |\n| QS001/QS002 | 赵大山 | 2 |")
    assert told(findings, "NV37") == [("NV37", "户", "A2")]


def test_a_row_that_says_nobody_is_told_once_and_not_for_each_blank_cell():
    _, findings = submit(户="| 村 | 户主姓名 | 户主身份证号 | 家庭人口 | 电话 |\n| 石桥村 | | | | 13900010001 |")
    assert told(findings, "RQ01", "ID01", "EC13") == [("RQ01", "户", "C2")]


def test_one_group_in_two_spellings_is_one_household_told_as_a_repetition():
    _, findings = submit(
        户="| 乡镇 | 村 | 组 | 户主姓名 | 家庭人口 |\n| 青石镇 | 石桥村 | 三组 | 赵大山 | 2 |\n| 青石镇 | 石桥村 | 3组 | 赵 大 山 | 2 |"
    )
    assert told(findings, "MG01", "MG03") == [("MG01", "户", "A3")]


def test_the_gender_between_head_and_helper_is_the_heads():
    rows, _ = submit(
        对="| 户主姓名 | 性别 | 帮扶责任人 | 单位 | 电话 |\n| 周桂花 | 女 | 李明 | 县农业农村局 | 13900020002 |"
    )
    pairing = rows["pairing"].iloc[0]
    assert (pairing["recipient_gender"], pairing["helper_phone"]) == ("女", "13900020002")


def test_a_second_telephone_does_not_make_another_helper():
    rows, findings = submit(
        对="""
        | 户主姓名 | 帮扶责任人 | 帮扶单位 | 帮扶人电话               |
        | 赵大山   | 李明       | 水利局   | 139 0002 0002            |
        | 钱守田   | 李明       | 水利局   | 0571-88881234/13900020002 |
        """
    )
    assert set(rows["pairing"]["_helper"]) == {"李明|13900020002"}
    assert not told(findings, "PV33")


def test_a_list_of_pairings_below_a_roster_with_helpers_is_told_at_its_own_rows():
    _, findings = submit(
        户="""
        | 乡镇   | 村     | 户主姓名 | 户主身份证号       | 家庭人口 | 帮扶责任人 |
        | 青石镇 | 石桥村 | 赵大山   | 990101196805123015 | 2        | 李明       |
        | 青石镇 | 柳溪村 | 赵大山   | 990101197203081131 | 2        | 李明       |
        | 青石镇 | 石桥村 | 钱守田   | 99010119551120224X | 2        | 李明       |
        """,
        对="""
        | 户主姓名 | 帮扶责任人 | 帮扶单位 | 结对时间   |
        | 钱守田   | 王芳       | 水利局   | 2024-01-05 |
        | 赵大山   | 王芳       | 水利局   | 2024-01-05 |
        """,
    )
    assert told(findings, "LK02", "HH14") == [("LK02", "对", "A3")]
    assert "赵大山" in next(f.message for f in findings if f.code == "LK02")


def test_a_column_that_every_sheet_lacks_is_told_once_with_the_other_sheets(tmp_path: Path):
    with xlsxwriter.Workbook(str(tmp_path / "各村.xlsx")) as book:
        for number in range(6):
            sheet = book.add_worksheet(f"{number}村")
            sheet.write_row(0, 0, ["村", "户主姓名", "家庭人口数"])
            sheet.write_row(1, 0, [f"柳{number}村", "赵大山", 3])
    (told,) = (f for f in bf.check(tmp_path, as_of="2024-06-30").findings if f.code == "LY09")
    assert told.place.sheet == "0村"
    assert told.related == tuple(f"{number}村!A1" for number in range(1, 6))
    assert told.message.endswith("（共6张工作表都是这样）")
