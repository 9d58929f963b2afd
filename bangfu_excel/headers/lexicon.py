"""Every header that the given tables know: label or alias → field, heading → party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.spread import Spread
from bangfu_excel.core.table import Field, Table
from bangfu_excel.headers.label import HeaderText, header_key, unnumbered

SERIAL = frozenset({"序号", "序", "no", "no.", "项号", "行号", "顺序号", "排号"})
"""Columns that only count the rows; they are no field and not worth a word."""

MAYBE_SERIAL = frozenset({"编号", "号", "号码"})
"""The same, where the column holds small whole numbers."""

HELPER = "helper"


@dataclass(frozen=True, slots=True)
class TableLexicon:
    """The headers of one table: certain ones, weak ones, those that are another field's beside a better one, and group headings."""

    table: Table
    certain: Mapping[str, Field]
    weak: Mapping[str, tuple[Field, ...]]
    headings: Mapping[str, str]
    spare: Mapping[str, Field]

    def knows(self, key: str) -> bool:
        return key in self.certain or key in self.weak

    def fields(self, key: str) -> tuple[Field, ...]:
        """The fields that a header may be, the certain one first."""
        return (*((self.certain[key],) if key in self.certain else ()), *self.weak.get(key, ()))

    @property
    def parties(self) -> frozenset[str]:
        """The facets that the table tells apart."""
        return frozenset({f.facet for f in self.table.fields if f.facet} | {f for f in self.table.facets if f})


@dataclass(frozen=True)
class Lexicon:
    """The lexicons of all given tables, in their order.

    words: every header of any of them, and those of serial numbers · values: those of the words that are also what cells hold
    (党员, 父亲): entries of a code list · spread: those that are values of one field, and may head a column each · codelists: by
    name.
    """

    tables: tuple[TableLexicon, ...]
    words: frozenset[str]
    values: frozenset[str] = frozenset()
    spread: frozenset[str] = frozenset()
    codelists: Mapping[str, CodeList] | None = None

    def __getitem__(self, name: str) -> TableLexicon:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def knows(self, key: str) -> bool:
        """Whether `key` is a header of any table (or a serial number's)."""
        return key in self.words

    def of(self, names: Collection[str]) -> Lexicon:
        """Of these tables alone; the words of the others are still known."""
        return replace(self, tables=tuple(t for t in self.tables if t.table.name in names))

    def known_together(self, headers: Sequence[HeaderText]) -> int:
        """How many of these headers the table knows that knows most of them."""
        return max((sum(t.knows(h.key) or t.knows(h.base) for h in headers) for t in self.tables), default=0)

    def kinds(self, key: str) -> set[str]:
        """The kinds of the fields that a header may be."""
        return {f.kind.name for f in self._fields.get(key, ())}

    def claimed(self, key: str, party: str) -> bool:
        """Whether a header may be a field of this party in any table."""
        return any(f.facet == party for f in self._fields.get(key, ()))

    def of_helper(self, key: str) -> tuple[Field, ...]:
        """The fields of somebody who helped that a header, certain or not, may be; none of a list of helpers themselves."""
        return tuple(f for t in self.assisting for f in t.fields(key) if f.facet == HELPER)

    def names_helper(self, key: str) -> bool:
        """Whether a header, counted or not, is certainly a helper's: 帮扶责任人2, 第二责任人, 帮扶人2电话."""
        plain = unnumbered(key)
        named = (
            t.certain.get(plain) or (t.weak.get(plain, (None,))[0] if plain != key else None) for t in self.assisting
        )
        return any(field is not None and field.facet == HELPER and field.kind.name == "person" for field in named)

    def heading(self, key: str) -> bool:
        """Whether `key` is a group heading of any table."""
        return key in self._headings

    @cached_property
    def assisting(self) -> tuple[TableLexicon, ...]:
        """Those in whose rows somebody helps somebody."""
        return tuple(t for t in self.tables if t.table.helper)

    @cached_property
    def parties(self) -> dict[str, str]:
        """Group heading → the party that it stands for in the first table that has it; a record's own (其中) is its table's alone."""
        return {key: facet for t in reversed(self.tables) for key, facet in t.headings.items() if facet}

    @cached_property
    def _headings(self) -> frozenset[str]:
        return frozenset(key for t in self.tables for key in t.headings)

    @cached_property
    def _by_name(self) -> dict[str, TableLexicon]:
        return {t.table.name: t for t in self.tables}

    @cached_property
    def _fields(self) -> dict[str, list[Field]]:
        """Header → the fields that it may be, in any table."""
        found: defaultdict[str, list[Field]] = defaultdict(list)
        for table in self.tables:
            for key in {*table.certain, *table.weak}:
                found[key] += table.fields(key)
        return found


def compile_lexicon(tables: Sequence[Table], codelists: Mapping[str, CodeList] = MappingProxyType({})) -> Lexicon:
    """The lexicon of `tables`, whose cells hold entries of `codelists`."""
    lexicons = tuple(_of_table(table) for table in tables)
    words = SERIAL.union(*(t.certain for t in lexicons), *(t.weak for t in lexicons))
    values = {header_key(text) for codes in codelists.values() for text in codes.written}
    spread = (
        header_key(text) for table in tables for by in table.spreads for text in spread_words(table, by, codelists)
    )
    return Lexicon(lexicons, words, words & values, frozenset(spread), codelists)


def spread_words(table: Table, by: Spread, codelists: Mapping[str, CodeList]) -> dict[str, str]:
    """Header → the value that it says, of the columns over which a field is spread."""
    if by.headers:
        return {text: value for value, texts in by.headers.items() for text in texts}
    codes = None if by.free else codelists.get(table[by.field].codelist)
    return {text: codes.label_of(text) or "" for text in sorted(codes.written)} if codes is not None else {}


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
    spare = {header_key(text): field for field in table.fields for text in field.spare}
    return TableLexicon(table, certain, {key: tuple(fields) for key, fields in weak.items()}, headings, spare)


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
