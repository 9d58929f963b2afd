"""What the column names of a ledger stand for: groups of columns taken apart, and where the value of each comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bangfu_excel.core.ledger import PLACE, RECIPIENT, RECIPIENTS, Derived, LedgerSheet
from bangfu_excel.core.table import Field, Table

OF_RECIPIENT = "recipient."
NUMBER, NAME = "recipient.number", "recipient.name"
PLACES = ("recipient.township", "recipient.village", "recipient.group")
CALLED = {
    "household": ("household_id", "head_name"), "child": ("household_id", "name"), "village": ("", "village"), "unit": ("", "unit"),
}  # fmt: skip
"""Table of recipients → the fields of their number and name."""


@dataclass(frozen=True)
class Term:
    """One column: its name in the declaration, and the field or derived column (of `table`) that it is; neither for what a
    recipient of any kind is called and where it is.
    """

    name: str
    table: str = ""
    field: Field | None = None
    derived: Derived | None = None


@dataclass(frozen=True)
class Terms:
    """Everything that a column name may stand for."""

    tables: Mapping[str, Table]
    derived: tuple[Derived, ...] = ()

    def term(self, table: str, name: str) -> Term | None:
        """What `name` is on a sheet of `table`; None for nothing."""
        if not name.startswith(OF_RECIPIENT):
            return self._own(table, name, name)
        if not self.means_others(table):
            return None
        if name in (NUMBER, NAME, *PLACES):
            return Term(name)
        rest = name.removeprefix(OF_RECIPIENT)
        return next((term for other in RECIPIENTS if (term := self._own(other, rest, name)) is not None), None)

    def _own(self, table: str, name: str, called: str) -> Term | None:
        if table not in self.tables:
            return None
        if name in self.tables[table]:
            return Term(called, table, field=self.tables[table][name])
        found = next((one for one in self.derived if (one.table, one.name) == (table, name)), None)
        return Term(called, table, derived=found) if found else None

    def means_others(self, table: str) -> bool:
        """Whether the rows of `table` mean recipients; those of a roster of recipients are the recipients."""
        return self.tables[table].refers is not None and table not in RECIPIENTS

    def names(self, table: str) -> tuple[str, ...]:
        """Every name that may stand in a column of a sheet of `table`."""
        own = [*self.tables[table].names, *(one.name for one in self.derived if one.table == table), PLACE, RECIPIENT]
        if not self.means_others(table):
            return tuple(own)
        theirs = [*(n for t in RECIPIENTS if t in self.tables for n in self.tables[t].names)]
        theirs += [one.name for one in self.derived if one.table in RECIPIENTS]
        return (*own, NUMBER, NAME, *PLACES, *dict.fromkeys(OF_RECIPIENT + name for name in theirs))

    def columns(self, sheet: LedgerSheet) -> tuple[str, ...]:
        """The columns of a sheet, groups taken apart, each once."""
        return tuple(dict.fromkeys(self.apart(sheet.table, sheet.columns)))

    def apart(self, table: str, names: Iterable[str]) -> list[str]:
        """`names` with the columns for which `place` and `recipient` stand."""
        found: list[str] = []
        for name in names:
            found += self.place(table) if name == PLACE else self.recipient(table) if name == RECIPIENT else [name]
        return found

    def place(self, table: str) -> list[str]:
        """Township, village and group: of the recipient, else those that the table has."""
        if self.means_others(table):
            return list(PLACES)
        group = "group" if table == "household" else "villager_group"
        return [name for name in ("township", "village", group) if name in self.tables[table]]

    def recipient(self, table: str) -> list[str]:
        """Number and name: of the recipient, else the table's own."""
        if self.means_others(table):
            return [NUMBER, NAME]
        return [name for name in CALLED.get(table, ()) if name]

    def replaced(self, table: str, shown: Iterable[str]) -> frozenset[str]:
        """The table's own fields that say what a shown column of the recipient says."""
        refers = self.tables[table].refers
        if refers is None or not self.means_others(table):
            return frozenset()
        return frozenset(own for name in shown if (own := self.own_words(table).get(name)))

    def own_words(self, table: str) -> Mapping[str, str]:
        """Column of the recipient → the field of `table` that states it."""
        refers = self.tables[table].refers
        if refers is None:
            return {}
        said = {
            NUMBER: refers.id, NAME: refers.name, **dict(zip(PLACES, (refers.township, refers.village, refers.group), strict=True)),
            "recipient.household_id": refers.id, "recipient.head_name": refers.name, "recipient.school": refers.school,
            "recipient.class_name": refers.class_name,
        }  # fmt: skip
        if not refers.owns_person:
            said["recipient.head_id"] = refers.person
        return {name: own for name, own in said.items() if own in self.tables[table]}
