"""What a batch changed in the registry, and what has to be said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.batch import Batch
from bangfu_excel.core.columns import among, one_of
from bangfu_excel.core.finding import Finding, Findings, Place
from bangfu_excel.core.masking import OF_NO_TABLE, Disclosure
from bangfu_excel.core.messages import merge as says
from bangfu_excel.core.rows import Outcome
from bangfu_excel.merge.changes import Pairs, TableChange, differing, no_changes, paired
from bangfu_excel.merge.contradicting import contradictions
from bangfu_excel.merge.current import Read, current_table
from bangfu_excel.merge.holding import ADDED, CHANGED, MISSING, HeldBack, counts, nothing_held
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.office import renamed
from bangfu_excel.merge.raised import counted, dispute_findings, outdated_findings, raised
from bangfu_excel.merge.reduced import Vanished, reductions
from bangfu_excel.merge.registry import Registry
from bangfu_excel.merge.resolving import no_disputes
from bangfu_excel.merge.state import State, state_of
from bangfu_excel.merge.submission import Submission, read_table

CONFLICT_COLUMNS = ("table", "key", "file", "sheet", "row")
_MONTHS_NAMED = 3


@dataclass(frozen=True, repr=False)
class Merge:
    """What a batch changed in the registry.

    batch_id: "" where it brought nothing new · added, changed, unchanged: table → number of keys that the batch states;
    removed: keys that were current and are no longer, since the same submitter's new file (or the same file anew) does not
    have them · conflicts: table, key, file, sheet, row of each row 待裁决 · changes: table, key, field, old, new, one row a
    changed value · held: how the files that wait for confirmation differ from what is registered (`HeldBack.rows`) ·
    findings: which files were known already, what takes away, what waits, what is disputed and what is out of date ·
    disputed: table → how many fields are disputed that were not before, or between other values.
    """

    batch_id: str
    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    removed: Mapping[str, int]
    conflicts: pd.DataFrame = field(compare=False)
    changes: pd.DataFrame = field(compare=False)
    findings: Findings
    held: pd.DataFrame = field(default_factory=nothing_held, compare=False)
    disputed: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        numbers = (sum(n.values()) for n in (self.added, self.changed, self.unchanged, self.removed))
        added, changed, unchanged, removed = numbers
        waits = self.held["submission"].nunique()
        return (
            f"Merge({self.batch_id or '没有新内容'}: 新增 {added}，变更 {changed}，不变 {unchanged}，减少 {removed}，"
            f"待裁决 {len(self.conflicts)}{f'，待确认文件 {waits}' if waits else ''})"
        )


@dataclass(frozen=True)
class Arrival:
    """The submissions of a run, the state that they met, which of them wait, and the entry that brought the new ones in.

    disclosed: how far what is said of them may quote values.
    """

    submissions: tuple[Submission, ...]
    before: State
    held: HeldBack
    entry: Entry | None
    disclosed: Disclosure = OF_NO_TABLE


@dataclass(frozen=True)
class _Change:
    """What became of one table, its rows that are current no longer, and the statements that are disputed anew."""

    counts: TableChange
    vanished: Vanished | None = None
    raised: pd.DataFrame = field(default_factory=no_disputes)


def outcome_of(batch: Batch, registry: Registry, arrival: Arrival) -> Merge:
    """What `arrival` changed, of the keys that the batch states and those whose current row came to be another one."""
    after = _after(registry, arrival)
    replaced = (
        {i for item in arrival.entry.content["submissions"] for i in item["replaces"]} if arrival.entry else set()
    )
    names = {name for submission in arrival.submissions for name in submission.tables}
    names |= {name for one in arrival.before.standing if one.id in replaced for name in one.accepted}
    found = {name: _table_change(batch, registry, name, arrival, after) for name in sorted(names)}
    changes = {name: change.counts for name, change in found.items()}
    details = [change.details for change in changes.values() if len(change.details)]
    vanished = [change.vanished for change in found.values() if change.vanished is not None]
    disputes = pd.concat([no_disputes(), *(change.raised for change in found.values())], ignore_index=True)
    return Merge(
        batch_id=arrival.entry.batch if arrival.entry else "",
        added={name: change.added for name, change in changes.items()},
        changed={name: change.changed for name, change in changes.items()},
        unchanged={name: change.unchanged for name, change in changes.items()},
        removed={name: change.removed for name, change in changes.items()},
        conflicts=_conflicts(batch),
        changes=pd.concat(details, ignore_index=True) if details else no_changes(),
        held=arrival.held.rows,
        findings=Findings.of(
            _known(arrival, replaced),
            _waiting(arrival),
            reductions(vanished, arrival.submissions, batch.scheme, arrival.before, batch.declared),
            dispute_findings(disputes, arrival.submissions),
            outdated_findings(arrival.submissions, after) if after else (),
            _against_office(registry, arrival, after) if after else (),
        ),
        disputed={name: counted(change.raised) for name, change in found.items()},
    )


def _against_office(registry: Registry, arrival: Arrival, after: State) -> Iterator[Finding]:
    assert arrival.entry is not None  # only what came new is looked at
    new = [item["id"] for item in arrival.entry.content["submissions"]]
    return contradictions(registry.submissions, after, new, arrival.entry.seq, arrival.disclosed)


def _after(registry: Registry, arrival: Arrival) -> State | None:
    """The state right after the entry; None where there is none."""
    seq = arrival.entry.seq if arrival.entry else 0
    return state_of(one for one in registry.journal.entries() if one.seq <= seq) if seq else None


def _table_change(batch: Batch, registry: Registry, table: str, arrival: Arrival, after: State | None) -> _Change:
    frame = batch.rows.frames.get(table)
    if after is not None and frame is not None:
        frame = renamed(registry.submissions, after, frame, table)
    stated = _stated(frame) if frame is not None else pd.Series(dtype="str")
    if after is None:
        return _Change(TableChange(0, 0, unchanged=stated.nunique(), removed=0, details=no_changes()))
    read = cache(_reader(registry, arrival.submissions))
    old, new = (current_table(registry.submissions, state, table, read) for state in (arrival.before, after))
    was, now = old.rows, new.rows
    pairs = paired(was, now)
    moved = _moved(was, now, pairs) | among(now["_key"].take(pairs.new), old.several | new.several).to_numpy()
    said = ["_key", *_said(was, now)]
    touched, details = differing(
        table, was.reindex(columns=said).take(pairs.old[moved]), now[said].take(pairs.new[moved])
    )
    unmoved = one_of(now["_key"].take(pairs.new[~moved]), stated)
    counts = TableChange(
        added=len(pairs.come),
        changed=int(touched.sum()),
        unchanged=int(moved.sum()) - int(touched.sum()) + int(unmoved.sum()),
        removed=len(pairs.gone),
        details=details,
    )
    gone = was.take(pairs.gone)
    named = one_of(gone["_key"], frame["_key"]) if frame is not None else np.zeros(len(gone), dtype=bool)
    return _Change(counts, Vanished(table, gone, named), raised(old.disputes, new.disputes))


def _reader(registry: Registry, submissions: Sequence[Submission]) -> Read:
    """How the rows of a submission are read; those of the run are at hand."""
    here = {registry.submissions / one.id: one.tables for one in submissions}
    return lambda folder, table: here[folder][table] if folder in here else read_table(folder, table)


def _moved(was: pd.DataFrame, now: pd.DataFrame, pairs: Pairs) -> NDArray[np.bool_]:
    """Which rows of one key come from another row of evidence than before."""
    moved = np.zeros(len(pairs.new), dtype=bool)
    for name in ("_submission", "_row"):
        moved |= np.asarray(was[name].array.take(pairs.old) != now[name].array.take(pairs.new), dtype=bool)
    return moved


def _stated(frame: pd.DataFrame) -> pd.Series:
    return frame.loc[frame["_outcome"] == Outcome.ACCEPTED, "_key"].dropna()


def _said(was: pd.DataFrame, now: pd.DataFrame) -> list[str]:
    """The columns of values in which either state says anything."""
    return [
        name
        for name in now.columns
        if not name.startswith("_") and any(name in rows and rows[name].notna().any() for rows in (was, now))
    ]


def _known(arrival: Arrival, replaced: set[str]) -> Iterator[Finding]:
    """Which files were registered already: as they are, superseded since, or with another outcome."""
    before = arrival.before
    registered = {one.id: one.batch for one in before.standing}
    counting = {one.id for one in before.active}
    outdated = {one.sha256: one.batch for one in (*before.standing, *before.waiting) if one.id in replaced}
    for submission in arrival.submissions:
        place = Place(submission.record.file)
        if submission.id in registered:
            message = says.ALREADY_MERGED if submission.id in counting else says.SUPERSEDED_SINCE
            yield message.finding(place, batch=registered[submission.id])
        elif submission.record.sha256 in outdated:
            yield says.REPLACED.finding(place, batch=outdated[submission.record.sha256])


def _waiting(arrival: Arrival) -> Iterator[Finding]:
    """One finding for each file that is held."""
    for submission in arrival.submissions:
        if submission.id not in arrival.held.ids:
            continue
        units = {unit for found in submission.units.values() for unit in found}
        rows = arrival.held.rows
        rows = rows[rows["announced"] & (rows["month"].isin(units) | (rows["submission"] == submission.id))]
        months = sorted(rows["month"].unique())
        numbers = counts(rows)
        yield says.HELD.finding(
            Place(submission.record.file),
            count=max(1, sum(numbers.values())),
            months="、".join(months[:_MONTHS_NAMED]) + ("等" if len(months) > _MONTHS_NAMED else ""),
            added=numbers[ADDED],
            changed=numbers[CHANGED],
            missing=numbers[MISSING],
        )


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
