"""xlsb, built here record by record: values, dates, errors, merges, hidden parts, and files that are damaged or too large."""

import datetime as dt
import io
import struct
import zipfile

import pytest

from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.read.calamine import CalamineBook
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.sheetxml import SheetFacts
from bangfu_excel.read.xlsb import read_xlsb
from bangfu_excel.read.xlsbrecords import rk_number

NUMBER = "990101196805123015"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def record(kind, body=b""):
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    length = b""
    while size >= 0x80:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + length + bytes([size]) + body


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row(number, *cells, hidden=False):
    flags = bytes([0, 0x10 if hidden else 0, 0])
    return record(0, struct.pack("<IIH", number, 0, 300) + flags + struct.pack("<I", 0)) + b"".join(cells)


def cell(kind, column, body=b"", style=0):
    return record(kind, struct.pack("<II", column, style) + body)


def real(column, value, style=0):
    return cell(5, column, struct.pack("<d", value), style)


def shared(column, index):
    return cell(7, column, struct.pack("<I", index))


def sheet_part(rows, before=b"", after=b"", claimed=(0, 9, 0, 9)):
    dimension = record(148, struct.pack("<4I", *claimed))
    return record(129) + dimension + before + record(145) + rows + record(146) + after + record(130)


def column_info(first, last, hidden):
    return record(390) + record(60, struct.pack("<4IH", first, last, 2304, 0, int(hidden))) + record(391)


def styles():
    own = struct.pack("<H", 164) + wide('yyyy"年"m"月"d"日"')
    formats = [0, 14, 164, 57, 46, 2]
    cells = b"".join(record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in formats)
    names = record(626, struct.pack("<I", 1)) + record(47, struct.pack("<HH", 0xFFFF, 14) + bytes(12)) + record(627)
    return (
        record(278)
        + record(615, struct.pack("<I", 1))
        + record(44, own)
        + record(616)
        + names
        + record(617, struct.pack("<I", len(formats)))
        + cells
        + record(618)
        + record(279)
    )


def book(texts=(), date1904=False, **sheets):
    """An xlsb whose sheets (name → part, or (part, state)) are given."""
    entries, links = b"", ""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, (name, content) in enumerate(sheets.items(), start=1):
            part, state = content if isinstance(content, tuple) else (content, 0)
            entries += record(156, struct.pack("<II", state, number) + wide(f"rId{number}") + wide(name))
            links += f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.bin"/>'
            archive.writestr(f"xl/worksheets/sheet{number}.bin", part)
        properties = record(153, struct.pack("<II", int(date1904), 0) + wide(""))
        archive.writestr(
            "xl/workbook.bin", record(131) + properties + record(143) + entries + record(144) + record(132)
        )
        for kind in ("sharedStrings", "styles"):
            links += f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.bin"/>'
        archive.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>')
        items = b"".join(record(19, b"\0" + wide(text)) for text in texts)
        archive.writestr(
            "xl/sharedStrings.bin", record(159, struct.pack("<II", len(texts), len(texts))) + items + record(160)
        )
        archive.writestr("xl/styles.bin", styles())
    return stream.getvalue()


def read(data, **limits):
    return read_xlsb(io.BytesIO(data), "a.xlsb", Limits(**limits))


VALUES = row(
    1,
    shared(0, 1), cell(2, 1, struct.pack("<I", 57 << 2 | 2)), real(2, 5700.5), cell(4, 3, b"\1"), cell(3, 4, b"\x17"),
    cell(6, 5, wide("李四")), cell(8, 6, wide("甲") + bytes(6)), cell(9, 7, struct.pack("<d", 3.0) + bytes(6)),
    cell(10, 8, b"\0" + bytes(6)), cell(11, 9, b"\x2a" + bytes(6)), cell(1, 10), cell(62, 11, b"\1" + wide("王五") + bytes(8)),
    cell(6, 12, wide("")),
)  # fmt: skip


def test_cells_have_the_types_that_are_stored():
    workbook, findings = read(book(["户主", NUMBER], 走访=sheet_part(VALUES)))
    sheet = workbook.sheets[0]
    assert (workbook.format, sheet.name, findings, sheet.height, sheet.width) == ("xlsb", "走访", (), 2, 12)
    assert [sheet.cell(1, column) for column in range(12)] == [
        Cell(CellType.TEXT, NUMBER),
        Cell(CellType.NUMBER, 57.0),
        Cell(CellType.NUMBER, 5700.5),
        Cell(CellType.BOOLEAN, True),
        Cell(CellType.ERROR, "#REF!"),
        Cell(CellType.TEXT, "李四"),
        Cell(CellType.TEXT, "甲"),
        Cell(CellType.NUMBER, 3.0),
        Cell(CellType.BOOLEAN, False),
        Cell(CellType.ERROR, "#N/A"),
        Cell(CellType.EMPTY, None),
        Cell(CellType.TEXT, "王五"),
    ]


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        (0, 45356.0, 45356.0),
        (1, 45356.0, dt.date(2024, 3, 5)),
        (2, 45356.25, dt.datetime(2024, 3, 5, 6)),
        (3, 45356.0, dt.date(2024, 3, 5)),
        (1, 0.5, dt.time(12)),
        (4, 1.25, 1.25),
        (5, 45356.0, 45356.0),
    ],
)
def test_a_number_is_a_date_where_its_style_shows_one(style, value, expected):
    workbook, _ = read(book(走访=sheet_part(row(0, real(0, value, style)))))
    assert workbook.sheets[0].cell(0, 0).value == expected


def test_dates_count_from_1904_where_the_workbook_says_so():
    workbook, _ = read(book(date1904=True, 走访=sheet_part(row(0, real(0, 45356.0 - 1462, 1)))))
    assert workbook.sheets[0].cell(0, 0).value == dt.date(2024, 3, 5)


@pytest.mark.parametrize(
    ("raw", "number"),
    [(57 << 2 | 2, 57.0), (0xFFFFFFFE, -1.0), (1234 << 2 | 3, 12.34), (0x3FF00000, 1.0), (0x40590001, 1.0)],
)
def test_packed_numbers(raw, number):
    assert rk_number(raw) == number


def test_merges_and_what_is_hidden_are_known():
    merge = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", 0, 1, 0, 2)) + record(178)
    rows = row(0, real(0, 1), real(2, 3)) + row(1, real(1, 2), hidden=True)
    workbook, _ = read(
        book(一=sheet_part(rows, column_info(1, 2, True), merge), 二=(sheet_part(b""), 1), 三=(sheet_part(b""), 2))
    )
    first = workbook.sheets[0]
    assert (first.merges, first.hidden_rows, first.hidden_columns) == ((Merge(0, 0, 1, 2),), {1}, {1, 2})
    assert [(s.name, s.hidden) for s in workbook.sheets] == [("一", False), ("二", True), ("三", True)]


def test_a_merge_whose_corners_are_named_the_wrong_way_round():
    merge = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", 2, 0, 3, 1)) + record(178)
    workbook, _ = read(book(一=sheet_part(row(0, real(0, 1)), b"", merge)))
    assert workbook.sheets[0].merges == (Merge(0, 1, 2, 3),)


def test_calamine_sees_the_same_values():
    data = book(["户主", NUMBER], 走访=sheet_part(VALUES + row(3, real(0, 45356.0, 1))))
    ours = read(data)[0].sheets[0]
    other = CalamineBook(io.BytesIO(data))
    theirs = other.read(other.sheets[0], SheetFacts())
    for r in range(ours.height):
        for c in range(ours.width):
            mine = ours.cell(r, c)
            if mine.type is not CellType.ERROR and c != 11:  # calamine knows neither errors nor rich text in the cell
                assert mine == theirs.cell(r, c), (r, c)


def test_a_claimed_box_costs_nothing_and_a_far_cell_is_refused():
    rows = row(0, real(0, 1))
    assert read(book(走访=sheet_part(rows, claimed=(0, 1048575, 0, 16383))))[0].sheets[0].height == 1
    workbook, findings = read(book(大=sheet_part(rows + row(1048575, real(16383, 1))), 走访=sheet_part(rows)))
    assert [s.name for s in workbook.sheets] == ["走访"]
    assert [(f.code, f.place.sheet) for f in findings] == [("RD12", "大")]


@pytest.mark.parametrize(
    "part",
    [
        sheet_part(VALUES)[:-20],
        sheet_part(row(0, shared(0, 99))),
        sheet_part(row(0, cell(6, 0, struct.pack("<I", 0x7FFFFFFF)))),
        sheet_part(row(0, cell(5, 0, b"\0"))),
        record(145) + record(0, b"\0"),
        b"\xff\xff\xff\xff\xff",
    ],
)  # fmt: skip
def test_a_damaged_sheet_costs_no_other(part):
    workbook, findings = read(book(坏=part, 走访=sheet_part(row(0, real(0, 1)))))
    assert [s.name for s in workbook.sheets][-1] == "走访"
    assert [(f.code, f.place.sheet) for f in findings] == [("RD11", "坏")]


def test_more_cells_than_may_be_are_refused():
    with pytest.raises(RefusedError) as caught:
        read(book(走访=sheet_part(row(0, *(real(column, 1) for column in range(50))))), parsed=40)
    assert caught.value.finding("a.xlsb").code == "RD10"


def test_macros_are_told_and_left_alone():
    stream = io.BytesIO(book(走访=sheet_part(row(0, real(0, 1)))))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    workbook, findings = read(stream.getvalue())
    assert [f.code for f in findings] == [say.MACROS.code]
    assert workbook.sheets[0].cell(0, 0).value == 1.0
