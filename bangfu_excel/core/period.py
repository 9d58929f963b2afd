"""Reporting periods: a month, quarter, half-year or year."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu_excel.errors import UsageError

_FORM = re.compile(r"(\d{4})(?:-(\d{1,2})|Q([1-4])|H([12]))?")


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole months, both ends inclusive. `text` is its name on the command line: 2024-06, 2024Q2, 2024H1, 2024."""

    start: dt.date
    end: dt.date
    text: str

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period that `text` names; anything else raises `UsageError`."""
        match = _FORM.fullmatch(text.strip().upper())
        if not match:
            raise UsageError(f"统计期“{text}”写法不对，应为 2024-06、2024Q2、2024H1 或 2024")
        year, month, quarter, half = (int(part) if part else None for part in match.groups())
        assert year is not None
        if not 1900 <= year <= 2199 or (month is not None and not 1 <= month <= 12):
            raise UsageError(f"统计期“{text}”不是一个存在的年月")
        if month:
            return cls._span(year, month, 1, f"{year}-{month:02d}")
        if quarter:
            return cls._span(year, 3 * quarter - 2, 3, f"{year}Q{quarter}")
        if half:
            return cls._span(year, 6 * half - 5, 6, f"{year}H{half}")
        return cls._span(year, 1, 12, f"{year}")

    @classmethod
    def month_of(cls, day: dt.date) -> Period:
        """The calendar month of a day."""
        return cls._span(day.year, day.month, 1, f"{day:%Y-%m}")

    @classmethod
    def _span(cls, year: int, first: int, months: int, text: str) -> Period:
        last = first + months - 1
        return cls(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]), text)

    @property
    def label(self) -> str:
        """The period in Chinese: 2024年6月, 2024年第二季度, 2024年上半年, 2024年."""
        year = self.start.year
        months = self.end.month - self.start.month + 1
        if months == 12:
            return f"{year}年"
        if months == 6:
            return f"{year}年{'上' if self.start.month == 1 else '下'}半年"
        if months == 3:
            return f"{year}年第{'一二三四'[(self.start.month - 1) // 3]}季度"
        return f"{year}年{self.start.month}月"

    @property
    def before(self) -> Period:
        """The period of the same length that ends where this one begins."""
        months = self.end.month - self.start.month + 1
        last = self.start - dt.timedelta(days=1)
        number = last.month // months
        text = {1: f"{last:%Y-%m}", 3: f"{last.year}Q{number}", 6: f"{last.year}H{number}", 12: f"{last.year}"}[months]
        return self._span(last.year, last.month - months + 1, months, text)

    def months(self) -> Iterator[Period]:
        """The calendar months of the period, in order."""
        for month in range(self.start.month, self.end.month + 1):
            yield self._span(self.start.year, month, 1, f"{self.start.year}-{month:02d}")

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end
