"""Sheets that are no table are skipped with a word; tables that nobody can read are an error that helps."""

from markdown_sheet import codes, match, said


def test_an_empty_sheet():
    regions, findings = match("")
    assert (regions, codes(findings)) == ((), ["LY01"])
    assert codes(match("| _ | |\n| | |")[1]) == ["LY01"]


def test_instructions():
    regions, findings = match(
        """
        | 填表说明 |
        | 1.户主姓名：与身份证一致。 |
        | 2.家庭人口数：按户籍填写。 |
        | 3.每月5日前报送县乡村振兴局。 |
        """,
        name="填表说明",
    )
    assert (regions, codes(findings)) == ((), ["LY02"])


def test_instructions_as_a_list_of_columns():
    _, findings = match(
        """
        | 列名 | 是否必填 | 怎样填 |
        | 户主姓名 | 必填 | 与身份证一致 |
        | 家庭人口数 | 必填 | 按户籍填写 |
        | 联系电话 | 选填 | 11位 |
        """,
        name="填写说明",
    )
    assert codes(findings) == ["LY02"]


def test_a_list_of_choices_with_and_without_header():
    lists = """
        | 因病 | 健康 | 文盲 |
        | 因残 | 患病 | 小学 |
        | 因学 | 残疾 | 初中 |
        | 因灾 | | 高中 |
        """
    assert codes(match(lists, name="Sheet2")[1]) == ["LY03"]
    assert codes(match("| 致贫原因 | 健康状况 | 文化程度 |" + lists, name="Sheet2")[1]) == ["LY03"]


def test_a_table_of_something_else_is_an_error_with_what_was_found():
    regions, findings = match(
        """
        | 药品名称 | 生产厂家 | 库存 | 批号 |
        | 板蓝根 | 甲公司 | 10 | 5 |
        | 甘草片 | 乙公司 | 20 | 5 |
        | 创可贴 | 丙公司 | 30 | 5 |
        """
    )
    assert regions == ()
    refused = said(findings, "LY04")
    assert refused.effect == "sheet"
    assert "“药品名称”" in refused.message
    assert "帮扶对象户" in refused.message


def test_a_list_without_a_header_is_an_error():
    _, findings = match("| 1 | 张三 | 柳溪村 | 3 |\n| 2 | 李四 | 柳溪村 | 4 |\n| 3 | 王五 | 柳溪村 | 4 |")
    assert codes(findings) == ["LY04"]


def test_a_short_roster_is_no_list_of_choices():
    regions, findings = match("| 户主姓名 | 村 | 致贫原因 |\n| 张三 | 柳溪村 | 因病 |\n| 李四 | 石桥村 | 因学 |")
    assert len(regions) == 1
    assert "LY03" not in codes(findings)


def test_a_card_with_labels_beside_values_is_a_form_not_instructions():
    regions, findings = match(
        "| 帮扶卡 |\n| 户主姓名 | 张三 |\n| 家庭人口数 | 3 |\n| 致贫原因 | 因病 |\n| 联系电话 | '139 |", "Sheet2"
    )
    assert [region.parts[0].table for region in regions] == ["household"]
    assert "LY02" not in codes(findings)


def test_a_card_that_names_nobody_is_an_error_not_instructions():
    regions, findings = match("| 帮扶卡 |\n| 家庭人口数 | 3 |\n| 致贫原因 | 因病 |\n| 联系电话 | '139 |", "Sheet2")
    assert regions == ()
    assert "“致贫原因”" in said(findings, "LY04").message


def test_a_csv_file_has_no_sheet_name_to_speak_of():
    assert said(match("| 说明文字 |", name="")[1], "LY02").message == "这份表是说明文字，不是表格，已跳过"


def test_what_is_not_established_is_named_where_it_would_have_been_enough():
    _, findings = match("| 户主姓名 | 户名 | 村 | 致贫原因 |\n| 张三 | 李四 | 柳溪村 | 因病 |")
    assert "A列“户主姓名”、B列“户名”都是“户主姓名”" in said(findings, "LY04").message
