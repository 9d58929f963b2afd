"""Papers that are not there: those of the period, and those still owed from the year before it."""

from __future__ import annotations

import pandas as pd
from assess_case import scheme, visits
from metrics_case import measuring
from test_metrics_of_papers import BRIEF, FILED, PAIRED, SUMMARY, papers

WENT = visits(("甲@县水利局", "H1", "2024-01-05", "入户"))


def due(document, *documents, period="2024", as_of="2025-06-30", tables=("pairing", "document", "visit"), **changes):
    plan = scheme(tables=tables, documents=documents, **changes)
    given = {"pairing": PAIRED, "document": document, "visit": WENT}
    rows = measuring(plan=plan, period=period, as_of=as_of, **given).papers
    return [(row.title, row.owner, f"{row.due_on:%m-%d}", row.state) for row in rows.itertuples()]


def test_each_paper_that_was_due_is_there_in_time_late_or_not_at_all():
    assert due(FILED, BRIEF, SUMMARY, period="2024") == [
        ("半年工作小结", "县民政局", "06-30", "迟报"), ("半年工作小结", "县水利局", "06-30", "按时"), ("半年工作小结", "清水小学", "06-30", "未报"),
        ("年度总结", "县民政局", "12-31", "已报"), ("年度总结", "县水利局", "12-31", "按时"), ("年度总结", "清水小学", "12-31", "未报"),
    ]  # fmt: skip


def test_what_is_still_missing_from_before_the_period_stays_on_the_list():
    assert due(FILED, BRIEF, period="2024-07") == [
        ("半年工作小结", "县民政局", "06-30", "迟报"), ("半年工作小结", "清水小学", "06-30", "未报"),
    ]  # fmt: skip
    assert due(FILED, BRIEF, period="2024-08") == [("半年工作小结", "清水小学", "06-30", "未报")]


def test_nothing_is_due_before_the_plan_or_what_is_known_begins():
    assert due(FILED, BRIEF, period="2024-08", start="2024-07-01", end="2024-12-31") == []


def test_a_plan_that_gathers_no_papers_misses_none():
    assert due(FILED, BRIEF, tables=("pairing", "visit")) == []


PHASES = {
    "start": "2024-04-01", "end": "2024-12-31",
    "phases": [{"title": "摸底", "start": "2024-04-11", "end": "2024-05-20", "due": ["调查摸底表", "帮扶对象名单", "半年工作小结"]}],
    "outputs": [{"id": "list", "title": "全部帮扶对象名单", "kind": "form", "tables": ["pairing"]}],
}  # fmt: skip


def test_what_a_phase_wants_and_nobody_is_named_for_is_there_when_anybody_has_handed_it_in():
    asked = {"period": "2024-05", **PHASES}
    assert due(FILED, BRIEF, **asked) == [("调查摸底表", "", "05-20", "未报")]
    rows = papers(("清水小学", "其他", None, None, "2024-05-22", None)).assign(title="调查摸底表")
    assert due(rows, BRIEF, **asked) == [("调查摸底表", "", "05-20", "迟报")]


def test_a_helpers_own_paper_tells_his_unit():
    plan = scheme(tables=("pairing", "document"), documents=[{"kind": "工作总结", "who": "helper", "per": "year"}])
    rows = measuring(plan=plan, pairing=PAIRED, document=papers(), period="2024").papers
    assert dict(zip(rows["owner"], rows["unit"], strict=True)) == {
        "甲@县水利局": "县水利局", "乙@县民政局": "县民政局", "丙@清水小学": "清水小学",
    }  # fmt: skip
    assert set(rows["state"]) == {"未报"}
    assert pd.isna(rows["filed_on"]).all()
