"""Sheets of every table, told apart among all of them; what many a list has makes none of them."""

import pytest
from markdown_sheet import codes, match, one, said, sheet
from test_forms import values

from bangfu_excel.core.table import Field
from bangfu_excel.domain import CODELISTS, TABLES
from bangfu_excel.headers import HeaderSettings, match_headers
from bangfu_excel.headers.lexicon import compile_lexicon

MAIN = frozenset(("household", "member", "pairing", "visit"))


def tables_of(drawing: str, name: str = "Sheet1", preferred: frozenset[str] = frozenset()) -> list[str]:
    """The tables of a sheet, read where `preferred` are waited for."""
    settings = HeaderSettings(preferred=preferred)
    regions, _ = match_headers("a.xlsx", sheet(drawing, name), tuple(TABLES.values()), settings)
    return [part.table for region in regions for part in region.parts]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_sheet_of_all_columns_of_a_table_is_that_table_whatever_is_waited_for(table):
    columns = [f for f in table.fields if f.example]
    header, row = ("| " + " | ".join(text(f) for f in columns) + " |" for text in (_label, _example))
    for preferred in (frozenset(), MAIN):
        assert tables_of(f"{header}\n{row}\n{row}", preferred=preferred)[0] == table.name


def _label(field: Field) -> str:
    return field.label


def _example(field: Field) -> str:
    return "'" + field.example


PERSONS = """
    | 姓名 | 性别 | 身份证号 | 联系电话 | 备注 |
    | 张三 | 男 | x | 1 | |
    """


def test_a_list_of_persons_is_neither_children_nor_helpers():
    assert tables_of(PERSONS) == ["household"]


@pytest.mark.parametrize(
    ("title", "table"), [("2024年留守儿童花名册", "child"), ("帮扶干部花名册", "helper"), ("志愿者名册", "helper")]
)
def test_the_title_or_the_sheet_says_whose_list_it_is(title, table):
    assert tables_of(f"| {title} | < | < | < | < |{PERSONS}") == [table]
    assert tables_of(PERSONS, name=title) == [table]


def test_units_and_places_alone_are_no_table():
    assert match("| 单位 | 电话 | 备注 |\n| 水利局 | 1 | |")[0] == ()
    assert match("| 乡镇 | 村 | 备注 |\n| 青石镇 | 柳溪村 | |")[0] == ()
    assert tables_of("| 乡镇 | 村 | 总户数 | 总人口 |\n| 青石镇 | 柳溪村 | 400 | 1200 |") == ["village"]


def test_a_table_of_many_columns_of_which_few_are_known_is_no_village():
    unknown = " | ".join(f"指标{n}" for n in range(8))
    header = f"| 村 | 总户数 | 走访时间 | 项目名称 | {unknown} |"
    assert match(f"{header}\n| 柳溪村 | 400 | 2024-03-05 | 修路 | {' | '.join('12345678')} |")[0] == ()


def test_of_two_that_fit_alike_the_one_that_is_waited_for():
    drawn = "| 单位名称 | 联系人 | 联系电话 | 村 |\n| 水利局 | 李明 | 1 | 柳溪村 |"
    assert tables_of(drawn, preferred=frozenset({"unit"})) == ["unit"]
    assert tables_of(drawn, preferred=MAIN) == ["pairing"]


def test_a_list_of_persons_is_those_who_are_waited_for():
    """Where the scheme has no households, and no other table could be meant."""
    assert tables_of(PERSONS, preferred=frozenset({"child", "visit"})) == ["child"]
    assert tables_of(PERSONS, preferred=frozenset({"child", "household"})) == ["household"]
    assert tables_of("| 乡镇 | 村 | 备注 |\n| 青石镇 | 柳溪村 | |", preferred=frozenset({"village"})) == ["village"]


def test_one_that_explains_clearly_more_is_read_though_nobody_waits_for_it():
    drawn = """
        | 姓名 | 身份证号 | 就读学校 | 年级 | 父亲姓名 | 母亲姓名 | 监护人姓名 | 帮扶责任人 | 帮扶单位 |
        | 张小雨 | x | 中心小学 | 五年级 | 张强 | 刘梅 | 张国 | 李明 | 水利局 |
        """
    assert tables_of(drawn, preferred=MAIN) == ["child", "pairing"]


def test_words_that_are_values_make_no_header_of_a_row_below():
    """五保户, 党员 and 父亲 are columns of other tables; here they are what cells hold."""
    drawn = """
        | 户编号 | 户主姓名 | 对象类别 | 政治面貌 | 称呼 | 身份 | 备注 |
        | H1 | 张三 | 低保户 | 群众 | 儿子 | 农民 | |
        | H2 | 李四 | 五保户 | 党员 | 父亲 | 儿童 | |
        | H3 | 王五 | 低保户 | 群众 | 儿子 | 农民 | |
        """
    settings = HeaderSettings(codelists=CODELISTS)
    (region,), findings = match_headers("a.xlsx", sheet(drawn), tuple(TABLES.values()), settings)
    assert len(region.data_rows) == 3
    assert "LY05" not in codes(findings)


def test_a_number_of_villages_is_no_village():
    regions, findings = match("| 帮扶单位 | 帮扶人 | 村（个） |\n| 水利局 | 李明 | 3 |")
    assert regions == ()
    assert "帮扶对象" in said(findings, "LY04").message


def test_a_form_takes_no_number_of_a_person_whom_another_table_knows():
    region = one("""
        | 帮扶对象 | 张小雨 | 帮扶教师 | 周敏 |
        | 监护人 | 张大山 | 身份证号 | '990101196805123015 |
        | 结对时间 | 2024-03-01 | 帮扶人电话 | '13900020002 |
    """)
    assert "recipient_id" not in values(region)


def test_a_name_in_a_list_of_helpers_is_not_that_of_a_helper_in_another_list():
    lexicon = compile_lexicon(tuple(TABLES.values()), CODELISTS)
    assert lexicon.names_helper("帮扶责任人2")
    assert not lexicon.names_helper("姓名")
    assert "name" not in {f.name for f in lexicon.of_helper("姓名")}
