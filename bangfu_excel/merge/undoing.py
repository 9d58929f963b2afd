"""Taking an entry back, and what that brings back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.changes import compare, paired
from bangfu_excel.merge.current import current_rows
from bangfu_excel.merge.happenings import new_office
from bangfu_excel.merge.issuing import counted_keys
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import read_table

_VISIT = "visit"
TURNS = {"withdraw": "restore", "restore": "withdraw"}


@dataclass(frozen=True)
class Told:
    """Visits that announcements in force counted, in their months: gone: count no longer · back: count again."""

    gone: int = 0
    back: int = 0
    months: tuple[str, ...] = ()


@dataclass(frozen=True)
class Effect:
    """What is different between two states.

    back, gone, changed: table → records that are current (again), that are so no longer, and that say something else now ·
    files: those of which rows count that did not before · announced: what of it was announced.
    """

    back: Mapping[str, int]
    gone: Mapping[str, int]
    changed: Mapping[str, int]
    files: tuple[str, ...]
    announced: Told = Told()


@dataclass(frozen=True, kw_only=True)
class Undone(Effect):
    """What taking back (or bringing back) an entry changed.

    id: of this act, itself something that can be undone · batch, kind: what was turned (import, confirm, issue) · withdrawn:
    whether it is out of force now · period: that an announcement was of, "" of anything else.
    """

    id: str
    batch: str
    kind: str
    withdrawn: bool
    period: str = ""


def target(entries: Sequence[Entry], name: str, kind: str) -> tuple[str, str]:
    """The batch that is to be turned, and how: `name` is a batch, or a former turn, which is then turned the other way."""
    turned = next((entry for entry in entries if entry.kind in TURNS and entry.content.get("id") == name), None)
    return (turned.batch, TURNS[turned.kind]) if turned and kind == "withdraw" else (name, kind)


def require_turnable(state: State, batch: str, kind: str) -> None:
    """`RegistryError` where the batch is not there, or is already as it is wanted."""
    entry = next((entry for entry in state.undoable if entry.batch == batch), None)
    if entry is None:
        raise RegistryError(f"台账库里没有批次“{batch}”，用 bangfu batches 可以看到全部批次")
    if (batch in state.withdrawn) == (kind == "withdraw"):
        done = "已经撤回过了，不能再撤回" if kind == "withdraw" else "没有被撤回，不需要恢复"
        raise RegistryError(f"批次“{batch}”{done}")
    if kind == "restore" and entry.kind == "issue":
        for other in state.issues:
            if all(other.content[name] == entry.content[name] for name in ("period", "scheme")):
                raise RegistryError(f"{entry.content['period']} 已经另行印发（批次“{other.batch}”），请先撤回它")


def undone(act: Entry, before: State, after: State, submissions: Path) -> Undone:
    """What `act`, a withdrawal or restoration, changed between two states."""
    effect = effect_between(before, after, submissions)
    turned = next(entry for entry in after.undoable if entry.batch == act.batch)
    return Undone(
        **vars(effect),
        id=str(act.content["id"]),
        batch=act.batch,
        kind=turned.kind,
        withdrawn=act.kind == "withdraw",
        period=str(turned.content["period"]) if turned.kind == "issue" else "",
    )


def effect_between(before: State, after: State, submissions: Path) -> Effect:
    """What is different in `after`. A record that an event gives another key in one of them only is the same record."""
    sides = {
        table: _sides(table, before, after, submissions)
        for table in sorted({*before.tables, *after.tables})
        if before.basis(table) != after.basis(table)
    }
    changes = {table: compare(table, *rows) for table, rows in sides.items()}
    counted = {
        (part.submission.id, table): part.counting(table) for table in before.tables for part in before.parts(table)
    }
    files = [
        part.submission.file
        for table in after.tables
        for part in after.parts(table)
        if part.counting(table) - counted.get((part.submission.id, table), frozenset())
    ]
    return Effect(
        back={table: change.added for table, change in changes.items() if change.added},
        gone={table: change.removed for table, change in changes.items() if change.removed},
        changed={table: change.changed for table, change in changes.items() if change.changed},
        files=tuple(dict.fromkeys(files)),
        announced=_announced(*sides[_VISIT], _more(before, after), submissions.parent) if _VISIT in sides else Told(),
    )


def _more(before: State, after: State) -> State:
    """The state in which the office has said more: one of the two differs from the other by what it says."""
    return max(before, after, key=lambda state: len(state.office))


def _sides(table: str, before: State, after: State, submissions: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The current rows of two states, with the keys that they have in the one that knows more events."""
    read, more = cache(read_table), _more(before, after)
    renames = [
        Renames.of(submissions, replace(more, office=new_office(state, more))) for state in (before, after)
    ]  # none for that state itself
    was, now = (
        renamed.rows(current_rows(submissions, state, table, read), table)
        for state, renamed in zip((before, after), renames, strict=True)
    )
    return was, now


def _announced(was: pd.DataFrame, now: pd.DataFrame, state: State, registry: Path) -> Told:
    """Which of the visits that announcements in force counted are only in one of the two."""
    if not state.issues:
        return Told()
    counted, pairs = counted_keys(registry, state, _VISIT), paired(was, now)
    gone, back = (
        rows.take(at)[["_key", "_unit"]].loc[lambda found: among(found["_key"], counted)]
        for rows, at in ((was, pairs.gone), (now, pairs.come))
    )
    return Told(len(gone), len(back), tuple(sorted({*gone["_unit"], *back["_unit"]})))
