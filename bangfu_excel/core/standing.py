"""Which registered rows a submission stands for: they are not held against it."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.columns import one_of
from bangfu_excel.core.places import place_keys
from bangfu_excel.core.rows import Rows, only_adds
from bangfu_excel.core.submitters import submitter_keys

SUBMITTER = "_submitter"
"""Column of what is registered: the unit that submitted a row, "" where unknown."""
FORMER = "household_former"
"""Among what is known: what registered households were called before (columns of the household roster, and `WAS`)."""
WAS = "_was"
"""Column of `FORMER`: the key under which a household stood before events gave it another one."""
CONFIRMED = "household_confirmed"
"""Among what is known: whom the office said references mean (`CONFIRMED_COLUMNS`)."""
REFERENCE_COLUMNS = ("id", "person", "name", "township", "village", "group")
"""What a row says of the household that it means, in matching form: number, identity number, name, place."""
CONFIRMED_BY = (*REFERENCE_COLUMNS, "beyond", "school", "class_name")
"""What a reference is known again by: besides the above, of one that means no household, whether a child or a village, and a child's school and class."""
CONFIRMED_COLUMNS = (*CONFIRMED_BY, "_key", "_none_of")
"""A reference that was confirmed, and the key of whom it means; or none, and the keys (a line each) that it does not mean."""
DECIDED = "value_decided"
"""Among what is known: which contradictions the office has settled (`DECIDED_COLUMNS`)."""
DECIDED_COLUMNS = ("table", "key", "field", "stated")
"""A record's field, and the texts (a line each) between which was decided."""


def replaced_rows(rows: Rows, table: str, registered: pd.DataFrame, *, roster: bool) -> pd.Series:
    """True for rows of `registered` that a submitted row has the key of, in a roster also its household or village.

    Of the same household: unless another unit is known to have submitted it. Of the same village: where the same unit is
    known to have. Rows that only add take the place of their key alone.
    """
    if table not in rows:
        return pd.Series(False, index=registered.index)
    submitted = rows[table]
    gone = _shared(registered, submitted, "_key")
    if not roster:
        return gone
    submitted = submitted[~only_adds(submitted)]
    household = _shared(registered, submitted, "_recipient")
    if SUBMITTER not in registered:
        return gone | household
    theirs, ours = submitter_keys(registered[SUBMITTER].astype("str")), submitters(rows, submitted)
    same = one_of(theirs + "|" + registered["_recipient"], ours + "|" + submitted["_recipient"])
    unknown = (theirs.fillna("") == "") | one_of(registered["_recipient"], submitted["_recipient"][ours.isna()])
    stated = submitted["village"].notna() if "village" in submitted else pd.Series(False, index=submitted.index)
    covered = (ours + "|" + stated_villages(submitted))[stated].drop_duplicates()
    return gone | same | (household & unknown) | one_of(theirs + "|" + stated_villages(registered), covered)


def submitters(rows: Rows, frame: pd.DataFrame) -> pd.Series:
    """Who submitted each row, in matching form: the 填报单位 of its sheet, else its township; missing where unknown."""
    named = {i: source.metadata.get("填报单位") or None for i, source in enumerate(rows.sources)}
    stated = frame["_region"].map(named).astype("str")
    return submitter_keys(stated.fillna(frame["township"].astype("str")) if "township" in frame else stated)


def stated_villages(frame: pd.DataFrame) -> pd.Series:
    """township|village of each row as it states them itself, in matching form, "" for what it does not."""
    return _folded(frame, "township") + "|" + _folded(frame, "village")


def _shared(registered: pd.DataFrame, submitted: pd.DataFrame, column: str) -> pd.Series:
    if column not in registered or column not in submitted:
        return pd.Series(False, index=registered.index)
    return pd.Series(one_of(registered[column], submitted[column]), index=registered.index)


def _folded(frame: pd.DataFrame, name: str) -> pd.Series:
    if name not in frame:
        return pd.Series("", index=frame.index, dtype="str")
    return place_keys(frame[name]).fillna("")
