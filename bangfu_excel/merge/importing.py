"""A batch into the registry: evidence first, then one journal entry."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bangfu_excel.core.batch import Batch
from bangfu_excel.core.masking import OF_NO_TABLE, Disclosure
from bangfu_excel.core.precedence import Policy
from bangfu_excel.merge.holding import HeldBack, held_back
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.outcome import Arrival, Merge, outcome_of
from bangfu_excel.merge.registry import Registry
from bangfu_excel.merge.state import State, state_of
from bangfu_excel.merge.storage import settle
from bangfu_excel.merge.submission import Submission, submissions_of


def merge(
    batch: Batch,
    registry: Registry,
    *,
    received: dt.date | None = None,
    policy: Policy | None = None,
    disclosed: Disclosure = OF_NO_TABLE,
) -> Merge:
    """The batch in the registry, and what that changed. The same files with the same outcome are a no-op.

    received: the day that the files came in; as_of where it is not given · policy: how conflicts are settled from now on; as
    before where it is not given · disclosed: how far findings may quote values. A file that is registered already for this scheme and period with another outcome is
    replaced. What the same submitter said before of the same villages (of a log: months) is superseded, unless that is of a
    later period; a file that would change what was announced is held. A run killed at any moment leaves the registry as
    before or after; running it again completes it.
    """
    day = received or batch.as_of
    submissions = submissions_of(batch, day)
    written: set[str] = set()
    tries: list[tuple[State, HeldBack]] = []

    def decide(entries: tuple[Entry, ...], seq: int) -> Mapping[str, Any] | None:
        state = state_of(entries)
        new, unconfirmed = _new(submissions, state)
        held = held_back(unconfirmed, batch.scheme, state, registry.path)
        tries.append((state, held))
        named = {one["id"] for entry in state.imports for one in entry.content["submissions"]}
        unwritten = [s for s in new if s.id not in named | written]
        _write(unwritten, registry.submissions)
        written.update(s.id for s in unwritten)
        arriving = _Arriving.of(batch, submissions, new, state, held)
        return _entry(batch, arriving, day, seq, state.policy if policy is None else policy) if new else None

    entry = registry.journal.append(decide)
    before, held = tries[-1]
    return outcome_of(batch, registry, Arrival(submissions, before, held, entry, disclosed))


def _new(submissions: Sequence[Submission], state: State) -> tuple[list[Submission], list[Submission]]:
    """Those that are not registered, and those that nobody has confirmed yet: what is new and what waits."""
    waiting = {one.id for one in state.waiting}
    known = waiting.union(one.id for one in state.standing)
    new = [s for s in submissions if s.id not in known]
    return new, [s for s in submissions if s.id in waiting or (s.id not in known and s.id not in state.confirmed)]


def _write(submissions: Sequence[Submission], folder: Path) -> None:
    """The submissions are on the disk, before anything names them: all are written, then all are settled."""
    written = [path for submission in submissions for path in submission.write(folder / submission.id)]
    if written:
        settle([*written, *dict.fromkeys(path.parent for path in written), folder, folder.parent])


@dataclass(frozen=True)
class _Arriving:
    """A new submission, whether it is held, and whose place it takes."""

    submission: Submission
    held: bool
    replaces: tuple[str, ...]

    @classmethod
    def of(
        cls, batch: Batch, submissions: Sequence[Submission], new: Sequence[Submission], state: State, held: HeldBack
    ) -> list[_Arriving]:
        """Each new one; it replaces the same file for the same scheme and period where this run no longer says that."""
        wanted = {s.id for s in submissions}
        former = [
            one
            for one in (*state.standing, *state.waiting)
            if (one.scheme, one.period) == (batch.scheme, batch.period.text) and one.id not in wanted
        ]
        return [cls(s, s.id in held.ids, tuple(one.id for one in former if one.sha256 == s.record.sha256)) for s in new]

    @property
    def item(self) -> Mapping[str, Any]:
        """What the entry says of it."""
        one = self.submission
        return {
            "id": one.id, "file": one.record.file, "sha256": one.record.sha256, "accepted": dict(one.accepted),
            "submitter": one.submitter, "written": one.record.submitter, "supplement": one.supplement, "held": self.held,
            "units": {table: list(units) for table, units in one.units.items()},
            "covers": {table: list(units) for table, units in one.covers.items()},
            "replaces": list(self.replaces),
        }  # fmt: skip


def _entry(
    batch: Batch, arriving: Sequence[_Arriving], received: dt.date, seq: int, policy: Policy
) -> Mapping[str, Any]:
    ids = "".join(one.submission.id for one in arriving)
    return {
        "kind": "import", "batch": f"{seq:04d}-{hashlib.sha256(ids.encode('ascii')).hexdigest()[:6]}",
        "received": received.isoformat(), "scheme": batch.scheme, "period": batch.period.text,
        "as_of": batch.as_of.isoformat(), "submissions": [one.item for one in arriving],
        **({"policy": policy.content} if policy.content else {}),
    }  # fmt: skip
