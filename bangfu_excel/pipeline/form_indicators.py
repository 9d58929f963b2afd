"""Indicators of the assessment in a superior's form: what they are called, and the figure of a county, township, unit or helper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.core.assessment import COUNTY, Assessment
from bangfu_excel.core.fold import fold
from bangfu_excel.pipeline.form_conditions import Clause, ConditionError, holding
from bangfu_excel.write.assessment_levels import Figure, figures
from bangfu_excel.write.assessment_scope import KINDS, Scope

_HOMES = Scope()
_LEVELS = {frozenset[str](): "county"} | {
    frozenset(fields): level
    for level, *choices in (
        ("township", ["township"]), ("unit", ["helper_unit"]), ("helper", ["helper_name"], ["helper_name", "helper_unit"]),
    )
    for fields in choices
}  # fmt: skip
"""Fields of a pairing that a condition names → the level whose figure is meant."""
_ONLY = "的条件里，考核指标只能写 乡镇=…、帮扶单位=… 或 帮扶责任人=…（同名的再加上帮扶单位），不写的是全县"
_CALLED = {"rate": "cadence_rate"}  # column of the workbook → indicator


def indicators_named() -> Mapping[str, str]:
    """What an indicator may be called (folded: its title in the assessment workbook, its name) → its name in `Assessment.indicators`
    or `.metrics`.
    """
    called = [figure for kind in KINDS for figure in _shown(Scope(kind, "户" if kind == "户" else "对象"))]
    names = {figure: _CALLED.get(figure.key, figure.key) for figure in called}
    counted = {fold(word): name for figure, name in names.items() for word in (figure.word, figure.title, name)}
    return {fold(word): name for name, metric in METRICS.items() for word in (metric.title, name)} | counted


def indicator_titles() -> tuple[str, ...]:
    """How the indicators are called in the assessment workbook, in its order."""
    return tuple(dict.fromkeys([*(figure.word for figure in _shown()), *(metric.title for metric in METRICS.values())]))


def _shown(scope: Scope = _HOMES) -> list[Figure]:
    """The columns of the assessment workbook that are indicators."""
    return [figure for figure in figures("township", others=True, scope=scope) if figure.key != "rank"]


def level_of(where: Sequence[Clause]) -> str:
    """The level that a condition means; `ConditionError` where it is no condition on one subject."""
    level = _LEVELS.get(frozenset(clause.field.name for clause in where))
    if level is None or any(clause.sign != "=" or len(clause.values) != 1 for clause in where):
        raise ConditionError(_ONLY)
    return level


@dataclass(frozen=True)
class Indicators:
    """The figures of one assessment."""

    assessment: Assessment

    def subjects(self, where: Sequence[Clause]) -> list[str]:
        """The subjects (helpers by key) of its level that a condition means; none where the assessment knows no such."""
        rows = self._subjects[level_of(where)]
        return list(holding(where, lambda clause: rows[clause.field.name], rows)["subject"])

    def figure(self, indicator: str, level: str, subject: str) -> tuple[float | None, float | None, float | None]:
        """Numerator, denominator (None: a plain count) and value; None where it cannot be told or the level has no such figure."""
        rows = pd.concat([self.assessment.indicators, self.assessment.metrics], ignore_index=True)
        found = rows[(rows["level"] == level) & (rows["indicator"] == indicator) & (rows["subject"] == subject)]
        if found.empty:
            return None, None, None
        top, bottom, value = (
            None if pd.isna(number) else float(number)
            for number in (found[name].iloc[0] for name in ("numerator", "denominator", "value"))
        )
        return top, bottom, value

    @cached_property
    def _subjects(self) -> Mapping[str, pd.DataFrame]:
        """Level → its subjects, with the fields by which a condition may name them."""
        a = self.assessment
        helpers = {"subject": a.helpers["key"], "helper_name": a.helpers["name"],
                   "helper_unit": [a.units[number] for number in a.helpers["unit"]]}  # fmt: skip
        columns: Mapping[str, Mapping[str, Sequence[str] | pd.Series]] = {
            "county": {"subject": [COUNTY]},
            "township": dict.fromkeys(("subject", "township"), a.townships),
            "unit": dict.fromkeys(("subject", "helper_unit"), a.units),
            "helper": helpers,
        }
        return {level: pd.DataFrame(named).astype("str") for level, named in columns.items()}
