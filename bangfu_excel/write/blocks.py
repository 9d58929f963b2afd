"""合计 and 小计: sums of what is seen, under a table and under each block of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.address import column_letters
from bangfu_excel.write.book import GuardedSheet
from bangfu_excel.write.cells import Column, total_value
from bangfu_excel.write.stream import CellColumn, CellForm, write_rows
from bangfu_excel.write.styles import Styles

_HEIGHT = 22
_SUBTOTALS = {"sum": 9, "count": 3}


@dataclass(frozen=True)
class Summed:
    """Rows and the columns that they are shown in. group: column that names the block of each row."""

    columns: tuple[Column, ...]
    rows: pd.DataFrame
    group: str = ""


def blocks_of(names: pd.Series) -> list[tuple[int, int]]:
    """First row and end of each run of equal names."""
    if names.empty:
        return []
    codes, _ = pd.factorize(names)
    starts = [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist()]
    return list(zip(starts, [*starts[1:], len(names)], strict=True))


def with_subtotals(heights: NDArray[np.float64], names: pd.Series) -> NDArray[np.float64]:
    """The heights of rows, and of the 小计 after each block of them."""
    return np.insert(heights, [end for _, end in blocks_of(names)], _HEIGHT)


def write_blocks(
    target: GuardedSheet, first: int, blocks: Summed, cells: tuple[Sequence[CellColumn], NDArray[np.float64]], styles: Styles
) -> int:  # fmt: skip
    """The rows, each block followed by its 小计; the row after the last one. cells: of all rows, and the rows' heights."""
    columns, heights = cells
    row = first
    for start, end in blocks_of(blocks.rows[blocks.group]):
        begun = row
        own = [column.slice(start, end - start) for column in columns]
        row = write_rows(target, begun, own, heights[start:end])
        part = Summed(blocks.columns, blocks.rows.iloc[start:end], blocks.group)
        write_totals(target, part, (begun, row), ("小计", str(part.rows[blocks.group].iloc[0])), styles)
        row += 1
    return row


def write_totals(
    target: GuardedSheet, part: Summed, span: tuple[int, int], named: Sequence[str], styles: Styles
) -> None:
    """The row under `span`: what it is called in the first cells that hold no sum, the sums of `part` as live formulas."""
    columns, rows = part.columns, part.rows
    row = span[1]
    target.set_row(row, _HEIGHT)
    letters = {column.source: column_letters(index) for index, column in enumerate(columns)}
    words = list(named)
    for index, column in enumerate(columns):
        value = total_value(column, rows) if column.total and index else None
        if value is not None:
            style = styles.total(column.total_format or _plain(column), column.align)
            target.write_formula(row, index, _formula(column, letters, span), style, value)
        elif words and (index == 0 or not column.total):
            target.write_string(row, index, words.pop(0), styles.total("@", "center"))
        else:
            target.write_blank(row, index, None, styles.total())


def _formula(column: Column, letters: Mapping[str, str], span: tuple[int, int]) -> str:
    """SUBTOTAL: a filtered list shows the sum of what is seen, and no 小计 is counted twice."""
    first, end = span

    def subtotal(function: int, source: str) -> str:
        return f"SUBTOTAL({function},{letters[source]}{first + 1}:{letters[source]}{end})"

    if column.total == "ratio":
        top, bottom = (subtotal(9, source) for source in column.ratio)
        return f'=IF({bottom}=0,"",{top}/{bottom})'
    return "=" + subtotal(_SUBTOTALS[column.total], column.source)


def _plain(column: Column) -> str:
    return "0" if column.form is CellForm.TEXT or column.total == "count" else column.number_format
