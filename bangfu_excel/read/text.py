"""csv: text of unknown encoding and delimiter → one sheet of text cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import read as say
from bangfu_excel.core.raw import RawSheet, RawWorkbook
from bangfu_excel.read.encode import encode_rows
from bangfu_excel.read.limits import Limits
from bangfu_excel.read.refusal import RefusedError

_DELIMITERS = (",", "\t", ";")
_SAMPLE = 200  # records looked at to find the delimiter
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_csv(data: bytes, name: str, limits: Limits) -> tuple[RawWorkbook, tuple[Finding, ...]]:
    """The text as one sheet named "": a record is a row, as when Excel opens it, whatever line breaks stand inside quotes."""
    text, sure = _decode(data)
    findings = [] if sure else [say.ENCODING_GUESSED.finding(Place(name))]
    if dropped := text.count("\0"):
        text = text.replace("\0", "")
        findings.append(say.CHARACTERS_DROPPED.finding(Place(name), number=dropped))
    delimiter, text = _delimiter(text)
    sheet = _sheet(list(_records(text, delimiter)), limits)
    return RawWorkbook(name, "csv", (sheet,)), tuple(findings)


def _decode(data: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding is certain."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), True
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), True
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:1_000_000]).best()
    return data.decode(best.encoding if best else "gb18030", "replace"), False


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without Excel's `sep=` line, which Excel does not show as a row either."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == 5:
        return first[4], rest
    return max(_DELIMITERS, key=lambda delimiter: _regularity(text, delimiter)), text


def _regularity(text: str, delimiter: str) -> tuple[int, int]:
    """How many records share the most common width, and that width, counting only records that the delimiter parts."""
    widths = Counter(len(record) for record in islice(_records(text, delimiter), _SAMPLE) if len(record) > 1)
    width, records = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return records, width


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _sheet(records: list[list[str]], limits: Limits) -> RawSheet:
    width = max(map(len, records), default=0)
    if len(records) > limits.rows or width > limits.columns or len(records) * width > limits.cells:
        raise RefusedError(say.SHEET_TOO_LARGE, last_row=len(records), last_column=width)
    blank = [""] * width
    rows = ([_shown(value) for value in record] + blank[len(record) :] for record in records)
    columns = encode_rows(rows, len(records), width)
    return RawSheet("", len(columns[0].codes) if columns else 0, columns)


def _shown(value: str) -> str:
    """`="0123"`, which keeps Excel from making a number of it, shows as 0123."""
    return value[2:-1] if value.startswith('="') and value.endswith('"') and len(value) > 2 else value
