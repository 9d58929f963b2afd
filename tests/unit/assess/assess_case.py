"""Small invented tables for the tests of the assess stage."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from bangfu_excel.assess import assess
from bangfu_excel.core.assessment import Assessment
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Cadence, Scheme

MONTHLY = Cadence(id="monthly", title="每月入户", modes=("入户",))


def scheme(**changes: object) -> Scheme:
    given = {"id": "test", "title": "试验方案", "version": "1", "tables": ("pairing", "visit"), "cadences": (MONTHLY,)}
    return Scheme.model_validate({**given, **changes})


def households(*rows: tuple[str, str]) -> pd.DataFrame:
    """(key, township)"""
    frame = pd.DataFrame(rows, columns=["_key", "township"])
    return frame.assign(household_id=frame["_key"], head_name="户主" + frame["_key"])


def pairings(*rows: tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    """(helper, household, started, ended); helper `甲@局` belongs to unit 局."""
    frame = pd.DataFrame(rows, columns=["_helper", "_recipient", "started_on", "ended_on"])
    for name in ("started_on", "ended_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[ns]")
    parts = frame["_helper"].str.split("@")
    return frame.assign(helper_name=parts.str[0], helper_unit=parts.str[1])


def visits(*rows: tuple[str, str | None, str, str | None]) -> pd.DataFrame:
    """(helpers, household, day, mode); each on a row of its own."""
    frame = pd.DataFrame(rows, columns=["_helper", "_recipient", "visited_on", "mode"])
    frame["visited_on"] = pd.to_datetime(frame["visited_on"]).astype("datetime64[ns]")
    return frame.assign(visitors=frame["_helper"], _file="a.xlsx", _sheet="走访", _row=range(3, 3 + len(frame)))


def assessed(
    pairing: pd.DataFrame | None = None,
    visit: pd.DataFrame | None = None,
    household: pd.DataFrame | None = None,
    *,
    period: str = "2024-06",
    as_of: str = "2024-12-31",
    plan: Scheme | None = None,
) -> Assessment:
    given = {"pairing": pairing, "visit": visit, "household": household}
    tables = {name: frame for name, frame in given.items() if frame is not None}
    return assess(tables, plan or scheme(), Period.parse(period), dt.date.fromisoformat(as_of))


def value(result: Assessment, level: str, subject: str, indicator: str) -> float:
    rows = result.indicators
    found = rows[(rows["level"] == level) & (rows["subject"] == subject) & (rows["indicator"] == indicator)]
    assert len(found) == 1, f"{level} {subject} {indicator}: {len(found)} rows"
    return found["value"].iloc[0]
