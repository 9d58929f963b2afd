"""Life events as lines of a change log: what was, what is, when and on what basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bangfu_excel.merge.events import (
    EVENTS,
    HEAD,
    HELPER,
    HOUSEHOLD,
    JOIN,
    MOVE,
    PAIRING,
    RENUMBER,
    SPLIT,
    VILLAGE,
    founded_key,
    pair,
)
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State

_SHOWN = {
    HEAD: ("head_name",),
    MOVE: ("township", "village", "group"),
    RENUMBER: ("household_id",),
    VILLAGE: ("township", "village"),
}


def new_office(since: State, until: State) -> tuple[Entry, ...]:
    """What the office had said at `until` and not yet at `since`: entries with those of their records."""
    known = {entry.batch: entry.content["records"] for entry in since.office}
    found = []
    for entry in until.office:
        records = [record for record in entry.content["records"] if record not in known.get(entry.batch, ())]
        if records:
            found.append(Entry(entry.seq, entry.kind, {**entry.content, "records": records}))
    return tuple(found)


def event_lines(
    office: tuple[Entry, ...], renames: Renames, names: Mapping[str, str]
) -> Iterator[Mapping[str, object]]:
    """One line an event: table, key (of now), kind, before, after, reason and its place. names: key → head of a household."""
    for entry in office:
        for record in entry.content["records"] if entry.kind == "event" else ():
            sheet, _, cell = str(record.get("place") or "").rpartition("!")
            before, after = _sides(record, names)
            key, former = _keys(record, renames)
            yield {
                "table": PAIRING if record["event"] == HELPER else HOUSEHOLD, "key": key, "former": former,
                "kind": EVENTS[record["event"]], "before": before, "after": after, "reason": _reason(record),
                "_batch": entry.batch, "_file": str(entry.content.get("file", "")), "_sheet": sheet, "_cell": cell,
            }  # fmt: skip


def _keys(record: Mapping[str, Any], renames: Renames) -> tuple[str, str]:
    """The key of now of whom the event is about, and that of the household that was split or has become part of another."""
    kind = record["event"]
    if kind == HELPER:
        return str(record["helper"]), ""
    key = renames.household(str(record["key"])) if "key" in record else ""
    if kind == SPLIT:
        return renames.household(founded_key(record["household"])), key
    return (renames.household(str(record["into"])), key) if kind == JOIN else (key, "")


def _reason(record: Mapping[str, Any]) -> str:
    """2024-08-03，派出所证明."""
    said = (record.get("date"), record.get("reason"), record.get("basis"))
    return "，".join(str(text) for text in said if text)


def _sides(record: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, str]:
    kind = record["event"]
    if kind in _SHOWN:
        pairs = [pair(record, name) for name in _SHOWN[kind]]
        old = "".join(str(before or "") for before, _ in pairs)
        return old, "".join(str((after if after is not None else before) or "") for before, after in pairs)
    if kind == HELPER:
        follower = record.get("successor") or {}
        begun = f"（{follower.get('started_on')}起）" if follower.get("started_on") else ""
        left = str(record["helper"]).partition("|")[0]
        return f"{left}（至{record['ended_on']}）", f"{follower['helper_name']}{begun}" if follower else ""
    if kind == JOIN:
        gone, into = (names.get(str(record[side]), str(record[side])) for side in ("key", "into"))
        return gone, into
    assert kind == SPLIT
    household = record["household"]
    return names.get(str(record["key"]), str(record["key"])), str(household.get("head_name") or "")
