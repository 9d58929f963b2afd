"""Figures of metrics over small invented tables."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from assess_case import scheme

from bangfu_excel.assess import assess
from bangfu_excel.core.assessment import Assessment
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.domain import TABLES


def measuring(
    *metrics: str,
    plan: Scheme | None = None,
    period: str = "2024-06",
    as_of: str = "2024-12-31",
    a_day: int | None = 4,
    **tables: pd.DataFrame,
) -> Assessment:
    """The metrics over these tables; the scheme uses all of them. a_day: households that one may visit on a day, None where nobody says."""
    asked = plan or scheme(tables=tuple(tables) or ("pairing", "visit"))
    return assess(
        tables, asked, Period.parse(period), dt.date.fromisoformat(as_of), declared=TABLES, metrics=metrics,
        thresholds={} if a_day is None else {"PV12": {"households": a_day}},
    )  # fmt: skip


def share(result: Assessment, metric: str, level: str, subject: str) -> tuple[float, float]:
    """Numerator and denominator (of a count or sum missing) of a subject."""
    rows = result.metrics
    found = rows[(rows["level"] == level) & (rows["subject"] == subject) & (rows["indicator"] == metric)]
    assert len(found) == 1, f"{metric} {level} {subject}: {len(found)} rows"
    return float(found["numerator"].iloc[0]), found["denominator"].iloc[0]


def figure(result: Assessment, metric: str, level: str, subject: str) -> float:
    """The value of a subject, missing where there is nothing to say."""
    rows = result.metrics
    found = rows[(rows["level"] == level) & (rows["subject"] == subject) & (rows["indicator"] == metric)]
    assert len(found) == 1, f"{metric} {level} {subject}: {len(found)} rows"
    return found["value"].iloc[0]


def dated(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    return frame.assign(**{name: pd.to_datetime(frame[name]).astype("datetime64[ns]") for name in names})
