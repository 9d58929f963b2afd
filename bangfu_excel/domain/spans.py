"""Dates that are known to the month or year only stand for all of it."""

from __future__ import annotations

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
