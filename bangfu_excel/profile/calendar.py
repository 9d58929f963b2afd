"""The county's own days: school terms, vacations, festivals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from pydantic import Field

from bangfu_excel.core.calendar import Calendar, Span
from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.scheme import Strict
from bangfu_excel.profile.toml import complain, did_you_mean


class Stretch(Strict):
    """A term or vacation, both days inclusive."""

    title: str
    start: dt.date
    end: dt.date


class CalendarChange(Strict):
    """What the county says of its calendar; `festivals`: label of the code list `festival` → its days."""

    terms: tuple[Stretch, ...] = ()
    vacations: tuple[Stretch, ...] = ()
    festivals: Mapping[str, tuple[dt.date, ...]] = Field(default_factory=dict)


def county_calendar(said: CalendarChange, festivals: CodeList | None, file: Path) -> Calendar:
    """The county's calendar; `ConfigError` where stretches overlap or end before they begin, or a festival is in no code list."""
    for key, stretches in (("terms", said.terms), ("vacations", said.vacations)):
        for one in stretches:
            if one.end < one.start:
                raise complain(file, f"calendar.{key}", f"“{one.title}”的结束日期{one.end}早于开始日期{one.start}")
        for before, after in pairwise(sorted(stretches, key=lambda one: one.start)):
            if after.start <= before.end:
                raise complain(file, f"calendar.{key}", f"“{before.title}”和“{after.title}”的日期重叠")
    labels = festivals.labels if festivals else ()
    for name in said.festivals:
        if name not in labels:
            hint = did_you_mean(name, labels)
            raise complain(
                file,
                "calendar.festivals",
                f"节日代码表里没有“{name}”{hint}；本县自己的节日请先加进 [[codelists.festival]]",
            )
    return Calendar(
        {name: tuple(sorted(days)) for name, days in said.festivals.items()},
        *(
            tuple(Span(one.title, one.start, one.end) for one in sorted(stretches, key=lambda one: one.start))
            for stretches in (said.terms, said.vacations)
        ),
    )
