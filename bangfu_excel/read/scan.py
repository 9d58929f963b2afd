"""Finds in a sheet's XML what calamine leaves out, at the speed of a substring search where there is nothing to find.

Sheets as Excel, WPS, openpyxl and XlsxWriter write them are cut into rows, and only rows that hold an error cell, a formula
without a cached value or a hidden mark are parsed. Any other way of writing goes through the parser from beginning to end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.read.sheetxml import SheetFacts, SheetParser, StoredCell, parse_reference

Codes = NDArray[np.uint8]
Mask = NDArray[np.bool_]

BLOCK = 128 * 1024
_LONGEST_ROW = 16 * 1024 * 1024
_ROW = b"<row "
_ERROR = b't="e"'
_HIDDEN = b'hidden="'
_FORMULA = b"><f"
_UNCACHED = (b"</f></c>", b"</f><v></v>", b"</f><v/>", b"/></c>")
_COARSE = (26, 702, 16_384)  # columns with names of one, two and three letters
_NUMBERED = re.compile(rb'<row r="(\d{1,7})"')
_PLACED = re.compile(rb'<c r="([A-Z]{1,3})')
_PLAIN_ROW = re.compile(rb'r="(\d{1,7})"[^<]*?(?:/>|>(?=</row>|<c r="[A-Z]))')


class OddSheetError(Exception):
    """A sheet that began in the plain way goes on in another: it must be parsed from the beginning."""


class Effort(IntEnum):
    """How exactly the box of a sheet is found. COARSE rounds the width up to 26, 702 or 16,384 columns; MEASURED looks at every
    cell's reference; THOROUGH parses every cell, ignores formatted empty ones, and also fills the merges."""

    COARSE = 0
    MEASURED = 1
    THOROUGH = 2


def scan_sheet(
    stream: IO[bytes], effort: Effort = Effort.COARSE, deliver: Callable[[StoredCell], None] | None = None
) -> SheetFacts:
    """Errors, uncached formulas, hidden rows and columns, and a box that holds every cell; the XML is read once, in blocks.

    deliver: called with every cell that holds something, where the effort is THOROUGH.
    Raises `OddSheetError` where only THOROUGH will do, and `expat.ExpatError` where XML that had to be parsed is damaged.
    """
    head, blocks = _head(stream)
    facts = SheetFacts()
    if effort is Effort.THOROUGH or not _is_plain(head):
        facts.parsed = True
        _parse_all(head, blocks, SheetParser(facts, deliver))
    else:
        _Skimmer(facts, measured=effort is Effort.MEASURED).skim(head, blocks)
    return facts


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        yield block


def _head(stream: IO[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The beginning of the stream up to some rows, and the rest."""
    blocks = _blocks(stream)
    head = b""
    for block in blocks:
        head += block
        if b"sheetData" in head or len(head) > _LONGEST_ROW:
            break
    return head, blocks


def _is_plain(head: bytes) -> bool:
    """True where the first rows look as the common programs write them."""
    if not head.startswith((b"<?xml", b"\xef\xbb\xbf<?xml", b"<worksheet")) or b"<!" in head or b"='" in head:
        return False
    start = head.find(b"<sheetData>")
    first = head.find(_ROW, start)
    if start < 0 or first < 0:
        return start >= 0 and b"<sheetData></sheetData>" in head
    return start + len(b"<sheetData>") == first and _PLAIN_ROW.match(head, first + len(_ROW)) is not None


def _parse_all(head: bytes, blocks: Iterator[bytes], parser: SheetParser) -> None:
    parser.feed(head)
    for block in blocks:
        parser.feed(block)
    parser.feed(b"", final=True)


class _Suspects(NamedTuple):
    """What may stand in a chunk, over-estimated.

    marked: an error cell or something hidden · formulas: any · letters: of the longest column name, 1 to 3 · rows, values:
    elements that begin like `<row`, like `<v` or `<is` · zeros: cells that name the first shared text ·
    far: a cell named after a row with more digits than the last.
    """

    marked: bool
    formulas: bool
    letters: int
    rows: int
    values: int
    zeros: int
    far: bool


class _Sieve:
    """Compares bytes as arrays: several times faster than searching for words, because most chunks hold nothing special.

    The work arrays are kept: allocating them anew for each chunk costs more than the comparisons (page faults).
    """

    def __init__(self) -> None:
        self._work: Mask = np.empty((4, 0), dtype=np.bool_)

    def suspects(self, chunk: bytes, digits: int) -> _Suspects:
        """What may stand in a chunk whose last row has a number of `digits`."""
        codes = np.frombuffer(chunk, dtype=np.uint8)
        if len(codes) < 16:
            return _Suspects(True, True, 1, 0, 0, 0, False)
        if self._work.shape[1] < len(codes):
            self._work = np.empty((4, 2 * len(codes)), dtype=np.bool_)
        quote, begun, one, two = self._work[:, : len(codes)]
        np.equal(codes, ord('"'), out=quote)
        np.equal(codes, ord("<"), out=begun)
        marked = self._has_marks(codes, quote, one, two)
        zeros = self._zeros(codes, quote, begun, one, two)
        formulas = b"f" in chunk and self._begun(codes, begun, "f", one, two) > 0
        rows, values = (self._begun(codes, begun, letters, one, two) for letters in ("r", "vi"))
        letters, far = self._names(codes, digits, quote, (one, two, begun))
        return _Suspects(marked, formulas, letters, rows, values, zeros, far)

    @staticmethod
    def _has_marks(codes: Codes, quote: Mask, one: Mask, two: Mask) -> bool:
        np.equal(codes, ord("e"), out=one)  # t="e"
        one[1:] &= quote[:-1]
        one[:-1] &= quote[1:]
        if one.any():
            return True
        np.equal(codes, ord("n"), out=one)  # hidden="1"
        np.equal(codes, ord("="), out=two)
        one[:-1] &= two[1:]
        return bool(one.any())

    @staticmethod
    def _zeros(codes: Codes, quote: Mask, begun: Mask, one: Mask, two: Mask) -> int:
        np.equal(codes, ord("s"), out=one)  # "s"><v>0<
        np.equal(codes, ord("0"), out=two)
        two[:-1] &= begun[1:]
        one[1:-6] &= two[7:]
        one[1:] &= quote[:-1]
        one[:-1] &= quote[1:]
        return int(np.count_nonzero(one[1:-6]))

    @staticmethod
    def _begun(codes: Codes, begun: Mask, letters: str, one: Mask, two: Mask) -> int:
        """How many elements begin with one of the letters."""
        np.equal(codes, ord(letters[0]), out=one)
        for letter in letters[1:]:
            np.equal(codes, ord(letter), out=two)
            one |= two
        one[1:] &= begun[:-1]
        return int(np.count_nonzero(one[1:]))

    @staticmethod
    def _names(codes: Codes, digits: int, named: Mask, work: tuple[Mask, Mask, Mask]) -> tuple[int, bool]:
        """Letters of the longest name of a column, and whether a row has a number of more than `digits`. Changes `named`."""
        numbers, capital, both = work
        np.subtract(codes, ord("A"), out=capital.view(np.uint8))  # "AB7
        np.less(capital.view(np.uint8), 26, out=capital)
        _mark_numbers(codes, digits + 1, numbers)
        letters, far = 0, False
        for step in (1, 2, 3):
            named[:-3] &= capital[step : len(codes) - 3 + step]
            if not named[:-3].any():
                break
            letters = step
            np.logical_and(named[: -step - 1], numbers[step + 1 :], out=both[: -step - 1])
            far = far or bool(both[: -step - 1].any())
        return max(letters, 1), far


def _mark_numbers(codes: Codes, digits: int, found: Mask) -> None:
    """True where `digits` digits begin: of one, then of two, of four … in a row."""
    np.subtract(codes, ord("0"), out=found.view(np.uint8))
    np.less(found.view(np.uint8), 10, out=found)
    length = 1
    while length < digits and length < len(found):
        step = min(length, digits - length)
        found[:-step] &= found[step:]
        length += step


class _Skimmer:
    """Reads a plain sheet in chunks of whole rows, parsing only rows that hold something special."""

    def __init__(self, facts: SheetFacts, *, measured: bool) -> None:
        self._facts = facts
        self._measured = measured
        self._parser = SheetParser(facts)
        self._held = self._zeros = 0
        self._sieve = _Sieve()

    def skim(self, head: bytes, blocks: Iterator[bytes]) -> None:
        before, _, rest = head.partition(b"<sheetData>")
        self._columns(before)
        self._parser.feed(b"<sheetData>")
        for block in blocks:
            cut = rest.rfind(_ROW)
            if cut > 0:
                self._rows(rest[:cut])
                rest = rest[cut:]
            if len(rest) > _LONGEST_ROW:
                raise OddSheetError("a row without end")
            rest += block
        self._rows(rest)
        self._facts.held, self._facts.zeros = self._held, self._zeros

    def _columns(self, before: bytes) -> None:
        start, end = before.find(b"<cols"), before.find(b"</cols>")
        if 0 <= start < end and _HIDDEN in before:
            SheetParser(self._facts).feed(before[start:end] + b"</cols>")

    def _rows(self, chunk: bytes) -> None:
        last = chunk.rfind(_ROW)
        digits = len(str(_row_number(chunk[last + len(_ROW) : last + 32]))) if last >= 0 else 7
        suspects = self._sieve.suspects(chunk, digits)
        if suspects.far:
            raise OddSheetError("a cell that stands in another row")
        if (suspects.marked and (_ERROR in chunk or _HIDDEN in chunk)) or (suspects.formulas and _has_uncached(chunk)):
            for row in chunk.split(_ROW)[1:]:
                if _ERROR in row or _HIDDEN in row[: row.find(b">")] or _has_uncached(row):
                    self._parse(row)
        self._held += suspects.values
        if suspects.formulas:  # an empty text as the result of a formula
            self._held -= chunk.count(b"<v></v>") + chunk.count(b"<v/>")
        self._zeros += suspects.zeros
        self._box(chunk, suspects)

    def _box(self, chunk: bytes, suspects: _Suspects) -> None:
        first, last = chunk.find(_ROW), chunk.rfind(_ROW)
        if first < 0:
            return
        begin, end = (_row_number(chunk[at + len(_ROW) : at + 32]) for at in (first, last))
        if self._measured or end - begin + 1 != suspects.rows:  # rows are missing, or out of order
            end = max(end, *map(int, _NUMBERED.findall(chunk)))
        if not self._measured:
            self._facts.saw(end - 1, _COARSE[suspects.letters - 1] - 1)
            return
        names = set(_PLACED.findall(chunk))
        if suspects.letters > max(map(len, names), default=1):
            raise OddSheetError("a cell whose reference does not come first")
        places = (parse_reference(f"{name.decode('ascii')}1") for name in names)
        self._facts.saw(end - 1, max((place[1] for place in places if place), default=-1))

    def _parse(self, row: bytes) -> None:
        """Parses the row's own tag and its special cells; parsing every cell of such rows would cost ten times as much."""
        _row_number(row)  # a row without number would be counted from the last one parsed
        tag, *cells = row.split(b"<c ")
        special = [
            b"<c " + cell[: cell.rfind(b"</c>") + 4]
            for cell in cells
            if _ERROR in cell or (_FORMULA in cell and _has_uncached(cell))
        ]
        if not all(cell.startswith(b'<c r="') for cell in special):
            raise OddSheetError("a cell without reference")
        opened = tag[: tag.find(b">")].rstrip(b"/")
        self._parser.feed(b"".join((_ROW, opened, b">", *special, b"</row>")))


def _has_uncached(xml: bytes) -> bool:
    return _FORMULA in xml and any(mark in xml for mark in _UNCACHED)


def _row_number(row: bytes) -> int:
    """The number of a row from what follows `<row `."""
    number = row[3 : row.find(b'"', 3)]
    if not row.startswith(b'r="') or not number.isdigit() or len(number) > 7:
        raise OddSheetError("a row without number")
    return int(number)
