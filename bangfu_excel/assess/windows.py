"""Due windows: the weeks, months, quarters … that end within a period."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme, Unit

_FREQUENCY: dict[Unit, str] = {"week": "W-SUN", "month": "M", "quarter": "Q-DEC", "year": "Y-DEC"}


def windows(unit: Unit, scheme: Scheme, period: Period) -> pd.DataFrame:
    """The windows of a cadence that end within the period, in order: first, last (days, both inclusive), days, label.

    A window is cut to the scheme's own dates; `days` is its length before that, against which a part is measured.
    Weeks run from Monday to Sunday.
    """
    whole = _whole(unit, period)
    first, last = whole["first"], whole["last"]
    days = (last - first).dt.days + 1
    if scheme.start:
        first = first.clip(lower=pd.Timestamp(scheme.start))
    if scheme.end:
        last = last.clip(upper=pd.Timestamp(scheme.end))
    cut = pd.DataFrame({"first": first, "last": last, "days": days, "label": whole["label"]})
    inside = (cut["last"] >= pd.Timestamp(period.start)) & (cut["last"] <= pd.Timestamp(period.end))
    return cut[inside & (cut["first"] <= cut["last"])].reset_index(drop=True)


def _whole(unit: Unit, period: Period) -> pd.DataFrame:
    """Every window that touches the period, uncut."""
    if unit == "half-year":
        spans = [_half(year, half) for year in range(period.start.year, period.end.year + 1) for half in (1, 2)]
        spans = [span for span in spans if span.end >= period.start and span.start <= period.end]
        return _frame([(span.start, span.end, span.label) for span in spans])
    touched = pd.period_range(period.start, period.end, freq=_FREQUENCY[unit])
    return _frame([(p.start_time.date(), p.end_time.date(), _label(unit, p)) for p in touched])


def _half(year: int, half: int) -> Period:
    return Period.parse(f"{year}H{half}")


def _frame(spans: list[tuple[dt.date, dt.date, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(spans, columns=["first", "last", "label"])
    return frame.astype({"first": "datetime64[ns]", "last": "datetime64[ns]", "label": "str"})


def _label(unit: Unit, window: pd.Period) -> str:
    if unit == "week":
        first, last = window.start_time, window.end_time
        return f"{first.year}年{first.month}月{first.day}日—{last.month}月{last.day}日"
    start = window.start_time
    quarter, month = f"{start.year}Q{(start.month + 2) // 3}", f"{start.year}-{start.month:02d}"
    return Period.parse({"month": month, "quarter": quarter}.get(unit, f"{start.year}")).label
