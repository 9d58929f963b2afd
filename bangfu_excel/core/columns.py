"""What several stages do with a column: look values up in a set, map texts once a distinct one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bangfu_excel.core.kinds.clean import text_array

RELATED_SHOWN = 200
"""So many further cells a finding lists; it counts all of them."""
_FEW = 4
"""With so many times as many known as asked for it is cheaper to look the known ones up among those asked for."""


def among(values: pd.Series, allowed: Iterable[object]) -> pd.Series:
    """True where a value is one of `allowed`. (`isin` of Arrow texts costs ten times as much.)"""
    known = set(allowed)
    if not known:
        return pd.Series(False, index=values.index)
    return pd.Series([value in known for value in values.tolist()], index=values.index, dtype=bool)


def one_of(texts: pd.Series, known: pd.Series) -> NDArray[np.bool_]:
    """True where a text is one of `known`: for columns of 100,000, without making Python texts of them. Missing is none."""
    asked, held = text_array(texts), text_array(known)
    if len(asked) * _FEW < len(held):
        held = held.filter(pc.is_in(held, value_set=asked))
    found = pc.is_in(asked, value_set=held, skip_nulls=True)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def each_once(texts: pd.Series, form: Callable[[str], str | None]) -> pd.Series:
    """`form` of each text, asked once for each distinct one; missing stays missing."""
    encoded = pc.dictionary_encode(text_array(texts))
    forms = [form(text) for text in encoded.dictionary.to_pylist()]
    found = pa.array(forms, type=pa.large_string()).take(encoded.indices)
    return pd.Series(pd.array(found, dtype="str"), index=texts.index, name=texts.name)


def only_key(entries: pd.DataFrame, by: str) -> pd.Series:
    """Value of column `by` → `key`, for the values all of whose entries have one key."""
    pairs = entries[[by, "key"]].dropna().drop_duplicates()
    pairs = pairs[~pairs[by].duplicated(keep=False)]
    return pairs.set_index(by)["key"]
