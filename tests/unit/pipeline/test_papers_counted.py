"""Each due window's count is the number of days that are named beside it, and every visit says why it did not count."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "assess"))

from assess_case import assessed, pairings, visits

from bangfu_excel.pipeline.printed.counted import counted_pairs, dates_counted, outcomes

PAIRING = pairings(("甲@局", "户1", None, None), ("甲@局", "户2", "2024-04-01", "2024-05-31"))


def test_the_days_named_are_the_days_counted():
    visit = visits(
        ("甲@局", "户1", "2024-05-03", "入户"), ("甲@局", "户1", "2024-05-03", "入户"), ("甲@局", "户1", "2024-05-20", "入户"),
        ("甲@局", "户1", "2024-06-20", "入户"),
    )  # fmt: skip
    found = assessed(PAIRING, visit, period="2024Q2")
    days = dates_counted(found, counted_pairs(found)).reindex(found.windows.index)
    assert [len(text.split("、")) if isinstance(text, str) else 0 for text in days] == found.windows["count"].tolist()
    assert set(days.dropna()) == {"5月3日、5月20日", "6月20日"}


def test_every_visit_says_whether_it_counted_or_why_not():
    visit = visits(
        ("甲@局", "户1", "2024-05-03", "入户"), ("甲@局", "户1", "2024-05-04", "电话"), ("甲@局", "户2", "2024-06-05", "入户"),
        ("甲@局", None, "2024-05-06", "入户"), ("乙@局", "户1", "2024-05-07", "入户"),
    )  # fmt: skip
    found = assessed(PAIRING, visit, period="2024Q2")
    told = outcomes(found, counted_pairs(found)).tolist()
    assert told == ["计入", "这种方式不计", "不是结对户或不在应访时段", "没有匹配到帮扶户", "不是结对户或不在应访时段"]
