"""Taking an entry back, and what that brings back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.changes import TableChange, compare
from bangfu_excel.merge.current import current_rows
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import read_table

TURNS = {"withdraw": "restore", "restore": "withdraw"}


@dataclass(frozen=True)
class Effect:
    """What is different between two states.

    back, gone, changed: table → records that are current (again), that are so no longer, and that say something else now ·
    files: those of which rows count that did not before.
    """

    back: Mapping[str, int]
    gone: Mapping[str, int]
    changed: Mapping[str, int]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Undone(Effect):
    """What taking back (or bringing back) an entry changed.

    id: of this act, itself something that can be undone · batch, kind: what was turned (import, confirm, issue) · withdrawn:
    whether it is out of force now.
    """

    id: str
    batch: str
    kind: str
    withdrawn: bool


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
    return Undone(
        **vars(effect),
        id=str(act.content["id"]),
        batch=act.batch,
        kind=next(entry.kind for entry in after.undoable if entry.batch == act.batch),
        withdrawn=act.kind == "withdraw",
    )


def effect_between(before: State, after: State, submissions: Path) -> Effect:
    """What is different in `after`."""
    changes = {
        table: _change(table, before, after, submissions)
        for table in sorted({*before.tables, *after.tables})
        if before.basis(table) != after.basis(table)
    }
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
    )


def _change(table: str, before: State, after: State, submissions: Path) -> TableChange:
    read = cache(read_table)
    return compare(table, *(current_rows(submissions, state, table, read) for state in (before, after)))
