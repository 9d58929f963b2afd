"""指标明细: every line of the score sheet for every subject, from the rows that it counts to its points."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.scheme import Indicator
from bangfu_excel.core.score_sheet import LEVEL_WORDS, at_level
from bangfu_excel.core.scoring import SCORING_MODES
from bangfu_excel.write.assessment_data import Look
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet
from bangfu_excel.write.metric_places import sums
from bangfu_excel.write.score_places import LINES, Places
from bangfu_excel.write.stream import CellForm

_TOP, _BOTTOM, _VALUE, _MANUAL, _SELF, _POINTS = "F", "G", "H", "I", "J", "K"
_FIGURE = "General"


def lines_sheet(places: Places, look: Look, lead: tuple[str, ...]) -> Sheet:
    """A row a level, subject and line; numerators and denominators are sums over the sheets 数据-."""
    a, rows = places.assessment, places.rows
    lines = {line.id: line for line in places.sheet.assessing.indicators}
    shown = rows.assign(
        word=rows["level"].map(LEVEL_WORDS),
        name=_names(places, look),
        title=rows["line"].map({name: line.title for name, line in lines.items()}),
        how=rows["line"].map({name: SCORING_MODES[line.mode].says for name, line in lines.items()}),
    )
    scoring = {
        (level, line.id): line
        for level in places.sheet.levels
        for line in at_level(places.sheet.assessing, level, a.measures).indicators
    }
    written = [_formulas(places, row, scoring[row["level"], row["line"]]) for _, row in rows.iterrows()]
    formulas = pd.DataFrame(written, index=rows.index, columns=list(_FORMULAS), dtype="str")
    shown = shown.join(formulas)
    return Sheet(
        LINES, f"{look.area}{a.period.label}结对帮扶考核指标明细", _COLUMNS, shown, lead, frozen=4, numbered=False,
        signature=(), footer=f"{a.scheme.title}　{a.period.label}",
    )  # fmt: skip


def _names(places: Places, look: Look) -> pd.Series:
    """Subjects as they may be shown."""
    rows = places.rows
    persons = rows["level"] == "helper"
    names = rows["subject"].mask(persons, rows["subject"].map(places.assessment.names))
    return names.astype("str").where(~persons, look.names(names.astype("str")))


def _formulas(places: Places, row: pd.Series, line: Indicator) -> tuple[str, ...]:
    """The formulas of a row, in the order of `_FORMULAS`; an empty text where there is nothing to compute."""
    at = row["at"]
    cells = places.cells(row, line, value=_VALUE, denominator=_BOTTOM, points=_POINTS)
    mode = SCORING_MODES[line.mode]
    return (
        (
            *_figures(places, row, line),
            *(f'=IF({cell}="","",{cell})' if cell else '=""' for cell in (cells.manual, cells.self_score)),
            mode.formula(line, cells),
            mode.state_formula(line, cells),
        )[: len(_FORMULAS)]
        if at
        else ()
    )


def _figures(places: Places, row: pd.Series, line: Indicator) -> tuple[str, str, str]:
    if not line.of:
        return '=""', '=""', '=""'
    metric, at = places.assessment.measures[line.of], row["at"]
    if row["level"] not in metric.levels:
        return '=""', "=0", '=""'
    top, bottom = sums(metric, row["level"], f"$B{at}")
    if metric.kind in ("count", "sum"):
        nothing = pd.notna(row["denominator"]) and row["denominator"] == 0
        return top, "=0" if nothing else '=""', f'=IF(ISNUMBER({_BOTTOM}{at}),"",{_TOP}{at})'
    return top, bottom, f'=IF({_BOTTOM}{at}=0,"",{_TOP}{at}/{_BOTTOM}{at})'


_FORMULAS = ("f_numerator", "f_denominator", "f_value", "f_manual", "f_self_score", "f_points", "f_state")


def _formula(title: str, source: str, shown: str = _FIGURE, width: float = 9) -> Column:
    return Column(title, source, CellForm.FORMULA, shown, "center", width=width, formulas=f"f_{source}")


_COLUMNS = (
    Column("级别", "word", align="center", width=9), Column("编号", "number", CellForm.NUMBER, "0", "center", width=6),
    Column("名称", "name", widest=24), Column("考核项", "title", widest=24), Column("计分办法", "how", widest=40),
    _formula("分子", "numerator"), _formula("分母", "denominator"), _formula("数值", "value", "0.0000"),
    _formula("人工填数", "manual"), _formula("自评分", "self_score"), _formula("得分", "points", "0.00"),
    _formula("说明", "state", width=18), Column("理由或文号", "reason", widest=24),
)  # fmt: skip
