"""Who was the head of a household until an event said otherwise: rosters of members may go on naming him so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.names import name_key
from bangfu_excel.merge.events import EVENTS, HEAD, Said, events, pair
from bangfu_excel.merge.journal import Entry
from bangfu_excel.merge.leaving import stated_reason
from bangfu_excel.merge.renames import Renames

DEATH = "死亡"
Row = Mapping[Hashable, Any]


@dataclass(frozen=True, repr=False)
class Succession:
    """Old and new head (name, identity number; "" unknown), why (死亡, 迁出 …; 户主变更 where nothing is said), on whose word."""

    old: tuple[str, str]
    new: tuple[str, str]
    reason: str
    said: Said


def successions(office: Iterable[Entry], renames: Renames) -> Mapping[str, tuple[Succession, ...]]:
    """Household (key of now) → who followed whom as its head."""
    found: dict[str, list[Succession]] = defaultdict(list)
    for entry, record in events(office):
        if record["event"] == HEAD:
            sides = zip(pair(record, "head_name"), pair(record, "head_id"), strict=True)
            old, new = ((str(name or ""), str(number or "")) for name, number in sides)
            reason = stated_reason(str(record.get("reason") or "")) or EVENTS[HEAD]
            found[renames.recipient(str(record["key"]))].append(Succession(old, new, reason, Said.of(entry, record)))
    return {household: tuple(told) for household, told in found.items()}


def concerned(
    members: pd.DataFrame, found: Mapping[str, tuple[Succession, ...]]
) -> Iterator[tuple[int, Row, Succession]]:
    """Position and row of each of these members whose household has another head since, and how that came about."""
    if not found or "_recipient" not in members:
        return
    for at in among(members["_recipient"], found).to_numpy().nonzero()[0].tolist():
        row = members.iloc[at].to_dict()
        for one in found[row["_recipient"]]:
            yield at, row, one


def is_he(row: Row, person: tuple[str, str]) -> bool:
    """Whether a row of members is about this person: by his number where both state one, else by his name."""
    name, number = person
    own = row.get("id_number")
    if isinstance(own, str) and number:
        return own == number
    return bool(name) and name_key(str(row.get("name") or "")) == name_key(name)
