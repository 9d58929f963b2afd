"""Rows that share something, and how they are named in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.domain.identity import GONE

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
    codes, values = pd.factorize(by)
    shared = _often(codes)
    if apart is not None and shared.any():
        shared &= _several(codes, pd.factorize(apart.loc[by.index])[0])
    labels, groups = by.index.to_numpy()[shared], codes[shared]
    related = pd.Series(_others(labels, groups), index=labels, dtype="object")
    return pd.DataFrame({"by": values.take(groups), "_related": related}, index=labels)


def _often(codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True where a code (none below 0) occurs more than once."""
    counts = np.bincount(codes[codes >= 0], minlength=1)
    return (codes >= 0) & (counts[codes] > 1)


def _several(codes: NDArray[np.int64], apart: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True where a code stands beside more than one value of `apart` (none below 0)."""
    stated = (codes >= 0) & (apart >= 0)
    pairs = np.unique(codes[stated] * (apart.max(initial=0) + 1) + apart[stated]) // (apart.max(initial=0) + 1)
    return (codes >= 0) & (np.bincount(pairs, minlength=codes.max(initial=0) + 1)[codes] > 1)


def _others(labels: NDArray[np.int64], groups: NDArray[np.int64]) -> list[tuple[int, ...]]:
    """For each label the others of its group."""
    members = members_of(labels, groups)
    return [
        tuple(other for other in members[group] if other != label)
        for label, group in zip(labels.tolist(), groups.tolist(), strict=True)
    ]


def members_of(labels: NDArray[np.int64], groups: Sequence[object] | NDArray[np.int64]) -> dict[object, list[int]]:
    """Group → its labels, in order; of a large group those that a finding shows."""
    members: dict[object, list[int]] = {}
    for label, group in zip(labels.tolist(), list(groups), strict=True):
        found = members.setdefault(group, [])
        if len(found) <= RELATED_SHOWN:
            found.append(label)
    return members


def one_a_group(found: pd.DataFrame, frame: pd.DataFrame, within: pd.Series | None = None) -> pd.DataFrame:
    """Of `found` (from `sharing`) the first submitted row of each group, or of each group and value of `within`."""
    submitted = found[frame.loc[found.index, "_region"] >= 0]
    by = submitted["by"] if within is None else submitted["by"] + "|" + within.loc[submitted.index].astype("str")
    return submitted[~by.duplicated()]


def a_sheet(rows: pd.DataFrame, called: str, measure: str) -> pd.DataFrame:
    """One row a sheet of the submitted `rows` that have a name: the first of them; number, others (their names), `_related`.

    called: the column of the name · measure: what they are counted by (人, 个).
    """
    told = rows[(rows["_region"] >= 0) & rows[called].notna()]
    found = {
        int(group.index[0]): {
            "number": len(group),
            "others": listed(group[called], measure),
            "_related": tuple(int(label) for label in group.index[1 : RELATED_SHOWN + 1]),
        }
        for _, group in told.groupby(joined(told, "_file", "_sheet"), sort=False)
    }
    return pd.DataFrame.from_dict(found, orient="index") if found else nothing()


def listed(names: Iterable[object], measure: str = "人") -> str:
    """张三、李四、王五等5人: the first names and, where there are more, how many."""
    distinct = list(dict.fromkeys(str(name) for name in names if not pd.isna(name)))
    shown = "、".join(distinct[:_NAMED])
    return shown if len(distinct) <= _NAMED else f"{shown}等{len(distinct)}{measure}"


def home(frame: pd.DataFrame) -> pd.Series:
    """The household that a row belongs to: the one it was linked to, else what it says itself."""
    return frame["_recipient"].fillna(frame["household_id"]).fillna(frame["head_name"])


def present(members: pd.DataFrame) -> pd.DataFrame:
    """The members who are there, of households that are known."""
    return members[members["_recipient"].notna() & ~members["status"].isin(GONE)]
