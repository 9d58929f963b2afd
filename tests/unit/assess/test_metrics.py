"""What holds for every metric: over any tables its figures are the sums of its items, and over empty ones there is nothing to say."""

from __future__ import annotations

import pandas as pd
import pytest
from assess_case import scheme
from metrics_case import measuring

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.core.metric import ITEM_COLUMNS, LEVELS
from bangfu_excel.domain import TABLES


@pytest.mark.parametrize("tables", [{}, {name: pd.DataFrame() for name in TABLES}], ids=["none", "empty"])
def test_empty_tables_are_nothing_to_say(tables):
    result = measuring(*METRICS, plan=scheme(tables=tuple(TABLES)), **tables)
    assert list(result.metrics["indicator"].unique()) == list(METRICS)
    for name, rows in result.metrics.groupby("indicator"):
        assert set(rows["level"]) <= set(METRICS[name].levels)
    assert result.metrics["value"].isna().all()
    assert (result.metrics["denominator"] == 0).all()
    assert result.items.empty
    assert list(result.items.columns) == ["metric", *ITEM_COLUMNS, *(f"at_{level}" for level in LEVELS)]


def test_what_a_scheme_does_not_use_is_nothing_to_say():
    paired = pd.DataFrame({"_helper": ["甲"], "_recipient": ["H1"]})
    reading = [name for name, metric in METRICS.items() if metric.reads]
    result = measuring(*reading, plan=scheme(tables=("member",)), pairing=paired)
    assert result.metrics["value"].isna().all()


def test_a_metric_says_what_it_counts():
    for metric in METRICS.values():
        assert metric.says.endswith("。")
        assert metric.unit
        assert set(metric.reads) <= {*TABLES, "submission"}
    titles = [metric.title for metric in METRICS.values()]
    assert len(set(titles)) == len(titles)


def test_what_nothing_was_ever_handed_in_of_is_told_by_its_name():
    plan = scheme(tables=("pairing", "problem"))
    paired = pd.DataFrame({"_helper": ["甲"], "_recipient": ["H1"]})
    wanted = ("pairing_rate", "close_rate", "overdue_corrections")
    told = measuring(*wanted, plan=plan, pairing=paired).measures
    assert [told[name].absent for name in wanted] == [(), ("民情问题",), ("报送的文件",)]
