"""Sheets as the reading stage hands them on, from a list of rows of text."""

import numpy as np

from bangfu_excel.core.raw import CellType, RawColumn, RawSheet


def raw_sheet(name, rows):
    """A sheet whose cells are all text; "" and None are empty."""
    width = max(map(len, rows))
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    return RawSheet(name, len(grid), tuple(_column([row[j] for row in grid]) for j in range(width)))


def _column(texts):
    values = [None, *dict.fromkeys(text for text in texts if text)]
    codes = np.array([values.index(text or None) for text in texts], dtype=np.int32)
    types = np.array([CellType.EMPTY] + [CellType.TEXT] * (len(values) - 1), dtype=np.uint8)
    return RawColumn(codes, values, types)
