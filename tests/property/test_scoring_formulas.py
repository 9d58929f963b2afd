"""The points of a line and the formula of its cell are one: whatever is given, Excel makes of the cells what Python makes of the numbers."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from excel_text import excel
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu_excel.core.scheme import Assessing, Grade, Indicator
from bangfu_excel.core.scoring import (
    SCORING_MODES,
    Cells,
    Given,
    GradeCells,
    ScoreCells,
    compared_formula,
    grade_formula,
    own_text,
    places,
    places_formula,
    rank_formula,
    score_formula,
    total_state_formula,
    totals,
    weight_text,
)

HAND = ("manual", "self_score", "reason")
quarters = st.integers(-4, 60).map(lambda number: number / 4)
shares = st.one_of(
    st.sampled_from([0.0, 1.0, 0.05, 0.8, 0.999, 0.9985, 0.3, 0.1 + 0.2, 0.7 - 0.4, 0.9, 2.0]),
    st.integers(0, 40).map(lambda n: n / 40),
)
figures = st.one_of(st.none(), shares, quarters)
reasons = st.sampled_from([None, "", " ", "\u3000", "某文", "某文", "某办发〔2024〕3号"])
weights = st.sampled_from([0.0, 5.0, 12.5, 30.0, 350.0])

OWN_KEYS = {
    "per-occurrence": {"deduct": st.sampled_from([0.5, 2.0, 7.0])},
    "per-step": {"deduct": st.sampled_from([0.5, 1.0]), "step": st.sampled_from([0.001, 0.1, 1.0]), "target": st.sampled_from([1.0, 0.8, 12.0])},
    "threshold": {"threshold": st.sampled_from([0.05, 0.3, 0.8, 3.0]), "at_most": st.booleans()},
    "minimum-count": {"threshold": st.sampled_from([1.0, 2.0, 3.0])},
    "all-or-nothing": {"target": st.sampled_from([1.0, 0.3, 0.95])},
    "missing-item": {"target": st.sampled_from([1.0, 0.3, 8.0])},
    "survey": {"least_answers": st.integers(1, 3)},
    "self-check": {"tolerance": st.sampled_from([0.0, 0.1, 0.2])},
    "bonus": {"each": st.sampled_from([0.5, 2.0])},
}  # fmt: skip
WITH_MISSING = {"all-or-nothing", "per-occurrence", "per-step", "threshold", "minimum-count", "missing-item", "survey"}


@st.composite
def lines(draw, mode: str) -> Indicator:
    said = {name: draw(numbers) for name, numbers in OWN_KEYS.get(mode, {}).items()}
    if mode == "bonus" and draw(st.booleans()):
        said = {}
    elif mode == "bonus":
        said["of"] = "deeds"
    if mode in WITH_MISSING:
        said["missing"] = draw(st.sampled_from(["rescale", "full", "zero"]))
    if mode == "composite":
        said["parts"] = tuple("abc"[: draw(st.integers(1, 3))])
    if mode != "veto":
        said["weight"] = draw(weights)
    return Indicator(id="x", title="某项", mode=mode, reason_needed=draw(st.booleans()), **said)


@st.composite
def cases(draw, mode: str):
    """A line, what is given of it, and which of its cells there are."""
    line = draw(lines(mode))
    row = {
        "value": draw(figures),
        "denominator": draw(st.sampled_from([None, 0.0, 1.0, 2.0, 3.0])),
        "manual": draw(st.sampled_from([None, 0.0, 1.0, 1.0, 2.0]) if mode == "veto" else figures),
    }
    row |= {"self_score": draw(figures), "reason": draw(reasons), "absent": draw(st.booleans())}
    parts = [draw(figures) for _ in line.parts]
    blank = draw(st.sampled_from([None, ""]))
    absent = draw(st.sets(st.sampled_from(["value", "denominator"]))) if mode not in HAND_ONLY else set()
    if mode in WITH_MISSING | {"bonus"} and draw(st.booleans()):
        absent.add("manual")
    row |= dict.fromkeys(absent)
    return line, row, parts, blank, absent


HAND_ONLY = {"self-check", "veto", "discretion", "composite"}


def points_and_cells(line, row, parts, blank, absent):
    frame = pd.DataFrame([row]).astype({name: "Float64" for name in row if name not in ("reason", "absent")})
    numbers = Given.of(frame, [Given.of(pd.DataFrame({"value": [part]}, dtype="Float64")).value for part in parts])
    held = {name: blank if value is None else value for name, value in row.items()}
    held |= dict(line.numbers) | {f"part{number}": blank if part is None else part for number, part in enumerate(parts)}
    names = {name: name for name in (*row, *line.numbers) if name not in (*absent, "absent")}
    parts_at = tuple(f"part{number}" for number in range(len(parts)))
    return numbers, held, Cells(**names, parts=parts_at, absent=bool(row.get("absent")))


@pytest.mark.parametrize("mode", SCORING_MODES)
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_formula_gives_the_points_and_what_is_said_of_them(mode, data):
    line, row, parts, blank, absent = data.draw(cases(mode))
    numbers, held, cells = points_and_cells(line, row, parts, blank, absent)
    (points,), (state,) = (SCORING_MODES[mode].points(line, numbers), SCORING_MODES[mode].states(line, numbers))
    found = excel(SCORING_MODES[mode].formula(line, cells), held)
    assert found == "" if math.isnan(points) else found == pytest.approx(points, abs=1e-9)
    assert excel(SCORING_MODES[mode].state_formula(line, cells), held) == state


@pytest.mark.parametrize(
    ("said", "value", "expected"),
    [
        ({"mode": "all-or-nothing", "target": 0.3}, 0.7 - 0.4, 10),
        ({"mode": "threshold", "threshold": 0.3}, 0.7 - 0.4, 10),
        ({"mode": "minimum-count", "threshold": 0.3}, 0.7 - 0.4, 10),
        ({"mode": "threshold", "threshold": 0.3, "at_most": True}, 0.7 - 0.4, 0),
        ({"mode": "per-step", "deduct": 1, "step": 0.1}, 0.9, 9),
    ],
)
def test_what_is_short_only_in_binary_is_not_short_in_the_formula(said, value, expected):
    line = Indicator(id="x", title="某项", weight=10, **said)
    held = dict(line.numbers) | {"value": value}
    assert excel(SCORING_MODES[line.mode].formula(line, Cells(**{name: name for name in held})), held) == expected


@pytest.mark.parametrize("mode", [mode for mode in SCORING_MODES if mode != "veto"])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_points_are_within_nothing_and_the_weight(mode, data):
    line, row, parts, *_ = data.draw(cases(mode))
    numbers, *_ = points_and_cells(line, row, parts, None, set())
    (points,) = SCORING_MODES[mode].points(line, numbers)
    most = line.weight if mode != "discretion" or line.weight else math.inf
    assert math.isnan(points) or 0 <= points <= most or mode == "composite"


@pytest.mark.parametrize("mode", SCORING_MODES)
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_a_formula_holds_no_number_of_the_scheme(mode, data):
    """Without a cell for one of its numbers there is no formula; with all, another number in the cell changes what it gives."""
    line = data.draw(lines(mode))
    names = {name: name for name in ("value", "manual", "self_score", "reason", *line.numbers)}
    for name in line.numbers:
        with pytest.raises(KeyError, match=name):
            SCORING_MODES[mode].formula(line, Cells(**{**names, name: ""}, parts=("part0",)))


def test_scores_that_differ_only_in_binary_have_one_rank_in_the_formula():
    level = {"score": 0.3, "scores": [0.3, 0.1 + 0.2, 0.2], "compared": 1.0, "compareds": [1.0, 1.0, 1.0]}
    assert excel(rank_formula("score", "compared", "scores", "compareds"), level) == 1


BANDS = ("优秀", 90.0, 105.0), ("良好", 60.0, 90.0), ("合格", 0.3, 60.0), ("较差", 0.0, 0.3)


@st.composite
def sheets(draw) -> Assessing:
    quotas = sorted((draw(st.sampled_from([None, 0.1, 0.29, 0.5])) for _ in BANDS[1:]), key=lambda quota: quota is None)
    bands = [Grade(title=title, least=least, below=min(below, 100.0) if below > 90 else below, quota=quota)
             for (title, least, below), quota in zip(BANDS, [*quotas, None], strict=True)]  # fmt: skip
    return Assessing(
        document_number=draw(st.sampled_from(["", " ", "某文"])), grades=tuple(bands),
        bonus_most=draw(st.sampled_from([None, 3.0])),
        indicators=(
            Indicator(id="a", title="甲", mode="missing-item", weight=40), Indicator(id="b", title="乙", mode="missing-item", weight=60),
            Indicator(id="plus", title="加", mode="bonus", weight=5), Indicator(id="off", title="扣", mode="discretion"),
            Indicator(id="no", title="否", mode="veto"),
        ),
    )  # fmt: skip


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_score_rank_and_grade_are_what_their_formulas_give(data):
    sheet = data.draw(sheets())
    count = data.draw(st.integers(1, 8))
    some = st.one_of(st.none(), st.sampled_from([0.0, 7.5, 40.0, 13.333333333333334, 40 * (0.1 + 0.2), 12.0]))
    rows = [(data.draw(some), data.draw(some), data.draw(st.sampled_from([None, 2.0, 5.0])), data.draw(st.sampled_from([None, 3.0])),
             data.draw(st.sampled_from([0.0, 0.0, 1.0])), data.draw(st.booleans())) for _ in range(count)]  # fmt: skip
    subjects = [f"第{number}个" for number in range(count)]
    points = pd.DataFrame(
        [(subject, line, number) for subject, row in zip(subjects, rows, strict=True)
         for line, number in zip(("a", "b", "plus", "off", "no"), row[:5], strict=True)],
        columns=["subject", "line", "points"],
    ).astype({"points": "Float64"})  # fmt: skip
    table = totals(sheet, points, subjects, [row[5] for row in rows])

    blank = lambda number: "" if number is None else number  # noqa: E731
    common = {
        "weights": [40.0, 60.0],
        "total": sheet.total,
        "bonus_most": sheet.bonus_most,
        "document": sheet.document_number,
    }
    cells = [{"points": [blank(a), blank(b)], "bonus": blank(plus), "off": blank(off), "veto": no, "enough": may, **common}
             for a, b, plus, off, no, may in rows]  # fmt: skip
    score_text = score_formula(ScoreCells(
        own_text("points"), weight_text("points", "weights"), "total", "bonus",
        "bonus_most" if sheet.bonus_most is not None else "", "off",
    ))  # fmt: skip
    for cell in cells:
        cell["score"] = excel(score_text, cell)
        cell["compared"] = excel(compared_formula("score", "veto", "enough"), cell)
    level = {"scores": [cell["score"] for cell in cells], "compareds": [cell["compared"] for cell in cells]}
    ranks = [excel(rank_formula("score", "compared", "scores", "compareds"), cell | level) for cell in cells]
    bands = {
        "titles": [band.title for band in sheet.bands],
        "leasts": [band.least for band in sheet.bands],
        "places": [],
    }
    for number, band in enumerate(sheet.bands):
        above = bands["places"][-1] if number else None
        text = places_formula("quota", "above" if number else "", "ranks")
        bands["places"].append(excel(text, {"quota": band.quota, "above": above, "ranks": ranks}))
    quotas = "places" if any(band.quota for band in sheet.bands) else ""
    grade_text = grade_formula(GradeCells("score", "rank", "document", "titles", "leasts", quotas, "veto"))
    grades = [excel(grade_text, cell | bands | {"rank": rank}) for cell, rank in zip(cells, ranks, strict=True)]

    states = [excel(total_state_formula("score", "compared", "veto"), cell) for cell in cells]

    assert states == list(table["state"])
    assert [cell["score"] for cell in cells] == [
        ("" if one is pd.NA else pytest.approx(one, abs=1e-9)) for one in table["score"]
    ]
    assert ranks == ["" if one is pd.NA else one for one in table["rank"]]
    assert bands["places"] == list(places(sheet, int(table["rank"].notna().sum())))
    assert grades == list(table["grade"])
