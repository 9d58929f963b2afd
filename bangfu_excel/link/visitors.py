"""Who visited: each name in a visitor cell, first among the recipient's own helpers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.succession import HelperName, Succession
from bangfu_excel.link.helpers import HelperBook, grouped
from bangfu_excel.link.references import unit_keys

_TAB = "\t"
PAIR_COLUMNS = ("recipient", "name", "unit", "key")


@dataclass(frozen=True)
class Paired:
    """The helpers of each recipient.

    sole: recipient and name, joined with a tab → key, where one helper of the recipient has that name · several:
    recipient and name → units and keys, where more than one has it · units: recipient → the units that are paired with it
    as a whole: any colleague of theirs may come.
    """

    sole: pd.Series
    several: Mapping[tuple[str, str], frozenset[tuple[str, str]]]
    units: Mapping[str, frozenset[str]]
    book: HelperBook

    @classmethod
    def of(cls, pairs: pd.DataFrame, book: HelperBook) -> Paired:
        """From every pairing's `PAIR_COLUMNS`; the name is "" where a unit is paired as a whole."""
        whole = pairs["name"] == ""
        units = pairs.loc[whole, ["recipient", "key"]].drop_duplicates()
        pairs = pairs[~whole]
        distinct = pairs.drop_duplicates(["recipient", "name", "key"])
        repeated = distinct.duplicated(["recipient", "name"], keep=False)
        sole = distinct[~repeated]
        entries = pairs.merge(distinct.loc[repeated, ["recipient", "name"]].drop_duplicates())
        return cls(
            sole.assign(spot=sole["recipient"] + _TAB + sole["name"]).set_index("spot")["key"],
            grouped(
                ((row.recipient, row.name), (row.unit, row.key))
                for row in entries[list(PAIR_COLUMNS)].itertuples(index=False, name="Pair")
            ),
            grouped(units.itertuples(index=False, name=None)),
            book,
        )

    @cached_property
    def _own(self) -> dict[str, str]:
        return dict(zip(self.sole.index.tolist(), self.sole.tolist(), strict=True))

    def find(self, recipient: str, name: str, unit: str, alone: bool) -> tuple[str, bool]:
        """The key of a visitor, and whether it is certain."""
        own = self._own.get(f"{recipient}{_TAB}{name}")
        if own:
            return own, True
        namesakes = self.several.get((recipient, name))
        if not namesakes:
            colleagues = frozenset() if unit else self._colleagues(recipient, name)
            return (next(iter(colleagues)), True) if len(colleagues) == 1 else self.book.find(name, unit, alone)
        same = {key for there, key in namesakes if unit and there == unit}
        return (same.pop(), True) if len(same) == 1 else (f"{name}|", False)

    def _colleagues(self, recipient: str, name: str) -> frozenset[str]:
        """The keys of those of that name in the units that are paired with the recipient."""
        units = self.units.get(recipient, frozenset())
        return frozenset().union(*(self.book.by_unit.get((name, unit), ()) for unit in units))


def visit_helpers(visits: pd.DataFrame, field: str, paired: Paired, succession: Succession) -> pd.DataFrame:
    """For each row `key`: the keys of those whom `field` names in order, joined with 、 (missing where nobody is named); `unclear`:
    the names, joined with 、, that may be one of several people.
    """
    stated = pd.DataFrame(
        {
            "recipient": visits["_recipient"].fillna(""),
            "visitors": name_keys(visits[field].astype("str")).astype("str").fillna(""),
            "unit": unit_keys(visits["helper_unit"].astype("str")).fillna("") if "helper_unit" in visits else "",
        }
    )
    stated = stated.assign(**_named_now(stated, succession))
    key = (stated["recipient"] + _TAB + stated["visitors"]).map(paired.sole).astype("str")
    unclear = pd.Series("", index=visits.index, dtype="str")
    rest = stated[key.isna() & (stated["visitors"] != "")]
    if len(rest):
        columns = [rest[name].tolist() for name in ("recipient", "visitors", "unit")]
        found = [_visitors(paired, *values) for values in zip(*columns, strict=True)]
        key = key.fillna(pd.Series([each for each, _ in found], index=rest.index, dtype="str").reindex(key.index))
        unclear[rest.index] = np.array([each for _, each in found], dtype=object)
    return pd.DataFrame({"key": key, "unclear": unclear})


def _named_now(stated: pd.DataFrame, succession: Succession) -> dict[str, pd.Series]:
    """`visitors` and `unit` by their names of now; several visitors share a unit, which stays as it is stated."""
    if not succession:
        return {}
    distinct = stated[["visitors", "unit"]].drop_duplicates()
    meant = [_meant(visitors, unit, succession) for visitors, unit in distinct.itertuples(index=False, name=None)]
    now = distinct.assign(visitors_now=[names for names, _ in meant], unit_now=[unit for _, unit in meant])
    merged = stated[["visitors", "unit"]].merge(now, how="left", on=["visitors", "unit"]).set_axis(stated.index)
    return {name: merged[f"{name}_now"].astype("str") for name in ("visitors", "unit")}


def _meant(visitors: str, unit: str, succession: Succession) -> tuple[str, str]:
    people = [succession.helper(HelperName(name, unit)) for name in visitors.split(SEPARATOR)]
    own = people[0].unit if len(people) == 1 else succession.unit(unit)
    return SEPARATOR.join(person.name for person in people), own


def _visitors(paired: Paired, recipient: str, visitors: str, unit: str) -> tuple[str | None, str]:
    names = [name for name in visitors.split(SEPARATOR) if name]
    found = [(name, *paired.find(recipient, name, unit, len(names) == 1)) for name in names]
    keys = dict.fromkeys(key for _, key, _ in found)
    return SEPARATOR.join(keys) or None, SEPARATOR.join(name for name, _, sure in found if not sure)
