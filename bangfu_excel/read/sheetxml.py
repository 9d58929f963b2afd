"""What stands in a sheet's XML, cell by cell: slow and tolerant of every way of writing it (prefixes, quotes, no `r`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from bangfu_excel.core.raw import Cell, CellType, Merge

_TRUE = frozenset({"1", "true", "on"})
_COLLECTED = frozenset({"v", "f", "t"})


def parse_reference(reference: str) -> tuple[int, int] | None:
    """Row and column from 0 of `B7` or `$B$7`; None where it is no cell."""
    text = reference.replace("$", "").upper()
    letters = text.rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3 or not 1 <= len(text) - len(letters) <= 7:
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    row = int(text[len(letters) :])
    return (row - 1, column - 1) if row else None


@dataclass
class SheetFacts:
    """What calamine does not tell of a sheet. `rows`, `columns`: the box from A1 that holds every cell seen.

    marks: column → row → error cells and formulas without a cached value · rich: (row, column) → index of the value metadata of
    an error cell (an Excel picture in a cell is one). Everything is counted from 0.
    """

    rows: int = 0
    columns: int = 0
    marks: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    rich: dict[tuple[int, int], int] = field(default_factory=dict)

    def saw(self, row: int, column: int) -> None:
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)

    def mark(self, row: int, column: int, cell: Cell) -> None:
        self.marks.setdefault(column, {})[row] = cell


class SheetParser:
    """Feeds on a sheet's XML, or on pieces of it that are well-formed in sequence, and fills `facts`.

    Only cells that hold something widen the box. Raises `expat.ExpatError` where the XML is damaged.
    """

    def __init__(self, facts: SheetFacts) -> None:
        self.facts = facts
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._row = self._column = -1
        self._type = self._metadata = ""
        self._shared: dict[str, str] = {}
        self._share = ""
        self._found: dict[str, str] = {}
        self._collecting = ""

    def feed(self, data: bytes, final: bool = False) -> None:
        self._parser.Parse(data, final)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._start_cell(attributes)
        elif name in _COLLECTED:
            self._collecting = name
            self._found.setdefault(name, "")
            if name == "f":
                self._share = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        elif name == "row":
            self._start_row(attributes)
        elif name == "col":
            self._hide_columns(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() and number.isascii() else self._row + 1
        self._column = -1
        if attributes.get("hidden") in _TRUE:
            self.facts.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = parse_reference(attributes.get("r", ""))
        self._row, self._column = place or (self._row, self._column + 1)
        self._type = attributes.get("t", "")
        self._metadata = attributes.get("vm", "")
        self._found.clear()

    def _text(self, text: str) -> None:
        if self._collecting:
            self._found[self._collecting] += text

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in _COLLECTED:
            self._collecting = ""
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        found = self._found
        value = found.get("v", "").strip()
        if not found:
            return
        self.facts.saw(self._row, self._column)
        if self._type == "e" and value:
            self.facts.mark(self._row, self._column, Cell(CellType.ERROR, value))
            if self._metadata.isdecimal():
                self.facts.rich[self._row, self._column] = int(self._metadata)
        if "f" not in found:
            return
        formula = found["f"].strip()
        if self._share:  # the first cell of a shared formula holds its text, the others refer to it
            formula = self._shared.setdefault(self._share, formula) or formula
        # Excel writes an empty <v> for a formula whose result is an empty text; that is a cached value
        if not value and not (self._type == "str" and "v" in found):
            self.facts.mark(self._row, self._column, Cell(CellType.FORMULA, f"={formula}"))

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.facts.hidden_columns.update(range(int(first) - 1, min(int(last), 16_384)))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = parse_reference(first), parse_reference(last or first)
        if corners[0] and corners[1]:
            self.facts.merges.append(Merge(*corners[0], *corners[1]))
