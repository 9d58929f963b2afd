"""The header is found wherever it stands and however many rows it has."""

from markdown_sheet import codes, fields, match, one, rows, said


def test_a_plain_list_starts_with_its_header():
    region = one(
        """
        | 序号 | 户编号 | 户主姓名 | 家庭人口数 |
        | 1 | YL01 | 张三 | 3 |
        | 2 | YL02 | 李四 | 4 |
        """
    )
    assert region.parts[0].table == "household"
    assert fields(region) == {"household_id": "B", "head_name": "C", "member_count": "D"}
    assert rows(region) == "HDD"
    assert region.title == ""


def test_titles_and_metadata_lines_stand_above_the_header():
    region = one(
        """
        | 附件1 | | | |
        | 青石镇2024年帮扶对象花名册 | < | < | < |
        | 填报单位（盖章）：青石镇人民政府    填报时间：2024年6月5日 | < | < | < |
        ---
        | 户编号 | 户主姓名 | 村 | 家庭人口数 |
        | YL01 | 张三 | 柳溪村 | 3 |
        """
    )
    assert rows(region) == "TTT.HD"
    assert "青石镇2024年帮扶对象花名册" in region.title
    assert region.metadata == {"填报单位": "青石镇人民政府", "填报时间": "2024年6月5日"}


def test_two_levels_merged():
    region = one(
        """
        | 序号 | 户主姓名 | 村 | 帮扶责任人 | < | < | 结对时间 |
        | ^ | ^ | ^ | 姓名 | 单位 | 联系电话 | ^ |
        | 1 | 张三 | 柳溪村 | 李明 | 县林业局 | '13900020002 | 2024.1.5 |
        """
    )
    assert rows(region) == "HHD"
    assert region.parts[0].table == "pairing"
    assert fields(region) == {
        "recipient_name": "B", "village": "C", "helper_name": "D", "helper_unit": "E", "helper_phone": "F", "started_on": "G",
    }  # fmt: skip
    assert [c.label for c in region.parts[0].columns][2:5] == [
        "帮扶责任人/姓名",
        "帮扶责任人/单位",
        "帮扶责任人/联系电话",
    ]


def test_two_levels_where_the_group_text_only_stands_in_its_first_cell():
    region = one(
        """
        | 序号 | 户主姓名 | 村 | 帮扶责任人 | | | 结对时间 |
        | | | | 姓名 | 单位 | 联系电话 | |
        | 1 | 张三 | 柳溪村 | 李明 | 县林业局 | '13900020002 | 2024.1.5 |
        """
    )
    assert rows(region) == "HHD"
    assert fields(region)["helper_phone"] == "F"
    assert fields(region)["started_on"] == "G"


def test_a_group_row_with_headings_only():
    region = one(
        """
        | | 帮扶对象 | | 帮扶责任人 | | |
        | 序号 | 姓名 | 联系电话 | 姓名 | 单位 | 联系电话 |
        | 1 | 张三 | '13900010001 | 李明 | 县林业局 | '13900020002 |
        """
    )
    assert rows(region) == "HHD"
    assert fields(region) == {
        "recipient_name": "B", "recipient_phone": "C", "helper_name": "D", "helper_unit": "E", "helper_phone": "F",
    }  # fmt: skip


def test_three_levels():
    region = one(
        """
        | 帮扶对象户基本情况表 | < | < | < | < | < |
        | 户编号 | 户主姓名 | 家庭情况 | < | < | 备注 |
        | ^ | ^ | 家庭人口数 | 收入（元） | < | ^ |
        | ^ | ^ | ^ | 工资性收入 | 转移性收入 | ^ |
        | YL01 | 张三 | 3 | 1000 | 200 | 无 |
        """
    )
    assert rows(region) == "THHHD"
    wage = next(c for c in region.parts[0].columns if c.field == "wage_income")
    assert (wage.label, wage.unit) == ("家庭情况/收入（元）/工资性收入", "元")


def test_a_row_of_data_full_of_words_is_no_header():
    region = one(
        """
        | 户主姓名 | 村 | 户类型 | 致贫原因 | 备注 |
        | 张三 | 柳溪村 | 一般脱贫户 | 因病 | 户主残疾 |
        | 李四 | 柳溪村 | 低保户 | 因学 | 无 |
        """
    )
    assert rows(region) == "HDD"


def test_header_cells_that_are_numbers_do_no_harm():
    region = one(
        """
        | 1 | 户主姓名 | 户编号 | 2024 | #REF! |
        | 1 | 张三 | YL01 | 5 | x |
        """
    )
    assert fields(region) == {"head_name": "B", "household_id": "C"}


def test_a_line_of_labels_and_values_in_cells_is_no_header():
    region = one(
        """
        | 乡镇 | 青石镇 | 村 | 柳溪村 |
        | 户编号 | 户主姓名 | 家庭人口数 | 备注 |
        | YL01 | 张三 | 3 | |
        """
    )
    assert rows(region) == "THD"
    assert {(c.field, c.value) for c in region.parts[0].constants} == {("township", "青石镇"), ("village", "柳溪村")}


def test_a_header_whose_upper_level_looks_like_label_and_value_is_a_header():
    region = one(
        """
        | 户码 | 成员基本信息 | | |
        | | 姓名 | 性别 | 与户主关系 |
        | YL01 | 张三 | 男 | 户主 |
        """
    )
    assert rows(region) == "HHD"
    assert fields(region) == {"household_id": "A", "name": "B", "gender": "C", "relation": "D"}
    assert region.parts[0].constants == ()


def test_a_repeated_header_after_a_page_break_is_a_header():
    region = one(
        """
        | 帮扶对象花名册 | < | < |
        | 户编号 | 户主姓名 | 村 |
        | YL01 | 张三 | 柳溪村 |
        ---
        | 帮扶对象花名册 | < | < |
        | 户编号 | 户主 姓名 | 村 |
        | YL02 | 李四 | 柳溪村 |
        """
    )
    assert rows(region) == "THD.THD"


def test_numbering_type_and_sample_rows_under_the_header_are_notes():
    region, findings = match(
        """
        | 户编号 | 户主姓名 | 家庭人口数 |
        | (1) | (2) | (3) |
        | 文本 | 文本 | 数字 |
        | 例：YL00 | 王某 | 5 |
        | YL01 | 张三 | 3 |
        """
    )
    assert rows(region[0]) == "HNNND"
    assert said(findings, "LY12").message.startswith("第2–4行")


def test_a_first_row_with_few_numbers_is_data():
    region = one(
        """
        | 户编号 | 户主姓名 | 家庭人口数 |
        | 1 | 张三 | 3 |
        """
    )
    assert rows(region) == "HD"


def test_two_tables_one_below_the_other_are_two_regions():
    regions, _ = match(
        """
        | 帮扶对象花名册 | < | < |
        | 户编号 | 户主姓名 | 家庭人口数 |
        | YL01 | 张三 | 3 |
        ---
        | 走访记录 | | |
        | 走访时间 | 走访人 | 户主姓名 |
        | 2024.3.5 | 李明 | 张三 |
        """
    )
    assert [r.parts[0].table for r in regions] == ["household", "visit"]
    assert [rows(r) for r in regions] == ["THD.", "THD"]
    assert [r.top for r in regions] == [0, 4]
    assert regions[1].data_rows.tolist() == [6]


def test_a_second_table_that_cannot_be_read_is_said_and_its_rows_are_kept_as_notes():
    regions, findings = match(
        """
        | 户编号 | 户主姓名 | 家庭人口数 |
        | YL01 | 张三 | 3 |
        ---
        | 走访时间 | 走访内容 | 存在问题 |
        | 2024.3.5 | 查看住房 | 无 |
        """
    )
    assert [rows(r) for r in regions] == ["HD.NN"]
    refused = said(findings, "LY04")
    assert (refused.place.row, refused.effect) == (4, "sheet")


def test_columns_beyond_an_empty_column_are_outside_and_said():
    regions, findings = match(
        """
        | 户编号 | 户主姓名 | 村 | | 致贫原因 |
        | YL01 | 张三 | 柳溪村 | | 因病 |
        | YL02 | 李四 | 柳溪村 | | 因学 |
        | | | | | 因残 |
        """
    )
    assert fields(regions[0]) == {"household_id": "A", "head_name": "B", "village": "C"}
    assert rows(regions[0]) == "HDDN"
    assert "E列“致贫原因”" in said(findings, "LY13").message


def test_a_marker_far_to_the_right_is_not_worth_a_word():
    regions, findings = match(
        """
        | 户编号 | 户主姓名 | 村 | | | FFI |
        | YL01 | 张三 | 柳溪村 | | | |
        """
    )
    assert rows(regions[0]) == "HD"
    assert "LY13" not in codes(findings)


def test_a_row_of_one_letter_texts_is_data():
    region = one("| 户编号 | 户主姓名 | 备注 |\n| 甲 | 甲 | 甲 |")
    assert rows(region) == "HD"


def test_cells_merged_over_an_empty_middle_level():
    region = one(
        """
        | 基本情况 | 基本情况 | 村 |
        | | | ^ |
        | 户编号 | 户主姓名 | ^ |
        | YL01 | 张三 | 柳溪村 |
        """
    )
    assert rows(region) == "H.HD"
    assert fields(region) == {"household_id": "A", "head_name": "B", "village": "C"}


def test_most_cells_merged_down_to_the_lowest_level():
    region = one(
        """
        | 基本情况 | 户主姓名 | 村 |
        | | ^ | ^ |
        | 户编号 | ^ | ^ |
        | YL01 | 张三 | 柳溪村 |
        """
    )
    assert rows(region) == "H.HD"
    assert fields(region) == {"household_id": "A", "head_name": "B", "village": "C"}
