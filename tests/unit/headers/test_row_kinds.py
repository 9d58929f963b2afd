"""Every row of a sheet is title, header, blank, total, note or data; what is not clearly something else is data."""

import pytest
from markdown_sheet import codes, fields, match, one, rows, said

from bangfu_excel.core.raw import Merge

HEADER = "| 序号 | 村 | 户编号 | 户主姓名 | 家庭人口数 | 备注 |"


def kinds(*lines: str) -> str:
    return rows(one("\n".join((HEADER, "| 1 | 柳溪村 | YL01 | 张三 | 3 | |", *lines))))


@pytest.mark.parametrize(
    "line",
    [
        "| 合计 | | | | 3 | |",
        "| 合_计 | | | | 3 | |",
        "| | 小计： | | | 3 | |",
        "| | | | 总 计 | 3 | |",
        "| | 柳溪村小计 | | | 3 | |",
        "| 合计 | | | 1户 | 3 | |",
        "| 平均 | | | | 3 | |",
        "| 共1户3人 | | | | | |",
        "| 累计 | | | | 3 | |",
        "| 2 | 汇总 | | | 3 | |",
    ],
)
def test_a_total_row_is_no_data_wherever_it_stands(line):
    assert kinds(line) == "HDS"
    assert kinds(line, "| 2 | 柳溪村 | YL02 | 李四 | 4 | |") == "HDSD"


@pytest.mark.parametrize(
    "line",
    [
        "| 2 | 柳溪村 | YL02 | 李四 | 4 | 合计两户同住 |",
        "| 2 | 总计村 | YL02 | 李四 | 4 | |",
        "| 2 | 柳溪村 | YL02 | 平均生 | 4 | |",
        "| 2 | 柳溪村 | | 李四 | 4 | 注：外出 |",
        "| 2 | 柳溪村 | | 李四 | 4 | 小计 |",
    ],
)
def test_a_row_that_says_who_is_data_whatever_words_it_holds(line):
    assert kinds(line) == "HDD"


@pytest.mark.parametrize(
    "line",
    [
        "| 填表人：王五 | | | 审核人：赵六 | | |",
        "| 填表人（签字）：王五 审核人： 日期：2024年6月5日 | < | < | < | < | < |",
        "| 注：1.本表每月5日前报送 | < | < | < | < | < |",
        "| 说明：以上数据截至6月底 | | | | | |",
        "| 备注 | | | | | |",
        "| 单位负责人（签名）：     复核人： | | | | | |",
        "| 填表人： | 王五 | 审核人： | 赵六 | | |",
        "| | 填表日期：2024年6月5日 | | | | |",
    ],
)
def test_a_footer_is_a_note(line):
    assert kinds(line) == "HDN"


def test_the_lines_below_a_note_that_go_on_with_it_are_notes():
    assert kinds("| 注： | | | | | |", "| 1.每户一行 | | | | | |", "| 2.不得空项 | | | | | |") == "HDNNN"


def test_a_short_line_below_a_note_may_be_data_and_is_kept():
    assert kinds("| 注： | | | | | |", "| | | | 李四 | | |") == "HDND"


def test_a_row_without_a_name_is_data_for_the_next_stage_to_judge():
    assert kinds("| 2 | 柳溪村 | | | 4 | |") == "HDD"


def test_blank_rows_and_white_space_are_blank():
    assert kinds("---", "| _ | | | _ | | |", "| 2 | 柳溪村 | YL02 | 李四 | 4 | |") == "HD..D"


def test_section_titles_merged_over_the_table_are_notes():
    region, findings = match(
        HEADER
        + "\n| 一、柳溪村 | < | < | < | < | < |\n| 1 | 柳溪村 | YL01 | 张三 | 3 | |\n| 二、石桥村 | < | < | < | < | < |"
    )
    assert rows(region[0]) == "HNDN"
    assert "第2、4行" in said(findings, "LY12").message


def test_a_sample_row_is_a_note_and_said():
    region, findings = match(HEADER + "\n| 例 | 某村 | YL00 | 王某 | 5 | |\n| 1 | 柳溪村 | YL01 | 张三 | 3 | |")
    assert rows(region[0]) == "HND"
    assert said(findings, "LY12").place.row == 2


def test_a_sheet_with_only_a_header_has_no_data_and_says_so():
    region, findings = match(HEADER)
    assert rows(region[0]) == "H"
    assert "LY15" in codes(findings)
    assert "LY15" not in codes(match(HEADER + "\n| 1 | 柳溪村 | YL01 | 张三 | 3 | |")[1])


def test_every_row_of_the_sheet_is_accounted_for():
    regions, _ = match(
        f"""
        | 帮扶对象花名册 | < | < |
        ---
        {HEADER}
        | 1 | 柳溪村 | YL01 | 张三 | 3 | |
        | 合计 | | | | 3 | |
        ---
        | 走访时间 | 走访人 | 户主姓名 | 走访内容 |
        | 2024.3.5 | 李明 | 张三 | 查看住房 |
        | 填表人：王五 |
        """
    )
    assert "".join(rows(r) for r in regions) == "T.HDS.HDN"


# --- merged cells among the data ------------------------------------------------------------------------------------


def test_merged_text_holds_for_every_row_of_the_range():
    region = one(
        """
        | 村 | 户编号 | 户主姓名 | 家庭人口数 |
        | 柳溪村 | YL01 | 张三 | 3 |
        | ^ | YL02 | 李四 | 4 |
        | 石桥村 | YL03 | 王五 | 5 |
        """
    )
    assert fields(region)["village"] == "A"
    assert [region.sheet.cell(row, 0).value for row in range(4)] == ["村", "柳溪村", "柳溪村", "石桥村"]


def test_a_merged_number_counts_in_its_first_row_and_is_said():
    region, findings = match(
        """
        | 户主姓名 | 姓名 | 与户主关系 | 年龄 |
        | 张三 | 张三 | 户主 | 50 |
        | ^ | 张小三 | 之子 | ^ |
        """
    )
    assert region[0].sheet.cell(2, 0).value == "张三"
    assert region[0].sheet.cell(2, 3).value is None
    assert said(findings, "LY14").place.cell == "D2"


def test_a_merged_number_holds_for_the_rows_of_one_record():
    region, findings = match(
        """
        | 户编号 | 户主姓名 | 家庭人口数 | 帮扶责任人 |
        | YL01 | 张三 | 4 | 李明 |
        | ^ | ^ | ^ | 王芳 |
        """
    )
    assert [region[0].sheet.cell(2, column).value for column in (0, 1, 2)] == ["YL01", "张三", 4]
    assert "LY14" not in [finding.code for finding in findings]


def test_a_blank_cell_that_is_not_merged_stays_blank():
    region = one("| 村 | 户编号 | 户主姓名 |\n| 柳溪村 | YL01 | 张三 |\n| | YL02 | 李四 |")
    assert region.sheet.cell(2, 0).value is None


def test_a_merge_over_a_total_row_does_not_fill_it():
    region = one(
        "| 村 | 户编号 | 户主姓名 | 家庭人口数 |\n| 柳溪村 | YL01 | 张三 | 3 |\n| | | 合计 | 3 |",
        merges=(Merge(1, 0, 2, 0),),
    )
    assert rows(region) == "HDS"
    assert region.sheet.cell(2, 0).value is None


def test_rows_with_a_preprinted_number_only_are_no_data():
    assert (
        kinds("| 2 | 柳溪村 | YL02 | 李四 | 4 | |", "| 3 | | | | | |", "| 4 | | | | | |", "| 合计 | | | | 7 | |")
        == "HDDNNS"
    )


@pytest.mark.parametrize("line", ["| 石桥村 | | | | | |", "| （以下为低保户） | | | | | |", "| | 石桥村 | | | | |"])
def test_a_lone_text_at_the_beginning_heads_the_rows_below(line):
    assert kinds(line, "| 2 | 柳溪村 | YL02 | 李四 | 4 | |") == "HDND"
    _, findings = match("\n".join((HEADER, "| 1 | 柳溪村 | YL01 | 张三 | 3 | |", line)))
    assert "第3行" in said(findings, "LY12").message


@pytest.mark.parametrize(
    "line", ["| | | | | 4 | |", "| | | | | | 王芳 |", "| | 柳溪村 | | | 4 | |", "| | | | 李四 | | |"]
)
def test_a_row_of_anything_else_stays_data(line):
    assert kinds(line) == "HDD"


def test_a_row_of_units_below_the_header_gives_the_columns_their_units():
    (region,), _ = match(
        """
        | 村 | 户主姓名 | 户主身份证号 | 家庭纯收入 | 耕地面积 |
        | | | | （万元） | 亩 |
        | 柳溪村 | 张三 | 990101198503070129 | 1.7 | 3 |
        """
    )
    assert rows(region) == "HHD"
    assert {c.field: c.unit for c in region.parts[0].columns if c.unit} == {"net_income": "万元", "farmland_mu": "亩"}
