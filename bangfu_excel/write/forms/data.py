"""What forms are filled with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Day:
    """A date, and what is known of it: "" the day, "month", "year"."""

    date: dt.date
    precision: str = ""


Value = str | int | float | Day | None


@dataclass(frozen=True)
class Card:
    """One card: title (its sheet's name), the values that it has once and the rows that repeat, by the keys of `Named`.

    one: key → value · many: table → its rows, each key → value.
    """

    title: str
    one: Mapping[str, Value] = field(repr=False)
    many: Mapping[str, Sequence[Mapping[str, Value]]] = field(repr=False, default_factory=dict)
