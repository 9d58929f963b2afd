"""A form filled: every value where its placeholder stood, everything else as it was drawn."""

import datetime as dt

import pytest
from form_books import card, day, drawn, filled, form_of, texts
from openpyxl.styles import Alignment, Font, PatternFill

from bangfu_excel.write.archive import finish
from bangfu_excel.write.forms import form_jobs

DAY = dt.date(2024, 6, 30)
MEMBERS = [{"own.name": "张三", "own.relation": "户主"}, {"own.name": "李四", "own.relation": "配偶"}]


def test_a_sheet_for_each_card_with_text_and_values_in_one_cell(tmp_path):
    path = drawn(
        tmp_path / "卡.xlsx", {"A1": "户主：{{户主姓名}}（{{member_count}}人）", "A2": "电话", "B2": "{{户联系电话}}"}
    )
    book = filled(path, [card("张三", own__head_name="张三", own__member_count=3), card("李四", own__head_name="李四")])
    assert book.sheetnames == ["张三", "李四"]
    assert texts(book["张三"]) == [["户主：张三（3人）", ""], ["电话", ""]]
    assert texts(book["李四"])[0] == ["户主：李四（人）", ""]


def test_namesakes_get_sheets_of_their_own(tmp_path):
    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}"})
    book = filled(path, [card("张三", own__head_name="张三"), card("张三", own__head_name="张三")])
    assert book.sheetnames == ["张三", "张三(2)"]


def test_what_no_sheet_can_be_called_is_called_like_it(tmp_path):
    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}"})
    long = "县农业农村局/县乡村振兴局[驻村工作队]和县人民医院联合党支部第一党小组"
    book = filled(path, [card(long), card(long), card("")])
    first, second, third = book.sheetnames
    assert (first, third) == ("县农业农村局_县乡村振兴局_驻村工作队_和县人民医院联合党支部", "表")
    assert second == "县农业农村局_县乡村振兴局_驻村工作队_和县人民医院联合(2)"
    assert len(first) == 31


@pytest.mark.parametrize(("per_page", "counts"), [(0, [200, 200, 1]), (2, [400, 1])])
def test_many_cards_go_into_several_workbooks(tmp_path, per_page, counts):
    settings = (("表", "帮扶对象户"), *((("每页张数", per_page),) if per_page else ()))
    form = form_of(drawn(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}"}, settings=settings))
    jobs = form_jobs(form, [card(f"户{number}") for number in range(401)], tmp_path / "卡_清水镇.xlsx", DAY)
    assert [len(job.cards) for job in jobs] == counts
    assert [job.path.name for job in jobs] == [f"卡_清水镇_{number}.xlsx" for number in range(1, len(counts) + 1)]


def test_a_row_that_repeats_over_nothing_stands_once_blank(tmp_path):
    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{家庭成员.姓名}}", "B1": "{{序号}}", "A2": "共{{家庭成员.数}}人"})
    assert texts(filled(path, [card()]).active) == [["", ""], ["共0人", ""]]


def test_a_cell_that_is_only_a_value_keeps_its_number_format(tmp_path):
    def formats(book):
        book["卡"]["A1"].number_format = "yyyy-mm-dd"
        book["卡"]["A2"].number_format = "#,##0.00"
        book["卡"]["A4"].number_format = "@"

    places = {
        "A1": "{{识别时间}}",
        "A2": "{{家庭纯收入}}",
        "A3": "{{识别时间}}",
        "A4": "{{家庭人口数}}",
        "A5": "{{识别时间|yyyy.mm}}",
    }
    values = {"own__identified_on": day("2024-03-05"), "own__net_income": 1200.5, "own__member_count": 3}
    sheet = filled(drawn(tmp_path / "卡.xlsx", places, change=formats), [card(**values)]).active
    assert [cell.value for (cell,) in sheet["A1:A5"]] == [
        dt.datetime(2024, 3, 5),
        1200.5,
        "2024年3月5日",
        "3",
        "2024.03",
    ]
    assert [cell.number_format for (cell,) in sheet["A1:A2"]] == ["yyyy-mm-dd", "#,##0.00"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@cmd", "'x", "a<b>&c"])
def test_what_looks_like_a_formula_stays_text(tmp_path, text):
    sheet = filled(drawn(tmp_path / "卡.xlsx", {"A1": "{{备注}}"}), [card(own__remark=text)]).active
    assert (sheet["A1"].value, sheet["A1"].data_type) == (text, "s")


def test_a_row_repeats_for_every_member_and_what_is_below_moves_down(tmp_path):
    places = {
        "A1": "成员",
        "A2": "{{序号}}",
        "B2": "{{家庭成员.姓名}}",
        "C2": "{{member.relation}}",
        "A3": "共{{家庭成员.数}}人",
    }
    book = filled(drawn(tmp_path / "卡.xlsx", places), [card(many={"member": MEMBERS})])
    assert texts(book.active) == [["成员", "", ""], ["1", "张三", "户主"], ["2", "李四", "配偶"], ["共2人", "", ""]]


def test_blank_lines_are_kept_where_the_form_wants_at_least_so_many(tmp_path):
    places = {"A1": "{{序号}}{{至少3行}}", "B1": "{{家庭成员.姓名}}", "A2": "完毕"}
    book = filled(drawn(tmp_path / "卡.xlsx", places), [card(many={"member": MEMBERS})])
    assert texts(book.active) == [["1", "张三"], ["2", "李四"], ["", ""], ["完毕", ""]]


def test_merges_heights_and_formulas_go_with_their_rows(tmp_path):
    def shaped(book):
        sheet = book["卡"]
        sheet.merge_cells("A1:A2")  # a label beside heading and repeated row
        sheet.merge_cells("B2:C2")
        sheet.merge_cells("A4:C4")
        sheet.row_dimensions[2].height, sheet.row_dimensions[4].height = 21, 33
        sheet["D2"] = "=LEN(B2)"

    places = {"A1": "成员", "B1": "姓名", "B2": "{{家庭成员.姓名}}", "D3": "=SUM(D2:D2)", "A4": "说明"}
    sheet = filled(drawn(tmp_path / "卡.xlsx", places, change=shaped), [card(many={"member": MEMBERS})]).active
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:A3", "A5:C5", "B2:C2", "B3:C3"]
    assert [sheet.row_dimensions[row].height for row in (2, 3, 5)] == [21, 21, 33]
    assert [sheet[place].value for place in ("D2", "D3", "D4")] == ["=LEN(B2)", "=LEN(B3)", "=SUM(D2:D3)"]


@pytest.mark.parametrize(
    ("phone", "expected"), [("13900000000", ["甲", "电话：13900000000", "乙"]), (None, ["甲", "乙"])]
)
def test_rows_between_the_marks_stand_only_where_there_is_a_value(tmp_path, phone, expected):
    places = {"A1": "甲", "A2": "{{如有 户联系电话}}", "A3": "电话：{{户联系电话}}", "A4": "{{完}}", "A5": "乙"}
    book = filled(drawn(tmp_path / "卡.xlsx", places), [card(own__phone=phone)])
    assert [row[0] for row in texts(book.active)] == expected


def test_a_part_of_a_cell_stands_only_where_there_is_a_value(tmp_path):
    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}{{如有 户联系电话}}（电话{{户联系电话}}）{{完}}"})
    book = filled(path, [card("甲", own__head_name="甲", own__phone="1"), card("乙", own__head_name="乙")])
    assert (book["甲"]["A1"].value, book["乙"]["A1"].value) == ("甲（电话1）", "乙")


def test_cards_stand_one_below_the_other_with_a_page_break_after_as_many_as_fit(tmp_path):
    def shaped(book):
        book["卡"].merge_cells("A1:B1")
        book["卡"].print_area = "A1:B2"

    path = drawn(
        tmp_path / "卡.xlsx",
        {"A1": "{{户主姓名}}", "A2": "完"},
        settings=(("表", "household"), ("每页张数", 2)),
        change=shaped,
    )
    book = filled(path, [card(own__head_name=name) for name in "甲乙丙丁戊"])
    (sheet,) = book
    assert [row[0] for row in texts(sheet)] == ["甲", "完", "乙", "完", "丙", "完", "丁", "完", "戊", "完"]
    assert [mark.id for mark in sheet.row_breaks.brk] == [4, 8]
    assert len(sheet.merged_cells.ranges) == 5
    assert sheet.print_area == "'卡'!$A$1:$B$10"


def test_looks_of_cells_stay(tmp_path):
    def painted(book):
        book["卡"]["A1"].font = Font(name="黑体", size=16, bold=True)
        book["卡"]["A1"].fill = PatternFill("solid", fgColor="FFFFFF00")
        book["卡"].column_dimensions["A"].width = 33
        book["卡"].oddHeader.center.text = "{{县名}}&P"

    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}"}, change=painted)
    sheet = filled(path, [card(own__head_name="甲", common__county="云岭&县")]).active
    assert (sheet["A1"].font.name, sheet["A1"].font.sz, sheet["A1"].fill.fgColor.rgb) == ("黑体", 16, "FFFFFF00")
    assert sheet.column_dimensions["A"].width == 33
    assert sheet.oddHeader.center.text == "云岭&&县&P"


def test_the_same_cards_give_the_same_bytes(tmp_path):
    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{户主姓名}}"})
    for name in ("一.xlsx", "二.xlsx"):
        filled(path, [card(own__head_name="甲")], tmp_path / name)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()
    finish(tmp_path / "一.xlsx", tmp_path / "三.xlsx", dt.date(2024, 6, 30))
    assert len((tmp_path / "三.xlsx").read_bytes()) == len((tmp_path / "一.xlsx").read_bytes())


def test_long_text_makes_its_row_higher(tmp_path):
    def wrapped(book):
        book["卡"]["A1"].alignment = Alignment(wrap_text=True)
        book["卡"].row_dimensions[1].height = 20
        book["卡"].column_dimensions["A"].width = 20

    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{备注}}"}, change=wrapped)
    book = filled(path, [card("短", own__remark="好"), card("长", own__remark="每天看望，" * 20)])
    assert book["短"].row_dimensions[1].height == 20
    assert book["长"].row_dimensions[1].height > 150


def test_a_day_or_number_makes_its_row_no_higher_than_it_is_shown(tmp_path):
    """A day is shown by the cell's number format, shorter than it is said in words, and is not wrapped."""

    def narrow(book):
        sheet = book["卡"]
        sheet.column_dimensions["A"].width, sheet.row_dimensions[1].height = 11, 22
        for cell in (sheet["A1"], sheet["A2"]):
            cell.alignment, cell.number_format = Alignment(wrap_text=True), "yyyy.mm.dd"

    path = drawn(tmp_path / "卡.xlsx", {"A1": "{{识别时间}}", "A2": "{{识别时间|yyyy年m月d日}}"}, change=narrow)
    sheet = filled(path, [card(own__identified_on=day("1972-10-30"))]).active
    assert sheet.row_dimensions[1].height == 22
    assert sheet.row_dimensions[2].height > 22
