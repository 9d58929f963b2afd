"""What is said of forms, in a clerk's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import headers as say
from bangfu_excel.headers.form_choose import Form, InnerTable
from bangfu_excel.headers.form_entries import Entry, Inside
from bangfu_excel.headers.label import header_key, shown
from bangfu_excel.headers.looks import Contents
from bangfu_excel.headers.report import Reporter
from bangfu_excel.headers.settings import HeaderSettings


def tell(forms: Sequence[Form], reporter: Reporter, contents: Contents) -> Iterator[Finding]:
    """All that is said of the forms of a sheet: what repeats from form to form, once."""
    blank = [form for form in forms if form.blank]
    if blank:
        yield say.FORMS_BLANK.finding(
            reporter.at_sheet(blank[0].choice.table.name), count=len(blank), which=reporter.which, forms=len(blank)
        )
    filled = [form for form in forms if not form.blank]
    for form in filled:
        yield from _twice(form, reporter)
        yield from _ambiguous(form, reporter)
    yield from _unread(filled, reporter)
    yield from _marked(filled, reporter)
    yield from _lacking(filled, reporter)
    yield from _unsigned(filled, reporter)
    yield from _headers_unread([i for form in filled for i in form.unread], reporter)
    told: set[str] = set()
    for form in filled:
        if form.choice.table.name not in told:
            told.add(form.choice.table.name)
            yield from reporter.surroundings(
                form.choice, {p.table: reporter.lexicon[p.table].table for p in form.choice.parts}
            )
    yield from _of_tables([table for form in filled for table in form.inner], reporter, contents)


def _place(reporter: Reporter, entry: Entry, table: str = "", field: str = "") -> Place:
    """The cell of a label."""
    row = entry.row + 1
    return Place(
        reporter.file, reporter.sheet, cell_name(row, entry.column), row, table, field, entry.label, entry.label
    )


def _twice(form: Form, reporter: Reporter) -> Iterator[Finding]:
    for claim, positions in form.choice.resolution.twice:
        first, *further = (form.entries[i] for i in positions)
        yield say.FORM_LABEL_TWICE.finding(
            _place(reporter, first, claim.table, claim.field.name),
            related=tuple(cell_name(e.row + 1, e.column) for e in further),
            count=len(positions),
            labels="、".join(dict.fromkeys(f"“{e.label}”" for e in (first, *further))),
            field_label=claim.field.label,
        )


def _ambiguous(form: Form, reporter: Reporter) -> Iterator[Finding]:
    """Filled labels that may be several fields, or of which only one can be the field (whose telephone?), once for the same."""
    found: dict[tuple[str, ...], list[Entry]] = {}
    for position, claims in sorted(form.choice.resolution.ambiguous.items()):
        if (entry := form.entries[position]).filled:
            found.setdefault((entry.label, *dict.fromkeys(c.field.label for c in claims)), []).append(entry)
    for (_, *labels), (first, *further) in found.items():
        yield say.FORM_LABEL_AMBIGUOUS.finding(
            _place(reporter, first, form.choice.table.name),
            related=tuple(cell_name(e.row + 1, e.column) for e in further),
            count=1 + len(further),
            candidates="还是".join(f"“{label}”" for label in labels) if len(labels) > 1 else f"不是“{labels[0]}”",
            example=labels[0],
        )


def _unread(forms: Sequence[Form], reporter: Reporter) -> Iterator[Finding]:
    """Labels that are no field, each once, with a known one that they may be a misspelling of."""
    found = {e.label: (form, e) for form in reversed(forms) for e in reversed(form.unknown)}
    unknown = sorted(found.values(), key=lambda pair: (pair[1].row, pair[1].column))
    if not unknown:
        return
    knows = reporter.lexicon.knows  # a header that another person's value stands under is no misspelling
    words = [
        f"“{e.label}”" + ("" if knows(e.header.key) else _likely(form, e, reporter.settings)) for form, e in unknown
    ]
    first, *further = (e for _, e in unknown)
    yield say.FORM_LABELS_UNREAD.finding(
        _place(reporter, first, unknown[0][0].choice.table.name),
        related=tuple(cell_name(e.row + 1, e.column) for e in further),
        count=len(unknown),
        labels="、".join(words[:20]) + (f"等{len(words)}项" if len(words) > 20 else ""),
    )


def _likely(form: Form, entry: Entry, settings: HeaderSettings) -> str:
    taken = {c.field for c in form.choice.parts[0].columns}
    free = {header_key(text): f.label for f in form.choice.table.fields if f.name not in taken for text in f.headers}
    match = process.extractOne(entry.header.key, list(free), scorer=fuzz.ratio, score_cutoff=settings.near_miss)
    return f"（是不是“{free[match[0]]}”？）" if match else ""


def _marked(forms: Sequence[Form], reporter: Reporter) -> Iterator[Finding]:
    """Answers that were ticked or picked by number: read as the option, noted once."""
    found = [(form, i) for form in forms for i in sorted(form.mapped) if form.entries[i].marked]
    if not found:
        return
    form, position = found[0]
    entry, mapped = form.entries[position], form.mapped[position]
    row = entry.at[0] + 1
    cells = [cell_name(f.entries[i].at[0] + 1, f.entries[i].at[1]) for f, i in found]
    place = Place(
        reporter.file, reporter.sheet, cells[0], row, form.choice.table.name, mapped.field, entry.label, entry.written
    )
    yield say.FORM_ANSWERS_MARKED.finding(
        place, related=tuple(cells[1:]), count=len(cells), cells=len(cells), after=entry.value.value
    )


def _lacking(forms: Sequence[Form], reporter: Reporter) -> Iterator[Finding]:
    by_table = {form.choice.table.name: form for form in reversed(forms)}
    for form in by_table.values():
        part = form.choice.parts[0]
        given = {column.field for column in part.columns} | {constant.field for constant in part.constants}
        given |= {name for column in part.columns for name in form.choice.table[column.field].names}
        undecided = {c.field.name for c, _ in form.choice.resolution.twice}
        there = given | undecided
        labels = [f.label for f in form.choice.table.fields if f.expected and there.isdisjoint((f.name, *f.unless))]
        if labels:
            yield say.FORM_LABELS_MISSING.finding(
                reporter.at_sheet(form.choice.table.name),
                count=len(labels),
                table_label=form.choice.table.label,
                labels="、".join(f"“{label}”" for label in labels),
            )


def _unsigned(forms: Sequence[Form], reporter: Reporter) -> Iterator[Finding]:
    """Who filled the form in and when, where it asks for that and nothing is written."""
    asked = ("填报单位", "填报时间", "填表人", "审核人")
    empty = [n for n in asked if any(n in f.reading.metadata and not f.reading.metadata[n] for f in forms)]
    if empty:
        missing = "、".join(f"{name}未填" for name in empty)
        yield say.SHEET_UNSIGNED.finding(reporter.at_sheet(), count=len(empty), missing=missing)


def _headers_unread(insides: Sequence[Inside], reporter: Reporter) -> Iterator[Finding]:
    for inside in insides:
        first = inside.tokens[0]
        row = first.row + 1
        yield say.FORM_TABLE_UNREAD.finding(
            Place(reporter.file, reporter.sheet, cell_name(row, first.column), row),
            headers="、".join(f"“{shown(t.text)}”" for t in inside.tokens),
        )


def _of_tables(tables: Sequence[InnerTable], reporter: Reporter, contents: Contents) -> Iterator[Finding]:
    told: set[tuple[str, ...]] = set()
    for table in tables:
        labels = (table.choice.table.name, *(c.label for c in table.stretch.columns))
        if labels not in told:
            told.add(labels)
            own = table.choice.table
            places = {name for rung in own.keys for name in rung if own[name].kind.name == "place"}
            given = {*table.lent, *(constant.field for constant in table.choice.parts[0].constants)}
            given |= places if table.lent else set()
            yield from reporter.columns(table.stretch, table.choice, given, contents)
