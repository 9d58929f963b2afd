"""Whatever is handed in: the figures of every level are the sums of its items, each item once a subject, and of the county once."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu_excel.assess import assess
from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.core.assessment import COUNTY
from bangfu_excel.core.metric import LEVELS
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.domain import TABLES

HELPERS = ("甲@县水利局", "乙@县水利局", "丙@清水小学")
HOMES = ("H1", "H2", "H3")
PLAN = Scheme.model_validate(
    {
        "id": "test", "title": "试验方案", "version": "1", "tables": tuple(TABLES),
        "assessing": {"levels": ["school", "unit"]},
        "cadences": (
            {"id": "monthly", "title": "每月入户", "modes": ("入户",)},
            {"id": "weekly", "title": "每组每周", "who": "group", "whom": "village", "counter": "group-village", "per": "week"},
        ),
        "documents": ({"kind": "工作总结", "per": "month"}, {"kind": "工作简报", "per": "month", "who": "group"}),
    }
)  # fmt: skip
helper, home = st.sampled_from(HELPERS), st.sampled_from(HOMES)
several = st.lists(helper, min_size=1, max_size=2, unique=True).map("、".join)
day = st.dates(dt.date(2024, 4, 15), dt.date(2024, 7, 15))
maybe = st.none() | day
text = st.none() | st.sampled_from(("了解生产生活情况，宣传政策。", "送化肥两袋，谈了种植。", "走访"))


def rows(*columns, most=8):
    return st.lists(st.tuples(*columns), max_size=most)


def frame(found, names, dates=()):
    rows = pd.DataFrame(found, columns=list(names))
    for name in dates:
        rows[name] = pd.to_datetime(rows[name]).astype("datetime64[ns]")
    texts = {name: "str" for name in names if name not in dates}
    return rows.astype(texts).assign(_file="a.xlsx", _sheet="表", _row=range(3, 3 + len(rows)))


counties = st.fixed_dictionaries(
    {
        "pairing": rows(helper, home, maybe, maybe).map(
            lambda found: frame(found, ("_helper", "_recipient", "started_on", "ended_on"), ("started_on", "ended_on"))
        ),
        "visit": rows(several, home, day, text, st.sampled_from(("入户", "电话", "集中")), most=14).map(
            lambda found: frame(found, ("_helper", "_recipient", "visited_on", "content", "mode"), ("visited_on",))
        ),
        "problem": rows(home, several, day, maybe, maybe).map(
            lambda found: frame(found, ("_recipient", "_helper", "found_on", "deadline", "closed_on"), ("found_on", "deadline", "closed_on"))
        ),
        "measure": rows(home, several, day, maybe).map(
            lambda found: frame(found, ("_recipient", "_helper", "started_on", "ended_on"), ("started_on", "ended_on"))
        ),
        "document": rows(st.sampled_from(("县水利局", "清水小学", "第一组")), st.sampled_from(("工作总结", "工作简报")), maybe).map(
            lambda found: frame(found, ("unit", "kind", "filed_on"), ("filed_on",))
        ),
        "feedback": rows(home, several, day, st.sampled_from(("满意", "不满意", "不了解"))).map(
            lambda found: frame(found, ("_recipient", "_helper", "asked_on", "satisfaction"), ("asked_on",))
        ),
    }
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(counties)
def test_figures_are_the_sums_of_their_items(tables):
    pairing = tables["pairing"]
    parts = pairing["_helper"].str.split("@")
    tables["pairing"] = pairing.assign(
        helper_name=parts.str[0], helper_unit=parts.str[1], group=parts.str[1].map({"县水利局": "第一组"})
    )
    tables["visit"] = tables["visit"].assign(visitors=tables["visit"]["_helper"])
    homes = frame(
        [
            (key, place, village)
            for key, place, village in zip(HOMES, ("清水镇", "清水镇", None), ("柳溪村", "上庄村", None), strict=True)
        ],
        ("_key", "township", "village"),
    )
    found = assess(
        {"household": homes, **tables},
        PLAN,
        Period.parse("2024Q2"),
        dt.date(2024, 7, 20),
        declared=TABLES,
        metrics=METRICS,
        thresholds={"PV12": {"households": 4}},
    )
    by_hand = {(name, level, subject): sums for name, level, subject, sums in sums_by_hand(found.items)}
    shown = found.metrics
    for row in shown.itertuples(index=False):
        top, bottom = by_hand.pop((row.indicator, row.level, row.subject), (0.0, 0.0))
        metric = METRICS[row.indicator]
        assert row.numerator == top
        if metric.kind in ("rate", "mean"):
            assert row.denominator == bottom
            assert pd.isna(row.value) if not bottom else math.isclose(row.value, top / bottom)
        else:
            assert pd.isna(row.denominator) or row.denominator == 0
    assert not by_hand
    assert not shown.duplicated(["level", "subject", "indicator"]).any()
    cadence = shown[shown["indicator"] == "cadence_rate"].merge(found.indicators, on=["level", "subject", "indicator"])
    if len(tables["pairing"]):
        assert cadence["numerator_x"].equals(cadence["numerator_y"])
        assert cadence["denominator_x"].equals(cadence["denominator_y"])


def sums_by_hand(items):
    """Slowly and obviously: each item of a subject once, the first row of it that names him."""
    seen = {}
    for row in items.itertuples(index=False):
        for level in METRICS[row.metric].levels:
            if subject := getattr(row, level):
                assert level != "county" or subject == COUNTY
                seen.setdefault((row.metric, level, subject), {}).setdefault(row.item, (row.top, row.bottom))
    for (metric, level, subject), things in seen.items():
        assert level in LEVELS
        tops, bottoms = zip(*things.values(), strict=True)
        yield metric, level, subject, (math.fsum(tops), math.fsum(bottoms))
