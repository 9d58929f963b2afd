"""What readers do not tell of an xls, from the records of its Workbook stream ([MS-XLS] 2.4): error cells, hidden rows and
columns, merges, how many cells hold a value, and how its text is encoded.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.read.sheetxml import SheetFacts
from bangfu_excel.read.styles import BUILT_IN, Shown, shown_by

UNICODE = 1200
"""The code page that a BIFF8 file names; where it names another, calamine takes its text for encoded in that."""

_BOUNDSHEET, _EOF, _BOOLERR, _ROW, _COLINFO, _MERGES = 0x85, 0x0A, 0x0205, 0x0208, 0x7D, 0xE5
_CODEPAGE, _FILEPASS, _SUPBOOK, _MULRK, _FORMAT, _XF = 0x42, 0x2F, 0x01AE, 0xBD, 0x041E, 0xE0
FORMULAS = frozenset({0x06, 0x0206, 0x0406})
_RK = 0x027E
_NUMBERS = frozenset({0x0203, _RK})
_CELLS = frozenset({0x0203, 0x027E, 0xFD, 0x0204, 0xD6, _BOOLERR})  # NUMBER, RK, LABELSST, LABEL, RSTRING
_CONNECTIONS = frozenset({0x01AD, 0x0876})
_BOFS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_OWN_BOOK, _ADD_IN = 0x0401, 0x3A01
_MACRO_SHEET = 1
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_HIDDEN_ROW = 0x20
_SPECIAL = b"\xff\xff"  # where a number would be: the result of a formula is none


@dataclass(frozen=True, slots=True)
class XlsFacts:
    """What the records tell of a workbook. version: 8 for Excel 97 and later, 5 before, 0 unknown · sheets: of each sheet in
    workbook order, charts too, none where the container is damaged or names no sheet: calamine must not see such a file, it
    may never come back · kinds: 0 for a worksheet.
    """

    version: int = 0
    codepage: int = UNICODE
    encrypted: bool = False
    sheets: tuple[SheetFacts, ...] = ()
    kinds: tuple[int, ...] = ()
    macros: bool = False
    links: bool = False
    connections: bool = False


def scan_xls(data: bytes) -> XlsFacts:
    """The facts of an xls of BIFF5 or BIFF8; nothing is known of what is damaged."""
    stream, names = workbook_stream(data)
    bound: list[tuple[int, int]] = []
    codepage, encrypted, links = UNICODE, False, False
    styles = Styles()
    for kind, body in records(stream, 0):
        if kind == _BOUNDSHEET and len(body) >= 6:
            bound.append((int.from_bytes(body[:4], "little"), body[5]))
        elif kind == _CODEPAGE and len(body) >= 2:
            codepage = int.from_bytes(body[:2], "little")
        elif kind in (_FORMAT, _XF):
            styles.take(kind, body)
        elif kind == _SUPBOOK and len(body) >= 4:
            links = links or int.from_bytes(body[2:4], "little") not in (_OWN_BOOK, _ADD_IN)
        encrypted = encrypted or kind == _FILEPASS
    version = {0x0600: 8, 0x0500: 5}.get(int.from_bytes(stream[4:6], "little"), 0)
    moments = styles.moments() if version == 8 else None
    sheets = () if encrypted else tuple(_scan_sheet(stream, start, moments) for start, _ in bound)
    return XlsFacts(
        version=version,
        codepage=codepage,
        encrypted=encrypted,
        sheets=tuple(facts for facts, _ in sheets),
        kinds=tuple(kind for _, kind in bound),
        macros=any("VBA_PROJECT" in name for name in names) or any(kind == _MACRO_SHEET for _, kind in bound),
        links=links,
        connections=any(connected for _, connected in sheets),
    )


class Styles:
    """Which cell styles of a BIFF8 workbook show a number as date or time."""

    def __init__(self) -> None:
        self._formats = dict(BUILT_IN)
        self._used: list[int] = []

    def take(self, kind: int, body: bytes) -> None:
        """A record; those that are no FORMAT or XF tell nothing."""
        if kind == _XF:
            self._used.append(int.from_bytes(body[2:4], "little"))
        elif kind == _FORMAT and len(body) > 5:
            code = body[5:].decode("utf-16-le" if body[4] & 1 else "latin-1", "replace")
            self._formats[int.from_bytes(body[:2], "little")] = shown_by(code)

    def shown(self) -> list[Shown]:
        """How each style shows a number."""
        return [self._formats.get(number, Shown.NUMBER) for number in self._used]

    def moments(self) -> frozenset[bytes]:
        """Indices of those styles, as cells name them."""
        found = (i for i, shown in enumerate(self.shown()) if shown is Shown.MOMENT)
        return frozenset(index.to_bytes(2, "little") for index in found if index < 65_536)


def error_text(code: int) -> str:
    """What Excel shows for an error code."""
    return _ERRORS.get(code, "#N/A")


def workbook_stream(data: bytes) -> tuple[bytes, list[str]]:
    """The stream of records, and the names of everything in the container."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if _runs_in_circles(ole):
                return b"", []
            names = ["/".join(path).upper() for path in ole.listdir()]
            for name in ("Workbook", "Book"):
                if ole.exists(name):
                    return bytes(ole.openstream(name).read()), names
    except (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError):
        pass
    return b"", []


def _runs_in_circles(ole: olefile.OleFileIO) -> bool:
    """Whether a chain of sectors never ends (calamine follows it for ever)."""
    fat = ole.fat
    big = (e.isectStart for e in ole.direntries if e is not None and e.size >= ole.minisectorcutoff)
    for start in (ole.first_dir_sector, ole.first_mini_fat_sector, *big):
        sector, steps = start, 0
        while 0 <= sector < len(fat):
            sector, steps = fat[sector], steps + 1
            if steps > len(fat):
                return True
    return False


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, without those of charts embedded in it."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind in _BOFS:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _scan_sheet(stream: bytes, start: int, moments: frozenset[bytes] | None) -> tuple[SheetFacts, bool]:
    """The facts of a sheet, and whether it takes values from a connection."""
    facts = SheetFacts(parsed=True)
    held: set[bytes] = set()
    dated: set[bytes] = set()
    connected = False
    for kind, body in records(stream, start):
        if kind in _CELLS:
            held.add(body[:4])
        if moments and body[4:6] in moments and (kind in _NUMBERS or (kind in FORMULAS and body[12:14] != _SPECIAL)):
            number = body[6:14] if kind != _RK else body[6:10]
            if number[-1:] < b"\x80":  # no moment is negative
                dated.add(body[:4])
        if kind in FORMULAS and len(body) >= 14:
            _take_formula(facts, held, body)
        elif kind == _MULRK and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            for at in range((len(body) - 6) // 6):
                place = struct.pack("<HH", row, (first + at) & 0xFFFF)
                held.add(place)
                if moments and body[4 + 6 * at : 6 + 6 * at] in moments and body[9 + 6 * at] < 0x80:
                    dated.add(place)
        elif kind == _BOOLERR and len(body) >= 8 and body[7] == 1:
            _mark(facts, body, body[6])
        elif kind == _ROW and len(body) >= 14 and body[12] & _HIDDEN_ROW:
            facts.hidden_rows.add(int.from_bytes(body[:2], "little"))
        elif kind == _COLINFO and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            facts.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == _MERGES:
            _merge(facts, body)
        connected = connected or kind in _CONNECTIONS
    facts.held = len(held)
    facts.moments = None if moments is None else len(dated)
    return facts, connected


def _take_formula(facts: SheetFacts, held: set[bytes], body: bytes) -> None:
    """A formula holds a value unless that is an empty text; an error is marked."""
    special = body[12:14] == _SPECIAL
    if special and body[6] == 3:
        return
    held.add(body[:4])
    if special and body[6] == 2:
        _mark(facts, body, body[8])


def _mark(facts: SheetFacts, body: bytes, code: int) -> None:
    row, column = struct.unpack_from("<HH", body)
    facts.mark(row, column, Cell(CellType.ERROR, error_text(code)))


def _merge(facts: SheetFacts, body: bytes) -> None:
    count = int.from_bytes(body[:2], "little")
    for at in range(2, min(2 + 8 * count, len(body) - 7), 8):
        top, bottom, left, right = struct.unpack_from("<HHHH", body, at)
        facts.merges.append(Merge.between(top, left, bottom, right))
