"""Several values in one cell: kept as one text joined with 、, because a Series of lists becomes text in pandas 3."""

from __future__ import annotations

import pandas as pd

SEPARATOR = "、"


def explode(frame: pd.DataFrame, field: str) -> pd.DataFrame:
    """`frame` with one row a value of `field`; the other columns repeat, missing values stay one missing row."""
    parts = frame[field].astype("str").str.split(SEPARATOR)
    return frame.assign(**{field: parts}).explode(field, ignore_index=True).astype({field: "str"})
