"""What calamine does not tell of an xls: error cells, hidden rows and columns, from the records of its Workbook stream."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile

from bangfu_excel.core.raw import Cell, CellType
from bangfu_excel.read.calamine import EncryptedError
from bangfu_excel.read.sheetxml import SheetFacts

_FILEPASS = 0x2F
_BOUNDSHEET, _EOF, _FORMULA, _BOOLERR, _ROW, _COLINFO = 0x85, 0x0A, 0x06, 0x0205, 0x0208, 0x7D
_BOFS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_HIDDEN_ROW = 0x20


def scan_xls(data: bytes) -> tuple[SheetFacts, ...]:
    """Facts of each sheet in workbook order (no box, no merges), of BIFF5 and BIFF8 ([MS-XLS] 2.4).

    Nothing where the container is damaged or names no sheet: calamine must not see such a file, it may never come back.
    Raises `EncryptedError` where there is a password (of bytes, calamine only says that it knows no such format).
    """
    stream = _workbook_stream(data)
    starts = []
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            raise EncryptedError("FILEPASS")
        if kind == _BOUNDSHEET and len(body) >= 6:
            starts.append(int.from_bytes(body[:4], "little"))
    return tuple(_scan_sheet(stream, start) for start in starts)


def _workbook_stream(data: bytes) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if _runs_in_circles(ole):
                return b""
            for name in ("Workbook", "Book"):
                if ole.exists(name):
                    return bytes(ole.openstream(name).read())
    except (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError):
        pass
    return b""


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


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
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


def _scan_sheet(stream: bytes, start: int) -> SheetFacts:
    facts = SheetFacts()
    for kind, body in _records(stream, start):
        if kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            _mark(facts, body, body[8])
        elif kind == _BOOLERR and len(body) >= 8 and body[7] == 1:
            _mark(facts, body, body[6])
        elif kind == _ROW and len(body) >= 14 and body[12] & _HIDDEN_ROW:
            facts.hidden_rows.add(int.from_bytes(body[:2], "little"))
        elif kind == _COLINFO and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            facts.hidden_columns.update(range(first, min(last, 255) + 1))
    return facts


def _mark(facts: SheetFacts, body: bytes, code: int) -> None:
    row, column = struct.unpack_from("<HH", body)
    facts.mark(row, column, Cell(CellType.ERROR, _ERRORS.get(code, "#N/A")))
