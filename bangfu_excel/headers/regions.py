"""Cutting a sheet into stretches with one header each, and a header to its own table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bangfu_excel.headers.block import Block, HeaderColumn
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.lexicon import Lexicon
from bangfu_excel.headers.surroundings import places_in

_SAME_HEADER = 0.8  # share of column headers in common from which a header is the same one again


@dataclass(frozen=True)
class Stretch:
    """Rows `start` … `stop - 1` under one header (its repetitions included).

    columns: of the table · unlabelled: columns without a header that hold something beside them · outside: headers that
    stand apart, behind an empty column.
    """

    start: int
    stop: int
    blocks: tuple[Block, ...]
    columns: tuple[HeaderColumn, ...]
    unlabelled: tuple[int, ...]
    outside: tuple[HeaderColumn, ...]

    @property
    def header(self) -> Block:
        return self.blocks[0]


def cut(grid: Grid, blocks: Sequence[Block], lexicon: Lexicon) -> tuple[Stretch, ...]:
    """The stretches of a sheet, from the top; together they hold every row."""
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and _same(groups[-1][0], block) and not _is_elsewhere(grid, groups[-1][0], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    starts = [0, *(_start(grid, group[0], before[-1]) for before, group in pairwise(groups)), grid.sheet.height]
    return tuple(
        _stretch(grid, start, stop, tuple(group), lexicon)
        for (start, stop), group in zip(pairwise(starts), groups, strict=True)
    )


def _same(first: Block, other: Block) -> bool:
    return len(first.keys & other.keys) >= _SAME_HEADER * max(len(first.keys), len(other.keys))


def _is_elsewhere(grid: Grid, first: Block, other: Block) -> bool:
    """Whether the same header stands there again below a title that names another place: each village's own table."""
    place = _titled(grid, other)
    return bool(place) and place != _titled(grid, first)


def _titled(grid: Grid, block: Block) -> dict[str, str]:
    """The place that the line right above a header names, if only that stands in it."""
    row = block.top - 1
    return places_in(next(grid.cells(row))[1]) if row >= 0 and grid.counts[row] == 1 else {}


def _start(grid: Grid, block: Block, before: Block) -> int:
    """The first row of the title lines above a header: after the last blank row, if only lines of few cells stand between."""
    row = block.top
    while row - 1 > before.bottom and 0 < grid.counts[row - 1] <= 2:
        row -= 1
    if row - 1 > before.bottom and grid.counts[row - 1] == 0:
        return row
    return block.top - bool(_titled(grid, block))


def _stretch(grid: Grid, start: int, stop: int, blocks: tuple[Block, ...], lexicon: Lexicon) -> Stretch:
    segments = _segments(grid, blocks[0], stop)
    main = max(segments, key=lambda s: (sum(lexicon.knows(c.leaf.key) for c in s), len(s)))
    outside = tuple(
        c for s in segments if s is not main for c in s if grid.filled[c.index][blocks[0].bottom + 1 : stop].any()
    )
    labelled = {c.index for c in main}
    beside = [i for i in _reach(grid, main, blocks[0], stop) if i not in labelled]
    return Stretch(start, stop, blocks, main, tuple(beside), outside)


def _segments(grid: Grid, block: Block, stop: int) -> list[tuple[HeaderColumn, ...]]:
    """The header's columns, parted where a whole column is empty from the header down."""
    segments: list[list[HeaderColumn]] = [[]]
    for column in block.columns:
        if segments[-1] and any(
            not _holds(grid, i, block, stop) for i in range(segments[-1][-1].index + 1, column.index)
        ):
            segments.append([])
        segments[-1].append(column)
    return [tuple(segment) for segment in segments]


def _holds(grid: Grid, column: int, block: Block, stop: int) -> bool:
    return bool(grid.filled[column][block.top : stop].any())


def _reach(grid: Grid, columns: Sequence[HeaderColumn], block: Block, stop: int) -> list[int]:
    """Columns from the first to the last of a table, with neighbours that hold something without a header."""
    first, last = columns[0].index, columns[-1].index
    headed = {c.index for c in block.columns}
    while first and first - 1 not in headed and _holds(grid, first - 1, block, stop):
        first -= 1
    while last + 1 < grid.sheet.width and last + 1 not in headed and _holds(grid, last + 1, block, stop):
        last += 1
    return [i for i in range(first, last + 1) if _holds(grid, i, block, stop)]


def counts_rows(grid: Grid, column: HeaderColumn, stretch: Stretch) -> bool:
    """Whether the cells of a column are small whole numbers that go up: a serial number, whatever its header says."""
    raw = grid.sheet.columns[column.index]
    codes = raw.codes[stretch.header.bottom + 1 : stretch.stop]
    numbers = [_whole(raw.values[code]) for code in dict.fromkeys(codes[:200].tolist()) if code]
    found = [n for n in numbers if n is not None]
    return len(found) >= 0.8 * len(numbers) and all(b == a + 1 for a, b in pairwise(found)) and found[:1] in ([0], [1])


def _whole(value: object) -> int | None:
    if isinstance(value, float | int) and not isinstance(value, bool) and float(value).is_integer():
        return int(value)
    return int(value) if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) <= 5 else None


def same_cells(grid: Grid, first: int, second: int, stretch: Stretch) -> bool:
    """Whether two columns hold the same in every row of the stretch below the header."""
    a, b = grid.sheet.columns[first], grid.sheet.columns[second]
    rows = slice(stretch.header.bottom + 1, stretch.stop)
    left = np.array([str(v) for v in a.values], dtype=object)[a.codes[rows]]
    right = np.array([str(v) for v in b.values], dtype=object)[b.codes[rows]]
    return bool((left == right).all())
