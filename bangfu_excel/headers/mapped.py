"""Headers that were understood, as regions: which rows are data, what stands in them, and what there is to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import headers as say
from bangfu_excel.core.region import MappedColumn, MappedRegion, RowKind
from bangfu_excel.core.table import Retention, Table
from bangfu_excel.headers.attempts import Attempt, Work, why_not
from bangfu_excel.headers.balance import book_of, opening_rows, wrong_balances
from bangfu_excel.headers.choose import Choice
from bangfu_excel.headers.continued import fill_blocks, tell_filled
from bangfu_excel.headers.fill import QUANTITIES, fill_down
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.legend import with_legends
from bangfu_excel.headers.metadata import row_pairs
from bangfu_excel.headers.places_above import fill_places, tell_places
from bangfu_excel.headers.regions import Stretch
from bangfu_excel.headers.report import extra_columns
from bangfu_excel.headers.rows import Layout, RowKinds, classify
from bangfu_excel.headers.sections import find_sections, tell_sections, used, with_sections
from bangfu_excel.headers.spread_rows import spread_region
from bangfu_excel.headers.totals import Column, wrong_totals

_NOTES_READ = 50  # rows below the data that are read for 填表人 and the like

Found = tuple[tuple[MappedRegion, ...], tuple[Finding, ...]]


def regions_of(work: Work, tried: Sequence[Attempt]) -> Found:
    """The regions of the stretches that were understood; the rows of the others are notes of a neighbour."""
    regions: list[MappedRegion] = []
    findings: list[Finding] = []
    pending = 0  # rows above the first region that were not understood
    for attempt in tried:
        if attempt.chosen is None:
            findings.append(why_not(attempt, work.reporter, only=False))
            pending = _give_rows(work.grid, attempt.stretch, regions) or pending
            continue
        region, said = _region_of(work, attempt, attempt.chosen)
        regions.append(region)
        findings += said
    if pending:
        regions[0] = _prefixed(work.grid, regions[0])
    findings += _of_sheet(regions, work)
    return tuple(regions), tuple(findings)


def _region_of(work: Work, attempt: Attempt, choice: Choice) -> tuple[MappedRegion, list[Finding]]:
    stretch, grid, reporter = attempt.stretch, work.grid, work.reporter
    tables = {part.table: work.lexicon[part.table].table for part in choice.parts}
    layout = _layout(stretch, choice)
    rows = classify(grid, layout)
    kinds = np.full(grid.sheet.height, RowKind.NOTE, dtype=np.uint8)
    kinds[stretch.start : stretch.stop] = rows.kinds
    opening = opening_rows(grid, choice, kinds)
    kinds[opening] = RowKind.TOTAL
    sections = find_sections(grid, rows.left_out)
    choice = replace(choice, parts=with_sections(choice.parts, sections, grid, kinds, work.lexicon))
    sections = used(sections, choice.parts)
    filled = fill_down(grid.sheet, kinds, _dtypes(choice, tables), layout.needs)
    blocks = fill_blocks(grid, filled.sheet, kinds, choice.parts, choice.table)
    continued, placed = fill_places(grid, blocks, kinds, choice.parts[0], choice.table)
    notes = [*attempt.titles, *_texts(grid, np.flatnonzero(kinds == RowKind.NOTE)[-_NOTES_READ:].tolist())]
    parts = tuple(with_legends(part, tables[part.table], notes, work.settings.codelists) for part in choice.parts)
    region = MappedRegion(
        file=work.file,
        sheet=continued.sheet,
        parts=parts,
        kinds=kinds[stretch.start : stretch.stop],
        top=stretch.start,
        title=" ".join(attempt.titles),
        metadata=_metadata(work, attempt, rows),
        unmapped=tuple(MappedColumn("", c.index, c.label, c.leaf.unit) for c in extra_columns(stretch, choice)),
        continued=continued.covered,
    )
    findings = [
        *reporter.columns(stretch, choice, (c.field for c in choice.parts[0].constants), attempt.contents),
        *(reporter.misplaced(found) for found in attempt.misplaced),
        *reporter.surroundings(choice, tables),
        *tell_sections(work.file, grid.sheet.name, sections, choice.table.name),
        *reporter.lines_unread(choice, attempt.metadata),
        *reporter.left_out([row for row in rows.left_out if row not in {s.row for s in sections}]),
        *tell_filled(work.file, blocks, choice.parts[0]),
        *tell_places(work.file, grid.sheet.name, choice.parts[0], placed),
        *reporter.merged_numbers(stretch, choice, filled.left),
        *_totals(work, kinds, region, choice, opening),
        *_balances(work, kinds, choice, opening),
    ]
    return spread_region(region, choice.spread), findings


def _layout(stretch: Stretch, choice: Choice) -> Layout:
    columns = choice.parts[0].columns
    spread = choice.spread
    needs = tuple(
        (*(c.index for c in columns if c.field in group), *(spread.indices if spread.fields & set(group) else ()))
        for group in _needs(choice)
    )
    indices = sorted((*(c.index for c in stretch.columns), *stretch.unlabelled))
    serial = tuple(sorted(choice.resolution.serial))
    return Layout(stretch.start, stretch.stop, stretch.blocks, tuple(indices), needs, serial)


def _needs(choice: Choice) -> tuple[tuple[str, ...], ...]:
    part = choice.parts[0]
    return choice.table.needs_among(choice.there.union(c.field for c in part.constants))


def _dtypes(choice: Choice, tables: Mapping[str, Table]) -> dict[int, str]:
    """Column → dtype of its field; without quantities of which there is one for several rows anyway."""
    once = {companion.table for companion in choice.table.companions if companion.per}
    return {
        c.index: dtype
        for p in choice.parts[::-1]
        for c in p.columns
        if (dtype := tables[p.table][c.field].kind.dtype) not in QUANTITIES or p.table not in once
    }


def _metadata(work: Work, attempt: Attempt, rows: RowKinds) -> dict[str, str]:
    """What the lines above and below the table say, the upper one first."""
    metadata = {**attempt.metadata}
    for label, value in _below(work, attempt.stretch, rows):
        metadata[label] = metadata.get(label) or value
    return metadata


def _below(work: Work, stretch: Stretch, rows: RowKinds) -> Iterator[tuple[str, str]]:
    """The `label：value` pairs of the footer."""
    notes = np.flatnonzero(rows.kinds == RowKind.NOTE)[-_NOTES_READ:] + stretch.start
    for row in notes.tolist():
        if row not in rows.left_out:
            yield from row_pairs(work.grid, row, work.lexicon)


def _texts(grid: Grid, rows: Sequence[int]) -> list[str]:
    return [text for row in rows for _, text in grid.cells(row)]


def _totals(
    work: Work, kinds: NDArray[np.uint8], region: MappedRegion, choice: Choice, opening: Sequence[int]
) -> Iterator[Finding]:
    fields = {c.index: c for c in (*choice.parts[0].columns, *_summed(choice))}
    summable = [
        Column(c.index, c.label)
        for c in (*fields.values(), *region.unmapped)
        if not c.field or (choice.table[c.field].kind.dtype in QUANTITIES and c.field != choice.spread.by.balance)
    ]
    counted = choice.table.counted if choice.table.retention is Retention.ROSTER else ()
    without, including = (_as(kinds, opening, kind) for kind in (RowKind.NOTE, RowKind.DATA))
    wrong_too = {(w.row, w.column) for w in wrong_totals(work.grid, including, summable, counted)} if opening else None
    for wrong in wrong_totals(work.grid, without, summable, counted):
        if wrong_too is None or (wrong.row, wrong.column) in wrong_too:
            field = fields[wrong.column].field if wrong.column in fields else ""
            yield work.reporter.wrong_total(wrong, choice.table.name, field)


def _as(kinds: NDArray[np.uint8], rows: Sequence[int], kind: RowKind) -> NDArray[np.uint8]:
    changed = kinds.copy()
    changed[list(rows)] = kind
    return changed


def _balances(work: Work, kinds: NDArray[np.uint8], choice: Choice, opening: Sequence[int]) -> Iterator[Finding]:
    book = book_of(choice)
    wrong = wrong_balances(work.grid, book, kinds, opening) if book is not None else []
    if wrong:
        yield work.reporter.wrong_balances(wrong, choice.table.name, choice.spread.by.balance)


def _summed(choice: Choice) -> Iterator[MappedColumn]:
    """The columns of numbers that are values of one field."""
    return (MappedColumn(c.number, c.index, c.column.label) for c in choice.spread.columns if c.number)


def _give_rows(grid: Grid, stretch: Stretch, regions: list[MappedRegion]) -> int:
    """Append rows of a stretch that was not understood to the region above as notes; without one, how many there are."""
    if not regions:
        return stretch.stop
    last = regions[-1]
    regions[-1] = _with_kinds(
        last, np.concatenate([last.kinds, _as_notes(grid, stretch.start, stretch.stop)]), last.top
    )
    return 0


def _prefixed(grid: Grid, region: MappedRegion) -> MappedRegion:
    return _with_kinds(region, np.concatenate([_as_notes(grid, 0, region.top), region.kinds]), 0)


def _as_notes(grid: Grid, start: int, stop: int) -> NDArray[np.uint8]:
    return np.where(grid.counts[start:stop] == 0, RowKind.BLANK, RowKind.NOTE).astype(np.uint8)


def _with_kinds(region: MappedRegion, kinds: NDArray[np.uint8], top: int) -> MappedRegion:
    return replace(region, kinds=kinds, top=top)


def _of_sheet(regions: Sequence[MappedRegion], work: Work) -> Iterator[Finding]:
    """What is said once a sheet: who filled it in (a sheet that goes on with another one's form need not say so), that it is empty."""
    reporter = work.reporter
    metadata = {label: value for region in regions[::-1] for label, value in region.metadata.items()}
    if not work.elsewhere and (metadata or any(region.title for region in regions)):
        yield from reporter.unsigned(metadata)
    if not any(len(region.data_rows) for region in regions):
        yield reporter.of_sheet(say.NO_DATA, regions[0].parts[0].table)
