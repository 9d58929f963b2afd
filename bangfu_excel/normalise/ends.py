"""The last days of spans that were written in one cell (3月15日-17日): values of the field that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages.normalise import SPAN_CONTRADICTED
from bangfu_excel.core.region import Source
from bangfu_excel.core.table import Field, Table
from bangfu_excel.normalise.column import ReadColumn

Marks = Mapping[str, NDArray[np.bool_]]


@dataclass(frozen=True)
class Ends:
    """The columns of last days, where they are stated and where that gives no value, where they stand, what to say."""

    columns: Mapping[str, pd.Series]
    stated: Marks
    faulty: Marks
    source: Source
    findings: tuple[Finding, ...]


def take_ends(
    table: Table, read: Mapping[str, ReadColumn], typed: Mapping[str, Any], source: Source, numbers: NDArray[np.int64]
) -> Ends:
    """The ends of the spans among the columns `read`, joined with those that have a column of their own.

    Where that holds another day, neither is taken. `typed`: all columns so far · `numbers`: Excel's row numbers.
    """
    columns: dict[str, pd.Series] = {}
    stated, faulty = {}, {}
    places = dict(source.columns)
    findings: list[Finding] = []
    for field in table.fields:
        spans = read[field.name].until if field.name in read else None
        if spans is None:
            continue
        own = read.get(field.until)
        joined, apart = _joined(table[field.until], spans, typed)
        columns |= joined
        held = joined[field.until].notna().to_numpy(dtype=bool)
        stated[field.until] = held | apart | (own.stated if own is not None else False)
        faulty[field.until] = apart | (own.faulty & ~held if own is not None else False)
        findings += [_apart(source, int(number), field) for number in numbers[apart]]
        if own is None:
            places[field.until] = places[field.name]
    return Ends(columns, stated, faulty, replace(source, columns=places), tuple(findings))


def _joined(
    field: Field, spans: tuple[Any, Any | None], typed: Mapping[str, Any]
) -> tuple[dict[str, pd.Series], NDArray[np.bool_]]:
    """The field's days and their precision, and the rows of which two different days are told."""
    days, coarse = pd.Series(spans[0]), pd.Series(spans[1], range(len(spans[0])), dtype="str")
    given = pd.Series(typed.get(field.name), days.index, dtype=days.dtype)
    precision = pd.Series(typed.get(f"{field.name}__precision"), days.index, dtype="str")
    both = days.notna() & given.notna()
    apart = both & ((days != given) | (coarse.fillna("") != precision.fillna("")))
    columns = {field.name: given.fillna(days).mask(apart)}
    precision = precision.fillna(coarse).mask(apart)
    if precision.notna().any():
        columns[f"{field.name}__precision"] = precision
    return columns, apart.to_numpy(dtype=bool)


def _apart(source: Source, number: int, field: Field) -> Finding:
    other = source.place(number, field.until).label or source.columns[field.until].label
    return SPAN_CONTRADICTED.finding(source.place(number, field.name), other=other)
