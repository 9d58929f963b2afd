"""Due windows: the weeks, months, festivals, vacations … that end within a period."""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from bangfu_excel.core.calendar import Calendar, Span
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Cadence, Per, Scheme

FESTIVAL_DAYS, BIRTHDAY_DAYS = 15, 3
"""How many days before and after a festival, a birthday count for it where the plan does not say."""

_FREQUENCY: Mapping[Per, str] = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q-DEC", "year": "Y-DEC"}
_HALVES = ((1, 15), (16, 31))
_COLUMNS = ("first", "last", "days", "label")


def windows(cadence: Cadence, scheme: Scheme, period: Period, calendar: Calendar) -> pd.DataFrame:
    """The windows of a cadence that end within the period, in order: first, last (days, both inclusive), days, label.

    A window is cut to the scheme's own dates, to the phase and to the terms or vacations that the cadence is limited to; `days`
    is its length before that, against which a part is measured. Weeks run from Monday to Sunday, three days are counted from the
    first day of what limits them, else from 1 January. Birthdays and events are windows of each recipient:
    `windows_of_recipients`.
    """
    whole = _frame(_whole(cadence, scheme, period, calendar))
    parts = [_cut(whole, span) for span in _limits(cadence, scheme, calendar)]
    found = pd.concat(parts, ignore_index=True) if parts else whole.iloc[:0]
    inside = (found["last"] >= pd.Timestamp(period.start)) & (found["last"] <= pd.Timestamp(period.end))
    return found[inside].sort_values(["first", "last"], kind="stable", ignore_index=True)


def windows_of_recipients(
    cadence: Cadence, scheme: Scheme, period: Period, subjects: Sequence[int], days: pd.Series
) -> pd.DataFrame:
    """The same of each recipient, with `subject`: around his birthdays, or the days from an event of his on.

    subjects, days: a row a recipient and his date of birth, or the day of an event.
    """
    if cadence.per == "birthday":
        rows = _birthdays(np.asarray(subjects), days.reset_index(drop=True), period, cadence.days or BIRTHDAY_DAYS)
    else:
        day = days.reset_index(drop=True)
        rows = pd.DataFrame(
            {"subject": subjects, "first": day, "last": day + pd.Timedelta(days=(cadence.days or 1) - 1)}
        )
        rows["label"] = day.dt.strftime("%Y-%m-%d").astype("str")
    rows = rows[rows["first"].notna()].reset_index(drop=True)
    rows = rows.astype({"first": "datetime64[ns]", "last": "datetime64[ns]", "label": "str", "subject": "int64"})
    rows["days"] = (rows["last"] - rows["first"]).dt.days + 1
    start, end = _dates(cadence, scheme)
    inside = (rows["last"] >= pd.Timestamp(max(period.start, start or period.start))) & (
        rows["last"] <= pd.Timestamp(min(period.end, end or period.end))
    )
    return rows[inside].reset_index(drop=True)


def lacking(cadence: Cadence, scheme: Scheme, calendar: Calendar) -> str:
    """What the county has still to set for these windows to be known, "" where nothing."""
    if cadence.per == "term" or cadence.within == "term":
        return "" if calendar.terms else "学期的起止日期"
    if cadence.per == "vacation" or cadence.within == "vacation":
        return "" if calendar.vacations else "寒暑假的起止日期"
    if cadence.per == "festival":
        undated = [name for name in cadence.festivals if not calendar.festivals.get(name)]
        return f"节日的日期（{'、'.join(undated)}）" if undated else ""
    if cadence.per == "programme":
        return "" if all(_dates(cadence, scheme)) else "方案的起止日期"
    return ""


def _dates(cadence: Cadence, scheme: Scheme) -> tuple[dt.date | None, dt.date | None]:
    """The days between which the cadence holds: of the plan, or of its phase, cut to its own."""
    start, end = scheme.start, scheme.end
    for phase in scheme.phases:
        if cadence.phase and phase.title == cadence.phase:
            start, end = phase.start, phase.end
    starts = [day for day in (start, cadence.since) if day]
    ends = [day for day in (end, cadence.until) if day]
    return max(starts, default=None), min(ends, default=None)


def _limits(cadence: Cadence, scheme: Scheme, calendar: Calendar) -> list[Span]:
    start, end = _dates(cadence, scheme)
    whole = Span("", start or dt.date.min, end or dt.date.max)
    if cadence.within is None:
        return [whole]
    spans = calendar.terms if cadence.within == "term" else calendar.vacations
    cut = (Span(span.title, max(span.first, whole.first), min(span.last, whole.last)) for span in spans)
    return [span for span in cut if span.first <= span.last]


def _cut(whole: pd.DataFrame, span: Span) -> pd.DataFrame:
    first, last = whole["first"], whole["last"]
    if span.first != dt.date.min:
        first = first.clip(lower=pd.Timestamp(span.first))
    if span.last != dt.date.max:
        last = last.clip(upper=pd.Timestamp(span.last))
    return whole.assign(first=first, last=last)[first <= last]


def _whole(cadence: Cadence, scheme: Scheme, period: Period, calendar: Calendar) -> Iterable[Span]:
    """Every window that touches the period, uncut."""
    unit = cadence.per
    if unit in ("term", "vacation"):
        return calendar.terms if unit == "term" else calendar.vacations
    if unit == "festival":
        return _festivals(cadence, calendar)
    if unit == "programme":
        start, end = _dates(cadence, scheme)
        return [Span("实施期", start, end)] if start and end else []
    if unit == "half-year":
        years = range(period.start.year, period.end.year + 1)
        halves = [Period.parse(f"{year}H{half}") for year in years for half in (1, 2)]
        return [Span(half.label, half.start, half.end) for half in halves]
    if unit == "half-month":
        return _half_months(period)
    if unit == "3-days":
        return _three_days(cadence, period, calendar)
    touched = pd.period_range(period.start, period.end, freq=_FREQUENCY[unit])
    return [Span(_label(unit, p), p.start_time.date(), p.end_time.date()) for p in touched]


def _festivals(cadence: Cadence, calendar: Calendar) -> list[Span]:
    around = dt.timedelta(days=cadence.days or FESTIVAL_DAYS)
    return [
        Span(f"{day.year}年{name}", day - around, day + around)
        for name in cadence.festivals
        for day in calendar.festivals.get(name, ())
    ]


def _half_months(period: Period) -> list[Span]:
    found = []
    for month in pd.period_range(period.start, period.end, freq="M"):
        for (first, last), name in zip(_HALVES, ("上半月", "下半月"), strict=True):
            start = dt.date(month.year, month.month, first)
            end = dt.date(month.year, month.month, min(last, month.days_in_month))
            found.append(Span(f"{month.year}年{month.month}月{name}", start, end))
    return found


def _three_days(cadence: Cadence, period: Period, calendar: Calendar) -> list[Span]:
    spans = calendar.vacations if cadence.within == "vacation" else calendar.terms if cadence.within == "term" else ()
    starts = [span.first for span in spans] or [dt.date(period.start.year, 1, 1)]
    found, step = [], dt.timedelta(days=3)
    for number, start in enumerate(starts):
        until = min(period.end + step, spans[number].last if spans else period.end + step)
        for first in (start + step * n for n in range(max(0, (until - start).days // step.days + 1))):
            last = first + step - dt.timedelta(days=1)
            found.append(Span(f"{first.year}年{first.month}月{first.day}日—{last.month}月{last.day}日", first, last))
    return found


def _birthdays(subjects: np.ndarray, born: pd.Series, period: Period, around: int) -> pd.DataFrame:
    """Of somebody born on 29 February it is the 28th in other years."""
    parts = []
    for year in range(period.start.year - 1, period.end.year + 2):
        leap = gregorian.isleap(year)
        day = born.dt.day.mask((born.dt.month == 2) & (born.dt.day == 29) & (not leap), 28)
        when = pd.to_datetime({"year": year, "month": born.dt.month, "day": day}).where(born.dt.year < year)
        parts.append(pd.DataFrame({"subject": subjects, "day": when, "label": f"{year}年生日"}))
    rows = pd.concat(parts, ignore_index=True)
    margin = pd.Timedelta(days=around)
    return rows.assign(first=rows["day"] - margin, last=rows["day"] + margin)[["subject", "first", "last", "label"]]


def _frame(spans: Iterable[Span]) -> pd.DataFrame:
    frame = pd.DataFrame([(s.first, s.last, s.title) for s in spans], columns=["first", "last", "label"])
    frame = frame.astype({"first": "datetime64[ns]", "last": "datetime64[ns]", "label": "str"})
    frame["days"] = (frame["last"] - frame["first"]).dt.days + 1
    return frame[list(_COLUMNS)]


def _label(unit: Per, window: pd.Period) -> str:
    first, last = window.start_time, window.end_time
    if unit == "day":
        return f"{first.year}年{first.month}月{first.day}日"
    if unit == "week":
        return f"{first.year}年{first.month}月{first.day}日—{last.month}月{last.day}日"
    quarter, month = f"{first.year}Q{(first.month + 2) // 3}", f"{first.year}-{first.month:02d}"
    return Period.parse({"month": month, "quarter": quarter}.get(unit, f"{first.year}")).label
