import datetime as dt

import openpyxl
import pytest

from bangfu_excel.core.codelist import CodeEntry, CodeList
from bangfu_excel.core.kinds import CODE, CODES, DATE, IDENTITY, INTEGER, MONEY, PERSON, YES_NO
from bangfu_excel.core.table import Field, Table
from bangfu_excel.write.templates_book import BLANK_ROWS, write_template

LONG = tuple(f"致贫原因第{number}种情形" for number in range(60))
TABLE = Table(
    "household",
    "帮扶对象户",
    (
        Field("head_name", "户主姓名", PERSON, expected=True, help="填写户主姓名。", example="张建国"),
        Field("head_id", "户主证件号码", IDENTITY, help="填写18位号码。"),
        Field("member_count", "家庭人口数", INTEGER, unit="人", low=1, high=30, help="只填数字。"),
        Field("net_income", "家庭纯收入", MONEY, unit="元", low=0, high=100_000),
        Field("gender", "性别", CODE, codelist="gender"),
        Field("cause", "致贫原因", CODES, codelist="cause"),
        Field("is_lead", "是否牵头", YES_NO),
        Field("identified_on", "识别时间", DATE),
    ),
    keys=(("head_id",), ("head_name",)),
    needs=(("head_name", "head_id"),),
)
CODELISTS = {
    "gender": CodeList("gender", "性别", (CodeEntry("男"), CodeEntry("女"))),
    "cause": CodeList("cause", "致贫原因", tuple(CodeEntry(label) for label in LONG)),
}


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "空白表.xlsx"
    write_template([TABLE], CODELISTS, path, scheme_title="结对帮扶", as_of=dt.date(2024, 6, 30))
    return openpyxl.load_workbook(path)


@pytest.fixture
def rules(book):
    sheet = book["帮扶对象户"]
    by_range = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    last = 3 + BLANK_ROWS
    return {cell.value: by_range.get(f"{cell.column_letter}4:{cell.column_letter}{last}") for cell in sheet[3]}


def test_the_header_says_label_unit_and_what_is_needed(book):
    sheet = book["帮扶对象户"]
    assert [cell.value for cell in sheet[3]] == [
        "*户主姓名", "户主证件号码", "家庭人口数", "家庭纯收入（元）", "性别", "致贫原因", "是否牵头", "识别时间",
    ]  # fmt: skip
    assert sheet["A1"].value == "帮扶对象户报送表"
    assert [cell.value for cell in sheet[2] if cell.value] == ["填报单位：", "填报时间：", "填表人："]


def test_the_rows_are_empty_and_ready(book):
    sheet = book["帮扶对象户"]
    assert {cell.value for row in sheet.iter_rows(min_row=4) for cell in row} == {None}
    assert sheet.max_row == 3 + BLANK_ROWS
    assert [cell.number_format for cell in sheet[4]] == ["@", "@", "0", "#,##0.00", "@", "@", "@", "yyyy-mm-dd"]
    assert sheet.freeze_panes == "A4"


def test_short_lists_drop_down_and_refuse_what_is_not_in_them(rules):
    assert (rules["性别"].formula1, rules["性别"].errorStyle) == ('"男,女"', None)
    assert rules["是否牵头"].formula1 == '"是,否"'


def test_long_lists_drop_down_from_a_hidden_sheet_and_allow_several(book, rules):
    assert (rules["致贫原因"].formula1, rules["致贫原因"].errorStyle) == ("list_cause", "information")
    area = book.defined_names["list_cause"].attr_text
    assert area == "'下拉选项'!$A$1:$A$60"
    assert book["下拉选项"].sheet_state == "hidden"
    assert [row[0].value for row in book["下拉选项"]["A1:A60"]] == list(LONG)


def test_numbers_are_checked_while_typed(rules):
    count, income = rules["家庭人口数"], rules["家庭纯收入（元）"]
    assert (count.type, count.formula1, count.formula2) == ("whole", "1", "30")
    assert count.error == "“家庭人口数”请填1至30的整数，单位是人"
    assert (income.type, income.formula2) == ("decimal", "100000")


def test_help_stands_at_the_header_and_while_typing(book, rules):
    comment = book["帮扶对象户"]["A3"].comment
    assert comment.text == "户主姓名\n填写户主姓名。\n例如：张建国"
    assert rules["*户主姓名"].prompt == "填写户主姓名。"


def test_the_guide_lists_every_field(book):
    guide = book["填表说明"]
    lines = [[cell.value for cell in row] for row in guide.iter_rows(min_row=4)]
    assert lines[0] == ["帮扶对象户", "户主姓名", "是", "填写户主姓名。", None, "张建国"]
    assert lines[4][4] == "男、女"
    assert len(lines) == len(TABLE.fields)
