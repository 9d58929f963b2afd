"""The days that a plan counts by besides months and weeks: festivals, school terms, vacations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Span:
    """A named stretch of days, both ends inclusive."""

    title: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Calendar:
    """festivals: name → its days, as far as they are known · terms, vacations: of the county's schools, as it has set them."""

    festivals: Mapping[str, tuple[dt.date, ...]] = field(default_factory=dict)
    terms: tuple[Span, ...] = ()
    vacations: tuple[Span, ...] = ()
