"""The fast rows are held to be what XlsxWriter itself writes, letter by letter."""

import datetime as dt
import re
import zipfile

import numpy as np
import openpyxl
import pyarrow as pa
import pytest

from bangfu_excel.errors import DeclarationError
from bangfu_excel.write.book import Book
from bangfu_excel.write.stream import CellColumn, CellForm, write_rows

DAY = dt.date(2024, 6, 30)
TEXTS = ["张三", "a<b>&\"c'", "=1+1", " 前后有空 ", "两\n行", "铃\x07", "_x0041_", "007"]


def sheet_xml(path):
    return zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()


def fast(path, columns, heights=None):
    with Book(path, as_of=DAY) as book:
        sheet = book.add_sheet("表")
        end = write_rows(sheet, 1, columns(book), heights)
        sheet.write_string(end, 0, "合计")
    return path


def test_cells_are_those_that_xlsxwriter_writes(tmp_path):
    numbers = [1.0, 2.5, -3.0, 0.1, 12345678.25, 1e-7, 0.0, 8600.0]

    def columns(book):
        style = book.format(border=1)
        return [
            CellColumn(pa.array(TEXTS), CellForm.TEXT, (style,)),
            CellColumn(pa.array(numbers), CellForm.NUMBER, (style,)),
            CellColumn(pa.array([None] * 8, pa.string()), CellForm.TEXT, (style,)),
            CellColumn(pa.array([2.0] * 8), CellForm.FORMULA, (style,), formula="=B{row}*2&\"<\""),
        ]  # fmt: skip

    fast(tmp_path / "fast.xlsx", columns)
    with Book(tmp_path / "slow.xlsx", as_of=DAY) as book:
        sheet = book.add_sheet("表")
        style = book.format(border=1)
        for row, (text, number) in enumerate(zip(TEXTS, numbers, strict=True), start=1):
            sheet.write_string(row, 0, text, style)
            sheet.write_number(row, 1, number, style)
            sheet.write_blank(row, 2, None, style)
            sheet.write_formula(row, 3, f'=B{row + 1}*2&"<"', style, 2)
        sheet.write_string(9, 0, "合计")
    assert openpyxl.load_workbook(tmp_path / "fast.xlsx")["表"]["A7"].value == TEXTS[5].replace("\x07", "_x0007_")
    assert normal(sheet_xml(tmp_path / "fast.xlsx")) == normal(sheet_xml(tmp_path / "slow.xlsx"))


def normal(xml):
    """Numbers as numbers: 1e-7 and 1E-07 are the same."""
    return re.sub(r"<v>([^<]*)</v>", lambda found: f"<v>{float(found[1])!r}</v>", xml)


def test_a_value_of_each_form_is_read_back(tmp_path):
    def columns(book):
        dates = pa.array([dt.date(2024, 3, 5), dt.date(1900, 1, 1), None])
        style, plain = book.format(num_format="yyyy-mm-dd"), book.format()
        return [
            CellColumn(dates, CellForm.DATE, (style,)),
            CellColumn(pa.array([1, None, 3]), CellForm.NUMBER, (plain,)),
            CellColumn(pa.array([float("nan"), float("inf"), 2.5]), CellForm.NUMBER, (plain,)),
            CellColumn(pa.array(["", "同", "同"]), CellForm.TEXT, (plain,)),
        ]

    sheet = openpyxl.load_workbook(fast(tmp_path / "a.xlsx", columns))["表"]
    read = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2, max_row=4)]
    assert read == [
        (dt.datetime(2024, 3, 5), 1, None, None),
        ("1900-01-01", None, None, "同"),
        (None, 3, 2.5, "同"),
    ]


def test_each_row_may_have_its_own_format_and_height(tmp_path):
    def columns(book):
        plain, filled = book.format(border=1), book.format(bg_color="#FFF2CC")
        return [CellColumn(pa.array(["a", None, "c"]), CellForm.TEXT, (plain, filled), np.array([0, 1, 1], np.int8))]

    path = fast(tmp_path / "a.xlsx", columns, np.array([18.0, 32.5, 18.0]))
    sheet = openpyxl.load_workbook(path)["表"]
    assert [sheet.cell(row, 1).fill.fgColor.rgb for row in (2, 3, 4)] == ["00000000", "FFFFF2CC", "FFFFF2CC"]
    assert sheet["A3"].value is None
    assert sheet.row_dimensions[3].height == 32.5


def test_many_blocks_are_one_table_and_what_follows_stands_below(tmp_path):
    count = 20_000

    def columns(book):
        return [CellColumn(pa.array([f"第{i}户" for i in range(count)]), CellForm.TEXT, (book.format(),))]

    sheet = openpyxl.load_workbook(fast(tmp_path / "a.xlsx", columns), read_only=True)["表"]
    values = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert values == [*(f"第{i}户" for i in range(count)), "合计"]
    assert sheet.max_row == count + 2


def test_rows_above_what_is_written_already_are_refused(tmp_path):
    with pytest.raises(DeclarationError), Book(tmp_path / "a.xlsx", as_of=DAY) as book:
        sheet = book.add_sheet("表")
        sheet.write_string(5, 0, "已写")
        write_rows(sheet, 3, [CellColumn(pa.array(["a"]), CellForm.TEXT, (book.format(),))])


def test_columns_of_unequal_length_are_refused(tmp_path):
    with pytest.raises((DeclarationError, pa.ArrowInvalid)), Book(tmp_path / "a.xlsx", as_of=DAY) as book:
        style = (book.format(),)
        columns = [CellColumn(pa.array(v), CellForm.TEXT, style) for v in (["a", "b"], ["a"])]
        write_rows(book.add_sheet("表"), 0, columns)
