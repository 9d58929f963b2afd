"""Figures out of items: each level's sums, each item once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.assess.facts import Ints
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import nothing
from bangfu_excel.assess.metrics.responsible import units_of
from bangfu_excel.assess.obliged import first_of
from bangfu_excel.core.assessment import COUNTY
from bangfu_excel.core.metric import LEVELS, MEASURED_COLUMNS, Measured, Metric
from bangfu_excel.core.schools import SCHOOLS


def measured(metrics: Iterable[Metric], counting: Counting) -> Measured:
    """Items and figures of these metrics; a metric whose tables are not used, or of which nothing was handed in, is 缺项 for everybody."""
    known = subjects(counting)
    items, figures = [_marked("", (), nothing())], [_figures("", "", [], np.zeros((0, 3)))]
    for metric in metrics:
        there = all(len(counting.table(name)) for name in metric.reads)
        rows = _marked(metric.id, metric.levels, _completed(metric.items(counting), counting) if there else nothing())
        items.append(rows)
        figures.extend(_of_level(metric, level, rows, known[level], there=there) for level in metric.levels)
    return Measured(pd.concat(items, ignore_index=True), pd.concat(figures, ignore_index=True))


def subjects(counting: Counting) -> Mapping[str, list[str]]:
    """Level → the subjects that are known of before anything is counted."""
    return {
        "helper": list(counting.facts.helpers["key"]), "group": counting.group_names, "unit": list(counting.facts.units),
        "school": [], "village": [], "township": list(counting.facts.townships), "county": [COUNTY],
    }  # fmt: skip


def _completed(items: pd.DataFrame, counting: Counting) -> pd.DataFrame:
    """The items with the groups of their helpers, and, where a plan assesses schools, the unit that is one as the school of what names no
    other: its teachers are the helpers. What has a group or a school of its own keeps it."""
    group = items["helper"].map(counting.groups).astype("str").fillna("")
    school = items["school"]
    if {"school", "headmaster"} & set(counting.asked.scheme.assessing.levels):
        school = school.where(school != "", items["unit"].where(items["unit"].str.contains(SCHOOLS), ""))
    return items.assign(group=items["group"].where(items["group"] != "", group), school=units_of(counting, school))


def _marked(metric: str, levels: Iterable[str], items: pd.DataFrame) -> pd.DataFrame:
    """The items with `metric` and the marks of these levels: 1 at the first row of each item that names a subject."""
    marks = {
        f"at_{level}": _first(items, level) if level in levels else np.zeros(len(items), dtype=np.int64)
        for level in LEVELS
    }
    name = pd.Series(metric, index=items.index, dtype="str", name="metric")
    return pd.concat([name, items, pd.DataFrame(marks, index=items.index)], axis=1)


def _first(items: pd.DataFrame, level: str) -> Ints:
    at = np.flatnonzero((items[level] != "").to_numpy())
    marks = np.zeros(len(items), dtype=np.int64)
    marks[at] = first_of(items["item"].to_numpy()[at], pd.factorize(items[level].take(at))[0])
    return marks


def _of_level(metric: Metric, level: str, rows: pd.DataFrame, known: list[str], *, there: bool) -> pd.DataFrame:
    counted = rows[rows[f"at_{level}"] == 1]
    sums = counted.groupby(level, sort=True)[["top", "bottom"]].sum()
    names = [*known, *sums.index.difference(known, sort=True)]
    sums = sums.reindex(names, fill_value=0.0)
    top, bottom = sums["top"].to_numpy(), sums["bottom"].to_numpy()
    if metric.kind in ("count", "sum"):
        bottom = np.full(len(sums), np.nan if there else 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(bottom == 0, np.nan, top / np.where(np.isnan(bottom), 1.0, bottom))
    return _figures(level, metric.id, names, np.column_stack([top, bottom, value]))


def _figures(level: str, indicator: str, names: list[str], numbers: NDArray[np.float64]) -> pd.DataFrame:
    size = range(len(names))
    texts = {"level": level, "subject": pd.Series(names, index=size), "indicator": indicator}
    said = pd.DataFrame(texts, index=size, dtype="str")
    parts = pd.DataFrame(numbers, columns=["numerator", "denominator", "value"]).astype("Float64")
    return pd.concat([said, parts], axis=1)[list(MEASURED_COLUMNS)]
