"""What a file is, by its content, whatever it is called; and one finding for each kind that is no table."""

import io
import zipfile

import pytest

from bangfu_excel.read import read_file
from bangfu_excel.read.signature import Content, identify, suffix_fits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DBF = (
    bytes([3, 124, 6, 30, 1, 0, 0, 0, 65, 0, 11, 0])
    + bytes(20)
    + b"XM"
    + bytes(9)
    + b"C"
    + bytes(20)
    + b"\r"
    + b" " * 11
)


def zipped(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("姓名,村\n张三,石桥村\n", Content.TEXT),
        ("<姓名>,村\n", Content.TEXT),
        ("<见备注>,a<table>\n", Content.TEXT),
        ("ID;Phone\n1;2\n", Content.TEXT),
        ("\r\n  <!-- 导出 --><!DOCTYPE html><HTML>", Content.HTML),
        ("<table><tr>", Content.HTML),
        ("<meta charset=gbk><table>", Content.HTML),
        ('<?xml version="1.0"?><html xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">', Content.HTML),
        ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', Content.XML),
        ('<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">', Content.XML),
        ('<?xml version="1.0"?><office:document xmlns:office="x">', Content.ODS),
        ('<?xml version="1.0"?><w:wordDocument>', Content.FOREIGN),
        ('<?xml version="1.0"?><rows><row/></rows>', Content.FOREIGN),
        ("From: <由 Microsoft Internet Explorer 5 保存>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=a\r\n\r\n", Content.MHTML),
        ("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n", Content.FOREIGN),
        ("ID;PWXL;N;E\r\nP;PGeneral\r\n", Content.RESAVE),
        ("TABLE\r\n0,1\r\n", Content.RESAVE),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_known_by_its_first_words(text, content, encoding):
    assert identify(text.encode(encoding)).content is content


def test_wide_text_without_a_mark_is_text():
    assert identify("姓名,村\n张三,石桥村\n".encode("utf-16-le")).content is Content.TEXT
    assert identify("<html><table>".encode("utf-16-be")).content is Content.HTML


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"\r\n%PDF-1.4", "RD07", "PDF文件"),
        (b"BM\x00\x10\x00\x00\x00\x00\x00\x00" + bytes(100), "RD07", "图片"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "RD07", "图片"),
        (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(100), "RD07", "快捷方式"),
        (b"[InternetShortcut]\r\nURL=http://a/", "RD07", "快捷方式"),
        (b"MZ\x90\x00" + bytes(100), "RD07", "程序"),
        (OLE + bytes(600) + "WordDocument\0".encode("utf-16-le"), "RD07", "WPS文字"),
        (zipped("OFD.xml"), "RD07", "OFD"),
        (zipped("Index/Document.iwa"), "RD07", "苹果"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "RD09", "7z"),
        (b"ID;PWXL;N;E\nP;PGeneral\nC;Y1;X1;K1\nE\n", "RD08", "SYLK"),
        (DBF, "RD08", "DBF"),
        (b"\x62\x14\x23\x65" + bytes(12) + b"E-SafeNet\0\0\0LOCK" + bytes(500), "RD45", "加密软件"),
    ],
)
def test_what_is_no_table_is_said_once(tmp_path, data, code, words):
    path = tmp_path / "走访台账.xlsx"
    path.write_bytes(data)
    workbook, findings = read_file(path, path.name)
    assert workbook is None
    assert [f.code for f in findings] == [code]
    assert words in findings[0].message
    assert findings[0].suggestion


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        ("ET", Content.XLS), ("et", Content.XLSX), ("ett", Content.XLS), ("xlt", Content.XLS), ("xltm", Content.XLSX),
        ("xlsb", Content.XLSB), ("ods", Content.ODS), ("htm", Content.HTML), ("mht", Content.MHTML), ("xml", Content.XML),
        ("txt", Content.TEXT),
    ],
)  # fmt: skip
def test_suffixes_that_fit(suffix, content):
    assert suffix_fits(suffix, content)


@pytest.mark.parametrize(
    ("suffix", "content"),
    [("xls", Content.HTML), ("xls", Content.TEXT), ("xlsx", Content.XLSB), ("csv", Content.XLSX), ("", Content.XLS)],
)
def test_suffixes_that_do_not_fit(suffix, content):
    assert not suffix_fits(suffix, content)
