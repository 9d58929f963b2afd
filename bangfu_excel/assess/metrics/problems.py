"""Metrics of problems: how many are closed, and how long that took."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import column, last_day
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import items, origin, places
from bangfu_excel.assess.metrics.responsible import people
from bangfu_excel.core.metric import Metric

_CLOSED, _ESCALATED = "已办结", "已上报"
_LEVELS = ("helper", "group", "unit", "school", "village", "township", "county")


def _problems(counting: Counting) -> pd.DataFrame:
    """The problems that were due within the days counted: by their deadline, without one by the day on which they were found."""
    rows = counting.table("problem")
    found = column(rows, "found_on", "datetime64[ns]")
    due = last_day(rows, "deadline").fillna(found)
    return rows.assign(due=due)[counting.within(due)].reset_index(drop=True)


def _closed(rows: pd.DataFrame, day: dt.date) -> pd.Series:
    """Closed by the day: on a day that is told, or, where none is, by its status."""
    closed = column(rows, "closed_on", "datetime64[ns]")
    return (closed <= pd.Timestamp(day)) | (closed.isna() & column(rows, "status").eq(_CLOSED))


def _close(counting: Counting) -> pd.DataFrame:
    rows = _problems(counting)
    top = _closed(rows, counting.asked.day).to_numpy(float)
    return _attributed(counting, rows, {"top": top, "bottom": np.ones(len(rows)), "date": rows["due"].to_numpy()})


def _days(counting: Counting) -> pd.DataFrame:
    rows = counting.table("problem")
    closed, found = (column(rows, name, "datetime64[ns]") for name in ("closed_on", "found_on"))
    rows = rows.assign(days=(closed - found).dt.days)[counting.within(closed) & (closed >= found)].reset_index(
        drop=True
    )
    date = column(rows, "closed_on", "datetime64[ns]").to_numpy()
    return _attributed(
        counting, rows, {"top": rows["days"].to_numpy(float), "bottom": np.ones(len(rows)), "date": date}
    )


def _attributed(counting: Counting, rows: pd.DataFrame, said: dict[str, object]) -> pd.DataFrame:
    """A row a problem and person who is responsible for it; one without a person, of the unit alone."""
    whole = items(
        {**places(counting, rows), **origin(rows), **said, "what": column(rows, "kind").fillna("")}, len(rows)
    )
    return people(counting, rows, whole, names="owner", unit="owner_unit")


CLOSE_RATE = Metric(
    "close_rate", "问题办结率", "rate", "%", "已办结", "到期问题",
    "办结期限在统计期内的问题每个为一项，没有写期限的按发现时间；到截止日已经办结的为办结，已上报还没有办结的不算办结。"
    "乡镇、村按反映问题的对象所在地，单位按责任单位，帮扶人按办理责任人，没有写责任人的按收集人。", ("problem",), _close, levels=_LEVELS,
)  # fmt: skip
PROBLEM_DAYS = Metric(
    "problem_days", "办结用时", "mean", "天", "用时合计", "办结问题",
    "统计期内办结的问题，从发现到办结的天数，取平均；没有写发现时间或办结时间的不算。", ("problem",), _days, better="less", levels=_LEVELS,
)  # fmt: skip
METRICS = (CLOSE_RATE, PROBLEM_DAYS)
