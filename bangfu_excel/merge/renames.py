"""The keys of now for the keys that evidence carries, as events have renamed them. Two households are never made one by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from bangfu_excel.merge.events import HOUSEHOLD, MEMBER, Step, founded_key
from bangfu_excel.merge.events import events as events_of
from bangfu_excel.merge.parquet import read_arrow
from bangfu_excel.merge.state import Registered, State
from bangfu_excel.merge.units import former_units


@dataclass(frozen=True)
class Renames:
    """steps: in order · occupied: of each step, the keys that another household had before: what would become one of them keeps its own."""

    steps: tuple[Step, ...] = ()
    occupied: tuple[frozenset[str], ...] = ()

    @classmethod
    def of(cls, folder: Path, state: State) -> Renames:
        """The renames that are in force, given the submissions below `folder`."""
        return cls(state.steps, _occupied(state.steps, folder, state)) if state.steps else cls()

    def __bool__(self) -> bool:
        return bool(self.steps)

    def household(self, key: str) -> str:
        """The key under which a household's own row stands now."""
        for at, step in enumerate(self.steps):
            key = key if step.joined else self._after(at, key)
        return key

    def recipient(self, key: str) -> str:
        """The key of the household that is meant by `key` now: one that was joined to another is that one."""
        for at in range(len(self.steps)):
            key = self._after(at, key)
        return key

    def key(self, table: str, key: str) -> str:
        """The key of now of a record of `table`."""
        if table == HOUSEHOLD:
            return self.household(key)
        parts = key.split("|")
        for length in (1, 4):
            now = self._record("|".join(parts[:length]), key, table)[1]
            if now != key:
                return now
        return key

    def rows(self, rows: pd.DataFrame, table: str) -> pd.DataFrame:
        """The rows with `_key` and `_recipient` of now."""
        if not self.steps or rows.empty:
            return rows
        if table == HOUSEHOLD:
            keys = self._mapped(rows["_key"], self.household)
            return rows.assign(_key=keys, **({"_recipient": keys} if "_recipient" in rows else {}))
        if "_recipient" not in rows:
            return rows
        asked = self._asked(rows["_recipient"])
        if table == MEMBER and self._members:
            asked |= np.fromiter((key in self._members for key in rows["_key"]), dtype=bool, count=len(rows))
        at = np.flatnonzero(asked)
        if not len(at):
            return rows
        who, keys = (rows[name].astype("object").to_numpy(copy=True) for name in ("_recipient", "_key"))
        for i in at:
            who[i], keys[i] = self._record(who[i], keys[i], table)
        return rows.assign(
            _recipient=pd.Series(who, index=rows.index, dtype="str"),
            _key=pd.Series(keys, index=rows.index, dtype="str"),
        )

    def _record(self, recipient: object, key: object, table: str) -> tuple[str, str]:
        """Recipient and key of now of a record, of which the key begins with the recipient."""
        who, own = (str(recipient) if isinstance(recipient, str) else ""), (str(key) if isinstance(key, str) else "")
        for at, step in enumerate(self.steps):
            now = step.members.get(own, "") if table == MEMBER else ""
            now = now or self._after(at, who)
            if now != who:
                own = now + own[len(who) :] if own.startswith(f"{who}|") else own
                who = now
        return who, own

    def _after(self, at: int, key: str) -> str:
        now = _target(self.steps[at], key)
        return key if now in self.occupied[at] else now

    @cached_property
    def _sources(self) -> frozenset[str]:
        return frozenset(key for step in self.steps for key in step.households)

    @cached_property
    def _members(self) -> frozenset[str]:
        return frozenset(key for step in self.steps for key in step.members)

    @cached_property
    def _villages(self) -> tuple[str, ...]:
        return tuple(f"{step.village[0]}|" for step in self.steps if step.village[0])

    def _concerns(self, key: object) -> bool:
        return isinstance(key, str) and (key in self._sources or key.startswith(self._villages))

    def _asked(self, keys: pd.Series) -> NDArray[np.bool_]:
        distinct = {key for key in keys.unique().tolist() if self._concerns(key)}
        return np.fromiter((key in distinct for key in keys.tolist()), dtype=bool, count=len(keys))

    def _mapped(self, keys: pd.Series, follow: Callable[[str], str]) -> pd.Series:
        names = {key: follow(key) for key in keys.unique().tolist() if self._concerns(key)}
        return (
            pd.Series([names.get(key, key) for key in keys.tolist()], index=keys.index, dtype="str") if names else keys
        )


def _occupied(found: Sequence[Step], folder: Path, state: State) -> tuple[frozenset[str], ...]:
    """Of each step, the keys of now that stand for another household: those that imports had stated and events had made
    before it, and those that a file that counts states beside the key of before.
    """
    units = state.merged_units
    targets = frozenset(key for step in found if not step.joined for pair in step.households.items() for key in pair)
    asked = targets.union(*(_formerly(key, units) for key in targets))
    last = units[-1][0] + 1 if units else 0
    prefixes = frozenset(u for step in found if step.village[1] for u in former_units(units, step.village[1], last))
    files = _stating(folder, state, asked, prefixes)
    counting = {part.submission.id for part in state.parts(HOUSEHOLD)}
    made = {
        founded_key(said["household"]): entry.seq for entry, said in events_of(state.office) if said["event"] == "split"
    }
    now = {key: key for _, keys in files for key in keys}
    occupied: list[frozenset[str]] = []
    earlier: set[str] = set()
    for step in found:
        if step.joined:
            occupied.append(frozenset())
            continue
        moves = {key: _target(step, own) for key, own in now.items() if _target(step, own) != own}
        stated = {key for one, keys in files if one.seq < step.seq for key in keys}
        standing = {name for key in stated.difference(moves) for name in (key, now[key])}
        later = (keys for one, keys in files if one.id in counting and one.seq > step.seq)
        # a file that states both the key of before and that of now means two households by them
        beside = {moves[key] for keys in later for key in keys & moves.keys() if moves[key] in keys - {key}}
        founded = {key for key, seq in made.items() if seq < step.seq}
        occupied.append(frozenset(standing | earlier | beside | founded))
        now.update({key: target for key, target in moves.items() if target not in occupied[-1]})
        earlier.update(step.households.values())
    return tuple(occupied)


def _target(step: Step, key: str) -> str:
    """The key that a step gives to a household, should nobody else have it."""
    old, new = step.village
    if old and key.startswith(f"{old}|") and key.count("|") == 3:
        return new + key[len(old) :]
    return step.households.get(key, key)


def _formerly(key: str, units: Sequence[tuple[int, str, str]]) -> frozenset[str]:
    """The keys that a household known by its place had in the villages that became its own."""
    parts = key.split("|")
    if len(parts) != 4:
        return frozenset()
    last = units[-1][0] + 1 if units else 0
    return frozenset(f"{unit}|{parts[2]}|{parts[3]}" for unit in former_units(units, "|".join(parts[:2]), last))


def _stating(
    folder: Path, state: State, asked: frozenset[str], units: frozenset[str]
) -> tuple[tuple[Registered, frozenset[str]], ...]:
    """Each submission in force, and the household keys that it states: of those asked for, and of these villages."""
    found = []
    for one in state.standing:
        villages = units.intersection(one.units.get(HOUSEHOLD, ()))
        if HOUSEHOLD in one.accepted and (asked or villages):
            found.append((one, _stated(folder / one.id, asked, villages)))
    return tuple(found)


@lru_cache(maxsize=4096)
def _stated(folder: Path, asked: frozenset[str], units: frozenset[str]) -> frozenset[str]:
    """Which of these household keys, and which keys by place in these villages, a submission states: it never changes."""
    keys = pc.unique(read_arrow(folder / f"{HOUSEHOLD}.parquet", ["_key"])["_key"]).to_pylist()
    prefixes = tuple(f"{unit}|" for unit in sorted(units))
    return frozenset(
        key for key in keys if key is not None and (key in asked or (prefixes and key.startswith(prefixes)))
    )
