"""Signs of visiting for the record, and the quality of what is submitted."""

from __future__ import annotations

import pandas as pd
from assess_case import households, pairings, visits
from metrics_case import figure, measuring, share

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.domain.relations import RELATIONS

HOMES = households(*((f"H{n}", "清水镇") for n in range(1, 7)))
PAIRED = pairings(*(("甲@水利局", f"H{n}", None, None) for n in range(1, 7)), ("乙@水利局", "H1", None, None))
LONG = "了解生产生活情况，宣传帮扶政策。"


def test_the_same_words_for_several_households_are_told():
    went = visits(
        ("甲@水利局", "H1", "2024-06-05", "入户"), ("甲@水利局", "H2", "2024-06-06", "入户"), ("甲@水利局", "H1", "2024-06-07", "入户"),
        ("乙@水利局", "H1", "2024-06-05", "入户"), ("甲@水利局", "H3", "2024-06-05", "入户"), ("甲@水利局", "H4", "2024-06-05", "入户"),
    ).assign(content=[LONG, f" {LONG}", LONG, LONG, "走访", "走访"])  # fmt: skip
    result = measuring("same_texts", household=HOMES, pairing=PAIRED, visit=went)
    assert figure(result, "same_texts", "helper", "甲@水利局") == 3
    assert figure(result, "same_texts", "helper", "乙@水利局") == 0
    assert figure(result, "same_texts", "county", "全县") == 3
    assert sorted(result.items["row"]) == [3, 4, 5]


def test_one_row_that_names_two_households_repeats_nothing():
    went = visits(("甲@水利局", "H1", "2024-06-05", "入户"), ("甲@水利局", "H2", "2024-06-05", "入户"))
    went = went.assign(content=LONG, _submission="s", _file="a.xlsx", _sheet="走访", _row=3)
    assert (
        figure(measuring("same_texts", household=HOMES, pairing=PAIRED, visit=went), "same_texts", "county", "全县")
        == 0
    )


def test_more_households_on_a_day_than_one_can_visit():
    went = visits(
        *(("甲@水利局", f"H{n}", "2024-06-05", "入户") for n in range(1, 6)),
        *(("甲@水利局", f"H{n}", "2024-06-06", "入户") for n in range(1, 5)),
        *(("乙@水利局", f"H{n}", "2024-06-07", "集中") for n in range(1, 7)),
    )
    result = measuring("many_a_day", household=HOMES, pairing=PAIRED, visit=went)
    assert figure(result, "many_a_day", "helper", "甲@水利局") == 1
    assert figure(result, "many_a_day", "county", "全县") == 1
    assert list(result.items["what"]) == ["一天走访5户"]


def test_how_many_are_too_many_is_the_countys_to_say():
    went = visits(*(("甲@水利局", f"H{n}", "2024-06-05", "入户") for n in range(1, 6)))
    result = measuring("many_a_day", a_day=5, household=HOMES, pairing=PAIRED, visit=went)
    assert figure(result, "many_a_day", "helper", "甲@水利局") == 0
    assert "超过5户" in result.measures["many_a_day"].says


def test_how_many_are_too_many_where_nobody_says():
    went = visits(*(("甲@水利局", f"H{n}", "2024-06-05", "入户") for n in range(1, 6)))
    result = measuring("many_a_day", a_day=None, household=HOMES, pairing=PAIRED, visit=went)
    assert figure(result, "many_a_day", "helper", "甲@水利局") == 1
    assert "超过4户" in result.measures["many_a_day"].says


def test_what_a_metric_goes_by_where_nobody_says_is_what_its_rule_says():
    limits = {rule.code: rule.limits for rule in RELATIONS}
    named = [metric for metric in METRICS.values() if metric.limits]
    assert named
    for metric in named:
        assert metric.unsaid
        assert metric.unsaid.items() <= limits[metric.limits].items()


def test_visits_of_the_last_three_days_beside_all():
    went = visits(
        ("甲@水利局", "H1", "2024-06-27", "入户"),
        ("甲@水利局", "H1", "2024-06-28", "入户"),
        ("甲@水利局、乙@水利局", "H1", "2024-06-30", "入户"),
    )
    result = measuring("month_end_share", household=HOMES, pairing=PAIRED, visit=went)
    assert share(result, "month_end_share", "helper", "甲@水利局") == (2, 3)
    assert share(result, "month_end_share", "helper", "乙@水利局") == (1, 1)
    assert share(result, "month_end_share", "county", "全县") == (2, 3)


SUBMITTED = pd.DataFrame(
    {
        "id": ["s1", "s2", "s3"], "file": ["a.xlsx", "b.xlsx", "c.xlsx"], "unit": ["清水镇", "水利局", ""], "township": ["清水镇", "", ""],
        "received": pd.to_datetime(["2024-06-20", "2024-06-28", "2024-06-01"]).astype("datetime64[ns]"), "rows": [50, 200, 0], "findings": [5, 1, 3],
        "period_end": pd.Timestamp("2024-06-30"),
    }
)  # fmt: skip


def test_findings_for_each_hundred_rows_that_were_submitted():
    result = measuring("findings_per_100", pairing=PAIRED, submission=SUBMITTED)
    assert figure(result, "findings_per_100", "township", "清水镇") == 10
    assert figure(result, "findings_per_100", "unit", "水利局") == 0.5
    assert figure(result, "findings_per_100", "county", "全县") == 2.4


def test_rows_that_are_not_corrected_when_the_days_for_it_are_over():
    homes = HOMES.assign(
        _withheld=["head_id", "", "head_id、township", "head_id", "", ""],
        _submission=["s1", "s1", "s1", "s2", "s2", "s2"],
    )
    result = measuring("overdue_corrections", household=homes, pairing=PAIRED, submission=SUBMITTED)
    assert figure(result, "overdue_corrections", "township", "清水镇") == 2
    assert figure(result, "overdue_corrections", "unit", "水利局") == 0
    assert figure(result, "overdue_corrections", "county", "全县") == 2
    assert (
        figure(
            measuring("overdue_corrections", household=homes, pairing=PAIRED), "overdue_corrections", "county", "全县"
        )
        is pd.NA
    )
