"""OpenDocument spreadsheets, zipped (ods) or as one XML file (fods), read wholly by ourselves.

calamine reads ods, but gives no error cells, no merges, nothing hidden, and times over a day as text; a second pass for
these would read all of the XML anyway.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import Cell, CellType, RawSheet, RawWorkbook
from bangfu_excel.read.grid import Budget, Grid
from bangfu_excel.read.limits import MB, Limits
from bangfu_excel.read.markup import ElementReader, local, number_of, parse_stream, whole, workbook_of
from bangfu_excel.read.package import Package, Source
from bangfu_excel.read.refusal import RefusedError

_APART = frozenset({  # of a cell or a table, and not its contents: comments, drawings, old versions, other files' tables
    "annotation", "frame", "shapes", "custom-shape", "note", "tracked-changes", "dde-links", "forms", "ruby-text",
})  # fmt: skip
_OTHERS = {
    "text": "文字文档",
    "presentation": "演示文稿",
    "drawing": "绘图文档",
    "chart": "图表",
    "database": "数据库文件",
}
_HIDDEN = frozenset({"collapse", "filter"})
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|(?:Err|错误):\d{3}")
_SPACE = re.compile(r"[ \t\r\n]+")  # runs of it are written as elements
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def read_ods(source: Source, name: str, limits: Limits) -> tuple[RawWorkbook | None, tuple[Finding, ...]]:
    """Every sheet within the limits, and a finding for each beyond them; `RefusedError` for other kinds of document."""
    with zipfile.ZipFile(source) as archive:
        package = Package(archive)
        if package.exceeds(limits):
            raise RefusedError(say.FILE_TOO_LARGE)
        try:
            with package.open("META-INF/manifest.xml") as stream:
                if b"encryption-data" in stream.read(MB):
                    raise RefusedError(say.PASSWORD)
        except KeyError:
            pass
        with package.open("content.xml") as stream:
            return _read(lambda document: parse_stream(stream, document), name, limits)


def read_fods(data: bytes, name: str, limits: Limits) -> tuple[RawWorkbook | None, tuple[Finding, ...]]:
    """The same from one XML file."""
    return _read(lambda document: parse_stream(io.BytesIO(data), document), name, limits)


def _read(
    parse: Callable[[ElementReader], None], name: str, limits: Limits
) -> tuple[RawWorkbook | None, tuple[Finding, ...]]:
    document = _Document(Budget(limits), name)
    with whole():
        parse(document)
    return workbook_of(name, "ods", document.sheets, document.findings)


class _Document(ElementReader):
    """The document, element by element."""

    def __init__(self, budget: Budget, name: str) -> None:
        super().__init__()
        self.sheets: list[RawSheet] = []
        self.findings: list[Finding] = []
        self._budget = budget
        self._name = name
        self._apart = ""  # the element whose contents are skipped
        self._apart_depth = 0
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._grid: Grid | None = None
        self._sheet, self._hidden, self._in_table = "", False, False
        self._row = self._column = self._columns_told = 0
        self._cells: list[tuple[int, int, object]] = []  # of the row being read: first and last column, value
        self._rows = 1  # how often the row stands there
        self._cell: dict[str, str] = {}
        self._paragraphs: list[str] = []
        self.starts = {
            "style": self._start_style, "table-properties": self._table_properties, "table": self._start_table,
            "table-source": self._table_source, "table-column": self._start_column, "table-row": self._start_row,
            "table-cell": self._start_cell, "covered-table-cell": self._start_cell, "p": self._start_paragraph,
            "s": self._spaces, "tab": self._tab, "line-break": self._line_break,
        }  # fmt: skip
        self.ends = {
            "table": self._end_table, "table-row": self._end_row, "table-cell": self._end_cell,
            "covered-table-cell": self._end_cell, "p": self._end_paragraph,
        }  # fmt: skip

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = local(name)
        if self._apart:
            self._apart_depth += plain == self._apart
        elif plain in _APART or (plain == "table" and self._in_table):
            self._apart, self._apart_depth = plain, 1
        elif name.startswith("office:") and plain in _OTHERS:
            raise RefusedError(say.NOT_A_TABLE, what=_OTHERS[plain])
        else:
            super().start(plain, attributes)

    def end(self, name: str) -> None:
        if not self._apart:
            super().end(name)
        elif local(name) == self._apart:
            self._apart_depth -= 1
            self._apart = self._apart if self._apart_depth else ""

    def text(self, text: str) -> None:
        if not self._apart:
            super().text(_SPACE.sub(" ", text))

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("name", "")

    def _table_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get("display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._grid, self._sheet, self._in_table = Grid(self._budget), attributes.get("name", ""), True
        self._hidden = attributes.get("style-name", "") in self._hidden_styles
        self._row = self._columns_told = 0

    def _table_source(self, _: dict[str, str]) -> None:
        self._grid = None  # a copy of another file's sheet, which a formula refers to

    def _end_table(self) -> None:
        if self._grid:
            self.sheets.append(self._grid.sheet(self._sheet, self._hidden))
        self._grid, self._in_table = None, False

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = self._columns_told
        self._columns_told += number_of(attributes.get("number-columns-repeated"), 1)
        if self._grid and attributes.get("visibility") in _HIDDEN:
            self._grid.hide_columns(first, self._columns_told - 1)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows = number_of(attributes.get("number-rows-repeated"), 1)
        self._column = 0
        self._cells = []
        if self._grid and attributes.get("visibility") in _HIDDEN:
            self._grid.hide_rows(self._row, self._row + self._rows - 1)

    def _end_row(self) -> None:
        if self._cells:
            self._guarded(self._store_row)
        self._row += self._rows

    def _store_row(self, grid: Grid) -> None:
        """Stores the row as often as it stands there. The far corner comes first: it refuses what is too large at once."""
        last_row, last_column = self._row + self._rows - 1, self._cells[-1][1]
        grid.put(last_row, last_column, self._cells[-1][2])
        self._budget.require(self._rows * sum(last - first + 1 for first, last, _ in self._cells))
        for row in range(self._row, last_row + 1):
            for first, last, value in self._cells:
                for column in range(first, last + 1):
                    grid.put(row, column, value)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._paragraphs = attributes, []
        across = number_of(attributes.get("number-columns-spanned"), 1)
        down = number_of(attributes.get("number-rows-spanned"), 1)
        if across > 1 or down > 1:
            row, column = self._row, self._column
            self._guarded(lambda grid: grid.merge(row, column, row + down - 1, column + across - 1))

    def _end_cell(self) -> None:
        first = self._column
        self._column += max(number_of(self._cell.get("number-columns-repeated"), 1), 1)
        value = _value(self._cell, "\n".join(self._paragraphs))
        if value != "":
            self._cells.append((first, self._column - 1, value))
        self._paragraphs = []

    def _start_paragraph(self, _: dict[str, str]) -> None:
        self.collect()

    def _end_paragraph(self) -> None:
        self._paragraphs.append(self.collected())

    def _spaces(self, attributes: dict[str, str]) -> None:
        super().text(" " * min(number_of(attributes.get("c"), 1), 1000))

    def _tab(self, _: dict[str, str]) -> None:
        super().text("\t")

    def _line_break(self, _: dict[str, str]) -> None:
        super().text("\n")

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


def _value(cell: dict[str, str], text: str) -> object:
    """The value of a cell as `encode_rows` takes it: what is stored, and the text shown where that cannot be read."""
    formula = cell.get("formula", "").removeprefix("of:").removeprefix("oooc:")
    kind = cell.get("value-type", "")
    if formula and (kind == "error" or _ERROR.fullmatch(text)):
        return Cell(CellType.ERROR, text)
    if kind in _STORED:
        try:
            return _STORED[kind](cell)
        except (KeyError, ValueError, OverflowError):
            return text
    if formula and not kind and not text:
        return Cell(CellType.FORMULA, formula)
    return text or cell.get("string-value", "")


def _boolean(cell: dict[str, str]) -> Cell:
    return Cell(CellType.BOOLEAN, cell["boolean-value"] == "true")


def _date(cell: dict[str, str]) -> dt.date | dt.datetime:
    moment = dt.datetime.fromisoformat(cell["date-value"]).replace(tzinfo=None)
    return moment.date() if moment.time() == dt.time() else moment


def _time(cell: dict[str, str]) -> dt.time | float:
    """A time of day, or the days that a duration lasts."""
    found = _DURATION.fullmatch(cell["time-value"])
    if not found:
        raise ValueError
    sign, days, hours, minutes, seconds = found.groups()
    lasting = dt.timedelta(
        days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds or 0)
    )
    if sign or lasting >= dt.timedelta(days=1):
        return (-1 if sign else 1) * (lasting / dt.timedelta(days=1))
    return (dt.datetime.min + lasting).time()


def _number(cell: dict[str, str]) -> float:
    return float(cell["value"])


_STORED: dict[str, Callable[[dict[str, str]], object]] = {
    "float": _number, "percentage": _number, "currency": _number, "boolean": _boolean, "date": _date, "time": _time,
}  # fmt: skip
