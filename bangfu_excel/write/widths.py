"""Column widths that fit Chinese text: a full-width character takes two units."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_PADDING = 2.0
_NARROWEST = 6.0
_SAMPLE = 20_000
_QUANTILE = 0.98  # a single long value is wrapped, it does not widen the column
_ROW_HEIGHT = 18.0
_LINE_HEIGHT = 14.5
_HIGHEST = 400.0  # Excel's limit is 409
_NUMBER_WIDTH = 10.0
_DATE_WIDTH = 11.5


def text_width(text: str) -> int:
    """Units that one line of `text` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def fitted_width(title: str, values: pd.Series, widest: float) -> float:
    """Width of a column for its title (over two lines if need be) and for nearly all of its values."""
    lines = [text_width(line) for line in title.split("\n")]
    heading = max(lines) if max(lines) <= 8 else max(8, (max(lines) + 1) // 2 + 1)
    return min(widest, max(_NARROWEST, heading + _PADDING, _content_width(values) + _PADDING))


def _content_width(values: pd.Series) -> float:
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return _DATE_WIDTH - _PADDING
    if pd.api.types.is_bool_dtype(values.dtype):
        return 2.0
    if pd.api.types.is_numeric_dtype(values.dtype):
        return _digits(values)
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


def _digits(values: pd.Series) -> float:
    largest = values.abs().max()
    if pd.isna(largest):
        return 0.0
    whole = len(f"{largest:,.0f}")
    return min(_NUMBER_WIDTH * 2, whole + (3 if (values.dropna() % 1 != 0).any() else 0))
