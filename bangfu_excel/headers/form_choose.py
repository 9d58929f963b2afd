"""Which table a form is a record of, and which tables stand inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bangfu_excel.core.fold import fold
from bangfu_excel.core.raw import cell_text
from bangfu_excel.core.region import MappedColumn
from bangfu_excel.core.table import Field
from bangfu_excel.headers.block import Block, HeaderColumn
from bangfu_excel.headers.choose import Choice, Evidence, fitting, try_tables
from bangfu_excel.headers.form_cells import Page
from bangfu_excel.headers.form_entries import Area, Entry, Inside, Reading, above_entries
from bangfu_excel.headers.form_rows import read_rows
from bangfu_excel.headers.further import part_helpers
from bangfu_excel.headers.label import header_key, read_header, shown
from bangfu_excel.headers.lexicon import HELPER, MAYBE_SERIAL, Lexicon
from bangfu_excel.headers.regions import Stretch, counts_rows
from bangfu_excel.headers.report import extra_columns
from bangfu_excel.headers.whom import Elsewhere

_FEWEST = 3  # labels that a form must explain
_PERSONAL = {"phone", "identity_or_certificate", "certificate"}
_ANOTHER = re.compile(r"姓名$|人$|[父母]亲?$|家长$|配偶$")


@dataclass(frozen=True)
class InnerTable:
    """A table inside a form: its header and rows, what it is, and which of its fields the form gives (field → entry)."""

    inside: Inside
    stretch: Stretch
    choice: Choice
    lent: Mapping[str, Entry]

    @property
    def extra(self) -> tuple[HeaderColumn, ...]:
        """Headers that are no field."""
        return extra_columns(self.stretch, self.choice)


@dataclass(frozen=True)
class Form:
    """One form: its labels, the table that it is a record of, the tables inside it, and headers that are no table."""

    area: Area
    entries: tuple[Entry, ...]
    choice: Choice
    reading: Reading
    inner: tuple[InnerTable, ...] = ()
    unread: tuple[Inside, ...] = field(default=())

    @property
    def mapped(self) -> Mapping[int, MappedColumn]:
        """Position of an entry → what it is; the primary table's word before its companions'."""
        return {c.index: c for part in self.choice.parts[::-1] for c in part.columns}

    @property
    def says(self) -> frozenset[int]:
        """Positions of the entries that say more than who, whom and where."""
        table = self.choice.table
        keys = {name for rung in table.keys for name in rung}
        return frozenset(
            c.index for c in self.choice.parts[0].columns if c.field not in keys and table[c.field].kind.name != "place"
        )

    @property
    def unknown(self) -> tuple[Entry, ...]:
        """Labels that are no field."""
        return tuple(e for e in self.entries if not e.known or self._is_spare(e))

    def _is_spare(self, entry: Entry) -> bool:
        """Whether a label that some table knows is none of this one's, and not undecided either."""
        position = self.entries.index(entry)
        decided = {*self.mapped, *self.choice.undecided, *self.choice.resolution.serial, *self.choice.further}
        return position not in decided

    @property
    def blank(self) -> bool:
        """Whether nothing is filled in, places aside, which are often printed."""
        table = self.choice.table
        own = (c for c in self.choice.parts[0].columns if table[c.field].kind.name != "place")
        return not any(self.entries[c.index].filled for c in own)


def read_form(page: Page, area: Area, sheet_name: str) -> Form | None:
    """The form that stands in `area`; None where its labels are not those of a record of one table."""
    reading = read_rows(page, area)
    lexicon = page.lexicon
    entries = _told_once(reading.entries, lexicon)
    choice = _choose(entries, reading, page, sheet_name)
    lone = [inside for inside in reading.insides if above_entries(page, inside)]
    if choice is None and lone:
        entries = _told_once([*reading.entries, *(e for i in lone for e in above_entries(page, i))], lexicon)
        choice = _choose(entries, reading, page, sheet_name)
        insides = [i for i in reading.insides if i not in lone]
    else:
        insides = reading.insides
    if choice is None:
        return None
    entries, choice = _without_others(entries, choice, reading, page, sheet_name)
    form = Form(area, entries, choice, reading)
    tried = [(inside, _inner(page, form, inside, sheet_name)) for inside in insides]
    above = [e for inside, table in tried if table is None for e in above_entries(page, inside)]
    if above:
        entries = _told_once([*entries, *above], lexicon)
        again = _choose(entries, reading, page, sheet_name)
        form = replace(form, entries=entries, choice=again) if again is not None else form
    unread = tuple(i for i, table in tried if table is None and i.rows and not above_entries(page, i))
    return replace(form, inner=tuple(table for _, table in tried if table is not None), unread=unread)


def _told_once(entries: Sequence[Entry], lexicon: Lexicon) -> tuple[Entry, ...]:
    """The entries in reading order, without a blank one whose label, or another of the same field, is filled in elsewhere."""

    def meant(entry: Entry) -> set[tuple[str, ...]]:
        key = entry.header.key
        fields = {(t.table.name, t.certain[key].name, *entry.groups) for t in lexicon.tables if key in t.certain}
        return {(key, *entry.groups), *fields}

    filled = {spot for e in entries if e.filled for spot in meant(e)}
    kept = [e for e in entries if e.filled or meant(e).isdisjoint(filled)]
    return tuple(_own(sorted(kept, key=lambda e: (e.row, e.column)), lexicon))


def _without_others(
    entries: tuple[Entry, ...], choice: Choice, reading: Reading, page: Page, sheet_name: str
) -> tuple[tuple[Entry, ...], Choice]:
    """What is left, and the table once more, without numbers of people whom only other tables than the chosen one know."""
    kept = tuple(_own(entries, page.lexicon.of({part.table for part in choice.parts})))
    again = _choose(kept, reading, page, sheet_name) if kept != entries else None
    return (kept, again) if again is not None and again.table is choice.table else (entries, choice)


def _own(entries: Sequence[Entry], lexicon: Lexicon) -> Iterator[Entry]:
    """The entries; a number or telephone in the row of a person who is none of the form's (监护人) is known no longer."""
    row, others = -1, False
    for entry in entries:
        key = entry.header.key
        if entry.row != row:
            row, others = entry.row, False
        if _ANOTHER.search(key):
            others = not (entry.known and (lexicon.kinds(key) or lexicon.kinds(entry.header.base)))
        theirs = others and lexicon.kinds(key) <= _PERSONAL
        yield replace(entry, known=False) if theirs else entry


def _choose(entries: Sequence[Entry], reading: Reading, page: Page, sheet_name: str) -> Choice | None:
    lexicon = page.lexicon
    known = [(i, e) for i, e in enumerate(entries) if e.known]
    columns = tuple(_counted(known, lexicon))
    if len(columns) < _FEWEST or len({c.row for c in columns}) < 2 or _labels_as_values(entries):
        return None

    def same(first: int, second: int) -> bool:
        one, other = entries[first], entries[second]
        return fold(cell_text(one.value)) == fold(cell_text(other.value))

    helpers = part_helpers(columns, lexicon)
    titles = tuple(reading.titles)
    evidence = Evidence(
        helpers.columns,
        reading.metadata,
        titles,
        sheet_name,
        same_cells=same,
        further=helpers.further,
        elsewhere=page.elsewhere,
    )
    choices = try_tables(evidence, lexicon)
    equal = fitting(choices, page.preferred)
    if len(equal) != 1:
        return None
    return equal[0] if equal[0].weight[2] >= _FEWEST and _by_label(equal[0], page.elsewhere) else None


def _counted(entries: Sequence[tuple[int, Entry]], lexicon: Lexicon) -> Iterator[HeaderColumn]:
    """The labels as columns; a helper's that comes again with another name is counted, as if it were 帮扶责任人2."""
    named: dict[str, list[str]] = {}
    for position, entry in entries:
        header = replace(entry.header, unit=entry.unit)
        if lexicon.names_helper(header.key) and entry.filled:
            names, name = named.setdefault(header.key, []), fold(cell_text(entry.value))
            names += [name] if name not in names else []
            number = names.index(name) + 1
            header = replace(header, key=f"{header.key}{number}") if number > 1 else header
        yield HeaderColumn(position, entry.label, header, entry.groups, entry.row)


def _labels_as_values(entries: Sequence[Entry]) -> bool:
    """Whether the values read like headers (年份*, 种植业（元）): a header half of which nobody knows."""
    texts = [cell_text(e.value) for e in entries if e.filled]
    marked = sum("*" in text or bool(read_header(text).unit) for text in texts if len(text) <= 20)
    return 2 * marked > len(texts)


def _by_label(choice: Choice, elsewhere: Elsewhere) -> bool:
    """Whether labels, here or on the sheet of whom it is about, and not only what stands around them, say who, whom and when.

    Of a table of places the title does: 青石镇柳溪村村情.
    """
    if all(choice.table[name].kind.name == "place" for group in choice.table.needs for name in group):
        return not choice.missing
    sources = {source for _, source in elsewhere.values()}
    there = {c.field for c in choice.parts[0].columns}
    there |= {c.field for c in choice.parts[0].constants if c.source in sources}
    return all(there & set(group) for group in choice.table.needs_among(there))


def _inner(page: Page, form: Form, inside: Inside, sheet_name: str) -> InnerTable | None:
    """The table inside `form` that a header is; None where it is none, or one of the form's own."""
    header = Block(inside.top, inside.bottom, tuple(_columns(inside)))
    stretch = Stretch(inside.top, inside.stop, (header,), header.columns, (), ())
    others = [t for t in page.lexicon.tables if t.table.name != form.choice.table.name]
    given = dict(_given(form, page.lexicon))
    metadata = {**form.reading.metadata, **{f.label: cell_text(e.value) or e.label for f, e in given.values()}}
    counting = (c.index for c in header.columns if c.leaf.key in MAYBE_SERIAL and counts_rows(page.grid, c, stretch))
    evidence = Evidence(header.columns, metadata, tuple(form.reading.titles), sheet_name, frozenset(counting))
    choices = try_tables(evidence, page.lexicon.of({t.table.name for t in others}))
    equal = fitting(choices, page.preferred)
    if len(equal) != 1 or choices[0].weight[0] > equal[0].weight[0]:
        return None
    choice, table = equal[0], equal[0].table
    mapped = {c.field for c in choice.parts[0].columns}
    if mapped.isdisjoint(name for group in table.needs_among(table.names) for name in group):
        return None  # all that a row must say would be the form's: the rows tell of something else
    lent = {}
    for f, entry in given.values():
        target = next(t for t in others if t.table is table).certain.get(header_key(f.label))
        if target is not None and target.name not in mapped and target.name not in lent:
            lent[target.name] = entry
    own = replace(choice.parts[0], constants=tuple(c for c in choice.parts[0].constants if c.field not in lent))
    return InnerTable(inside, stretch, replace(choice, parts=(own, *choice.parts[1:])), lent)


def _given(form: Form, lexicon: Lexicon) -> Iterator[tuple[str, tuple[Field, Entry]]]:
    """What a form says of whom it is about, for the tables inside it: label of the field → field and entry."""
    seen: set[str] = set()
    for part in form.choice.parts:
        table = lexicon[part.table].table
        keys = {name for rung in table.keys for name in rung if name in table}
        for column in part.columns:
            label = table[column.field].label
            if form.choice.further and table[column.field].facet == HELPER:
                continue  # there are several: whose the rows are is not said
            if column.field in keys and label not in seen:
                seen.add(label)
                yield label, (table[column.field], form.entries[column.index])


def _columns(inside: Inside) -> Iterator[HeaderColumn]:
    for token in inside.tokens:
        yield HeaderColumn(token.column, shown(token.text), token.header, inside.groups, token.row)
