"""Column widths that fit Chinese text: a full-width character takes two units."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_PADDING = 2.0
_NARROWEST = 6.0
_ONE_LINE = 8  # a heading of four characters stands in one line, a longer one in two
_SAMPLE = 20_000
_QUANTILE = 0.98  # a single long value is wrapped, it does not widen the column
_ROW_HEIGHT = 18.0
_LINE_HEIGHT = 14.5
_HIGHEST = 400.0  # Excel's limit is 409
_HEADER_HEIGHT = 32.0
_DATE_WIDTH = 11.5


def text_width(text: str) -> int:
    """Units that one line of `text` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def fitted_width(title: str, values: pd.Series, widest: float, *, summed: bool = False) -> float:
    """Width of a column for its title (over two lines if need be), for nearly all of its texts and for every number.

    Texts of up to `widest` stand in one line, longer ones are wrapped to that width.
    summed: its sum stands below. A number is never cut: Excel would show ####.
    """
    lines = [text_width(line) for line in title.split("\n")]
    folded = len(lines) == 1 and lines[0] > _ONE_LINE
    heading = 0.5 + (2 * math.ceil(lines[0] / 4) if folded else max(lines))
    content = _content_width(values, summed) + _PADDING
    if not pd.api.types.is_string_dtype(values.dtype):
        return max(_NARROWEST, min(widest, heading), content)
    most = max(widest, content) if content <= widest + _PADDING else widest
    return min(most, max(_NARROWEST, heading, content))


def header_height(titles: Iterable[str], widths: Iterable[float]) -> float:
    """Height of a header row in which every title is seen whole, wrapped to the width of its column."""
    lines = (
        sum(max(1, math.ceil(text_width(line) / max(2.0, 2 * (width // 2)))) for line in title.split("\n"))
        for title, width in zip(titles, widths, strict=True)
    )
    return max(_HEADER_HEIGHT, 4 + _LINE_HEIGHT * max(lines, default=1))


def _content_width(values: pd.Series, summed: bool) -> float:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return _DATE_WIDTH - _PADDING
    if pd.api.types.is_bool_dtype(values.dtype):
        return 2.0
    if pd.api.types.is_numeric_dtype(values.dtype):
        return _digits(values, summed)
    sample = pa.array(values.iloc[:_SAMPLE], type=pa.string(), from_pandas=True).drop_null()
    if len(sample) == 0:
        return 0.0
    return float(pc.quantile(_units(sample), _QUANTILE, interpolation="higher")[0].as_py())


def _units(texts: pa.Array) -> pa.Array:
    """In UTF-8 a Chinese character has 3 bytes: (bytes + characters) / 2 counts it as 2 and a letter as 1."""
    return pc.divide(pc.add(pc.binary_length(texts), pc.utf8_length(texts)), 2)


def row_heights(texts: Iterable[tuple[pa.Array, float]], count: int) -> NDArray[np.float64]:
    """Height of each row, in points, so that every text is seen whole when wrapped to the width of its column.

    Excel fits rows when it opens a file, LibreOffice and WPS do not always; so it is said.
    """
    lines = np.ones(count)
    for values, width in texts:
        units = _units(values).fill_null(0).to_numpy(zero_copy_only=False)
        breaks = pc.count_substring(values, "\n").fill_null(0).to_numpy(zero_copy_only=False)
        lines = np.maximum(lines, np.ceil(units / (width - 1)) + breaks)
    heights: NDArray[np.float64] = np.minimum(_HIGHEST, _ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT)
    return heights


def _digits(values: pd.Series, summed: bool) -> float:
    """Of the longest number with its separators, and of the sum, which is printed bold."""
    largest = values.abs().max()
    if pd.isna(largest):
        return 0.0
    decimals = 4 if pd.api.types.is_float_dtype(values.dtype) else 0  # .00 and the indent at the right
    sums = len(f"{values.abs().sum():,.0f}") + 1 if summed else 0
    return max(len(f"{largest:,.0f}"), sums) + decimals
