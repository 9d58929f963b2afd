"""Random layouts around random faults: sheets, how they are laid out, and what must be found where."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO, StringIO

import openpyxl
import xlwt
from county import COLUMNS, FAULTS, GROUPS, Column, honest_row
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple

from bangfu_excel.core.address import cell_name

AS_OF = dt.date(2024, 6, 30)
LABELS = {"household": "户", "member": "成员", "pairing": "结对", "visit": "走访"}
_TITLES = {
    "household": "东山乡脱贫户花名册",
    "member": "东山乡脱贫户家庭成员名册",
    "pairing": "东山乡结对帮扶台账",
    "visit": "东山乡走访记录表",
}
_LINES = ("填报单位：东山乡    填报时间：2024年6月", "（2024年度）")
_FOOTERS = ("填表人：某某    审核人：某某", "注：本表一式两份。")
_SUMMED = "member_count"


@dataclass
class Sheet:
    """A grid of values as it will stand in the workbook, and what the reader must make of it."""

    name: str
    table: str = ""
    grid: list[list[object]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(
        default_factory=list
    )  # first row, first column, last row, last column
    hidden: list[int] = field(default_factory=list)
    expected: set[tuple[str, str]] = field(default_factory=set)  # cell, code
    data: int = 0
    totals: int = 0

    def put(self, row: int, column: int, value: object) -> None:
        """Set a cell; row and column count from 0."""
        while len(self.grid) <= row:
            self.grid.append([])
        line = self.grid[row]
        line.extend([None] * (column + 1 - len(line)))
        line[column] = value

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    @property
    def height(self) -> int:
        """Rows up to the last that holds something."""
        return max((i + 1 for i, line in enumerate(self.grid) if any(v is not None for v in line)), default=0)

    def at(self, cell: str) -> str:
        """The text of a cell such as B7, "" where nothing stands."""
        row, column = coordinate_to_tuple(cell)
        line = self.grid[row - 1]
        value = line[column - 1] if column <= len(line) else None
        return "" if value is None else str(value)

    def headers(self, cell: str) -> list[str]:
        """All texts above a cell in its column."""
        row, column = coordinate_to_tuple(cell)
        return [str(line[column - 1]) for line in self.grid[: row - 1] if column <= len(line)]

    def __str__(self) -> str:
        lines = [
            f"{i + 1:3} " + " | ".join("" if v is None else repr(v) for v in line) for i, line in enumerate(self.grid)
        ]
        marks = f"merges {self.merges} hidden {self.hidden} expected {sorted(self.expected)}"
        return "\n".join([f"《{self.name}》 {self.table} {marks}", *lines])


@dataclass
class Layout:
    """One file, and all that must be found in it."""

    format: str
    sheets: list[Sheet]

    @property
    def expected(self) -> set[tuple[str, str, str]]:
        """Sheet, cell and code of every error."""
        return {(sheet.name, cell, code) for sheet in self.sheets for cell, code in sheet.expected}

    @property
    def file(self) -> str:
        return f"东山乡.{self.format}"

    def content(self) -> bytes:
        return {"xlsx": _xlsx, "xls": _xls, "csv": _csv}[self.format](self.sheets)

    def __repr__(self) -> str:
        return f"\n{self.file}\n" + "\n".join(map(str, self.sheets))


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """One to all four tables, each on one or more sheets under any titles, headers, blanks, totals and notes, with faults."""
    format = draw(st.sampled_from(("xlsx", "xlsx", "xls", "csv")))
    tables = ["household"]
    if draw(st.booleans()):
        tables = draw(
            st.lists(st.sampled_from(list(COLUMNS)), min_size=1, max_size=1 if format == "csv" else 4, unique=True)
        )
    count = draw(st.integers(1, 8 if len(tables) == 1 else 4))
    numbers = draw(st.lists(st.integers(0, 499), min_size=count, max_size=count, unique=True))
    sheets: list[Sheet] = []
    for table in tables:
        parts = [numbers]
        if format != "csv" and count > 1 and draw(st.integers(0, 3)) == 0:
            cut = draw(st.integers(1, count - 1))
            parts = [numbers[:cut], numbers[cut:]]
        for part in parts:
            name = "" if format == "csv" else f"{LABELS[table]}{len(sheets) + 1}"
            sheets.append(_sheet(draw, name, table, part, alone="household" not in tables, merging=format != "csv"))
    if format != "csv" and draw(st.integers(0, 4)) == 0:
        sheets.insert(draw(st.integers(0, len(sheets))), Sheet("Sheet9"))
    return Layout(format, sheets)


def _sheet(draw: st.DrawFn, name: str, table: str, numbers: list[int], *, alone: bool, merging: bool) -> Sheet:
    """alone: no household roster is submitted with it, so that a reference cannot be wrong."""
    sheet = Sheet(name, table)
    blocks = _columns(draw, table)
    columns = [column for _, block in blocks for column in block]
    offset = draw(st.integers(0, 2))
    row = _top(draw, sheet, table, offset + len(columns), merging)
    numbered = draw(st.booleans())
    if numbered:
        blocks = [("", [Column("", ("序号", "编号"))]), *blocks]
        columns = [column for _, block in blocks for column in block]
    row = _header(draw, sheet, row, blocks, offset, merging)
    fields = [c.field for c in columns]
    faults = [f for f in FAULTS if f.table == table and f.field in fields and (f.against or f.field) in fields]
    faults = [f for f in faults if not (alone and f.code == "LK01") and (merging or not isinstance(f.value, float))]
    block: list[object] = []
    for serial, number in enumerate(numbers, start=1):
        row += draw(st.sampled_from((0, 0, 0, 1)))
        values = {"": serial, **honest_row(table, number)}
        planted = draw(st.lists(st.sampled_from(faults), max_size=3, unique_by=lambda f: f.field)) if faults else []
        wrong = {f.field for f in planted}
        for fault in [f for f in planted if f.against not in wrong]:  # a value withheld contradicts nothing
            values[fault.field] = fault.value
            sheet.expected.add((cell_name(row + 1, offset + fields.index(fault.field)), fault.code))
        for position, column in enumerate(columns, start=offset):
            sheet.put(row, position, values[column.field])
        if draw(st.integers(0, 9)) == 0:
            sheet.hidden.append(row)
        block.append(values.get(_SUMMED))
        row += 1
        sheet.data += 1
        if table == "household" and draw(st.integers(0, 5)) == 0:
            row = _total(draw, sheet, row, offset, fields, block)
            block = []
    if draw(st.booleans()):
        sheet.put(row + draw(st.integers(0, 1)), offset, draw(st.sampled_from(_FOOTERS)))
    return sheet


def _columns(draw: st.DrawFn, table: str) -> list[tuple[str, list[Column]]]:
    """The columns that the sheet has, in order, in blocks: (group or "", columns of the block)."""
    chosen = [c for c in COLUMNS[table] if c.required or draw(st.booleans())]
    groups = list(dict.fromkeys(c.group for c in chosen if c.group))
    grouped = [g for g in groups if sum(c.group == g for c in chosen) > 1] if draw(st.booleans()) else []
    blocks = [(g, [c for c in chosen if c.group == g]) for g in grouped]
    blocks = [(g, draw(st.permutations(cs))) for g, cs in blocks]
    singles = [("", [c]) for c in chosen if c.group not in grouped]
    return draw(st.permutations([*blocks, *singles]))


def _top(draw: st.DrawFn, sheet: Sheet, table: str, width: int, merging: bool) -> int:
    """Title and metadata rows; the position of the first header row."""
    row = draw(st.integers(0, 2))
    for text in draw(st.lists(st.sampled_from((_TITLES[table], *_LINES)), max_size=3, unique=True)):
        sheet.put(row, 0, text)
        if merging and draw(st.booleans()):
            sheet.merge(row, 0, row, width - 1)
        row += 1
    return row


def _header(
    draw: st.DrawFn, sheet: Sheet, row: int, blocks: list[tuple[str, list[Column]]], offset: int, merging: bool
) -> int:
    """One to four header rows; the position of the row after them."""
    has_groups = any(group for group, _ in blocks)
    levels = draw(st.integers(2, 4)) if has_groups else draw(st.sampled_from((1, 1, 2)))
    levels = levels if merging else min(levels, 1 + has_groups)
    last, position = row + levels - 1, offset
    for group, block in blocks:
        right = position + len(block) - 1
        if not group:
            sheet.put(row, position, draw(st.sampled_from(block[0].alone)))
            if merging:
                sheet.merge(row, position, last, position)
        else:
            sheet.put(row, position, draw(st.sampled_from(GROUPS[group])))
            if merging:
                sheet.merge(row, position, last - 1, right)
            for at, column in enumerate(block, start=position):
                sheet.put(last, at, draw(st.sampled_from(column.under)))
        position = right + 1
    return last + 1


def _total(draw: st.DrawFn, sheet: Sheet, row: int, offset: int, fields: list[str], block: list[object]) -> int:
    """A total row over `block`: its sum right, or wrong and expected to be found; the position of the row after it."""
    sheet.put(row, offset, draw(st.sampled_from(("小计", "小 计"))))
    if _SUMMED in fields and fields[0] != _SUMMED and draw(st.booleans()):
        wrong = draw(st.integers(0, 3)) == 0
        at = offset + fields.index(_SUMMED)
        sheet.put(row, at, sum(block) + (1000 if wrong else 0))
        if wrong:
            sheet.expected.add((cell_name(row + 1, at), "PV29"))
    sheet.totals += 1
    return row + 1


def _xlsx(sheets: list[Sheet]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for row, line in enumerate(sheet.grid, start=1):
            for column, value in enumerate(line, start=1):
                if value is not None:
                    page.cell(row, column, value)
        for top, left, bottom, right in sheet.merges:
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for row in sheet.hidden:
            page.row_dimensions[row + 1].hidden = True
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _xls(sheets: list[Sheet]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        merged = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
        for row, line in enumerate(sheet.grid):
            for column, value in enumerate(line):
                if (row, column) in merged:
                    bottom, right = merged[row, column]
                    page.write_merge(row, bottom, column, right, value)
                elif value is not None:
                    page.write(row, column, value)
        for row in sheet.hidden:
            page.row(row).hidden = True
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _csv(sheets: list[Sheet]) -> bytes:
    (sheet,) = sheets
    text = StringIO()
    csv.writer(text).writerows([["" if v is None else v for v in line] for line in sheet.grid])
    return text.getvalue().encode("utf-8-sig")
