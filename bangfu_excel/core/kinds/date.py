"""Dates with their precision, and the ways in which people write them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bangfu_excel.core.kinds.base import BLANK, Context, Kind, Parsed
from bangfu_excel.core.kinds.clean import NOTHING, bare, matches, trim
from bangfu_excel.core.kinds.written_date import (
    FIRST_YEAR,
    LAST_YEAR,
    Impossible,
    Written,
    is_list,
    read_date,
    read_dotted,
    read_span,
    two_ways,
    without_time,
)
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.raw import Cell

_ISO = r"^(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"
_SERIALS = range(10_000, 73_415)  # 1927-05-18 to 2100-12-31 in the 1900 system
_EPOCH = dt.date(1899, 12, 30)
_LEAP_YEAR = 2024  # has every day that any year has


class Date(Kind):
    """One date. A month or a year is kept as its first day with that precision; two readings are errors, and so is a span
    where the field does not say whose its last day is.

    The year is the title's or the reporting period's where none is written (noted); 3.13 is a day only in text, of the title's
    year. Stored numbers may be 20240305, 202403, 2024 or
    a serial number (noted); 2024.1 may be January or October, so it is an error.
    """

    name = "date"
    title = "日期"
    dtype = "datetime64[ns]"
    number_format = "yyyy-mm-dd"
    align = "center"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        value = cell.value
        if isinstance(value, dt.datetime | dt.date):
            return _stored_date(value)
        if isinstance(value, float | int) and not isinstance(value, bool):
            return _stored_number(float(value))
        if not isinstance(value, str):
            return Parsed(problem=say.NOT_A_DATE)
        text = bare(without_time(value))
        if not text:
            return BLANK
        if trim(value) in NOTHING or text in NOTHING:
            return Parsed(note=say.BLANK_WORD)
        return _text(text, value, context)

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        shaped = matches(texts, _ISO)
        if not shaped.any():
            return shaped
        # strptime lets 2024-02-30 pass as March 1: the day must come back as written
        days = pc.day(pc.strptime(texts, format="%Y-%m-%d", unit="s", error_is_null=True))
        written = pc.utf8_slice_codeunits(texts, 8, 10)
        same = pc.equal(pc.utf8_lpad(pc.cast(days, texts.type), 2, "0"), written)
        return np.asarray(shaped & pc.fill_null(same, False).to_numpy(zero_copy_only=False), dtype=bool)


def _stored_date(value: dt.date) -> Parsed:
    """A date cell; a time of day is dropped, with a note."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return Parsed(problem=say.DATE_IMPOSSIBLE)
    if isinstance(value, dt.datetime):
        midnight = value.replace(hour=0, minute=0, second=0, microsecond=0)
        return Parsed(midnight, note=say.DATE_REWRITTEN if midnight != value else None)
    return Parsed(dt.datetime(value.year, value.month, value.day))


def _stored_number(number: float) -> Parsed:
    if not math.isfinite(number):
        return Parsed(problem=say.NOT_A_DATE)
    if number.is_integer():
        return _digits(str(int(number)))
    if FIRST_YEAR <= number < LAST_YEAR + 1:
        month = f"{number:.10g}".partition(".")[2]
        if month == "1":
            year = int(number)
            return Parsed(problem=say.DATE_AMBIGUOUS, words={"first": f"{year}年1月", "second": f"{year}年10月"})
        read = read_date(f"{int(number)}.{month}", None, None)
        return _parsed(read, say.DATE_REWRITTEN) if isinstance(read, Written) else Parsed(problem=say.NOT_A_DATE)
    if isinstance(read_dotted(f"{number:.10g}", _LEAP_YEAR), Written):
        return Parsed(problem=say.DATE_AS_NUMBER)
    return _serial(int(number)) if int(number) in _SERIALS else Parsed(problem=say.NOT_A_DATE)


def _digits(digits: str) -> Parsed:
    """A whole number: YYYYMMDD, YYYYMM, YYYY or a serial number, told apart by its length."""
    if len(digits) == 5 and int(digits) in _SERIALS:
        return _serial(int(digits))
    read = read_date(digits, None, None) if len(digits) in (4, 6, 8) and digits.isdigit() else None
    if isinstance(read, Impossible):
        return Parsed(problem=say.DATE_IMPOSSIBLE)
    return _parsed(read, say.DATE_REWRITTEN) if read else Parsed(problem=say.NOT_A_DATE)


def _serial(number: int) -> Parsed:
    day = _EPOCH + dt.timedelta(days=number)
    return Parsed(dt.datetime(day.year, day.month, day.day), note=say.DATE_SERIAL)


def _text(text: str, stored: str, context: Context) -> Parsed:
    if len(text) == 5 and text.isascii() and text.isdigit():
        return _digits(text)
    reference = context.year or (context.as_of.year if context.as_of else None)
    read = read_date(text, context.year, reference)
    if read is Impossible.NO_YEAR and context.dotted and context.year is not None:
        read = read_dotted(text, context.year) or read
    if isinstance(read, Written):
        tidy = stored == f"{read.day:%Y-%m-%d}" and not read.precision
        return _parsed(read, None if tidy else say.DATE_REWRITTEN, titled=context.titled)
    if context.field.until and (span := read_span(text, context.year, reference, dotted=context.dotted)):
        start, end = map(_parsed, span)
        return replace(start, until=end, note=say.SPAN_SPLIT)
    if isinstance(read, Impossible):
        return Parsed(problem=say.DATE_WITHOUT_YEAR if read is Impossible.NO_YEAR else say.DATE_IMPOSSIBLE)
    if is_list(text) or read_span(text, context.year, reference, dotted=context.dotted):
        return Parsed(problem=say.DATE_RANGE)
    ways = two_ways(text)
    if ways:
        return Parsed(problem=say.DATE_AMBIGUOUS, words={"first": ways[0], "second": ways[1]})
    return Parsed(problem=say.NOT_A_DATE)


def _parsed(read: Written, note: Message | None = None, *, titled: bool = False) -> Parsed:
    if read.year_inferred:
        note = say.YEAR_OF_TITLE if titled else say.YEAR_INFERRED
    elif read.century_inferred:
        note = say.CENTURY_INFERRED
    day = read.day
    return Parsed(dt.datetime(day.year, day.month, day.day), precision=read.precision, note=note)
