"""xlsb, Excel's binary workbook, read wholly by ourselves.

calamine reads its values, but gives no error cells, nothing hidden and no merges, and allocates whatever box a sheet claims; to
know these one has to go through every record, and the values are then at hand.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import Cell, CellType, RawSheet, RawWorkbook
from bangfu_excel.read import xlsbrecords as brt
from bangfu_excel.read.carried import carried_by
from bangfu_excel.read.grid import Budget, Grid
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.package import Package, Source
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.styles import BUILT_IN, Shown, moment, shown_by
from bangfu_excel.read.xlsbrecords import BrokenRecordError, integer, records, rk_number, wide_text

_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
_STYLE = 0x00FFFFFF  # the upper byte says whether pronunciation is shown
_ROW_HIDDEN, _COLUMN_HIDDEN, _DATE_1904 = 0x10, 1, 1


def read_xlsb(source: Source, name: str, limits: Limits) -> tuple[RawWorkbook | None, tuple[Finding, ...]]:
    """Every worksheet that can be read, and a finding for each that cannot; None where none can."""
    with zipfile.ZipFile(source) as archive:
        package = Package(archive)
        if package.exceeds(limits):
            raise RefusedError(say.FILE_TOO_LARGE)
        try:
            book = _Book.read(package)
        except (BrokenRecordError, KeyError, struct.error) as error:
            raise RefusedError(say.FILE_DAMAGED) from error
        budget = Budget(limits)
        sheets: list[RawSheet] = []
        findings: list[Finding] = list(carried_by(name, package))
        for entry in book.entries:
            try:
                sheets.append(_sheet(package, book, entry, budget))
            except RefusedError as refused:
                if refused.message is say.FILE_TOO_LARGE:
                    raise
                findings.append(refused.finding(name, entry.name))
        if sheets:
            return RawWorkbook(name, "xlsb", tuple(sheets)), tuple(findings)
        if not book.entries:
            findings.append(RefusedError(say.NO_SHEET).finding(name))
        return None, tuple(findings)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sheet as the workbook lists it; chart sheets are none."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets share. date_styles: numbers of the cell styles that show a date."""

    entries: tuple[_Entry, ...]
    texts: tuple[str, ...]
    date_styles: frozenset[int]
    date1904: bool

    @classmethod
    def read(cls, package: Package) -> _Book:
        part = _part(package, "xl/workbook.bin")
        links = package.relations("xl/workbook.bin")
        entries, date1904 = [], False
        for kind, at, end in records(part):
            if kind == brt.WORKBOOK_PROPERTIES and end > at:
                date1904 = bool(part[at] & _DATE_1904)
            elif kind == brt.SHEET:
                link, after = wide_text(part, at + 8, end)
                sort, target = links.get(link, ("worksheet", ""))
                if sort == "worksheet":
                    entries.append(_Entry(wide_text(part, after, end)[0], target, bool(integer(part, at))))
        return cls(tuple(entries), tuple(_texts(package)), frozenset(_date_styles(package)), date1904)

    def number(self, value: float, style: int) -> object:
        """The value of a number cell: a date where its style shows one."""
        return moment(value, Shown.MOMENT, self.date1904) if style in self.date_styles else value


def _part(package: Package, name: str) -> bytes:
    with package.open(name) as stream:
        return stream.read()


def _texts(package: Package) -> Iterator[str]:
    try:
        part = _part(package, "xl/sharedStrings.bin")
    except KeyError:
        return
    for kind, at, end in records(part):
        if kind == brt.SHARED_ITEM:
            yield wide_text(part, at + 1, end)[0]


def _date_styles(package: Package) -> Iterator[int]:
    try:
        part = _part(package, "xl/styles.bin")
    except KeyError:
        return
    formats = dict(BUILT_IN)
    in_cell_formats, style = False, 0
    for kind, at, end in records(part):
        if kind == brt.FORMAT:
            formats[int.from_bytes(part[at : at + 2], "little")] = shown_by(wide_text(part, at + 2, end)[0])
        elif kind in (brt.CELL_FORMATS_BEGIN, brt.CELL_FORMATS_END):
            in_cell_formats = kind == brt.CELL_FORMATS_BEGIN
        elif kind == brt.CELL_FORMAT and in_cell_formats:
            if formats.get(int.from_bytes(part[at + 2 : at + 4], "little")) is Shown.MOMENT:
                yield style
            style += 1


def _sheet(package: Package, book: _Book, entry: _Entry, budget: Budget) -> RawSheet:
    grid = Grid(budget)
    try:
        part = _part(package, entry.part)
        _fill(grid, part, book)
    except (BrokenRecordError, KeyError, IndexError, struct.error, zipfile.BadZipFile, EOFError) as error:
        raise RefusedError(say.SHEET_DAMAGED) from error
    return grid.sheet(entry.name, entry.hidden)


def _fill(grid: Grid, part: bytes, book: _Book) -> None:
    row = 0
    for kind, at, end in records(part):
        if kind == brt.ROW:
            row = integer(part, at)
            if part[at + 11] & _ROW_HIDDEN:
                grid.hide_rows(row, row)
        elif brt.BLANK < kind <= brt.FORMULA_ERROR or kind == brt.RICH_STRING:
            value = _value(kind, part, at, end, book)
            if value != "":
                grid.put(row, integer(part, at), value)
        elif kind == brt.COLUMN and part[at + 16] & _COLUMN_HIDDEN:
            grid.hide_columns(integer(part, at), integer(part, at + 4))
        elif kind == brt.MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", part, at)
            grid.merge(top, left, bottom, right)


def _value(kind: int, part: bytes, at: int, end: int, book: _Book) -> object:
    """The value of a cell record as `encode_rows` takes it; the cached result of a formula."""
    style, body = integer(part, at + 4) & _STYLE, at + 8
    if kind == brt.SHARED:
        return book.texts[integer(part, body)]
    if kind == brt.RK:
        return book.number(rk_number(integer(part, body)), style)
    if kind in (brt.REAL, brt.FORMULA_REAL):
        return book.number(float(struct.unpack_from("<d", part, body)[0]), style)
    if kind in (brt.STRING, brt.FORMULA_STRING):
        return wide_text(part, body, end)[0]
    if kind == brt.RICH_STRING:
        return wide_text(part, body + 1, end)[0]
    if kind in (brt.ERROR, brt.FORMULA_ERROR):
        return Cell(CellType.ERROR, _ERRORS.get(part[body], "#N/A"))
    return Cell(CellType.BOOLEAN, bool(part[body]))
