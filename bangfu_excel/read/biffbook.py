"""Our own reader of BIFF8, the judge of calamine for xls: every cell as its record says ([MS-XLS] 2.4 and 2.5)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import Cell, CellType, RawSheet
from bangfu_excel.read.biff import FORMULAS, Styles, records, workbook_stream
from bangfu_excel.read.calamine import EngineError, SheetEntry, raw_sheet
from bangfu_excel.read.encode import CellCollector
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.refusal import RefusedError
from bangfu_excel.read.sheetxml import SheetFacts
from bangfu_excel.read.styles import moment

_BOUNDSHEET, _SST, _CONTINUE, _DATEMODE = 0x85, 0xFC, 0x3C, 0x22
_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RSTRING, _BOOLERR, _STRING = (
    0x0203,
    0x027E,
    0xBD,
    0xFD,
    0x0204,
    0xD6,
    0x0205,
    0x0207,
)

_LAST_COLUMN = 255

Found = tuple[int, int, object]


class BiffBook:
    """A BIFF8 workbook; raises `EngineError` where its records are too damaged."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._stream, _ = workbook_stream(data)
        self._date1904 = False
        self._styles = Styles()
        self._sheets: list[tuple[int, SheetEntry]] = []
        try:
            self._take_globals()
        except (struct.error, IndexError) as error:
            raise EngineError(str(error)) from error

    @property
    def sheets(self) -> tuple[SheetEntry, ...]:
        """The worksheets in workbook order; `index` counts only them."""
        return tuple(entry for _, entry in self._sheets)

    def read(self, entry: SheetEntry, facts: SheetFacts) -> RawSheet:
        """The sheet, with errors, hidden rows and columns and merges from `facts`."""
        collector = CellCollector()
        try:
            for row, column, key in self._cells(self._sheets[entry.index][0]):
                if column > _LAST_COLUMN:
                    facts.astray += 1
                    continue
                collector.put(row, column, key)
                if collector.count > self._limits.parsed:
                    raise RefusedError(say.SHEET_TOO_LARGE, last_row=row + 1, last_column=column + 1)
        except (struct.error, IndexError) as error:
            raise EngineError(str(error)) from error
        for column, marks in facts.marks.items():
            for row, mark in marks.items():
                collector.put(row, column, mark)
        return raw_sheet(entry, collector.columns(), facts, tuple(facts.merges))

    def _take_globals(self) -> None:
        texts: list[bytes] = []
        before = 0
        for kind, body in records(self._stream, 0):
            if kind == _BOUNDSHEET and len(body) > 7 and body[5] == 0:
                entry = SheetEntry(len(self._sheets), _text(body[6:], wide_count=False), body[4] & 3 != 0)
                self._sheets.append((int.from_bytes(body[:4], "little"), entry))
            elif kind == _SST or (kind == _CONTINUE and before == _SST and body):
                texts.append(body)
            elif kind == _DATEMODE:
                self._date1904 = body[:2] == b"\x01\x00"
            self._styles.take(kind, body)
            before = before if kind == _CONTINUE else kind
        self._texts = list(shared_texts(texts))
        self._shown = self._styles.shown()

    def _cells(self, start: int) -> Iterator[Found]:
        awaited: tuple[int, int] | None = None
        for kind, body in records(self._stream, start):
            if kind == _MULRK:
                row, first = struct.unpack_from("<HH", body)
                for at in range((len(body) - 6) // 6):
                    style, packed = struct.unpack_from("<HI", body, 4 + 6 * at)
                    yield row, first + at, self._number(_rk(packed), style)
            elif kind in FORMULAS:
                awaited = None
                row, column, style = struct.unpack_from("<HHH", body)
                if body[12:14] != b"\xff\xff":
                    yield row, column, self._number(struct.unpack_from("<d", body, 6)[0], style)
                elif body[6] == 1:
                    yield row, column, Cell(CellType.BOOLEAN, bool(body[8]))
                elif body[6] == 0:
                    awaited = row, column
            elif kind == _STRING and awaited:
                yield *awaited, _text(body)
            elif kind in (_NUMBER, _RK, _LABELSST, _LABEL, _RSTRING, _BOOLERR):
                row, column, style = struct.unpack_from("<HHH", body)
                if (key := self._value(kind, body, style)) != "":
                    yield row, column, key

    def _value(self, kind: int, body: bytes, style: int) -> object:
        if kind == _NUMBER:
            return self._number(struct.unpack_from("<d", body, 6)[0], style)
        if kind == _RK:
            return self._number(_rk(struct.unpack_from("<I", body, 6)[0]), style)
        if kind == _LABELSST:
            if not self._texts:
                raise EngineError("no texts at all")
            index = struct.unpack_from("<I", body, 6)[0]
            return self._texts[index] if index < len(self._texts) else Cell(CellType.ERROR, "#N/A")
        if kind == _BOOLERR:
            return "" if body[7] else Cell(CellType.BOOLEAN, bool(body[6]))
        return _text(body[6:])

    def _number(self, number: float, style: int) -> object:
        return moment(number, self._shown[style], self._date1904) if style < len(self._shown) else number


def _rk(packed: int) -> float:
    """A number in 30 bits: an integer or the upper half of a float, or a hundredth of either."""
    if packed & 2:
        number = float((packed if packed < 1 << 31 else packed - (1 << 32)) >> 2)
    else:
        number = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", packed & 0xFFFFFFFC))[0]
    return number / 100 if packed & 1 else number


def _text(body: bytes, *, wide_count: bool = True) -> str:
    """A text in one record: its length in two bytes (or one), a byte that says whether characters have one byte or two."""
    at = 2 if wide_count else 1
    length = int.from_bytes(body[:at], "little")
    start = at + 1
    if body[at] & 1:
        return body[start : start + 2 * length].decode("utf-16-le", "replace")
    return body[start : start + length].decode("latin-1")


def shared_texts(chunks: Sequence[bytes]) -> Iterator[str]:
    """The texts of an SST record and its CONTINUE records: a text may go on in the next one, there in other width."""
    if not chunks or len(chunks[0]) < 8:
        return
    left = iter(chunks)
    chunk, at = next(left), 8
    for _ in range(int.from_bytes(chunk[4:8], "little")):
        if at >= len(chunk):
            chunk, at = next(left, b""), 0
        if len(chunk) < at + 3:
            return
        length, flags = struct.unpack_from("<HB", chunk, at)
        at += 3
        skipped = 0
        if flags & 8:
            skipped, at = 4 * int.from_bytes(chunk[at : at + 2], "little"), at + 2
        if flags & 4:
            skipped, at = skipped + int.from_bytes(chunk[at : at + 4], "little"), at + 4
        pieces = []
        width = 1 + (flags & 1)
        while True:
            taken = min(length, (len(chunk) - at) // width)
            pieces.append(chunk[at : at + taken * width].decode("utf-16-le" if width == 2 else "latin-1", "replace"))
            at += taken * width
            length -= taken
            if not length:
                break
            chunk = next(left, b"")
            if not chunk:
                return
            width, at = 1 + (chunk[0] & 1), 1
        yield "".join(pieces)
        at += skipped
        while at > len(chunk):  # formatting and phonetics go on without a width
            at -= len(chunk)
            chunk = next(left, b"")
            if not chunk:
                return
