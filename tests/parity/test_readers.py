"""The reading held to other readers and to what was once read of every foreign file (../shared/data/foreign, where it is)."""

import datetime as dt
import io
import time
import warnings
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlrd

from bangfu_excel.core.raw import CellType
from bangfu_excel.read.reader import read_here

FOREIGN = Path(__file__).parents[3] / "shared" / "data" / "foreign"
pytestmark = pytest.mark.skipif(not FOREIGN.is_dir(), reason="needs ../shared/data/foreign")

FILES = sorted(path for path in FOREIGN.glob("*") if path.name != "MANIFEST.tsv") if FOREIGN.is_dir() else []
SECONDS = 30
ORDINARY = {"RD20", "RD21", "RD22", "RD23"}  # the suffix, and what is hidden

OUTCOMES = """
    02980b xls 1 3; 03e594 xlsx 3 13; 043b2e xlsb 3 7; 05107f xls 1 252; 05318e xlsx 1 102
    05858f xlsx 1 2; 05e192 xlsx 3 12; 074391 - 0 0 RD11+RD58; 096968 xlsx 1 4; 097364 xls 1 6870
    0a74b6 xls 1 243; 0b1e42 xlsx 1 0; 0c8b2d xlsx 1 3; 0d48bc xls 1 31; 0ec607 xlsx 2 21
    0f3938 xls 1 15; 142504 xlsx 1 2; 14fc33 xls 1 17; 194159 - 0 0 RD06; 1a08b6 - 0 0 RD09
    1f4483 xlsx 1 30; 200ed1 xlsx 3 1; 201061 - 0 0 RD07; 2274bc xlsx 1 3; 23124a xls 1 140
    235307 xlsx 1 33; 285c9e xlsx 1 5; 29a404 xlsx 1 1; 29b426 xlsx 1 3; 2d2f4d xls 1 811
    2fbd59 html 1 10; 30121c xls 1 36; 31d1e1 xlsx 1 1; 32b92d xlsx 1 1; 331780 - 0 0 RD07
    33b414 ods 4 7; 34ecfa - 0 0 RD09; 355bcd xlsx 1 71; 35c55b xlsx 1 4; 376ccd xls 1 50
    3a8928 csv 1 16; 3b02db - 0 0 RD07; 3bc359 xls 1 32; 3c803d xlsx 2 497; 3d7816 xls 1 108
    3ec311 csv 1 4 RD25; 403998 xlsx 3 6; 406b69 xlsx 5 62; 40af6f xlsx 1 71; 42d98f - 0 0 RD06
    43eab6 xlsx 1 22; 456b0d xlsx 1 11 RD11; 45dbad xlsx 1 3000; 45fd98 xlsx 2 0 RD57; 460132 - 0 0 RD06
    47f318 xlsx 1 4; 481a96 xls 3 13; 489529 xls 2 16; 49910b xlsx 1 23; 4a05c6 xlsx 3 656
    4a0e87 xlsx 1 41984; 4b2fe0 xlsx 2 0; 4bd7bf xlsx 1 21 RD53; 4d1627 xlsx 1 5 RD52; 4faf8b xls 3 2158 RD57
    51886f xlsx 1 29; 523d23 xlsx 1 3 RD53; 56fffd xlsx 1 4; 5b1258 - 0 0 RD06; 5c4c62 xls 1 30
    5ec836 xlsx 1 4; 5ffae2 xlsx 2 7566; 62f1d6 xlsx 1 5 RD52; 64bcf0 - 0 0 RD06; 693976 xlsx 1 4 RD11
    69ceab xls 1 50; 6a378a xls 3 1147; 6bc266 xlsx 1 172; 6d2a32 xls 1 21; 6e25ed xlsx 1 21
    6e4e2e - 0 0 RD05; 6e63ec xlsx 1 4 RD25; 6f0d3f xls 1 147; 6fae87 xlsx 1 20; 700035 csv 1 6
    709e1a xlsx 1 3 RD50; 73b859 xlsx 1 5; 7597bd xls 1 10; 7a3f49 xlsx 2 2 RD57; 7a8e76 - 0 0 RD06
    7abe65 xls 1 12 RD50; 7d3388 xlsx 1 1; 7da031 xlsx 3 106; 7e8a8a xlsx 3 59; 80f39a csv 1 12
    81a38e xls 1 0 RD59; 81bdb6 xlsx 1 6 RD52; 84bd6b xlsx 1 172; 853841 xlsx 1 21 RD11; 87e519 xlsx 1 4
    882914 xls 1 30; 895502 xls 2 83; 89eb1d xls 1 14; 8c5981 xls 1 10; 8dd642 xlsx 3 4
    8ec5b1 xlsx 1 11997 RD51; 92268e xlsx 1 10 RD11; 93363d xlsx 1 1 RD56; 9610e5 xlsx 1 21; 965199 xlsx 1 0 RD51
    9de109 - 0 0 RD06; a00c48 xlsx 1 17; a097a4 xls 1 71; a239a2 xlsx 2 6 RD58; a28372 xlsx 1 1
    a3dd3d xls 3 15; a4e58a xls 1 29 RD51; a5320e - 0 0 RD06; a62206 - 0 0 RD06; a69245 xlsx 1 4
    a9e0f1 xlsx 1 4 RD52; aa77e7 csv 1 6; aa8fdd xls 1 183; aee618 xls 3 16; b104db xlsx 1 3
    b3473c xls 1 65; b8268b csv 1 12; b8604c xls 2 500; b9b856 xls 1 193 RD50; be18bb xls 1 32
    c1891a xls 1 27; c1aab4 xls 5 94; c57914 xls 3 15; c6ccf9 xls 3 1147; c73670 xls 1 7
    c85274 xlsx 1 1; c8abd5 xls 3 15 RD51; c8f14b xls 1 100; c92715 xls 2 0 RD58; c980d3 - 0 0 RD11
    caad45 xls 2 48; cd3981 xlsx 1 1 RD56; ce9637 xls 1 7 RD50; cf3fb9 csv 1 10; cfc91c xlsx 1 2
    cfd047 - 0 0 RD11; d3817c xls 2 627; d7036b xls 1 35; dbbde6 xlsx 2 216; dd9698 xlsx 4 40
    df15d8 xlsx 1 451; df5dc4 xlsx 3 869; e01b09 xlsx 1 4; e20805 xls 1 30; e21243 xlsx 1 1
    e2d045 xlsx 1 10 RD11; e40415 xlsx 7 28; e70779 xls 1 79; e737ed xls 1 32; e8839d xlsx 1 4
    e9c562 xlsx 1 4; e9e12f xlsx 2 0; ea1b58 xls 2 308; ebfbeb xlsx 1 36; ec5a72 xlsx 11 6795 RD58
    ecdc58 xls 1 30; ed8b5d xlsx 1 891; eee5ea xlsx 1 20; f0aa3f - 0 0 RD13; f37680 xls 3 1201
    f3bd52 xlsx 1 31; f4b956 xlsx 2 973; f4bfc7 xlsx 3 37; fac187 - 0 0 RD11
"""
"""Beginning of the name, format (- for none), sheets, cells, and codes of what is said beside `ORDINARY`."""

EXPECTED = {line.split()[0]: line.split()[1:] for line in OUTCOMES.replace("\n", ";").split(";") if line.strip()}


def name(path):
    return path.name[:6]


@pytest.fixture(scope="module")
def reading():
    """Reads a file once; what was read, what was said, and the seconds it took."""
    known = {}

    def read(path):
        if path not in known:
            start = time.process_time()
            workbook, findings = read_here(path, path.name)
            known[path] = workbook, findings, time.process_time() - start
        return known[path]

    return read


def filled(sheet):
    """Cells of a sheet that hold something, counted without looking at columns that are empty."""
    return sum(int(np.count_nonzero(column.codes)) for column in sheet.columns if len(column.values) > 1)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_file_gives_its_cells_or_says_why_not(path, reading):
    workbook, findings, seconds = reading(path)
    assert seconds < SECONDS
    assert workbook is not None or any(finding.effect == "sheet" for finding in findings)
    codes = sorted({finding.code for finding in findings} - ORDINARY)
    sheets = workbook.sheets if workbook else ()
    form = workbook.format if workbook else "-"
    found = [form, str(len(sheets)), str(sum(map(filled, sheets))), *(["+".join(codes)] if codes else [])]
    assert found == EXPECTED[name(path)]


def test_no_file_is_missing_from_the_table():
    assert {name(path) for path in FILES} == set(EXPECTED)


UNREADABLE_SHEETS = "openpyxl finds no sheets where the namespaces are those of strict OOXML"
DIFFERENCES = {
    UNREADABLE_SHEETS: {
        "0c8b2d", "403998", "40af6f", "6fae87", "73b859", "7da031", "84bd6b", "8dd642", "a00c48", "dbbde6", "df5dc4", "f4bfc7",
    },
    "openpyxl reads no cells where they have the namespace of strict OOXML": {"47f318"},
    "openpyxl loses cells whose row comes out of order": {"523d23"},
    "openpyxl leaves _x000D_ as it is written; Excel shows the character": {"87e519", "e9c562"},
    "a picture in a cell is delivered as a picture, not as the #VALUE! that older programs show": {"4b2fe0"},
    "calamine takes a number of a text that it does not understand for 0": {"4d1627", "709e1a"},
    "calamine finds no cells in UTF-16": {"35c55b"},
    "calamine reads no <v> of an inline text, or the other part of two that have one name": {"cd3981"},
    "calamine takes the text for encoded in the code page that is named, although BIFF8 is always Unicode": {
        "3d7816", "c57914", "c73670",
    },
    "calamine overlooks formulas of an older kind, and the calendar from 1904": {"7abe65"},
    "calamine takes a number format of the file's own for a date, or a date for a number": {"b9b856", "ce9637"},
}  # fmt: skip
"""Why another reader differs from what we deliver → the files, by the beginning of their name."""
DIFFERENT = set().union(*DIFFERENCES.values())
SLOW = {"200ed1", "a28372", "29a404", "43eab6"}  # for openpyxl, which makes a grid of them


def delivered(sheet):
    """(row, column) → value of every cell but formulas without value, which other readers do not give."""
    cells = {}
    for index, column in enumerate(sheet.columns):
        for row in np.flatnonzero(column.codes).tolist() if len(column.values) > 1 else ():
            if (cell := sheet.cell(row, index)).type is not CellType.FORMULA:
                cells[row, index] = plain(cell.value)
    return cells


def plain(value):
    """A value that can be compared: readers differ in how they write midnight, durations and the last digits."""
    if isinstance(value, dt.timedelta):
        value = value / dt.timedelta(days=1)
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0, tzinfo=None)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    if isinstance(value, dt.time):
        return value.replace(microsecond=0)
    return f"{value:.9g}" if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def by_openpyxl(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True, read_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        cells = (cell for row in sheet.iter_rows() for cell in row if cell.value not in (None, ""))
        yield sheet.title, {(cell.row - 1, cell.column - 1): plain(cell.value) for cell in cells}


def by_xlrd(path):
    book = xlrd.open_workbook(file_contents=path.read_bytes(), logfile=io.StringIO(), ragged_rows=True)
    for sheet in book.sheets():
        yield (
            sheet.name,
            {
                (row, column): xlrd_value(book, cell)
                for row in range(sheet.nrows)
                for column, cell in enumerate(sheet.row(row))
                if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and cell.value != ""
            },
        )


def xlrd_value(book, cell):
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code[cell.value]
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype != xlrd.XL_CELL_DATE:
        return plain(cell.value)
    moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
    return plain(moment if cell.value >= 1 else moment.time())


def by_calamine(path):
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    book = CalamineWorkbook.from_object(io.BytesIO(path.read_bytes()))
    for index, about in enumerate(book.sheets_metadata):
        if about.typ is SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_index(index)
            left = sheet.start[1] if sheet.start else 0
            rows = enumerate(sheet.iter_rows()) if sheet.height < 100_000 else ()
            yield about.name, {(r, left + c): plain(v) for r, row in rows for c, v in enumerate(row) if v != ""}


def tried(read, path):
    """What another reader gives; None where it fails, in whatever way."""
    try:
        return dict(read(path))
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        return None


def errors_apart(cells):
    return {place: value for place, value in cells.items() if not str(value).startswith("#")}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_other_readers_give_the_same_values(path, reading):
    workbook, _, _ = reading(path)
    if workbook is None or workbook.format not in ("xlsx", "xls") or name(path) in SLOW | {"285c9e"}:
        pytest.skip("no other reader")
    others = (by_calamine, by_openpyxl if workbook.format == "xlsx" else by_xlrd)
    compared = 0
    different = set()
    for read in others:
        found = tried(read, path)
        for sheet in workbook.sheets if found is not None else ():
            compared += 1
            ours, theirs = delivered(sheet), found.get(sheet.name)
            if read is by_calamine and theirs is not None:  # it gives no error cells at all
                ours, theirs = errors_apart(ours), errors_apart(theirs)
            if ours != theirs:
                different.add(name(path))
    if not compared:
        pytest.skip("no other reader")
    assert different == {name(path)} & DIFFERENT
