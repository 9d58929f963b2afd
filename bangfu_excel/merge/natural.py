"""Values of a column as JSON says them, and back: text, numbers, yes or no, dates as ISO text, null for missing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

Natural = str | int | float | bool | None


def natural(value: object) -> Natural:
    """One value of a column in JSON terms."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return str(value.date().isoformat())
    if isinstance(value, np.generic):
        return natural(value.item())
    assert isinstance(value, (str, int, float, bool))
    return value


def typed(values: Sequence[Natural], dtype: object) -> pd.Series:
    """Natural values as a column of `dtype`; `ValueError` or `TypeError` where one cannot be."""
    if str(dtype).startswith("datetime"):
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"), format="%Y-%m-%d")).astype(str(dtype))
    return pd.Series(list(values), dtype=str(dtype))


def placed(rows: pd.DataFrame, field: str, at: Sequence[int], said: Sequence[tuple[Natural, str]]) -> pd.DataFrame:
    """`rows` with other values of `field` at these positions. said: value and precision (of a date, "" for a day).

    What stands beside the value is no longer approximate.
    """
    columns = {field: _with(rows[field], at, typed([value for value, _ in said], rows[field].dtype))}
    name = f"{field}__precision"
    if name in rows or any(precision for _, precision in said):
        precisions = rows[name] if name in rows else pd.Series(None, index=rows.index, dtype="str")
        columns[name] = _with(precisions, at, pd.Series([precision or None for _, precision in said], dtype="str"))
    if (name := f"{field}__approx") in rows:
        columns[name] = _with(rows[name], at, pd.Series(False, index=range(len(at))).astype(rows[name].dtype))
    return rows.assign(**columns)


def _with(column: pd.Series, at: Sequence[int], values: pd.Series) -> pd.Series:
    changed = column.array.copy()
    changed[list(at)] = values.array
    return pd.Series(changed, index=column.index, name=column.name)
