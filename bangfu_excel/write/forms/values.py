"""A value as a cell holds it or as a sentence says it."""

from __future__ import annotations

import datetime as dt
import re

from bangfu_excel.write.book import fitting
from bangfu_excel.write.forms.data import Day, Value
from bangfu_excel.write.package import escaped

_DATE_HINT = re.compile(r"yyyy|yy|mm?|dd?", re.I)
_NUMBER_HINT = re.compile(r"(#,##)?0(?:\.(0+))?")
_DEFAULT = {"": "yyyy年m月d日", "month": "yyyy年m月", "year": "yyyy年"}
_KNOWN = {"month": "ym", "year": "y"}


def is_hint(hint: str, *, date: bool) -> bool:
    """Whether dates, or numbers, can be shown so."""
    return bool(_DATE_HINT.search(hint) if date else _NUMBER_HINT.fullmatch(hint))


def text_of(value: Value, hint: str = "") -> str:
    """The value in words: 2024年6月3日, 1200, 1200.5; "" for none."""
    if value is None:
        return ""
    if isinstance(value, Day):
        return _dated(value, hint)
    if isinstance(value, str):
        return value
    if hint and (found := _NUMBER_HINT.fullmatch(hint)):
        return f"{value:{',' if found[1] else ''}.{len(found[2] or '')}f}"
    return f"{value:.10g}" if isinstance(value, float) and abs(value) < 1e10 else f"{value:.0f}"


def _dated(day: Day, hint: str) -> str:
    """The date as the hint says it; what is not known of it is not invented."""
    pattern = hint or _DEFAULT[day.precision]
    letters = {letter.lower()[0] for letter in _DATE_HINT.findall(pattern)}
    if letters - set(_KNOWN.get(day.precision, "ymd")):
        pattern = _DEFAULT[day.precision]
    return _DATE_HINT.sub(lambda found: _part(day.date, found[0].lower()), pattern)


def _part(date: dt.date, letters: str) -> str:
    if letters[0] == "y":
        return f"{date.year:04d}"[-len(letters) :]
    number = date.month if letters[0] == "m" else date.day
    return f"{number:0{len(letters)}d}"


def text_cell(place: str, style: str, text: str) -> str:
    """The cell with this text, whatever it begins with; blank where it is ""."""
    if not text:
        return f'<c r="{place}"{style}/>'
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{escaped(fitting(text))}</t></is></c>'


def number_cell(place: str, style: str, number: float) -> str:
    """The cell with this number."""
    return f'<c r="{place}"{style}><v>{number!r}</v></c>'
