"""The worked examples of 计分方式举例.md: what an officer works out by hand is what the program gives."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from bangfu_excel.core.scheme import Assessing, Grade, Indicator, Scored
from bangfu_excel.core.scoring import SCORING_MODES, score_lines, totals

TEXT = Path(__file__).with_name("计分方式举例.md").read_text(encoding="utf-8")
KEYS = {field.title: name for name, field in Scored.model_fields.items()}


def table(number: int) -> list[dict[str, str]]:
    """The rows of a table of the file, by the words of its head."""
    lines = [line for line in f"\n{TEXT}".split("\n# ")[number].splitlines() if line.startswith("|")]
    head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(head, row, strict=True)) for row in rows]


def words(text: str) -> dict[str, str]:
    """分值 10；目标值 0.95 → 分值: 10, 目标值: 0.95"""
    return dict(part.split(" ", 1) for part in text.split("；")) if text else {}


def number(text: str) -> float | None:
    return None if text in ("", "缺项") else float(text)


def line_of(mode: str, rules: dict[str, str]) -> Indicator:
    said = {KEYS[word]: value for word, value in rules.items() if word != "组成"}
    said = {
        name: value == "是" if name == "at_most" else value if name == "missing" else float(value)
        for name, value in said.items()
    }
    parts = tuple(rules["组成"].split("、")) if "组成" in rules else ()
    return Indicator(
        id="line",
        title="某项",
        mode=mode,
        **said,
        **({"parts": parts} if parts else {}),
        **({"of": "x"} if "each" in said else {}),
    )


def sheet(line: Indicator) -> Assessing:
    parts = [Indicator(id=part, title=part, mode="missing-item", weight=line.weight) for part in line.parts]
    lines = (line, *parts)
    return Assessing(indicators=lines, total=line.weight if not line.is_beside and line.weight else 100)


def given_of(what: dict[str, str], line: Indicator) -> pd.DataFrame:
    own: dict[str, object] = {"line": "line"}
    if "比率" in what:
        top, bottom = map(float, what["比率"].split("/"))
        own |= {"numerator": top, "denominator": bottom, "value": top / bottom if bottom else None}
    own |= {
        name: float(what[word])
        for word, name in (("次数", "value"), ("人工", "manual"), ("自评", "self_score"))
        if word in what
    }
    own["reason"] = what.get("理由", "")
    parts = [{"line": part, "value": float(what[part]) / line.weight} for part in line.parts if part in what]
    return pd.DataFrame([own, *parts]).assign(subject="某单位")


@pytest.mark.parametrize("row", table(1), ids=lambda row: f"{row['计分方式']} {row['怎么算']}")
def test_points_are_as_worked_by_hand(row):
    line = line_of(row["计分方式"], words(row["规定"]))
    found = score_lines(sheet(line), given_of(words(row["情况"]), line), ["某单位"]).set_index("line").loc["line"]
    expected = number(row["得分"])
    assert found["points"] is pd.NA if expected is None else found["points"] == pytest.approx(expected, abs=1e-9)
    assert found["state"] == row["提示"]


def test_every_mode_is_worked_by_hand():
    assert {row["计分方式"] for row in table(1)} == set(SCORING_MODES)


def test_score_rank_and_grade_are_as_worked_by_hand():
    rows = table(2)
    lines = {
        "结对": ("missing-item", 40),
        "走访": ("missing-item", 60),
        "加分": ("bonus", 5),
        "扣分": ("discretion", 0),
    }
    bands = (("优秀", 90, 100, 0.4), ("良好", 80, 90, None), ("合格", 0, 80, None))
    of_county = Assessing(
        document_number="某办发〔2024〕3号",
        indicators=tuple(
            Indicator(id=name, title=name, mode=mode, **({"weight": weight} if weight else {}))
            for name, (mode, weight) in lines.items()
        ),
        grades=tuple(Grade(title=title, least=least, below=below, quota=quota) for title, least, below, quota in bands),
    )
    given = pd.DataFrame(
        [
            {"subject": row["单位"], "line": line, "manual" if line in ("加分", "扣分") else "value": number(row[line]), "reason": "某文"}
            for row in rows for line in lines
        ]
    )  # fmt: skip
    subjects = [row["单位"] for row in rows]
    found = totals(of_county, score_lines(of_county, given, subjects), subjects)
    assert list(found["score"]) == pytest.approx([float(row["得分"]) for row in rows], abs=1e-9)
    assert [str(rank) for rank in found["rank"]] == [row["名次"] for row in rows]
    assert list(found["grade"]) == [row["等次"] for row in rows]
