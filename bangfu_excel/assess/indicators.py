"""Figures of each helper, unit, township and the county, and who ranks where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bangfu_excel.assess.counts import LEVELS
from bangfu_excel.assess.facts import Ints
from bangfu_excel.core.assessment import MODES

COLUMNS = ("level", "subject", "indicator", "numerator", "denominator", "value")
WHO = dict(zip(LEVELS, ("helper", "unit", "town"), strict=True))


@dataclass(frozen=True)
class Counted:
    """The rows that are counted, with their marks (see `counts` and `due`)."""

    windows: pd.DataFrame
    pairings: pd.DataFrame
    visits: pd.DataFrame
    households: pd.DataFrame


def figures(level: str, count: int, rows: Counted) -> pd.DataFrame:
    """A row a subject of the level (0 … count-1), a column a figure, whole numbers.

    paired · entered (households) · <mode>_visits (次), <mode>_households (户次), <mode>_persons (人次) · due, met (windows)
    · unvisited (households) and, for townships, registered and registered_paired households.
    """
    who, windows, pairings, visits = WHO[level], rows.windows, rows.pairings, rows.visits
    due, met, pair = _of_level(level, windows, pairings)
    whom = visits[who].to_numpy(np.int64)
    owner = windows[who].to_numpy(np.int64)
    columns: dict[str, Ints] = {
        "paired": _sum(count, pairings[who], pair),
        "entered": _sum(count, whom, visits[f"home_{level}"]),
        "due": _sum(count, owner, due),
        "met": _sum(count, owner, met),
    }
    for number, name in enumerate(MODES):
        of_mode = (visits["mode"] == number).to_numpy()
        columns[f"{name}_visits"] = _sum(count, whom, visits[f"trip_{level}"] * of_mode)
        columns[f"{name}_households"] = _sum(count, whom, visits[f"household_{level}"] * of_mode)
        columns[f"{name}_persons"] = _sum(count, whom, visits["person"] * of_mode)
    if level == "township":
        households = rows.households
        town, registered = households["town"], households["registered"].astype(int)
        columns["unvisited"] = _sum(count, town, households["unvisited"])
        columns["registered"] = _sum(count, town, registered)
        columns["registered_paired"] = _sum(count, town, registered * households["paired"])
    else:
        columns["unvisited"] = _sum(count, pairings[who], pair * pairings["unvisited"])
    return pd.DataFrame(columns)


def _of_level(level: str, windows: pd.DataFrame, pairings: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Marks that count each due window, each met one and each paired household of a level once."""
    if level == "helper":
        every = pd.Series(1, index=windows.index)
        return every, windows["count"] >= windows["target"], pd.Series(1, index=pairings.index)
    first, count, pair = {
        "unit": ("unit_first", "unit_count", "unit_first"),
        "township": ("household_first", "household_count", "town_first"),
    }[level]
    marks = windows[first].astype(int)
    return marks, marks * (windows[count] >= windows["target"]), pairings[pair].astype(int)


def _sum(count: int, owner: pd.Series | Ints, marks: pd.Series) -> Ints:
    """Sum of the marks of each owner 0 … count-1; rows of nobody (-1) are left out."""
    numbers = np.asarray(owner, dtype=np.int64)
    weights = np.asarray(marks, dtype=np.float64)
    somebody = numbers >= 0
    return np.bincount(numbers[somebody], weights=weights[somebody], minlength=count).astype(np.int64)


def long_form(level: str, subjects: Sequence[str], wide: pd.DataFrame) -> pd.DataFrame:
    """The indicators of a level in columns `COLUMNS`: plain counts, then rates (cadence_rate, pairing_rate)."""
    fractions = {"cadence_rate": ("met", "due"), "pairing_rate": ("registered_paired", "registered")}
    rates = {name: columns for name, columns in fractions.items() if columns[0] in wide}
    tops = [*wide.columns, *(top for top, _ in rates.values())]
    count, plain = len(wide), len(wide.columns) * len(wide)
    numerator = wide[tops].to_numpy(np.float64).ravel(order="F")
    denominator = wide[[bottom for _, bottom in rates.values()]].to_numpy(np.float64).ravel(order="F")
    denominator = np.concatenate([np.full(plain, np.nan), denominator])
    divisor = np.where(np.arange(len(numerator)) < plain, 1, np.where(denominator == 0, np.nan, denominator))
    return pd.DataFrame(
        {
            "level": pd.Series(level, index=range(len(numerator)), dtype="str"),
            "subject": pd.Series(np.tile(np.asarray(list(subjects), dtype=object), len(tops)), dtype="str"),
            "indicator": pd.Series(np.repeat([*wide.columns, *rates], count), dtype="str"),
            "numerator": pd.Series(numerator, dtype="Float64"),
            "denominator": pd.Series(denominator, dtype="Float64"),
            "value": pd.Series(numerator / divisor, dtype="Float64"),
        }
    )


def scores(level: str, subjects: Sequence[str], wide: pd.DataFrame, rank_from: int) -> pd.DataFrame:
    """Rate of met windows in points of 100, and its rank: equal rates share a rank and the next is skipped (1, 2, 2, 4).

    Subjects with fewer than `rank_from` paired households or nothing due are not ranked.
    """
    rate = wide["met"].astype("Float64") / wide["due"].astype("Float64").mask(wide["due"] == 0)
    ranked = rate.mask(wide["paired"] < rank_from)
    return pd.DataFrame(
        {
            "level": pd.Series(level, index=wide.index, dtype="str"),
            "subject": pd.Series(list(subjects), dtype="str"),
            "score": rate * 100,
            "grade": pd.Series(np.nan, index=wide.index, dtype="str"),
            "rank": ranked.rank(method="min", ascending=False).astype("Int64"),
        }
    )


def county(townships: pd.DataFrame) -> pd.DataFrame:
    """The county's figures: the sums of the townships."""
    return townships.sum().to_frame().T.astype("int64")
