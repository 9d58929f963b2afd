"""Who owes which paper by when, and who handed it in."""

from __future__ import annotations

import pandas as pd
from assess_case import pairings, scheme
from metrics_case import dated, measuring, share

BRIEF = {"kind": "半年小结", "title": "半年工作小结", "per": "half-year", "due": ["06-30"]}
SUMMARY = {"kind": "年度总结", "per": "year", "due": ["12-31"]}
PAIRED = pairings(
    ("甲@县水利局", "H1", None, None), ("乙@县民政局", "H2", None, None), ("丙@清水小学", "H3", None, None)
)


def papers(*rows):
    """(unit, kind, period, due, filed, status)"""
    columns = ["unit", "kind", "period_text", "due_on", "filed_on", "status"]
    frame = dated(pd.DataFrame(rows, columns=columns), "due_on", "filed_on").astype(
        dict.fromkeys(["unit", "kind", "period_text", "status"], "str")
    )
    return frame.assign(_file="材料.xlsx", _sheet="材料", _row=range(3, 3 + len(frame)))


def asked(document, *documents, period="2024", as_of="2025-06-30", **changes):
    plan = scheme(tables=("pairing", "document", "unit"), documents=documents, **changes)
    return measuring(
        "on_time_rate", "document_rate", plan=plan, pairing=PAIRED, document=document, period=period, as_of=as_of
    )


FILED = papers(
    ("县水利局", "半年小结", None, None, "2024-06-28", None),
    ("县民政局", "半年小结", "2024年上半年", None, "2024-07-20", None),
    ("县水利局", "年度总结", "2024年度", None, "2024-12-31", None),
    ("县民政局", "年度总结", None, None, None, "已报"),
    ("县水利局", "半年小结", "2023年上半年", None, "2023-06-20", None),
)


def test_every_unit_that_helps_owes_the_papers_of_the_plan():
    result = asked(FILED, BRIEF, SUMMARY)
    assert share(result, "document_rate", "county", "全县") == (4, 6)
    assert share(result, "on_time_rate", "county", "全县") == (2, 6)
    assert share(result, "document_rate", "unit", "县水利局") == (2, 2)
    assert share(result, "document_rate", "unit", "清水小学") == (0, 2)


def test_only_what_falls_due_in_the_period_and_by_the_day_is_owed():
    assert share(asked(FILED, BRIEF, SUMMARY, period="2024H1"), "document_rate", "county", "全县") == (1, 3)
    assert share(asked(FILED, BRIEF, SUMMARY, as_of="2024-06-29"), "document_rate", "county", "全县") == (0, 0)


def test_what_was_filed_after_the_day_is_not_yet_filed():
    result = asked(FILED, BRIEF, as_of="2024-07-10")
    assert share(result, "document_rate", "unit", "县民政局") == (0, 1)


def test_the_row_that_says_so_stands_beside_it():
    items = asked(FILED, BRIEF).items
    mine = items[(items["metric"] == "document_rate") & (items["unit"] == "县民政局")].iloc[0]
    assert (mine["what"], mine["file"], mine["row"]) == ("半年工作小结（2024-06-30）", "材料.xlsx", 4)
    assert mine["date"] == pd.Timestamp("2024-06-30")


def test_schools_owe_what_is_asked_of_schools_and_nobody_what_has_no_day():
    result = asked(
        FILED,
        {**BRIEF, "who": "school"},
        {"kind": "工作方案"},
        {"kind": "个别教育管理方案", "who": "class-teacher", "per": "month"},
    )
    assert share(result, "document_rate", "school", "清水小学") == (0, 1)
    assert share(result, "document_rate", "county", "全县") == (0, 1)


def test_a_paper_that_a_phase_wants_is_due_at_its_end():
    result = asked(
        papers(("清水小学", "工作总结", None, None, "2024-05-20", None)), {"kind": "工作总结", "who": "school"},
        start="2024-04-01", end="2024-12-31", phases=[{"title": "总结", "start": "2024-05-11", "end": "2024-05-20", "due": ["工作总结"]}],
    )  # fmt: skip
    assert share(result, "on_time_rate", "school", "清水小学") == (1, 1)


def test_each_helper_owes_his_own():
    rows = papers(("县水利局", "工作总结", None, None, "2024-12-30", None)).assign(person_in_charge="甲")
    result = asked(rows, {"kind": "工作总结", "who": "helper", "per": "year"})
    assert share(result, "on_time_rate", "helper", "甲@县水利局") == (1, 1)
    assert share(result, "on_time_rate", "helper", "乙@县民政局") == (0, 1)


def test_a_school_is_the_same_with_its_township_before_it_or_without():
    child = pd.DataFrame({"_key": ["C1", "C2"], "school": ["青石镇清水小学", "青石镇中学"], "township": "青石镇"})
    rows = papers(
        ("青石镇清水小学", "半年小结", None, None, "2024-06-20", None),
        ("中学", "半年小结", None, None, "2024-06-20", None),
    )
    plan = scheme(tables=("pairing", "document", "child"), documents=[{**BRIEF, "who": "school"}])
    result = measuring("document_rate", plan=plan, pairing=PAIRED, document=rows, child=child, period="2024")
    assert share(result, "document_rate", "county", "全县") == (1, 2)
    assert share(result, "document_rate", "school", "清水小学") == (1, 1)
    assert share(result, "document_rate", "school", "青石镇中学") == (0, 1)
