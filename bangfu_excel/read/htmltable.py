"""The cells of html tables as they stand in rows and columns; a table inside a table becomes text or a table of its own."""

from __future__ import annotations

import re
from collections import Counter

from bangfu_excel.core.raw import Cell, CellType
from bangfu_excel.read.grid import Budget, Grid
from bangfu_excel.read.styles import Shown, moment, shown_by

BREAK, BLOCK = "\x0b", "\x0c"
"""In collected text: a line break (<br>), and where a block (<p>, <div>) begins or ends."""

_SPACE = re.compile(r"[ \t\r\n]+")
_BLOCKS = re.compile(r" ?\x0c[ \x0c]*")
_BREAKS = re.compile(r" ?\x0b ?")
_DIGITS = re.compile(r"\s*(\d{1,12})")
_CSS_FORMAT = re.compile(r"""mso-number-format:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;}"']*)""")
_CSS_CLASS = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_NAMED_DATES = frozenset({
    "short date", "medium date", "long date", "general date", "short time", "medium time", "long time",
})  # fmt: skip
_DIGITS_KEPT = 15  # by Excel in a number

Attributes = dict[str, str | None]


def clean(pieces: list[str]) -> str:
    """The text as a browser shows it: white space run together, line breaks where <br> and blocks stand."""
    text = _SPACE.sub(" ", "".join(pieces))
    if BLOCK in text:
        text = _BLOCKS.sub("\n", text)
    if BREAK in text:
        text = _BREAKS.sub("\n", text)
    return text.replace("\xa0", " ").strip()


def is_hidden(attributes: Attributes) -> bool:
    """Whether a row, column or cell is not shown."""
    return "display:none" in (attributes.get("style") or "").replace(" ", "").lower()


def span(value: str | None) -> int:
    """A colspan or rowspan; 1 where it is none."""
    digits = _DIGITS.match(value or "")
    return max(int(digits[1]), 1) if digits else 1


def css_formats(style: str) -> dict[str, str]:
    """Class → Excel's number format, from a <style> element."""
    found = {}
    for name, body in _CSS_CLASS.findall(style):
        if number_format := css_format(body):
            found[name] = number_format
    return found


def css_format(style: str) -> str:
    r"""Excel's number format in a style, without its escapes (`\0022` is a quote); "" where there is none."""
    found = _CSS_FORMAT.search(style)
    if not found:
        return ""
    text = found[1].strip()
    return (text[1:-1] if text[:1] in "\"'" else text).replace("\\0022", '"').replace("\\", "")


class HtmlTable:
    """A table under construction. Rows and columns count from 0."""

    def __init__(self, budget: Budget, pieces: list[str]) -> None:
        self.grid = Grid(budget)
        self._budget = budget
        self.outer_pieces = pieces  # text of the cell around this table, collected so far
        self.nested: list[tuple[int, int, list[Grid]]] = []
        self._row = -1
        self._column = 0
        self._in_row = False
        self._cell: Attributes | None = None
        self._spans: dict[int, tuple[int, int]] = {}  # first column → last column and last row of what reaches down
        self._columns_told = 0
        self._hidden_cells: Counter[int] = Counter()

    @property
    def in_cell(self) -> bool:
        return self._cell is not None

    def start_row(self, attributes: Attributes) -> None:
        self._row += 1
        self._column = 0
        self._in_row = True
        if is_hidden(attributes):
            self.grid.hide_rows(self._row, self._row)

    def end_row(self) -> None:
        self._in_row = False

    def start_column(self, attributes: Attributes) -> None:
        first = self._columns_told
        self._columns_told += span(attributes.get("span"))
        if is_hidden(attributes):
            self.grid.hide_columns(first, self._columns_told - 1)

    def start_cell(self, attributes: Attributes) -> None:
        if not self._in_row:
            self.start_row({})
        self._skip_spans()
        self._cell = attributes

    def end_cell(self, pieces: list[str], formats: dict[str, str]) -> None:
        """Stores the text collected since the cell began."""
        attributes = self._cell or {}
        self._cell = None
        value = cell_value(clean(pieces), attributes, formats) if attributes else clean(pieces)
        row, column = self._row, self._column
        if value != "":
            self.grid.put(row, column, value)
        wide, high = span(attributes.get("colspan")), span(attributes.get("rowspan"))
        if wide > 1 or high > 1:
            self.grid.merge(row, column, row + high - 1, column + wide - 1)
            if high > 1:
                self._spans[column] = (column + wide - 1, row + high - 1)
        if is_hidden(attributes):
            self._hidden_cells[column] += 1
        self._column += wide

    def nest(self, grids: list[Grid]) -> None:
        """Notes the tables inside the open cell."""
        self.nested.append((self._row, self._column, grids))

    def finished(self) -> list[Grid]:
        """This table, and those of its inner tables that are tables of their own, because this one only lays out the page."""
        for column, cells in self._hidden_cells.items():
            if cells * 2 > self._row + 1:
                self.grid.hide_columns(column, column)
        lays_out = sum(sum(value != "" for value in line) > 2 for line in self.grid.rows()) < 2
        lifted: list[Grid] = []
        for row, column, grids in self.nested:
            tables = [grid for grid in grids if lays_out and grid.height > 1 and grid.width > 1]
            lifted += tables
            texts = [line for grid in grids if grid not in tables for line in _lines(grid)]
            if any(texts):
                texts.insert(0, as_text(self.grid.get(row, column)))
                self.grid.put(row, column, "\n".join(text for text in texts if text))
        return [self.grid, *lifted] if self.grid.height or not lifted else lifted

    def _skip_spans(self) -> None:
        while found := self._spans.get(self._column):
            self._budget.spend(1)  # thousands of cells that reach down make every row below slow
            last_column, last_row = found
            if last_row < self._row:
                del self._spans[self._column]
            else:
                self._column = last_column + 1


def cell_value(text: str, attributes: Attributes, formats: dict[str, str]) -> object:
    """What Excel's own attributes (`x:num`, `x:str`, `x:bool`, `x:err`) make of a cell's text; text where there are none."""
    if "x:num" in attributes:
        return _number(attributes["x:num"] or text, text, attributes, formats)
    if attributes.get("x:str"):
        return attributes["x:str"]
    if "x:err" in attributes:
        return Cell(CellType.ERROR, attributes["x:err"] or text)
    if "x:bool" in attributes:
        return Cell(CellType.BOOLEAN, (attributes["x:bool"] or text).strip().upper() in ("TRUE", "1"))
    return text


def _number(stored: str, text: str, attributes: Attributes, formats: dict[str, str]) -> object:
    plain = stored.strip().strip("'").replace(",", "")
    try:
        number = float(plain)
    except ValueError:
        return text
    if sum(char.isdigit() for char in plain.partition("E")[0].lstrip("0.")) > _DIGITS_KEPT and "." not in plain:
        return plain  # an identity number, whole here; Excel would have kept fifteen digits of it
    shown = css_format(attributes.get("style") or "") or formats.get(attributes.get("class") or "", "")
    if shown == "@":
        return text
    shows_date = shown.lower() in _NAMED_DATES or shown_by(shown) is Shown.MOMENT
    return moment(number, Shown.MOMENT, date1904=False) if shows_date else number


def as_text(value: object) -> str:
    """A value as it is written into the text of the cell around it."""
    if isinstance(value, Cell):
        value = value.value
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _lines(grid: Grid) -> list[str]:
    return [" ".join(as_text(value) for value in line if value != "") for line in grid.rows()]
