"""Columns of ledgers that nobody fills in: computed from a table's rows, and from what else is known."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.ledger import RECIPIENTS, Derived, Seen
from bangfu_excel.core.table import Privacy


def _former_village(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """What the village of a household was called before it was merged or renamed."""
    return rows["_former_village"]


def _helpers(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """Who helps at the end of the period, joined with 、 in the order of the pairings."""
    pairings = seen.tables.get("pairing")
    if pairings is None or pairings.empty or not {"_recipient", "helper_name"} <= set(pairings):
        return pd.Series(pd.NA, index=rows.index, dtype="str")
    pairings = pairings[in_force(pairings, pd.Timestamp(seen.period.end))]
    named = pairings[["_recipient", "helper_name"]].dropna().drop_duplicates()
    joined: dict[str, str] = {}
    for recipient, helper in zip(named["_recipient"], named["helper_name"], strict=True):
        joined[recipient] = f"{joined[recipient]}、{helper}" if recipient in joined else helper
    return rows["_key"].map(joined).astype("str")


def in_force(pairings: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """True where a pairing had begun and not ended on a day; of one that says no day, that is so."""
    over = pairings["ended_on"] < day if "ended_on" in pairings else pd.Series(False, index=pairings.index)
    to_come = pairings["started_on"] > day if "started_on" in pairings else pd.Series(False, index=pairings.index)
    return ~(over.fillna(False) | to_come.fillna(False)).astype(bool)


DERIVED: tuple[Derived, ...] = (
    Derived("former_village", "原村", "household", ("_former_village",), _former_village),
    *(
        Derived("helpers", "帮扶责任人", table, ("_key",), _helpers, privacy=Privacy.NAME, width=16)
        for table in RECIPIENTS
    ),
)
"""Every computed column; a ledger names it like a field of its table."""
