"""SpreadsheetML 2003: the XML table that old systems write, under .xml or .xls."""

import datetime as dt

import pytest

from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.spreadsheetml import read_spreadsheetml

OFFICE = "urn:schemas-microsoft-com:office"
NUMBER = "990101196805123015"


def sheet_xml(rows, name="走访", options=""):
    return (
        f'<Worksheet ss:Name="{name}"><Table>{rows}</Table>'
        f'<WorksheetOptions xmlns="{OFFICE}:excel">{options}</WorksheetOptions></Worksheet>'
    )


def book(*sheets, prolog=""):
    return (
        f'<?xml version="1.0" encoding="gb2312"?>{prolog}<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{OFFICE}:spreadsheet" xmlns:ss="{OFFICE}:spreadsheet">{"".join(sheets)}</Workbook>'
    )


def cell(value, kind="String", attributes=""):
    return f'<Cell {attributes}><Data ss:Type="{kind}">{value}</Data></Cell>'


def read(text, encoding="utf-8", **limits):
    return read_spreadsheetml(text.encode(encoding), "a.xls", Limits(**limits))


def sheet(rows):
    return read(book(sheet_xml(rows)))[0].sheets[0]


def test_cells_have_the_types_that_are_written():
    found = sheet(
        "<Row>"
        + cell(NUMBER) + cell("5700.5", "Number") + cell("2024-03-05T00:00:00.000", "DateTime")
        + cell("2024-03-05T08:30:00.000", "DateTime") + cell("1899-12-31T08:30:00.000", "DateTime")
        + cell("1", "Boolean") + cell("#REF!", "Error") + '<Cell ss:Formula="=RC[-1]+1"/>' + cell("x", "Number")
        + "</Row>"
    )  # fmt: skip
    assert [found.cell(0, column) for column in range(9)] == [
        Cell(CellType.TEXT, NUMBER),
        Cell(CellType.NUMBER, 5700.5),
        Cell(CellType.DATE, dt.date(2024, 3, 5)),
        Cell(CellType.DATE, dt.datetime(2024, 3, 5, 8, 30)),
        Cell(CellType.DATE, dt.time(8, 30)),
        Cell(CellType.BOOLEAN, True),
        Cell(CellType.ERROR, "#REF!"),
        Cell(CellType.FORMULA, "=RC[-1]+1"),
        Cell(CellType.TEXT, "x"),
    ]


def test_cells_stand_where_their_index_says():
    found = sheet(
        '<Row ss:Index="3">' + cell("a") + cell("b", attributes='ss:Index="4"') + cell("c") + "</Row>"
        '<Row ss:Span="2"/><Row>' + cell("d", attributes='ss:MergeAcross="1" ss:MergeDown="2"') + cell("e") + "</Row>"
    )
    assert {(r, c): found.cell(r, c).value for r in range(found.height) for c in range(found.width) if found.cell(r, c).value} == {
        (2, 0): "a", (2, 3): "b", (2, 4): "c", (6, 0): "d", (6, 2): "e",
    }  # fmt: skip
    assert found.merges == (Merge(6, 0, 8, 1),)


def test_rich_text_is_text_and_a_comment_is_none():
    html = 'xmlns="http://www.w3.org/TR/REC-html40"'
    found = sheet(
        f'<Row><Cell><ss:Data ss:Type="String" {html}><B>张</B><Font html:Color="#FF0000">三</Font>&#10;户主</ss:Data>'
        f'<Comment ss:Author="x"><ss:Data {html}><B>批注</B></ss:Data></Comment></Cell></Row>'
    )
    assert found.cell(0, 0).value == "张三\n户主"


def test_what_is_hidden_is_read_and_known():
    rows = f'<Column/><Column ss:Hidden="1" ss:Span="1"/><Row ss:Hidden="1">{cell(1) * 4}</Row><Row>{cell(2)}</Row>'
    workbook, _ = read(book(sheet_xml(rows), sheet_xml("", "旧", "<Visible>SheetHidden</Visible>")))
    first, second = workbook.sheets
    assert (first.hidden_rows, first.hidden_columns, first.hidden) == ({0}, {1, 2}, False)
    assert (second.name, second.hidden) == ("旧", True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_bytes_decide_the_encoding(encoding):
    workbook, _ = read(book(sheet_xml(f"<Row>{cell('户主姓名')}</Row>")), encoding)
    assert workbook.sheets[0].cell(0, 0).value == "户主姓名"


@pytest.mark.parametrize(
    "attributes", ['ss:Index="2000000000"', 'ss:MergeAcross="2000000000"', 'ss:MergeDown="2000000000"']
)
def test_a_sheet_that_is_too_large_costs_no_other(attributes):
    workbook, findings = read(
        book(sheet_xml(f"<Row>{cell(1, attributes=attributes)}</Row>", "大"), sheet_xml(f"<Row>{cell(2)}</Row>"))
    )
    assert [s.name for s in workbook.sheets] == ["走访"]
    assert [(f.code, f.place.sheet) for f in findings] == [("RD12", "大")]


def refused(text, **limits):
    with pytest.raises(RefusedError) as caught:
        read(text, **limits)
    return caught.value.finding("a.xls").code


def test_more_cells_than_may_be_are_refused():
    assert refused(book(sheet_xml(f"<Row>{cell(1) * 20}</Row>" * 20)), parsed=300) == "RD10"


def test_entities_are_neither_expanded_nor_fetched():
    inner = '<!DOCTYPE w [<!ENTITY a "x">]>'
    outer = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    rows = sheet_xml(f"<Row>{cell('&a;')}</Row>")
    assert [refused(book(rows, prolog=prolog)) for prolog in (inner, outer)] == ["RD06", "RD06"]


def test_damaged_xml_is_refused():
    assert refused(book(sheet_xml(f"<Row>{cell('a & b')}</Row>"))) == "RD06"


def test_deep_nesting_is_no_recursion():
    deep = "<B>" * 100_000 + "x" + "</B>" * 100_000
    assert sheet(f"<Row>{cell(deep)}</Row>").cell(0, 0).value == "x"
