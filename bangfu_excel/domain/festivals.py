"""Festivals: on which days they fall (codelists/festival.toml), and visits that are said to be for one."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, rule
from bangfu_excel.core.spans import last_day
from bangfu_excel.domain.codelists import CODELISTS

FESTIVALS = CODELISTS["festival"]
YEARS = range(2010, 2031)
"""The years whose days are known."""


def days_of(festival: str) -> pd.DatetimeIndex:
    """The days of a festival in `YEARS`, in order; none of one that the list does not date."""
    every = FESTIVALS.attribute(festival, "every")
    days = [(year, every or FESTIVALS.attribute(festival, str(year))) for year in YEARS]
    return pd.DatetimeIndex([f"{year}-{day}" for year, day in days if day])


def festival_days() -> dict[str, tuple[dt.date, ...]]:
    """Label → its days, of every festival that the code list dates."""
    return {label: tuple(day.date() for day in days_of(label)) for label in FESTIVALS.labels}


@rule(
    "PV16", "节日慰问不在节日前后", severity=Severity.WARNING, reads=("visited_on", "kind", "content", "visited_on__precision"),
    optional=("content", "visited_on__precision"), at=("visited_on", "kind"), limits={"before": 15, "after": 15},
    says="第{row}行“{label}”填的是“{value}”，走访类别是{kind}，而节前{before}天到节后{after}天都不包括这一天",
    suggests="请核对走访时间和走访类别，不是为过节去的选其他类别",
    basis="DOMAIN PV16", subject=Subject.PAIRING,
)  # fmt: skip
def far_from_every_festival(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A festival visit that no day of its festival is near: of those that it names, else those of the plan, else of any."""
    limits = given.limits(far_from_every_festival)
    first, last = rows["visited_on"], last_day(rows["visited_on"], rows["visited_on__precision"])
    wanted = _of_plan(given)
    named = pd.DataFrame({name: _names(rows["content"], name) for name in FESTIVALS.labels}, index=rows.index)
    unnamed = ~named.any(axis=1)
    near = pd.Series(False, index=rows.index)
    for festival in FESTIVALS.labels:
        meant = named[festival] | (unnamed if festival in wanted else False)
        near |= meant & _near(festival, first, last, limits["before"], limits["after"])
    return (rows["kind"] == "节日慰问") & first.dt.year.isin(YEARS) & ~near


def _of_plan(given: Given) -> frozenset[str]:
    """The festivals that the plan names; where it names none, or one of the county's own that has no date here, all."""
    cadences = given.scheme.cadences if given.scheme else ()
    said = {FESTIVALS.label_of(word) for cadence in cadences for word in cadence.festivals}
    return frozenset(FESTIVALS.labels) if not said or None in said else frozenset(filter(None, said))


def _names(texts: pd.Series, festival: str) -> pd.Series:
    """True where a text has a word for the festival in it."""
    words = "|".join(sorted(map(re.escape, FESTIVALS.spellings(festival))))
    return texts.str.contains(words, regex=True).fillna(False).astype(bool)


def _near(festival: str, first: pd.Series, last: pd.Series, before: float, after: float) -> pd.Series:
    """True where a day of the festival lies from `after` days before `first` to `before` days after `last`."""
    days = days_of(festival).to_numpy(dtype="datetime64[ns]")
    earliest = (first - pd.Timedelta(days=after)).to_numpy(dtype="datetime64[ns]")
    latest = (last + pd.Timedelta(days=before)).to_numpy(dtype="datetime64[ns]")
    found = np.searchsorted(days, earliest, side="left") < np.searchsorted(days, latest, side="right")
    return pd.Series(found, index=first.index)
