"""Which rows count at which level: marks of 0 and 1 that sum up to the figures, in Python and in the workbook alike.

A visit row of two helpers of one unit is one visit (次) of the unit and of the township and one of each helper; marking
the first row of each group lets every figure be a plain sum over the rows.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.assess.facts import Facts, Ints
from bangfu_excel.assess.obliged import first_of
from bangfu_excel.core.assessment import MODES

HOME = list(MODES).index("home")
LEVELS = ("helper", "unit", "township")


def counted_visits(facts: Facts, first: dt.date, last: dt.date) -> pd.DataFrame:
    """The visits from `first` to `last`, a row a record and visitor, with who, unit, town and marks.

    Marks: trip_<level> (次), household_<level> (户次: household, date
    and mode), home_<level> (a household entered at least once), person (人次).
    """
    date = facts.visits["date"]
    inside = (date >= pd.Timestamp(first)) & (date <= pd.Timestamp(last)) & facts.visits["day"]
    rows = facts.visits[inside].reset_index(drop=True)
    helper, units = rows["helper"].to_numpy(), facts.helpers["unit"].to_numpy()
    rows["unit"] = np.where(helper >= 0, units[helper] if len(units) else -1, -1)
    day = (rows["date"] - pd.Timestamp(first)).dt.days
    for level, who in zip(LEVELS, ("helper", "unit", "town"), strict=True):
        somebody = (rows[who] >= 0).to_numpy()
        met = somebody & (rows["household"] >= 0).to_numpy()
        home = met & (rows["mode"] == HOME).to_numpy()
        rows[f"trip_{level}"] = _mark(somebody, rows["trip"], rows[who])
        rows[f"household_{level}"] = _mark(met, rows["household"], day, rows["mode"], rows[who])
        rows[f"home_{level}"] = _mark(home, rows["household"], rows[who])
    rows["person"] = rows["trip_helper"]
    return rows


def pairs(facts: Facts, first: dt.date, last: dt.date, day: dt.date) -> pd.DataFrame:
    """A row a pair (helper, household) that was in effect at any time from `first` to `last`.

    helper, household, unit, town, started (earliest), ended (latest, NaT open), active (in effect on `day`), and the
    marks unit_first and town_first of the rows to count households by (rows in effect come first).
    """
    pairings = facts.pairings
    started, ended = pairings["started"], pairings["ended"]
    within = ~(started > pd.Timestamp(last)) & ~(ended < pd.Timestamp(first))
    rows = pairings[within].assign(open=ended.isna(), active=_active(pairings, day))
    rows = rows.groupby(["helper", "household"], as_index=False).agg(
        started=("started", "min"), ended=("ended", "max"), open=("open", "any"), active=("active", "any")
    )
    rows["ended"] = rows["ended"].mask(rows.pop("open").astype(bool))
    rows["active"] = rows["active"].astype(bool)
    rows["unit"] = facts.helpers["unit"].to_numpy()[rows["helper"]]
    rows["town"] = facts.households["town"].to_numpy()[rows["household"]]
    rows = rows.sort_values("active", ascending=False, kind="stable", ignore_index=True)
    rows["unit_first"] = first_of(rows["unit"], rows["household"])
    rows["town_first"] = first_of(rows["household"])
    return rows.sort_values(["helper", "household"], ignore_index=True)


def household_state(facts: Facts, day: dt.date, months: int) -> pd.DataFrame:
    """A row a household: paired (in effect on `day`), since, last_home, unvisited.

    since: first day of its pairing (NaT unknown) · last_home: last day that anybody entered · unvisited: paired for the
    whole of the last `months` months and not entered in them.
    """
    count = len(facts.households)
    active = facts.pairings[_active(facts.pairings, day)]
    paired = np.bincount(active["household"], minlength=count) > 0
    visits = facts.visits
    home = visits[(visits["mode"] == HOME) & (visits["household"] >= 0) & visits["day"]]
    home = home[home["date"] <= pd.Timestamp(day)]
    cutoff = pd.Timestamp(cutoff_day(day, months))
    state = pd.DataFrame({"paired": paired})
    state["since"] = active.groupby("household")["started"].min().reindex(range(count))
    state["last_home"] = home.groupby("household")["date"].max().reindex(range(count))
    state["unvisited"] = paired & ~(state["since"] > cutoff) & ~(state["last_home"] > cutoff)
    return state


def cutoff_day(day: dt.date, months: int) -> dt.date:
    """The day `months` months before; the end of a month goes back to the end of a month."""
    earlier = pd.Timestamp(day) - pd.DateOffset(months=months)
    if (pd.Timestamp(day) + pd.Timedelta(days=1)).day == 1:
        earlier += pd.offsets.MonthEnd(0)
    return dt.date(earlier.year, earlier.month, earlier.day)


def _active(pairings: pd.DataFrame, day: dt.date) -> pd.Series:
    moment = pd.Timestamp(day)
    return ~(pairings["started"] > moment) & ~(pairings["ended"] < moment)


def _mark(where: NDArray[np.bool_], *columns: pd.Series) -> Ints:
    """1 at the first row of each combination among the rows where `where` holds, else 0."""
    marks = np.zeros(len(where), dtype=np.int64)
    at = np.flatnonzero(where)
    marks[at] = first_of(*(column.to_numpy()[at] for column in columns))
    return marks
