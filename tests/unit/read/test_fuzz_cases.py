"""What the fuzzing found (tests/fuzz), each as small as it can be written."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from bangfu_excel.read import read_file
from bangfu_excel.read.reader import read_here

sys.path.insert(0, str(Path(__file__).parents[2] / "fuzz"))

from judging import faults
from seeds import seeds

ODD_ENCODINGS = ("GBK", "b", "UTF-7", "utf-16", "")
PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml")


def codes(result):
    return [f.code for f in result[1]]


def edited(name, change):
    """A seed with its parts changed: `change` gets the mapping part → bytes."""
    with zipfile.ZipFile(io.BytesIO(seeds()[name])) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return stream.getvalue()


def read(tmp_path, data, name="a.xlsx"):
    path = tmp_path / name
    path.write_bytes(data)
    result = read_here(path, name)
    assert faults(*result) == []
    return result


@pytest.mark.parametrize("encoding", ODD_ENCODINGS)
@pytest.mark.parametrize("part", PARTS)
def test_an_encoding_that_the_parser_does_not_know(tmp_path, part, encoding):
    def change(parts):
        parts[part] = parts[part].replace(b'encoding="UTF-8"', f'encoding="{encoding}"'.encode())

    read(tmp_path, edited("xlsxwriter.xlsx", change))


@pytest.mark.parametrize("encoding", ODD_ENCODINGS)
def test_an_ods_in_an_encoding_that_the_parser_does_not_know(tmp_path, encoding):
    def change(parts):
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        parts["content.xml"] = parts["content.xml"].replace(b'<?xml version="1.0"?>', head.encode())

    assert codes(read(tmp_path, edited("calc.ods", change), "a.ods"))


def test_an_ods_whose_compressed_bytes_are_damaged(tmp_path):
    data = edited("calc.ods", lambda parts: None)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo("content.xml")
    start = info.header_offset + 30 + len(info.filename)
    assert codes(read(tmp_path, data[:start] + b"\xff" * 8 + data[start + 8 :], "a.ods")) == ["RD06"]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_whose_compressed_bytes_are_damaged(tmp_path, part):
    data = edited("xlsxwriter.xlsx", lambda parts: None)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(part)
    start = info.header_offset + 30 + len(part)
    _, findings = read(tmp_path, data[:start] + b"\xff" * 8 + data[start + 8 :])
    assert findings


def test_a_part_that_needs_a_later_version_of_zip(tmp_path):
    data = edited("xlsxwriter.xlsx", lambda parts: None)
    at = data.rfind(b"PK\x01\x02")
    assert codes(read(tmp_path, data[: at + 6] + b"\xff\x00" + data[at + 8 :])) == ["RD06"]


@pytest.mark.parametrize("reference", ["A1048577", "XFE1", "A99999999", "ZZZZ1", "A0", ""])
def test_a_cell_outside_the_sheet_or_its_row(handmade, sheet_xml, reference):
    rows = f'<row r="1"><c r="{reference}" t="inlineStr"><is><t>户</t></is></c><c r="B1"><v>3</v></c></row>'
    workbook, findings = read_file(handmade(户=sheet_xml(rows)), "a.xlsx")
    assert faults(workbook, findings) == []
    assert findings or workbook.sheets[0].cell(0, 1).value == 3


@pytest.mark.parametrize("part", [b"<Types/>", b'<?xml version="1.0"?><x/>', b"", b"<worksheet>", b"\0\0\0"])
def test_a_sheet_that_is_none_does_not_stop_the_reading(handmade, sheet_xml, part):
    """calamine looks for its cells for ever."""
    path = handmade(坏=part, 好=sheet_xml('<row r="1"><c r="A1"><v>3</v></c></row>'))
    workbook, findings = read_file(path, "a.xlsx")
    assert faults(workbook, findings) == []
    assert workbook.sheets[-1].cell(0, 0).value == 3
