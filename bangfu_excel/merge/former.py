"""What a household was called, numbered and where it lived before: visits and pairings still name it so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import pandas as pd

from bangfu_excel.core.names import name_keys
from bangfu_excel.core.places import group_keys, place_keys

_WHO, _WHERE = ("head_name", "head_id"), ("township", "village", "group")
FORMER_COLUMNS = ("household_id", *_WHO, *_WHERE, "_key")


def former_references(
    versions: pd.DataFrame, current: pd.DataFrame, renamed: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """`FORMER_COLUMNS`: every head × place, and every number, that a current household had once and has no longer.

    versions: rows of the household roster that any batch in force brought, superseded ones included · current: the current
    ones · renamed: key of before → key of now, for households whose key changed. A head of before is named in the village
    of now as well as in that of before. Households that are not current have no reference.
    """
    old = versions.assign(_key=versions["_key"].replace(dict(renamed or {})))
    old = old[old["_key"].isin(current["_key"])]
    everything = pd.concat([_stated(old), _stated(current)], ignore_index=True)
    who = everything[["_key", *_WHO]].drop_duplicates()
    where = everything[["_key", *_WHERE]].drop_duplicates()
    crossed = who.merge(where, on="_key").assign(household_id=pd.Series(dtype="str"))
    numbers = everything[["_key", "household_id"]].dropna()
    named = pd.concat([crossed, numbers], ignore_index=True).reindex(columns=list(FORMER_COLUMNS)).astype("str")
    now = _stated(current)
    known = pd.concat([_marks(now.assign(household_id=None)), _marks(now[["_key", "household_id"]])])
    marks = _marks(named)
    return named[~marks.isin(known) & ~marks.duplicated()].reset_index(drop=True)


def _stated(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.reindex(columns=list(FORMER_COLUMNS)).astype("str").dropna(subset="_key")


def _marks(rows: pd.DataFrame) -> pd.Series:
    """Each row in matching form, as one text."""
    forms = {"head_name": name_keys, "township": place_keys, "village": place_keys, "group": group_keys}
    stated = rows.reindex(columns=list(FORMER_COLUMNS)).astype("str")
    parts = [forms[name](stated[name]) if name in forms else stated[name] for name in FORMER_COLUMNS]
    return reduce(lambda left, right: left + "|" + right, [part.astype("str").fillna("") for part in parts])
