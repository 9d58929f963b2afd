"""A row that names several recipients becomes one record each, of the same row."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.core.reference import Reference


def explode_recipients(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The rows, those that name several households once for each; RangeIndex, order kept.

    Several numbers are several households, with the names beside them where there are as many. Several names are several
    households only where no number says that it is one.
    """
    several = _several(frame, reference.id) | _several(frame, reference.name)
    if not several.any():
        return frame
    positions, ids, names = [], [], []
    for position in np.flatnonzero(several):
        for number, name in _pairs(frame.iloc[position], reference):
            positions.append(position)
            ids.append(number)
            names.append(name)
    counts = np.ones(len(frame), dtype=np.int64)
    counts[several] = np.bincount(positions, minlength=len(frame))[several]
    exploded = frame.iloc[np.repeat(np.arange(len(frame)), counts)].reset_index(drop=True)
    chosen = np.repeat(several.to_numpy(), counts)
    parted = {reference.id: ids, reference.name: names}
    return exploded.assign(
        **{field: _replaced(exploded[field], chosen, texts) for field, texts in parted.items() if field in exploded}
    )


def _several(frame: pd.DataFrame, field: str) -> pd.Series:
    if field not in frame:
        return pd.Series(False, index=frame.index)
    return frame[field].str.contains(SEPARATOR, regex=False).fillna(False).astype(bool)


def _pairs(row: pd.Series, reference: Reference) -> list[tuple[str | None, str | None]]:
    number, name = row.get(reference.id), row.get(reference.name)
    ids, names = _parts(number), _parts(name)
    whole = None if pd.isna(name) else str(name)
    if len(ids) > 1:
        return list(zip(ids, names, strict=True)) if len(ids) == len(names) else [(number, None) for number in ids]
    if ids or len(names) < 2:
        return [(ids[0] if ids else None, whole)]
    return [(None, name) for name in names]


def _parts(value: object) -> list[str]:
    if pd.isna(value):
        return []
    return list(dict.fromkeys(part for part in str(value).split(SEPARATOR) if part))


def _replaced(values: pd.Series, chosen: np.ndarray, texts: list[str | None]) -> pd.Series:
    replaced = values.to_numpy(dtype=object, copy=True)
    replaced[chosen] = texts
    return pd.Series(replaced, index=values.index, dtype="str")
