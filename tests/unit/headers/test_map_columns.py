"""Columns are fields by their exact header; weak headers only where group, neighbours or elimination decide."""

import pytest
from markdown_sheet import codes, fields, match, one, said

from bangfu_excel.domain import TABLES
from bangfu_excel.headers import shared_headers
from bangfu_excel.headers.label import read_header


@pytest.mark.parametrize(
    ("text", "key", "unit"),
    [
        ("户主姓名", "户主姓名", ""),
        (" 户 主\n姓　名 *", "户主姓名", ""),
        ("＊户主姓名（必填）", "户主姓名", ""),
        ("1.全年家庭纯收入（元）", "全年家庭纯收入", "元"),
        ("（一）家庭人口数(人)", "家庭人口数", "人"),
        ("①户主姓名：", "户主姓名", ""),
        ("A4 姓名", "姓名", ""),
        ("資金【萬元】", "资金", "万元"),
        ("住房面积（㎡）", "住房面积", "m2"),
        ("“两委”成员", "两委成员", ""),
        ("村（社区）", "村(社区)", ""),
        ("2024年收入", "2024年收入", ""),
    ],
)
def test_a_header_is_read_without_marks_numbering_and_unit(text, key, unit):
    header = read_header(text)
    assert (header.key, header.unit) == (key, unit)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_no_header_is_certain_for_two_fields(table):
    assert shared_headers(table) == {}


def test_a_shared_header_is_found():
    member = TABLES["member"]
    from dataclasses import replace

    wrong = member.with_field(replace(member["gender"], aliases=("出生日期",)))
    assert shared_headers(wrong) == {"出生日期": ("gender", "birth_date")}


def test_the_unit_in_the_header_is_remembered():
    region = one("| 户主姓名 | 村 | 家庭纯收入（万元） |\n| 张三 | 柳溪村 | 1.2 |")
    assert [(c.field, c.unit) for c in region.parts[0].columns][-1] == ("net_income", "万元")


def test_order_and_traditional_characters_do_not_matter():
    region = one("| 備註 | 家庭人口數 | 戶主姓名 | 村 |\n| 无 | 3 | 张三 | 柳溪村 |")
    assert fields(region) == {"remark": "A", "member_count": "B", "head_name": "C", "village": "D"}


def test_nothing_is_mapped_by_similarity_but_the_likely_word_is_shown():
    regions, findings = match("| 户主姓名 | 村 | 致贫源因 | 家庭人口数 |\n| 张三 | 柳溪村 | 因病 | 3 |")
    assert "cause" not in fields(regions[0])
    extra = said(findings, "LY08")
    assert "C列“致贫源因”（是不是“致贫原因”？）" in extra.message
    assert (extra.place.cell, extra.severity) == ("C1", "info")


def test_extra_columns_are_listed_once_and_columns_without_a_header_too():
    regions, findings = match("| 户主姓名 | 村 | 鞋码 | 星座 | |\n| 张三 | 柳溪村 | 42 | 处女 | 甲 |")
    extra = said(findings, "LY08")
    assert extra.count == 3
    assert extra.related == ("D1", "E1")
    assert "E列（没有表头）" in extra.message
    assert [c.label for c in regions[0].unmapped] == ["鞋码", "星座"]


def test_serial_columns_are_ignored_silently():
    regions, findings = match("| 编号 | 户主姓名 | 村 |\n| 1 | 张三 | 柳溪村 |\n| 2 | 李四 | 柳溪村 |")
    assert fields(regions[0]) == {"head_name": "B", "village": "C"}
    assert "LY08" not in codes(findings)


def test_a_number_column_that_does_not_count_rows_is_the_household_number():
    region = one("| 编号 | 户主姓名 | 村 |\n| YL01 | 张三 | 柳溪村 |\n| YL02 | 李四 | 柳溪村 |")
    assert fields(region)["household_id"] == "A"


def test_expected_columns_that_are_missing_are_named_in_one_finding():
    _, findings = match("| 户编号 | 户主姓名 |\n| YL01 | 张三 |")
    missing = said(findings, "LY09")
    assert "“家庭人口数”" in missing.message
    assert missing.place.cell == ""


def test_a_complete_header_has_no_missing_columns():
    header = [f.label for f in TABLES["pairing"].fields if f.expected]
    _, findings = match("| " + " | ".join(header) + " |\n| " + " | ".join("甲" for _ in header) + " |")
    assert "LY09" not in codes(findings)


def test_a_list_of_units_and_villages_is_asked_for_no_person():
    regions, findings = match("| 帮扶单位 | 帮扶村 | 结对时间 |\n| 县水利局 | 柳溪村 | 2024-01-10 |")
    assert fields(regions[0]) == {"helper_unit": "A", "village": "B", "started_on": "C"}
    assert "LY09" not in codes(findings)


def test_a_list_of_households_by_number_is_asked_for_their_names():
    _, findings = match("| 帮扶单位 | 户编号 | 村 | 结对时间 |\n| 县水利局 | YL01 | 柳溪村 | 2024-01-10 |")
    assert "“帮扶对象姓名”" in said(findings, "LY09").message


def test_a_problem_of_a_school_that_nobody_sees_to_is_a_problem():
    region = one("| 发现时间 | 受援学校 | 存在的问题 |\n| 2024-04-01 | 柳溪镇初级中学 | 缺美术教师 |")
    assert (region.parts[0].table, fields(region)["school"]) == ("problem", "B")


def test_a_deed_for_a_village_is_a_measure():
    region = one("| 实施时间 | 受益村 | 实事内容 |\n| 2024-04-01 | 柳溪村 | 建图书角 |")
    assert (region.parts[0].table, fields(region)["village"]) == ("measure", "B")


# --- weak headers -------------------------------------------------------------------------------------------------


def test_a_name_is_the_head_in_a_list_of_households():
    region = one("| 姓名 | 村 | 家庭人口数 | 致贫原因 |\n| 张三 | 柳溪村 | 3 | 因病 |")
    assert (region.parts[0].table, fields(region)["head_name"]) == ("household", "A")


def test_a_name_is_the_person_in_a_list_of_members():
    region = one("| 户主姓名 | 姓名 | 与户主关系 | 身份证号 |\n| 张三 | 张小三 | 之子 | x |")
    assert region.parts[0].table == "member"
    assert fields(region) == {"head_name": "A", "name": "B", "relation": "C", "id_number": "D"}


def test_phones_belong_to_the_name_before_them():
    region = one(
        "| 帮扶责任人 | 单位 | 联系电话 | 帮扶对象 | 村 | 联系电话 | 结对时间 |\n| 李明 | 林业局 | 1 | 张三 | 柳溪村 | 2 | 2024.1 |"
    )
    assert region.parts[0].table == "pairing"
    assert fields(region) == {
        "helper_name": "A", "helper_unit": "B", "helper_phone": "C",
        "recipient_name": "D", "village": "E", "recipient_phone": "F", "started_on": "G",
    }  # fmt: skip


def test_two_names_are_told_apart_by_their_neighbours():
    region = one(
        "| 单位 | 姓名 | 职务 | 姓名 | 户编号 | 结对时间 | 结对方式 |\n| 林业局 | 李明 | 股长 | 张三 | YL01 | 2024.1 | 一对一 |"
    )
    assert fields(region)["helper_name"] == "B"
    assert fields(region)["recipient_name"] == "D"


def test_two_equal_headers_side_by_side_cannot_be_told_apart():
    regions, findings = match(
        "| 帮扶责任人 | 帮扶对象 | 村 | 结对时间 | 联系电话 | 联系电话 |\n| 李明 | 张三 | 柳溪村 | 2024.1 | 1 | 2 |"
    )
    assert not {"helper_phone", "recipient_phone"} & set(fields(regions[0]))
    ambiguous = [f for f in findings if f.code == "LY06"]
    assert [f.place.cell for f in ambiguous] == ["E1", "F1"]
    assert "还是" in ambiguous[0].message
    assert ambiguous[0].severity == "warning"


def test_the_group_heading_decides():
    region = one(
        """
        | 户编号 | 户主 | < | 家庭人口数 | 帮扶责任人 | < |
        | ^ | 姓名 | 身份证号 | ^ | 姓名 | 联系电话 |
        | YL01 | 张三 | x | 3 | 李明 | '139 |
        """
    )
    assert fields(region)["head_name"] == "B"
    assert fields(region)["head_id"] == "C"


def test_an_identity_number_under_the_head_is_not_the_members():
    region = one(
        """
        | 户主 | < | 家庭成员 | < | < | < |
        | 姓名 | 身份证号 | 姓名 | 身份证号 | 与户主关系 | 性别 |
        | 张三 | x | 张小三 | y | 之子 | 男 |
        """
    )
    assert region.parts[0].table == "member"
    assert fields(region)["id_number"] == "D"
    assert fields(region)["head_name"] == "A"
    assert fields(region)["name"] == "C"


def test_a_remark_in_brackets_works_like_a_group():
    region = one("| 姓名（户主） | 村 | 家庭人口数 | 姓名（帮扶人） | 单位 |\n| 张三 | 柳溪村 | 3 | 李明 | 林业局 |")
    assert fields(region)["head_name" if region.parts[0].table == "household" else "recipient_name"] == "A"


def test_a_certain_header_wins_over_a_weak_one():
    regions, findings = match("| 户主姓名 | 姓名 | 村 | 家庭人口数 | 致贫原因 |\n| 张三 | 张三 | 柳溪村 | 3 | 因病 |")
    assert fields(regions[0])["head_name"] == "A"
    assert "LY07" not in codes(findings)
    assert "姓名" in said(findings, "LY08").message


def test_two_certain_columns_for_one_field_are_a_finding_and_none_is_used():
    regions, findings = match("| 户编号 | 户主姓名 | 户名 | 村 |\n| YL01 | 张三 | 李四 | 柳溪村 |")
    assert "head_name" not in fields(regions[0])
    twice = said(findings, "LY07")
    assert (twice.place.cell, twice.related, twice.count) == ("B1", ("C1",), 2)


def test_two_columns_that_say_the_same_are_one():
    regions, findings = match("| 户编号 | 户主姓名 | 户名 | 村 |\n| YL01 | 张三 | 张三 | 柳溪村 |")
    assert fields(regions[0])["head_name"] == "B"
    assert "LY07" not in codes(findings)


def test_each_of_counted_helpers_is_a_pairing_of_its_own():
    regions, findings = match(
        """
        | 户主姓名 | 户主身份证号       | 家庭人口 | 帮扶责任人1 | 联系电话1   | 帮扶责任人2 | 联系电话2   |
        | 赵大山   | 990101196805123015 | 2        | 李明        | 13900020002 | 王芳        | 13900020003 |
        """
    )
    pairings = [{c.field: c.index for c in part.columns} for part in regions[0].parts[1:]]
    assert [(p["recipient_name"], p["helper_name"], p["helper_phone"]) for p in pairings] == [(0, 3, 4), (0, 5, 6)]
    assert "LY16" not in codes(findings)


def test_a_second_helper_without_a_first_is_told():
    _, findings = match("| 户主姓名 | 户主身份证号 | 第二责任人 |\n| 赵大山 | 990101196805123015 | 王芳 |")
    assert said(findings, "LY16").place.cell == "C1"


def test_two_columns_of_helpers_alike_are_told_aloud():
    _, findings = match(
        "| 户主姓名 | 户主身份证号 | 帮扶责任人 | 帮扶责任人 |\n| 赵大山 | 990101196805123015 | 李明 | 王芳 |"
    )
    assert said(findings, "LY16").related == ("D1",)


def test_a_helper_with_telephone_is_a_helper():
    (region,), _ = match("| 户主姓名 | 帮扶干部及联系电话 | 村 |\n| 赵大山 | 李明13900020002 | 石桥村 |")
    assert fields(region)["helper_name"] == "B"


def test_what_a_form_says_above_its_table_is_not_passed_over_in_silence():
    """One line more than who and where makes no record of its own, but is named."""
    _, findings = match(
        """
        | 户主姓名 | 赵大山 | 身份证号 | '990101196805123015 |
        | 村 | 石桥村 | 致贫原因 | 因病                |
        ---
        | 姓名   | 性别 | 与户主关系 | 年龄 |
        | 周桂花 | 女   | 配偶       | 54   |
        """
    )
    assert "“身份证号”、“致贫原因”" in said(findings, "LY17").message
