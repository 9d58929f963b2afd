"""A batch into the registry: evidence first, then one journal entry."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.core.batch import Batch
from bangfu_excel.core.columns import among
from bangfu_excel.core.finding import Finding, Findings, Place
from bangfu_excel.core.messages import merge as says
from bangfu_excel.core.rows import Outcome
from bangfu_excel.merge.changes import TableChange, compare, no_changes
from bangfu_excel.merge.current import current_rows
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.registry import Registry
from bangfu_excel.merge.state import Held, State, state_of
from bangfu_excel.merge.storage import settle
from bangfu_excel.merge.submission import Submission, read_table, submissions_of

CONFLICT_COLUMNS = ("table", "key", "file", "sheet", "row")


@dataclass(frozen=True, repr=False)
class Merge:
    """What a batch changed in the registry.

    batch_id: "" where it brought nothing new · added, changed, unchanged: table → number of keys that the batch states;
    removed: keys that a replaced file had and its successor has not · conflicts: table, key, file, sheet, row of each row
    待裁决 · changes: table, key, field, old, new, one row a changed value · findings: which files were known already.
    """

    batch_id: str
    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    removed: Mapping[str, int]
    conflicts: pd.DataFrame = field(compare=False)
    changes: pd.DataFrame = field(compare=False)
    findings: Findings

    def __repr__(self) -> str:
        numbers = (sum(n.values()) for n in (self.added, self.changed, self.unchanged, self.removed))
        added, changed, unchanged, removed = numbers
        return (
            f"Merge({self.batch_id or '没有新内容'}: 新增 {added}，变更 {changed}，不变 {unchanged}，减少 {removed}，"
            f"待裁决 {len(self.conflicts)})"
        )


def merge(batch: Batch, registry: Registry, *, received: dt.date | None = None) -> Merge:
    """The batch in the registry, and what that changed. The same files with the same outcome are a no-op.

    received: the day that the files came in; as_of where it is not given. A file that is registered already for this
    scheme and period with another outcome is replaced. A run killed at any moment leaves the registry as before or
    after; running it again completes it.
    """
    day = received or batch.as_of
    submissions = submissions_of(batch, day)
    wanted = tuple(s.id for s in submissions)
    written: set[str] = set()
    before: list[State] = []

    def decide(entries: tuple[Entry, ...], seq: int) -> Mapping[str, Any] | None:
        before.append(state_of(entries))
        named = {held["id"] for entry in before[-1].imports for held in entry.content["submissions"]}
        active = {held.id for held in before[-1].active}
        new = [s for s in submissions if s.id not in active]
        unwritten = [s for s in new if s.id not in named | written]
        _write(unwritten, registry.submissions)
        written.update(s.id for s in unwritten)
        return _entry(batch, new, _predecessors(batch, new, before[-1], wanted), day, seq) if new else None

    entry = registry.journal.append(decide)
    return _result(batch, registry, submissions, before[-1], entry)


def _write(submissions: Sequence[Submission], folder: Path) -> None:
    """The submissions are on the disk, before anything names them: all are written, then all are settled."""
    written = [path for submission in submissions for path in submission.write(folder / submission.id)]
    if written:
        settle([*written, *dict.fromkeys(path.parent for path in written), folder, folder.parent])


def _predecessors(batch: Batch, new: Sequence[Submission], state: State, wanted: Sequence[str]) -> tuple[Held, ...]:
    """Active submissions of the same files for the same scheme and period that this run no longer says."""
    files = {submission.record.sha256 for submission in new}
    return tuple(
        held
        for held in state.active
        if held.sha256 in files
        and (held.scheme, held.period) == (batch.scheme, batch.period.text)
        and held.id not in wanted
    )


def _entry(
    batch: Batch, new: Sequence[Submission], replaced: Sequence[Held], received: dt.date, seq: int
) -> Mapping[str, Any]:
    content = hashlib.sha256("".join(submission.id for submission in new).encode("ascii")).hexdigest()
    return {
        "kind": "import", "batch": f"{seq:04d}-{content[:6]}", "received": received.isoformat(),
        "scheme": batch.scheme, "period": batch.period.text, "as_of": batch.as_of.isoformat(),
        "submissions": [
            {"id": s.id, "file": s.record.file, "sha256": s.record.sha256, "accepted": dict(s.accepted)} for s in new
        ],
        "replaces": [held.id for held in replaced],
    }  # fmt: skip


def _result(
    batch: Batch, registry: Registry, submissions: Sequence[Submission], before: State, entry: Entry | None
) -> Merge:
    names = sorted({name for submission in submissions for name in submission.tables})
    changes = {name: _table_change(batch, registry, name, before, entry) for name in names}
    details = [change.details for change in changes.values() if len(change.details)]
    return Merge(
        batch_id=entry.batch if entry else "",
        added={name: change.added for name, change in changes.items()},
        changed={name: change.changed for name, change in changes.items()},
        unchanged={name: change.unchanged for name, change in changes.items()},
        removed={name: change.removed for name, change in changes.items()},
        conflicts=_conflicts(batch),
        changes=pd.concat(details, ignore_index=True) if details else no_changes(),
        findings=Findings.of(_notices(submissions, before, entry)),
    )


def _table_change(batch: Batch, registry: Registry, table: str, before: State, entry: Entry | None) -> TableChange:
    """What this entry alone changed, of the keys that the batch states and those that the files it replaced stated."""
    stated = batch.tables[table]["_key"].dropna()
    if entry is None:
        return TableChange(added=0, changed=0, unchanged=stated.nunique(), removed=0, details=no_changes())
    after = state_of(one for one in registry.journal.entries() if one.seq <= entry.seq)
    read = cache(read_table)
    was, now = (current_rows(registry.submissions, state.active, table, read) for state in (before, after))
    outdated = was.loc[was["_submission"].isin(entry.content["replaces"]), "_key"]
    concerned = {*stated.tolist(), *outdated.dropna().tolist()}
    return compare(table, *(rows[among(rows["_key"], concerned)] for rows in (was, now)))


def _notices(submissions: Sequence[Submission], before: State, entry: Entry | None) -> list[Finding]:
    """Which files were registered already: as they are, or with another outcome."""
    registered = {held.id: held.batch for held in before.active}
    replaced = set(entry.content["replaces"]) if entry else set()
    outdated = {held.sha256: held.batch for held in before.active if held.id in replaced}
    notices = []
    for submission in submissions:
        place = Place(submission.record.file)
        if submission.id in registered:
            notices.append(says.ALREADY_MERGED.finding(place, batch=registered[submission.id]))
        elif submission.record.sha256 in outdated:
            notices.append(says.REPLACED.finding(place, batch=outdated[submission.record.sha256]))
    return notices


def _conflicts(batch: Batch) -> pd.DataFrame:
    """The accepted rows of the batch that are 待裁决."""
    parts = [pd.DataFrame({name: pd.Series(dtype="str") for name in CONFLICT_COLUMNS}).astype({"row": "int64"})]
    for table, frame in batch.rows.frames.items():
        if "_pending" in frame:
            found = frame[frame["_pending"].astype(bool) & (frame["_outcome"] == Outcome.ACCEPTED)]
            chosen = found[["_key", "_file", "_sheet", "_row"]].set_axis(list(CONFLICT_COLUMNS[1:]), axis=1)
            chosen.insert(0, "table", pd.Series(table, index=chosen.index, dtype="str"))
            parts.append(chosen)
    return pd.concat(parts, ignore_index=True)
