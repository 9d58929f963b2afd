"""By which days the papers of a plan are due, and which period a registered one says that it is of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import pandas as pd

from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.core.fold import fold
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme.work import Document

UNDATED = None
"""In place of a day: the paper is to be there, and nobody says by when."""
_ENDS = {"half-year": ("06-30", "12-31"), "year": ("12-31",)}
_SPAN = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?度?(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度|(?P<month>\d{1,2})月)?"
)


def due_days(counting: Counting, document: Document) -> Sequence[dt.date | None]:
    """Those of its `days_of` that are within the days counted; `UNDATED` stays."""
    first, last = counting.first, min(counting.last, counting.asked.day)
    return [day for day in days_of(counting, document) if day is UNDATED or first <= day <= last]


def days_of(counting: Counting, document: Document) -> Sequence[dt.date | None]:
    """The days by which a paper is due, in order: those that the plan names, else the ends of its months, quarters, terms, years … (of the
    years counted), of the phase that wants it, or of the programme. A programme without an end wants it all the time (`UNDATED`); one whose
    dates are still to be announced not yet, as little as a term whose dates nobody has set.
    """
    asked = counting.asked
    scheme, years = asked.scheme, range(counting.first.year, counting.last.year + 1)
    wanted = {fold(document.title), fold(document.kind)}
    phases = [phase.end for phase in scheme.phases if wanted & {fold(name) for name in phase.due}]
    if document.due or document.per in _ENDS:
        days = [_day(year, day) for year in years for day in document.due or _ENDS[document.per]]
    elif document.per == "month":
        days = [month.end for year in years for month in Period.parse(str(year)).months()]
    elif document.per == "quarter":
        days = [Period.parse(f"{year}Q{quarter}").end for year in years for quarter in range(1, 5)]
    elif document.per in ("term", "vacation"):
        days = [span.last for span in (asked.calendar.terms if document.per == "term" else asked.calendar.vacations)]
    elif phases or scheme.end or scheme.until_announced:
        days = phases or ([scheme.end] if scheme.end else [])
    else:
        return [UNDATED]
    return sorted(set(days))


def undated(counting: Counting) -> dict[str, list[str]]:
    """What the county has still to set → the titles of the papers that are not asked for until then."""
    asked, found = counting.asked, dict[str, list[str]]()
    for document in asked.scheme.documents:
        lacking = {
            "term": "" if asked.calendar.terms else "学期的起止日期",
            "vacation": "" if asked.calendar.vacations else "寒暑假的起止日期",
            "programme": "方案的起止日期" if asked.scheme.until_announced and not asked.scheme.end else "",
        }.get(document.per, "")
        wanted = {fold(document.title), fold(document.kind)}
        phased = any(wanted & {fold(name) for name in phase.due} for phase in asked.scheme.phases)
        if lacking and not document.due and not phased:
            found.setdefault(lacking, []).append(document.title or document.kind)
    return found


def period_end(texts: pd.Series) -> pd.Series:
    """The last day of the period that a text names (2024年, 2024年上半年, 2024年6月); missing where it names none."""
    ends = {text: _end_of(text) for text in texts.dropna().unique()}
    return pd.to_datetime(texts.map(ends)).astype("datetime64[ns]")


def _end_of(text: str) -> dt.date | None:
    said = _SPAN.search(text)
    if not said:
        return None
    month = 12
    if said["half"]:
        month = 6 if said["half"] == "上" else 12
    elif said["quarter"]:
        month = 3 * ("一二三四1234".index(said["quarter"]) % 4 + 1)
    elif said["month"] and 1 <= int(said["month"]) <= 12:
        month = int(said["month"])
    return Period.parse(f"{said['year']}-{month}").end


def _day(year: int, text: str) -> dt.date:
    """29 February is the 28th in other years."""
    month, day = text.split("-")
    return dt.date(year, int(month), min(int(day), Period.parse(f"{year}-{month}").end.day))
