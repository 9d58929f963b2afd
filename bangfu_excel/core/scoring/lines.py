"""The lines of a score sheet: the points of every subject in every line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from bangfu_excel.core.scheme import Assessing
from bangfu_excel.core.scheme.indicator import Mode
from bangfu_excel.core.scoring.figures import (
    AllOrNothing,
    MinimumCount,
    MissingItem,
    PerOccurrence,
    PerStep,
    Survey,
    Threshold,
)  # fmt: skip
from bangfu_excel.core.scoring.given import INPUTS, Given, Numbers
from bangfu_excel.core.scoring.judged import Bonus, Composite, Discretion, SelfCheck, Veto
from bangfu_excel.core.scoring.mode import ScoringMode

SCORING_MODES: Mapping[Mode, ScoringMode] = {
    mode.id: mode
    for mode in (
        AllOrNothing(), PerOccurrence(), PerStep(), Threshold(), MinimumCount(), MissingItem(), Composite(), Survey(),
        Bonus(), SelfCheck(), Veto(), Discretion(),
    )
}  # fmt: skip
LINE_COLUMNS = ("subject", "line", *INPUTS, "reason", "points", "state")


def score_lines(assessing: Assessing, given: pd.DataFrame, subjects: Sequence[str]) -> pd.DataFrame:
    """What every line of the sheet gives every subject, in columns `LINE_COLUMNS`: lines in the sheet's order, subjects in theirs.

    given: subject, line and any of `INPUTS`, `reason` and `absent` (see `Given`), at most one row a subject and line (`ValueError`); what is not there is
    not given. points: Float64, missing where a line does not count for a subject; of a bonus what it adds, of a discretion what
    it takes off (positive), of a veto 1 or 0. Subjects and lines that are not asked for are left out.
    """
    if given.duplicated(["subject", "line"]).any():
        raise ValueError("two rows of one subject and line")
    of_line = dict(iter(given.groupby("line", sort=False, observed=True)))
    found: dict[str, pd.DataFrame] = {}
    points: dict[str, Numbers] = {}
    for line in sorted(assessing.indicators, key=lambda one: bool(one.parts)):  # a composite after its parts
        rows = of_line.get(line.id, given.iloc[:0]).set_index("subject").reindex(list(subjects)).reset_index()
        numbers = Given.of(rows, [points[part] for part in line.parts])
        mode = SCORING_MODES[line.mode]
        points[line.id] = mode.points(line, numbers)
        found[line.id] = _rows(rows, line.id, points[line.id], mode.states(line, numbers))
    frames = [found[line.id] for line in assessing.indicators]
    return pd.concat(frames, ignore_index=True) if frames else _rows(given.iloc[:0], "", np.empty(0), np.empty(0, "U1"))


def _rows(given: pd.DataFrame, line: str, points: Numbers, states: np.ndarray) -> pd.DataFrame:
    rows = given.reindex(columns=list(LINE_COLUMNS))
    rows = rows.astype({"subject": "str", **dict.fromkeys(INPUTS, "Float64")})
    rows["line"] = pd.Series(line, index=rows.index, dtype="str")
    rows["reason"] = rows["reason"].astype("str").fillna("")
    rows["points"] = float64(points, rows.index)
    rows["state"] = pd.Series(states, index=rows.index, dtype="str")
    return rows


def float64(numbers: Numbers, index: pd.Index) -> pd.Series:
    """Float64, missing where NaN."""
    return pd.Series(pd.array(numbers, dtype="Float64"), index=index).mask(np.isnan(numbers))
