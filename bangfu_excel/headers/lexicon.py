"""Every header that the given tables know: label or alias → field, heading → party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bangfu_excel.core.table import Field, Table
from bangfu_excel.headers.label import header_key, unnumbered

SERIAL = frozenset({"序号", "序", "no", "no.", "项号", "行号", "顺序号", "排号"})
"""Columns that only count the rows; they are no field and not worth a word."""

MAYBE_SERIAL = frozenset({"编号", "号", "号码"})
"""The same, where the column holds small whole numbers."""

HELPER = "helper"


@dataclass(frozen=True, slots=True)
class TableLexicon:
    """The headers of one table: certain ones, weak ones, and the group headings of its parties."""

    table: Table
    certain: Mapping[str, Field]
    weak: Mapping[str, tuple[Field, ...]]
    headings: Mapping[str, str]

    def knows(self, key: str) -> bool:
        return key in self.certain or key in self.weak

    @property
    def parties(self) -> frozenset[str]:
        """The facets that the table tells apart."""
        return frozenset({f.facet for f in self.table.fields if f.facet} | {f for f in self.table.facets if f})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicons of all given tables, in their order."""

    tables: tuple[TableLexicon, ...]
    words: frozenset[str]

    def __getitem__(self, name: str) -> TableLexicon:
        return next(t for t in self.tables if t.table.name == name)

    def __contains__(self, name: object) -> bool:
        return any(t.table.name == name for t in self.tables)

    def knows(self, key: str) -> bool:
        """Whether `key` is a header of any table (or a serial number's)."""
        return key in self.words

    def kinds(self, key: str) -> set[str]:
        """The kinds of the fields that a header may be."""
        fields = (
            f for t in self.tables for f in (*((t.certain[key],) if key in t.certain else ()), *t.weak.get(key, ()))
        )
        return {f.kind.name for f in fields}

    def names_helper(self, key: str) -> bool:
        """Whether a header, counted or not, is certainly a helper's: 帮扶责任人2, 第二责任人, 帮扶人2电话."""
        plain = unnumbered(key)
        named = (t.certain.get(plain) or (t.weak.get(plain, (None,))[0] if plain != key else None) for t in self.tables)
        return any(field is not None and field.facet == HELPER and field.kind.name == "person" for field in named)

    def heading(self, key: str) -> bool:
        """Whether `key` is a group heading of any table."""
        return any(key in t.headings for t in self.tables)


def compile_lexicon(tables: Sequence[Table]) -> Lexicon:
    """The lexicon of `tables`."""
    lexicons = tuple(_of_table(table) for table in tables)
    return Lexicon(lexicons, SERIAL.union(*(t.certain for t in lexicons), *(t.weak for t in lexicons)))


def _of_table(table: Table) -> TableLexicon:
    certain: dict[str, Field] = {}
    weak: defaultdict[str, list[Field]] = defaultdict(list)
    for field in table.fields:
        for text in field.headers:
            certain.setdefault(header_key(text), field)
        for text in field.weak:
            if field not in weak[header_key(text)]:
                weak[header_key(text)].append(field)
    headings = {header_key(text): facet for facet, texts in table.facets.items() for text in texts}
    return TableLexicon(table, certain, {key: tuple(fields) for key, fields in weak.items()}, headings)


def shared_headers(table: Table) -> dict[str, tuple[str, ...]]:
    """Headers that are certain for two fields of `table`, or certain for one and weak for another: declaration mistakes.

    Header (matching form) → names of the fields. Empty for a table that is declared well.
    """
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for field in table.fields:
        for key in {header_key(text) for text in field.headers}:
            owners[key].append(field.name)
    for field in table.fields:
        for key in {header_key(text) for text in field.weak}:
            if key in owners and field.name not in owners[key]:
                owners[key].append(field.name)
    return {key: tuple(names) for key, names in owners.items() if len(names) > 1}
