"""Where a header lies by its looks alone: for sheets whose words no table knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bangfu_excel.core.raw import Merge, RawColumn
from bangfu_excel.headers.block import is_column_numbers, is_type_row
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.label import shown

_LONGEST = 40  # characters of a label; longer texts are prose
_DEEPEST = 9  # rows of a header; what is merged over more is no header cell
_FEWEST = 3  # columns that make a table
_PLENTY = 5  # labels that are a header even where nothing stands below them
_VALUE = re.compile(r"\d{5,}|\d[-/.年]\d{1,2}[-/.月]\d|^[-+(（]?[\d.,%￥]+[)）]?$")
"""Numbers, days, identity numbers and (1) (2): what stands in a table's rows and not in its header."""


@dataclass(frozen=True, slots=True)
class Located:
    """A header: rows `top` … `bottom` and the columns that have a label, all counted from 0.

    labels: column → its levels joined with `/`, in the order of the columns · title: the row of the title above, if any.
    """

    top: int
    bottom: int
    labels: tuple[tuple[int, str], ...]
    title: int | None = None


def locate_headers(grid: Grid, scan_rows: int) -> tuple[Located, ...]:
    """Every header on the sheet, from the top; the first of a table stands within its first `scan_rows` rows.

    A header is a row of short, different words, with the levels that merged cells put below it: what stands there does
    not stand again in its columns, and reads like no value.
    """
    found = (_down(grid, run, scan_rows) for run in _runs(grid))
    return tuple(sorted((header for headers in found for header in headers), key=lambda h: (h.top, h.labels[0][0])))


def _runs(grid: Grid) -> Iterator[tuple[int, ...]]:
    """Columns side by side that hold something or lie under a merged cell: an empty column parts two tables."""
    used = set(grid.used_columns)
    for merge in grid.sheet.merges:
        if merge.bottom - merge.top < _DEEPEST and used & set(
            range(merge.left, min(merge.right, grid.sheet.width) + 1)
        ):
            used |= set(range(merge.left, min(merge.right + 1, grid.sheet.width)))
    run: list[int] = []
    for column in sorted(used):
        if run and column > run[-1] + 1:
            yield tuple(run)
            run = []
        run.append(column)
    if run:
        yield tuple(run)


def _down(grid: Grid, run: Sequence[int], scan_rows: int) -> Iterator[Located]:
    """The headers of the tables that stand below one another in some columns."""
    row, floor, further = 0, 0, False
    while row < grid.sheet.height and (further or row < scan_rows):
        header = _header_at(grid, run, row, floor) if not further or _begins_again(grid, row) else None
        further = further or header is not None or _is_data(grid, run, row)
        if header:
            yield header
            floor = row = header.bottom + 1
        else:
            row += 1


def _is_data(grid: Grid, run: Sequence[int], row: int) -> bool:
    """Whether a row that is no header is one of a table already, and no line of 填报单位：… 填报时间：…"""
    cells = _cells(grid, run, row)
    return len(cells) >= _FEWEST and not any(mark in text for _, text in cells for mark in ":：")


def _begins_again(grid: Grid, row: int) -> bool:
    """Whether a further table may begin: words merged over columns, below a title or nothing."""
    return bool(grid.counts[row - 1] <= 1) and any(m.right > m.left for m in grid.merges_from(row))


def _header_at(grid: Grid, run: Sequence[int], top: int, floor: int) -> Located | None:
    cells = _cells(grid, run, top)
    if len(cells) < 2 or not _are_labels(cells):
        return None
    bottom = _bottom(grid, run, top)
    labels = tuple(_labels(grid, run, top, bottom))
    words = [label for _, label in labels]
    if len(words) < _FEWEST or 3 * len(set(words)) < 2 * len(words):
        return None
    below = bottom + 1 < grid.sheet.height and any(_cells(grid, run, bottom + 1))
    if not below and bottom == top and len(words) < _PLENTY:
        return None
    if _stand_again(grid, labels, bottom):
        return None
    return Located(top, bottom, labels, _title(grid, run, floor, top))


def _cells(grid: Grid, run: Sequence[int], row: int) -> list[tuple[int, str]]:
    return [(column, text) for column, text in grid.cells(row) if run[0] <= column <= run[-1]]


def _are_labels(cells: Sequence[tuple[int, str]]) -> bool:
    """Whether the cells of a row are words: a number among them is a label that lost its text (`4.` → 4)."""
    texts = [text for _, text in cells]
    if is_column_numbers(texts) or is_type_row(texts):
        return False
    words = [text for text in texts if len(shown(text)) <= _LONGEST and not _VALUE.search(text)]
    return len(words) >= 2 and 4 * len(words) >= 3 * len(texts) and 3 * len(set(words)) >= 2 * len(words)


def _bottom(grid: Grid, run: Sequence[int], top: int) -> int:
    """The last row of the header that begins at `top`: as deep as its cells are merged, and below every heading over columns."""
    bottom = max([top, *(m.bottom for m in _merges(grid, run, top))])
    while bottom + 1 < grid.sheet.height and bottom - top + 1 < _DEEPEST:
        headings = [m for r in range(top, bottom + 1) for m in _merges(grid, run, r) if m.right > m.left]
        over = [c for m in headings if m.bottom == bottom for c in range(m.left, m.right + 1)]
        below = _cells(grid, run, bottom + 1)
        if not any(column in over for column, _ in below) or not _are_labels(below):
            break
        bottom = max([bottom + 1, *(m.bottom for m in _merges(grid, run, bottom + 1))])
    return bottom


def _merges(grid: Grid, run: Sequence[int], row: int) -> list[Merge]:
    return [m for m in grid.merges_from(row) if run[0] <= m.left <= run[-1] and m.bottom - m.top < _DEEPEST]


def _labels(grid: Grid, run: Sequence[int], top: int, bottom: int) -> Iterator[tuple[int, str]]:
    levels = [_level(grid, run, row) for row in range(top, min(bottom + 1, grid.sheet.height))]
    for column in run:
        words = [level[column] for level in levels if column in level]
        distinct = [word for before, word in pairwise(["", *words]) if word != before]
        if distinct:
            yield column, "/".join(distinct)


def _level(grid: Grid, run: Sequence[int], row: int) -> dict[int, str]:
    """Column → label of one row, merged cells spread over their columns."""
    level = {column: shown(text) for column, text in _cells(grid, run, row)}
    for merge in _merges(grid, run, row):
        if merge.left in level:
            level.update(dict.fromkeys(range(merge.left, merge.right + 1), level[merge.left]))
    return level


def _stand_again(grid: Grid, labels: Sequence[tuple[int, str]], bottom: int) -> bool:
    """Whether a quarter of the columns hold their own label again before the table ends, and so hold values all the way up."""
    blank = np.flatnonzero(grid.counts[bottom + 1 :] == 0)
    rows = slice(bottom + 1, bottom + 1 + int(blank[0]) if len(blank) else None)
    again = sum(_stands_in(grid.sheet.columns[c], label.rpartition("/")[2], rows) for c, label in labels)
    return 4 * again >= len(labels)


def _stands_in(column: RawColumn, label: str, rows: slice) -> bool:
    codes = [code for code, value in enumerate(column.values) if isinstance(value, str) and shown(value) == label]
    return bool(np.isin(column.codes[rows], codes).any())


def _title(grid: Grid, run: Sequence[int], floor: int, top: int) -> int | None:
    """The first row above a header that holds one cell, as a title does."""
    return next((row for row in range(floor, top) if len(_cells(grid, run, row)) == 1), None)
