"""xls: the same promises as xlsx; errors, hidden rows and columns come from the records."""

import datetime as dt
import re
import struct

import pytest
import xlwt

from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.read.biff import scan_xls
from bangfu_excel.read.reader import read_here


def saved(tmp_path, write, name="a.xls"):
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("走访")
    write(workbook, sheet)
    workbook.save(str(tmp_path / name))
    return tmp_path / name


def only_sheet(path):
    workbook, _ = read_here(path, path.name)
    assert workbook.format == "xls"
    return workbook.sheets[0]


def test_types_addresses_and_merges(tmp_path):
    def write(_, ws):
        ws.write_merge(1, 2, 1, 3, "走访台账")
        ws.write(4, 2, 7)
        ws.write(5, 2, True)
        ws.write(6, 2, dt.datetime(2024, 3, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))

    sheet = only_sheet(saved(tmp_path, write))
    assert sheet.cell(1, 1) == Cell(CellType.TEXT, "走访台账")
    assert sheet.merges == (Merge(1, 1, 2, 3),)
    assert sheet.cell(4, 2) == Cell(CellType.NUMBER, 7.0)
    assert sheet.cell(5, 2) == Cell(CellType.BOOLEAN, True)
    assert sheet.cell(6, 2) == Cell(CellType.DATE, dt.date(2024, 3, 5))


def shown_by_built_in(path, number):
    """The cells of an xls that have a format of their own then have a built-in one."""
    style = re.compile(rb"(\xe0\x00\x14\x00..)\xa5\x00", re.DOTALL)
    data, changed = style.subn(lambda found: found[1] + bytes([number, 0]), path.read_bytes())
    assert changed == 1
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("number", [14, 27, 31, 36, 50, 57, 58])
def test_a_number_is_a_date_by_the_formats_built_into_chinese_excel_and_a_negative_one_stays(tmp_path, number, careful):
    def write(_, ws):
        style = xlwt.easyxf(num_format_str="0.0000")
        for row, value in enumerate((45356, 45356.25, -5, -0.25)):
            ws.write(row, 0, value, style)

    path = shown_by_built_in(saved(tmp_path, write), number)
    workbook, findings = read_here(path, path.name, careful=careful)
    found = [workbook.sheets[0].cell(row, 0).value for row in range(4)]
    assert found == [dt.date(2024, 3, 5), dt.datetime(2024, 3, 5, 6), -5.0, -0.25]
    assert findings == ()


def test_error_cells_are_not_blank(tmp_path):
    def write(_, ws):
        ws.write(0, 0, "a")
        ws.row(3).set_cell_error(2, 0x2A)
        ws.row(4).set_cell_error(2, 0x17)

    sheet = only_sheet(saved(tmp_path, write))
    assert sheet.cell(3, 2) == Cell(CellType.ERROR, "#N/A")
    assert sheet.cell(4, 2) == Cell(CellType.ERROR, "#REF!")
    assert sheet.height == 5


def test_each_sheet_gets_its_own_hidden_rows_and_columns(tmp_path):
    def write(workbook, ws):
        for row in range(3):
            ws.write(row, 0, row)
        other = workbook.add_sheet("二")
        other.visibility = 1
        for row in range(4):
            other.write(row, 0, row)
            other.write(row, 1, row)
        other.row(2).hidden = True
        other.col(1).hidden = True

    path = saved(tmp_path, write)
    workbook, findings = read_here(path, "a.xls")
    assert workbook.sheets[0].hidden_rows == frozenset()
    assert workbook.sheets[1].hidden_rows == {2}
    assert workbook.sheets[1].hidden_columns == {1}
    assert [(f.code, f.place.sheet) for f in findings] == [("RD21", "二"), ("RD22", "二"), ("RD23", "二")]


def test_a_container_whose_sectors_run_in_circles_is_damaged_not_a_hang(tmp_path):
    def write(_, ws):
        for row in range(500):
            ws.write(row, 0, f"石桥村{row}号")

    path = saved(tmp_path, write)
    data = bytearray(path.read_bytes())
    fat = 512 + 512 * struct.unpack_from("<I", data, 76)[0]
    start = next(s for s in range(100) if struct.unpack_from("<I", data, fat + 4 * s)[0] == s + 1)
    struct.pack_into("<I", data, fat + 4 * (start + 3), start)
    assert scan_xls(bytes(data)).sheets == ()
    path.write_bytes(data)
    workbook, findings = read_here(path, "a.xls")
    assert workbook is None
    assert [f.code for f in findings] == ["RD06"]


def every_kind(_, ws):
    for row in range(300):
        ws.write(row, 0, f"石桥村{row % 9}号户主姓名" * 20)  # long enough for texts to go on in a second record
        ws.write(row, 1, row / 7)
        ws.write(row, 2, row * 100)
        ws.write(row, 3, dt.datetime(2024, 1, 1 + row % 28), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    ws.write(300, 0, "")
    ws.write(300, 1, True)
    ws.write_merge(301, 302, 0, 1, "abc")
    ws.row(303).set_cell_error(2, 0x2A)


def contents(sheet):
    return [[sheet.cell(row, column) for column in range(sheet.width)] for row in range(sheet.height)]


def test_an_xls_is_the_same_without_calamine(tmp_path):
    path = saved(tmp_path, every_kind)
    usual = only_sheet(path)
    careful, findings = read_here(path, "a.xls", careful=True)
    assert contents(careful.sheets[0]) == contents(usual)
    assert careful.sheets[0].merges == usual.merges
    assert findings == ()


def test_text_is_unicode_whatever_code_page_the_file_names(tmp_path):
    """calamine takes such text for encoded in that code page."""
    path = saved(tmp_path, every_kind)
    usual = contents(only_sheet(path))
    data = path.read_bytes()
    named = struct.pack("<HHH", 0x42, 2, 1200)
    assert data.count(named) == 1
    path.write_bytes(data.replace(named, struct.pack("<HHH", 0x42, 2, 936)))
    assert contents(only_sheet(path)) == usual


def test_cells_that_calamine_overlooks_are_read_and_told_of(tmp_path, monkeypatch):
    from bangfu_excel.read import xls

    path = saved(tmp_path, every_kind)
    usual = contents(only_sheet(path))
    whole = xls._XlsReader._quick

    def with_a_gap(self, place, facts):
        sheet = whole(self, place, facts)
        sheet.columns[1].codes[5] = 0
        return sheet

    monkeypatch.setattr(xls._XlsReader, "_quick", with_a_gap)
    workbook, findings = read_here(path, "a.xls")
    assert contents(workbook.sheets[0]) == usual
    assert [(finding.code, finding.place.cell) for finding in findings] == [("RD50", "B6")]
