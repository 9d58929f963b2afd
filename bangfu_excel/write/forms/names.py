"""What a placeholder names: a column of the card's own table, of whom it means, of who helps, of rows that repeat."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bangfu_excel.core.fold import fold
from bangfu_excel.core.spelling import is_it
from bangfu_excel.core.table import Field, Table

COMMON = {
    "as_of": "截止日期", "period": "统计期", "county": "县名", "scheme": "方案", "page": "编号",
}  # fmt: skip
"""What is the same on all cards of a run, but for the number of the card."""
NO, COUNT = "no", "count"
_LINE = {NO: "序号"}
_COUNTED = {COUNT: "数"}
_RECIPIENT = ("recipient", "对象", "帮扶对象")
_HELPER = ("helper", "帮扶人")
RECIPIENTS = ("household", "child")
_HELPERS = ("helper", "pairing")


class Source(StrEnum):
    """Whose value it is."""

    OWN = "own"  # of the row itself
    RECIPIENT = "recipient"  # of the household or child that the row means
    HELPER = "helper"  # of who helps them
    COMMON = "common"  # of the run, or the line's number


@dataclass(frozen=True, slots=True)
class Named:
    """A value by its name; table: whose rows repeat, "" where the value stands once on a card.

    field: its declaration, where it has one.
    """

    source: Source
    name: str
    table: str = ""
    field: Field | None = None

    @property
    def key(self) -> str:
        """By what a card has the value."""
        return f"{self.source}.{self.name}"

    @property
    def is_date(self) -> bool:
        return self.name == "as_of" if self.field is None else self.field.kind.name == "date"

    @property
    def is_number(self) -> bool:
        if self.field is None:
            return self.name in (NO, COUNT, "page")
        return self.field.kind.dtype in ("Int64", "Float64")


@dataclass(frozen=True)
class Vocabulary:
    """What the placeholders of a form may name.

    tables: every declared table · main: the one whose rows get a card each · used: those that the scheme collects.
    """

    tables: Mapping[str, Table]
    main: str
    used: Collection[str]

    def find(self, written: str) -> Named | str:
        """What `written` names; or, in words, why it names nothing."""
        head, dot, rest = (part.strip() for part in written.replace("．", ".").partition("."))
        if not dot:
            return self._own(self.main, written) or self._common(written) or self._unknown(written, self._known())
        if head in _RECIPIENT or head in _HELPER:
            return self._beside(head, rest, "") or self._unknown(rest, self._beside_names(head))
        table = self.table(head)
        if table is None:
            return self._no_table(head)
        return self._repeated(table, rest)

    def find_table(self, written: str) -> str | None:
        """The table that is called so, if the scheme collects it."""
        table = self.table(written)
        return table.name if table and table.name in self.used else None

    def table(self, written: str) -> Table | None:
        """The table of that name or label."""
        wanted = fold(written)
        return next(
            (t for t in self.tables.values() if wanted in (t.name, fold(t.label), fold(t.noun or t.label))), None
        )

    def field(self, table: str, written: str) -> Field | None:
        """The column of that name, label or other certain heading."""
        declared = self.tables[table]
        if written in declared:
            return declared[written]
        wanted = fold(written)
        labelled = [f for f in declared.fields if fold(f.label) == wanted]
        called = labelled or [f for f in declared.fields if wanted in map(fold, f.headers)]
        return called[0] if len(called) == 1 else None

    def _own(self, table: str, written: str) -> Named | None:
        found = self.field(table, written)
        return Named(Source.OWN, found.name, field=found) if found else None

    def _common(self, written: str) -> Named | None:
        name = _named(written, COMMON | _LINE)
        return Named(Source.COMMON, name) if name else None

    def _beside(self, head: str, written: str, table: str) -> Named | None:
        source = Source.RECIPIENT if head in _RECIPIENT else Source.HELPER
        for name in RECIPIENTS if source is Source.RECIPIENT else _HELPERS:
            if name in self.tables and (found := self.field(name, written)):
                bare = found.name.removeprefix("helper_") if name == "pairing" else found.name
                return Named(source, bare, table, found)
        return None

    def _repeated(self, table: Table, written: str) -> Named | str:
        if table.name not in self.used:
            return f"本方案不收“{table.label}”这张表"
        head, dot, rest = (part.strip() for part in written.partition("."))
        if dot and (head in _RECIPIENT or head in _HELPER):
            return self._beside(head, rest, table.name) or self._unknown(rest, self._beside_names(head))
        if found := self.field(table.name, written):
            return Named(Source.OWN, found.name, table.name, found)
        if name := _named(written, _LINE | _COUNTED):
            return Named(Source.COMMON, name, table.name)
        return f"“{table.label}”表里{self._unknown(written, _called(table))}"

    def no_rows(self, table: str, *, each: bool) -> str:
        """Why the rows of `table` cannot repeat on a card; "" where they can. each: cards are made of several rows."""
        label, main = self.tables[table].label, self.tables[self.main].label
        if each:
            return "" if table == self.main else f"写了“每份”的表样，只能按“{main}”的记录重复，不能重复“{label}”"
        if table == self.main:
            return f"“{label}”按行重复，要在“设置”里加一行“每份”，写明按哪一栏各出一份，如“每份”“帮扶单位”"
        if link_between(self.tables[self.main], self.tables[table]) is None:
            return f"“{label}”的记录和“{main}”对不上，没有可重复的行"
        return ""

    def _known(self) -> list[str]:
        return [*_called(self.tables[self.main]), *COMMON, *COMMON.values()]

    def _beside_names(self, head: str) -> list[str]:
        names = RECIPIENTS if head in _RECIPIENT else _HELPERS
        return [word for name in names if name in self.tables for word in _called(self.tables[name])]

    def _no_table(self, written: str) -> str:
        known = [word for name in self.used for word in (name, self.tables[name].label)]
        return f"没有“{written}”这张表{is_it(written, known)}"

    @staticmethod
    def _unknown(written: str, known: Iterable[str]) -> str:
        return f"没有“{written}”这一栏{is_it(written, known)}"


def _called(table: Table) -> list[str]:
    return [word for f in table.fields for word in (f.name, *f.headers)]


def _named(written: str, names: Mapping[str, str]) -> str:
    wanted = fold(written)
    return next((name for name, label in names.items() if wanted in (name, fold(label))), "")


class Link(StrEnum):
    """By what the rows of another table belong to a card."""

    RECIPIENT = "recipient"  # of the same household, child or village
    HELPER = "helper"  # by the same helper
    UNIT = "unit"  # by the same unit
    VILLAGE = "village"  # in the same village


def link_between(main: Table, other: Table) -> Link | None:
    """By what the rows of `other` belong to one of `main`; None where nothing joins them."""
    if main.refers is not None:
        return Link.RECIPIENT if other.refers is not None and other.name not in RECIPIENTS else None
    if main.name == "helper":
        return Link.HELPER if other.helper else None
    if main.name == "unit":
        return Link.UNIT if "helper_unit" in other or "unit" in other else None
    return Link.VILLAGE if main.name == "village" and "village" in other else None
