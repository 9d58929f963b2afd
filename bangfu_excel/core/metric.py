"""A figure of an assessment: declared once with the rows that it counts; its value is a sum over them, in Python and in the workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from bangfu_excel.errors import DeclarationError

LEVELS = ("helper", "group", "unit", "school", "village", "township", "county")
"""Columns of items that name a subject, and what figures may be of."""
ITEM_COLUMNS = ("item", "top", "bottom", "what", "whom", "date", *LEVELS, "file", "sheet", "row")
MEASURED_COLUMNS = ("level", "subject", "indicator", "numerator", "denominator", "value")
Kind = Literal["rate", "count", "sum", "mean"]


@dataclass(frozen=True)
class Metric:
    """What is counted, for whom, and what the words around it are.

    kind: of a rate each item's top is 0 or 1 and its bottom 1, of a mean top is the amount and bottom 1 (or what it is the mean per), of a
    count and a sum bottom is missing · top, bottom: the words for numerator and denominator · says: 口径, for a clerk · reads: tables
    without which nothing can be said (缺项) · better: whether more of it is better · signal: 疑点, shown and never scored unless a scheme
    says so · absent: of an assessment, the titles of those tables of which nothing was ever handed in · limits: code of the rule
    whose limits it goes by; `says` has their names in braces · unsaid: these limits where nobody says what the county's are.
    items: what is counted for, to a frame of `ITEM_COLUMNS`: `item` (int; the same thing may have several rows), `top`, `bottom`
    (float), `what` and `whom` (text for people), `date`, a subject of each level ("" nobody; helper: the key, village with its township
    before it), and file, sheet and row it comes from (0: none). What differs by level has rows of its own for each. A level's figure is
    the sum over the rows that name a subject of it, each item once.
    """

    id: str
    title: str
    kind: Kind
    unit: str
    top: str
    bottom: str
    says: str
    reads: tuple[str, ...]
    items: Callable[..., pd.DataFrame]
    better: Literal["more", "less"] = "more"
    levels: tuple[str, ...] = LEVELS
    signal: bool = False
    limits: str = ""
    absent: tuple[str, ...] = ()
    unsaid: Mapping[str, float] = field(default_factory=dict)

    def limits_among(self, thresholds: Mapping[str, Mapping[str, float]]) -> Mapping[str, float]:
        """The limits that it goes by. thresholds: code of a rule → name → number."""
        return {**self.unsaid, **thresholds.get(self.limits, {})}

    def __post_init__(self) -> None:
        if not (self.id and self.title and self.says and self.top) or (self.kind in ("rate", "mean")) != bool(
            self.bottom
        ):
            raise DeclarationError(f"考核指标{self.id!r}缺少名称、口径，或分子分母写得不全")
        if unknown := [level for level in self.levels if level not in LEVELS]:
            raise DeclarationError(f"考核指标{self.id}：没有{'、'.join(unknown)}这一级")


@dataclass(frozen=True, repr=False)
class Measured:
    """items: the rows of all metrics, with `metric` and marks at_helper … at_county (1 where the row counts at that level) ·
    figures: columns `MEASURED_COLUMNS`. value is top ÷ bottom of a rate or mean, the sum of top otherwise; missing, with denominator 0,
    where there is nothing to say (缺项).
    """

    items: pd.DataFrame
    figures: pd.DataFrame

    def __repr__(self) -> str:
        """Counts only: items are personal."""
        return f"Measured({len(self.items)} items, {len(self.figures)} figures)"
