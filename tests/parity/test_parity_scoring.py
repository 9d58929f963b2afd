"""A sheet of every mode, recalculated by LibreOffice: points, what is said of them, scores, ranks and grades are those of Python."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook.defined_name import DefinedName
from recalculate import error_cells, recalculated

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.scheme import Assessing, Grade, Indicator, Scored
from bangfu_excel.core.scheme.scoring import DatedAssessing
from bangfu_excel.core.scoring import (
    SCORING_MODES,
    Cells,
    GradeCells,
    ScoreCells,
    State,
    compared_formula,
    grade_formula,
    own_text,
    places_formula,
    rank_formula,
    score_formula,
    score_lines,
    total_state_formula,
    totals,
    weight_text,
)

LINES = (
    Indicator(id="rate", title="结对率", mode="all-or-nothing", weight=10, target=0.95),
    Indicator(id="errors", title="错误", mode="per-occurrence", weight=10, deduct=2, missing="full"),
    Indicator(id="steps", title="达标率", mode="per-step", weight=10, deduct=1, step=0.001, missing="zero"),
    Indicator(id="wrong", title="错扶", mode="threshold", weight=10, threshold=0.05, at_most=True),
    Indicator(id="right", title="巩固", mode="threshold", weight=5, threshold=0.8, reason_needed=True),
    Indicator(id="ways", title="宣传", mode="minimum-count", weight=10, threshold=2),
    Indicator(id="task", title="年度任务", mode="missing-item", weight=10, target=0.9),
    Indicator(id="unknown", title="没有报表", mode="per-occurrence", weight=5, deduct=1, missing="full"),
    Indicator(id="both", title="综合", mode="composite", weight=10, parts=("own", "group")),
    Indicator(id="asked", title="满意度", mode="survey", weight=10, least_answers=10),
    Indicator(id="self", title="自评", mode="self-check", weight=10, tolerance=0.1),
    Indicator(id="own", title="本人", mode="missing-item", weight=12),
    Indicator(id="group", title="小组", mode="missing-item", weight=12),
    Indicator(id="plus", title="加分", mode="bonus", weight=5, each=2, of="deeds"),
    Indicator(id="praise", title="表彰", mode="bonus", weight=3, reason_needed=True),
    Indicator(id="off", title="酌情扣分", mode="discretion"),
    Indicator(id="off_most", title="酌情扣分，有上限", mode="discretion", weight=4),
    Indicator(id="veto", title="一票否决", mode="veto"),
)
SHEET = Assessing(
    document_number="某办发〔2024〕3号", indicators=LINES, bonus_most=4,
    grades=(
        Grade(title="优秀", least=60, below=100, quota=0.1), Grade(title="良好", least=50, below=60, quota=0.2),
        Grade(title="合格", least=30, below=50), Grade(title="较差", least=0, below=30),
    ),
)  # fmt: skip
CHANGED = SHEET.changed(
    DatedAssessing(
        since="2025-01-01", basis="试验", bonus_most=2, document_number="某办发〔2025〕1号",
        indicators={
            "rate": Scored(weight=15, target=0.5), "errors": Scored(weight=5, deduct=0.5), "steps": Scored(step=0.01),
            "asked": Scored(least_answers=3), "self": Scored(tolerance=0.4), "plus": Scored(each=1),
        },
        grades=(
            Grade(title="优秀", least=70, below=100, quota=0.3), Grade(title="良好", least=45.5, below=70, quota=0.3),
            Grade(title="合格", least=20, below=45.5), Grade(title="较差", least=0, below=20),
        ),
    )
)  # fmt: skip
TRIAL = SHEET.model_copy(update={"document_number": ""})

UNKNOWN = "unknown"
"""The line for which no table was handed in."""
_VALUES = (None, 0.9, 0.7 - 0.4, 0.0, 0.05, 0.3, 0.8, 0.95, 0.999, 1.0, 2.0, 3.0, 0.9985, 57 / 60, 0.049)
_DENOMINATORS = (5.0, None, 0.0, 12.0, 10.0, 3.0, 0.0)
_HAND = (None, None, 0.0, None, 1.0, None, None, 0.9, None, 7.5, None, None, None, -2.0, None, 9.0, None, None, 0.05)
_SELF = (None, 9.0, 8.5, 3.0, 11.0)
_REASONS = ("", "某文", " ", "\u3000", "情况属实", "某文")


def given() -> pd.DataFrame:
    """Forty-six subjects; the cycles have lengths without a common divisor, so that all sorts of combinations come up."""
    cycles = [itertools.cycle(values) for values in (_VALUES, _DENOMINATORS, _HAND, _SELF, _REASONS)]
    rows = []
    for number, (subject, line) in enumerate(itertools.product(range(46), LINES)):
        value, denominator, manual, own, reason = (next(cycle) for cycle in cycles)
        if line.mode == "veto":
            manual, reason = (1.0 if subject % 9 == 4 else None), _REASONS[subject % 5]
        if line.mode in ("bonus", "discretion", "self-check") and manual is None and subject % 2:
            manual = float(number % 11)
        if subject == 45:
            value = denominator = manual = own = None
        if line.mode in ("minimum-count", "per-occurrence") and number % 5:
            denominator = None
        rows.append((f"第{subject:02d}个", line.id, value, denominator, manual, own, reason, line.id == UNKNOWN))
    columns = ["subject", "line", "value", "denominator", "manual", "self_score", "reason", "absent"]
    return pd.DataFrame(rows, columns=columns)


def allowed(subjects: list[str]) -> list[bool]:
    """Who may be ranked."""
    return [number % 7 != 3 for number in range(len(subjects))]


def write(path: Path, sheet: Assessing) -> Path:
    """Every line a sheet with a row a subject, a sheet 总 with scores, and 参数 under defined names; no cached values."""
    book = openpyxl.Workbook()
    parameters = book.active
    parameters.title = "参数"
    names = _parameters(book, parameters, sheet)
    rows = given()
    subjects = list(dict.fromkeys(rows["subject"]))
    for line in sorted(sheet.indicators, key=lambda one: bool(one.parts)):
        _line_sheet(book, line, rows[rows["line"] == line.id], names)
    _total_sheet(book, sheet, subjects)
    book.save(path)
    return path


def _parameters(book, target, sheet: Assessing) -> dict[str, str]:
    numbers = {f"参数_{line.id}_{name}": number for line in sheet.indicators for name, number in line.numbers.items()}
    numbers |= {"参数_满分": sheet.total, "参数_加分至多": sheet.bonus_most, "参数_文号": sheet.document_number or None}
    for row, (name, number) in enumerate(numbers.items(), start=1):
        target.cell(row, 1, name)
        target.cell(row, 2, number)
        book.defined_names[name] = DefinedName(name, attr_text=f"'参数'!$B${row}")
    for row, band in enumerate(sheet.bands, start=1):
        for column, value in enumerate((band.title, band.least, band.quota), start=4):
            target.cell(row, column, value)
        above = f"$G${row - 1}" if row > 1 else ""
        target.cell(row, 7, places_formula(f"$F${row}", above, "'总'!$I$2:$I$47"))
    for name, column in (("等次", "D"), ("下限", "E"), ("名额", "G")):
        book.defined_names[name] = DefinedName(name, attr_text=f"'参数'!${column}$1:${column}${len(sheet.bands)}")
    return numbers


def _line_sheet(book, line: Indicator, rows: pd.DataFrame, names) -> None:
    target = book.create_sheet(line.id)
    columns = ("value", "denominator", "manual", "self_score", "reason")
    target.append(["subject", *columns, "points", "state"])
    for row, one in enumerate(rows.itertuples(index=False), start=2):
        values = [getattr(one, name) for name in columns]
        values = [None if pd.isna(value) else value for value in values]
        if row % 2 and line.mode != "veto":  # formulas leave "" where there is nothing, people leave nothing
            values = ["" if value is None else value for value in values]
        if line.mode == "veto" and row % 4 == 0 and values[2] == 1:
            values[2] = "是"
        target.append([one.subject, *values])
        for column, value in enumerate(values, start=2):
            if value == "":
                target.cell(row, column).value = '=""'
        cells = {name: f"${letter}{row}" for name, letter in zip(columns, "BCDEF", strict=True)}
        own = {name: f"参数_{line.id}_{name}" for name in line.numbers}
        parts = tuple(f"'{part}'!$G{row}" for part in line.parts)
        found = Cells(**cells, **own, parts=parts, absent=line.id == UNKNOWN)
        target.cell(row, 7, SCORING_MODES[line.mode].formula(line, found))
        target.cell(row, 8, SCORING_MODES[line.mode].state_formula(line, found))


def _total_sheet(book, sheet: Assessing, subjects: list[str]) -> None:
    target, last = book.create_sheet("总"), len(subjects) + 1
    own, beside = (
        sheet.own,
        {mode: [one for one in sheet.indicators if one.mode == mode] for mode in ("bonus", "discretion")},
    )
    places = {
        "own": (12, own),
        **{mode: (12 + 20 * at, found) for at, (mode, found) in enumerate(beside.items(), start=1)},
    }
    target.append(["subject", "vetoed", "allowed"])
    for column, line in enumerate(own, start=12):
        target.cell(1, column, f"=参数_{line.id}_weight")
    for row, (subject, may) in enumerate(zip(subjects, allowed(subjects), strict=True), start=2):
        target.append([subject, f"='veto'!$G{row}", int(may)])
        ranges = {}
        for what, (first, found) in places.items():
            for column, line in enumerate(found, start=first):
                target.cell(row, column, f"='{line.id}'!$G{row}")
            ranges[what] = f"${column_letters(first - 1)}{row}:${column_letters(first + len(found) - 2)}{row}"
        weights = ranges["own"].replace(str(row), "$1")
        cells = ScoreCells(
            own_text(ranges["own"]), weight_text(ranges["own"], weights), "参数_满分", ranges["bonus"],
            "参数_加分至多" if sheet.bonus_most is not None else "", ranges["discretion"],
        )  # fmt: skip
        target.cell(row, 7, score_formula(cells))
        target.cell(row, 8, compared_formula(f"$G{row}", f"$B{row}", f"$C{row}=1"))
        target.cell(row, 9, rank_formula(f"$G{row}", f"$H{row}", f"$G$2:$G${last}", f"$H$2:$H${last}"))
        target.cell(row, 11, total_state_formula(f"$G{row}", f"$H{row}", f"$B{row}"))
        target.cell(
            row, 10, grade_formula(GradeCells(f"$G{row}", f"$I{row}", "参数_文号", "等次", "下限", "名额", f"$B{row}"))
        )


def expected(sheet: Assessing) -> dict[tuple[str, str], object]:
    """Sheet and cell → what Python makes of it; "" nothing."""
    rows = given()
    subjects = list(dict.fromkeys(rows["subject"]))
    lines = score_lines(sheet, rows, subjects)
    found: dict[tuple[str, str], object] = {}
    for line, own in lines.groupby("line"):
        for row, (points, state) in enumerate(zip(own["points"], own["state"], strict=True), start=2):
            found |= {(line, f"G{row}"): points, (line, f"H{row}"): state}
    table = totals(sheet, lines, subjects, allowed(subjects))
    for letter, name in (("G", "score"), ("I", "rank"), ("J", "grade"), ("K", "state")):
        found |= {("总", f"{letter}{row}"): value for row, value in enumerate(table[name], start=2)}
    return {place: "" if pd.isna(value) else value for place, value in found.items()}


def different(copy: Path, sheet: Assessing) -> Iterator[tuple[str, str, object, object]]:
    book = openpyxl.load_workbook(copy, data_only=True)
    for (name, cell), value in expected(sheet).items():
        computed = book[name][cell].value
        computed = "" if computed is None else computed
        texts = isinstance(value, str) or isinstance(computed, str)
        if value != computed if texts else abs(value - computed) > 1e-9:
            yield name, cell, value, computed


@pytest.fixture(scope="module", params=["SHEET", "CHANGED", "TRIAL"])
def sheet(request) -> Assessing:
    return globals()[request.param]


def test_libreoffice_makes_of_the_cells_what_python_makes_of_the_numbers(sheet, tmp_path):
    copy = recalculated(write(tmp_path / "计分.xlsx", sheet), tmp_path)
    assert error_cells(copy) == []
    assert list(different(copy, sheet)) == []


def test_the_comparison_sees_other_numbers(tmp_path):
    """The recalculation is real: what Python makes of other weights and bands is not what stands there."""
    copy = recalculated(write(tmp_path / "计分.xlsx", SHEET), tmp_path)
    other = {name for name, *_ in different(copy, CHANGED)}
    assert other == {"rate", "errors", "steps", "asked", "self", "plus", "总"}


def test_all_that_can_be_said_is_said_in_this_sheet():
    said = {value for place, value in expected(SHEET).items() if place[1].startswith(("H", "J", "K"))}
    assert said == {*State, *(band.title for band in SHEET.bands)}
