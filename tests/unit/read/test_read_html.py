"""html tables, most of them saved under the suffix .xls: cells, merges and texts as Excel shows them."""

import datetime as dt
import time

import pytest

from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.read.html import read_html
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.refusal import RefusedError

NUMBER = "990101196805123015"


def read(page, **limits):
    data = page if isinstance(page, bytes) else page.encode()
    return read_html(data, "a.xls", Limits(**limits))


def sheet(page, **limits):
    return read(page, **limits)[0].sheets[0]


def rows(page, **limits):
    found = sheet(page, **limits)
    return [[found.cell(r, c).value for c in range(found.width)] for r in range(found.height)]


def refusal(page, **limits):
    with pytest.raises(RefusedError) as caught:
        read(page, **limits)
    return caught.value.finding("a.xls").code


def test_values_are_text_and_keep_every_digit():
    assert rows(f"<table><tr><th>身份证号<th>人口</tr><tr><td>{NUMBER}</td><td>3</td></tr></table>") == [
        ["身份证号", "人口"],
        [NUMBER, "3"],
    ]


def test_what_excel_marked_has_its_type():
    page = (
        "<style>.d{mso-number-format:\"yyyy\\0022年\\0022m\\0022月\\0022\";} .t{mso-number-format:'\\@';}</style><table><tr>"
        '<td x:num>1,234.5<td x:num="45356" class=d>2024年3月<td x:num="3" class=t>003'
        f'<td x:num>{NUMBER}<td x:bool="TRUE">TRUE<td x:err="#REF!">#REF!<td x:str>007'
        '<td x:num="45356" style=\'mso-number-format:"Short Date"\'>2024/3/5</table>'
    )
    found = sheet(page)
    assert [found.cell(0, column) for column in range(8)] == [
        Cell(CellType.NUMBER, 1234.5),
        Cell(CellType.DATE, dt.date(2024, 3, 5)),
        Cell(CellType.TEXT, "003"),
        Cell(CellType.TEXT, NUMBER),
        Cell(CellType.BOOLEAN, True),
        Cell(CellType.ERROR, "#REF!"),
        Cell(CellType.TEXT, "007"),
        Cell(CellType.DATE, dt.date(2024, 3, 5)),
    ]


def test_spans_are_merged_ranges_with_the_value_at_the_top_left():
    found = sheet(
        "<table><tr><td rowspan=2>村名</td><td colspan=2>户数</td><td rowspan='2'>备注</td></tr>"
        "<tr><td>上年</td><td>本年</td></tr><tr><td>石桥村<td>1<td>2<td>无</table>"
    )
    assert [[found.cell(r, c).value for c in range(4)] for r in range(3)] == [
        ["村名", "户数", None, "备注"],
        [None, "上年", "本年", None],
        ["石桥村", "1", "2", "无"],
    ]
    assert set(found.merges) == {Merge(0, 0, 1, 0), Merge(0, 1, 0, 2), Merge(0, 3, 1, 3)}


def test_text_is_as_a_browser_shows_it():
    page = "<table><tr><td>&nbsp;张&nbsp;三 <br>\n  &lt;户主&gt;<td>&nbsp;<td><p>一</p><p>二</p><td>a\n b</table>"
    assert rows(page) == [["张 三\n<户主>", None, "一\n二", "a b"]]


def test_tables_stand_one_below_the_other_and_titles_above_them():
    page = "<title>导出</title><h2>石桥村走访台账</h2><table><tr><td>甲</table><p></p><table><tr><td>乙</table>注：略"
    assert rows(page) == [["石桥村走访台账"], ["甲"], [None], ["乙"], ["注：略"]]
    assert sheet(page).name == "导出"


def test_the_name_that_excel_gave_comes_before_the_title():
    head = "<!--[if gte mso 9]><xml><x:ExcelWorksheet><x:Name>走访</x:Name></x:ExcelWorksheet></xml><![endif]-->"
    assert sheet(f"<title>a/b</title>{head}<table><tr><td>1</table>").name == "走访"
    assert sheet("<title>a/b</title><table><tr><td>1</table>").name == "a b"


def test_a_table_inside_a_row_is_text_of_its_cell():
    member = "<table><tr><td>李四<td>妻</tr><tr><td>张小<td>子</tr></table>"
    row = f"<tr><td>张三<td>石桥村<td>3<td>成员：{member}</tr>"
    assert rows(f"<table><tr><td>户主<td>村<td>人口<td>成员</tr>{row * 2}</table>")[2] == [
        "张三", "石桥村", "3", "成员：\n李四 妻\n张小 子",
    ]  # fmt: skip


def test_a_table_that_only_lays_out_the_page_does_not_swallow_the_table_of_data():
    data = "<table><tr><td>户主<td>村</tr><tr><td>张三<td>石桥村</tr></table>"
    assert rows(f"<table><tr><td>菜单</td><td>{data}</td></tr></table>") == [
        ["菜单", None], [None, None], ["户主", "村"], ["张三", "石桥村"],
    ]  # fmt: skip


def test_hidden_rows_and_columns_are_read_and_known():
    found = sheet(
        '<table><col><col span=2 style="DISPLAY: none"><tr><td>a<td>b<td>c<td style="display:none">d</tr>'
        '<tr style="display:none"><td>1<td>2<td>3<td style="display:none">4</tr></table>'
    )
    assert (found.hidden_rows, found.hidden_columns) == ({1}, {1, 2, 3})
    assert found.cell(1, 3).value == "4"


def test_what_stands_in_fields_of_a_form_is_a_value():
    page = (
        '<table><tr><td><input value="张三"><input type=hidden value=9><td><select><option>否<option selected>是</select>'
        "<td><script>var a='<td>x</td>'</script>可</table>"
    )
    assert rows(page) == [["张三", "是", "可"]]


def test_tags_that_are_not_closed_close_themselves():
    assert rows("<table><tr><td>a<td>b<tr><td>c</tr><td>d</table>") == [["a", "b"], ["c", None], ["d", None]]
    assert rows("<tr><td>a</td></tr><tr><td>b") == [["a"], ["b"]]


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "big5-hkscs", "klingon"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
def test_the_bytes_decide_the_encoding(declared, encoding):
    page = (
        f'<html><meta http-equiv="Content-Type" content="text/html; charset={declared}"><table><tr><td>户主姓名</table>'
    )
    if (declared, encoding) != ("big5-hkscs", "gb18030"):
        assert rows(page.encode(encoding)) == [["户主姓名"]]


def test_a_declared_big5_is_heard_where_the_bytes_allow_it():
    assert rows("<meta charset=big5><table><tr><td>戶主姓名</table>".encode("big5")) == [["戶主姓名"]]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><body>会话超时，请重新登录</body></html>", "RD43"),
        ("<form><table><tr><td>用户名<td><input><tr><td>密码<td><input type=password></table></form>", "RD43"),
        ('<html><frameset><frame src="走访.files/sheet001.htm"></frameset></html>', "RD44"),
    ],
)
def test_a_page_without_a_table_says_what_it_is(page, code):
    assert refusal(page) == code


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<table><tr><td colspan=100000000>x</table>", "RD12"),
        ("<table><tr><td rowspan=1000000000>x</table>", "RD12"),
        ("<table><tr>" + "<td>1" * 20_000 + "</table>", "RD12"),
        ("<table>" + "<tr><td colspan=9000 rowspan=9>1" * 20_000, "RD12"),
        ("<table>" + ("<tr>" + "<td>1" * 100) * 600, "RD10"),
        ("<b>" * 500_000, "RD10"),
    ],
)
def test_what_is_too_large_is_refused_at_once(page, code):
    started = time.process_time()
    assert refusal(page, parsed=50_000) == code
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "page",
    [
        "<table>" * 20_000,
        "<table><tr><td>甲" * 2_000,
        "<table><tr><td>甲" + "<a" * 200_000,
        "<table><tr><td>甲" + '<a "' * 100_000,
        "<table><tr><td>甲" + "<!--" * 200_000,
        "<table><tr><td>甲<![foo[ <script>" + "x<" * 100_000,
        "<table><tr><td>甲" + "&#x110000;" * 50_000,
        "<table>" + ("<tr>" + "<td rowspan=60000>1" * 20) * 500,
    ],
)
def test_what_never_ends_is_read_as_far_as_it_goes(page):
    started = time.process_time()
    read(page)
    assert time.process_time() - started < 10
