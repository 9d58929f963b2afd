"""What the journal adds up to: which entries are in force, which submissions stand, and which of their parts still count."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby

from bangfu_excel.core.period import Period
from bangfu_excel.core.precedence import Policy
from bangfu_excel.merge.events import Step, merged_units, steps
from bangfu_excel.merge.journal import OFFICE, Entry
from bangfu_excel.merge.units import UNKNOWN, former_units, is_month


@dataclass(frozen=True)
class Registered:
    """A submission as one batch brought it in. `State.precedence`, then its position in the batch, is the precedence.

    submitter: in matching form, "" where nobody knows · held: counts only once it is confirmed · units: table → the units
    that its rows stand in · covers: table → those of which its accepted rows are all there is · replaces: submissions whose
    place it takes, as the same file with another outcome.
    """

    id: str
    file: str
    sha256: str
    accepted: Mapping[str, int]
    batch: str
    seq: int
    received: str
    scheme: str
    period: str
    submitter: str
    written: str
    supplement: bool
    held: bool
    units: Mapping[str, tuple[str, ...]]
    covers: Mapping[str, tuple[str, ...]]
    replaces: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """What still counts of one table of a submission: all its rows (units None), or those of these units."""

    submission: Registered
    units: frozenset[str] | None = None

    def counting(self, table: str) -> frozenset[str]:
        """The units of which it counts."""
        return frozenset(self.submission.units.get(table, ())) if self.units is None else self.units


Taken = Mapping[str, frozenset[str]]
_NO_DAY = dt.date.min


@dataclass(frozen=True)
class State:
    """What is in force after some entries.

    imports: the batches, undone ones included, oldest first · undoable: every entry that can be undone · withdrawn: the ids
    of those that are undone · standing: submissions that are neither undone, replaced nor waiting, in order of precedence ·
    waiting: those held until they are confirmed · confirmed: ids of submissions · issues: what was announced ·
    office: decisions, corrections, events, objections and 零报告.
    """

    imports: tuple[Entry, ...]
    undoable: tuple[Entry, ...]
    withdrawn: frozenset[str]
    standing: tuple[Registered, ...]
    waiting: tuple[Registered, ...]
    confirmed: frozenset[str]
    issues: tuple[Entry, ...]
    office: tuple[Entry, ...] = ()

    @cached_property
    def active(self) -> tuple[Registered, ...]:
        """The standing submissions of which something still counts."""
        return tuple(one for one in self.standing if any(self._part(one, table) for table in one.accepted))

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that something counts of, in alphabetical order."""
        return tuple(sorted({t for one in self.standing for t in one.accepted if self._part(one, t)}))

    @cached_property
    def policy(self) -> Policy:
        """How conflicts are settled: as the latest import in force says."""
        in_force = [entry for entry in self.imports if entry.batch not in self.withdrawn]
        return Policy.read(in_force[-1].content.get("policy", {})) if in_force else Policy()

    @cached_property
    def logs(self) -> frozenset[str]:
        """Tables that stand by months: those of which a row stands in one, or that the policy says so of."""
        imported = (one for entry in self.imports for one in registered_by(entry))
        dated = (table for one in imported for table, units in one.units.items() if any(map(is_month, units)))
        return frozenset((*dated, *self.policy.logs))

    def precedence(self, one: Registered, table: str) -> tuple[dt.date, int]:
        """The larger, the newer: of a log by order of coming; a roster of an older period is older, whenever it comes."""
        return (_NO_DAY if table in self.logs else _end_of(one.period), one.seq)

    def parts(self, table: str) -> tuple[Part, ...]:
        """What counts of `table`, in the order in which it came; the other submissions need not be read."""
        found = (self._part(one, table) for one in self.standing if table in one.accepted)
        return tuple(part for part in found if part)

    def basis(self, table: str) -> tuple[object, ...]:
        """All that the current rows of `table` follow from: where two states have the same, so are the rows."""
        return self.parts(table), tuple(entry.batch for entry in self.office), self.policy

    def without(self, sha256: Collection[str]) -> State:
        """The state as if files with these hashes had never come: what they had taken away counts again."""
        return replace(self, standing=tuple(one for one in self.standing if one.sha256 not in sha256))

    def standing_of(self, one: Registered, table: str, unit: str) -> str:
        """What became of the rows of a unit: active, superseded, replaced, withdrawn or held."""
        place = (one.id, one.seq)
        if one.batch in self.withdrawn:
            return "withdrawn"
        if any((other.id, other.seq) == place for other in self.waiting):
            return "held"
        if all((other.id, other.seq) != place for other in self.standing):
            return "replaced"
        return "superseded" if unit in self.taken[one.id].get(table, ()) else "active"

    @cached_property
    def taken(self) -> Mapping[str, Taken]:
        """Submission → table → the units that newer batches of its submitter have taken from it.

        Only whom one knows takes, only under the same scheme, and never from a file of the same batch. Of a village that has
        become part of another, a later roster of that other one takes.
        """
        taken: dict[str, dict[str, frozenset[str]]] = {one.id: {} for one in self.standing}
        for table in {table for one in self.standing for table in one.units}:
            for one, found in self._taken(table):
                taken[one.id][table] = found
        return taken

    def _taken(self, table: str) -> Iterator[tuple[Registered, frozenset[str]]]:
        """Submissions that lose units of `table` to newer ones, and those units."""
        later: dict[tuple[str, str], set[str]] = defaultdict(set)
        stating = [one for one in self.standing if table in one.units]
        newest_first = sorted(stating, key=lambda one: self.precedence(one, table), reverse=True)
        for _, batch in groupby(newest_first, key=lambda one: one.seq):
            together = list(batch)
            for one in together:
                if found := later[one.submitter, one.scheme].intersection(one.units[table]):
                    yield one, frozenset(found)
            for one in together:
                covered = [unit for unit in one.covers.get(table, ()) if unit != UNKNOWN and one.submitter]
                taken = (former_units(self.merged_units, unit, one.seq) for unit in covered)
                later[one.submitter, one.scheme].update(*taken)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What the events in force do to keys, in order."""
        return steps(self.office)

    @cached_property
    def merged_units(self) -> tuple[tuple[int, str, str], ...]:
        """Number of the entry, unit of before and of now of every village event in force, in order."""
        return merged_units(self.office)

    @property
    def announced(self) -> frozenset[str]:
        """The months of every period that was issued."""
        periods = (Period.parse(entry.content["period"]) for entry in self.issues)
        return frozenset(month.text for period in periods for month in period.months())

    def _part(self, one: Registered, table: str) -> Part | None:
        taken = self.taken[one.id].get(table)
        if not taken:
            return Part(one)
        rest = frozenset(one.units[table]) - taken
        return Part(one, rest) if rest else None


@lru_cache(maxsize=1024)
def _end_of(period: str) -> dt.date:
    return Period.parse(period).end


def state_of(entries: Iterable[Entry]) -> State:
    """The state after these entries.

    A submission stands where a batch in force brought it in and no later batch in force replaced it; brought in twice, it
    stands with the later one. So undoing a batch brings back what it had replaced or taken away.
    """
    undoable: list[Entry] = []
    withdrawn: set[str] = set()
    for entry in entries:
        if entry.kind == "withdraw":
            withdrawn.add(entry.batch)
        elif entry.kind == "restore":
            withdrawn.discard(entry.batch)
        else:
            undoable.append(entry)
    in_force = [entry for entry in undoable if entry.batch not in withdrawn]
    confirmed = frozenset(i for entry in in_force if entry.kind == "confirm" for i in entry.content["submissions"])
    standing: dict[str, Registered] = {}
    waiting: dict[str, Registered] = {}
    for one in (one for entry in in_force if entry.kind == "import" for one in registered_by(entry)):
        waits = one.held and one.id not in confirmed
        for replaced in (*one.replaces, one.id):
            waiting.pop(replaced, None)
            if not waits:
                standing.pop(replaced, None)
        (waiting if waits else standing)[one.id] = one
    return State(
        imports=tuple(entry for entry in undoable if entry.kind == "import"),
        undoable=tuple(undoable),
        withdrawn=frozenset(withdrawn),
        standing=tuple(standing.values()),
        waiting=tuple(waiting.values()),
        confirmed=confirmed,
        issues=tuple(entry for entry in in_force if entry.kind == "issue"),
        office=tuple(entry for entry in in_force if entry.kind in OFFICE),
    )


def registered_by(entry: Entry) -> tuple[Registered, ...]:
    """The submissions that an import entry brought in."""
    content = entry.content
    return tuple(
        Registered(
            id=item["id"], file=item["file"], sha256=item["sha256"], accepted=item["accepted"], batch=entry.batch,
            seq=entry.seq, received=content["received"], scheme=content["scheme"], period=content["period"],
            submitter=item["submitter"], written=item["written"], supplement=item["supplement"], held=item["held"],
            units={table: tuple(units) for table, units in item["units"].items()},
            covers={table: tuple(units) for table, units in item["covers"].items()},
            replaces=tuple(item["replaces"]),
        )
        for item in content["submissions"]
    )  # fmt: skip
