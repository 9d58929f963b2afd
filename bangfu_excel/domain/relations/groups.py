"""Rows that share something, and how they are named in a sentence."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

SHOWN = 200
"""So many related rows a finding lists."""
_NAMED = 3


def nothing() -> pd.DataFrame:
    """No row breaks the rule."""
    return pd.DataFrame(index=pd.Index([], dtype="int64"))


def joined(frame: pd.DataFrame, *columns: str) -> pd.Series:
    """The values of `columns` as one text a row; missing where one of them is."""
    text = frame[columns[0]].astype("str")
    for column in columns[1:]:
        text = text + "|" + frame[column].astype("str")
    return text


def sharing(by: pd.Series, apart: pd.Series | None = None) -> pd.DataFrame:
    """The rows whose value in `by` stands on other rows too: columns `by` and `_related` (the other rows' labels).

    apart: only groups in which this takes several values.
    """
    shared = by.dropna()
    shared = shared[shared.duplicated(keep=False)]
    if apart is not None and len(shared):
        shared = shared[apart.loc[shared.index].groupby(shared).transform("nunique") > 1]
    members = {value: tuple(labels[: SHOWN + 1]) for value, labels in shared.groupby(shared).groups.items()}
    related = [tuple(other for other in members[value] if other != label) for label, value in shared.items()]
    return pd.DataFrame({"by": shared, "_related": pd.Series(related, index=shared.index, dtype="object")})


def one_a_group(found: pd.DataFrame, frame: pd.DataFrame, within: pd.Series | None = None) -> pd.DataFrame:
    """Of `found` (from `sharing`) the first submitted row of each group, or of each group and value of `within`."""
    submitted = found[frame.loc[found.index, "_region"] >= 0]
    by = submitted["by"] if within is None else submitted["by"] + "|" + within.loc[submitted.index].astype("str")
    return submitted[~by.duplicated()]


def listed(names: Iterable[object], measure: str = "人") -> str:
    """张三、李四、王五等5人: the first names and, where there are more, how many."""
    distinct = list(dict.fromkeys(str(name) for name in names if not pd.isna(name)))
    shown = "、".join(distinct[:_NAMED])
    return shown if len(distinct) <= _NAMED else f"{shown}等{len(distinct)}{measure}"


def home(frame: pd.DataFrame) -> pd.Series:
    """The household that a row belongs to: the one it was linked to, else what it says itself."""
    return frame["_recipient"].fillna(frame["household_id"]).fillna(frame["head_name"])
