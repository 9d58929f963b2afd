"""Cell addresses as Excel shows them."""

from __future__ import annotations

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
