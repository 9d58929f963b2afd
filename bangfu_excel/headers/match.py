"""The stage's verb: which tables stand on a sheet, which column is which field, which rows are data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import headers as say
from bangfu_excel.core.raw import RawSheet
from bangfu_excel.core.region import MappedColumn, MappedRegion, RowKind
from bangfu_excel.core.table import Table
from bangfu_excel.headers.block import block_of, find_blocks
from bangfu_excel.headers.choose import Choice, Evidence, try_tables
from bangfu_excel.headers.continued import fill_blocks, tell_filled
from bangfu_excel.headers.fill import QUANTITIES, fill_down
from bangfu_excel.headers.form import Forms, find_forms
from bangfu_excel.headers.further import part_helpers
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.legend import with_legends
from bangfu_excel.headers.lexicon import MAYBE_SERIAL, Lexicon, compile_lexicon
from bangfu_excel.headers.locate import locate_headers
from bangfu_excel.headers.looks import Contents
from bangfu_excel.headers.metadata import row_pairs
from bangfu_excel.headers.misplaced import Misplaced, find_misplaced, is_ruined, withholding
from bangfu_excel.headers.no_table import is_choice_list, is_guide, why_no_table
from bangfu_excel.headers.places_above import fill_places, tell_places
from bangfu_excel.headers.regions import Stretch, counts_rows, cut, same_cells
from bangfu_excel.headers.report import Reporter, extra_columns
from bangfu_excel.headers.rows import Layout, RowKinds, classify
from bangfu_excel.headers.sections import find_sections, tell_sections, used, with_sections
from bangfu_excel.headers.settings import HeaderSettings
from bangfu_excel.headers.side_by_side import pages
from bangfu_excel.headers.totals import Column, wrong_totals

_FURTHER_BEHIND = 2  # columns by which a table that is not satisfied may explain more than the one that is chosen
_NOTES_READ = 50  # rows below the data that are read for 填表人 and the like

Found = tuple[tuple[MappedRegion, ...], tuple[Finding, ...]]


def match_headers(file: str, sheet: RawSheet, tables: Sequence[Table], settings: HeaderSettings | None = None) -> Found:
    """Which tables stand on this sheet, which column is which field, and which rows are data.

    No region, and a finding that says why, for a sheet that is no table (instructions, empty, a drop-down list) or
    cannot be understood. The regions of a sheet lie one below the other and together hold all its rows; where tables stand
    beside each other, those of each do.
    """
    settings = settings or HeaderSettings()
    work = _work(file, sheet, tables, settings)
    found = [
        _match(work if page is sheet else replace(work, grid=Grid(page)))
        for page in pages(work.grid, lambda grid: _header_top(replace(work, grid=grid)))
    ]
    regions = tuple(region for regions, _ in found for region in regions)
    return regions, tuple(dict.fromkeys(finding for _, findings in found for finding in findings))


def _header_top(work: _Work) -> int | None:
    """The top row of the first header that makes a table with data, None where none does."""
    settings = work.settings
    blocks = find_blocks(work.grid, work.lexicon, settings.scan_rows, settings.levels)
    for stretch in cut(work.grid, blocks, work.lexicon) if blocks else ():
        if _try(work, stretch).chosen and len(_likely_data(work.grid, stretch)):
            return stretch.header.top
    return None


def _match(work: _Work) -> Found:
    settings = work.settings
    if is_guide(work.grid, work.lexicon):
        return (), (work.reporter.of_sheet(say.INSTRUCTIONS),)
    blocks = find_blocks(work.grid, work.lexicon, settings.scan_rows, settings.levels)
    tried = [_try(work, stretch) for stretch in cut(work.grid, blocks, work.lexicon)] if blocks else []
    if (forms := _forms(work, tried)) is not None:
        return forms.regions, forms.findings
    if not blocks:
        return (), (why_no_table(work.grid, work.lexicon, work.reporter, settings.scan_rows),)
    if not any(attempt.chosen for attempt in tried):
        return (), (_refusal(work, tried),)
    return _regions(work, tried)


def try_headers(
    file: str, sheet: RawSheet, tables: Sequence[Table], settings: HeaderSettings
) -> tuple[Reporter, tuple[Attempt, ...]]:
    """Every header on a sheet with the tables tried on it, and who can speak of them; none where it is a guide or a form.

    Also a header of which too little is known to be read, if it looks like one.
    """
    work = _work(file, sheet, tables, settings)
    parts = pages(work.grid, lambda grid: _header_top(replace(work, grid=grid)))
    return work.reporter, tuple(a for page in parts for a in _tried(replace(work, grid=Grid(page))))


def _tried(work: _Work) -> list[Attempt]:
    grid, settings = work.grid, work.settings
    if is_guide(grid, work.lexicon):
        return []
    blocks = find_blocks(grid, work.lexicon, settings.scan_rows, settings.levels)
    if not blocks and why_no_table(grid, work.lexicon, work.reporter, settings.scan_rows).place.row:
        rows = dict.fromkeys((h.top, h.bottom) for h in locate_headers(grid, settings.scan_rows))
        blocks = tuple(block_of(grid, work.lexicon, top, bottom) for top, bottom in rows)
    tried = [_try(work, stretch) for stretch in cut(grid, blocks, work.lexicon)] if blocks else []
    if _forms(work, tried) is not None:
        return []
    return [attempt for attempt in tried if attempt.chosen or not is_choice_list(grid, attempt.stretch)]


def _work(file: str, sheet: RawSheet, tables: Sequence[Table], settings: HeaderSettings) -> _Work:
    lexicon = compile_lexicon(tables)
    return _Work(file, Grid(sheet), lexicon, Reporter(file, sheet.name, settings, lexicon), settings)


@dataclass(frozen=True)
class _Work:
    """One sheet at work, with what is known of tables and how to speak."""

    file: str
    grid: Grid
    lexicon: Lexicon
    reporter: Reporter
    settings: HeaderSettings


@dataclass(frozen=True)
class Attempt:
    """A stretch, what stands above its header, and the tables tried on it; `chosen` is None where none or several fit."""

    stretch: Stretch
    titles: tuple[str, ...]
    metadata: Mapping[str, str]
    choices: tuple[Choice, ...]
    chosen: Choice | None
    equal: tuple[Choice, ...]
    contents: Contents
    misplaced: tuple[Misplaced, ...] = ()


def _try(work: _Work, stretch: Stretch) -> Attempt:
    grid = work.grid
    titles, metadata = _above(work, stretch)
    helpers = part_helpers(stretch.columns, work.lexicon)
    evidence = Evidence(
        columns=helpers.columns,
        further=helpers.further,
        metadata=metadata,
        titles=titles,
        sheet_name=grid.sheet.name,
        counting=frozenset(
            c.index for c in stretch.columns if c.leaf.key in MAYBE_SERIAL and counts_rows(grid, c, stretch)
        ),
        same_cells=lambda first, second: same_cells(grid, first, second, stretch),
    )
    choices = try_tables(evidence, work.lexicon)
    satisfied = [choice for choice in choices if not choice.missing and choice.weight[1]]
    equal = tuple(c for c in satisfied if c.weight == satisfied[0].weight)
    best = choices[0].weight[0] if choices else 0
    fits = len(equal) == 1 and best - equal[0].weight[0] < _FURTHER_BEHIND
    contents = Contents(grid.sheet.columns, _likely_data(grid, stretch), work.settings.codelists)
    if not fits:
        return Attempt(stretch, titles, metadata, choices, None, equal, contents)
    misplaced = find_misplaced(stretch, equal[0], contents)
    chosen = None if is_ruined(equal[0], misplaced, contents) else withholding(equal[0], misplaced)
    return Attempt(stretch, titles, metadata, choices, chosen, equal, contents, misplaced)


def _forms(work: _Work, tried: Sequence[Attempt]) -> Forms | None:
    """The forms on the sheet, if it is one rather than the tables tried; a sheet named 填表说明 is none."""
    if re.search("说明|须知|指南|填写要求|填表要求", work.grid.sheet.name):
        return None
    headers = {
        (c.row, c.index): attempt.chosen.resolution.assigned[c.index].field.name
        for attempt in tried
        if attempt.chosen is not None and len(_likely_data(work.grid, attempt.stretch))
        for c in attempt.stretch.columns
        if c.index in attempt.chosen.resolution.assigned
    }
    forms = find_forms(work.grid, work.reporter, frozenset(row for row, _ in headers))
    return forms if forms is not None and forms.outweigh(headers) else None


def _likely_data(grid: Grid, stretch: Stretch) -> NDArray[np.int64]:
    """Rows below a header with more than a note's one cell."""
    filled = grid.counts[stretch.header.bottom + 1 : stretch.stop]
    return np.flatnonzero(filled >= min(2, len(stretch.columns))) + stretch.header.bottom + 1


def _above(work: _Work, stretch: Stretch) -> tuple[tuple[str, ...], dict[str, str]]:
    """Title lines and metadata above a header."""
    titles: list[str] = []
    metadata: dict[str, str] = {}
    for row in range(stretch.start, stretch.header.top):
        pairs = row_pairs(work.grid, row, work.lexicon)
        for label, value in pairs:
            metadata[label] = metadata.get(label) or value
        if not pairs:
            titles += [text for _, text in work.grid.cells(row)]
    return tuple(titles), metadata


def _refusal(work: _Work, tried: Sequence[Attempt]) -> Finding:
    """The one finding on a sheet of which nothing could be read."""
    attempt = max(tried, key=lambda a: a.choices[0].weight if a.choices else (0, 0, 0))
    if is_choice_list(work.grid, attempt.stretch):
        return work.reporter.of_sheet(say.CHOICES)
    if re.search("说明|须知|指南|填写要求|填表要求", work.grid.sheet.name):
        return work.reporter.of_sheet(say.INSTRUCTIONS)
    return _why_not(attempt, work.reporter, only=True)


def _why_not(attempt: Attempt, reporter: Reporter, *, only: bool) -> Finding:
    if len(attempt.equal) > 1:
        return reporter.several_tables(attempt.stretch, attempt.equal)
    if attempt.misplaced:
        return reporter.ruined(attempt.equal[0], attempt.misplaced)
    return reporter.not_understood(attempt.stretch, attempt.choices, attempt.contents, only=only)


def _regions(work: _Work, tried: Sequence[Attempt]) -> Found:
    """The regions of the stretches that were understood; the rows of the others are notes of a neighbour."""
    regions: list[MappedRegion] = []
    findings: list[Finding] = []
    pending = 0  # rows above the first region that were not understood
    for attempt in tried:
        if attempt.chosen is None:
            findings.append(_why_not(attempt, work.reporter, only=False))
            pending = _give_rows(work.grid, attempt.stretch, regions) or pending
            continue
        region, said = _region(work, attempt, attempt.chosen)
        regions.append(region)
        findings += said
    if pending:
        regions[0] = _prefixed(work.grid, regions[0])
    findings += _of_sheet(regions, work.reporter)
    return tuple(regions), tuple(findings)


def _give_rows(grid: Grid, stretch: Stretch, regions: list[MappedRegion]) -> int:
    """Append rows of a stretch that was not understood to the region above as notes; without one, how many there are."""
    if not regions:
        return stretch.stop
    last = regions[-1]
    regions[-1] = _with_kinds(last, np.concatenate([last.kinds, _notes(grid, stretch.start, stretch.stop)]), last.top)
    return 0


def _prefixed(grid: Grid, region: MappedRegion) -> MappedRegion:
    return _with_kinds(region, np.concatenate([_notes(grid, 0, region.top), region.kinds]), 0)


def _notes(grid: Grid, start: int, stop: int) -> NDArray[np.uint8]:
    return np.where(grid.counts[start:stop] == 0, RowKind.BLANK, RowKind.NOTE).astype(np.uint8)


def _with_kinds(region: MappedRegion, kinds: NDArray[np.uint8], top: int) -> MappedRegion:
    return replace(region, kinds=kinds, top=top)


def _region(work: _Work, attempt: Attempt, choice: Choice) -> tuple[MappedRegion, list[Finding]]:
    stretch, grid, reporter = attempt.stretch, work.grid, work.reporter
    tables = {part.table: work.lexicon[part.table].table for part in choice.parts}
    layout = _layout(stretch, choice)
    rows = classify(grid, layout)
    kinds = np.full(grid.sheet.height, RowKind.NOTE, dtype=np.uint8)
    kinds[stretch.start : stretch.stop] = rows.kinds
    sections = find_sections(grid, rows.left_out)
    choice = replace(choice, parts=with_sections(choice.parts, sections, grid, kinds, work.lexicon))
    sections = used(sections, choice.parts)
    filled = fill_down(grid.sheet, kinds, _dtypes(choice, tables), layout.needs)
    blocks = fill_blocks(grid, filled.sheet, kinds, choice.parts, choice.table)
    continued, placed = fill_places(grid, blocks, kinds, choice.parts[0], choice.table)
    metadata = {**attempt.metadata}
    for label, value in _below(work, stretch, rows):
        metadata[label] = metadata.get(label) or value
    notes = [*attempt.titles, *_texts(grid, np.flatnonzero(kinds == RowKind.NOTE)[-_NOTES_READ:].tolist())]
    parts = tuple(with_legends(part, tables[part.table], notes, work.settings.codelists) for part in choice.parts)
    region = MappedRegion(
        file=work.file,
        sheet=continued.sheet,
        parts=parts,
        kinds=rows.kinds,
        top=stretch.start,
        title=" ".join(attempt.titles),
        metadata=metadata,
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
        *_totals(work, kinds, region, choice),
    ]
    return region, findings


def _texts(grid: Grid, rows: Sequence[int]) -> list[str]:
    return [text for row in rows for _, text in grid.cells(row)]


def _dtypes(choice: Choice, tables: Mapping[str, Table]) -> dict[int, str]:
    """Column → dtype of its field; without quantities of which there is one for several rows anyway."""
    once = {companion.table for companion in choice.table.companions if companion.per}
    return {
        c.index: dtype
        for p in choice.parts[::-1]
        for c in p.columns
        if (dtype := tables[p.table][c.field].kind.dtype) not in QUANTITIES or p.table not in once
    }


def _layout(stretch: Stretch, choice: Choice) -> Layout:
    columns = choice.parts[0].columns
    needs = tuple(tuple(c.index for c in columns if c.field in group) for group in choice.table.needs)
    indices = sorted((*(c.index for c in stretch.columns), *stretch.unlabelled))
    serial = tuple(sorted(choice.resolution.serial))
    return Layout(stretch.start, stretch.stop, stretch.blocks, tuple(indices), needs, serial)


def _below(work: _Work, stretch: Stretch, rows: RowKinds) -> Iterator[tuple[str, str]]:
    """The `label：value` pairs of the footer."""
    notes = np.flatnonzero(rows.kinds == RowKind.NOTE)[-_NOTES_READ:] + stretch.start
    for row in notes.tolist():
        if row not in rows.left_out:
            yield from row_pairs(work.grid, row, work.lexicon)


def _totals(work: _Work, kinds: NDArray[np.uint8], region: MappedRegion, choice: Choice) -> Iterator[Finding]:
    fields = {c.index: c for c in choice.parts[0].columns}
    summable = [
        Column(c.index, c.label)
        for c in (*choice.parts[0].columns, *region.unmapped)
        if not c.field or choice.table[c.field].kind.dtype in QUANTITIES
    ]
    counted_in = work.settings.counted_in.get(choice.table.name, ())
    for wrong in wrong_totals(work.grid, kinds, summable, counted_in):
        field = fields[wrong.column].field if wrong.column in fields else ""
        yield work.reporter.wrong_total(wrong, choice.table.name, field)


def _of_sheet(regions: Sequence[MappedRegion], reporter: Reporter) -> Iterator[Finding]:
    """What is said once a sheet: who filled it in, and that it is empty."""
    metadata = {label: value for region in regions[::-1] for label, value in region.metadata.items()}
    if metadata or any(region.title for region in regions):
        yield from reporter.unsigned(metadata)
    if not any(len(region.data_rows) for region in regions):
        yield reporter.of_sheet(say.NO_DATA, regions[0].parts[0].table)
