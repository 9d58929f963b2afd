"""OpenDocument spreadsheets: values, errors, repeats, merges, hidden parts; and what is none of it."""

import datetime as dt
import io
import zipfile

import pytest

from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.ods import read_fods, read_ods
from bangfu_excel.read.refusal import RefusedError

SPACES = (
    "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {
            "office": "office",
            "table": "table",
            "text": "text",
            "style": "style",
            "draw": "drawing",
        }.items()
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def document(tables, kind="spreadsheet"):
    styles = (
        '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    return f"<office:document{SPACES}>{styles}<office:body><office:{kind}>{tables}</office:{kind}></office:body></office:document>"


def table(rows, name="走访", style="ta1"):
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def row(cells, attributes=""):
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def cell(text="", attributes=""):
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return f"<table:table-cell {attributes}>{paragraphs}</table:table-cell>"


def value(kind, stored, text):
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    return cell(text, f'office:value-type="{kind}" office:{name}="{stored}" calcext:value-type="{kind}"')


def read(tables, **limits):
    return read_fods(document(tables).encode(), "a.ods", Limits(**limits))


def sheet(rows):
    return read(table(rows))[0].sheets[0]


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, content in parts.items():
            archive.writestr({"content": "content.xml", "manifest": "META-INF/manifest.xml"}[name], content)
    stream.seek(0)
    return stream


def test_cells_have_the_types_that_are_stored():
    error = 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
    found = sheet(
        row(
            cell("990101196805123015", 'office:value-type="string"')
            + value("float", "5700.5", "5,700.5") + value("percentage", "0.95", "95%") + value("currency", "12", "￥12.00")
            + value("date", "2024-03-05", "3月5日") + value("date", "2024-03-05T08:30:00", "x")
            + value("time", "PT08H30M00S", "8:30") + value("time", "PT30H00M00S", "30:00")
            + value("boolean", "true", "是") + cell("#DIV/0!", error)
            + cell("#REF!", 'table:formula="oooc:=[.A1]" office:value-type="float" office:value="0"')
            + cell("", 'table:formula="of:=[.A1]"') + value("date", "-0044-03-15", "前44年")
        )
    )  # fmt: skip
    assert [found.cell(0, column) for column in range(13)] == [
        Cell(CellType.TEXT, "990101196805123015"),
        Cell(CellType.NUMBER, 5700.5),
        Cell(CellType.NUMBER, 0.95),
        Cell(CellType.NUMBER, 12.0),
        Cell(CellType.DATE, dt.date(2024, 3, 5)),
        Cell(CellType.DATE, dt.datetime(2024, 3, 5, 8, 30)),
        Cell(CellType.DATE, dt.time(8, 30)),
        Cell(CellType.NUMBER, 1.25),
        Cell(CellType.BOOLEAN, True),
        Cell(CellType.ERROR, "#DIV/0!"),
        Cell(CellType.ERROR, "#REF!"),
        Cell(CellType.FORMULA, "=[.A1]"),
        Cell(CellType.TEXT, "前44年"),
    ]


def test_text_keeps_its_lines_and_spaces_and_no_comment():
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    shape = "<draw:frame><draw:text-box><text:p>图形</text:p></draw:text-box></draw:frame>"
    inner = f'<table:table-cell>{note}{shape}<text:p>张<text:s text:c="2"/><text:span>三</text:span>\n  a</text:p><text:p>户主</text:p></table:table-cell>'
    assert sheet(row(inner)).cell(0, 0).value == "张  三 a\n户主"


def test_repeated_cells_and_rows_stand_as_often_as_they_say():
    found = sheet(
        row(cell("", 'table:number-columns-repeated="2"') + cell("a", 'table:number-columns-repeated="2"') + cell("b"), 'table:number-rows-repeated="2"')
        + row(cell("", 'table:number-columns-repeated="16384"'), 'table:number-rows-repeated="3"')
        + row(cell("c"))
        + row(cell("", 'table:number-columns-repeated="16384"'), 'table:number-rows-repeated="1048570"')
    )  # fmt: skip
    assert [[found.cell(r, c).value for c in range(5)] for r in range(6)] == [
        [None, None, "a", "a", "b"], [None, None, "a", "a", "b"], [None] * 5, [None] * 5, [None] * 5, ["c", None, None, None, None],
    ]  # fmt: skip
    assert (found.height, found.width) == (6, 5)


def test_merges_and_what_is_hidden_are_known():
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    merged = cell("标题", 'table:number-columns-spanned="3" table:number-rows-spanned="2"')
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    workbook, _ = read(
        table(columns + row(merged + covered) + row(cell("x") * 3, 'table:visibility="filter"'))
        + table("", "旧", "ta2")
    )
    first, second = workbook.sheets
    assert (first.merges, first.hidden_rows, first.hidden_columns) == ((Merge(0, 0, 1, 2),), {1}, {1, 2})
    assert (first.hidden, second.hidden) == (False, True)


def test_copies_of_other_files_sheets_are_no_sheets():
    linked = table("<table:table-source/>" + row(cell("别人的")), "'file:///a.ods'#$Sheet1")
    assert [s.name for s in read(table(row(cell("a"))) + linked)[0].sheets] == ["走访"]


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("x"), 'table:number-rows-repeated="2000000000"'),
        row(cell("x", 'table:number-columns-repeated="2000000000"')),
        row(cell("x", 'table:number-columns-spanned="2000000000"')),
        row(cell("x", 'table:number-columns-repeated="16000"'), 'table:number-rows-repeated="1000000"'),
    ],
)
def test_a_sheet_that_is_too_large_costs_no_other(rows):
    workbook, findings = read(table(rows, "大") + table(row(cell("a"))))
    assert [s.name for s in workbook.sheets] == ["走访"]
    assert [(f.code, f.place.sheet) for f in findings] == [("RD12", "大")]


def refused(call):
    with pytest.raises(RefusedError) as caught:
        call()
    return caught.value.finding("a.ods")


def test_filled_cells_that_repeat_too_often_are_refused():
    rows = row(cell("x", 'table:number-columns-repeated="10"'), 'table:number-rows-repeated="1000000"')
    assert refused(lambda: read(table(rows))).code == "RD10"


def test_a_zipped_document_is_read():
    workbook, _ = read_ods(zipped(content=document(table(row(cell("户主姓名"))))), "a.ods", Limits())
    assert (workbook.format, workbook.sheets[0].cell(0, 0).value) == ("ods", "户主姓名")


def test_a_password_is_said():
    locked = zipped(content="x", manifest="<manifest:encryption-data/>")
    assert refused(lambda: read_ods(locked, "a.ods", Limits())).code == "RD05"


@pytest.mark.parametrize(("kind", "words"), [("text", "文字文档"), ("presentation", "演示文稿")])
def test_another_kind_of_document_is_named(kind, words):
    found = refused(lambda: read_fods(document("", kind).encode(), "a.odt", Limits()))
    assert (found.code, words in found.message) == ("RD07", True)


def test_entities_and_damage_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY a "x">]>' + document(table(row(cell("&a;"))))
    assert refused(lambda: read_fods(bomb.encode(), "a.ods", Limits())).code == "RD06"
    assert refused(lambda: read_fods(document("<table:table>").encode(), "a.ods", Limits())).code == "RD06"
