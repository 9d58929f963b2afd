"""Blocks of rows of which only the first says which household they are of, nothing being merged: filled down, and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.address import cell_name, row_spans
from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.fold import fold
from bangfu_excel.core.messages.headers import FILLED_FROM_ABOVE
from bangfu_excel.core.raw import RawColumn, RawSheet
from bangfu_excel.core.region import RowKind, TablePart
from bangfu_excel.core.table import Companion, Table
from bangfu_excel.headers.grid import Grid, Mask, holds, texts_of

_SPANS_SHOWN = 10  # runs of rows that a sentence names

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Continued:
    """The sheet with such rows filled, the rows, and column → Excel row filled → Excel row where its value stands."""

    sheet: RawSheet
    rows: Rows = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    covered: Mapping[int, Mapping[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Columns:
    """Which columns may be filled, which of them say of whom a row is, what a row must state itself, which shows a first row."""

    filled: tuple[int, ...]
    keys: tuple[int, ...]
    own: tuple[int, ...]
    lead: tuple[int, ...]


def fill_blocks(
    grid: Grid, sheet: RawSheet, kinds: NDArray[np.uint8], parts: Sequence[TablePart], table: Table
) -> Continued:
    """Household columns of rows that state no household at all, filled from the last row above that does.

    A block ends where a merged household cell ends, at any row that is no data, and at a row that states another place
    or begins a household of its own (与户主关系: 户主). Only names, numbers and places of the household are filled.
    sheet: `grid`'s, with merged cells filled already · kinds: of all its rows.
    """
    columns = _columns(parts, table)
    if not (columns.filled and columns.keys and columns.own):
        return Continued(sheet)
    seen = _Seen(grid, sheet, kinds == RowKind.DATA, columns)
    if (seen.keyed | ~seen.data).all() or not (seen.keyed & seen.data).any():
        return Continued(sheet)
    rows, source = _rows(seen, table)
    return _filled(seen, rows, source) if len(rows) else Continued(sheet)


def tell_filled(file: str, continued: Continued, part: TablePart) -> Iterator[Finding]:
    """One note on the rows that were given the household of a row above."""
    if not continued.covered:
        return
    numbers = (continued.rows + 1).tolist()
    first, *further = (cell_name(number, min(continued.covered)) for number in numbers[: RELATED_SHOWN + 1])
    yield FILLED_FROM_ABOVE.finding(
        Place(file, continued.sheet.name, first, numbers[0], part.table),
        related=tuple(further),
        count=len(numbers),
        rows=row_spans(numbers, _SPANS_SHOWN),
        columns="、".join(f"“{c.label}”" for c in part.columns if c.index in continued.covered),
    )


def _columns(parts: Sequence[TablePart], table: Table) -> _Columns:
    primary, *others = parts
    of_block = {c.field: c.index for c in primary.columns if table.block and table[c.field].facet == table.block}
    naming = {
        name
        for group in table.needs_among(table.names)
        for name in group
        if name in table and table[name].facet == table.block
    }
    own = [name for group in table.needs_among(table.names) if not naming & set(group) for name in group]
    beside = [c.index for p in others for c in p.columns if c.field in _sole_keys(table.companions, p.table)]
    lead = table.lead.field if table.lead else ""
    return _Columns(
        tuple(of_block.values()),
        tuple(dict.fromkeys([*(i for name, i in of_block.items() if name in naming), *beside])),
        tuple(c.index for c in primary.columns if c.field in own),
        tuple(c.index for c in primary.columns if c.field == lead),
    )


def _sole_keys(companions: Iterable[Companion], name: str) -> frozenset[str]:
    """Fields of a companion that alone say which record a row is of."""
    return frozenset(r[0] for c in companions if c.table == name for r in c.per if len(r) == 1)


@dataclass(frozen=True)
class _Seen:
    """The sheet at work: where its columns hold something, which rows are data and which of them state a household."""

    grid: Grid
    sheet: RawSheet
    data: Mask
    columns: _Columns

    def held(self, column: int) -> Mask:
        raw = self.sheet.columns[column]
        return self.grid.filled[column] if raw is self.grid.sheet.columns[column] else holds(raw)

    def any_held(self, columns: Sequence[int]) -> Mask:
        found = np.zeros(self.sheet.height, dtype=bool)
        for column in columns:
            found |= self.held(column)
        return found

    @cached_property
    def keyed(self) -> Mask:
        return self.any_held(self.columns.keys)


def _rows(seen: _Seen, table: Table) -> tuple[Rows, Rows]:
    """The rows to be filled, and for every row the last one above that states a household or ends a block."""
    data, keyed = seen.data, seen.keyed
    going_on = data & ~keyed & seen.any_held(seen.columns.own) & ~_leading(seen, table)
    ends = ~data | (~keyed & ~going_on)
    source = _last(keyed | ends)
    elsewhere = _contradicts(seen, going_on, source)
    if elsewhere.any():
        ends |= elsewhere
        going_on &= ~elsewhere
        source = _last(keyed | ends)
    begins = data & keyed & ~_closing(seen)
    return np.flatnonzero(going_on & begins[source] & ~ends[source]), source


def _last(marks: Mask) -> Rows:
    """For each row the last marked one up to it, 0 where there is none."""
    return np.maximum.accumulate(np.where(marks, np.arange(len(marks)), 0))


def _leading(seen: _Seen, table: Table) -> Mask:
    """True for the first row of a household."""
    leads = np.zeros(seen.sheet.height, dtype=bool)
    for column in seen.columns.lead:
        raw = seen.sheet.columns[column]
        codes, texts = texts_of(raw)
        said = np.zeros(len(raw.values), dtype=bool)
        said[codes] = [len(text) < 20 and table.lead is not None and fold(text) in table.lead.written for text in texts]
        leads |= said[raw.codes]
    return leads


def _contradicts(seen: _Seen, rows: Mask, source: Rows) -> Mask:
    """Rows that state another value than the row which they would be filled from."""
    differs = np.zeros(seen.sheet.height, dtype=bool)
    for column in seen.columns.filled:
        codes = seen.sheet.columns[column].codes
        differs |= rows & seen.held(column) & (codes != codes[source])
    return differs


def _closing(seen: _Seen) -> Mask:
    """Last rows of merged household cells: where these are merged, a block is what is merged."""
    closes = np.zeros(seen.sheet.height, dtype=bool)
    for merge in seen.sheet.merges:
        if merge.bottom > merge.top and merge.left in seen.columns.keys:
            closes[min(merge.bottom, seen.sheet.height - 1)] = True
    return closes


def _filled(seen: _Seen, rows: Rows, source: Rows) -> Continued:
    changed, covered = list(seen.sheet.columns), {}
    for column in seen.columns.filled:
        raw, held = changed[column], seen.held(column)
        here = rows[~held[rows] & held[source[rows]]]
        if len(here):
            codes = raw.codes.copy()
            codes[here] = codes[source[here]]
            changed[column] = RawColumn(codes, raw.values, raw.types)
            covered[column] = dict(zip((here + 1).tolist(), (source[here] + 1).tolist(), strict=True))
    return Continued(replace(seen.sheet, columns=tuple(changed)), rows, covered)
