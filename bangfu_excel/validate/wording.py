"""Typed values as a clerk writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

_DATE_FORMS = {"month": "{0.year}年{0.month}月", "year": "{0.year}年"}


def say(value: object, precision: object = "") -> str:
    """A typed value in words: 2024年3月5日, 2024年3月, 3, 0.5, 是; "" where missing."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return _DATE_FORMS.get(str(precision), "{0.year}年{0.month}月{0.day}日").format(value)
    if isinstance(value, float):
        return f"{value:.15g}"
    if value is True or value is False:
        return "是" if value else "否"
    return str(value)


def say_range(low: float | None, high: float | None) -> str:
    """Inclusive bounds in words: 1–30, 不小于0, 不大于100."""
    if low is not None and high is not None:
        return f"{say(float(low))}–{say(float(high))}"
    return f"不小于{say(float(low))}" if low is not None else f"不大于{say(float(high or 0))}"


def words_of(rows: pd.DataFrame, fields: Sequence[str], limits: Mapping[str, float]) -> Iterator[dict[str, object]]:
    """For each of `rows`, field name → value in words, and the limits of the rule."""
    constant = {name: say(float(limit)) for name, limit in limits.items()}
    said = [_said(rows, name) for name in fields]
    for values in zip(*said, strict=True):
        yield {**constant, **dict(zip(fields, values, strict=True))}


def _said(rows: pd.DataFrame, name: str) -> list[str]:
    precision = f"{name}__precision"
    values = list(rows[name])
    if precision in rows:
        return [say(value, how) for value, how in zip(values, rows[precision], strict=True)]
    return [say(value) for value in values]
