"""What surrounds a value in a cell and is not part of it: spaces, wrappers, full-width letters, words for nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

SPACE = "\\s\u00a0\u3000\u2000-\u200f\u2028\u2029\u202f\u205f\ufeff\u2060\u00ad"
"""Inside a character class, of `re` and of RE2: every white or invisible character."""

DASHES = frozenset({"-", "--", "—", "——", "–", "－", "―", "─", "/", "\\", "／", "＼", "_", "—-"})
"""A lone stroke: nothing to fill in."""

NOTHING = DASHES | {"无", "未", "没有", "暂无", "空", "不详", "未知", "不清楚", "N/A", "n/a", "NA", "无数据", "未填"}
"""Nothing, or not known: missing, and never 0."""

DITTO = frozenset({"同上", "同前", "〃", "″", '"', "''", "”", "“", "＂", "〞", "′′", "同 上"})
"""The same as in the row above."""

SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
"""An identity number that a spreadsheet printed as a number: 1.10105E+17."""

_SPACES = re.compile(f"[{SPACE}]+")
_ENDS = re.compile(f"^[{SPACE}]+|[{SPACE}]+$")
_WRAPPED = re.compile(r'^=\s*"(.*)"$|^[\'’‘`](?=.)')
_WRAPPERS = ("=", "'", "`")
_WIDE = str.maketrans(
    {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)
_FIFTEEN = 1e15


def bare(text: str) -> str:
    """`text` in half width, without any white space, leading apostrophe or ="…" around it: for numbers and codes."""
    if text.isascii() and text.isprintable() and " " not in text and text[:1] not in _WRAPPERS:
        return text
    folded = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    return unwrap(folded)


def unwrap(text: str) -> str:
    """`text` without leading apostrophes or ="…", which people type to keep Excel from reading a number."""
    while match := _WRAPPED.match(text):
        text = text[1:] if match[1] is None else match[1]
    return text


def narrow(text: str) -> str:
    """`text` with full-width letters and digits in half width; punctuation stays as written."""
    return text.translate(_WIDE)


def unspaced(text: str) -> str:
    """`text` without any white or invisible character."""
    return _SPACES.sub("", text)


def trim(text: str) -> str:
    """`text` without white or invisible characters at its ends."""
    return _ENDS.sub("", text)


def matches(texts: pa.Array, pattern: str) -> NDArray[np.bool_]:
    """Which of `texts` hold a match of `pattern` (RE2); missing ones do not."""
    found = pc.match_substring_regex(texts, pattern)
    return np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False), dtype=bool)


def among(texts: pa.Array, words: Collection[str]) -> NDArray[np.bool_]:
    """Which of `texts` are one of `words`, letter by letter."""
    listed = pa.array(sorted(words), type=texts.type)
    return np.asarray(pc.is_in(texts, value_set=listed).to_numpy(zero_copy_only=False), dtype=bool)


def whole(numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which numbers are whole, not negative and exact: up to 15 digits."""
    return np.asarray((numbers >= 0) & (numbers < _FIFTEEN) & (numbers == np.floor(numbers)), dtype=bool)


def text_array(values: pd.Series) -> pa.Array:
    """The values of a text column as one Arrow array."""
    array = pa.array(values, from_pandas=True)
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return array if pa.types.is_large_string(array.type) else array.cast(pa.large_string())


def passing(passed: NDArray[np.bool_], values: pd.Series) -> pd.Series:
    """The verdict on `values`, True also where one is missing."""
    return pd.Series(passed | values.isna().to_numpy(), index=values.index)
