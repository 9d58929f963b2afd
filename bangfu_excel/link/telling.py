"""A finding about several rows that say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.message import Message
from bangfu_excel.core.rows import Rows


@dataclass(frozen=True)
class Case:
    """Rows (labels) of one region of a table that say the same of their recipient."""

    table: str
    labels: tuple[int, ...]


def tell_at(rows: Rows, case: Case, field: str, message: Message, words: Mapping[str, object]) -> Finding:
    """The finding at the first row of the case, counting the others."""
    place = rows.place(case.table, case.labels[0], field)
    related = dict.fromkeys(rows.cell(case.table, label, field, seen_from=place) for label in case.labels[1:])
    related.pop(place.cell, None)
    return message.finding(place, related=tuple(related), count=1 + len(related), **words)
