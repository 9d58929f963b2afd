"""Column widths that fit Chinese text: a full-width character takes two units."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_PADDING = 2.0
_NARROWEST = 6.0
_SAMPLE = 20_000
_QUANTILE = 0.98  # a single long value is wrapped, it does not widen the column
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
    # in UTF-8 a Chinese character has 3 bytes: (bytes + characters) / 2 counts it as 2 and a letter as 1
    units = pc.divide(pc.add(pc.binary_length(sample), pc.utf8_length(sample)), 2)
    return float(pc.quantile(units, _QUANTILE, interpolation="higher")[0].as_py())


def _digits(values: pd.Series) -> float:
    largest = values.abs().max()
    if pd.isna(largest):
        return 0.0
    whole = len(f"{largest:,.0f}")
    return min(_NUMBER_WIDTH * 2, whole + (3 if (values.dropna() % 1 != 0).any() else 0))
