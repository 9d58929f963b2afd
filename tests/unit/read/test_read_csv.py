"""csv: one sheet of text, whatever the encoding, delimiter and line ends."""

import pytest

from bangfu_excel.core.raw import Cell, CellType
from bangfu_excel.read import Limits, read_file

TEXT = "姓名,村,备注\n张三,石桥村,喆㙍\n李四,清水村,\n"


def read(tmp_path, data, name="a.csv", **limits):
    path = tmp_path / name
    path.write_bytes(data)
    return read_file(path, name, Limits(**limits))


def rows(workbook):
    sheet = workbook.sheets[0]
    return [[sheet.cell(r, c).value for c in range(sheet.width)] for r in range(sheet.height)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_are_recognised(tmp_path, encoding):
    workbook, findings = read(tmp_path, TEXT.encode(encoding))
    assert (workbook.format, workbook.sheets[0].name, findings) == ("csv", "", ())
    assert rows(workbook) == [["姓名", "村", "备注"], ["张三", "石桥村", "喆㙍"], ["李四", "清水村", None]]


def test_an_encoding_that_is_none_is_read_with_a_doubt(tmp_path):
    workbook, findings = read(tmp_path, TEXT.encode("gb18030") * 5 + b"\xff\xff,x\n")
    assert [f.code for f in findings] == ["RD24"]
    assert workbook.sheets[0].height == 16


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiters_are_recognised_in_spite_of_titles_and_commas_in_values(tmp_path, delimiter):
    lines = [
        "走访台账",
        delimiter.join(("姓名", "金额", "说明")),
        delimiter.join(("张三", '"1,200"', "大米；面粉")),
        "",
    ]
    workbook, _ = read(tmp_path, "\r\n".join(lines).encode())
    assert rows(workbook)[2] == ["张三", "1,200", "大米；面粉"]


def test_every_value_is_text(tmp_path):
    workbook, _ = read(tmp_path, b"a,b\n1,TRUE\n2024-03-05, \n")
    sheet = workbook.sheets[0]
    assert sheet.cell(1, 0) == Cell(CellType.TEXT, "1")
    assert sheet.cell(1, 1) == Cell(CellType.TEXT, "TRUE")
    assert sheet.cell(2, 1) == Cell(CellType.TEXT, " ")


def test_a_line_break_inside_quotes_does_not_shift_the_rows_below(tmp_path):
    workbook, _ = read(tmp_path, '姓名,内容\n张三,"送米\n送油"\n\n李四,看望\n'.encode())
    assert rows(workbook) == [["姓名", "内容"], ["张三", "送米\n送油"], [None, None], ["李四", "看望"]]


def test_old_line_ends_are_line_ends(tmp_path):
    workbook, _ = read(tmp_path, b"a,b\r1,2\r3,4\r")
    assert rows(workbook) == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_what_keeps_excel_from_making_numbers_is_not_part_of_the_value(tmp_path):
    workbook, _ = read(tmp_path, b'id,x\n="0123",1\n"=""0456""",=1+1\n')
    assert [row[0] for row in rows(workbook)] == ["id", "0123", "0456"]
    assert rows(workbook)[2][1] == "=1+1"


def test_excels_separator_line_is_no_row(tmp_path):
    workbook, _ = read(tmp_path, b"sep=;\r\na;b\r\n1;2\r\n")
    assert rows(workbook) == [["a", "b"], ["1", "2"]]


def test_nul_bytes_are_left_out_and_counted(tmp_path):
    workbook, findings = read(tmp_path, "姓名,村\n张\0三,石桥村\n李四,清水村\n".encode())
    assert rows(workbook)[1] == ["张三", "石桥村"]
    assert [f.code for f in findings] == ["RD25"]


def test_a_long_value_is_kept_whole(tmp_path):
    workbook, _ = read(tmp_path, b"a,b\n1," + b"x" * 200_000 + b"\n")
    assert len(rows(workbook)[1][1]) == 200_000


def test_more_rows_than_a_sheet_can_hold_are_refused(tmp_path):
    _, findings = read(tmp_path, b"1,2\n" * 11, rows=10)
    assert [f.code for f in findings] == ["RD12"]
