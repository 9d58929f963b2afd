"""The returned workbook: marked at the right cells, otherwise as the submitter sent it."""

import datetime as dt
import re
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from picture_books import png

from bangfu_excel.core.finding import Effect, Finding, Place, Severity
from bangfu_excel.core.region import Extent
from bangfu_excel.read import read_file
from bangfu_excel.write.archive import finish
from bangfu_excel.write.returned import marked
from bangfu_excel.write.returned_copy import rewritten, workbook_of
from bangfu_excel.write.returned_words import LIST_TITLE

EXTENT = Extent("户", 2, 5, 3)
ERROR, WARNING = "FFFFC8CE", "FFFFEB9D"


def own_book():
    """Title, header in row 2, three rows; column A to C."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "户"
    for row in (
        ["花名册"],
        ["村", "户主姓名", "家庭人口数"],
        ["柳湾村", "陶永福", 3],
        ["柳湾村", "姜丽萍", 99],
        ["桃源村", "范守义", 2],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    return book


def saved(book):
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def finding(cell="C4", message="第4行“家庭人口数”填的是“99”，应为1–30", *, sheet="户", severity=Severity.ERROR, **more):
    row = int("".join(c for c in cell if c.isdigit()) or 0)
    effect = Effect.FIELD if severity is Severity.ERROR else Effect.NONE
    place = Place("甲.xlsx", sheet, cell, row, "household", "member_count", "家庭人口数", "99")
    return Finding("X1", severity, effect, place, message, "请对照户口簿更正", **more)


def returned(book, findings, tmp_path, extents=(EXTENT,)):
    """The workbook that goes back, opened again."""
    source = book if isinstance(book, bytes) else saved(book)
    path = finish(source, tmp_path / "退回.xlsx", dt.date(2024, 6, 30), marked(source, findings, extents))
    return openpyxl.load_workbook(path)


def fill(cell):
    return cell.fill.start_color.rgb if cell.fill.fill_type else None


def test_the_cell_is_filled_and_says_in_a_comment_what_is_wrong_and_what_to_do(tmp_path):
    sheet = returned(own_book(), [finding()], tmp_path)["户"]
    assert fill(sheet["C4"]) == ERROR
    assert sheet["C4"].comment.text == "第4行“家庭人口数”填的是“99”，应为1–30。请对照户口簿更正。"
    assert [cell.coordinate for row in sheet for cell in row if fill(cell)] == ["C4"]


def test_the_column_of_explanations_stands_right_of_the_table_and_outside_the_print_area(tmp_path):
    sheet = returned(own_book(), [finding()], tmp_path)["户"]
    assert sheet["D2"].value == "错误说明"
    assert sheet["D4"].value.startswith("第4行“家庭人口数”")
    assert sheet.print_area == "'户'!$A$1:$C$5"
    assert sheet.column_dimensions["D"].width == 50


def test_a_print_area_of_the_submitter_stays(tmp_path):
    book = own_book()
    book["户"].print_area = "A2:B4"
    assert returned(book, [finding()], tmp_path)["户"].print_area == "'户'!$A$2:$B$4"


def test_several_findings_of_a_row_are_numbered(tmp_path):
    sheet = returned(own_book(), [finding(), finding("B4", "姓名不像姓名")], tmp_path)["户"]
    assert sheet["D4"].value.split("\n")[1] == "2. 姓名不像姓名。请对照户口簿更正。"


def test_the_last_sheet_lists_the_findings_with_links_to_their_cells(tmp_path):
    book = returned(own_book(), [finding(), finding("", "表头不全", severity=Severity.WARNING)], tmp_path)
    assert book.sheetnames == ["户", "问题清单"]
    listed = book["问题清单"]
    assert [cell.value for cell in listed[3]][:5] == [1, "户", "C4", "家庭人口数", "99"]
    assert listed["C3"].hyperlink.location == "'户'!C4"
    assert listed["C4"].hyperlink is None
    assert [listed["H3"].value, listed["H4"].value] == ["待更正：先收下，此格请更正", "疑点：请核实"]


def test_an_existing_comment_is_kept_and_ours_appended(tmp_path):
    book = own_book()
    book["户"]["C4"].comment = Comment("村里核过", "老王")
    book["户"]["A3"].comment = Comment("别动我", "老王")
    sheet = returned(book, [finding()], tmp_path)["户"]
    assert sheet["C4"].comment.text == "村里核过\n第4行“家庭人口数”填的是“99”，应为1–30。请对照户口簿更正。"
    assert (sheet["A3"].comment.text, sheet["A3"].comment.author) == ("别动我", "老王")


@pytest.mark.parametrize("noted", [False, True])
def test_a_picture_in_the_page_header_is_no_place_for_comments(noted):
    """It is drawn by a part of the same kind as comments are."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("户")
        sheet.write_column("A1", ["花名册", "户主姓名", "陶永福", "姜丽萍"])
        sheet.set_header("&C&G", {"image_center": "徽.png", "image_data_center": BytesIO(png(20))})
        if noted:
            sheet.write_comment("A3", "村里核过")
    changed = marked(stream.getvalue(), [finding("A4")], (EXTENT,))
    drawings = {name: text for name, text in changed.items() if name.startswith("xl/drawings/")}
    assert [text.count("<x:Row>3</x:Row>") for text in drawings.values()] == [1]
    assert not any("imagedata" in text for text in drawings.values())
    assert re.findall(r"<(legacyDrawing\w*)", changed["xl/worksheets/sheet1.xml"]) == [
        "legacyDrawing",
        "legacyDrawingHF",
    ]


def test_what_is_not_marked_stays_as_it_was(tmp_path):
    book = own_book()
    sheet = book["户"]
    sheet["B3"].font = Font(name="楷体", bold=True)
    sheet["C4"].font = Font(name="楷体")
    sheet["C4"].number_format = "0.0"
    sheet["C5"] = "=C3+1"
    sheet.add_data_validation(DataValidation("list", formula1='"是,否"', sqref="B3:B5"))
    sheet.conditional_formatting.add("C3:C5", CellIsRule("greaterThan", ["50"], fill=PatternFill("solid", "00FF00")))
    sheet.page_setup.orientation, sheet.print_title_rows = "landscape", "1:2"
    sheet.protection.sheet = True
    book.create_sheet("说明")["A1"] = "填表说明"
    kept = returned(book, [finding()], tmp_path)
    sheet = kept["户"]
    assert (sheet["B3"].font.name, sheet["B3"].font.b) == ("楷体", True)
    assert (sheet["C4"].font.name, sheet["C4"].number_format, sheet["C4"].value) == ("楷体", "0.0", 99)
    assert sheet["C5"].value == "=C3+1"
    assert str(sheet.merged_cells) == "A1:C1"
    assert sheet.data_validations.dataValidation[0].formula1 == '"是,否"'
    assert [str(ranges.sqref) for ranges in sheet.conditional_formatting] == ["C3:C5"]
    assert (sheet.page_setup.orientation, sheet.print_title_rows, sheet.protection.sheet) == (
        "landscape",
        "$1:$2",
        True,
    )
    assert kept["说明"]["A1"].value == "填表说明"


def test_a_group_of_columns_is_taken_apart_so_that_no_two_overlap(tmp_path):
    book = own_book()
    book["户"].column_dimensions.group("B", "H", hidden=True)
    book["户"].column_dimensions["B"].width = 20
    sheet = returned(book, [finding()], tmp_path)["户"]
    spans = sorted((d.min, d.max, d.hidden) for d in sheet.column_dimensions.values())
    assert spans == [(2, 3, True), (4, 4, False), (5, 8, True)]


def test_a_cell_inside_a_merge_is_marked_where_the_merge_begins(tmp_path):
    book = own_book()
    book["户"].merge_cells("A3:A5")
    sheet = returned(book, [finding("A4", "村名不对")], tmp_path)["户"]
    assert fill(sheet["A3"]) == ERROR
    assert sheet["A3"].comment.text.startswith("村名不对")


def test_related_cells_are_marked_too_but_never_those_of_other_files(tmp_path):
    book = own_book()
    book.create_sheet("乙")["B2"] = "陶永福"
    one = finding(related=("C5", "乙!B2", "别镇/丙.xlsx|户!C3"), count=4)
    kept = returned(book, [one], tmp_path, (EXTENT, Extent("乙", 1, 2, 2)))
    assert fill(kept["户"]["C5"]) == fill(kept["乙"]["B2"]) == ERROR
    assert fill(kept["户"]["C3"]) is None
    assert kept["户"]["D5"].value.startswith("与C4是同一问题：")
    assert kept["乙"]["C2"].value.startswith("与“户”的C4是同一问题：")
    assert kept["问题清单"]["I3"].value == "C5、乙!B2"


def test_people_of_other_townships_are_not_named(tmp_path):
    one = finding(message="与云岭乡 邓阿公 的证件号码相同", told="与外镇重复，请联系县办")
    kept = returned(own_book(), [one], tmp_path)
    said = [str(cell.value) for sheet in kept for row in sheet for cell in row] + [kept["户"]["C4"].comment.text]
    assert not any("邓阿公" in text for text in said)
    assert kept["户"]["D4"].value == "与外镇重复，请联系县办。请对照户口簿更正。"


def test_an_error_shows_over_a_doubt_in_the_same_cell(tmp_path):
    doubt = finding(message="像是填错了", severity=Severity.WARNING)
    assert fill(returned(own_book(), [finding(), doubt], tmp_path)["户"]["C4"]) == ERROR
    assert fill(returned(own_book(), [doubt], tmp_path)["户"]["C4"]) == WARNING


def test_a_cell_and_a_row_that_were_not_stored_can_be_marked(tmp_path):
    sheet = returned(own_book(), [finding("B9", "没有填")], tmp_path)["户"]
    assert fill(sheet["B9"]) == ERROR
    assert sheet["D9"].value.startswith("没有填")


def test_a_sheet_that_is_called_like_the_list_stays(tmp_path):
    book = own_book()
    book.create_sheet("问题清单")["A1"] = "镇里自己的清单"
    kept = returned(book, [finding()], tmp_path)
    assert kept.sheetnames == ["户", "问题清单", "问题清单(2)"]
    assert kept["问题清单"]["A1"].value == "镇里自己的清单"


def test_a_thousand_findings(tmp_path):
    book = own_book()
    for row in range(6, 1100):
        book["户"].append(["村", f"人{row}", row])
    findings = [finding(f"C{row}", f"第{row}行不对") for row in range(6, 1006)]
    kept = returned(book, findings, tmp_path, (Extent("户", 2, 1099, 3),))
    assert kept["问题清单"].max_row == 1002
    assert sum(fill(cell) == ERROR for (cell,) in kept["户"]["C1:C1100"]) == 1000
    assert kept["户"]["C1005"].comment.text.startswith("第1005行不对")


def test_a_second_round_marks_only_what_is_still_wrong(tmp_path):
    first = [finding(), finding("B3", "姓名不像姓名")]
    returned(own_book(), first, tmp_path)
    back = openpyxl.load_workbook(tmp_path / "退回.xlsx")
    back["户"]["C4"] = 9
    kept = returned(back, [first[1]], tmp_path)
    assert kept.sheetnames == ["户", "问题清单"]
    assert kept["问题清单"].max_row == 3
    sheet = kept["户"]
    assert (fill(sheet["C4"]), fill(sheet["B3"])) == (None, ERROR)
    assert sheet["C4"].comment.text == "上次指出的问题，这次没有再发现。"
    assert (sheet["D2"].value, sheet["D3"].value) == ("错误说明", "姓名不像姓名。请对照户口簿更正。")
    assert sheet["E2"].value is None


def test_an_unusually_written_workbook_is_written_anew(tmp_path):
    assert openpyxl.load_workbook(BytesIO(rewritten(saved(own_book()))))["户"]["B3"].value == "陶永福"
    assert rewritten(b"PK not a workbook") is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_comes_back_as_a_workbook_in_which_text_stays_text(tmp_path, encoding):
    lines = "村,户主姓名,身份证号码\n柳湾村,=1+1,990101197601010015\n桃源村,范守义,+8613900000000\n"
    (tmp_path / "甲.csv").write_bytes(lines.encode(encoding))
    raw, _ = read_file(tmp_path / "甲.csv", "甲.csv")
    sheet = returned(workbook_of(raw), [finding("B2", "不像姓名", sheet="")], tmp_path, (Extent("", 1, 3, 3),))[
        "Sheet1"
    ]
    assert [cell.value for cell in sheet[2]][:3] == ["柳湾村", "=1+1", "990101197601010015"]
    assert {cell.data_type for cell in sheet[2][:3]} == {"s"}
    assert (fill(sheet["B2"]), sheet["D1"].value) == (ERROR, "错误说明")
    assert sheet["C2"].number_format == "@"


def test_the_title_of_the_list_is_what_is_recognised_when_it_comes_back(tmp_path):
    assert returned(own_book(), [finding()], tmp_path)["问题清单"]["A1"].value == LIST_TITLE
