"""Whether somebody works in another province, by what is written of the place."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from bangfu_excel.core.rule import Given
from bangfu_excel.domain.codelists import CODELISTS

_PROVINCES = CODELISTS["province"]
_NAMES = {text: entry.label for entry in _PROVINCES.entries for text in (entry.label, *entry.synonyms)}
_LONGEST_FIRST = "|".join(sorted(_NAMES, key=len, reverse=True))
_NAMED = rf"^(?:在|去|到|往|赴|于)?({_LONGEST_FIRST})(?![镇乡村街路组])"
_ABROAD = r"外省|省外|国外|境外|海外|出国"
_AT_HOME = r"^(?:在)?(?:本|县|省|市|乡|镇|村)(?:地|省|市|县|区|旗|乡|镇|村|内|里)|在家|家中|家里|务农|未外出|没有外出|没外出|省内"


def in_other_province(places: pd.Series, given: Given) -> pd.Series:
    """True, False, or missing where the text (浙江省宁波市, 东莞, 外省, 本县) or `given.province` does not tell (boolean)."""
    texts = places.str.replace(r"\s", "", regex=True)
    named = texts.str.extract(_NAMED, expand=False).map(_NAMES)
    own = _PROVINCES.label_of(given.province) if given.province else None
    told = [
        texts.str.contains(_ABROAD).fillna(False).astype(bool),
        _at_home(texts, given.county),
        named.notna() & (named != own) if own else pd.Series(False, index=texts.index),
        named.notna() & (named == own) if own else pd.Series(False, index=texts.index),
    ]
    picked = np.select([mask.to_numpy(dtype=bool) for mask in told], [1, 0, 1, 0], default=-1)
    return pd.Series(picked, index=places.index).eq(1).astype("boolean").mask(picked == -1)


def _at_home(texts: pd.Series, county: str) -> pd.Series:
    words = f"{_AT_HOME}|^{re.escape(county)}" if county else _AT_HOME
    return texts.str.contains(words).fillna(False).astype(bool)
