"""The subjects of an assessment's metrics under numbers, and the names of the ranges that hold what is counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from bangfu_excel.core.assessment import COUNTY, Assessment
from bangfu_excel.core.metric import Metric
from bangfu_excel.core.score_sheet import LEVEL_WORDS

OVERVIEW_LEVELS = ("county", "township", "school")
"""Levels of which every metric is shown, scored or not."""
WINDOWS_METRIC = "cadence_rate"
"""The metric whose rows are listed in 数据-应访 already: met of due windows."""
WINDOWS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "helper": ("=SUMIFS(应访_本人达标,应访_帮扶人,{cell})", "=COUNTIFS(应访_帮扶人,{cell})"),
        "unit": ("=SUMIFS(应访_计单位,应访_单位,{cell},应访_单位达标,1)", "=SUMIFS(应访_计单位,应访_单位,{cell})"),
        "school": ("=SUMIFS(应访_单位达标,应访_学校,{cell})", "=COUNTIFS(应访_学校,{cell})"),
        "village": ("=SUMIFS(应访_户达标,应访_村,{cell})", "=COUNTIFS(应访_村,{cell})"),
        "township": ("=SUMIFS(应访_计户,应访_乡镇,{cell},应访_户达标,1)", "=SUMIFS(应访_计户,应访_乡镇,{cell})"),
        "county": ("=SUMIFS(应访_计户,应访_户达标,1)", "=SUM(应访_计户)"),
    }
)
"""Level → formulas of its met and due windows; {cell} holds the number of its subject."""


@dataclass(frozen=True)
class MetricPlaces:
    """Of an assessment: levels are those shown and those scored."""

    assessment: Assessment

    @property
    def levels(self) -> tuple[str, ...]:
        scored = self.assessment.sheet.levels if self.assessment.sheet else ()
        return tuple(dict.fromkeys([*OVERVIEW_LEVELS, *scored]))

    def levels_of(self, metric: Metric) -> tuple[str, ...]:
        """Those in which the rows of a metric are counted."""
        return tuple(level for level in self.levels if level in metric.levels)

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        """Level → subject → its number: as in the other sheets, those that they do not know after them."""
        a = self.assessment
        known = {
            "helper": list(a.helpers["key"]),
            "unit": list(a.units),
            "township": list(a.townships),
            "county": [COUNTY],
        }
        found = {}
        for level in self.levels:
            subjects = a.metrics.loc[a.metrics["level"] == level, "subject"].drop_duplicates()
            scored = a.sheet.totals.loc[a.sheet.totals["level"] == level, "subject"] if a.sheet else ()
            order = dict.fromkeys([*known.get(level, ()), *subjects, *scored])
            found[level] = {name: number for number, name in enumerate(order, start=1)}
        return found


def name_of(metric: Metric) -> str:
    """The metric's title as the beginning of defined names."""
    return re.sub(r"\W", "", metric.title)


def sums(metric: Metric, level: str, cell: str) -> tuple[str, str]:
    """Formulas of numerator and denominator of the subject whose number is in `cell`."""
    if metric.id == WINDOWS_METRIC:
        met, due = (formula.replace("{cell}", cell) for formula in WINDOWS[level])
        return met, due
    name = name_of(metric)
    top, bottom = (f"=SUMIFS({name}_{part},{name}_{LEVEL_WORDS[level]},{cell})" for part in ("分子", "分母"))
    return top, bottom
