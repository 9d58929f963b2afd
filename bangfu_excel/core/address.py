"""Cell addresses as Excel shows them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=16384)
def column_letters(column: int) -> str:
    """Letters of a column counted from 0: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """A1 address of a cell; `row` is Excel's row number (from 1), `column` counts from 0."""
    return f"{column_letters(column)}{row}"


def row_spans(rows: Sequence[int], most: int | None = None) -> str:
    """Excel's row numbers for a sentence: 5, 6, 7, 12 → 5–7、12; `most`: spans after which 等 stands for the rest."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][-1] + 1:
            spans[-1][1:] = [row]
        else:
            spans.append([row])
    words = ["–".join(map(str, span)) for span in spans]
    return "、".join(words[:most]) + ("等" if most is not None and len(words) > most else "")
