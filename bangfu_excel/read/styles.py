"""Which numbers of a workbook are shown as dates, and what date a number is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import IntEnum

from bangfu_excel.read.sheetxml import LAST_ROW


class Shown(IntEnum):
    """How a number is shown, as far as it changes what is stored."""

    NUMBER = 0
    MOMENT = 1
    DURATION = 2


_MOMENTS = (
    *range(14, 23),
    *range(27, 37),
    45,
    47,
    *range(50, 59),
)  # from 27 and from 50 on those of East Asia: 2024年3月
BUILT_IN = {**dict.fromkeys(_MOMENTS, Shown.MOMENT), 46: Shown.DURATION}
"""Formats that a style may name without the file saying what they are."""

_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.', re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_PARTS = re.compile(r"[ymdhs]|a/p|am/pm", re.IGNORECASE)
_DAY_MS = 86_400_000
_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)


def shown_by(code: str) -> Shown:
    """What a number format makes of a number; only its first section counts."""
    plain = _LITERAL.sub("", code).partition(";")[0]
    if _ELAPSED.search(plain):
        return Shown.DURATION
    plain = _BRACKETS.sub("", plain)
    return Shown.MOMENT if _PARTS.search(plain) and plain.lower() != "general" else Shown.NUMBER


def cell_styles(elements: Iterable[tuple[str, dict[str, str]]]) -> list[Shown]:
    """How each of the `cellXfs` shows a number, from the elements of styles.xml in their order."""
    formats = dict(BUILT_IN)
    styles: list[Shown] = []
    within = False
    for name, attributes in elements:
        number = attributes.get("numFmtId", "")
        identity = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        if name == "numFmt":
            formats[identity] = shown_by(attributes.get("formatCode", ""))
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            within = name == "cellXfs"
        elif name == "xf" and within and len(styles) <= LAST_ROW:
            styles.append(formats.get(identity, Shown.NUMBER))
    return styles


def moment(number: float, shown: Shown, date1904: bool) -> float | dt.date | dt.time:
    """The date or time that a number is shown as (date only at midnight, time only below 1); else the number."""
    if shown is not Shown.MOMENT or number < 0:
        return number
    days = number + 1 if number < 60 and not date1904 else number  # Excel believes in 29 February 1900
    try:
        found = (_EPOCH_1904 if date1904 else _EPOCH) + dt.timedelta(milliseconds=round(days * _DAY_MS))
    except OverflowError:
        return number
    if number < 1:
        return found.time()
    return found.date() if found.time() == dt.time() else found
