"""What a plan asks for, worked out day by day: a slow account of the cadence that a reader can check by eye."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bangfu_excel.core.calendar import Calendar
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Cadence, Scheme

Days = frozenset[dt.date]
ONE = dt.timedelta(days=1)
EVERY = [dt.date(2023, 1, 1) + n * ONE for n in range((dt.date(2025, 12, 31) - dt.date(2023, 1, 1)).days + 1)]
FESTIVAL, BIRTHDAY = 15, 3


@dataclass(frozen=True)
class Window:
    """whole: its days before it is cut to the plan · days: those left · subject: whose it is, "" everybody's."""

    whole: int
    days: Days
    subject: str = ""


@dataclass(frozen=True)
class History:
    """spans: who, whom, first, last day (None open) · acts: who, whom, day · away: who, first, last · born, happened: whom, day ·
    order: those who owe something; of two who begin on one day the later in it is the last."""

    spans: tuple[tuple[str, str, dt.date | None, dt.date | None], ...]
    acts: tuple[tuple[str, str, dt.date], ...]
    away: tuple[tuple[str, dt.date, dt.date], ...] = ()
    born: tuple[tuple[str, dt.date], ...] = ()
    happened: tuple[tuple[str, dt.date], ...] = ()
    order: tuple[str, ...] = ()


def between(first: dt.date, last: dt.date) -> Days:
    return frozenset(first + n * ONE for n in range((last - first).days + 1))


def due_by_hand(cadence: Cadence, plan: Scheme, period: Period, day: dt.date, days: Calendar, told: History) -> Counter:
    """(who, whom, first and last day that it was due, days on which it was done) → how often, of what is due by `day`."""
    found: Counter = Counter()
    for window in windows_by_hand(cadence, plan, period, days, told):
        for subject in {subject for _, subject, *_ in told.spans}:
            if not window.subject or window.subject == subject:
                found.update(_of_subject(cadence, window, subject, min(day, period.end), told))
    return found


def _of_subject(
    cadence: Cadence, window: Window, subject: str, day: dt.date, told: History
) -> Iterable[tuple[str, str, dt.date, dt.date, int]]:
    held = {who: sorted(_responsible(who, subject, told) & window.days) for who in told.order}
    held = {who: days for who, days in held.items() if days}
    least = max(cadence.least_share * window.whole, 1)
    asked = {who for who, days in held.items() if len(days) >= least}
    together = set().union(*held.values())
    if not asked and len(together) >= least:  # nobody long enough, but all in turn: the last to begin
        asked = {max(held, key=lambda who: (held[who][0], held[who][-1], told.order.index(who)))}
    for who in asked:
        first, last = held[who][0], held[who][-1]
        if last <= day:
            own = {on for one, whom, on in told.acts if (one, whom) == (who, subject)}
            yield who, subject, first, last, sum(first <= on <= last and on <= day for on in own)


def _responsible(who: str, subject: str, told: History) -> Days:
    days: set[dt.date] = set()
    for one, other, first, last in told.spans:
        if (one, other) == (who, subject):
            days |= between(first or EVERY[0], last or EVERY[-1])
    for one, first, last in told.away:
        if one == who:
            days -= between(first, last)
    return frozenset(days)


def windows_by_hand(cadence: Cadence, plan: Scheme, period: Period, days: Calendar, told: History) -> list[Window]:
    """Those that end within the period."""
    holds = _holds(cadence, plan)
    if cadence.per in ("birthday", "event"):
        own = _birthdays(cadence, told) if cadence.per == "birthday" else _events(cadence, told)
        return [one for one in own if max(one.days) in holds and max(one.days) in period]
    found = []
    limits = {"term": days.terms, "vacation": days.vacations}.get(str(cadence.within))
    for limit in [None] if limits is None else limits:
        inside = holds if limit is None else holds & between(limit.first, limit.last)
        for whole in _wholes(cadence, plan, period, days, limit):
            if left := whole & inside:
                found.append(Window(len(whole), left))
    return [one for one in found if max(one.days) in period]


def _holds(cadence: Cadence, plan: Scheme) -> Days:
    """The days of the plan, or of the phase that it is limited to, between which the cadence holds."""
    first, last = plan.start, plan.end
    for phase in plan.phases:
        if phase.title == cadence.phase:
            first, last = phase.start, phase.end
    limits = [(first, last), (cadence.since, cadence.until)]
    return frozenset(on for on in EVERY if all((a is None or a <= on) and (b is None or on <= b) for a, b in limits))


def _wholes(cadence: Cadence, plan: Scheme, period: Period, days: Calendar, limit: object) -> list[Days]:
    if cadence.per in ("term", "vacation"):
        return [between(one.first, one.last) for one in (days.terms if cadence.per == "term" else days.vacations)]
    if cadence.per == "festival":
        around = (cadence.days or FESTIVAL) * ONE
        return [between(on - around, on + around) for name in cadence.festivals for on in days.festivals.get(name, ())]
    if cadence.per == "programme":
        holds = _holds(cadence, plan)
        return [holds] if holds else []
    base = limit.first if limit else dt.date(period.start.year, 1, 1)
    key = _KEYS[cadence.per]
    grouped: dict[object, set[dt.date]] = {}
    for on in EVERY:
        grouped.setdefault(key(on, base), set()).add(on)
    return [frozenset(one) for one in grouped.values()]


_KEYS: dict[str, Callable[[dt.date, dt.date], object]] = {
    "day": lambda on, base: on,
    "3-days": lambda on, base: (on - base).days // 3,
    "week": lambda on, base: on.isocalendar()[:2],
    "half-month": lambda on, base: (on.year, on.month, on.day > 15),
    "month": lambda on, base: (on.year, on.month),
    "quarter": lambda on, base: (on.year, (on.month - 1) // 3),
    "half-year": lambda on, base: (on.year, on.month > 6),
    "year": lambda on, base: on.year,
}


def _birthdays(cadence: Cadence, told: History) -> list[Window]:
    around, found = (cadence.days or BIRTHDAY) * ONE, []
    for whom, born in told.born:
        for year in range(born.year + 1, 2027):
            last = calendar.monthrange(year, born.month)[1]
            on = dt.date(year, born.month, min(born.day, last))
            found.append(Window(2 * around.days + 1, between(on - around, on + around), whom))
    return found


def _events(cadence: Cadence, told: History) -> list[Window]:
    last = (cadence.days - 1) * ONE
    return [Window(cadence.days, between(on, on + last), whom) for whom, on in set(told.happened)]
