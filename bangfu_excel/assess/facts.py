"""The tables as the assessment reads them: households, helpers, pairings and visits under whole numbers.

Keys are text and long; everything below counts and joins numbers (positions in `households` and `helpers`), so that
a million visits take seconds. A column that was not submitted reads as missing, a missing table as empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core import spans
from bangfu_excel.core.multivalue import SEPARATOR

Ints = NDArray[np.int64]

_MODE_WORDS = (("入户", "家访", "上门"), ("电话", "微信", "视频", "短信"), ("集中",))
NO_UNIT, NO_TOWNSHIP = "（未填单位）", "（未填乡镇）"
_ORIGIN = ("_batch", "_submission", "_file", "_sheet", "_row")


@dataclass(frozen=True)
class Facts:
    """Who is there and what happened. NaT is an open end, -1 in a number column is nobody.

    households: a row a household that any table knows: key, household_id, head_name, township, village, group, cause (the
    first that is named), registered, town · helpers: a row a helper: key, name, unit · town and unit are positions in
    `townships` and `units`
    pairings: household, helper, started, ended (both days inclusive)
    visitors: a row a row of the visit table and visitor: record, helper (key), name
    visits: a row a visit record and visitor: record, trip (one submitted row), household, helper, date, day (False where
    only the year is known), town, mode (position in `MODES`), mode_label, township, village, head_name, file, sheet, row
    """

    households: pd.DataFrame
    helpers: pd.DataFrame
    pairings: pd.DataFrame
    visitors: pd.DataFrame
    visits: pd.DataFrame
    units: tuple[str, ...]
    townships: tuple[str, ...]


def column(frame: pd.DataFrame, name: str, dtype: str = "str") -> pd.Series:
    """A column of the frame, or one of missing values where the table does not have it."""
    if name in frame.columns:
        return frame[name].astype(dtype)
    return pd.Series(np.nan if dtype == "str" else None, index=frame.index, dtype=dtype)


def gather(tables: Mapping[str, pd.DataFrame], default_mode: str) -> Facts:
    """Facts of the current tables; visits without a mode are taken as `default_mode`."""
    rosters = tables.get("household", pd.DataFrame())
    pairings = tables.get("pairing", pd.DataFrame()).reset_index(drop=True)
    visits = tables.get("visit", pd.DataFrame()).reset_index(drop=True)
    households = _households(rosters, pairings, visits)
    visitors = people_of(visits, "visitors")
    helpers = _helpers(pairings, visits, visitors)
    recipients, people = pd.Index(households["key"]), pd.Index(helpers["key"])
    records = _visits(visits, visitors, households, people, default_mode)
    units, unit_names = _numbered(helpers["unit"], NO_UNIT)
    towns, town_names = _numbered(pd.concat([households["township"], records["township"]]), NO_TOWNSHIP)
    return Facts(
        households=households.assign(town=towns[: len(households)]),
        helpers=helpers.assign(unit=units),
        pairings=_pairings(pairings, recipients, people),
        visitors=visitors,
        visits=records.assign(town=towns[len(households) :]),
        units=unit_names,
        townships=town_names,
    )


def _numbered(words: pd.Series, blank: str) -> tuple[Ints, tuple[str, ...]]:
    """A number for each row and the words that the numbers stand for, in their order."""
    codes, names = pd.factorize(words.fillna(blank), sort=True)
    return codes.astype(np.int64), tuple(names)


def household_key(frame: pd.DataFrame) -> pd.Series:
    """The key that pairings and visits name a row of the household table by."""
    return column(frame, "_key").fillna(column(frame, "_recipient")).fillna(column(frame, "household_id"))


def _households(rosters: pd.DataFrame, pairings: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    described = []
    for frame, key, head in (
        (rosters, household_key(rosters), "head_name"),
        (pairings, column(pairings, "_recipient"), "recipient_name"),
        (visits, column(visits, "_recipient"), "head_name"),
    ):
        part = pd.DataFrame({"key": key, "head_name": column(frame, head)})
        for name in ("household_id", "township", "village", "group", "cause"):
            part[name] = column(frame, name)
        part["registered"] = frame is rosters
        described.append(part[key.notna()])
    every = pd.concat(described, ignore_index=True)
    every = every.astype({"registered": bool})
    first = every.groupby("key", sort=False).first()  # the first that is not missing, of each column
    first["cause"] = first["cause"].str.replace(f"{SEPARATOR}.*", "", regex=True)
    return first.reset_index()


def people_of(records: pd.DataFrame, names: str) -> pd.DataFrame:
    """A row a record and person who acted: record, helper (key; missing where nobody is named), name. names: their column."""
    shown = column(records, names).fillna("")
    keys, whose = pd.factorize(column(records, "_helper").fillna(shown))
    words, said = pd.factorize(shown)
    codes, pairs = pd.factorize(keys * max(len(said), 1) + words)
    split = [_named(whose[pair // len(said)], said[pair % len(said)]) for pair in pairs]
    counts = np.array([len(people) for people in split], dtype=np.int64)
    starts = np.cumsum(counts) - counts
    of_record = counts[codes] if len(codes) else np.zeros(0, dtype=np.int64)
    record = np.repeat(np.arange(len(codes)), of_record)
    position = np.arange(len(record)) - np.repeat(np.cumsum(of_record) - of_record, of_record)
    flat = pd.DataFrame([person for people in split for person in people], columns=["helper", "name"], dtype="str")
    people = flat.take(starts[codes[record]] + position) if len(record) else flat
    return people.reset_index(drop=True).assign(record=record)


def _named(keys: str, names: str) -> list[tuple[str | float, str]]:
    """Keys and names of one visitor cell, each helper once; one nameless person where there is none."""
    people = [key for key in dict.fromkeys(keys.split("、")) if key.strip()]
    shown = [name for name in dict.fromkeys(names.split("、")) if name.strip()]
    if len(shown) != len(people):
        shown = [""] * len(people)
    return list(zip(people, shown, strict=True)) or [(np.nan, "")]


def _helpers(pairings: pd.DataFrame, visits: pd.DataFrame, visitors: pd.DataFrame) -> pd.DataFrame:
    paired = pd.DataFrame(
        {
            "key": column(pairings, "_helper"),
            "name": column(pairings, "helper_name"),
            "unit": column(pairings, "helper_unit"),
        }
    )
    distinct = visitors.assign(unit=column(visits, "helper_unit").to_numpy()[visitors["record"].to_numpy()])
    distinct = distinct[["helper", "name", "unit"]].drop_duplicates().rename(columns={"helper": "key"})
    distinct["name"] = distinct["name"].replace("", np.nan)
    every = pd.concat([paired, distinct], ignore_index=True)
    every = every[every["key"].notna()]
    first = every.groupby("key", sort=False).first().reset_index()
    first["name"] = first["name"].fillna(first["key"].str.split("|").str[0])  # the rest of a key may be a phone
    return first.sort_values(["unit", "name", "key"], ignore_index=True)


def _pairings(pairings: pd.DataFrame, recipients: pd.Index, people: pd.Index) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "household": recipients.get_indexer(column(pairings, "_recipient")),
            "helper": people.get_indexer(column(pairings, "_helper")),
            "started": column(pairings, "started_on", "datetime64[ns]"),
            "ended": last_day(pairings, "ended_on"),
        }
    )
    return frame[(frame["household"] >= 0) & (frame["helper"] >= 0)].reset_index(drop=True)


def last_day(frame: pd.DataFrame, name: str) -> pd.Series:
    """The last day that a date column may mean; missing values where the table does not have it."""
    return spans.last_day(column(frame, name, "datetime64[ns]"), column(frame, f"{name}__precision"))


def _visits(
    visits: pd.DataFrame, visitors: pd.DataFrame, households: pd.DataFrame, people: pd.Index, default_mode: str
) -> pd.DataFrame:
    household = pd.Index(households["key"]).get_indexer(column(visits, "_recipient"))
    known = household >= 0
    label = column(visits, "mode").fillna(default_mode)
    frame = pd.DataFrame(
        {
            "trip": _trips(visits),
            "household": household,
            "date": column(visits, "visited_on", "datetime64[ns]"),
            "day": (column(visits, "visited_on__precision") != "year").to_numpy(),
            "mode": _mode_numbers(label),
            "mode_label": label,
            "mode_stated": column(visits, "mode").notna(),
        }
    )
    for name in ("township", "village", "head_name"):
        of_household = households[name].reindex(household).set_axis(frame.index)
        frame[name] = of_household.where(known, column(visits, name))
    for name in ("_file", "_sheet"):
        frame[name[1:]] = column(visits, name).fillna("")
    frame["row"] = column(visits, "_row", "Int64").fillna(0).astype("int64")
    record = visitors["record"].to_numpy()
    wide = frame.take(record).reset_index(drop=True)
    return wide.assign(record=record, helper=people.get_indexer(visitors["helper"]))


def _trips(visits: pd.DataFrame) -> Ints:
    """A number a submitted row: a row that names two households is one trip."""
    if "_row" not in visits.columns:
        return np.arange(len(visits), dtype=np.int64)
    origin = [name for name in (*_ORIGIN, "visited_on") if name in visits.columns]
    groups = visits.groupby(origin, sort=False, dropna=False)
    return np.asarray(groups.ngroup(), dtype=np.int64)


def _mode_numbers(labels: pd.Series) -> Ints:
    codes, distinct = pd.factorize(labels)
    numbers = np.array([mode_number(str(label)) for label in distinct], dtype=np.int64)
    return numbers[codes] if len(codes) else np.zeros(0, dtype=np.int64)


def mode_number(label: str) -> int:
    """Position in `MODES` of a way of visiting: 入户走访 → 0, 电话联系 → 1, 集中走访 → 2, anything else 3."""
    for number, words in enumerate(_MODE_WORDS):
        if any(word in label for word in words):
            return number
    return len(_MODE_WORDS)
