"""Whose a visit and a pairing is in a bulletin: a group's, school's, unit's or township's; and to whom it goes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import NO_TOWNSHIP, NO_UNIT, Facts, Ints, column
from bangfu_excel.assess.records import Tables
from bangfu_excel.assess.villages import Places
from bangfu_excel.core.bulletin import Level
from bangfu_excel.core.columns import each_once, only_key
from bangfu_excel.core.fold import fold
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.core.schools import folded_townships, school_key

NOBODY: Mapping[Level, str] = {
    "group": "（未填小组）", "unit": NO_UNIT, "school": "（未填学校）", "township": NO_TOWNSHIP,
}  # fmt: skip
VILLAGE = "村"
_DESCRIBED = ["head_name", "household_id", "township", "village"]


def level_of(scheme: Scheme) -> Level:
    """Whose figures a bulletin of the plan tells: its groups', else its schools', units', townships'."""
    sides = {pattern.level for pattern in scheme.patterns if pattern.id == scheme.default_pattern}
    for level in ("group", "school", "unit"):
        if level in sides or level in scheme.levels:
            return level
    return "township"


class Whose:
    """What is registered, as it is asked for the subjects of one level.

    pairings, records: rows of these tables · paired, visited: the position in `recipients` of each of them, -1 nobody's.
    recipients: `_DESCRIBED`, households and persons, or villages where those are helped; is_one: whether each is such.
    """

    def __init__(self, facts: Facts, tables: Tables, scheme: Scheme) -> None:
        self.facts, self.tables, self.level = facts, tables, level_of(scheme)
        self.pairings = tables.get("pairing", pd.DataFrame()).reset_index(drop=True)
        self.records = tables.get("visit", pd.DataFrame()).reset_index(drop=True)
        first = scheme.recipients.kinds[:1]
        self.anywhere = first in ((VILLAGE,), ("学校",))
        """Whether any meeting is one with the recipient, who has no home."""
        if first == (VILLAGE,):
            self._of_villages()
        else:
            self._of_households()

    def _of_households(self) -> None:
        keys = pd.Index(self.facts.households["key"])
        self.recipients = self.facts.households[_DESCRIBED]
        villages = column(self.tables.get("village", pd.DataFrame()), "_key").dropna()
        self.is_one = np.append(~keys.isin(villages), True) | self.anywhere
        self.paired, self.visited = (
            keys.get_indexer(column(rows, "_recipient")) for rows in (self.pairings, self.records)
        )

    def _of_villages(self) -> None:
        places = Places.of(self.facts, self.tables)
        paired, visited = (places.of_rows(rows) for rows in (self.pairings, self.records))
        keys = pd.Index(pd.concat([paired, visited]).dropna().unique())
        named = places.named.reindex(keys).reset_index(drop=True)
        named["village"] = named["village"].fillna(pd.Series(keys, dtype="str").str.rpartition("|")[2])
        self.recipients = named.assign(head_name=named["village"], household_id=None)[_DESCRIBED].astype("str")
        self.is_one = np.ones(len(keys) + 1, dtype=bool)
        self.paired, self.visited = keys.get_indexer(paired), keys.get_indexer(visited)

    def of_visits(self, rows: pd.DataFrame) -> pd.Series:
        """The subject of each row (a record and visitor): as the record says, else the visitor's, else the recipient's; missing
        where nobody knows."""
        at = rows["record"].to_numpy()
        if self.level == "township":
            return _shown(rows["town"].to_numpy(), self.facts.townships)
        theirs = self.of_pairings()
        stated = self._stated(self.records).take(at).reset_index(drop=True)
        if self.level == "school":
            stated = self._of_pupils(self.visited).take(at).reset_index(drop=True).fillna(stated)
        helpers = pd.Series([*self.facts.helpers["key"], None], dtype="str").take(rows["helper"].to_numpy())
        of_helper = _first(column(self.pairings, "_helper"), theirs)
        of_recipient = only_key(pd.DataFrame({"whom": self.paired, "key": theirs})[self.paired >= 0], "whom")
        own = helpers.reset_index(drop=True).map(of_helper).astype("str")
        whom = pd.Series(self.visited[at]).map(of_recipient).astype("str")
        unit = _shown(np.append(self.facts.helpers["unit"].to_numpy(), -1)[rows["helper"].to_numpy()], self.facts.units)
        named = stated.fillna(own).fillna(whom)
        if self.level != "group":
            named = named.fillna(unit.where(unit != NO_UNIT))
        return self._as_first_written(named)

    def of_pairings(self) -> pd.Series:
        """The subject of each pairing."""
        if self.level == "township":
            towns = np.append(self.facts.households["town"].to_numpy(), -1)
            keys = pd.Index(self.facts.households["key"])
            return _shown(towns[keys.get_indexer(column(self.pairings, "_recipient"))], self.facts.townships)
        stated = self._stated(self.pairings)
        if self.level == "school":
            stated = self._of_pupils(self.paired).fillna(stated)
        return self._as_first_written(stated)

    def _stated(self, rows: pd.DataFrame) -> pd.Series:
        return column(rows, "group" if self.level == "group" else "helper_unit")

    def _of_pupils(self, positions: Ints) -> pd.Series:
        """The school of each recipient, where he is a pupil."""
        pupils = self.tables.get("child", pd.DataFrame())
        of_child = _first(column(pupils, "_key"), column(pupils, "school"))
        keys = pd.Series([*self.facts.households["key"], None], dtype="str")
        if len(self.recipients) != len(self.facts.households):  # villages have no pupils
            return pd.Series(None, index=range(len(positions)), dtype="str")
        return keys.take(positions).map(of_child).astype("str").reset_index(drop=True)

    def _as_first_written(self, names: pd.Series) -> pd.Series:
        """Names that differ in their spelling only, as the pairings (else the visits) write them first; schools as the pupils' files do."""
        townships = folded_townships(self.tables.values())

        def key(name: str) -> str:
            return school_key(fold(name), townships)

        pupils = self.tables.get("child", pd.DataFrame()) if self.level == "school" else pd.DataFrame()
        every = pd.concat([column(pupils, "school"), self._stated(self.pairings), names], ignore_index=True).dropna()
        first = every.groupby(each_once(every, key).to_numpy(), sort=False).first()
        return each_once(names, key).map(first).astype("str")


def _shown(numbers: Ints, names: tuple[str, ...]) -> pd.Series:
    return pd.Series([*names, None], dtype="str").take(numbers).reset_index(drop=True)


def _first(keys: pd.Series, values: pd.Series) -> pd.Series:
    """key → the first value that it has."""
    known = pd.DataFrame({"key": keys.to_numpy(), "value": values.to_numpy()}, dtype="str").dropna()
    return known.drop_duplicates("key").set_index("key")["value"]
