"""The stage's verb: which tables stand on a sheet, which column is which field, which rows are data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from bangfu_excel.core.messages import headers as say
from bangfu_excel.core.raw import RawSheet
from bangfu_excel.core.table import Table
from bangfu_excel.headers.attempts import EXPLAINING, Attempt, Work, attempt_at, likely_data, refusal, work_on
from bangfu_excel.headers.block import block_of, find_blocks
from bangfu_excel.headers.form import Forms, find_forms
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.locate import locate_headers
from bangfu_excel.headers.mapped import Found, regions_of
from bangfu_excel.headers.no_table import is_choice_list, is_guide, why_no_table
from bangfu_excel.headers.regions import cut
from bangfu_excel.headers.report import Reporter
from bangfu_excel.headers.settings import HeaderSettings
from bangfu_excel.headers.side_by_side import pages
from bangfu_excel.headers.whom import Elsewhere


def match_headers(
    file: str,
    sheet: RawSheet,
    tables: Sequence[Table],
    settings: HeaderSettings | None = None,
    elsewhere: Elsewhere = MappingProxyType({}),
) -> Found:
    """Which tables stand on this sheet, which column is which field, and which rows are data.

    No region, and a finding that says why, for a sheet that is no table (instructions, empty, a drop-down list) or
    cannot be understood. The regions of a sheet lie one below the other and together hold all its rows; where tables stand
    beside each other, those of each do. elsewhere: what the workbook's other sheets say of whom it is about (`whom`).
    """
    settings = settings or HeaderSettings()
    work = replace(work_on(file, sheet, tables, settings), elsewhere=elsewhere)
    found = [
        _match(work if page is sheet else replace(work, grid=Grid(page)))
        for page in pages(work.grid, lambda grid: _header_top(replace(work, grid=grid)))
    ]
    regions = tuple(region for regions, _ in found for region in regions)
    return regions, tuple(dict.fromkeys(finding for _, findings in found for finding in findings))


def _match(work: Work) -> Found:
    settings = work.settings
    if is_guide(work.grid, work.lexicon):
        return (), (work.reporter.of_sheet(say.INSTRUCTIONS),)
    blocks = find_blocks(work.grid, work.lexicon, settings.scan_rows, settings.levels)
    tried = [attempt_at(work, stretch) for stretch in cut(work.grid, blocks, work.lexicon)] if blocks else []
    if (forms := _forms(work, tried)) is not None:
        return forms.regions, forms.findings
    if not blocks:
        return (), (why_no_table(work.grid, work.lexicon, work.reporter, settings.scan_rows),)
    if not any(attempt.chosen for attempt in tried):
        return (), (refusal(work, tried),)
    return regions_of(work, tried)


def _header_top(work: Work) -> int | None:
    """The top row of the first header that makes a table with data, None where none does."""
    settings = work.settings
    blocks = find_blocks(work.grid, work.lexicon, settings.scan_rows, settings.levels)
    for stretch in cut(work.grid, blocks, work.lexicon) if blocks else ():
        if attempt_at(work, stretch).chosen and len(likely_data(work.grid, stretch)):
            return stretch.header.top
    return None


def _forms(work: Work, tried: Sequence[Attempt]) -> Forms | None:
    """The forms on the sheet, if it is one rather than the tables tried; a sheet named 填表说明 is none."""
    if EXPLAINING.search(work.grid.sheet.name):
        return None
    headers = {
        (c.row, c.index): attempt.chosen.resolution.assigned[c.index].field.name
        for attempt in tried
        if attempt.chosen is not None and len(likely_data(work.grid, attempt.stretch))
        for c in attempt.stretch.columns
        if c.index in attempt.chosen.resolution.assigned
    }
    forms = find_forms(work.grid, work.reporter, frozenset(row for row, _ in headers), work.elsewhere)
    return forms if forms is not None and forms.outweigh(headers) else None


def try_headers(
    file: str, sheet: RawSheet, tables: Sequence[Table], settings: HeaderSettings
) -> tuple[Reporter, tuple[Attempt, ...]]:
    """Every header on a sheet with the tables tried on it, and who can speak of them; none where it is a guide or a form.

    Also a header of which too little is known to be read, if it looks like one.
    """
    work = work_on(file, sheet, tables, settings)
    parts = pages(work.grid, lambda grid: _header_top(replace(work, grid=grid)))
    return work.reporter, tuple(a for page in parts for a in _tried(replace(work, grid=Grid(page))))


def _tried(work: Work) -> list[Attempt]:
    grid, settings = work.grid, work.settings
    if is_guide(grid, work.lexicon):
        return []
    blocks = find_blocks(grid, work.lexicon, settings.scan_rows, settings.levels)
    if not blocks and why_no_table(grid, work.lexicon, work.reporter, settings.scan_rows).place.row:
        rows = dict.fromkeys((h.top, h.bottom) for h in locate_headers(grid, settings.scan_rows))
        blocks = tuple(block_of(grid, work.lexicon, top, bottom) for top, bottom in rows)
    tried = [attempt_at(work, stretch) for stretch in cut(grid, blocks, work.lexicon)] if blocks else []
    if _forms(work, tried) is not None:
        return []
    return [attempt for attempt in tried if attempt.chosen or not is_choice_list(grid, attempt.stretch)]
