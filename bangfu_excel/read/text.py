"""csv: text of unknown encoding and delimiter → one sheet of text cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bangfu_excel.core.address import row_spans
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import RawSheet, RawWorkbook
from bangfu_excel.read.encode import encode_rows
from bangfu_excel.read.encoding import decode
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.quoting import is_swallowed, repaired, requoted
from bangfu_excel.read.refusal import RefusedError

Records = Callable[[], Iterator[list[str]]]
"""The records of a text, from the first on each time it is called: a large file is gone through twice, never held."""

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 200  # records looked at to find the delimiter
_SEPARATOR_LINE = re.compile(r'(?i)"?sep=([^"\r\n])"?(?:\r\n|\r|\n|$)')


def read_csv(data: bytes, name: str, limits: Limits) -> tuple[RawWorkbook, tuple[Finding, ...]]:
    """The text as one sheet named "": a record is a row, as when Excel opens it, whatever line breaks stand inside quotes."""
    decoded = decode(data)
    place = Place(name)
    findings = [] if decoded.sure else [say.ENCODING_GUESSED.finding(place)]
    if decoded.mixed:
        findings.append(say.MIXED_ENCODINGS.finding(place, number=decoded.mixed))
    text = decoded.text
    if dropped := text.count("\0"):
        text = text.replace("\0", "")
        findings.append(say.CHARACTERS_DROPPED.finding(place, number=dropped))
    delimiter, text = _delimiter(text)
    records, shape, noticed = _understood(text, delimiter, place)
    return RawWorkbook(name, "csv", (_sheet(records, shape, limits),)), (*findings, *noticed)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How many records there are, how wide the widest and most of them are, and whether a quote swallowed others."""

    height: int
    width: int
    usual: int
    swallowed: bool


def _understood(text: str, delimiter: str, place: Place) -> tuple[Records, _Shape, tuple[Finding, ...]]:
    """The records as they were meant, where quotes are not as they should be, and what to say about it."""

    def plain() -> Iterator[list[str]]:
        return _records(text, delimiter)

    shape = _measured(plain(), delimiter)
    if shape.swallowed:
        broken = [row for row, (_, whole) in enumerate(repaired(text, delimiter, shape.usual), start=1) if not whole]
        if broken:
            return _repaired(text, delimiter, shape, broken, place)
    if shape.width == 1 and (inner := requoted(text, _DELIMITERS)):
        unpacked, delimiter = inner
        found = _understood(unpacked, delimiter, place)
        return found[0], found[1], (*found[2], say.ROWS_QUOTED.finding(place))
    return plain, shape, ()


def _repaired(
    text: str, delimiter: str, shape: _Shape, broken: list[int], place: Place
) -> tuple[Records, _Shape, tuple[Finding, ...]]:
    def records() -> Iterator[list[str]]:
        return (record for record, _ in repaired(text, delimiter, shape.usual))

    said = say.QUOTES_OPEN.finding(place, count=len(broken), number=len(broken), rows=row_spans(broken, 10))
    return records, _measured(records(), delimiter), (replace(said, place=replace(place, row=broken[0])),)


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without Excel's `sep=` line, which Excel does not show as a row either."""
    if told := _SEPARATOR_LINE.match(text):
        return told[1], text[told.end() :]
    return max(_DELIMITERS, key=lambda delimiter: _regularity(text, delimiter)), text


def _regularity(text: str, delimiter: str) -> tuple[int, int]:
    """How many records share the most common width, and that width, counting only records that the delimiter parts."""
    widths = Counter(len(record) for record in islice(_records(text, delimiter), _SAMPLE) if len(record) > 1)
    width, records = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return records, width


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _measured(records: Iterator[list[str]], delimiter: str) -> _Shape:
    widths: Counter[int] = Counter()
    height = 0
    broken: list[Sequence[str]] = []  # records with line breaks inside, as far as they may tell something
    for record in records:
        height += 1
        widths[len(record)] += 1
        if len(broken) < _SAMPLE and any("\n" in value or "\r" in value for value in record):
            broken.append(record)
    usual = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(0, 0))[0]
    swallowed = any(is_swallowed(value, delimiter, usual) for record in broken for value in record)
    return _Shape(height, max(widths, default=0), usual, swallowed)


def _sheet(records: Records, shape: _Shape, limits: Limits) -> RawSheet:
    height, width = shape.height, shape.width
    if height > limits.rows or width > limits.columns or height * width > limits.cells:
        raise RefusedError(say.SHEET_TOO_LARGE, last_row=height, last_column=width)
    blank = [""] * width
    rows = ([_shown(value) for value in record] + blank[len(record) :] for record in records())
    columns = encode_rows(rows, height, width)
    return RawSheet("", len(columns[0].codes) if columns else 0, columns)


def _shown(value: str) -> str:
    """`="0123"`, which keeps Excel from making a number of it, shows as 0123."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') and len(value) > 2 else value
