"""Headers tried: what stands above each stretch of a sheet, which tables fit it, and why none does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import headers as say
from bangfu_excel.core.raw import RawSheet
from bangfu_excel.core.table import Table
from bangfu_excel.headers.choose import Choice, Evidence, fitting, try_tables
from bangfu_excel.headers.further import part_helpers
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.lexicon import MAYBE_SERIAL, Lexicon, compile_lexicon
from bangfu_excel.headers.looks import Contents
from bangfu_excel.headers.metadata import row_pairs
from bangfu_excel.headers.misplaced import Misplaced, find_misplaced, is_ruined, withholding
from bangfu_excel.headers.no_table import is_choice_list
from bangfu_excel.headers.regions import Stretch, counts_rows, same_cells
from bangfu_excel.headers.report import Reporter
from bangfu_excel.headers.settings import HeaderSettings
from bangfu_excel.headers.whom import Elsewhere

EXPLAINING = re.compile("说明|须知|指南|填写要求|填表要求")
"""Names of sheets that explain a form and hold none."""


@dataclass(frozen=True)
class Work:
    """One sheet at work, with what is known of tables and how to speak."""

    file: str
    grid: Grid
    lexicon: Lexicon
    reporter: Reporter
    settings: HeaderSettings
    elsewhere: Elsewhere = field(default_factory=dict)


def work_on(file: str, sheet: RawSheet, tables: Sequence[Table], settings: HeaderSettings) -> Work:
    """The sheet with all that its matching needs."""
    lexicon = compile_lexicon(tables, settings.codelists)
    return Work(file, Grid(sheet), lexicon, Reporter(file, sheet.name, settings, lexicon), settings)


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


def attempt_at(work: Work, stretch: Stretch) -> Attempt:
    """The tables tried on a stretch; one is chosen if it alone explains the header, and the cells do not speak against it."""
    grid = work.grid
    titles, metadata = _above(work, stretch)
    helpers = part_helpers(stretch.columns, work.lexicon)
    contents = Contents(grid.sheet.columns, likely_data(grid, stretch), work.settings.codelists)
    evidence = Evidence(
        columns=helpers.columns,
        further=helpers.further,
        metadata=metadata,
        titles=titles,
        elsewhere=work.elsewhere,
        sheet_name=grid.sheet.name,
        file=work.file,
        counting=frozenset(
            c.index for c in stretch.columns if c.leaf.key in MAYBE_SERIAL and counts_rows(grid, c, stretch)
        ),
        same_cells=lambda first, second: same_cells(grid, first, second, stretch),
        contents=contents,
    )
    choices = try_tables(evidence, work.lexicon)
    equal = fitting(choices, work.settings.preferred)
    fits = len(equal) == 1 and not _of_persons(choices, equal[0])
    if not fits:
        return Attempt(stretch, titles, metadata, choices, None, equal, contents)
    misplaced = find_misplaced(stretch, equal[0], contents)
    chosen = None if is_ruined(equal[0], misplaced, contents) else withholding(equal[0], misplaced)
    return Attempt(stretch, titles, metadata, choices, chosen, equal, contents, misplaced)


def _of_persons(choices: Sequence[Choice], chosen: Choice) -> bool:
    """Whether the rows are persons, as 与户主关系 shows, of a table that explains more and lacks but whose they are."""
    return any(
        choice.table.lead is not None
        and choice.weight[0] > chosen.weight[0]
        and choice.table.lead.field in {c.field for c in choice.parts[0].columns}
        for choice in choices
    )


def _above(work: Work, stretch: Stretch) -> tuple[tuple[str, ...], dict[str, str]]:
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


def likely_data(grid: Grid, stretch: Stretch) -> NDArray[np.int64]:
    """Rows below a header with more than a note's one cell."""
    filled = grid.counts[stretch.header.bottom + 1 : stretch.stop]
    return np.flatnonzero(filled >= min(2, len(stretch.columns))) + stretch.header.bottom + 1


def refusal(work: Work, tried: Sequence[Attempt]) -> Finding:
    """The one finding on a sheet of which nothing could be read."""
    attempt = max(tried, key=lambda a: a.choices[0].weight if a.choices else (0, 0, 0))
    if is_choice_list(work.grid, attempt.stretch):
        return work.reporter.of_sheet(say.CHOICES)
    if EXPLAINING.search(work.grid.sheet.name):
        return work.reporter.of_sheet(say.INSTRUCTIONS)
    return why_not(attempt, work.reporter, only=True)


def why_not(attempt: Attempt, reporter: Reporter, *, only: bool) -> Finding:
    """Why a header is no table. only: nothing else on its sheet was understood."""
    if len(attempt.equal) > 1:
        return reporter.several_tables(attempt.stretch, attempt.equal)
    if attempt.misplaced:
        return reporter.ruined(attempt.equal[0], attempt.misplaced)
    return reporter.not_understood(attempt.stretch, attempt.choices, attempt.contents, only=only)
