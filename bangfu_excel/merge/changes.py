"""What is different between two states of a table, and between two versions of a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from bangfu_excel.core.kinds.clean import text_array

CHANGE_COLUMNS = ("table", "key", "field", "old", "new")


@dataclass(frozen=True)
class TableChange:
    """How many keys of a table are added, changed, unchanged and removed; `details`: one row a changed value (text)."""

    added: int
    changed: int
    unchanged: int
    removed: int
    details: pd.DataFrame


@dataclass(frozen=True)
class Pairs:
    """Positions of the rows of two states: of one key in both (old and new, in the order of the new), only old, only new."""

    old: NDArray[np.int64]
    new: NDArray[np.int64]
    gone: NDArray[np.int64]
    come: NDArray[np.int64]


def paired(before: pd.DataFrame, after: pd.DataFrame) -> Pairs:
    """The rows of two current tables, matched by `_key`; rows without a key are not followed."""
    first, second = text_array(before["_key"]), text_array(after["_key"])
    found = pc.fill_null(pc.index_in(second, value_set=first, skip_nulls=True), -1).to_numpy(zero_copy_only=False)
    both = found >= 0
    old = found[both].astype(np.int64)
    gone = before["_key"].notna().to_numpy(copy=True)
    gone[old] = False
    come = after["_key"].notna().to_numpy() & ~both
    return Pairs(old, np.flatnonzero(both), np.flatnonzero(gone), np.flatnonzero(come))


def compare(table: str, before: pd.DataFrame, after: pd.DataFrame) -> TableChange:
    """The change from one current table to another; rows without a key are not followed."""
    pairs = paired(before, after)
    touched, details = differing(table, before.take(pairs.old), after.take(pairs.new))
    return TableChange(
        added=len(pairs.come),
        changed=int(touched.sum()),
        unchanged=len(pairs.old) - int(touched.sum()),
        removed=len(pairs.gone),
        details=details,
    )


def differing(table: str, old: pd.DataFrame, new: pd.DataFrame) -> tuple[NDArray[np.bool_], pd.DataFrame]:
    """Of rows in the same order: which differ in a field, and one row (`CHANGE_COLUMNS`) a changed value."""
    fields = [name for name in new.columns if not name.startswith("_")]
    old, new = (rows.reset_index(drop=True) for rows in (old.reindex(columns=new.columns), new))
    touched = np.zeros(len(new), dtype=bool)
    details = []
    for field in _plain(fields):
        differs = _differs(old, new, field)
        if differs.any():
            touched |= differs
            details.append(_details(table, field, old[differs], new[differs]))
    return touched, pd.concat(details, ignore_index=True) if details else no_changes()


def no_changes() -> pd.DataFrame:
    """An empty frame of `CHANGE_COLUMNS`."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in CHANGE_COLUMNS})


def changed_fields(old: pd.DataFrame, new: pd.DataFrame) -> tuple[str, ...]:
    """The fields in which two versions of a row (frames of one row) differ, dates with their precision."""
    fields = [name for name in new.columns if not name.startswith("_")]
    old = old.reindex(columns=new.columns)
    return tuple(field for field in _plain(fields) if _differs(old, new, field).any())


def value_text(value: object, precision: object = None) -> str:
    """A value as a person would write it; "" where it is missing."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.strftime({"year": "%Y", "month": "%Y-%m"}.get(str(precision), "%Y-%m-%d")))
    if isinstance(value, (bool, np.bool_)):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def _plain(names: Sequence[str]) -> list[str]:
    return [name for name in names if "__" not in name]


def _differs(old: pd.DataFrame, new: pd.DataFrame, field: str) -> NDArray[np.bool_]:
    """True where a field or what stands beside it (precision, approximate) is not the same; missing equals missing."""
    differs = np.zeros(len(new), dtype=bool)
    for name in (field, f"{field}__precision", f"{field}__approx"):
        if name in new:
            one, other = (_comparable(frame[name]) for frame in (old, new))
            same = (one == other).fillna(False).to_numpy(dtype=bool) | (one.isna() & other.isna()).to_numpy()
            differs |= ~same
    return differs


def _comparable(values: pd.Series) -> pd.Series:
    """Beside a value, nothing and an empty note (to the day, not approximate) say the same."""
    values = values.reset_index(drop=True)
    if str(values.name).endswith("__precision"):
        return values.astype("str").fillna("")
    return values.astype("boolean").fillna(False) if str(values.name).endswith("__approx") else values


def _details(table: str, field: str, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "table": pd.Series([table] * len(new), dtype="str"),
            "key": pd.Series(new["_key"].to_numpy(), dtype="str"),
            "field": pd.Series([field] * len(new), dtype="str"),
            "old": pd.Series(_texts(old, field), dtype="str"),
            "new": pd.Series(_texts(new, field), dtype="str"),
        }
    )


def _texts(rows: pd.DataFrame, field: str) -> list[str]:
    precision = rows.get(f"{field}__precision", pd.Series("", index=rows.index))
    return [value_text(v, p) for v, p in zip(rows[field].tolist(), precision.tolist(), strict=True)]
