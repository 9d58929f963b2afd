"""Who owes which paper by when, and who handed it in."""

from __future__ import annotations

import pandas as pd
import pytest
from assess_case import households, pairings, scheme
from metrics_case import dated, measuring, share
from pydantic import ValidationError

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


OFFICES = (
    ("甲", "云岭县水利局"), ("乙", "云岭县民政局"), ("丙", "云岭县林业局"), ("丁", "平川县林业局"), ("戊", "云岭县市场监督管理局"), ("己", "清溪社区居委会"),
)  # fmt: skip


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


def test_schools_owe_what_is_asked_of_schools():
    result = asked(FILED, {**BRIEF, "who": "school"})
    assert share(result, "document_rate", "school", "清水小学") == (0, 1)
    assert share(result, "document_rate", "county", "全县") == (0, 1)


PLAN = {"kind": "工作方案"}
PLANS = papers(
    ("县水利局", "工作方案", None, None, "2024-03-01", None), ("县民政局", "工作方案", None, "2024-04-30", "2024-05-06", None)
)  # fmt: skip


def test_what_is_wanted_once_is_due_at_the_end_of_the_programme():
    result = asked(PLANS, PLAN, start="2024-01-01", end="2024-12-31")
    assert share(result, "on_time_rate", "county", "全县") == (2, 3)
    assert share(asked(PLANS, PLAN, period="2024H1", end="2024-12-31"), "document_rate", "county", "全县") == (0, 0)


def test_without_an_end_it_is_wanted_at_any_time_and_nobody_is_late_for_a_day_that_nobody_set():
    result = asked(PLANS, PLAN)
    assert share(result, "document_rate", "county", "全县") == (2, 3)
    assert share(result, "document_rate", "unit", "清水小学") == (0, 1)
    assert share(result, "on_time_rate", "unit", "县水利局") == (0, 0)


def test_a_day_that_its_own_row_says_is_its_day():
    result = asked(PLANS, PLAN)
    assert share(result, "on_time_rate", "unit", "县民政局") == (0, 1)
    assert share(asked(PLANS, PLAN, period="2024-06"), "on_time_rate", "unit", "县民政局") == (0, 0)


def test_while_the_dates_of_a_plan_are_still_to_be_announced_nobody_owes_what_is_wanted_once_and_it_is_told():
    result = asked(PLANS.iloc[:1], PLAN, until_announced=True)
    assert share(result, "document_rate", "county", "全县") == (0, 0)
    assert "“工作方案”，还没有设定方案的起止日期" in result.findings[-1].message


def test_what_is_wanted_each_term_waits_for_the_terms():
    result = asked(PLANS, {**PLAN, "per": "term"})
    assert share(result, "document_rate", "county", "全县") == (1, 1)  # the row that says by when
    assert "“工作方案”，还没有设定学期的起止日期" in result.findings[-1].message


def test_a_paper_that_no_plan_asks_for_counts_by_the_day_that_its_row_says():
    rows = papers(
        ("清水镇人民政府", "其他", None, "2024-03-31", "2024-03-31", None), ("清水镇", "其他", None, "2024-05-31", None, None),
        ("县水利局", "其他", None, "2024-06-30", "2024-07-01", None), ("县委办", "其他", None, "2024-06-30", "2024-06-01", None),
        ("县水利局", "其他", None, None, "2024-06-01", None), ("县水利局", "其他", None, "2025-01-31", None, None),
    )  # fmt: skip
    plan = scheme(tables=("pairing", "document", "household"))
    homes = households(("H1", "清水镇"), ("H2", "石桥乡"))
    result = measuring("on_time_rate", plan=plan, pairing=PAIRED, document=rows, household=homes, period="2024")
    assert share(result, "on_time_rate", "township", "清水镇") == (1, 2)
    assert share(result, "on_time_rate", "unit", "县水利局") == (0, 1)
    assert share(result, "on_time_rate", "county", "全县") == (2, 4)


TAUGHT = pd.DataFrame(
    {
        "_key": ["C1", "C2", "C3", "C4"], "name": ["苗壮", "田野", "花朵", "路远"], "school": "清水小学", "township": "清水镇",
        "class_teacher": ["蒲老师", "蒲老师", "牧老师", None], "is_key": pd.array([None, True, False, True], dtype="boolean"),
    }
)  # fmt: skip
EACH = {"kind": "个别教育管理方案", "who": "class-teacher"}


def of_teachers(*rows):
    document = papers(*rows).assign(student=["苗壮"] * len(rows))
    plan = scheme(tables=("pairing", "document", "child"), documents=[EACH])
    return measuring("document_rate", plan=plan, pairing=PAIRED, document=document, child=TAUGHT, period="2024")


def test_a_class_teacher_owes_one_for_each_key_child_and_each_for_whom_one_is_registered():
    result = of_teachers(("清水小学", "个别教育管理方案", None, None, "2024-03-01", None))
    assert share(result, "document_rate", "helper", "清水小学|蒲老师") == (1, 2)
    assert share(result, "document_rate", "school", "清水小学") == (1, 2)
    assert share(result, "document_rate", "county", "全县") == (1, 2)
    rows = result.papers
    assert set(rows["owner"] + rows["unit"]) == {"清水小学|蒲老师清水小学"}
    assert rows[["whom", "state"]].to_numpy().tolist() == [["苗壮", "已报"], ["田野", "未报"]]
    assert result.names["清水小学|蒲老师"] == "蒲老师"
    untold = of_teachers(("清水小学", "个别教育管理方案", None, "2024-04-30", None, "未报"))
    assert share(untold, "document_rate", "county", "全县") == (0, 2)


def test_pupils_hand_in_no_papers_and_a_paper_is_of_a_span_that_ends():
    for said in ({"who": "pupil"}, {"per": "day"}, {"per": "event"}):
        with pytest.raises(ValidationError):
            scheme(documents=[{**PLAN, **said}])


def test_a_paper_that_a_phase_wants_is_due_at_its_end():
    result = asked(
        papers(("清水小学", "工作总结", None, None, "2024-05-20", None)), {"kind": "工作总结", "who": "school"},
        start="2024-04-01", end="2024-12-31", phases=[{"title": "总结", "start": "2024-05-11", "end": "2024-05-20", "due": ["工作总结"]}],
    )  # fmt: skip
    assert share(result, "on_time_rate", "school", "清水小学") == (1, 1)


def test_an_office_of_the_county_is_known_without_its_name_unless_two_could_be_meant():
    paired = pairings(*((f"{who}@{unit}", f"H{n}", None, None) for n, (who, unit) in enumerate(OFFICES)))
    said = ["水利局", "县民政局", "林业局", "市场监督管理局", "居委会"]
    rows = papers(*((unit, "半年小结", None, None, "2024-06-28", None) for unit in said))
    plan = scheme(tables=("pairing", "document"), documents=[BRIEF])
    result = measuring("document_rate", plan=plan, pairing=paired, document=rows, period="2024")
    assert {unit: share(result, "document_rate", "unit", unit)[0] for _, unit in OFFICES} == {
        "云岭县水利局": 1, "云岭县民政局": 1, "云岭县林业局": 0, "平川县林业局": 0, "云岭县市场监督管理局": 1, "清溪社区居委会": 0,
    }  # fmt: skip


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
