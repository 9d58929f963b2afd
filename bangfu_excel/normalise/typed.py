"""Typed columns: distinct values in pieces, taken by position. Nothing here knows what the values mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Piece = Any
"""An Arrow array of text for dtype `str`, else a numpy array of the dtype's storage type."""

_STORAGE = {"Int64": "int64", "Float64": "float64", "boolean": "bool", "datetime64[ns]": "datetime64[ns]"}
_MASKED = {"Int64": pd.arrays.IntegerArray, "Float64": pd.arrays.FloatingArray, "boolean": pd.arrays.BooleanArray}


def from_values(values: Sequence[object], dtype: str) -> Piece:
    """Python values, none missing, as a piece."""
    if dtype == "str":
        return pa.array(values, type=pa.large_string())
    return np.array(values, dtype=_STORAGE[dtype])


def from_texts(texts: pa.Array, dtype: str) -> Piece:
    """Canonical texts (5700, 2024-03-05) as a piece."""
    if dtype == "str":
        return texts
    if dtype == "datetime64[ns]":
        return pc.strptime(texts, format="%Y-%m-%d", unit="ns").to_numpy(zero_copy_only=False)
    return texts.cast(pa.int64() if dtype == "Int64" else pa.float64()).to_numpy(zero_copy_only=False)


def from_numbers(numbers: NDArray[np.float64], dtype: str) -> Piece:
    """Stored numbers as a piece; as text they are whole and become their digits."""
    if dtype == "str":
        return pa.array(numbers.astype(np.int64)).cast(pa.large_string())
    return numbers.astype(_STORAGE[dtype])


def take(pieces: Sequence[Piece], positions: NDArray[np.int64], dtype: str) -> Any:
    """The column whose row i is value `positions[i]` of the joined pieces; -1 is missing."""
    missing = positions < 0
    if dtype == "str":
        joined = pa.concat_arrays(pieces) if pieces else pa.array([], type=pa.large_string())
        taken = joined.take(pa.array(positions, mask=missing))
        return pd.array(taken, dtype="str")
    storage = _STORAGE[dtype]
    values = np.concatenate([*pieces, np.zeros(1, dtype=storage)])[positions]
    if dtype in _MASKED:
        return _MASKED[dtype](values, missing)
    values[missing] = np.datetime64("NaT")
    return pd.array(values, dtype=dtype)
