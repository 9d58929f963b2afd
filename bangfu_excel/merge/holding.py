"""Files that would change what was announced: they are compared with it, and wait until somebody confirms them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow.compute as pc

from bangfu_excel.core.rows import Outcome
from bangfu_excel.merge.changes import compare
from bangfu_excel.merge.current import current_rows
from bangfu_excel.merge.issuing import counted_keys, counted_tables
from bangfu_excel.merge.office import as_it_counts
from bangfu_excel.merge.parquet import stack, to_frame
from bangfu_excel.merge.state import Registered, State
from bangfu_excel.merge.submission import Submission
from bangfu_excel.merge.units import UNKNOWN

HELD_COLUMNS = (
    "kind", "table", "key", "month", "announced", "field", "old", "new",
    "file", "sheet", "row", "old_file", "old_sheet", "old_row", "submission",
)  # fmt: skip
ADDED, CHANGED, MISSING = "新增", "变更", "缺失"
_SIDE = {"_file": "file", "_sheet": "sheet", "_row": "row"}
_SAME_VISIT = ["_recipient", "_helper", "_unit"]


@dataclass(frozen=True)
class HeldBack:
    """The submissions that wait (ids), and how they differ from what is registered: one row a difference, `HELD_COLUMNS`.

    kind: 新增 (only in the file), 缺失 (only registered), 变更 (one row a changed field: old, new) · announced: whether its month
    was · file, sheet, row: in the file that waits; old_…: where the registered row came from · submission: what to confirm.
    """

    ids: frozenset[str]
    rows: pd.DataFrame


@dataclass(frozen=True)
class _Group:
    """Submissions of one submitter in one run (of somebody unknown: one): those that cover the same months wait together."""

    submitter: str
    scheme: str
    submissions: tuple[Submission, ...]

    def of(self, one: Registered) -> bool:
        return bool(self.submitter) and (one.submitter, one.scheme) == (self.submitter, self.scheme)


def held_back(submissions: Sequence[Submission], scheme: str, state: State, registry: Path) -> HeldBack:
    """Which of these must wait: those that change or lack rows that were counted in a month that is announced."""
    ids: set[str] = set()
    found = [nothing_held()]
    counted = counted_tables(state.issues)
    for group in _groups(submissions, scheme):
        for table in sorted(counted & {name for one in group.submissions for name in one.tables}):
            waits, rows = _compared(group, table, state, registry)
            ids |= waits
            if waits:
                found.append(rows)
    rows = pd.concat(found, ignore_index=True) if len(found) > 1 else found[0]
    waiting = rows["submission"].isin(
        ids
    )  # others of the group count at once: what they say differs from nothing that waits
    return HeldBack(frozenset(ids), rows[waiting].reset_index(drop=True))


def nothing_held() -> pd.DataFrame:
    """An empty frame of `HELD_COLUMNS`."""
    numbers = {"row": "Int64", "old_row": "Int64", "announced": "bool"}
    return pd.DataFrame({name: pd.Series(dtype=numbers.get(name, "str")) for name in HELD_COLUMNS})


def _groups(submissions: Sequence[Submission], scheme: str) -> list[_Group]:
    found: dict[str, list[Submission]] = defaultdict(list)
    for one in submissions:
        found[one.submitter or f"?{one.id}"].append(one)
    return [_Group(group[0].submitter, scheme, tuple(group)) for group in found.values()]


class _Sides(NamedTuple):
    """What is registered and what the group says, one row a key."""

    old: pd.DataFrame
    new: pd.DataFrame

    @property
    def missing(self) -> pd.DataFrame:
        return self.old[~self.old["_key"].isin(self.new["_key"])]

    @property
    def added(self) -> pd.DataFrame:
        return self.new[~self.new["_key"].isin(self.old["_key"])]


def _compared(group: _Group, table: str, state: State, registry: Path) -> tuple[frozenset[str], pd.DataFrame]:
    """The submissions of the group that must wait for the sake of `table`, and the differences."""
    new = _once(as_it_counts(registry / "submissions", state, _accepted(group, table), table))
    sides = _matched(_Sides(_once(_touched(group, table, new, state, registry)), new))
    details = compare(table, sides.old, sides.new).details
    counted = counted_keys(registry, state, table)
    announced = sides.old["_unit"].isin(state.announced) & sides.old["_key"].isin(counted)
    disputed = sides.old[announced & sides.old["_key"].isin([*sides.missing["_key"], *details["key"]])]
    if disputed.empty:
        return frozenset(), nothing_held()
    waits = _covering(group, table, frozenset(disputed["_unit"]))
    touching = sides.new.loc[sides.new["_key"].isin(disputed["_key"]), "_submission"]
    covering = {unit: s.id for s in reversed(group.submissions) for unit in s.covers.get(table, ())}
    differences = _differences(sides, details, covering).assign(table=table)
    announced_too = differences["month"].isin(state.announced)
    rows = differences.assign(announced=announced_too)[list(HELD_COLUMNS)]
    return waits.union(touching), rows.astype(dict(nothing_held().dtypes))


def _covering(group: _Group, table: str, units: frozenset[str]) -> frozenset[str]:
    """The submissions that cover one of these units, or a unit that another of them covers: one must not take what another lacks."""
    found = [one for one in group.submissions if units.intersection(one.covers.get(table, ()))]
    reached = units.union(*(one.covers[table] for one in found))
    return frozenset(one.id for one in found) if reached == units else _covering(group, table, reached)


def _accepted(group: _Group, table: str) -> pd.DataFrame:
    """The accepted rows of the group, with `_submission`."""
    parts = []
    for one in group.submissions:
        if table in one.tables:
            rows = one.tables[table]
            parts.append(rows.filter(pc.equal(rows["_outcome"], str(Outcome.ACCEPTED))))
    frame = to_frame(stack(parts))
    lengths = [(one.id, len(part)) for one, part in zip(_with(group, table), parts, strict=True)]
    return frame.assign(_submission=pd.Series([i for i, length in lengths for _ in range(length)], dtype="str"))


def _with(group: _Group, table: str) -> list[Submission]:
    return [one for one in group.submissions if table in one.tables]


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["_key"].notna()].drop_duplicates("_key").reset_index(drop=True)


def _touched(group: _Group, table: str, new: pd.DataFrame, state: State, registry: Path) -> pd.DataFrame:
    """The current rows that the group takes away or says anew."""
    current = current_rows(registry / "submissions", state, table)
    covered = {unit for one in group.submissions for unit in one.covers.get(table, ()) if unit != UNKNOWN}
    own = [one.id for one in state.standing if group.of(one)]
    taken = current["_submission"].isin(own) & current["_unit"].isin(covered)
    return current[taken | current["_key"].isin(new["_key"])]


def _matched(sides: _Sides) -> _Sides:
    """Both sides, a new row that tells of the same visit with another date (the only one of its month on either) under its old key."""
    if not set(_SAME_VISIT) <= set(sides.new.columns) & set(sides.old.columns):
        return sides
    gone, come = (
        rows.dropna(subset=_SAME_VISIT).drop_duplicates(_SAME_VISIT, keep=False)[["_key", *_SAME_VISIT]]
        for rows in (sides.missing, sides.added)
    )
    pairs = come.merge(gone, on=_SAME_VISIT, suffixes=("", "_old"))
    names = dict(zip(pairs["_key"], pairs["_key_old"], strict=True))
    keys = pd.Series([names.get(key, key) for key in sides.new["_key"]], index=sides.new.index, dtype="str")
    return sides._replace(new=sides.new.assign(_key=keys))


def _differences(sides: _Sides, changed: pd.DataFrame, covering: Mapping[str, str]) -> pd.DataFrame:
    """One row a difference, with the places of both sides. covering: unit → the submission that lacks what is missing there."""
    kinds = [
        changed.assign(kind=CHANGED)[["kind", "key", "field", "old", "new"]],
        _whole(MISSING, sides.missing["_key"]),
        _whole(ADDED, sides.added["_key"]),
    ]
    found = pd.concat(kinds, ignore_index=True)
    ours, theirs = (
        rows.set_index("_key")[[*_SIDE, "_unit", "_submission"]].reindex(found["key"]).reset_index(drop=True)
        for rows in (sides.new, sides.old)
    )
    month = theirs["_unit"].fillna(ours["_unit"])
    return found.assign(
        month=month,
        **{name: ours[column] for column, name in _SIDE.items()},
        **{f"old_{name}": theirs[column] for column, name in _SIDE.items()},
        submission=ours["_submission"].fillna(month.map(covering)),
    )


def _whole(kind: str, keys: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"kind": kind, "key": keys, "field": "", "old": "", "new": ""}).astype("str")


def counts(rows: pd.DataFrame) -> Mapping[str, int]:
    """How many records of these differences are 新增, 变更 and 缺失."""
    told = rows.groupby("kind")["key"].nunique()
    return {kind: int(told.get(kind, 0)) for kind in (ADDED, CHANGED, MISSING)}
