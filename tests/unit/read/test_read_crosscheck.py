"""No cell is lost or garbled silently: every trap that a reader is known to fall into, built and sprung."""

import datetime as dt
import io
import zipfile

import pytest

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.read import Limits
from bangfu_excel.read import workbook as module
from bangfu_excel.read.limits import DEFAULT
from bangfu_excel.read.package import Package
from bangfu_excel.read.reader import read_here
from bangfu_excel.read.styles import Shown, shown_by
from bangfu_excel.read.xmlbook import XmlBook

TEXTS = ("村名", "户数", "石桥村")
EMPTY = Cell(CellType.EMPTY, None)


def text(value):
    return Cell(CellType.TEXT, value)


def number(value):
    return Cell(CellType.NUMBER, value)


def shared(*texts):
    items = "".join(item if item.startswith("<si") else f"<si><t>{item}</t></si>" for item in texts)
    return f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{items}</sst>'


def cells(sheet):
    """Address → cell of everything that the sheet holds."""
    return {
        (row, column): sheet.cell(row, column)
        for column in range(sheet.width)
        for row in range(sheet.height)
        if sheet.cell(row, column) != EMPTY
    }


@pytest.fixture
def book(handmade, sheet_xml):
    """Writes a workbook of one sheet with these rows, and reads it; careful: as after a crash."""

    def read(rows, texts=TEXTS, extra=None, careful=False, limits=DEFAULT, **xml):
        parts = dict(extra or {})
        if texts:
            parts["xl/sharedStrings.xml"] = texts if isinstance(texts, str) else shared(*texts)
        path = handmade(甲=sheet_xml(rows, **xml), extra=parts)
        workbook, findings = read_here(path, "a.xlsx", limits, careful=careful)
        return workbook.sheets[0] if workbook else None, findings

    return read


def said(findings):
    return [(finding.code, finding.place.cell, finding.count) for finding in findings]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("abc", Cell(CellType.ERROR, "#N/A")),
        ("9", Cell(CellType.ERROR, "#N/A")),
        ("4294967296", Cell(CellType.ERROR, "#N/A")),
        ("-1", Cell(CellType.ERROR, "#N/A")),
        ("1x", Cell(CellType.ERROR, "#N/A")),
        (" 1 ", text("户数")),
    ],
)
def test_a_number_of_a_text_that_is_none_never_becomes_another_cells_text(book, value, found):
    rows = f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>{value}</v></c></row>'
    sheet, findings = book(rows)
    assert cells(sheet) == {(0, 0): text("村名"), (0, 1): found}
    lost = found.type is CellType.ERROR
    assert said(findings) == [("RD52" if lost else "RD50", "B1", 1)]
    assert {finding.severity for finding in findings} == {Severity.WARNING}


def test_texts_that_are_not_in_the_file_are_told_of(book):
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>5</v></c></row>'
    sheet, findings = book(rows, texts=None)
    assert sheet.cell(0, 2) == number(5.0)
    assert sheet.cell(0, 0).type is CellType.ERROR
    assert said(findings) == [("RD52", "A1", 2)]
    assert findings[0].related == ("B1",)


def test_of_cells_written_twice_and_out_of_order_the_last_counts(book):
    rows = (
        '<row r="3"><c r="B3"><v>2</v></c><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="3"><c r="A3"><v>33</v></c></row>'
    )
    sheet, findings = book(rows)
    assert cells(sheet) == {(0, 0): number(1.0), (2, 0): number(33.0), (2, 1): number(2.0)}
    assert said(findings) == [("RD53", "A3", 1)]


def test_cells_without_reference_stand_where_their_order_puts_them(book):
    sheet, findings = book("<row><c><v>1</v></c><c><v>2</v></c></row><row><c r='0'><v>3</v></c></row>")
    assert cells(sheet) == {(0, 0): number(1.0), (0, 1): number(2.0), (1, 0): number(3.0)}
    assert findings == ()


def test_a_cell_whose_place_is_none_is_told_of_and_its_neighbours_are_read(book):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="2B"><v>2</v></c><c r="AAAA1"><v>3</v></c></row><row r="0"><c r="A0"><v>4</v></c></row>'
    sheet, findings = book(rows)
    assert cells(sheet) == {(0, 0): number(1.0)}
    assert said(findings) == [("RD51", "", 3)]


def test_dates_written_as_text(book):
    kinds = ("2024-03-05", "2024-03-05T08:30:00Z", "08:30:00", "2024-02-30")
    row = "".join(f'<c r="{letter}1" t="d"><v>{kind}</v></c>' for letter, kind in zip("ABCD", kinds, strict=True))
    sheet, _ = book(f'<row r="1">{row}<c r="E1" t="zzz"><v>7</v></c></row>')
    assert [sheet.cell(0, column).value for column in range(5)] == [
        dt.date(2024, 3, 5), dt.datetime(2024, 3, 5, 8, 30), dt.time(8, 30), "2024-02-30", 7.0,
    ]  # fmt: skip


@pytest.mark.parametrize("style", ["", ' s="9999"'])
@pytest.mark.parametrize(
    ("stored", "found"),
    [
        ("1e999", Cell(CellType.ERROR, "#NUM!")),
        ("NaN", Cell(CellType.ERROR, "#NUM!")),
        ("1,234", text("1,234")),
        ("１２", text("１２")),
        ("0x10", text("0x10")),
        ("", None),
        ("1E+2", number(100.0)),
        ("123456789012345678", number(123456789012345678.0)),
    ],
)
def test_odd_numbers(book, stored, found, style):
    sheet, _ = book(f'<row r="1"><c r="A1"{style}><v>{stored}</v></c><c r="B1"><v>1</v></c></row>')
    assert cells(sheet) == {(0, 1): number(1.0), **({(0, 0): found} if found else {})}


def test_how_a_text_is_pronounced_is_not_part_of_it(book):
    rich = '<si><r><t>石</t></r><r><t>桥</t></r><rPh sb="0" eb="1"><t>shí</t></rPh></si>'
    inline = '<c r="B1" t="inlineStr"><is><r><t>石</t></r><rPh sb="0" eb="1"><t>shí</t></rPh></is></c>'
    for careful in (False, True):
        sheet, _ = book(f'<row r="1"><c r="A1" t="s"><v>0</v></c>{inline}</row>', texts=(rich,), careful=careful)
        assert cells(sheet) == {(0, 0): text("石桥"), (0, 1): text("石")}


@pytest.mark.parametrize("careful", [False, True])
def test_texts_come_as_excel_shows_them(book, careful):
    texts = ("甲_x000D_乙", "<si><t>  两边 </t></si>", '<si><t xml:space="preserve"> 留 </t></si>', "&lt;5亩")
    row = "".join(f'<c r="{letter}1" t="s"><v>{i}</v></c>' for i, letter in enumerate("ABCD"))
    sheet, findings = book(f'<row r="1">{row}</row>', texts=texts, careful=careful)
    assert [sheet.cell(0, column).value for column in range(4)] == ["甲\r乙", "两边", " 留 ", "<5亩"]
    assert findings == ()


def test_an_empty_shared_text_is_no_lost_cell(book, monkeypatch):
    monkeypatch.setattr(module.XmlBook, "read", None)  # the slow reader is not asked
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v></v></c><c r="D1" t="inlineStr"><is><t/></is></c></row>'
    sheet, findings = book(rows, texts=("村名", ""))
    assert cells(sheet) == {(0, 0): text("村名")}
    assert findings == ()


def test_characters_that_xml_forbids_are_left_out_and_told_of(book):
    sheet, findings = book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', texts=("石&#0;桥&#x1;村",))
    assert cells(sheet) == {(0, 0): text("石桥村")}
    assert [finding.code for finding in findings] == ["RD25"]
    assert "2个" in findings[0].message


def entity_book(declared, use):
    return f'<?xml version="1.0"?><!DOCTYPE sst [{declared}]>' + shared(use)


def test_an_entity_of_the_file_itself_is_read(book):
    sheet, _ = book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', texts=entity_book('<!ENTITY v "石桥村">', "&v;"))
    assert cells(sheet) == {(0, 0): text("石桥村")}


def test_an_entity_outside_is_never_opened(book, tmp_path):
    (tmp_path / "secret.txt").write_text("机密", encoding="utf-8")
    declared = f'<!ENTITY v SYSTEM "{(tmp_path / "secret.txt").as_uri()}">'
    sheet, _ = book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', texts=entity_book(declared, "甲&v;"))
    assert sheet is None or "机密" not in str(sheet.cell(0, 0).value)


def test_entities_that_grow_without_end_are_refused(book):
    declared = '<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12)
    )
    sheet, findings = book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', texts=entity_book(declared, "&a11;"))
    assert sheet is None
    assert [finding.code for finding in findings] == ["RD11"]


def test_two_sheets_of_one_name_are_both_read(handmade, sheet_xml):
    path = handmade(
        甲=sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'), 乙=sheet_xml('<row r="1"><c r="A1"><v>2</v></c></row>')
    )
    renamed = path.with_name("b.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(renamed, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(
                info.filename,
                content.replace("乙".encode(), "甲".encode()) if "workbook.xml" in info.filename else content,
            )
    workbook, findings = read_here(renamed, "b.xlsx")
    assert [(sheet.name, sheet.cell(0, 0).value) for sheet in workbook.sheets] == [("甲", 1.0), ("甲 (2)", 2.0)]
    assert [(finding.code, finding.place.sheet) for finding in findings] == [("RD54", "甲 (2)")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_parts_of_one_name_are_told_of(handmade, sheet_xml):
    path = handmade(甲=sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml('<row r="1"><c r="A1"><v>2</v></c></row>'))
    workbook, findings = read_here(path, "a.xlsx")
    assert workbook.sheets[0].cell(0, 0) == number(2.0)
    assert [finding.code for finding in findings] == ["RD56"]


def test_a_sheet_of_merges_that_calamine_does_not_understand(book):
    merges = '<mergeCells><mergeCell ref="A:B"/><mergeCell ref="A2:B3"/></mergeCells>'
    sheet, _ = book('<row r="1"><c r="A1"><v>1</v></c></row>', after=merges)
    assert cells(sheet) == {(0, 0): number(1.0)}
    assert sheet.merges == (Merge(1, 0, 2, 1),)


def test_a_workbook_with_errors_formulas_and_hidden_rows_is_the_same_without_calamine(book):
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><f>A1*2</f></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>1.5</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="str"><f>A1</f><v>甲</v></c></row>'
    )
    usual, careful = (book(rows, careful=careful)[0] for careful in (False, True))
    assert cells(usual) == cells(careful)
    assert len(cells(usual)) == 6
    assert usual.hidden_rows == careful.hidden_rows == {1}


def test_careful_reading_does_not_touch_calamine(book, monkeypatch):
    monkeypatch.setattr(module, "CalamineBook", None)
    assert cells(book('<row r="1"><c r="A1"><v>1</v></c></row>', careful=True)[0]) == {(0, 0): number(1.0)}


def test_more_cells_than_may_be_read_one_by_one_are_refused(book):
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 30))
    sheet, findings = book(rows, careful=True, limits=Limits(parsed=20))
    assert sheet is None
    assert [finding.code for finding in findings] == ["RD12"]


def test_of_a_damaged_sheet_what_calamine_reads_is_kept_and_doubted(book):
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><v>丢</v></c></row>'
    sheet, findings = book(rows, after="&leer;")
    assert cells(sheet) == {(0, 0): text("村名")}
    assert [finding.code for finding in findings] == ["RD55"]


def test_of_a_damaged_sheet_no_text_of_another_cell_is_kept(book):
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>abc</v></c></row>'
    sheet, findings = book(rows, after="&leer;")
    assert sheet is None
    assert [finding.code for finding in findings] == ["RD11"]


EXTRAS = {
    "RD57": {"xl/vbaProject.bin": "x"},
    "RD58": {"xl/externalLinks/externalLink1.xml": "<externalLink/>"},
    "RD59": {"xl/connections.xml": "<connections/>"},
}


@pytest.mark.parametrize("code", EXTRAS)
def test_macros_links_and_connections_are_told_of_once(book, code):
    sheet, findings = book('<row r="1"><c r="A1"><v>1</v></c></row>', extra=EXTRAS[code])
    assert cells(sheet) == {(0, 0): number(1.0)}
    assert [(finding.code, finding.severity) for finding in findings] == [(code, Severity.INFO)]


def test_dates_are_the_same_without_calamine(tmp_path):
    import xlsxwriter

    stream = io.BytesIO()
    values = (0, 0.25, 1, 59, 60, 61, 45356, 45356.75, 2958465, 2958466, 20240305)
    for calendar in (False, True):
        workbook = xlsxwriter.Workbook(stream, {"date_1904": calendar})
        sheet = workbook.add_worksheet()
        for column, code in enumerate(("yyyy-mm-dd", "[h]:mm", 'h"时"mm"分"', "0.00_);[Red](0.00)", '"d"0')):
            for row, value in enumerate(values):
                sheet.write_number(row, column, value, workbook.add_format({"num_format": code}))
        workbook.close()
        (tmp_path / "a.xlsx").write_bytes(stream.getvalue())
        usual, careful = (read_here(tmp_path / "a.xlsx", "a", careful=c)[0].sheets[0] for c in (False, True))
        assert cells(usual) == cells(careful)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", Shown.NUMBER), ("0.00", Shown.NUMBER), ('"第"0"d"', Shown.NUMBER), ("0_d", Shown.NUMBER), ("#,##0*y", Shown.NUMBER),
        ("[Red]0", Shown.NUMBER), ("[$-804]0", Shown.NUMBER), ("0;yyyy", Shown.NUMBER), ("\\Y0", Shown.NUMBER),
        ("yyyy-mm-dd", Shown.MOMENT), ('yyyy"年"m"月"', Shown.MOMENT), ("[$-804]aaaa;@", Shown.NUMBER), ("h:mm AM/PM", Shown.MOMENT),
        ("[h]:mm", Shown.DURATION), ("[Blue][mm]:ss", Shown.DURATION),
    ],
)  # fmt: skip
def test_which_numbers_are_shown_as_dates(code, shown):
    assert shown_by(code) is shown


def test_our_own_reader_and_calamine_agree_on_an_ordinary_book(tmp_path):
    import openpyxl

    workbook = openpyxl.Workbook()
    for row in range(40):
        workbook.active.append(
            [f"石桥村{row % 7}", row, row / 3, row % 2 == 0, dt.date(2024, 1, 1 + row % 28), None, "=A1"]
        )
    workbook.active.merge_cells("A1:B1")
    workbook.save(tmp_path / "a.xlsx")
    usual, _ = read_here(tmp_path / "a.xlsx", "a")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        package = Package(archive)
        own = XmlBook(package, DEFAULT).read(package.sheets[0]).sheet
    assert cells(own) == cells(usual.sheets[0])
    assert own.merges == usual.sheets[0].merges
