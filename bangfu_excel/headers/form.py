"""Sheets that are forms: labels beside or above their values, one record a form, with tables inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.region import MappedRegion
from bangfu_excel.headers.form_cells import Page, may_be_form
from bangfu_excel.headers.form_choose import Form, read_form
from bangfu_excel.headers.form_entries import Area
from bangfu_excel.headers.form_regions import to_regions
from bangfu_excel.headers.form_report import tell
from bangfu_excel.headers.form_split import parted_by_blanks, split
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.looks import Contents
from bangfu_excel.headers.report import Reporter
from bangfu_excel.headers.whom import Elsewhere

Spot = tuple[int, int]

_TELLING = 2  # labels that say more than who and where, by which a form outweighs the table below it


@dataclass(frozen=True)
class Forms:
    """The forms of a sheet: their regions and findings, and what they explain.

    labels: cell of a label → its field · telling: those fields that say more than who, whom and where · in_rows: cells
    that stand in a row of headers, of a table inside or above their values.
    """

    regions: tuple[MappedRegion, ...]
    findings: tuple[Finding, ...]
    labels: Mapping[Spot, str]
    telling: frozenset[str]
    in_rows: frozenset[Spot]

    def outweigh(self, headers: Mapping[Spot, str]) -> bool:
        """Whether they explain clearly more than tables whose explained headers these are (cell → field).

        Headers that the forms read as headers too go on being read: then the labels besides must tell something. Forms that
        take them for labels and values must explain more than they do, for the rows of a table explain nothing.
        """
        if not headers:
            return True
        if self.in_rows.isdisjoint(headers):
            return len(set(self.labels.values())) > len(set(headers.values()))
        gained = {field for spot, field in self.labels.items() if spot not in headers}
        lost = {headers[spot] for spot in headers.keys() - self.in_rows - self.labels.keys()}
        return len(gained & self.telling) >= _TELLING and len(gained) - len(lost) > _TELLING


def find_forms(grid: Grid, reporter: Reporter, headers: frozenset[int], elsewhere: Elsewhere) -> Forms | None:
    """The forms that stand on a sheet, None where none does.

    headers: rows that are headers of tables already · elsewhere: what other sheets say of whom this one is about.
    """
    lexicon, settings = reporter.lexicon, reporter.settings
    if not may_be_form(grid, lexicon, headers, settings.form_rows):
        return None
    page = Page(grid, lexicon, elsewhere, settings.preferred)
    forms = _read(page, split(page))
    if not forms:
        forms = _read(page, parted_by_blanks(grid))
    if not forms:
        return None
    regions = to_regions(reporter.file, grid, forms, lexicon)
    contents = Contents(grid.sheet.columns, np.flatnonzero(grid.counts), settings.codelists)
    return Forms(regions, tuple(tell(forms, reporter, contents)), *_explained(forms))


def _read(page: Page, areas: Sequence[Area]) -> tuple[Form, ...]:
    read = (read_form(page, area, page.grid.sheet.name) for area in areas)
    return tuple(form for form in read if form is not None)


def _explained(forms: Sequence[Form]) -> tuple[dict[Spot, str], frozenset[str], frozenset[Spot]]:
    labels = {(f.entries[i].row, f.entries[i].column): c.field for f in forms for i, c in f.mapped.items()}
    telling = frozenset(form.mapped[i].field for form in forms for i in form.says)
    inside = frozenset(
        (column.row, column.index)
        for form in forms
        for table in form.inner
        for column in table.stretch.columns
        if column.index in table.choice.resolution.assigned
    )
    above = frozenset((e.row, e.column) for form in forms for e in form.entries if e.at[0] > e.row)
    return labels, telling, inside | above
