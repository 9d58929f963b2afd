"""The keys of now for the keys that evidence carries, as events have renamed them. Two households are never made one by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from bangfu_excel.merge.events import HOUSEHOLD, MEMBER, Step, founded_key, steps
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
        found = steps(state.office)
        return cls(found, _occupied(found, folder, state)) if found else cls()

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
        step = self.steps[at]
        now = step.households.get(key, key)
        old, new = step.village
        if old and key.startswith(f"{old}|") and key.count("|") == 3:
            now = new + key[len(old) :]
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
    occupied: list[frozenset[str]] = []
    for at, step in enumerate(found):
        if step.joined:
            occupied.append(frozenset())
            continue
        before = Renames(tuple(found[:at]), tuple(occupied))
        stated = {key: before.household(key) for one, keys in files if one.seq < step.seq for key in keys}
        moving = {key for key, now in stated.items() if now in step.households or _in_village(now, step.village[0])}
        earlier = {key for other in found[:at] for key in other.households.values()}
        standing = {name for key, now in stated.items() if key not in moving for name in (key, now)}
        later = (keys for one, keys in files if one.id in counting and one.seq > step.seq)
        beside = {key for keys in later for key in _beside(step, before, keys)}
        occupied.append(frozenset(standing | earlier | beside | {key for key, seq in made.items() if seq < step.seq}))
    return tuple(occupied)


def _formerly(key: str, units: Sequence[tuple[int, str, str]]) -> frozenset[str]:
    """The keys that a household known by its place had in the villages that became its own."""
    parts = key.split("|")
    if len(parts) != 4:
        return frozenset()
    last = units[-1][0] + 1 if units else 0
    return frozenset(f"{unit}|{parts[2]}|{parts[3]}" for unit in former_units(units, "|".join(parts[:2]), last))


def _in_village(key: str, unit: str) -> bool:
    return bool(unit) and key.startswith(f"{unit}|") and key.count("|") == 3


def _beside(step: Step, before: Renames, keys: frozenset[str]) -> Iterator[str]:
    """Those of `keys`, which one file states, that another of them would become: for that file they are two households."""
    alone = Renames((step,), (frozenset(),))
    for key in keys:
        own = before.household(key)
        now = alone.household(own)
        if now not in (own, key) and now in keys:
            yield now


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
