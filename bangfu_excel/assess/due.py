"""What was due and what was met: per household and window, attributed to the helpers paired at that time.

A pairing is due in a window when it covers at least the cadence's share of it (a half by default) and what it covers has
ended by the reference day. Where helpers followed one another within a window, so that none of them covers that share but all
together do, it is due from the last. A helper has met it with enough visits of his own; a unit, or the household as a whole, with
enough visits by any of its helpers who was paired then: two helpers who visit together are both credited, and the
household's month is still due once.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.assess.facts import Facts, Ints, mode_number
from bangfu_excel.assess.windows import windows
from bangfu_excel.core.assessment import MODES
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Cadence, Scheme, Unit

COLUMNS = (
    "rule", "label", "helper", "household", "unit", "town", "due_from", "due_to", "target",
    "count", "unit_count", "household_count", "unit_first", "household_first",
)  # fmt: skip

_FAR = np.datetime64("2250-01-01", "ns")
_LONG_AGO = np.datetime64("1800-01-01", "ns")


def due_windows(facts: Facts, scheme: Scheme, period: Period, day: dt.date) -> pd.DataFrame:
    """A row a due window of a pair (helper, household), columns `COLUMNS`, by rule, helper, household, window.

    day: the reference day · count: days with a counted visit of the helper; unit_count, household_count: of any paired helper of the unit, of
    any paired helper. unit_first, household_first mark one row of each unit's, each household's window.
    """
    parts = [
        _of_cadence(facts, windows(cast(Unit, cadence.per), scheme, period), cadence, day)
        for cadence in scheme.evaluated
    ]
    frames = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS))


def _of_cadence(facts: Facts, spans: pd.DataFrame, cadence: Cadence, day: dt.date) -> pd.DataFrame:
    units, towns = facts.helpers["unit"].to_numpy(), facts.households["town"].to_numpy()
    covered = _covered(facts.pairings, spans, len(facts.households))
    _count(covered, _credited(facts, covered, spans, cadence, day), units)
    least = np.maximum(cadence.least_share * spans["days"].to_numpy()[covered["window"]], 1)
    ended = covered["due_to"] <= pd.Timestamp(day)
    due = covered[((covered["days"] >= least) | _taken_over(covered, least)) & ended].reset_index(drop=True)
    due["unit"], due["town"] = units[due["helper"]], towns[due["household"]]
    due["unit_first"] = first_of(due["unit"], due["household"], due["window"])
    due["household_first"] = first_of(due["household"], due["window"])
    due["label"] = spans["label"].take(due["window"].to_numpy()).reset_index(drop=True)
    due["rule"], due["target"] = cadence.id, cadence.count
    return due[list(COLUMNS)]


def _covered(pairings: pd.DataFrame, spans: pd.DataFrame, households: int) -> pd.DataFrame:
    """A row a pair and window that the pairing touches: helper, household, window, due_from, due_to, days, key."""
    begin = pairings["started"].fillna(pd.Timestamp(_LONG_AGO)).to_numpy("datetime64[ns]")[:, None]
    finish = pairings["ended"].fillna(pd.Timestamp(_FAR)).to_numpy("datetime64[ns]")[:, None]
    first = np.maximum(begin, spans["first"].to_numpy("datetime64[ns]")[None, :])
    last = np.minimum(finish, spans["last"].to_numpy("datetime64[ns]")[None, :])
    row, window = np.nonzero(first <= last)
    helper, household = (pairings[name].to_numpy(np.int64)[row] for name in ("helper", "household"))
    touched = pd.DataFrame(
        {
            "key": (helper * households + household) * len(spans) + window,
            "helper": helper, "household": household, "window": window.astype(np.int64),
            "due_from": first[row, window], "due_to": last[row, window],
        }
    )  # fmt: skip
    touched["days"] = (touched["due_to"] - touched["due_from"]).dt.days + 1
    if touched["key"].duplicated().any():
        touched = touched.groupby("key", as_index=False).agg(
            {
                "helper": "first",
                "household": "first",
                "window": "first",
                "due_from": "min",
                "due_to": "max",
                "days": "sum",
            }
        )
    return touched.sort_values("key", ignore_index=True)


def _taken_over(covered: pd.DataFrame, least: NDArray[np.float64]) -> NDArray[np.bool_]:
    """True for the last to begin of those who have a household in turn, where only together they cover enough of the window."""
    spans = covered.assign(least=least, at=np.arange(len(covered)))
    spans = spans.sort_values(["household", "window", "due_from", "due_to", "key"], kind="stable")
    window = [spans["household"], spans["window"]]
    until = (spans["due_to"] + pd.Timedelta(days=1)).groupby(window).cummax()
    fresh = spans["due_from"].where(spans["due_from"] > until.groupby(window).shift(), until.groupby(window).shift())
    begun = fresh.fillna(spans["due_from"])
    days = (spans["due_to"] + pd.Timedelta(days=1) - begun).dt.days.clip(lower=0)
    together = days.groupby(window).transform("sum")
    alone = spans["days"].groupby(window).transform("max")
    last = ~pd.DataFrame({"household": spans["household"], "window": spans["window"]}).duplicated(keep="last")
    found = np.zeros(len(covered), dtype=bool)
    found[spans["at"].to_numpy()] = (last & (alone < spans["least"]) & (together >= spans["least"])).to_numpy()
    return found


def _credited(facts: Facts, covered: pd.DataFrame, spans: pd.DataFrame, cadence: Cadence, day: dt.date) -> pd.DataFrame:
    """The visits that count, one a helper, household and day: at (row of `covered`), date. Sorted by date."""
    visits = facts.visits
    counted = (
        (visits["helper"] >= 0) & (visits["household"] >= 0) & visits["day"] & (visits["date"] <= pd.Timestamp(day))
    )
    counted &= _counts_as(visits, cadence)
    visits = visits.loc[counted, ["helper", "household", "date"]].drop_duplicates()
    date = visits["date"].to_numpy("datetime64[ns]")
    window = np.searchsorted(spans["first"].to_numpy("datetime64[ns]"), date, side="right") - 1
    key = (visits["helper"].to_numpy(np.int64) * len(facts.households) + visits["household"].to_numpy()) * len(spans)
    at = pd.Index(covered["key"]).get_indexer(pd.Index(np.where(window >= 0, key + window, -1)))
    found = pd.DataFrame({"at": at, "date": date})[at >= 0]
    within = covered.take(found["at"].to_numpy())
    inside = (found["date"].to_numpy() >= within["due_from"].to_numpy()) & (
        found["date"].to_numpy() <= within["due_to"].to_numpy()
    )
    return found[inside]


def _counts_as(visits: pd.DataFrame, cadence: Cadence) -> pd.Series:
    """True where the visit's mode, or the group that the mode belongs to, is one of the cadence's."""
    if not cadence.modes:
        return pd.Series(True, index=visits.index)
    groups = {mode_number(mode) for mode in cadence.modes if mode in MODES.values()}
    return visits["mode"].isin(groups) | visits["mode_label"].isin(cadence.modes)


def _count(covered: pd.DataFrame, credited: pd.DataFrame, units: Ints) -> None:
    """Add count, unit_count and household_count: days with a credited visit of the pair, unit, household and window."""
    at = credited["at"].to_numpy()
    covered["count"] = np.bincount(at, minlength=len(covered))
    everyone = np.zeros(len(covered), dtype=np.int64)
    for name, by in (("unit_count", units[covered["helper"]]), ("household_count", everyone)):
        group = pd.factorize(number_of(by, covered["household"], covered["window"]))[0]
        days = pd.DataFrame({"group": group[at], "date": credited["date"].to_numpy()}).drop_duplicates()
        covered[name] = np.bincount(days["group"], minlength=len(covered))[group] if len(group) else group


def number_of(*columns: pd.Series | Ints) -> Ints:
    """One whole number for each combination of these non-negative whole numbers."""
    number = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        values = np.asarray(column, dtype=np.int64)
        number = number * (int(values.max(initial=0)) + 1) + values
    return number


def first_of(*columns: pd.Series | Ints) -> NDArray[np.bool_]:
    """True at the first row of each combination."""
    return np.asarray(~pd.Series(number_of(*columns)).duplicated(), dtype=bool)
