"""The rows of the ledgers: each visit, pairing and member beside the household it belongs to, in an official order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.masking import masked
from bangfu_excel.core.rows import has_name
from bangfu_excel.core.table import Table

_FROM_HOUSEHOLD = ("township", "village", "group", "household_id", "head_name", "household_type", "member_count")
AREA = "_area"
STATE = "_state"
WITHHELD = "_withheld_"  # + field: True where the value is withheld


class Exposure(StrEnum):
    """Who will read a ledger."""

    FULL = "full"  # the office itself
    PUBLIC = "public"  # anyone: identity numbers, phones, names and what is sensitive are masked


@dataclass(frozen=True)
class LedgerRows:
    """Accepted rows (canonical columns and what the link step added), ready for columns.

    tables: table → rows · declared: table → its declaration · on: the day on which a pairing must be in force for its helper
    to be 帮扶责任人; whenever, where it is not given.
    """

    tables: Mapping[str, pd.DataFrame]
    declared: Mapping[str, Table]
    on: dt.date | None = None

    @cached_property
    def households(self) -> pd.DataFrame:
        """One row a household, by township, village (as they first appear) and group (by number), with 帮扶责任人."""
        rows = self._marked("household")
        if rows.empty:
            return rows.assign(_helpers=pd.Series(dtype="str"), **{AREA: pd.Series(dtype="str")})
        order = np.lexsort((_group_number(rows), _appearance(rows, "village"), _appearance(rows, "township")))
        rows = rows.iloc[order].reset_index(drop=True)
        return rows.assign(_helpers=self._helpers(rows), **{AREA: _text(rows, "township")})

    @cached_property
    def members(self) -> pd.DataFrame:
        """One row a person, in the order of their households."""
        rows = self._beside_household("member")
        return rows.sort_values("_position", kind="stable", ignore_index=True)

    @cached_property
    def pairings(self) -> pd.DataFrame:
        """One row a pairing, in the order of the households."""
        rows = self._beside_household("pairing")
        rows["_recipient_name"] = _text(rows, "_head_name").where(rows["_found"], _text(rows, "recipient_name"))
        return rows.sort_values("_position", kind="stable", ignore_index=True)

    @cached_property
    def visits(self) -> pd.DataFrame:
        """One row a visit to a household, by date, then in the order of the households."""
        rows = self._beside_household("visit")
        by = [name for name in ("visited_on", "_position") if name in rows]
        return rows.sort_values(by, kind="stable", ignore_index=True)

    def frames(self, exposure: Exposure = Exposure.FULL) -> dict[str, pd.DataFrame]:
        """Table → rows, of the tables that are there."""
        makers = {"household": "households", "member": "members", "pairing": "pairings", "visit": "visits"}
        there = [name for name in makers if name in self.tables and name in self.declared]
        rows: dict[str, pd.DataFrame] = {name: getattr(self, makers[name]) for name in there}
        return {name: self._masked(name, frame) for name, frame in rows.items()} if exposure == "public" else rows

    def _masked(self, table: str, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with private values masked, also those that come from the household."""
        household = self.declared["household"]
        theirs = {name: f"_{name}" for name in _FROM_HOUSEHOLD if f"_{name}" in rows}
        beside = masked(rows[list(theirs.values())].set_axis(list(theirs), axis=1), household)
        columns = {theirs[name]: beside[name] for name in theirs}
        if "_recipient_name" in rows:
            shown = masked(rows[["_recipient_name"]].set_axis(["recipient_name"], axis=1), self.declared["pairing"])
            columns["_recipient_name"] = shown["recipient_name"]
        return masked(rows.assign(**columns), self.declared[table])

    def _helpers(self, households: pd.DataFrame) -> pd.Series:
        """帮扶责任人 of each household, joined with 、 in the order of the pairings."""
        pairings = self.tables.get("pairing")
        if pairings is None or pairings.empty or not {"_recipient", "helper_name"} <= set(pairings):
            return pd.Series(pd.NA, index=households.index, dtype="str")
        if self.on:
            pairings = pairings[_in_force(pairings, pd.Timestamp(self.on))]
        named = pairings[["_recipient", "helper_name"]].dropna().drop_duplicates()
        joined: dict[str, str] = {}
        for recipient, helper in zip(named["_recipient"], named["helper_name"], strict=True):
            joined[recipient] = f"{joined[recipient]}、{helper}" if recipient in joined else helper
        return _text(households, "_key").map(joined).astype("str")

    def _beside_household(self, table: str) -> pd.DataFrame:
        """The rows of `table` with `_township`, `_village`, `_group` … of their household, else their own."""
        rows = self._marked(table)
        households = self.households
        keys = pd.Index(_text(households, "_key"))
        first = np.flatnonzero(~keys.duplicated())
        at = keys[first].get_indexer(_text(rows, "_recipient"))
        at[_text(rows, "_recipient").isna().to_numpy()] = -1
        at[at >= 0] = first[at[at >= 0]]
        rows["_found"] = at >= 0
        rows["_position"] = np.where(at >= 0, at, len(households))
        refers = self.declared[table].refers
        group = "group" if refers is None else refers.group
        for name in _FROM_HOUSEHOLD:
            own = _text(rows, group if name == "group" else name)
            rows[f"_{name}"] = _looked_up(own, households, name, at)
        rows[AREA] = rows["_township"]
        return self._with_matching(rows, table)

    def _with_matching(self, rows: pd.DataFrame, table: str) -> pd.DataFrame:
        if self.declared[table].helper and "_link" in rows:
            unmatched = rows["_link"].isin(["none", "ambiguous"])
            rows[STATE] = _joined(pd.Series("待匹配", index=rows.index, dtype="str").where(unmatched), rows[STATE])
        return rows

    def _marked(self, table: str) -> pd.DataFrame:
        """A copy of the rows with their state and, for each field that is withheld somewhere, where."""
        rows = self.tables.get(table, pd.DataFrame()).copy(deep=False).reset_index(drop=True)
        withheld = _text(rows, "_withheld").fillna("").astype("str")
        labels = {text: self._labels(table, text, "待更正") for text in withheld.unique()}
        for field in sorted({name for text in labels for name in text.split("、") if name}):
            rows[WITHHELD + field] = has_name(withheld, field)
        corrected = _text(rows, "_corrected").fillna("").astype("str")
        told = {text: self._labels(table, text, "已更正") for text in corrected.unique()}
        waiting = _joined(_conflicts(rows), withheld.map(labels).astype("str"))
        rows[STATE] = _joined(waiting, corrected.map(told).astype("str"))
        return rows

    def _labels(self, table: str, fields: str, state: str) -> str | None:
        declared = self.declared[table]
        names = [declared[name].label for name in fields.split("、") if name in declared]
        return f"{state}：{'、'.join(names)}" if names else None


def _in_force(pairings: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """True where a pairing had begun and not ended on a day; of one that says no day, that is so."""
    over = pairings["ended_on"] < day if "ended_on" in pairings else pd.Series(False, index=pairings.index)
    to_come = pairings["started_on"] > day if "started_on" in pairings else pd.Series(False, index=pairings.index)
    return ~(over.fillna(False) | to_come.fillna(False)).astype(bool)


def _text(rows: pd.DataFrame, name: str) -> pd.Series:
    """A column as text, missing where it is not there."""
    return rows[name] if name in rows else pd.Series(pd.NA, index=rows.index, dtype="str")


def _looked_up(own: pd.Series, households: pd.DataFrame, name: str, at: NDArray[np.intp]) -> pd.Series:
    """`name` of the household at these positions (below 0: none); the row's own value where that is missing."""
    if name not in households or households.empty:
        return own
    theirs = households[name].take(np.maximum(at, 0)).set_axis(own.index).where(at >= 0)
    return theirs.fillna(own) if own.dtype == theirs.dtype else theirs


def _conflicts(rows: pd.DataFrame) -> pd.Series:
    """待裁决 where the row's key is in conflict (`_pending`, yes/no or a text that says why)."""
    pending = rows["_pending"] if "_pending" in rows else pd.Series(False, index=rows.index)
    marked = pending.fillna(False).astype(bool) if pending.dtype != "str" else pending.fillna("") != ""
    return pd.Series("待裁决", index=rows.index, dtype="str").where(marked)


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    """Two remarks in one, with ； between where there are both."""
    both = first.notna() & second.notna()
    return first.fillna(second).mask(both, first + "；" + second)


def _appearance(rows: pd.DataFrame, name: str) -> NDArray[np.intp]:
    codes, _ = pd.factorize(_text(rows, name))
    return np.where(codes < 0, len(rows), codes)


def _group_number(rows: pd.DataFrame) -> NDArray[np.float64]:
    """The number in 3组, else the order of appearance after all numbers."""
    codes, groups = pd.factorize(_text(rows, "group"))
    digits = pd.Series(groups, dtype="str").str.extract(r"(\d+)", expand=False)
    numbers = pd.to_numeric(digits).to_numpy(dtype=float, na_value=np.nan)
    ranks = np.where(np.isnan(numbers), 1e6 + np.arange(len(numbers)), numbers)
    ranked: NDArray[np.float64] = np.append(ranks, 1e9)[codes]
    return ranked
