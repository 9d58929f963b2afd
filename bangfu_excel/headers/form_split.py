"""Several forms on one sheet: one below another, or cards side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from bangfu_excel.headers.form_cells import Page, Token
from bangfu_excel.headers.form_entries import Area
from bangfu_excel.headers.form_rows import is_header
from bangfu_excel.headers.grid import Grid

_ALIKE = 0.6  # share of labels that two copies of one form have in common
_SPLITTERS = 6  # so many of the first labels are tried for the one that every copy begins with


def split(page: Page) -> tuple[Area, ...]:
    """The areas of the forms that stand on a sheet, from the top, side by side from the left."""
    used = page.grid.used_columns
    whole = Area(0, page.grid.sheet.height - 1, used[0], used[-1])
    stacked = list(_stacked(page, whole))
    bands = _bands(page, stacked[0])
    if len(bands) == 1:
        return tuple(stacked)
    return tuple(Area(a.top, a.bottom, b.left, b.right) for a in stacked for b in bands)


def _labels(page: Page, area: Area) -> Iterator[Token]:
    """The known labels of an area that stand in no header, row by row."""
    for row in range(area.top, area.bottom + 1):
        tokens = [t for t in page.rows[row] if area.left <= t.column <= area.right]
        if tokens and not is_header(page, tokens):
            yield from (t for t in tokens if t.known)


def _stacked(page: Page, area: Area) -> Iterator[Area]:
    """The area cut where its first labels come again in the same column."""
    labels = list(_labels(page, area))
    first = labels[0].row if labels else area.top
    for start in _starts(labels):
        offset = start[0] - first
        tops = [area.top, *(_top(page, row - offset, first - area.top) for row in start[1:]), area.bottom + 1]
        yield from (Area(top, stop - 1, area.left, area.right) for top, stop in pairwise(tops))
        return
    yield area


def _starts(labels: Sequence[Token]) -> Iterator[list[int]]:
    """The rows of a label that every copy has once, if there are copies; of the first such label only."""
    seen: set[tuple[str, int]] = set()
    for token in labels:
        spot = (token.header.key, token.column)
        if spot in seen or len(seen) >= _SPLITTERS:
            continue
        seen.add(spot)
        rows = [t.row for t in labels if (t.header.key, t.column) == spot]
        if len(rows) > 1 and _copies(labels, rows):
            yield rows
            return


def _copies(labels: Sequence[Token], rows: Sequence[int]) -> bool:
    """Whether the labels from each of these rows to the next are much the same."""
    parts = [{t.header.key for t in labels if low <= t.row < high} for low, high in pairwise([*rows, 1 << 31])]
    return all(len(part & parts[0]) >= _ALIKE * max(len(part), len(parts[0])) for part in parts) and len(parts[0]) >= 3


def _top(page: Page, row: int, most: int) -> int:
    """The first row of the titles above a copy's first label: at most as many as stand above the first copy."""
    top = row
    while top > row - most and len(page.rows[top - 1]) <= 1 and not any(t.known for t in page.rows[top - 1]):
        top -= 1
    return top


def _bands(page: Page, area: Area) -> tuple[Area, ...]:
    """The columns of the cards that stand side by side in an area; the area itself where there are none."""
    labels = list(_labels(page, area))
    if not labels:
        return (area,)
    first = labels[0]
    columns = [t.column for t in labels if t.row == first.row and t.header.key == first.header.key]
    if len(columns) < 2:
        return (area,)
    lefts = [area.left, *columns[1:], area.right + 1]
    bands = tuple(Area(area.top, area.bottom, left, stop - 1) for left, stop in pairwise(lefts))
    keys = [{t.header.key for t in labels if band.left <= t.column <= band.right} for band in bands]
    alike = all(len(part & keys[0]) >= _ALIKE * max(len(part), len(keys[0])) for part in keys)
    return bands if alike and len(keys[0]) >= 3 else (area,)


def parted_by_blanks(grid: Grid) -> tuple[Area, ...]:
    """The parts of a sheet between its blank rows."""
    filled = np.flatnonzero(grid.counts).tolist()
    starts = [row for row in filled if row == 0 or grid.counts[row - 1] == 0]
    used = grid.used_columns
    return tuple(Area(top, stop - 1, used[0], used[-1]) for top, stop in pairwise([*starts, grid.sheet.height]))
