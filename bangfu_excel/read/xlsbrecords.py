"""The records of an xlsb's parts ([MS-XLSB] 2.1.4): a number, a length and a body, one after the other."""

from __future__ import annotations

import struct
from collections.abc import Iterator

ROW, BLANK, RK, ERROR, BOOL, REAL, STRING, SHARED = range(8)
FORMULA_STRING, FORMULA_REAL, FORMULA_BOOL, FORMULA_ERROR = range(8, 12)
RICH_STRING, SHARED_ITEM = 62, 19
FORMAT, CELL_FORMAT, CELL_FORMATS_BEGIN, CELL_FORMATS_END = 44, 47, 617, 618
COLUMN, MERGE, SHEET, WORKBOOK_PROPERTIES = 60, 176, 156, 153

_NO_TEXT = 0xFFFFFFFF


class BrokenRecordError(Exception):
    """The part ends in the middle of a record, or a record is shorter than it must be."""


def records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, start, end) of each record's body."""
    at, size = 0, len(part)
    try:
        while at < size:
            kind = part[at]
            at += 1
            if kind & 0x80:
                kind = kind & 0x7F | (part[at] & 0x7F) << 7
                at += 1
            length = shift = 0
            while True:
                byte = part[at]
                at += 1
                length |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 or shift > 21:
                    break
            if at + length > size:
                raise BrokenRecordError
            yield kind, at, at + length
            at += length
    except IndexError as error:
        raise BrokenRecordError from error


def integer(part: bytes, at: int) -> int:
    """Four bytes without sign."""
    return int.from_bytes(part[at : at + 4], "little")


def wide_text(part: bytes, at: int, end: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; no text is ""."""
    length = integer(part, at)
    if length == _NO_TEXT:
        return "", at + 4
    stop = at + 4 + 2 * length
    if stop > end:
        raise BrokenRecordError
    return part[at + 4 : stop].decode("utf-16-le", "replace"), stop


def rk_number(raw: int) -> float:
    """A number packed into four bytes: 30 bits of an integer or of a float, perhaps hundredths."""
    if raw & 2:
        value = float((raw - 0x100000000 if raw & 0x80000000 else raw) >> 2)
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0])
    return value / 100 if raw & 1 else value
