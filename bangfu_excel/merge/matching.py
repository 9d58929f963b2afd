"""The rows of two states side by side: the same record, also under another key; who follows whom; what is only in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.merge.changes import paired
from bangfu_excel.merge.current import current_rows
from bangfu_excel.merge.happenings import new_office
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.resolving import no_origins
from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import read_table
from bangfu_excel.merge.succeeding import SINCE, UNTIL
from bangfu_excel.merge.tracing import traced_table

Numbers = NDArray[np.int64]
_NONE: Numbers = np.zeros(0, dtype=np.int64)
_RECIPIENTS = (_HOUSEHOLD, _CHILD) = ("household", "child")
_SAME: Mapping[str, tuple[tuple[str, ...], ...]] = {
    _HOUSEHOLD: (("head_id",),),
    "member": (("_recipient", "id_number"), ("_recipient", "name")),
    "pairing": (("_recipient", "_helper"), ("_recipient", SINCE)),
    "visit": (("_recipient", "_helper", "_unit"),),
    _CHILD: (("id_number",), ("school", "name"), ("township", "village", "name")),  # who has moved up a class
    "helper": (("id_number",), ("unit", "name")),
}
"""Table → by which columns a record under another key is known again, where it is the only one on both sides that agrees."""
_NUMBER = "id_number"
_NAMESAKES = frozenset((("school", "name"), ("township", "village", "name"), ("unit", "name")))
"""Columns in which two persons may agree: with different identity numbers they are two."""


@dataclass(frozen=True, repr=False)
class Sides:
    """The rows of a table before (`was`, `_former`: their keys then, `_key`: as events have renamed them since) and after (`now`).

    old, new: positions of the same record in both · gone, come: of records that are only in one · predecessors,
    successors: in `was` and `now`, of pairings that follow each other; the successors are among `come`, the predecessors
    among `gone` or, where they were closed, among `old` · origins: of the values of now that are not of their row's own cell.
    """

    table: str
    was: pd.DataFrame
    now: pd.DataFrame
    old: Numbers
    new: Numbers
    gone: Numbers
    come: Numbers
    origins: pd.DataFrame = field(default_factory=no_origins)
    predecessors: Numbers = field(default_factory=lambda: _NONE)
    successors: Numbers = field(default_factory=lambda: _NONE)

    def preceding(self) -> pd.DataFrame:
        """The predecessors' rows: as they are now where they were closed, else as they were, under the keys of then."""
        now_at = np.full(len(self.was), -1, dtype=np.int64)
        now_at[self.old] = self.new
        now_at = now_at[self.predecessors]
        gone = self.was.take(self.predecessors[now_at < 0])
        rows = pd.concat([self.now.take(now_at[now_at >= 0]), gone.assign(_key=gone["_former"])], ignore_index=True)
        order = np.argsort(np.concatenate([np.flatnonzero(now_at >= 0), np.flatnonzero(now_at < 0)]))
        return rows.take(order).reset_index(drop=True)


def sides_of(folder: Path, since: State, until: State) -> dict[str, Sides]:
    """Table → its two sides, for the tables that may differ."""
    read = cache(read_table)
    renames = Renames.of(folder, replace(until, office=new_office(since, until)))
    keys: dict[str, str] = {}
    found: dict[str, Sides] = {}
    tables = {*since.tables, *until.tables}
    for table in sorted(tables, key=lambda name: (name not in _RECIPIENTS, name)):
        if since.basis(table) == until.basis(table) and not keys:
            continue
        was, traced = current_rows(folder, since, table, read), traced_table(folder, until, table, read)
        was = _renamed(renames.rows(was.assign(_former=was["_key"]), table), keys)
        side = replace(_sides(table, was, traced.rows), origins=traced.origins)
        if table in _RECIPIENTS:
            keys |= _new_keys(side)
        found[table] = _with_successors(side)
    return dict(sorted(found.items()))


def _sides(table: str, was: pd.DataFrame, now: pd.DataFrame) -> Sides:
    pairs = paired(was, now)
    side = Sides(table, was, now, pairs.old, pairs.new, pairs.gone, pairs.come)
    for columns in _SAME.get(table, ()):
        side = _known_again(side, columns)
    return side


def _known_again(side: Sides, columns: Sequence[str]) -> Sides:
    """With the records that are gone and have come, and agree in `columns`, as one."""
    names = list(columns)
    if not (len(side.gone) and len(side.come) and set(names) <= set(side.was.columns) & set(side.now.columns)):
        return side
    gone, come = (
        rows[names].take(at).assign(at=at).dropna().drop_duplicates(names, keep=False)
        for rows, at in ((side.was, side.gone), (side.now, side.come))
    )
    same = gone.merge(come, on=names, suffixes=("_gone", "_come"))
    if tuple(columns) in _NAMESAKES and {_NUMBER} <= set(side.was.columns) & set(side.now.columns):
        before = side.was[_NUMBER].take(same["at_gone"].to_numpy()).to_numpy(dtype=object)
        after = side.now[_NUMBER].take(same["at_come"].to_numpy()).to_numpy(dtype=object)
        same = same[pd.isna(before) | pd.isna(after) | (before == after)]
    if same.empty:
        return side
    old, new = (same[name].to_numpy(dtype=np.int64) for name in ("at_gone", "at_come"))
    return replace(
        side,
        old=np.concatenate([side.old, old]),
        new=np.concatenate([side.new, new]),
        gone=np.setdiff1d(side.gone, old, assume_unique=True),
        come=np.setdiff1d(side.come, new, assume_unique=True),
    )


def _new_keys(side: Sides) -> dict[str, str]:
    """Key of before → key of now, of the households whose key has changed."""
    pairs = zip(side.was["_key"].take(side.old), side.now["_key"].take(side.new), strict=True)
    return {before: after for before, after in pairs if before != after}


def _renamed(rows: pd.DataFrame, keys: Mapping[str, str]) -> pd.DataFrame:
    """The rows with recipients' keys of now, in their own keys too, which begin with them."""
    if not keys or "_recipient" not in rows:
        return rows
    recipient = rows["_recipient"].map(dict(keys)).astype("str").fillna(rows["_recipient"])
    at = np.flatnonzero((recipient != rows["_recipient"]).fillna(False))
    own = rows["_key"].to_list()
    for i in at:
        before = f"{rows['_recipient'].iat[i]}|"
        if isinstance(own[i], str) and own[i].startswith(before):
            own[i] = f"{recipient.iat[i]}|{own[i][len(before) :]}"
    return rows.assign(_recipient=recipient, _key=pd.Series(own, index=rows.index, dtype="str"))


def _with_successors(side: Sides) -> Sides:
    """Who follows whom: of one recipient the pairings that ended or are gone, and those that came, in their order in time."""
    if not {"_recipient", "_helper", SINCE, UNTIL} <= set(side.was.columns) & set(side.now.columns):
        return side
    ended = (side.was[UNTIL].take(side.old).isna().to_numpy()) & (side.now[UNTIL].take(side.new).notna().to_numpy())
    left, came = _in_order(side.was, np.concatenate([side.gone, side.old[ended]])), _in_order(side.now, side.come)
    both = left.merge(came, on=["_recipient", "number"], suffixes=("_left", "_came"))
    both = both[both["_helper_left"] != both["_helper_came"]]
    old, new = (both[name].to_numpy(dtype=np.int64) for name in ("at_left", "at_came"))
    return replace(side, predecessors=old, successors=new)


def _in_order(rows: pd.DataFrame, at: Numbers) -> pd.DataFrame:
    """The pairings at these positions, by recipient and start, numbered within the recipient."""
    chosen = rows[["_recipient", "_helper", SINCE]].take(at).assign(at=at).dropna(subset=["_recipient", "_helper"])
    chosen = chosen.sort_values(["_recipient", SINCE, "at"], kind="stable")
    return chosen.assign(number=chosen.groupby("_recipient").cumcount())
