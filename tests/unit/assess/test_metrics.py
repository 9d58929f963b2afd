"""What holds for every metric: over any tables its figures are the sums of its items, and over empty ones there is nothing to say."""

from __future__ import annotations

import pandas as pd
import pytest
from assess_case import scheme
from metrics_case import measuring

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.core.metric import ITEM_COLUMNS, LEVELS
from bangfu_excel.domain import TABLES


@pytest.mark.parametrize("metric", METRICS)
def test_empty_tables_are_nothing_to_say(metric):
    empty = {name: pd.DataFrame() for name in TABLES}
    for tables in ({}, empty):
        result = measuring(metric, plan=scheme(tables=tuple(TABLES)), **tables)
        assert set(result.metrics["indicator"]) == {metric}
        assert set(result.metrics["level"]) <= set(METRICS[metric].levels)
        assert result.metrics["value"].isna().all()
        assert (result.metrics["denominator"] == 0).all()
        assert result.items.empty
        assert list(result.items.columns) == ["metric", *ITEM_COLUMNS, *(f"at_{level}" for level in LEVELS)]


@pytest.mark.parametrize("metric", METRICS)
def test_what_a_scheme_does_not_use_is_nothing_to_say(metric):
    if METRICS[metric].reads:
        result = measuring(
            metric, plan=scheme(tables=("member",)), pairing=pd.DataFrame({"_helper": ["甲"], "_recipient": ["H1"]})
        )
        assert result.metrics["value"].isna().all()


def test_a_metric_says_what_it_counts():
    for metric in METRICS.values():
        assert metric.says.endswith("。")
        assert metric.unit
        assert set(metric.reads) <= set(TABLES)
    titles = [metric.title for metric in METRICS.values()]
    assert len(set(titles)) == len(titles)
