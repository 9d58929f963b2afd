import datetime as dt

import openpyxl
import pandas as pd
import pytest

from bangfu_excel.write import layout
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_book
from bangfu_excel.write.page import A3, A4, narrowed, paper, printed_font
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.widths import fitted_width, header_height, text_width

DAY = dt.date(2024, 6, 30)
COLUMNS = (
    Column("村", "village", align="center"),
    Column("户主", "head", total="count", total_format='0"户"'),
    Column("收入", "income", CellForm.NUMBER, "#,##0.00", total="sum"),
)
ROWS = pd.DataFrame({"village": ["柳溪村"] * 3, "head": ["张三", None, "李四"], "income": [100.5, None, 20.0]}).astype(
    {"head": "str", "income": "Float64"}
)


def opened(path, *, values=False, **more):
    options = {"lead": ("填报单位：清水镇", "截止日期：2024年6月30日"), "total": True, "footer": "方案　R&D", **more}
    rows = options.pop("rows", ROWS)
    write_book(path, [Sheet("表", "清水镇台账", COLUMNS, rows, **options)], as_of=DAY)
    return openpyxl.load_workbook(path, data_only=values)


def grid(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_table_has_title_line_header_rows_total_and_signatures(tmp_path):
    assert grid(opened(tmp_path / "a.xlsx")["表"]) == [
        ["清水镇台账", None, None, None],
        ["填报单位：清水镇　　截止日期：2024年6月30日", None, None, None],  # too narrow for both side by side
        ["序号", "村", "户主", "收入"],
        [1, "柳溪村", "张三", 100.5],
        [2, "柳溪村", None, None],
        [3, "柳溪村", "李四", 20],
        ["合计", None, "=SUBTOTAL(3,C4:C6)", "=SUBTOTAL(9,D4:D6)"],
        ["填表人：　　审核人：　　日期：　　　　年　　月　　日", None, None, None],
    ]


def test_the_total_carries_its_value(tmp_path):
    assert [cell.value for cell in opened(tmp_path / "a.xlsx", values=True)["表"][7]] == ["合计", None, 2, 120.5]


def test_it_prints_as_an_official_table(tmp_path):
    sheet = opened(tmp_path / "a.xlsx")["表"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # one page wide: the default
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area == "'表'!$A$1:$D$8"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sheet.oddFooter.left.text == "方案　R&&D"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:D6"
    assert {sheet.cell(row, 2).border.left.style for row in (3, 4, 6)} == {"thin"}


def test_columns_for_the_screen_only_are_not_printed(tmp_path):
    sheet = opened(tmp_path / "a.xlsx", aside=1)["表"]
    assert sheet.print_area == "'表'!$A$1:$C$8"
    assert {str(merged) for merged in sheet.merged_cells.ranges if merged.min_row in (1, 8)} == {"A1:C1", "A8:C8"}
    assert sheet.auto_filter.ref == "A3:D6"
    assert sheet["D4"].value == 100.5


def test_a_long_footer_leaves_the_middle_free(tmp_path):
    sheet = opened(tmp_path / "a.xlsx", footer="某" * 30)["表"]
    assert (sheet.oddFooter.center.text, sheet.oddFooter.right.text) == (None, "第 &P 页 共 &N 页")


def test_an_empty_table_says_so_and_has_nothing_to_filter(tmp_path):
    sheet = opened(tmp_path / "a.xlsx", rows=ROWS.iloc[:0])["表"]
    assert sheet["A4"].value == "无"
    assert sheet.auto_filter.ref is None


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "MAX_ROWS", 9)  # 3 above, 2 rows, 4 below
    book = opened(tmp_path / "a.xlsx")
    assert book.sheetnames == ["表", "表(2)"]
    assert [sheet.cell(row, 1).value for sheet, row in ((book["表"], 4), (book["表"], 5), (book["表(2)"], 4))] == [
        1,
        2,
        3,
    ]
    assert book["表(2)"]["D5"].value == "=SUBTOTAL(9,D4:D4)"


def test_a_long_text_makes_its_row_as_high_as_its_lines(tmp_path):
    rows = pd.DataFrame({"village": ["柳溪村", "柳" * 100], "head": ["张", "李"], "income": [1.0, 2.0]})
    sheet = opened(tmp_path / "a.xlsx", rows=rows)["表"]
    width = sheet.column_dimensions["B"].width
    lines = -(-200 // (width - 1))
    assert sheet.row_dimensions[4].height == 18
    assert sheet.row_dimensions[5].height == pytest.approx(18 + (lines - 1) * 14.5, abs=15)


@pytest.mark.parametrize(("text", "units"), [("张三", 4), ("abc", 3), ("第1组", 5), ("（元）", 6), ("", 0)])
def test_a_full_width_character_takes_two_units(text, units):
    assert text_width(text) == units


def test_a_column_fits_its_content_but_never_grows_beyond_its_limit():
    names = pd.Series(["欧阳建国", "张三"], dtype="str")
    assert fitted_width("姓名", names, 36) == 10
    assert fitted_width("姓名", pd.Series(["长" * 90], dtype="str"), 36) == 36
    assert fitted_width("姓名", pd.Series(["长" * 18], dtype="str"), 36) == 38
    assert fitted_width("姓名", pd.Series([], dtype="str"), 36) == 6
    assert fitted_width("结对时间", pd.Series(pd.to_datetime(["2024-03-05"])), 36) >= 10


def test_a_ratio_has_a_ratio_below_it_and_not_a_sum(tmp_path):
    rows = pd.DataFrame({"met": [1, 2], "due": [2, 8], "rate": [0.5, 0.25]})
    columns = (
        Column("达标", "met", CellForm.NUMBER, "0", total="sum"),
        Column("应访", "due", CellForm.NUMBER, "0", total="sum"),
        Column("达标率", "rate", CellForm.NUMBER, "0.0%", total="ratio", ratio=("met", "due")),
    )
    write_book(tmp_path / "a.xlsx", [Sheet("表", "表", columns, rows, total=True)], as_of=DAY)
    formula, value = (openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=way)["表"]["D5"].value for way in (0, 1))
    assert formula == '=IF(SUBTOTAL(9,C3:C4)=0,"",SUBTOTAL(9,B3:B4)/SUBTOTAL(9,C3:C4))'
    assert value == pytest.approx(0.3)


def test_only_a_cell_that_is_a_link_looks_like_one(tmp_path):
    rows = pd.DataFrame({"cell": ["C7", "D8"], "to": ["external:a.xlsx#'表'!C7", ""]})
    sheet = Sheet("表", "表", (Column("单元格", "cell", link="to"),), rows)
    write_book(tmp_path / "a.xlsx", [sheet], as_of=DAY)
    cells = openpyxl.load_workbook(tmp_path / "a.xlsx")["表"]
    assert [(cells[at].font.underline, bool(cells[at].hyperlink)) for at in ("B3", "B4")] == [
        ("single", True),
        (None, False),
    ]


def test_a_sum_wider_than_its_numbers_widens_the_column():
    incomes = pd.Series([99_000.0] * 5000, dtype="Float64")
    assert fitted_width("收入", incomes, 12, summed=True) >= len("495,000,000.00") + 1
    assert fitted_width("收入", incomes, 12) < len("495,000,000.00")


def test_a_table_too_wide_for_a4_is_printed_on_a3():
    assert paper([10] * 15) == A4
    assert paper([10] * 30) == A3


def test_texts_are_narrowed_only_where_a3_would_be_too_small():
    assert narrowed([10, 60, 40], [False, True, True]) == [10, 60, 40]
    wide = [10.0] * 20 + [60.0] * 4
    found = narrowed(wide, [False] * 20 + [True] * 4)
    assert found[:20] == wide[:20]
    assert all(12 <= width < 60 for width in found[20:])
    assert paper(found) == A3
    assert printed_font(found, 1191) == pytest.approx(7.0)


def test_the_header_is_as_high_as_its_longest_title():
    assert header_height(["户主姓名", "序号"], [9, 6]) == header_height(["序号"], [6])
    assert header_height(["期末结对帮扶户数"], [6]) > header_height(["序号"], [6])


def test_the_same_table_gives_the_same_bytes(tmp_path):
    opened(tmp_path / "a.xlsx")
    opened(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_remark_longer_than_the_table_is_wide_is_wrapped_in_a_row_of_its_own_height(tmp_path):
    sheet = opened(tmp_path / "a.xlsx", remark="注：" + "本表按走访记录统计，" * 12)["表"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("注："))
    assert cell.alignment.wrap_text
    assert sheet.row_dimensions[cell.row].height > 60
