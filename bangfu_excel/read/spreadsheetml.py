"""SpreadsheetML 2003, the XML table of Excel 2003, which many systems export under the suffix .xls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import Cell, CellType, RawSheet, RawWorkbook
from bangfu_excel.read.encoding import decode
from bangfu_excel.read.grid import Budget, Grid
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.markup import ElementReader, number_of, parse_text, whole, workbook_of
from bangfu_excel.read.refusal import RefusedError

_ONE_DAY_BEFORE = dt.date(1899, 12, 31)  # the date that Excel writes before a time of day


def read_spreadsheetml(data: bytes, name: str, limits: Limits) -> tuple[RawWorkbook | None, tuple[Finding, ...]]:
    """Every worksheet within the limits, and a finding for each beyond them. No entity is expanded, nothing fetched."""
    decoded = decode(data)
    book = _Book(Budget(limits), name)
    with whole():
        parse_text(decoded.text, book)
    findings = list(book.findings)
    if not decoded.sure:
        findings.append(say.ENCODING_GUESSED.finding(Place(name)))
    return workbook_of(name, "xml", book.sheets, findings)


class _Book(ElementReader):
    """The workbook, element by element. Names count without their prefix: systems write any or none."""

    def __init__(self, budget: Budget, name: str) -> None:
        super().__init__()
        self.sheets: list[RawSheet] = []
        self.findings: list[Finding] = []
        self._budget = budget
        self._name = name
        self._grid: Grid | None = None
        self._sheet = ""
        self._hidden = False
        self._row = self._next_row = self._column = self._next_column = self._columns_told = 0
        self._type = self._formula = ""
        self._filled = self._in_comment = False
        self.starts = {
            "Worksheet": self._start_sheet, "Column": self._start_column, "Row": self._start_row,
            "Cell": self._start_cell, "Comment": self._start_comment, "Data": self._start_data,
            "Visible": self._start_visible,
        }  # fmt: skip
        self.ends = {
            "Worksheet": self._end_sheet, "Cell": self._end_cell, "Comment": self._end_comment, "Data": self._end_data,
            "Visible": self._end_visible,
        }  # fmt: skip

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        self._grid, self._sheet, self._hidden = Grid(self._budget), attributes.get("Name", ""), False
        self._next_row = self._columns_told = 0

    def _end_sheet(self) -> None:
        if self._grid:
            self.sheets.append(self._grid.sheet(self._sheet, self._hidden))
        self._grid = None

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = number_of(attributes.get("Index"), self._columns_told + 1) - 1
        last = first + number_of(attributes.get("Span"), 0)
        self._columns_told = last + 1
        if self._grid and attributes.get("Hidden") == "1":
            self._grid.hide_columns(first, last)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = max(number_of(attributes.get("Index"), self._next_row + 1) - 1, 0)
        last = self._row + number_of(attributes.get("Span"), 0)
        self._next_row, self._next_column = last + 1, 0
        if self._grid and attributes.get("Hidden") == "1":
            self._grid.hide_rows(self._row, last)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column = max(number_of(attributes.get("Index"), self._next_column + 1) - 1, 0)
        across = number_of(attributes.get("MergeAcross"), 0)
        down = number_of(attributes.get("MergeDown"), 0)
        self._next_column = self._column + across + 1
        self._formula, self._filled = attributes.get("Formula", ""), False
        if self._grid and (across or down):
            self._guarded(lambda grid: grid.merge(self._row, self._column, self._row + down, self._column + across))

    def _end_cell(self) -> None:
        if self._formula and not self._filled:
            self._put(Cell(CellType.FORMULA, self._formula))

    def _start_data(self, attributes: dict[str, str]) -> None:
        if not self._in_comment:
            self._type = attributes.get("Type", "String")
            self.collect()

    def _end_data(self) -> None:
        if self._in_comment:
            return
        self._filled = True
        if (value := _value(self.collected(), self._type)) != "":
            self._put(value)

    def _start_comment(self, _: dict[str, str]) -> None:
        self._in_comment = True

    def _end_comment(self) -> None:
        self._in_comment = False

    def _start_visible(self, _: dict[str, str]) -> None:
        self.collect()

    def _end_visible(self) -> None:
        self._hidden = self.collected().strip() in ("SheetHidden", "SheetVeryHidden")

    def _put(self, value: object) -> None:
        self._guarded(lambda grid: grid.put(self._row, self._column, value))

    def _guarded(self, act: Callable[[Grid], None]) -> None:
        """Gives up a sheet that leaves the limits; its neighbours are read."""
        if self._grid is None:
            return
        try:
            act(self._grid)
        except RefusedError as refused:
            if refused.message is not say.SHEET_TOO_LARGE:
                raise
            self.findings.append(refused.finding(self._name, self._sheet))
            self._grid = None


def _value(text: str, kind: str) -> object:
    """The value of a cell as `encode_rows` takes it; text where it is not what its type says."""
    if kind == "Error":
        return Cell(CellType.ERROR, text.strip())
    if kind == "Boolean":
        return Cell(CellType.BOOLEAN, text.strip().lower() in ("1", "true"))
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return _moment(text.strip())
    except ValueError:
        pass
    return text


def _moment(text: str) -> dt.date | dt.datetime | dt.time:
    moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    if moment.date() == _ONE_DAY_BEFORE:
        return moment.time()
    return moment.date() if moment.time() == dt.time() else moment
