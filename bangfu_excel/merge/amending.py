"""What the office says of values and records: corrections and events applied to rows, and which rows say otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from bangfu_excel.core.names import name_key
from bangfu_excel.core.places import group_key, place_key, place_keys
from bangfu_excel.merge.changes import value_text
from bangfu_excel.merge.draft import PLACES, Amended, Draft, Touched
from bangfu_excel.merge.events import (
    CALLED,
    HOUSEHOLD,
    PAIRING,
    Act,
    Change,
    Founded,
    Removal,
    Transfer,
    VillageChange,
    acts,
)
from bangfu_excel.merge.natural import Natural, natural
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State
from bangfu_excel.merge.transfers import apply_transfers

_NAMES = frozenset(("head_name", "recipient_name", "helper_name", "name"))
_GROUPS = frozenset(("group", "villager_group"))


def acts_of(state: State, renames: Renames) -> tuple[Act, ...]:
    """Everything that the office has corrected or told, in order, with the keys of now."""
    return tuple(_with_keys(act, renames) for entry in state.office for act in acts(entry))


def amended(rows: pd.DataFrame, table: str, said: Sequence[Act]) -> Amended:
    """The rows of `table` (one a key, or all that are stated; a RangeIndex) with what the office says applied in its order."""
    draft = Draft(rows, table)
    for kind, group in groupby((act for act in said if _concerns(act, table)), key=type):
        _APPLY[kind](draft, list(group))
    return draft.done()


def _concerns(act: Act, table: str) -> bool:
    match act:
        case Change() | Removal():
            return act.table == table
        case Founded():
            return table == HOUSEHOLD
        case Transfer():
            return table == PAIRING
    return table in CALLED


def _with_keys(act: Act, renames: Renames) -> Act:
    if not renames:
        return act
    match act:
        case Change() | Removal():
            meant = isinstance(act, Change) and act.column == "_recipient"
            key = renames.recipient(act.key) if meant else renames.key(act.table, act.key)
            return act if key == act.key else replace(act, key=key)
        case Founded():
            return replace(act, key=renames.household(act.key))
        case Transfer():
            return replace(act, households=tuple(renames.recipient(key) for key in act.households))
    return act


def _same(name: str) -> Callable[[str], str]:
    """The form in which two values of a field are compared."""
    if name in _NAMES:
        return name_key
    return place_key if name in PLACES else group_key if name in _GROUPS else str


def _apply_changes(draft: Draft, changes: Sequence[Change]) -> None:
    by_field: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        by_field.setdefault((change.field, change.column), []).append(change)
    for (name, column), found in by_field.items():
        _apply_field(draft, name, column, found)


def _apply_field(draft: Draft, name: str, column: str, changes: Sequence[Change]) -> None:
    where = draft.positions(column, {change.key for change in changes})
    form = _same(name)
    said = _all_stated(draft.rows, [at for found in where.values() for at in found], name)
    now: dict[int, tuple[Natural, str]] = {}
    last: dict[int, Change] = {}
    for change in changes:
        hit = []
        for at in where.get(change.key, ()):
            value = now.get(at, said[at])
            text = text_of(*value)
            last[at] = change
            if change.fills if not text else form(text) == form(text_of(change.old, change.old_precision)):
                now[at] = (change.new, change.precision)
                hit.append(at)
        if hit:
            draft.touched.append(Touched(name, tuple(hit), change.said))
    for at, change in last.items():
        value = now.get(at, said[at])
        text = text_of(*value)
        if text and form(text) != form(text_of(change.new, change.precision)):
            draft.differing.append((at, change))
    draft.put(name, now)


def stated(rows: pd.DataFrame, at: int, name: str) -> tuple[Natural, str]:
    """The natural value of a field in the row at a position, and its precision."""
    return _all_stated(rows, [at], name)[at]


def _all_stated(rows: pd.DataFrame, at: Sequence[int], name: str) -> dict[int, tuple[Natural, str]]:
    values, precisions = (
        rows[column].take(at).tolist() if column in rows else [None] * len(at)
        for column in (name, f"{name}__precision")
    )
    said = zip(map(natural, values), precisions, strict=True)
    return {
        i: (value, precision if isinstance(precision, str) else "")
        for i, (value, precision) in zip(at, said, strict=True)
    }


def alike(name: str, one: str, other: str) -> bool:
    """Whether two texts of a field say the same: names, places and groups in matching form."""
    form = _same(name)
    return form(one) == form(other)


def text_of(value: Natural, precision: str) -> str:
    """A natural value as a person would write it."""
    return value_text(*_shown((value, precision)))


def _shown(value: tuple[Natural, str]) -> tuple[object, str]:
    """A natural value as `value_text` takes it: a date by its precision."""
    said, precision = value
    if isinstance(said, str) and precision in ("year", "month"):
        return said[: 4 if precision == "year" else 7], ""
    return said, precision


def _apply_villages(draft: Draft, changes: Sequence[VillageChange]) -> None:
    for change in changes:
        if "village" not in draft.rows or "township" not in draft.rows:
            return
        there = [place_keys(draft.rows[name]).fillna("") for name in ("township", "village")]
        at = np.flatnonzero((there[0] == change.old[0]) & (there[1] == change.old[1])).tolist()
        for name, value in zip(("township", "village"), change.new, strict=True):
            draft.put(name, dict.fromkeys(at, (value, "")))
        if at:
            draft.touched.append(Touched("village", tuple(at), change.said))
            if place_key(change.new[0]) != change.old[0]:
                draft.touched.append(Touched("township", tuple(at), change.said))


def _apply_removals(draft: Draft, removals: Sequence[Removal]) -> None:
    by_key = {one.key: one for one in removals}
    for key, found in draft.positions("_key", by_key).items():
        draft.gone.update(dict.fromkeys(found, by_key[key]))


def _apply_founded(draft: Draft, founded: Sequence[Founded]) -> None:
    there = draft.positions("_key", {one.key for one in founded})
    for one in founded:
        if one.key not in there:
            draft.add([{**one.values, "_key": one.key, "_recipient": one.key}], one.said)


_APPLY: Mapping[type, Callable[[Draft, list[Any]], None]] = {
    Change: _apply_changes, VillageChange: _apply_villages, Removal: _apply_removals, Founded: _apply_founded,
    Transfer: apply_transfers,
}  # fmt: skip
