"""Each mode worked by hand, as an officer would."""

from __future__ import annotations

import pandas as pd
import pytest

from bangfu_excel.core.scheme import Assessing, Indicator
from bangfu_excel.core.scoring import SCORING_MODES, score_lines

RATE = {"mode": "all-or-nothing", "weight": 10}
EXAMPLES = [
    # 以上指标，不达标不得分
    (RATE, {"value": 1}, 10, ""),
    (RATE, {"value": 0.999}, 0, ""),
    (RATE | {"target": 0.95}, {"value": 57 / 60}, 10, ""),
    (RATE | {"target": 0.95}, {"value": 0.9499}, 0, ""),
    (RATE, {"value": 0.5, "manual": 1}, 10, ""),
    (RATE, {}, None, "未填"),
    (RATE, {"denominator": 0}, None, "缺项"),
    (RATE | {"missing": "full"}, {"denominator": 0}, 10, "无应办事项，计满分"),
    (RATE | {"missing": "zero"}, {"denominator": 0}, 0, "无应办事项，计零分"),
    (RATE | {"missing": "full"}, {}, None, "未填"),
    (RATE | {"missing": "zero"}, {"denominator": 0, "manual": 1}, 10, ""),
    (RATE | {"reason_needed": True}, {"value": 0, "manual": 1}, 0, "未写理由"),
    (RATE | {"reason_needed": True}, {"value": 0, "manual": 1, "reason": "复核后更正"}, 10, ""),
    # 发现一处错误扣2分，扣完30分为止
    ({"mode": "per-occurrence", "weight": 30, "deduct": 2}, {"value": 4}, 22, ""),
    ({"mode": "per-occurrence", "weight": 30, "deduct": 2}, {"value": 0}, 30, ""),
    ({"mode": "per-occurrence", "weight": 30, "deduct": 2}, {"value": 16}, 0, ""),
    ({"mode": "per-occurrence", "weight": 30, "deduct": 2}, {"value": 4, "manual": 1}, 28, ""),
    ({"mode": "per-occurrence", "weight": 30, "deduct": 2}, {"manual": -3}, 30, ""),
    # 达标率100%计满分；每减少0.1个百分点扣1分，扣完为止
    ({"mode": "per-step", "weight": 10, "deduct": 1, "step": 0.001}, {"value": 1}, 10, ""),
    ({"mode": "per-step", "weight": 10, "deduct": 1, "step": 0.001}, {"value": 0.999}, 9, ""),
    ({"mode": "per-step", "weight": 10, "deduct": 1, "step": 0.001}, {"value": 0.9985}, 9, ""),
    ({"mode": "per-step", "weight": 10, "deduct": 1, "step": 0.1}, {"value": 0.9}, 9, ""),  # (1 − 0.9) ÷ 0.1 < 1 in binary
    ({"mode": "per-step", "weight": 10, "deduct": 1, "step": 0.001}, {"value": 0.997}, 7, ""),
    ({"mode": "per-step", "weight": 10, "deduct": 1, "step": 0.001}, {"value": 0.98}, 0, ""),
    ({"mode": "per-step", "weight": 10, "deduct": 1, "step": 0.1, "target": 0.8}, {"value": 0.9}, 10, ""),
    ({"mode": "per-step", "weight": 10, "deduct": 3, "step": 0.1, "target": 0.8}, {"value": 0.5}, 1, ""),
    # 贫困发生率、非贫困户被纳入帮扶范围5%以上的不得分
    ({"mode": "threshold", "weight": 20, "threshold": 0.8}, {"value": 0.8}, 20, ""),
    ({"mode": "threshold", "weight": 20, "threshold": 0.8}, {"value": 0.79}, 0, ""),
    ({"mode": "threshold", "weight": 20, "threshold": 0.3}, {"value": 0.7 - 0.4}, 20, ""),  # 0.29999999999999993 in binary
    ({"mode": "threshold", "weight": 20, "threshold": 0.05, "at_most": True}, {"value": 0.05}, 0, ""),
    ({"mode": "threshold", "weight": 20, "threshold": 0.05, "at_most": True}, {"value": 0.0499}, 20, ""),
    # 至少2种宣传方式，否则不得分
    ({"mode": "minimum-count", "weight": 5, "threshold": 2}, {"value": 2}, 5, ""),
    ({"mode": "minimum-count", "weight": 5, "threshold": 2}, {"value": 1}, 0, ""),
    ({"mode": "minimum-count", "weight": 5, "threshold": 2}, {"value": 1, "manual": 3}, 5, ""),
    # 没有年度任务的按缺项考核计分
    ({"mode": "missing-item", "weight": 12}, {"value": 0.75}, 9, ""),
    ({"mode": "missing-item", "weight": 12, "target": 0.5}, {"value": 0.25}, 6, ""),
    ({"mode": "missing-item", "weight": 12, "target": 0.5}, {"value": 0.9}, 12, ""),
    ({"mode": "missing-item", "weight": 12}, {"value": -1}, 0, ""),
    ({"mode": "missing-item", "weight": 12}, {"denominator": 0}, None, "缺项"),
    # 满意度测评
    ({"mode": "survey", "weight": 15}, {"value": 0.8, "denominator": 10}, 12, ""),
    ({"mode": "survey", "weight": 15, "least_answers": 10}, {"value": 1, "denominator": 10}, 15, ""),
    ({"mode": "survey", "weight": 15, "least_answers": 10}, {"value": 1, "denominator": 9}, None, "缺项"),
    ({"mode": "survey", "weight": 15, "least_answers": 10}, {"value": 1, "denominator": 9, "manual": 0.6}, 9, ""),
    ({"mode": "survey", "weight": 15}, {"manual": 95}, 15, ""),
    ({"mode": "survey", "weight": 15}, {}, None, "未填"),
    # 加分项
    ({"mode": "bonus", "weight": 5, "each": 2, "of": "deeds"}, {"value": 2}, 4, ""),
    ({"mode": "bonus", "weight": 5, "each": 2, "of": "deeds"}, {"value": 3}, 5, ""),
    ({"mode": "bonus", "weight": 5, "each": 2, "of": "deeds"}, {"value": 3, "manual": 1.5}, 1.5, ""),
    ({"mode": "bonus", "weight": 5}, {"manual": 8}, 5, ""),
    ({"mode": "bonus", "weight": 5}, {"value": 3}, None, ""),
    ({"mode": "bonus", "weight": 5}, {"manual": -8}, 0, ""),
    ({"mode": "bonus", "weight": 5, "reason_needed": True}, {"manual": 3}, None, "未写理由"),
    ({"mode": "bonus", "weight": 5, "reason_needed": True}, {"manual": 3, "reason": "市级表彰"}, 3, ""),
    # 自评分与核查分相差超过10%的须复核
    ({"mode": "self-check", "weight": 20, "tolerance": 0.1}, {"self_score": 18, "manual": 16}, 18, ""),
    ({"mode": "self-check", "weight": 20, "tolerance": 0.1}, {"self_score": 18, "manual": 15.9}, 15.9, "须复核"),
    ({"mode": "self-check", "weight": 20, "tolerance": 0.1}, {"self_score": 10, "manual": 20}, 20, "须复核"),
    ({"mode": "self-check", "weight": 20, "tolerance": 0.1}, {"self_score": 18}, 18, "未核"),
    ({"mode": "self-check", "weight": 20, "tolerance": 0.1}, {"manual": 17}, 17, ""),
    ({"mode": "self-check", "weight": 20, "tolerance": 0.1}, {}, None, "未填"),
    ({"mode": "self-check", "weight": 20, "tolerance": 0.1}, {"self_score": 25}, 20, "未核"),
    ({"mode": "self-check", "weight": 20, "tolerance": 0.1}, {"self_score": 25, "manual": 19}, 20, ""),
    # 一票否决要有文号
    ({"mode": "veto"}, {"manual": 1, "reason": "某办发〔2024〕3号"}, 1, "一票否决"),
    ({"mode": "veto"}, {"manual": 1}, 0, "未写文号"),
    ({"mode": "veto"}, {"manual": 1, "reason": " \u3000"}, 0, "未写文号"),
    ({"mode": "veto"}, {"manual": 0, "reason": "某办发〔2024〕3号"}, 0, ""),
    ({"mode": "veto"}, {}, 0, ""),
    # 酌情扣减考评分
    ({"mode": "discretion"}, {"manual": 7, "reason": "工作消极"}, 7, ""),
    ({"mode": "discretion", "weight": 5}, {"manual": 7, "reason": "工作消极"}, 5, ""),
    ({"mode": "discretion"}, {"manual": 7}, None, "未写理由"),
    ({"mode": "discretion"}, {"manual": -7, "reason": "笔误"}, 0, ""),
    ({"mode": "discretion"}, {}, None, ""),
]  # fmt: skip


def sheet(*lines: dict) -> Assessing:
    """A sheet of these lines, its total what they add up to."""
    indicators = tuple(Indicator(**{"title": "某项", "id": f"l{number}", **line}) for number, line in enumerate(lines))
    total = sum(one.weight for one in Assessing.model_construct(indicators=indicators).own)
    return Assessing(indicators=indicators, total=total or 100)


@pytest.mark.parametrize(("line", "given", "points", "state"), EXAMPLES)
def test_worked_example(line, given, points, state):
    rows = pd.DataFrame([{"subject": "甲", "line": "l0", **given}])
    found = score_lines(sheet(line), rows, ["甲"]).iloc[0]
    assert found["points"] is pd.NA if points is None else found["points"] == pytest.approx(points, abs=1e-9)
    assert found["state"] == state


@pytest.mark.parametrize(
    ("a", "b", "points", "state"), [(1, 0.5, 15, ""), (None, 0.5, 10, ""), (None, None, None, "缺项"), (1, 1, 18, "")]
)
def test_a_composite_is_the_mean_of_its_parts_that_count(a, b, points, state):
    """B类计分方式为(A类得分+B类得分)×50%"""
    parts = [{"mode": "missing-item", "weight": 20, "id": name} for name in "ab"]
    composed = sheet({"mode": "composite", "weight": 18, "parts": ("a", "b"), "id": "both"}, *parts)
    rows = pd.DataFrame([{"subject": "甲", "line": "a", "value": a}, {"subject": "甲", "line": "b", "value": b}])
    found = score_lines(composed, rows, ["甲"]).set_index("line")
    assert found["points"]["both"] is pd.NA if points is None else found["points"]["both"] == points
    assert found["state"]["both"] == state


def test_every_mode_has_an_example_and_says_its_rule():
    assert {line["mode"] for line, *_ in EXAMPLES} | {"composite"} == set(SCORING_MODES)
    assert all(mode.says and mode.id == name for name, mode in SCORING_MODES.items())


@pytest.mark.parametrize(
    ("line", "most"),
    [
        ({"mode": "survey", "weight": 15}, 1), ({"mode": "bonus", "weight": 5}, 5), ({"mode": "veto"}, 1), ({"mode": "discretion"}, None),
        ({"mode": "discretion", "weight": 3}, 3), ({"mode": "self-check", "weight": 20, "tolerance": 0.1}, 20),
        ({"mode": "minimum-count", "weight": 20, "threshold": 2}, None),
    ],
)  # fmt: skip
def test_the_most_that_can_be_typed_in(line, most):
    (own,) = sheet(line).indicators
    assert SCORING_MODES[own.mode].most_entered(own) == most


def test_every_subject_has_every_line_in_order_and_nobody_else():
    lines = sheet({"mode": "missing-item", "weight": 5}, {"mode": "missing-item", "weight": 7})
    rows = pd.DataFrame([{"subject": "乙", "line": "l1", "value": 1}, {"subject": "丁", "line": "l1", "value": 1}])
    found = score_lines(lines, rows, ["甲", "乙"])
    assert list(zip(found["line"], found["subject"], found["points"].fillna(-1), strict=True)) == [
        ("l0", "甲", -1), ("l0", "乙", -1), ("l1", "甲", -1), ("l1", "乙", 7),
    ]  # fmt: skip
    assert str(found["points"].dtype) == "Float64"


def test_two_rows_of_one_subject_and_line_are_refused():
    rows = pd.DataFrame([{"subject": "乙", "line": "l0", "value": 1}] * 2)
    with pytest.raises(ValueError, match="two rows"):
        score_lines(sheet({"mode": "missing-item", "weight": 5}), rows, ["乙"])


def test_a_sheet_without_lines_has_no_rows():
    assert score_lines(Assessing(), pd.DataFrame(columns=["subject", "line"]), ["甲"]).empty
