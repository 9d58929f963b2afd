"""The matching form of names: what a clerk takes for the same name compares equal. Names are shown as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bangfu_excel.core.fold import simplify
from bangfu_excel.core.kinds.clean import text_array

_REMARK = re.compile(r"[(\[【〔][^()\[\]【】〔〕\x01]*[)\]】〕]")
_DROPPED = re.compile("[^\\S\x01]+|[\u200b-\u200f\ufeff\u2060\u00ad·•．・･‧∙⋅●.。,，:：\"'“”‘’-]+")
_VARIANTS = str.maketrans("峯喆堃珮菓", "峰哲坤佩果")
_MARK = "\x01"


def name_key(text: str) -> str:
    """The form of a name for matching: no spaces, dots or remarks in brackets, simplified, common variants unified."""
    return _keys((text,))[0]


def name_keys(names: pd.Series) -> pd.Series:
    """`name_key` of every name (text; missing stays missing), once per distinct name."""
    encoded = pc.dictionary_encode(text_array(names))
    keys = pa.array(_keys(encoded.dictionary.to_pylist()), type=pa.large_string())
    taken = keys.take(encoded.indices)
    return pd.Series(pd.array(taken, dtype="str"), index=names.index, name=names.name)


def _keys(names: Sequence[str]) -> list[str]:
    """All names in one pass over one text: conversion costs per call, not per character."""
    joined = _fold(_MARK.join(name.replace(_MARK, "") for name in names))
    return joined.split(_MARK) if names else []


def _fold(text: str) -> str:
    plain = _DROPPED.sub("", _REMARK.sub("", unicodedata.normalize("NFKC", text)))
    return simplify(plain.casefold()).translate(_VARIANTS)
