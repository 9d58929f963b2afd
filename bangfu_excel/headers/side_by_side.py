"""Tables that stand beside each other on one sheet, parted by empty columns or by their header beginning anew: each a sheet of its own, at its own address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from bangfu_excel.core.raw import RawColumn, RawSheet, empty_column
from bangfu_excel.headers.grid import Grid

_FEWEST = 2  # columns of a table
_SCANNED = 30  # rows in which a header is looked for that stands there again beside itself

Columns = tuple[int, ...]


def pages(grid: Grid, header_top: Callable[[Grid], int | None]) -> tuple[RawSheet, ...]:
    """The sheet once for each of several tables beside each other, with only that table's cells; the sheet itself if there are no two.

    Rows and columns keep their numbers. What stands above the uppermost header is shared where a table has nothing there itself.
    header_top: the row of the first header of a sheet that alone makes a table, else None. What makes none (a list of
    options) stays with the table to its left.
    """
    runs = tuple(piece for run in _runs(grid) for piece in _repeated(grid, run))
    if sum(len(run) >= _FEWEST for run in runs) < 2:
        return (grid.sheet,)
    tops = [header_top(Grid(_page(grid, run, run, 0))) if len(run) >= _FEWEST else None for run in runs]
    if sum(top is not None for top in tops) < 2:
        return (grid.sheet,)
    owned: list[Columns] = []
    before: Columns = ()
    for run, top in zip(runs, tops, strict=True):
        if top is not None:
            owned.append(before + run)
            before = ()
        elif owned:
            owned[-1] += run
        else:
            before += run
    top = min(top for top in tops if top is not None)
    return tuple(_page(grid, own, owned[0], top) for own in owned)


def _runs(grid: Grid) -> tuple[Columns, ...]:
    """The used columns, in runs without an empty column between."""
    used = grid.used_columns
    if not used:
        return ()
    cuts = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(used)) if b > a + 1), len(used)]
    return tuple(used[start:stop] for start, stop in pairwise(cuts))


def _repeated(grid: Grid, run: Columns) -> tuple[Columns, ...]:
    """The pieces of a run over which a header stands again and again (序号 姓名 序号 姓名), the run itself where none does."""
    for row in np.flatnonzero(grid.count_in(run)[:_SCANNED] == len(run)).tolist():
        texts = [grid.text(row, column) for column in run]
        width = next((i for i in range(1, len(run)) if texts[i:] == texts[:-i] and len(run) % i == 0), len(run))
        if _FEWEST <= width < len(run) and all(grid.is_text(row, column) for column in run):
            return tuple(run[start : start + width] for start in range(0, len(run), width))
    return (run,)


def _page(grid: Grid, own: Columns, first: Columns, top: int) -> RawSheet:
    """The sheet with the cells of the columns `own`, and above `top` those of `first` in rows where `own` has nothing."""
    sheet = grid.sheet
    inside = grid.count_in(own)
    height = int(np.flatnonzero(inside).max(initial=0)) + 1
    lent = np.flatnonzero(inside[:top] == 0)
    columns, nothing = [], empty_column(height)
    for index, column in enumerate(sheet.columns):
        if index in own:
            columns.append(RawColumn(column.codes[:height], column.values, column.types))
        elif index in first and grid.filled[index][lent].any():
            codes = np.zeros(height, dtype=np.int32)
            codes[lent] = column.codes[lent]
            columns.append(RawColumn(codes, column.values, column.types))
        else:
            columns.append(nothing)
    merges = tuple(m for m in sheet.merges if m.top < height and (m.left in own or (m.left in first and m.top in lent)))
    return replace(sheet, height=height, columns=tuple(columns), merges=merges)
