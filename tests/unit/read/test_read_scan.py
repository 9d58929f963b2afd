"""The scan of a sheet's XML: the same facts, whoever wrote the XML and however large the blocks are."""

import io

import pytest

from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.read import scan
from bangfu_excel.read.scan import Effort, OddSheetError, scan_sheet
from bangfu_excel.read.sheetxml import parse_reference

ROWS = (
    '<row r="1" spans="1:3"><c r="A1" t="inlineStr"><is><t>户主姓名</t></is></c><c r="B1"><v>1</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" s="1" t="e"><v>#REF!</v></c><c r="B2" s="2"/><c r="C2"><f>B1*2</f></c></row>'
    '<row r="4"><c r="A4"><f>B1</f><v>1</v></c><c r="C4"><f t="shared" ref="C4:C5" si="0">B1+1</f><v></v></c></row>'
    '<row r="5"><c r="C5"><f t="shared" si="0"/></c></row>'
    '<row r="9" hidden="1"/>'
)
COLS = '<cols><col min="1" max="1" width="9"/><col min="2" max="3" width="9" hidden="1"/></cols>'
MARKS = {
    (1, 0): Cell(CellType.ERROR, "#REF!"),
    (1, 2): Cell(CellType.FORMULA, "=B1*2"),
    (3, 2): Cell(CellType.FORMULA, "=B1+1"),
    (4, 2): Cell(CellType.FORMULA, "=B1+1"),
}


def scanned(xml, effort=Effort.COARSE):
    return scan_sheet(io.BytesIO(xml if isinstance(xml, bytes) else xml.encode()), effort)


def marks(facts):
    return {(row, column): cell for column, cells in facts.marks.items() for row, cell in cells.items()}


def prefixed(xml):
    for tag in ("worksheet", "sheetData", "row", "cols", "col", "c", "v", "f", "is", "t"):
        for end in (" ", ">", "/"):
            xml = xml.replace(f"<{tag}{end}", f"<x:{tag}{end}").replace(f"</{tag}>", f"</x:{tag}>")
    return xml.replace("xmlns=", "xmlns:x=")


def without_references(xml):
    """Rows 3 and 6–8 are written as empty ones, cells in order: only then can references be left out."""
    dense = xml.replace('<row r="4">', "<row/><row>").replace('<row r="9"', "<row/><row/><row/><row")
    dense = dense.replace('<c r="C4">', "<c/><c>").replace('<row r="5"><c r="C5">', "<row><c/><c/><c>")
    for reference in ("A1", "B1", "A2", "B2", "C2", "A4", "1", "2"):
        dense = dense.replace(f' r="{reference}"', "")
    return dense


@pytest.mark.parametrize("effort", list(Effort))
@pytest.mark.parametrize(
    "written",
    [
        lambda xml: xml,
        prefixed,
        without_references,
        lambda xml: xml.replace('"', "'"),
        lambda xml: xml.replace("><", ">\n  <"),
        lambda xml: xml.replace('r="1" spans="1:3"', 'spans="1:3" r="1"'),
        lambda xml: xml.replace("UTF-8", "UTF-16").encode("utf-16"),
        lambda xml: "\ufeff" + xml,
    ],
    ids=["plain", "prefix", "no references", "single quotes", "indented", "other order", "utf-16", "bom"],
)
def test_every_way_of_writing_a_sheet_gives_the_same_facts(sheet_xml, written, effort):
    facts = scanned(written(sheet_xml(ROWS, before=COLS)), effort)
    assert marks(facts) == MARKS
    assert facts.hidden_rows == {1, 8}
    assert facts.hidden_columns == {1, 2}
    assert facts.columns >= 3
    assert facts.rows >= 5


@pytest.mark.parametrize("block", [1, 7, 64, 1000])
def test_nothing_is_lost_between_two_blocks(sheet_xml, monkeypatch, block):
    monkeypatch.setattr(scan, "BLOCK", block)
    facts = scanned(sheet_xml(ROWS, before=COLS))
    assert marks(facts) == MARKS
    assert facts.hidden_rows == {1, 8}


def test_the_box_gets_exact_with_effort(sheet_xml):
    rows = ROWS + '<row r="70"><c r="AB70" s="4"/></row>'
    boxes = [(facts.rows, facts.columns) for facts in (scanned(sheet_xml(rows), effort) for effort in Effort)]
    assert boxes == [(70, 702), (70, 28), (5, 3)]


def test_merges_are_found_when_everything_is_parsed(sheet_xml):
    xml = sheet_xml(ROWS, after='<mergeCells count="1"><mergeCell ref="B2:D3"/></mergeCells>')
    assert scanned(xml, Effort.THOROUGH).merges == [Merge(1, 1, 2, 3)]


def test_a_sheet_that_changes_its_way_of_writing_is_not_trusted(sheet_xml):
    with pytest.raises(OddSheetError):
        scanned(sheet_xml(ROWS + '<row spans="1:3"><c t="e"><v>#N/A</v></c></row>'))


def test_an_empty_sheet_has_no_box(sheet_xml):
    for xml in (sheet_xml(""), sheet_xml("").replace("<sheetData></sheetData>", "<sheetData/>")):
        assert (scanned(xml).rows, scanned(xml).columns) == (0, 0)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("A1", (0, 0)), ("$AB$12", (11, 27)), ("XFD1048576", (1_048_575, 16_383)), ("b7", (6, 1))]
    + [(wrong, None) for wrong in ("", "A", "7", "A0", "AAAA1", "A1:B2", "甲1", "A12345678")],
)
def test_references(reference, expected):
    assert parse_reference(reference) == expected
