"""What the journal adds up to: which batches there are, and which submissions count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bangfu_excel.merge.journal import Entry


@dataclass(frozen=True)
class Held:
    """A submission as one batch brought it in. `seq` of its batch, then its position in the batch, is the precedence."""

    id: str
    file: str
    sha256: str
    accepted: Mapping[str, int]
    batch: str
    seq: int
    received: str
    scheme: str
    period: str


@dataclass(frozen=True)
class State:
    """imports: the batches, oldest first · withdrawn: ids of those undone · active: the submissions that count, in order of precedence."""

    imports: tuple[Entry, ...]
    withdrawn: frozenset[str]
    active: tuple[Held, ...]


def state_of(entries: Iterable[Entry]) -> State:
    """The state after these entries.

    A submission counts where an active batch brought it in and no later active batch replaced it; brought in twice, it
    counts with the later one. So undoing a batch brings back what it had replaced.
    """
    imports: list[Entry] = []
    withdrawn: set[str] = set()
    for entry in entries:
        if entry.kind == "import":
            imports.append(entry)
        elif entry.kind == "withdraw":
            withdrawn.add(entry.batch)
        else:
            withdrawn.discard(entry.batch)
    counting: dict[str, Held] = {}
    for entry in imports:
        if entry.batch in withdrawn:
            continue
        for replaced in entry.content["replaces"]:
            counting.pop(replaced, None)
        for held in held_by(entry):
            counting.pop(held.id, None)
            counting[held.id] = held
    return State(tuple(imports), frozenset(withdrawn), tuple(counting.values()))


def held_by(entry: Entry) -> tuple[Held, ...]:
    """The submissions that an import entry brought in."""
    content = entry.content
    return tuple(
        Held(
            id=item["id"], file=item["file"], sha256=item["sha256"], accepted=item["accepted"], batch=entry.batch,
            seq=entry.seq, received=content["received"], scheme=content["scheme"], period=content["period"],
        )
        for item in content["submissions"]
    )  # fmt: skip
