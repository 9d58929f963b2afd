"""What a line of a score sheet is scored from: numbers for Python, the cells that hold them for Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from bangfu_excel.core.scheme import Indicator

Numbers = npt.NDArray[np.float64]
Words = npt.NDArray[np.str_]
Flags = npt.NDArray[np.bool_]

PLACES = 9
"""Figures are compared to nine places, in Python as in Excel: 1 − 0.999 is one tenth of a percentage point, no less."""


class State(StrEnum):
    """What is said beside the points of a line, or the score of a subject."""

    COUNTED = ""
    NOTHING_DUE = "缺项"
    NOTHING_KNOWN = "缺项（没有报表）"
    NOTHING_DUE_FULL = "无应办事项，计满分"
    NOTHING_DUE_ZERO = "无应办事项，计零分"
    NOT_GIVEN = "未填"
    NO_REASON = "未写理由"
    NO_DOCUMENT = "未写文号"
    UNCHECKED = "未核"
    RECHECK = "须复核"
    VETOED = "一票否决"
    NOT_RANKED = "不参加排名"
    NO_LINES = "没有可以计分的项目"


INPUTS = ("numerator", "denominator", "value", "manual", "self_score")
"""The numbers that are given of a subject and line, besides `reason`; missing where there is none."""


@dataclass(frozen=True)
class Given:
    """What is known of one line, a place a subject; NaN: none.

    numerator, denominator, value: the figure counted (a rate 0–1, a count, a sum); denominator NaN for counts, 0 where nothing
    was due · manual: the number typed in by hand · self_score: the points that a subject gives itself ·
    has_reason: whether a reason (of a veto the document's number) is written · parts: the points of a composite's parts ·
    absent: whether none of the tables that the figure is counted from was ever handed in.
    """

    numerator: Numbers
    denominator: Numbers
    value: Numbers
    manual: Numbers
    self_score: Numbers
    has_reason: Flags
    parts: tuple[Numbers, ...] = ()
    absent: bool = False

    @classmethod
    def of(cls, rows: pd.DataFrame, parts: Sequence[Numbers] = ()) -> Given:
        """Rows with any of the columns `INPUTS`, `reason` and `absent` (of the line: one for all of them)."""
        reason = rows["reason"] if "reason" in rows else pd.Series("", index=rows.index)
        written = reason.astype("str").fillna("").str.strip(" \u3000") != ""
        numerator, denominator, value, manual, self_score = (_numbers(rows, name) for name in INPUTS)
        absent = "absent" in rows and bool(rows["absent"].eq(True).any())
        has_reason = written.to_numpy(bool)
        return cls(numerator, denominator, value, manual, self_score, has_reason, tuple(parts), absent)


def _numbers(rows: pd.DataFrame, name: str) -> Numbers:
    if name not in rows:
        return np.full(len(rows), np.nan)
    return np.asarray(rows[name].astype("Float64").to_numpy(np.float64, na_value=np.nan))


@dataclass(frozen=True)
class Cells:
    """The cells (or defined names) that hold what is given of one subject, and the numbers of the line; "": there is none.

    A cell may be empty or hold "" where nothing is given. parts: cells with the points of a composite's parts ·
    absent: see `Given`; it changes only with the tables, so that no cell holds it.
    """

    value: str = ""
    denominator: str = ""
    manual: str = ""
    self_score: str = ""
    reason: str = ""
    parts: tuple[str, ...] = ()
    weight: str = ""
    deduct: str = ""
    step: str = ""
    threshold: str = ""
    target: str = ""
    tolerance: str = ""
    each: str = ""
    least_answers: str = ""
    absent: bool = False

    def refuse_incomplete(self, line: Indicator) -> None:
        """`KeyError` with the first number of the line for which there is no cell: a number is never written into a formula."""
        for name in line.numbers:
            if not getattr(self, name):
                raise KeyError(name)


def has_text(cell: str) -> str:
    """Excel: whether something but spaces is written in a cell."""
    return f'LEN(TRIM(SUBSTITUTE({cell},"\u3000"," ")))>0'
