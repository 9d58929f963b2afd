"""What the office decided, corrected and learnt of a household, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bangfu_excel.domain import TABLES
from bangfu_excel.merge import Registry
from bangfu_excel.merge.changes import value_text
from bangfu_excel.merge.events import HEAD, HOUSEHOLD, SPLIT, VILLAGE, village_units
from bangfu_excel.merge.happenings import event_lines
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State

Shown = Callable[[str, str, str], str]
"""Table, field, text → the text as it may be shown."""


@dataclass(frozen=True)
class Meant:
    """The records of a household, as (table, key of now), and the units in which any roster had it."""

    keys: frozenset[tuple[str, str]]
    units: frozenset[str]

    def by(self, line: Mapping[str, object], record: Mapping[str, Any]) -> bool:
        """Whether an event is about it, or about the village that it was in."""
        if record["event"] == VILLAGE:
            return village_units(record)[0] in self.units
        return bool({(HOUSEHOLD, line["key"]), (HOUSEHOLD, line["former"])} & self.keys)


def office_lines(state: State, registry: Registry, meant: Meant, shown: Shown) -> Iterator[tuple[str, str, str]]:
    """Day, text and source of every decision, correction and event that is about one of these records (table, key of now)."""
    renames = Renames.of(registry.submissions, state)
    for entry in state.office:
        day, file = str(entry.content["received"]), str(entry.content.get("file", ""))
        for record in entry.content["records"] if entry.kind != "event" else ():
            if {"table", "key", "field"} <= set(record):
                table = str(record["table"])
                if (table, renames.key(table, str(record["key"]))) in meant.keys:
                    place = str(record.get("place") or "")
                    yield day, _said(entry.kind, record, shown), f"{file} {place}，批次{entry.batch}".strip()
    events = [(entry, record) for entry in state.office if entry.kind == "event" for record in entry.content["records"]]
    for (entry, record), line in zip(events, event_lines(state.office, renames, {}), strict=True):
        if meant.by(line, record):
            person = "head_name" if record["event"] in (HEAD, SPLIT) else ""
            before, after = (shown(HOUSEHOLD, person, str(line[side])) for side in ("before", "after"))
            source = f"{line['_file']} {line['_sheet']}!{line['_cell']}，批次{entry.batch}".strip()
            yield str(entry.content["received"]), f"{line['kind']}：{before}→{after}（{line['reason']}）", source


def _said(kind: str, record: Mapping[str, Any], shown: Shown) -> str:
    table, name = str(record["table"]), str(record["field"])
    basis = "，".join(str(record[one]) for one in ("source", "told_by") if record.get(one))
    why = f"（{basis}）" if basis else ""
    if kind == "correct" and not name:
        return f"县办更正：删除这条{TABLES[table].label}{why}"
    label = TABLES[table][name].label if name in TABLES[table] else name
    if kind == "decide":
        return f"县办裁决：{label}以“{shown(table, name, value_text(record.get('value')))}”为准"
    old, new = (shown(table, name, value_text(record.get(one))) for one in ("old", "new"))
    return f"县办更正：{label}由“{old}”改为“{new}”{why}"
