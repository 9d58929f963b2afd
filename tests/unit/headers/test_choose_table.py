"""The table is the one that explains the header best and has what it needs; what fits two tables is no guess."""

from dataclasses import replace

from markdown_sheet import codes, fields, match, one, said, sheet

from bangfu_excel.domain import TABLES
from bangfu_excel.headers import match_headers

MEMBERS = "| 户编号 | 户主姓名 | 姓名 | 性别 | 身份证号码 | 与户主关系 | 健康状况 |"
HOUSEHOLDS = "| 户编号 | 户主姓名 | 身份证号码 | 家庭人口数 | 致贫原因 | 联系电话 |"
PAIRINGS = "| 帮扶单位 | 帮扶责任人 | 职务 | 联系电话 | 帮扶对象 | 身份证号 | 结对时间 |"
VISITS = "| 走访时间 | 走访人 | 户主姓名 | 村 | 走访内容 | 存在问题 |"


def table_of(header: str) -> str:
    return one(header + "\n" + header.replace("|", "|甲")).parts[0].table


def test_the_four_tables_are_told_apart():
    assert table_of(MEMBERS) == "member"
    assert table_of(HOUSEHOLDS) == "household"
    assert table_of(PAIRINGS) == "pairing"
    assert table_of(VISITS) == "visit"


def test_a_visit_log_may_call_the_visitor_helper():
    assert table_of("| 帮扶干部 | 帮扶对象 | 走访日期 | 走访内容 | 村 |") == "visit"


def test_a_pairing_list_may_call_the_start_helping_time():
    assert table_of("| 帮扶人 | 帮扶单位 | 帮扶对象 | 帮扶时间 | 村 |") == "pairing"


ROSTER_WITH_HELPERS = """
    | 户编号 | 户主姓名 | 身份证号 | 家庭人口数 | 致贫原因 | 耕地面积（亩） | 联系电话 | 帮扶责任人 | 帮扶单位 | 职务 | 联系电话 |
    | YL01 | 张三 | x | 3 | 因病 | 2 | 1 | 李明 | 林业局 | 股长 | 2 |
    """


def test_a_roster_with_helper_columns_is_two_tables():
    region = one(ROSTER_WITH_HELPERS)
    assert [part.table for part in region.parts] == ["household", "pairing"]
    assert fields(region)["phone"] == "G"
    assert "helper_name" not in fields(region)


def test_the_second_table_shares_columns_of_the_first():
    pairing = fields(one(ROSTER_WITH_HELPERS), 1)
    assert pairing == {
        "household_id": "A", "recipient_name": "B", "recipient_id": "C",
        "helper_name": "H", "helper_unit": "I", "helper_position": "J", "helper_phone": "K",
    }  # fmt: skip


def test_constants_hold_for_both_tables():
    drawing = "| 填报单位：青石镇人民政府 |\n" + ROSTER_WITH_HELPERS.strip()
    region = one(drawing)
    assert [[(c.field, c.value) for c in p.constants] for p in region.parts] == [[("township", "青石镇")]] * 2


def test_a_unit_column_alone_makes_no_pairing():
    regions, findings = match(
        "| 户编号 | 户主姓名 | 家庭人口数 | 致贫原因 | 帮扶单位 |\n| YL01 | 张三 | 3 | 因病 | 林业局 |"
    )
    assert [part.table for part in regions[0].parts] == ["household"]
    assert "帮扶单位" in said(findings, "LY08").message


def test_a_visit_log_without_visitors_is_refused_not_read_as_households():
    regions, findings = match(
        "| 走访时间 | 户主姓名 | 村 | 走访内容 | 存在问题 |\n| 2024.3.5 | 张三 | 柳溪村 | 查看住房 | 无 |"
    )
    assert regions == ()
    refused = said(findings, "LY04")
    assert (refused.severity, refused.effect, refused.place.cell) == ("error", "sheet", "A1")
    assert "最像“走访记录”，但缺少“走访人”列" in refused.message
    assert "“走访内容”" in refused.message
    assert codes(findings) == ["LY04"]


def test_a_visitor_above_the_table_is_enough():
    region = one(
        """
        | 走访人：李明 |
        | 走访时间 | 户主姓名 | 村 | 走访内容 |
        | 2024.3.5 | 张三 | 柳溪村 | 查看住房 |
        """
    )
    assert region.parts[0].table == "visit"
    assert [(c.field, c.value, c.source) for c in region.parts[0].constants] == [("visitors", "李明", "走访人")]


def test_a_misspelt_header_that_is_needed_is_suggested():
    regions, findings = match(
        "| 走访时间 | 走仿人员 | 户主姓名 | 村 | 走访内容 | 存在问题 |\n| 2024.3.5 | 李明 | 张三 | 柳溪村 | x | 无 |"
    )
    assert regions == ()
    assert "“走仿人员”是不是“走访人”" in said(findings, "LY04").suggestion


def test_two_tables_that_fit_equally_are_a_finding():
    pairing = TABLES["pairing"]
    twin = replace(pairing, name="twin", label="结对花名册")
    regions, findings = match_headers(
        "a.xlsx", sheet("| 帮扶人 | 帮扶对象 | 村 |\n| 李明 | 张三 | 柳溪村 |"), (pairing, twin)
    )
    assert regions == ()
    assert "既像“结对帮扶”，又像“结对花名册”" in said(findings, "LY05").message


def test_one_sheet_a_village_gives_one_region_each():
    for name in ("柳溪村", "石桥村"):
        region = one("| 户编号 | 户主姓名 | 家庭人口数 |\n| YL01 | 张三 | 3 |", name=name)
        assert [(c.field, c.value, c.source) for c in region.parts[0].constants] == [("village", name, "表名")]


def test_a_roster_that_only_says_name_unit_and_phone_of_the_helper():
    region = one(
        """
        | 序号 | 村名 | 姓名 | 身份证号 | 人口 | 致贫原因 | 电话 | 姓名 | 单位 | 电话 |
        | 1 | 柳溪村 | 张三 | x | 3 | 因病 | 1 | 李明 | 林业局 | 2 |
        """
    )
    assert [part.table for part in region.parts] == ["household", "pairing"]
    assert fields(region)["phone"] == "G"
    assert fields(region)["head_name"] == "C"
    assert {"helper_name": "H", "helper_unit": "I", "helper_phone": "J"}.items() <= fields(region, 1).items()


def test_one_helpers_list_of_households_is_a_roster_with_pairings():
    drawing = "| 帮扶责任人：李明    帮扶单位：县林业局 |\n" + HOUSEHOLDS + "\n| YL01 | 张三 | x | 3 | 因病 | 1 |"
    region = one(drawing)
    assert [part.table for part in region.parts] == ["household", "pairing"]
    assert {(c.field, c.value) for c in region.parts[1].constants} == {
        ("helper_name", "李明"),
        ("helper_unit", "县林业局"),
    }
    assert region.parts[0].constants == ()
    assert "帮扶责任人“李明”（帮扶责任人）" in said(match(drawing)[1], "LY10").message


def test_a_unit_above_a_list_of_households_makes_no_pairing():
    drawing = "| 帮扶单位：县林业局 |\n" + HOUSEHOLDS + "\n| YL01 | 张三 | x | 3 | 因病 | 1 |"
    assert [part.table for part in one(drawing).parts] == ["household"]


def test_headers_that_no_table_owns_are_no_table():
    regions, findings = match("| 姓名 | 时间 |\n| 张三 | 2024.6.5 |")
    assert not regions
    assert codes(findings) == ["LY04"]
