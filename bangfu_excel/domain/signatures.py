"""Signatures as they stand in a cell: a name, 已签, or that there is none."""

from __future__ import annotations

import pandas as pd

_NONE = r"^(?:无|否|未签|未签字|没签|没有|未|×|未领|待签)[。]?$"


def is_unsigned(signed: pd.Series) -> pd.Series:
    """True where nothing stands, or that nobody signed."""
    return signed.isna() | signed.str.contains(_NONE).fillna(False).astype(bool)
