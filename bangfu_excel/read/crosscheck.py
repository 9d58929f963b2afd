"""Whether a reading holds what the file stores: counts first, and every cell where they differ."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from typing import IO

import numpy as np

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import CellType, RawSheet
from bangfu_excel.read.sheetxml import SheetFacts
from bangfu_excel.read.styles import Shown
from bangfu_excel.read.xmlbook import Address, Reading

_BLOCK = 1024 * 1024
_SHARED = re.compile(rb'<c [^>]*t="s"[^>]*>(?:<f[^>]*>(?:[^<]*</f>)?)?<v>([^<]*)</v>')
_NEGATIVE = re.compile(rb"<c ([^>]*)>(?:<f[^>]*(?:/>|>[^<]*</f>))?<v>-")
_STYLE = re.compile(rb'(?:^| )s="(\d{1,6})"')
_EMPTY_INLINE = re.compile(rb"<is>(?:<t[^>]*(?:/>|></t>))?</is>")
_NAMED = 50  # cells that a finding lists
_CLOSE = 1e-6


def counts_agree(sheet: RawSheet, facts: SheetFacts, first_text: str | None) -> bool:
    """Whether `sheet` has as many values and dates as `facts`, and the first shared text as often as it is named."""
    delivered = sum(int(np.count_nonzero(column.codes)) for column in sheet.columns)
    delivered -= _occurrences(sheet, CellType.FORMULA)
    if delivered != facts.held or facts.moments not in (None, _occurrences(sheet, CellType.DATE)):
        return False
    return texts_agree(sheet, facts, first_text)


def texts_agree(sheet: RawSheet, facts: SheetFacts, first_text: str | None) -> bool:
    """Whether no text stands in a wrong cell: calamine gives the first one for every number of a text that it does not read."""
    return not first_text or _times(sheet, first_text) == facts.zeros


def _occurrences(sheet: RawSheet, kind: CellType) -> int:
    found = 0
    for column in sheet.columns:
        codes = np.flatnonzero(column.types == kind)
        found += int(np.isin(column.codes, codes).sum()) if len(codes) else 0
    return found


def _times(sheet: RawSheet, text: str) -> int:
    return sum(
        int(np.count_nonzero(column.codes == column.values.index(text)))
        for column in sheet.columns
        if text in column.values
    )


def difference_is_harmless(stream: IO[bytes], sheet: RawSheet, texts: Sequence[str]) -> bool:
    """Whether the XML names only texts that there are, and as many values as `sheet` has, empty texts aside."""
    empty = np.array([not text for text in texts], dtype=np.bool_)
    held = 0
    for chunk in _chunks(stream):
        named = _SHARED.findall(chunk)
        if not all(map(bytes.isdigit, named)):
            return False
        numbers = np.array(named, dtype="S12").astype(np.int64)
        if len(numbers) and numbers.max() >= len(texts):
            return False
        held += chunk.count(b"<v>") - chunk.count(b"<v></v>") - int(empty[numbers].sum() if len(numbers) else 0)
        held += chunk.count(b"<is>") - len(_EMPTY_INLINE.findall(chunk))
    delivered = sum(int(np.count_nonzero(column.codes)) for column in sheet.columns)
    return held == delivered - _occurrences(sheet, CellType.FORMULA)


def holds_times(sheet: RawSheet) -> bool:
    """Whether any value is a time without a day: calamine makes one of a negative number that is shown as a date."""
    dated = ((column.values, np.flatnonzero(column.types == CellType.DATE)) for column in sheet.columns)
    return any(isinstance(values[code], dt.time) for values, codes in dated for code in codes.tolist())


def holds_negative_moment(stream: IO[bytes], styles: Sequence[Shown]) -> bool:
    """Whether a negative number of a plain sheet has a style that shows it as date or time."""
    for chunk in _chunks(stream):
        for attributes in set(_NEGATIVE.findall(chunk)):
            style = _STYLE.search(attributes)
            if style and int(style[1]) < len(styles) and styles[int(style[1])] is Shown.MOMENT:
                return True
    return False


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while block := stream.read(_BLOCK):
        rest += block
        cut = max(rest.rfind(b"<c "), 0)
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def oddities(file: str, reading: Reading) -> Iterator[Finding]:
    """What a clerk should know of a sheet whose XML is not as Excel writes it."""
    sheet = reading.sheet.name
    if reading.lost:
        yield _at(say.TEXT_LOST, file, sheet, reading.lost)
    if reading.repeated:
        yield _at(say.CELL_REPEATED, file, sheet, reading.repeated)
    if astray := reading.facts.astray:
        yield say.CELL_ASTRAY.finding(Place(file, sheet), count=astray, number=astray)
    if reading.dropped:
        yield say.CHARACTERS_DROPPED.finding(Place(file, sheet), number=reading.dropped)


def disagreement(file: str, fast: RawSheet, judge: RawSheet, told: Collection[Address] = ()) -> Iterator[Finding]:
    """The cells that `fast` gives otherwise than `judge`, but those that are told of already; none where it gave nothing."""
    if not any(column.codes.any() for column in fast.columns):
        return
    if cells := sorted(place for place in _differing(fast, judge) if place not in told):
        yield _at(say.READINGS_DIFFER, file, fast.name, cells)


def _at(message: Message, file: str, sheet: str, cells: Sequence[Address]) -> Finding:
    names = [f"{column_letters(column)}{row + 1}" for row, column in cells]
    place = Place(file, sheet, names[0], cells[0][0] + 1)
    return message.finding(place, related=tuple(names[1:_NAMED]), count=len(names), number=len(names))


def _differing(one: RawSheet, other: RawSheet) -> Iterator[Address]:
    for column in range(max(one.width, other.width)):
        filled = [np.flatnonzero(s.columns[column].codes) for s in (one, other) if column < s.width]
        for row in np.unique(np.concatenate(filled)).tolist():
            first, second = one.cell(row, column), other.cell(row, column)
            if first != second and not _alike(first.value, second.value):
                yield row, column


def _alike(fast: object, judge: object) -> bool:
    """Whether calamine only rounded a duration to milliseconds, or made a time of a negative number, as it always does."""
    if not isinstance(judge, float):
        return False
    return abs(fast - judge) < _CLOSE if isinstance(fast, float) else isinstance(fast, dt.time) and judge < 0
