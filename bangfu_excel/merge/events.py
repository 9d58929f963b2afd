"""What life events mean: keys that are other ones now, values that changed, records that came and went. Pure functions of entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bangfu_excel.core.names import name_key
from bangfu_excel.core.places import group_key, place_key
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.natural import Natural

HOUSEHOLD, MEMBER, PAIRING = "household", "member", "pairing"
HEAD, MOVE, RENUMBER, SPLIT, JOIN, VILLAGE, HELPER = "head", "move", "renumber", "split", "join", "village", "helper"
EVENTS = {
    HEAD: "户主变更", MOVE: "迁村", RENUMBER: "户编号变更", SPLIT: "分户", JOIN: "并户", VILLAGE: "村合并或更名", HELPER: "帮扶人调动",
}  # fmt: skip
CALLED: Mapping[str, Mapping[str, str]] = {
    HOUSEHOLD: {name: name for name in ("household_id", "head_name", "head_id", "township", "village", "group")},
    MEMBER: {name: name for name in ("household_id", "head_name", "township", "village", "group")},
    PAIRING: {
        "household_id": "household_id", "head_name": "recipient_name", "head_id": "recipient_id", "township": "township",
        "village": "village", "group": "villager_group",
    },
}  # fmt: skip
"""Roster → what of a household it says, and in which field. A log keeps what was written on its day."""
_CHANGED = {HEAD: ("head_name", "head_id"), MOVE: ("township", "village", "group"), RENUMBER: ("household_id",)}


@dataclass(frozen=True)
class Said:
    """An entry in which the office said something, and where in its workbook. kind: correct, or of an event its own."""

    batch: str
    seq: int
    received: str
    file: str
    place: str
    kind: str
    told_by: str = ""

    @classmethod
    def of(cls, entry: Entry, record: Mapping[str, Any]) -> Said:
        kind = str(record.get("event", entry.kind))
        told_by = str(record.get("told_by") or record.get("basis") or "")
        received, file = (str(entry.content.get(name, "")) for name in ("received", "file"))
        return cls(entry.batch, entry.seq, received, file, str(record.get("place") or ""), kind, told_by)


@dataclass(frozen=True)
class Step:
    """What events of one entry that do not touch each other do to keys.

    households: key of before → key of now · village: unit of before and of now, whose households are known by their place ·
    members: key of a member → the household that he now belongs to · joined: the keys of now had been households before.
    """

    seq: int
    households: Mapping[str, str] = field(default_factory=dict)
    village: tuple[str, str] = ("", "")
    members: Mapping[str, str] = field(default_factory=dict)
    joined: bool = False


@dataclass(frozen=True)
class Change:
    """A field whose value is another one now, of the records whose `column` is `key`. fills: also where nothing was stated."""

    table: str
    column: str
    key: str
    field: str
    old: Natural
    new: Natural
    precision: str
    said: Said
    fills: bool = True
    old_precision: str = ""


@dataclass(frozen=True)
class VillageChange:
    """Township and village of before (matching form) and of now (as they are written)."""

    old: tuple[str, str]
    new: tuple[str, str]
    said: Said


@dataclass(frozen=True)
class Removal:
    """A record that is there no longer. into: the household that it became part of."""

    table: str
    key: str
    said: Said
    into: str = ""


@dataclass(frozen=True)
class Founded:
    """A household that came of a split: it is there as long as no roster states it."""

    key: str
    values: Mapping[str, Natural]
    said: Said


@dataclass(frozen=True)
class Transfer:
    """A helper who left: his open pairings (of these households; of none named, of all) end, somebody may succeed."""

    helper: str
    ended_on: str
    households: tuple[str, ...]
    successor: Mapping[str, Natural]
    said: Said


Act = Change | VillageChange | Removal | Founded | Transfer


def pair(record: Mapping[str, Any], name: str) -> tuple[Natural, Natural]:
    """What is said of before and of now; None where nothing is."""
    old, new = record.get(name) or (None, None)
    return (None if old == "" else old), (None if new == "" else new)


def events(office: Iterable[Entry]) -> Iterator[tuple[Entry, Mapping[str, Any]]]:
    """Every event of these entries, in their order."""
    for entry in office:
        if entry.kind == "event":
            for record in entry.content["records"]:
                yield entry, record


def unit_of(township: Natural, village: Natural) -> str:
    """The unit of a village as rows have it in `_unit`."""
    return f"{place_key(str(township or ''))}|{place_key(str(village or ''))}"


def village_units(record: Mapping[str, Any]) -> tuple[str, str]:
    """The units of before and of now that a village event names."""
    townships, villages = pair(record, "township"), pair(record, "village")
    return unit_of(townships[0], villages[0]), unit_of(townships[1] or townships[0], villages[1])


def merged_units(office: Iterable[Entry]) -> tuple[tuple[int, str, str], ...]:
    """Number of the entry, unit of before and of now of every village event, in order."""
    return tuple((entry.seq, *village_units(said)) for entry, said in events(office) if said["event"] == VILLAGE)


def steps(office: Iterable[Entry]) -> tuple[Step, ...]:
    """What the events do to keys, in order; those of an entry that do not touch each other are one step."""
    found: list[Step] = []
    touched: set[str] = set()
    for entry, record in events(office):
        step = _step(entry.seq, record)
        if step is None:
            continue
        keys = {key for pair_of_keys in step.households.items() for key in pair_of_keys}
        if found and _alike(found[-1], step) and not touched & keys:
            found[-1] = Step(step.seq, {**found[-1].households, **step.households}, joined=step.joined)
            touched |= keys
        else:
            found.append(step)
            touched = keys
    return tuple(found)


def founded_key(household: Mapping[str, Any]) -> str:
    """The key of a household by what is said of it."""
    place = unit_of(household.get("township"), household.get("village"))
    by_place = (
        f"{place}|{group_key(str(household.get('group') or ''))}|{name_key(str(household.get('head_name') or ''))}"
    )
    return str(household.get("household_id") or household.get("head_id") or by_place)


def acts(entry: Entry) -> Iterator[Act]:
    """What an entry of corrections or events does to rows, in order. Keys are those of its day."""
    for record in entry.content["records"]:
        said = Said.of(entry, record)
        if entry.kind == "correct":
            yield _correction(record, said)
        elif entry.kind == "event":
            yield from _event_acts(record, said)


def renamed_key(record: Mapping[str, Any]) -> str:
    """The key that the household of a head, move or renumber event has after it."""
    key, kind = str(record["key"]), record["event"]
    if kind == RENUMBER:
        return str(pair(record, "household_id")[1] or key)
    if kind == HEAD and key == pair(record, "head_id")[0]:
        return str(pair(record, "head_id")[1] or key)
    parts = key.split("|")
    if len(parts) != 4:
        return key
    if kind == HEAD:
        return "|".join([*parts[:3], name_key(str(pair(record, "head_name")[1] or parts[3]))])
    said = [pair(record, name)[1] for name in ("township", "village", "group")]
    place = [
        place_key(str(said[0] or parts[0])),
        place_key(str(said[1] or parts[1])),
        group_key(str(said[2] or parts[2])),
    ]
    return "|".join([*place, parts[3]])


def _step(seq: int, record: Mapping[str, Any]) -> Step | None:
    match record["event"]:
        case "village":
            old, new = village_units(record)
            return Step(seq, village=(old, new)) if old != new else None
        case "split":
            key = founded_key(record["household"])
            return Step(seq, members={str(member): key for member in record.get("members") or ()})
        case "join":
            return Step(seq, {str(record["key"]): str(record["into"])}, joined=True)
        case "head" | "move" | "renumber":
            now = renamed_key(record)
            return Step(seq, {str(record["key"]): now}) if now != record["key"] else None
    return None


def _alike(last: Step, step: Step) -> bool:
    plain = not (last.members or step.members or any(last.village) or any(step.village))
    return plain and (last.seq, last.joined) == (step.seq, step.joined)


def _correction(record: Mapping[str, Any], said: Said) -> Act:
    table, key, name = (str(record[name]) for name in ("table", "key", "field"))
    if not name:
        return Removal(table, key, said)
    old, new = ((None if record.get(n) == "" else record.get(n)) for n in ("old", "new"))
    now, before = (str(record.get(n) or "") for n in ("precision", "old_precision"))
    return Change(table, "_key", key, name, old, new, now, said, old_precision=before)


def _event_acts(record: Mapping[str, Any], said: Said) -> Iterator[Act]:
    match record["event"]:
        case "village":
            old, new = (tuple(pair(record, name)[at] for name in ("township", "village")) for at in (0, 1))
            forms = (place_key(str(old[0] or "")), place_key(str(old[1] or "")))
            yield VillageChange(forms, (str(new[0] or old[0] or ""), str(new[1] or "")), said)
        case "split":
            values = {name: value or None for name, value in record["household"].items()}
            yield Founded(founded_key(record["household"]), values, said)
        case "join":
            yield Removal(HOUSEHOLD, str(record["key"]), said, into=str(record["into"]))
        case "helper":
            households = tuple(str(key) for key in record.get("households") or ())
            successor = record.get("successor") or {}
            yield Transfer(str(record["helper"]), str(record["ended_on"]), households, successor, said)
        case kind:
            yield from _changes(record, _CHANGED[kind], said)


def _changes(record: Mapping[str, Any], names: Sequence[str], said: Said) -> Iterator[Change]:
    key = str(record["key"])
    for name in names:
        old, new = pair(record, name)
        if new is None:
            continue
        for table, called in CALLED.items():
            if name in called:
                column = "_key" if table == HOUSEHOLD else "_recipient"
                yield Change(table, column, key, called[name], old, new, "", said, fills=table == HOUSEHOLD)
