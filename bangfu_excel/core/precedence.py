"""Whose word stands where several units state different values of one record: the policy of each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bangfu_excel.core.submitters import submitter_key

if TYPE_CHECKING:
    from bangfu_excel.core.table import Field, Table

SPELT_IN_SEVERAL_WAYS = frozenset({"person", "place", "organisation"})
"""Kinds of which two spellings may be one value: 三组 and 3组."""
_NEVER_ASKED = frozenset({"text", "phone"})


class Conflict(StrEnum):
    """What is done with different values of one field."""

    NEWEST = "newest"  # the latest batch that states one
    SOURCE = "source"  # the unit that comes first in the county's list, then the latest
    FILL = "fill"  # the earliest stands, later ones fill gaps
    ASK = "ask"  # the office decides


@dataclass(frozen=True)
class Policy:
    """How conflicts are settled: what is not `NEWEST`, table → field → policy.

    kinds: table → field → kind, of the fields whose values are compared in matching form · rank: units in matching form, the
    most trusted first; who is not among them comes last · logs: tables of which the order of coming says what is newer.
    """

    conflicts: Mapping[str, Mapping[str, Conflict]] = field(default_factory=dict)
    kinds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rank: tuple[str, ...] = ()
    logs: tuple[str, ...] = ()

    @classmethod
    def of(cls, tables: Mapping[str, Table], rank: Sequence[str] = ()) -> Policy:
        """The policy that the fields of `tables` declare. rank: names of units as they are written."""
        conflicts, kinds = {}, {}
        for name, table in tables.items():
            settled = {f.name: policy_of(f, table) for f in table.fields}
            if asked := {f: how for f, how in settled.items() if how is not Conflict.NEWEST}:
                conflicts[name] = asked
            if spelt := {f.name: f.kind.name for f in table.fields if f.kind.name in SPELT_IN_SEVERAL_WAYS}:
                kinds[name] = spelt
        logs = tuple(sorted(name for name, table in tables.items() if table.dated_by))
        return cls(conflicts, kinds, tuple(dict.fromkeys(submitter_key(unit) for unit in rank)), logs)

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Policy:
        """The policy of which `content` was made."""
        conflicts = {
            table: {name: Conflict(how) for name, how in said.items()}
            for table, said in content.get("conflicts", {}).items()
        }
        return cls(conflicts, content.get("kinds", {}), tuple(content.get("rank", ())), tuple(content.get("logs", ())))

    @property
    def content(self) -> dict[str, Any]:
        """The policy in JSON values; empty where the newest always stands and all is compared as it is written."""
        parts = {
            "conflicts": {table: {n: str(how) for n, how in said.items()} for table, said in self.conflicts.items()},
            "kinds": {table: dict(said) for table, said in self.kinds.items()},
            "rank": list(self.rank),
            "logs": list(self.logs),
        }
        return {name: part for name, part in parts.items() if part}

    def conflict(self, table: str, name: str) -> Conflict:
        """The policy of one field."""
        return self.conflicts.get(table, {}).get(name, Conflict.NEWEST)


def policy_of(declared: Field, table: Table) -> Conflict:
    """The field's own policy; else the newest for free text, telephones and all of a log, and asking for the rest."""
    if declared.conflict is not None:
        return declared.conflict
    newest = bool(table.dated_by) or declared.kind.name in _NEVER_ASKED
    return Conflict.NEWEST if newest else Conflict.ASK
