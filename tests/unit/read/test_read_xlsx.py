"""xlsx: stored values with their types at their true addresses, and what calamine alone would lose."""

import datetime as dt

import openpyxl
import pytest
import xlsxwriter

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.read import Limits
from bangfu_excel.read.reader import read_here


def read(path, **limits):
    return read_here(path, path.name, Limits(**limits))


def only_sheet(path, **limits):
    workbook, _ = read(path, **limits)
    return workbook.sheets[0]


def codes(findings):
    return [finding.code for finding in findings]


@pytest.fixture
def book(tmp_path):
    """Saves what a test wrote into a new openpyxl workbook."""

    def save(write, name="a.xlsx"):
        workbook = openpyxl.Workbook()
        write(workbook.active)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return save


def test_cells_stand_where_excel_shows_them_whatever_is_empty_above_and_left(book):
    def write(ws):
        ws["C3"] = "户主姓名"
        ws["E5"] = 4

    sheet = only_sheet(book(write))
    assert (sheet.height, sheet.width) == (5, 5)
    assert sheet.cell(2, 2) == Cell(CellType.TEXT, "户主姓名")
    assert sheet.cell(4, 4) == Cell(CellType.NUMBER, 4.0)
    assert sheet.cell(0, 0).type is CellType.EMPTY
    assert all(len(column.codes) == 5 for column in sheet.columns)


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        ("张三", None, Cell(CellType.TEXT, "张三")),
        ("0123", None, Cell(CellType.TEXT, "0123")),
        ("\u3000", None, Cell(CellType.TEXT, "\u3000")),
        (7, None, Cell(CellType.NUMBER, 7.0)),
        (1.5, None, Cell(CellType.NUMBER, 1.5)),
        (True, None, Cell(CellType.BOOLEAN, True)),
        (dt.date(2024, 3, 5), "yyyy-mm-dd", Cell(CellType.DATE, dt.date(2024, 3, 5))),
        (45356, 'yyyy"年"m"月"d"日"', Cell(CellType.DATE, dt.date(2024, 3, 5))),
        (dt.datetime(2024, 3, 5, 8, 30), "yyyy-mm-dd hh:mm", Cell(CellType.DATE, dt.datetime(2024, 3, 5, 8, 30))),
        (dt.time(8, 30), "hh:mm", Cell(CellType.DATE, dt.time(8, 30))),
        (20240305, "yyyy-mm-dd", Cell(CellType.NUMBER, 20240305.0)),
        (dt.timedelta(hours=36), "[h]:mm", Cell(CellType.NUMBER, 1.5)),
        (-5, "yyyy-mm-dd", Cell(CellType.NUMBER, -5.0)),
        (-0.25, "hh:mm", Cell(CellType.NUMBER, -0.25)),
    ],
)
def test_a_value_keeps_its_stored_type(book, value, number_format, expected):
    def write(ws):
        ws["A1"] = value
        if number_format:
            ws["A1"].number_format = number_format

    assert only_sheet(book(write)).cell(0, 0) == expected


def test_a_19_digit_number_stays_a_number(book):
    cell = only_sheet(book(lambda ws: ws.append([990101199001011234]))).cell(0, 0)
    assert cell.type is CellType.NUMBER


def test_one_true_and_the_text_one_are_three_different_entries(book):
    def write(ws):
        for value in (1, True, 1.0, "1", False, 0):
            ws.append([value])

    sheet = only_sheet(book(write))
    assert [sheet.cell(row, 0).type for row in range(6)] == [
        CellType.NUMBER, CellType.BOOLEAN, CellType.NUMBER, CellType.TEXT, CellType.BOOLEAN, CellType.NUMBER,
    ]  # fmt: skip
    assert sheet.columns[0].codes[0] == sheet.columns[0].codes[2]


def test_a_repeated_value_is_stored_once(book):
    def write(ws):
        for _ in range(50):
            ws.append(["石桥村"])

    assert list(only_sheet(book(write)).columns[0].values) == [None, "石桥村"]


def test_a_negative_number_shown_as_a_date_is_told_of_nowhere_and_does_not_change_its_neighbours(book):
    def write(ws):
        ws.append([-5, dt.time(8, 30), -500, dt.date(2024, 3, 5)])
        ws["A1"].number_format = "yyyy-mm-dd"

    workbook, findings = read(book(write))
    sheet = workbook.sheets[0]
    assert [sheet.cell(0, column).value for column in range(4)] == [-5.0, dt.time(8, 30), -500.0, dt.date(2024, 3, 5)]
    assert findings == ()


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("number", [14, 22, 27, 31, 36, 50, 57, 58])
def test_the_formats_built_into_chinese_excel_show_dates_though_the_file_does_not_say_what_they_are(
    tmp_path, number, careful
):
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    workbook.add_worksheet().write_number(0, 0, 45356, workbook.add_format({"num_format": number}))
    workbook.close()
    read_back, _ = read_here(tmp_path / "a.xlsx", "a.xlsx", careful=careful)
    assert read_back.sheets[0].cell(0, 0) == Cell(CellType.DATE, dt.date(2024, 3, 5))


def test_dates_of_a_1904_workbook_are_decoded_with_its_own_calendar(tmp_path):
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True})
    workbook.add_worksheet().write_datetime(
        0, 0, dt.datetime(2024, 3, 5), workbook.add_format({"num_format": "yyyy-mm-dd"})
    )
    workbook.close()
    assert only_sheet(tmp_path / "a.xlsx").cell(0, 0) == Cell(CellType.DATE, dt.date(2024, 3, 5))


def test_error_cells_and_formulas_without_a_value_are_not_blank(book):
    def write(ws):
        ws["B2"] = "#REF!"
        ws["B2"].data_type = "e"
        ws["C2"] = "=A1+1"
        ws["F9"] = "#N/A"
        ws["F9"].data_type = "e"

    sheet = only_sheet(book(write))
    assert sheet.cell(1, 1) == Cell(CellType.ERROR, "#REF!")
    assert sheet.cell(1, 2) == Cell(CellType.FORMULA, "=A1+1")
    assert sheet.cell(8, 5) == Cell(CellType.ERROR, "#N/A")
    assert (sheet.height, sheet.width) == (9, 6)


def test_a_text_that_looks_like_an_error_is_text(tmp_path):
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    workbook.add_worksheet().write_string(0, 0, "#REF!")
    workbook.close()
    assert only_sheet(tmp_path / "a.xlsx").cell(0, 0) == Cell(CellType.TEXT, "#REF!")


def test_a_formula_with_a_cached_value_is_that_value(tmp_path):
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = workbook.add_worksheet()
    sheet.write_formula(0, 0, "=1+1", value=2)
    sheet.write_formula(0, 1, "=1/0", value="#DIV/0!")
    workbook.close()
    read_back = only_sheet(tmp_path / "a.xlsx")
    assert read_back.cell(0, 0) == Cell(CellType.NUMBER, 2.0)
    assert read_back.cell(0, 1) == Cell(CellType.ERROR, "#DIV/0!")


def test_a_formula_whose_cached_result_is_an_empty_text_is_an_empty_cell(handmade, sheet_xml):
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>IF(A1=2,A1,"")</f><v></v></c>'
        '<c r="C1"><f>A1</f><v/></c></row>'
    )
    sheet = only_sheet(handmade(甲=sheet_xml(rows)))
    assert [sheet.cell(0, column).type for column in (1, 2)] == [CellType.EMPTY, CellType.FORMULA]


def test_merges_are_kept(book):
    def write(ws):
        ws["B2"] = "家庭情况"
        ws.merge_cells("B2:D3")

    assert only_sheet(book(write)).merges == (Merge(1, 1, 2, 3),)


def test_hidden_rows_and_columns_are_read_and_reported(book):
    def write(ws):
        for row in range(1, 9):
            ws.append([row, "x", "y"])
        for row in (3, 4, 7):
            ws.row_dimensions[row].hidden = True
        ws.row_dimensions[500].hidden = True
        ws.column_dimensions["B"].hidden = True

    workbook, findings = read(book(write))
    sheet = workbook.sheets[0]
    assert sheet.hidden_rows == {2, 3, 6}
    assert sheet.hidden_columns == {1}
    assert sheet.cell(2, 0) == Cell(CellType.NUMBER, 3.0)
    assert [(f.code, f.count, f.place.row) for f in findings] == [("RD22", 3, 3), ("RD23", 1, 0)]
    assert "第3–4、7行" in findings[0].message


def test_a_hidden_sheet_is_read_and_reported_an_empty_one_is_not(tmp_path):
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "x"
    for title, state in (("旧数据", "hidden"), ("选项", "veryHidden"), ("空", "hidden")):
        sheet = workbook.create_sheet(title)
        sheet.sheet_state = state
        if title != "空":
            sheet["A1"] = "y"
    workbook.save(tmp_path / "a.xlsx")
    read_back, findings = read(tmp_path / "a.xlsx")
    assert [sheet.hidden for sheet in read_back.sheets] == [False, True, True, True]
    assert [(f.code, f.place.sheet) for f in findings] == [("RD21", "旧数据"), ("RD21", "选项")]


def test_formatted_empty_cells_cost_nothing(handmade, sheet_xml):
    rows = '<row r="1"><c r="A1"><v>5</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    sheet = only_sheet(handmade(甲=sheet_xml(rows)))
    assert (sheet.height, sheet.width) == (1, 1)


def test_a_far_stray_cell_is_read_and_costs_little_memory(handmade, sheet_xml):
    rows = '<row r="1"><c r="A1"><v>5</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = only_sheet(handmade(甲=sheet_xml(rows)))
    assert (sheet.height, sheet.width) == (1_048_576, 16_384)
    assert sheet.cell(0, 0) == Cell(CellType.NUMBER, 5.0)
    assert sheet.cell(1_048_575, 16_383) == Cell(CellType.NUMBER, 1.0)
    assert len({id(column) for column in sheet.columns}) == 3


def test_many_far_columns_are_a_finding_with_the_address(handmade, sheet_xml):
    near = '<row r="1"><c r="A1"><v>5</v></c></row>'
    cells = "".join(f'<c r="{column_letters(c)}1048576"><v>1</v></c>' for c in range(60))
    far = near + f'<row r="1048576">{cells}</row>'
    workbook, findings = read(handmade(甲=sheet_xml(far), 乙=sheet_xml(near)))
    assert [sheet.name for sheet in workbook.sheets] == ["乙"]
    assert [(f.code, f.place.sheet) for f in findings] == [("RD12", "甲")]
    assert "第1048576行" in findings[0].message


def test_a_stray_cell_within_the_limits_is_read(handmade, sheet_xml):
    rows = '<row r="1"><c r="A1"><v>5</v></c></row><row r="90000"><c r="Z90000"><v>1</v></c></row>'
    sheet = only_sheet(handmade(甲=sheet_xml(rows)))
    assert sheet.cell(89_999, 25) == Cell(CellType.NUMBER, 1.0)
    assert (sheet.height, sheet.width) == (90_000, 26)


def test_the_width_is_not_overestimated_into_a_refusal(handmade, sheet_xml):
    """27 columns look like 702 at first sight; two of them hold something, and that is what counts."""
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="AA{r}"><v>2</v></c></row>' for r in range(1, 101))
    assert only_sheet(handmade(甲=sheet_xml(rows)), cells=2700).width == 27
    assert codes(read(handmade(甲=sheet_xml(rows)), cells=199)[1]) == ["RD12"]


def test_a_damaged_sheet_is_a_finding_and_its_neighbours_are_read(handmade, sheet_xml):
    good = sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>')
    workbook, findings = read(handmade(甲=good, 乙='<?xml version="1.0"?><worksheet><sheetData><row', 丙=None))
    assert [sheet.name for sheet in workbook.sheets] == ["甲"]
    assert [(f.code, f.place.sheet) for f in findings] == [("RD11", "乙"), ("RD11", "丙")]


def test_what_calamine_overlooks_is_read_from_the_xml(handmade, sheet_xml):
    """calamine finds no cell in a UTF-16 sheet, and says nothing."""
    rows = '<row r="2"><c r="B2"><v>5</v></c><c r="C2" t="e"><v>#N/A</v></c></row>'
    text = sheet_xml(rows, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>').replace("UTF-8", "UTF-16")
    sheet = only_sheet(handmade(甲=text.encode("utf-16")))
    assert sheet.cell(1, 1) == Cell(CellType.NUMBER, 5.0)
    assert sheet.cell(1, 2) == Cell(CellType.ERROR, "#N/A")
    assert sheet.merges == (Merge(0, 0, 0, 1),)
