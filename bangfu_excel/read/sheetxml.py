"""What stands in a sheet's XML, cell by cell: slow and tolerant of every way of writing it (prefixes, quotes, no `r`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.read.parsing import feed

_TRUE = frozenset({"1", "true", "on"})
_COLLECTED = frozenset({"v", "f", "t"})
SPACE = " \t\r\n"
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383


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

    parsed: whether every cell was looked at · held: cells that hold a value, shared texts that are empty included · zeros: cells that name the first shared
    string · moments: numbers shown as date or time, where known · astray: cells whose address is none ·
    marks: column → row → error cells and formulas without a cached value · rich: (row, column) → index of the value metadata of
    an error cell (an Excel picture in a cell is one). Everything is counted from 0.
    """

    rows: int = 0
    columns: int = 0
    parsed: bool = False
    held: int = 0
    zeros: int = 0
    moments: int | None = None
    astray: int = 0
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


class StoredCell(NamedTuple):
    """A cell that holds something, as written. kind, style: attributes · value: of `<v>` · inline: of `<is>`; None where absent."""

    row: int
    column: int
    kind: str
    style: str
    value: str | None
    inline: str | None


class SheetParser:
    """Feeds on a sheet's XML, or on pieces of it that are well-formed in sequence, and fills `facts`.

    Only cells that hold something widen the box; `deliver` is called with each of them, in the order of the XML. Raises
    `expat.ExpatError` where the XML is damaged.
    """

    def __init__(self, facts: SheetFacts, deliver: Callable[[StoredCell], None] | None = None) -> None:
        self.facts = facts
        self._deliver = deliver
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._row = self._column = -1
        self._type = self._style = self._metadata = ""
        self._phonetic = self._astray = self._keep = False
        self._shared: dict[str, str] = {}
        self._share = ""
        self._found: dict[str, str] = {}
        self._collecting = ""

    def feed(self, data: bytes, final: bool = False) -> None:
        feed(self._parser, data, final)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._start_cell(attributes)
        elif name in _COLLECTED and not self._phonetic:
            self._collecting = name
            self._found.setdefault(name, "")
            self._keep = name != "t" or attributes.get("xml:space") == "preserve"
            if name == "f":
                self._share = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        elif name == "rPh":
            self._phonetic = True
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
        reference = attributes.get("r", "")
        place = parse_reference(reference)
        self._row, self._column = place or (self._row, self._column + 1)
        outside = not (0 <= self._row <= LAST_ROW and self._column <= LAST_COLUMN)
        # some programs write the number of the column alone: such a cell stands where its order puts it
        self._astray = outside or (place is None and reference != "" and not reference.isdecimal())
        self._type = attributes.get("t", "")
        self._style = attributes.get("s", "")
        self._metadata = attributes.get("vm", "")
        self._found.clear()

    def _text(self, text: str) -> None:
        if self._collecting:
            # Excel trims texts that are not marked as to be kept
            self._found[self._collecting] += text if self._keep else text.strip(SPACE)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in _COLLECTED:
            self._collecting = ""
        elif name == "rPh":
            self._phonetic = False
        elif name == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        found = self._found
        if not found:
            return
        if self._astray:
            self.facts.astray += 1
            return
        self.facts.saw(self._row, self._column)
        stored, inline = found.get("v"), found.get("t")
        if stored or inline:
            self.facts.held += 1
        if self._deliver:
            self._deliver(StoredCell(self._row, self._column, self._type, self._style, stored, inline))
        value = (stored or "").strip()
        if self._type == "e" and value:
            self.facts.mark(self._row, self._column, Cell(CellType.ERROR, value))
            if self._metadata.isdecimal():
                self.facts.rich[self._row, self._column] = int(self._metadata)
        elif self._type == "s" and value == "0":
            self.facts.zeros += 1
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
            self.facts.merges.append(Merge.between(*corners[0], *corners[1]))
