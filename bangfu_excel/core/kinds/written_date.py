"""Dates as people write them: 2024.3.5, 2024年3月, 二〇二四年三月五日, 99年3月, 4月11—20日."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from bangfu_excel.core.kinds.quantity import chinese_number

FIRST_YEAR, LAST_YEAR = 1900, 2199

_DIGIT = {character: str(number) for number, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "O": "0",
}
_NUMERAL = re.compile(r"[〇零○一二三四五六七八九十廿卅]+")
_TIME = re.compile(r"(?:(?<=[\d日号])[T\s]+|(?<=[日号]))\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?Z?\s*$|[上下中]午.*$")
_STOPS = re.compile(r"(?<=\d)[,，。、](?=\d)")
_WEEKDAY = re.compile(r"[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?")
_FORMS = (
    (re.compile(r"(?P<y>\d{4})(?P<s>[-./])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})[日号]?"), ""),
    (re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?"), ""),
    (re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"), ""),
    (
        re.compile(r"(?P<y>\d{4})(?:[-./](?P<m>\d{1,2})|年(?P<m2>\d{1,2})月?)(?:月|份|月份|[上中下]旬|[底末初])?"),
        "month",
    ),
    (re.compile(r"(?P<y>\d{4})(?P<m>\d{2})"), "month"),
    (re.compile(r"(?P<y>\d{4})(?:年度?)?"), "year"),
    (re.compile(r"(?P<yy>\d{2})年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?"), ""),
    (re.compile(r"(?P<yy>\d{2})[.](?P<m>\d{1,2})[.](?P<d>\d{1,2})"), ""),
    (re.compile(r"(?P<yy>\d{2})年(?P<m>\d{1,2})月?份?"), "month"),
    (re.compile(r"(?P<yy>\d{2})年"), "year"),
    (re.compile(r"(?P<yy>1[3-9]|[2-9]\d)[.](?P<m>\d{1,2})"), "month"),  # no month has such a number: 70.1
    (re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?"), ""),
    (re.compile(r"(?P<m>\d{1,2})月[份底末初]?"), "month"),
)
_EDGE = re.compile(r"(\d{4}年)(年?[底末初])")
_STROKE = re.compile(r"—+|–|－|~|～|至|到|-{1,2}")
_DAY_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})")
_SHORT = re.compile(r"(?P<m>\d{1,2})[-./](?P<d>\d{1,2})")
_DOTTED = re.compile(r"(?P<m>\d{1,2})[.](?P<d>\d{1,2})[日号]?")
_BARE = re.compile(r"\d{1,2}")
_FROM = re.compile(r"^[自从由]")
_UNTIL = re.compile(r"(?:止|为止|期间)?(?:[，,(（]共?计?\d{1,3}(?:\.5)?天[)）]?|共计?\d{1,3}(?:\.5)?天)?$")
_LIST = re.compile(r"[、,，;；和及]")


class Impossible(Enum):
    """A date is written, and cannot be."""

    NO_SUCH_DAY = 1
    NO_YEAR = 2


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: its first day, "month" or "year" where it is coarser, and what was added to it."""

    day: dt.date
    precision: str = ""
    year_inferred: bool = False
    century_inferred: bool = False

    @property
    def last(self) -> dt.date:
        """The last day that it may mean."""
        if self.precision == "year":
            return dt.date(self.day.year, 12, 31)
        if self.precision == "month":
            return self.day.replace(day=calendar.monthrange(self.day.year, self.day.month)[1])
        return self.day


def read_date(text: str, year: int | None, reference: int | None) -> Written | Impossible | None:
    """The date that `text` (without spaces, half width) says; `None` where it is no single date.

    year: stands in where none is written · reference: the year before which two-digit years lie (else 1950–2049).
    """
    plain = _EDGE.sub(_edge_month, _arabic(without_time(_WEEKDAY.sub("", text))))
    if len(_STOPS.findall(plain)) == 2:
        plain = _STOPS.sub(".", plain)  # 2024，3，5
    for form, precision in _FORMS:
        match = form.fullmatch(plain)
        if match:
            return _build(match.groupdict(), precision, year, reference)
    return Impossible.NO_YEAR if _SHORT.fullmatch(plain) else None  # 3.5 may be a day, or a number


def without_time(text: str) -> str:
    """`text` without a time of day behind its date; only white space (or 日) tells 6月12日 9:30 from 6月1日 29:30."""
    return _TIME.sub("", text)


def read_dotted(text: str, year: int) -> Written | Impossible | None:
    """The day of `year` that 3.13 is; `None` where it is something else."""
    match = _DOTTED.fullmatch(_arabic(text))
    return _build(match.groupdict(), "", year, None) if match else None


def read_span(text: str, year: int | None, reference: int | None, *, dotted: bool) -> tuple[Written, Written] | None:
    """Start and end of a span such as 4月11—20日 or 2012年4月-2014年底, one as precise as the other; `None` where it is none.

    year, reference: as in `read_date` · dotted: whether 3.15 is a day of `year`.
    """
    plain = _UNTIL.sub("", _FROM.sub("", _arabic(text))).replace("起至", "至")

    def read(written: str) -> Written | None:
        day = read_date(written, year, reference)
        if day is Impossible.NO_YEAR and dotted and year is not None:
            day = read_dotted(written, year)
        return day if isinstance(day, Written) else None

    for stroke in _STROKE.finditer(plain):
        begun = plain[: stroke.start()]
        start = read(begun) or read(begun + "日")
        end = _span_end(plain[stroke.end() :], start, read) if start is not None else None
        if start is not None and end is not None and end.last >= start.day and end.precision == start.precision:
            return start, end
    return None


def read_range(text: str, year: int | None) -> tuple[dt.date, dt.date] | None:
    """First and last day of a span; `None` where it is none."""
    span = read_span(text, year, year, dotted=False)
    return (span[0].day, span[1].last) if span else None


def is_list(text: str) -> bool:
    """Whether `text` is several dates."""
    parts = [part for part in _LIST.split(_arabic(text)) if part]
    return len(parts) > 1 and isinstance(read_date(parts[0], 2000, 2000), Written)


def two_ways(text: str) -> tuple[str, str] | None:
    """The two readings of 3/5/2024, where there are two."""
    match = _DAY_FIRST.fullmatch(text)
    if match:
        first, second, year = int(match[1]), int(match[3]), match[4]
        if first != second and max(first, second) <= 12:
            return f"{year}年{first}月{second}日", f"{year}年{second}月{first}日"
    return None


def _span_end(text: str, start: Written, read: Callable[[str], Written | None]) -> Written | None:
    """The last day of a span, whose text may lack what the start has said: 20日, 3.8, 5月; a bare number is as coarse as that."""
    day = start.day
    of_month, of_year = f"{day.year}年{day.month}月{text}", (f"{day.year}年{text}", f"{day.year}.{text}")
    if _BARE.fullmatch(text):
        return read(of_month if not start.precision else of_year[0])
    return next((end for candidate in (*of_year, of_month, text) if (end := read(candidate)) is not None), None)


def _build(
    parts: dict[str, str | None], precision: str, year: int | None, reference: int | None
) -> Written | Impossible:
    written, short = parts.get("y"), parts.get("yy")
    if not written and not short and year is None:
        return Impossible.NO_YEAR
    full = int(written) if written else _full_year(int(short), reference) if short else int(year or 0)
    month, day = int(parts.get("m") or parts.get("m2") or 1), int(parts.get("d") or 1)
    try:
        first = dt.date(full, month, day)
    except ValueError:
        return Impossible.NO_SUCH_DAY
    if not FIRST_YEAR <= full <= LAST_YEAR:
        return Impossible.NO_SUCH_DAY
    read = Written(first, precision)
    return replace(read, year_inferred=not written and not short, century_inferred=bool(short))


def _full_year(short: int, reference: int | None) -> int:
    """The latest year that ends in these two digits and is not after the year that follows `reference`."""
    latest = (reference if reference is not None else 2048) + 1
    return latest - (latest - short) % 100


def _edge_month(match: re.Match[str]) -> str:
    return match[1] + ("1月" if match[2].endswith("初") else "12月")


def _arabic(text: str) -> str:
    """`text` with Chinese numerals as digits: 二〇二四年三月十五日 → 2024年3月15日."""
    return _NUMERAL.sub(lambda match: _number(match[0]), text) if _NUMERAL.search(text) else text


def _number(numeral: str) -> str:
    if all(character in _DIGIT for character in numeral):
        return "".join(_DIGIT[character] for character in numeral)
    value = chinese_number(numeral.replace("廿", "二十").replace("卅", "三十"))
    return str(int(value)) if value is not None else numeral
