"""Lines of a change log that the office brought about: with its reason and the place in its workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from bangfu_excel.merge.amending import acts_of
from bangfu_excel.merge.changes import value_text
from bangfu_excel.merge.events import CALLED, EVENTS, PAIRING, Act, Change, Removal, Said, Transfer, VillageChange
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State
from bangfu_excel.merge.succeeding import UNTIL

_ANY = "*"
_COLUMNS = ("_key", "_recipient", "_helper", _ANY)
"""By which column an act says whom it means; `_ANY` where the value itself tells (a village)."""


@dataclass(frozen=True)
class Office:
    """What the office has said newly: values, by (table, column, key, field, text), and removals, by (table, key)."""

    values: Mapping[tuple[str, str, str, str, str], Said]
    removals: Mapping[tuple[str, str], Removal]
    records: Mapping[tuple[str, str], Mapping[str, Any]]

    @classmethod
    def of(cls, office: Sequence[Entry], until: State, renames: Renames) -> Office:
        """From the entries that are new at `until`; keys are those of now."""
        acts = acts_of(replace(until, office=tuple(office)), renames)
        records = {
            (entry.batch, str(record.get("place") or "")): record
            for entry in office
            for record in entry.content["records"]
        }
        values = {place: said for act in acts for place, said in _values(act)}
        values.update(_decided(office, renames))
        removals = {(act.table, act.key): act for act in acts if isinstance(act, Removal)}
        return cls(values, removals, records)

    def reason(self, said: Said) -> str:
        """更正（电话，张主任）, 户主变更（派出所证明）."""
        record = self.records.get((said.batch, said.place), {})
        names = ("source", "told_by", "basis")
        basis = "，".join(dict.fromkeys(str(record[name]) for name in names if record.get(name)))
        title = {"correct": "更正", "decide": "裁决"}.get(said.kind) or EVENTS[said.kind]
        return f"{title}（{basis}）" if basis else title

    def attributed(self, lines: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
        """The lines (变更) of one table with reason and origin where the office said the value. rows: of now, one a line."""
        if lines.empty or not self.values:
            return lines
        keys = zip(*(rows[name] if name in rows else [None] * len(rows) for name in _COLUMNS[:-1]), strict=True)
        values = zip(lines["table"], lines["field"], lines["after"], strict=True)
        found = [self._said(*value, own) for value, own in zip(values, keys, strict=True)]
        at = [position for position, said in enumerate(found) if said]
        told = [said for said in found if said]
        return self.marked(lines, at, told)

    def marked(self, lines: pd.DataFrame, at: Sequence[int], told: Sequence[Said]) -> pd.DataFrame:
        """The lines with reason and origin of what was said at these positions."""
        if not at:
            return lines
        columns = {
            name: lines[name].to_list() for name in ("reason", "_submission", "_batch", "_file", "_sheet", "_cell")
        }
        for position, said in zip(at, told, strict=True):
            sheet, _, cell = said.place.rpartition("!")
            values = (self.reason(said), "", said.batch, said.file, sheet, cell)
            for name, value in zip(columns, values, strict=True):
                columns[name][position] = value
        return lines.assign(
            **{name: pd.Series(texts, index=lines.index, dtype="str") for name, texts in columns.items()}
        )

    def _said(self, table: str, field: str, text: str, keys: Sequence[object]) -> Said | None:
        named = ((table, column, str(key), field, text) for column, key in zip(_COLUMNS, (*keys, _ANY), strict=True))
        return next((self.values[one] for one in named if one in self.values), None)


def _values(act: Act) -> Iterator[tuple[tuple[str, str, str, str, str], Said]]:
    """Which values of which records an act brings about."""
    match act:
        case Change():
            yield (act.table, act.column, act.key, act.field, _text(act.new, act.precision)), act.said
        case VillageChange():
            for table, called in CALLED.items():
                for name, value in zip(("township", "village"), act.new, strict=True):
                    yield (table, _ANY, _ANY, called[name], value), act.said
        case Transfer():
            yield (PAIRING, "_helper", act.helper, UNTIL, act.ended_on), act.said


def _decided(office: Iterable[Entry], renames: Renames) -> Iterator[tuple[tuple[str, str, str, str, str], Said]]:
    for entry in office:
        for record in entry.content["records"] if entry.kind == "decide" else ():
            if {"table", "key", "field"} <= set(record):
                key = renames.key(record["table"], record["key"])
                text = _text(record.get("value"), str(record.get("precision") or ""))
                yield (record["table"], "_key", key, record["field"], text), Said.of(entry, record)


def _text(value: object, precision: str) -> str:
    """A natural value as a change log shows it."""
    text = value_text(value)
    return text[: {"year": 4, "month": 7}.get(precision, len(text))]
