"""Who visited: each name in a visitor cell, first among the recipient's own helpers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.names import name_keys
from bangfu_excel.link.helpers import HelperBook, grouped
from bangfu_excel.link.references import unit_keys

MANY = "、"
PAIR_COLUMNS = ("recipient", "name", "unit", "key")


@dataclass(frozen=True)
class Paired:
    """The helpers of each recipient.

    sole: recipient and name → key, where one helper of the recipient has that name · several: the same where more than
    one has it, with their units.
    """

    sole: Mapping[tuple[str, str], str]
    several: Mapping[tuple[str, str], frozenset[tuple[str, str]]]
    book: HelperBook

    @classmethod
    def of(cls, pairs: pd.DataFrame, book: HelperBook) -> Paired:
        """From every pairing's `PAIR_COLUMNS`."""
        distinct = pairs.drop_duplicates(["recipient", "name", "key"])
        repeated = distinct.duplicated(["recipient", "name"], keep=False)
        sole = distinct[~repeated]
        entries = pairs.merge(distinct.loc[repeated, ["recipient", "name"]].drop_duplicates())
        return cls(
            dict(zip(zip(sole["recipient"], sole["name"], strict=True), sole["key"], strict=True)),
            grouped(
                ((row.recipient, row.name), (row.unit, row.key))
                for row in entries[list(PAIR_COLUMNS)].itertuples(index=False, name="Pair")
            ),
            book,
        )

    def find(self, recipient: str, name: str, unit: str, alone: bool) -> tuple[str, bool]:
        """The key of a visitor, and whether it is certain."""
        own = self.sole.get((recipient, name))
        if own:
            return own, True
        namesakes = self.several.get((recipient, name))
        if not namesakes:
            return self.book.find(name, unit, alone)
        same = {key for there, key in namesakes if unit and there == unit}
        return (same.pop(), True) if len(same) == 1 else (f"{name}|", False)


def visit_helpers(visits: pd.DataFrame, paired: Paired) -> pd.DataFrame:
    """For each visit `key`: the keys of its visitors in order, joined with 、 (missing where nobody is named); `unclear`:
    the names, joined with 、, that may be one of several people.
    """
    stated = {
        "recipient": visits["_recipient"].fillna(""),
        "visitors": name_keys(visits["visitors"]).astype("str").fillna(""),
        "unit": unit_keys(visits["helper_unit"].astype("str")).fillna("") if "helper_unit" in visits else "",
    }
    codes, distinct = pd.factorize(pd.MultiIndex.from_frame(pd.DataFrame(stated, index=visits.index)))
    found = [_visitors(paired, *values) for values in distinct]
    answer = pd.DataFrame(found, columns=["key", "unclear"]).astype("str")
    return answer.take(codes).set_axis(visits.index)


def _visitors(paired: Paired, recipient: str, visitors: str, unit: str) -> tuple[str | None, str]:
    names = [name for name in visitors.split(MANY) if name]
    found = [(name, *paired.find(recipient, name, unit, len(names) == 1)) for name in names]
    keys = dict.fromkeys(key for _, key, _ in found)
    return MANY.join(keys) or None, MANY.join(name for name, _, sure in found if not sure)
