"""What metrics count in: the tables, and what the assessment has already made of them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bangfu_excel.assess.due import Asked
from bangfu_excel.assess.facts import Facts, column
from bangfu_excel.assess.indicators import Counted
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.schools import folded_townships, school_key
from bangfu_excel.core.submitters import Expected

_NOBODY = Expected()
_OF_COUNTY = re.compile(r".{1,8}?(?P<level>[县市旗]|(?<!社)区)(?P<rest>...+)")
_ROSTERS = (("household", "head_name"), ("child", "name"), ("village", "village"), ("pairing", "recipient_name"))


@dataclass(frozen=True)
class Counting:
    """asked: scheme, period, day, calendar, tables · first, last: the days counted · counted: windows, pairings, visits and households
    with their marks · duties: due windows of the other cadences ·
    thresholds: code of a rule → name → number, as the county has it on the reference day · expected: who is to
    hand in every month, and by when.
    """

    asked: Asked
    first: dt.date
    last: dt.date
    facts: Facts
    counted: Counted
    duties: pd.DataFrame
    thresholds: Mapping[str, Mapping[str, float]]
    expected: Expected = _NOBODY

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables that the scheme uses, and what is known besides (submissions)."""
        asked = self.asked
        return {
            name: rows
            for name, rows in asked.tables.items()
            if name in asked.scheme.tables or name not in asked.declared
        }

    def table(self, name: str) -> pd.DataFrame:
        """Rows of a table, numbered from 0; none where it is not used or nothing was handed in."""
        return self.tables.get(name, pd.DataFrame()).reset_index(drop=True)

    def within(self, dates: pd.Series) -> pd.Series:
        """True for the days that are counted."""
        return (dates >= pd.Timestamp(self.first)) & (dates <= pd.Timestamp(self.last))

    @cached_property
    def units(self) -> pd.Series:
        """Unit of each helper, by his key."""
        names = np.append(np.array(self.facts.units, dtype=object), "")
        unit = self.facts.helpers["unit"].to_numpy()
        return pd.Series(names[unit], index=pd.Index(self.facts.helpers["key"]), dtype="str")

    @cached_property
    def groups(self) -> pd.Series:
        """Group of each helper whom a pairing puts into one, by his key."""
        rows = self.table("pairing")
        group = self.spelled("pairing", "group", each_once(column(rows, "group"), fold))
        found = group.set_axis(pd.Index(column(rows, "_helper")))[
            (group.notna() & column(rows, "_helper").notna()).to_numpy()
        ]
        return found[~found.index.duplicated()]

    @cached_property
    def group_names(self) -> list[str]:
        """The groups that pairings name."""
        return sorted(
            self.spelled("pairing", "group", each_once(column(self.table("pairing"), "group"), fold)).dropna().unique()
        )

    @cached_property
    def organisations(self) -> Mapping[str, str]:
        """Matching form of units and schools → their name: of those that help, else as their own list or a child's file has it. 水利局 and
        县水利局 are 云岭县水利局 where nobody is called so and only one can be meant."""
        listed = [column(self.table(table), name) for table, name in (("unit", "unit"), ("child", "school"))]
        named = [*self.facts.units, *(name for names in listed for name in names.dropna().unique())]
        known = {self.organisation_key(name): name for name in reversed(named)}
        short = [(text, name) for key, name in known.items() for text in _without_county(key) if text not in known]
        often = Counter(text for text, _ in short)
        return known | {text: name for text, name in short if often[text] == 1}

    def organisation_key(self, name: str) -> str:
        """Matching form of a unit or school; a school's without the township that may stand before it."""
        return school_key(fold(name), self._townships)

    @cached_property
    def _townships(self) -> tuple[str, ...]:
        return folded_townships([self.recipients])

    def spelled(self, table: str, name: str, keys: pd.Series) -> pd.Series:
        """As a column of a table first writes what these are the matching forms of; as it is where it is nowhere."""
        written = column(self.table(table), name).dropna().drop_duplicates()
        known = dict(zip(each_once(written[::-1], fold), written[::-1], strict=True))
        return keys.map(known).astype("str").fillna(keys)

    @cached_property
    def recipients(self) -> pd.DataFrame:
        """By key, of everybody that any table knows: name, township, village, school ("" unknown)."""
        facts = self.facts.households
        parts = [facts[["key", "head_name", "township", "village"]].rename(columns={"head_name": "name"})]
        for table, name in _ROSTERS:
            rows = self.table(table)
            key = column(rows, "_recipient" if table == "pairing" else "_key")
            said = {"key": key, "name": column(rows, name), "school": column(rows, "school")}
            parts.append(pd.DataFrame(said | {place: column(rows, place) for place in ("township", "village")}))
        rows = pd.concat(parts, ignore_index=True)
        rows = rows[rows["key"].notna()]
        first = rows.groupby("key", sort=False)[["name", "township", "village", "school"]].first()
        return first.astype("str").fillna("")


def _without_county(key: str) -> tuple[str, ...]:
    """How an office of a county is called inside it: 水利局, 县水利局."""
    found = _OF_COUNTY.fullmatch(key)
    return (found["rest"], found["level"] + found["rest"]) if found else ()
