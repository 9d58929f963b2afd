"""Dates that are known to the month or year only stand for all of it."""

from __future__ import annotations

import datetime as dt

import pandas as pd


def last_day(dates: pd.Series, precision: pd.Series) -> pd.Series:
    """The last day that a date may mean: itself, or the end of its month or year where it is no more precise."""
    of_month = dates + pd.offsets.MonthEnd(0)
    of_year = dates + pd.offsets.YearEnd(0)
    return dates.mask(precision == "month", of_month).mask(precision == "year", of_year)


def precision_of(frame: pd.DataFrame, field: str) -> pd.Series:
    """`<field>__precision` of a frame that may lack it."""
    name = f"{field}__precision"
    return frame[name] if name in frame else pd.Series(None, index=frame.index, dtype="str")


def in_force(pairings: pd.DataFrame, day: dt.date) -> pd.Series:
    """True where a pairing had begun and not ended on a day; of one that says no day, that is so. A month ends on its last day."""
    on = pd.Timestamp(day)
    over = to_come = pd.Series(False, index=pairings.index)
    if "ended_on" in pairings:
        over = last_day(pairings["ended_on"], precision_of(pairings, "ended_on")) < on
    if "started_on" in pairings:
        to_come = pairings["started_on"] > on
    return ~(over.fillna(False) | to_come.fillna(False)).astype(bool)
