"""MHTML (单个文件网页): one page a sheet, under the names that Excel gave them."""

import base64
import quopri

import pytest

from bangfu_excel.read.limits import Limits
from bangfu_excel.read.mhtml import read_mhtml
from bangfu_excel.read.refusal import RefusedError

FRAME = (
    "<html><xml><x:ExcelWorkbook><x:ExcelWorksheets>"
    '<x:ExcelWorksheet><x:Name>石桥村</x:Name><x:WorksheetSource HRef="a.files/sheet002.htm"/></x:ExcelWorksheet>'
    '<x:ExcelWorksheet><x:Name>旧&amp;停</x:Name><x:WorksheetSource HRef="a.files/sheet001.htm"/>'
    "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></x:ExcelWorksheet>"
    '</x:ExcelWorksheets></x:ExcelWorkbook></xml><frameset><frame src="a.files/tabstrip.htm"></frameset></html>'
)


def page(text, declared="gb2312"):
    return f'<html><meta http-equiv=Content-Type content="text/html; charset={declared}"><table><tr><td>{text}</table></html>'


def part(location, content, encoding="gbk", transfer="quoted-printable", kind="text/html"):
    data = content.encode(encoding)
    body = quopri.encodestring(data) if transfer == "quoted-printable" else base64.encodebytes(data)
    head = f"Content-Location: file:///C:/0E2F8E11/{location}\nContent-Transfer-Encoding: {transfer}\nContent-Type: {kind}\n\n"
    return head.encode() + body


def message(*parts):
    head = b'MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary="=_N"\n\n'
    return head + b"".join(b"--=_N\n" + p + b"\n" for p in parts) + b"--=_N--\n"


def read(data, **limits):
    return read_mhtml(data, "a.mht", Limits(**limits))


def refused(data, **limits):
    with pytest.raises(RefusedError) as caught:
        read(data, **limits)
    return caught.value.finding("a.mht").code


def test_sheets_have_the_names_and_the_order_of_the_workbook():
    data = message(
        part("a.htm", FRAME),
        part("a.files/sheet001.htm", page("旧数据")),
        part("a.files/sheet002.htm", page("户主姓名"), transfer="base64"),
        part("a.files/tabstrip.htm", "<table><tr><td>标签</table>"),
        part("a.files/stylesheet.css", "td {}", kind="text/css"),
    )
    workbook, findings = read(data)
    assert [(s.name, s.hidden, s.cell(0, 0).value) for s in workbook.sheets] == [
        ("石桥村", False, "户主姓名"),
        ("旧&停", True, "旧数据"),
    ]
    assert (workbook.format, findings) == ("mhtml", ())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_saved_by_a_browser_is_one_sheet_whatever_it_declares(encoding):
    data = message(part("index.htm", page("户主姓名"), encoding), part("ad.htm", "<p>广告</p>"))
    assert [s.cell(0, 0).value for s in read(data)[0].sheets] == ["户主姓名"]


def test_a_message_that_is_one_page_is_read():
    data = b"MIME-Version: 1.0\n" + part("a.htm", page("户主姓名"))
    assert read(data)[0].sheets[0].cell(0, 0).value == "户主姓名"


def test_a_message_without_a_table_says_so():
    assert refused(message(part("a.htm", "<p>登录</p>"))) == "RD43"
    assert refused(message()) == "RD43"


def test_a_sheet_that_is_too_large_costs_no_other():
    data = message(part("a.htm", "<table><tr><td colspan=99999999>1</table>"), part("b.htm", page("户主姓名")))
    workbook, findings = read(data)
    assert [f.code for f in findings] == ["RD12"]
    assert workbook.sheets[0].cell(0, 0).value == "户主姓名"


def test_what_is_too_large_or_too_deep_is_refused():
    assert refused(message(part("a.htm", page("x" * 1000))), mail=500) == "RD10"
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(3000))
    assert refused(b"MIME-Version: 1.0\n" + deep) in ("RD06", "RD43")
