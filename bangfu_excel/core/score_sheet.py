"""A plan's score sheet as it came out: what every line gave every subject of each level, and what that comes to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from bangfu_excel.core.metric import Metric
from bangfu_excel.core.scheme import Assessing, Indicator

LEVEL_OF = {"teacher": "helper", "headmaster": "school"}
"""Assessed level → whose figures it goes by, where it has none of its own: a teacher is a helper, a headmaster answers for his school."""
LEVEL_WORDS = {
    "helper": "帮扶人", "group": "帮扶小组", "unit": "单位", "school": "学校", "village": "村", "township": "乡镇", "county": "全县",
}  # fmt: skip
DEFAULT_LEVELS = ("township", "unit", "helper")
ENTERED = ("manual", "self_score", "reason")
ENTERED_COLUMNS = ("level", "subject", "line", *ENTERED)


@dataclass(frozen=True, repr=False)
class ScoreSheet:
    """assessing: the sheet that held on the day · levels: those scored, the highest first.

    lines: level, subject, line, numerator, denominator, value, manual, self_score, reason, points, state (see `core.scoring`).
    totals: level, subject, score, rank, grade, vetoed, own, weight, bonus, discretion, state.
    """

    assessing: Assessing
    levels: tuple[str, ...]
    lines: pd.DataFrame = field(compare=False)
    totals: pd.DataFrame = field(compare=False)

    @property
    def ordered(self) -> tuple[Indicator, ...]:
        """The lines as they stand beside each other (see `ordered`)."""
        return ordered(self.assessing)

    def __repr__(self) -> str:
        """Counts only: subjects may be persons."""
        return f"ScoreSheet({len(self.assessing.indicators)} lines, {len(self.totals)} subjects)"


def ordered(assessing: Assessing) -> tuple[Indicator, ...]:
    """Lines as they stand beside each other: those of the full score, parts of composites, then what stands beside the score."""
    own = assessing.own
    beside = tuple(line for line in assessing.indicators if line.is_beside)
    parts = tuple(line for line in assessing.indicators if line not in own and line not in beside)
    return (*own, *parts, *beside)


def at_level(assessing: Assessing, level: str, metrics: Mapping[str, Metric]) -> Assessing:
    """The sheet as it scores at a level: a line whose metric counts nothing there is 缺项, whatever it gives where nothing is due."""
    lines = [
        line.model_copy(update={"missing": "rescale"}) if line.of and level not in metrics[line.of].levels else line
        for line in assessing.indicators
    ]
    return assessing.model_copy(update={"indicators": tuple(lines)})


def levels_of(assessing: Assessing) -> tuple[str, ...]:
    """The levels whose figures a score sheet is applied to."""
    return tuple(dict.fromkeys(LEVEL_OF.get(level, level) for level in assessing.levels or DEFAULT_LEVELS))


def subject_mark(level: str, subject: str) -> str:
    """What stands for a subject in a workbook that is to be read back: of a helper no key, which may hold his phone number."""
    return hashlib.sha256(subject.encode("utf-8")).hexdigest()[:16] if level == "helper" else subject


def nothing_entered() -> pd.DataFrame:
    """An empty frame of `ENTERED_COLUMNS`."""
    dtypes = dict.fromkeys(("manual", "self_score"), "Float64")
    return pd.DataFrame({name: pd.Series(dtype=dtypes.get(name, "str")) for name in ENTERED_COLUMNS})
