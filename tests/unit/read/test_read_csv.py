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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_recognised(tmp_path, encoding):
    workbook, findings = read(tmp_path, TEXT.encode(encoding))
    assert rows(workbook)[1] == ["张三", "石桥村", "喆㙍"]
    assert findings == ()


def test_lines_in_two_encodings_are_read_each_in_its_own(tmp_path):
    data = "姓名,村\n张三,石桥村\n".encode("gb18030") + "李四,清水村\n王五,上河村\n赵六,石桥村\n".encode()
    workbook, findings = read(tmp_path, data)
    assert [row[0] for row in rows(workbook)] == ["姓名", "张三", "李四", "王五", "赵六"]
    assert [(f.code, "其中2行" in f.message) for f in findings] == [("RD40", True)]


def test_other_lines_behind_a_byte_order_mark_are_read_too(tmp_path):
    workbook, findings = read(tmp_path, "姓名,村\n".encode("utf-8-sig") + "张三,石桥村\n".encode("gbk"))
    assert rows(workbook) == [["姓名", "村"], ["张三", "石桥村"]]
    assert [f.code for f in findings] == ["RD40"]


def test_a_damaged_character_does_not_change_the_others(tmp_path):
    data = "姓名,村\n张三,石桥村清水村上河村\n".encode()
    workbook, findings = read(tmp_path, data.replace("清".encode(), b"\xe6\xb8"))
    assert rows(workbook)[1][1].startswith("石桥村\ufffd水村")
    assert [f.code for f in findings] == ["RD24"]


def test_big5_is_told_from_traditional_characters_in_gb18030(tmp_path):
    text = "姓名,備註\n張三,這裡沒有問題請與鎮公所聯繫\n"
    assert rows(read(tmp_path, text.encode("big5"))[0])[1] == ["張三", "這裡沒有問題請與鎮公所聯繫"]
    workbook, findings = read(tmp_path, text.encode("gb18030"))
    assert rows(workbook)[1] == ["張三", "這裡沒有問題請與鎮公所聯繫"]
    assert findings == ()


def test_a_bar_parts_values_too(tmp_path):
    assert rows(read(tmp_path, "姓名|村|备注\n张三|石桥村|a,b\n".encode())[0])[1] == ["张三", "石桥村", "a,b"]


def test_no_value_of_a_longer_row_is_lost(tmp_path):
    assert rows(read(tmp_path, b"a,b\n1,2,3,4\n5\n")[0]) == [
        ["a", "b", None, None], ["1", "2", "3", "4"], ["5", None, None, None],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ["姓名,村,备注", '张三,"石桥村,甲', "李四,清水村,乙", "王五,上河村,丙"],
        ["姓名,村,备注", '张三,"石桥村,甲', '李四,"清水村",乙', "王五,上河村,丙"],
    ],
)
def test_a_quote_that_is_never_closed_swallows_no_row(tmp_path, lines):
    workbook, findings = read(tmp_path, "\n".join(lines).encode())
    assert [row[0] for row in rows(workbook)] == ["姓名", "张三", "李四", "王五"]
    assert rows(workbook)[2] == ["李四", "清水村", "乙"]
    assert [(f.code, f.place.row, f.count) for f in findings] == [("RD41", 2, 1)]


def test_rows_with_honest_line_breaks_stay_whole_beside_an_open_quote(tmp_path):
    text = '姓名,村,备注\n张三,石桥村,"一\n二"\n李四,"清水村,x\n王五,上河村,"丙"\n赵六,石桥村,"三\n四"\n'
    workbook, findings = read(tmp_path, text.encode())
    assert rows(workbook) == [
        ["姓名", "村", "备注"], ["张三", "石桥村", "一\n二"], ["李四", '"清水村', "x"], ["王五", "上河村", "丙"],
        ["赵六", "石桥村", "三\n四"],
    ]  # fmt: skip
    assert [f.place.row for f in findings] == [3]


def test_an_open_quote_in_a_long_file_swallows_nothing(tmp_path):
    text = "编号,备注\n" + "".join(f"{i},{chr(34) if i == 5 else ''}无\n" for i in range(1000))
    workbook, findings = read(tmp_path, text.encode())
    assert workbook.sheets[0].height == 1001
    assert [f.code for f in findings] == ["RD41"]


def test_lines_quoted_as_a_whole_are_parted(tmp_path):
    workbook, findings = read(tmp_path, '"姓名,村,备注"\r\n"张三,石桥村,""a,b"""\r\n"李四,清水村,"\r\n'.encode())
    assert rows(workbook) == [["姓名", "村", "备注"], ["张三", "石桥村", "a,b"], ["李四", "清水村", None]]
    assert [f.code for f in findings] == ["RD42"]


def test_a_list_of_quoted_values_is_not_parted(tmp_path):
    assert rows(read(tmp_path, '"张三"\n"李四"\n"王五，丁"\n'.encode())[0]) == [["张三"], ["李四"], ["王五，丁"]]


def test_what_looks_like_a_formula_is_text(tmp_path):
    workbook, _ = read(tmp_path, b"a,b\n=1+1,@SUM(1)\n\"=cmd|' /C calc'!A0\",-1\n")
    sheet = workbook.sheets[0]
    assert [sheet.cell(r, c).type for r in (1, 2) for c in (0, 1)] == [CellType.TEXT] * 4
