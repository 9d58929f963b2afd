"""Statistics of 村情: rates that villages state, weighted by their people."""

from __future__ import annotations

from functools import partial

import pandas as pd

from bangfu_excel.core.rule import Given
from bangfu_excel.core.statistic import Average, Statistic


def _column(rows: pd.DataFrame, given: Given, *, name: str) -> pd.Series:
    return rows[name]


def _rate(key: str, title: str, field: str, category: str) -> Average:
    return Average(
        key, title, (field, "population"),
        "各村填报的比例按总人口加权：比例×总人口之和除以总人口之和；没有填比例或总人口的村不算，列在未填里。", "人",
        number=partial(_column, name=field), weight=partial(_column, name="population"), category=category,
    )  # fmt: skip


STATISTICS: tuple[Statistic, ...] = (
    _rate("village-medical", "村医疗保险参保率", "medical_rate", "参加医疗保险"),
    _rate("village-pension", "村养老保险参保率", "pension_rate", "参加养老保险"),
    Average(
        "village-pension-sum", "养老金发放", ("pension_persons", "pension_monthly"),
        "分子是每月发放的总额（领取人数×每月标准之和），分母是领取人数，数值是每人每月领多少。", "人", "元/月",
        number=partial(_column, name="pension_monthly"), weight=partial(_column, name="pension_persons"), category="每人每月养老金",
    ),
)  # fmt: skip
