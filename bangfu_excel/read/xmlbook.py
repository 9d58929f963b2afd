"""Our own reader of xlsx: every cell as its XML says, at a hundredth of calamine's speed; it judges where calamine is in doubt."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import IO, TypeVar
from xml.parsers import expat

from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import Cell, CellType, RawSheet
from bangfu_excel.read.calamine import SheetEntry, raw_sheet
from bangfu_excel.read.encode import CellCollector
from bangfu_excel.read.limits import MB, Limits
from bangfu_excel.read.package import Package, SheetPart
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.scan import Effort, scan_sheet
from bangfu_excel.read.sheetxml import SheetFacts, StoredCell
from bangfu_excel.read.strings import StringsParser, unescaped
from bangfu_excel.read.styles import Shown, cell_styles, moment

T = TypeVar("T")

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:inf|infinity|nan)", re.ASCII | re.IGNORECASE)
_FORBIDDEN = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
_CLEANED = 60 * MB  # of a part that names characters which XML forbids, and is read again without them

Address = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet as its XML says. lost: cells whose text the file does not hold any more · repeated: cells that stand there twice ·
    dropped: characters that XML forbids. Addresses are (row, column) from 0.
    """

    sheet: RawSheet
    facts: SheetFacts
    lost: tuple[Address, ...] = ()
    repeated: tuple[Address, ...] = ()
    dropped: int = 0


class XmlBook:
    """The sheets of a package. Raises `RefusedError` for what is damaged or too large."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._limits = limits
        self._dropped = 0

    def read(self, sheet: SheetPart) -> Reading:
        """The sheet with errors and formulas without value, its hidden rows and columns and merges."""

        def attempt(stream: IO[bytes]) -> Reading:
            cells = _Cells(self)
            facts = scan_sheet(stream, Effort.THOROUGH, cells.take)
            entry = SheetEntry(sheet.place, sheet.name, sheet.hidden)
            return cells.reading(entry, facts)

        return replace(self._parsed(sheet.part, attempt), dropped=self._dropped)

    @cached_property
    def strings(self) -> list[str]:
        """The shared texts."""
        part = self._package.related("sharedStrings", "xl/sharedStrings.xml")
        return self._parsed(part, self._read_strings) if self._package.holds(part) else []

    @cached_property
    def first_string(self) -> str | None:
        """The first shared text; None where there are none."""
        part = self._package.related("sharedStrings", "xl/sharedStrings.xml")
        if not self._package.holds(part):
            return None
        parser = StringsParser(self._limits.parsed)
        try:
            with self._package.open(part) as stream:
                while parser.first is None and (block := stream.read(MB // 16)):
                    parser.feed(block)
        except expat.ExpatError:
            return None
        return parser.first

    def _read_strings(self, stream: IO[bytes]) -> list[str]:
        parser = StringsParser(self._limits.parsed)
        while block := stream.read(MB // 4):
            parser.feed(block)
        return parser.finish()

    @cached_property
    def styles(self) -> list[Shown]:
        """How the numbers of each cell style are shown."""
        part = self._package.related("styles", "xl/styles.xml")
        return cell_styles(self._package.elements(part))

    @property
    def limits(self) -> Limits:
        return self._limits

    @property
    def date1904(self) -> bool:
        return self._package.date1904

    def _parsed(self, part: str, parse: Callable[[IO[bytes]], T]) -> T:
        """What `parse` makes of a part; if its XML is damaged by forbidden characters, of the part without them."""
        try:
            with self._package.open(part) as stream:
                return parse(stream)
        except expat.ExpatError as error:
            with self._package.open(part) as stream:
                data = stream.read(_CLEANED)
            cleaned, dropped = _FORBIDDEN.subn(b"", data)
            if not dropped:
                raise RefusedError(say.SHEET_DAMAGED) from error
            self._dropped += dropped
            try:
                return parse(io.BytesIO(cleaned))
            except expat.ExpatError as again:
                raise RefusedError(say.SHEET_DAMAGED) from again


class _Cells:
    """The cells of one sheet on their way into columns."""

    def __init__(self, book: XmlBook) -> None:
        self._book = book
        self._strings, self._styles = book.strings, book.styles
        self._collector = CellCollector()
        self._lost: list[Address] = []

    def take(self, cell: StoredCell) -> None:
        key = self._key(cell)
        if key == "":
            return
        self._collector.put(cell.row, cell.column, key)
        if self._collector.count > self._book.limits.parsed:
            raise RefusedError(say.SHEET_TOO_LARGE, last_row=cell.row + 1, last_column=cell.column + 1)

    def reading(self, entry: SheetEntry, facts: SheetFacts) -> Reading:
        repeated = self._collector.repeated()
        for column, marks in facts.marks.items():
            for row, mark in marks.items():
                self._collector.put(row, column, mark)
        if self._collector.area > self._book.limits.cells:
            raise RefusedError(say.SHEET_TOO_LARGE, last_row=facts.rows, last_column=facts.columns)
        sheet = raw_sheet(entry, self._collector.columns(), facts, tuple(facts.merges))
        return Reading(sheet, facts, tuple(self._lost), repeated)

    def _key(self, cell: StoredCell) -> object:
        """What `CellCollector.put` takes; "" for what is empty, or marked in the facts."""
        kind, value = cell.kind, cell.value or ""
        if kind == "s":
            return self._shared(cell) if value else ""
        if kind in ("inlineStr", "str") or not value:
            return unescaped(value if cell.inline is None else cell.inline)
        if kind == "e":
            return ""
        if kind == "b":
            return Cell(CellType.BOOLEAN, value.strip() not in ("0", "false"))
        if kind == "d":
            return _iso(value.strip())
        return self._number(value.strip(), cell.style)

    def _shared(self, cell: StoredCell) -> object:
        index = (cell.value or "").strip()
        if index.isascii() and index.isdigit() and len(index) < 10 and int(index) < len(self._strings):
            return self._strings[int(index)]
        self._lost.append((cell.row, cell.column))
        return Cell(CellType.ERROR, "#N/A")

    def _number(self, text: str, style: str) -> object:
        if not _NUMBER.fullmatch(text):
            return text
        number = float(text)
        if not math.isfinite(number):
            return Cell(CellType.ERROR, "#NUM!")
        index = int(style) if style.isascii() and style.isdigit() and len(style) < 7 else -1
        if style and 0 <= index < len(self._styles):
            return moment(number, self._styles[index], self._book.date1904)
        return number


def _iso(text: str) -> object:
    """A date, time or both as ISO 8601 writes them; what is none stays the text that it is."""
    try:
        if ":" in text[:3]:
            return dt.time.fromisoformat(text)
        found = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text
    return found.date() if found.time() == dt.time() else found
