"""Categories of rows by what they state."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bangfu_excel.core.rule import Given
from bangfu_excel.core.statistic import NOT_ASKED
from bangfu_excel.domain.ages import between


def pick(index: pd.Index, choices: Sequence[tuple[pd.Series, str]]) -> pd.Series:
    """The category of the first mask that holds in each row, missing where none does (or is unknown)."""
    names = pd.array([name for _, name in choices], dtype="str")
    masks = [mask.fillna(False).to_numpy(dtype=bool) for mask, _ in choices]
    first = np.select(masks, list(range(len(choices))), default=-1)
    return pd.Series(names.take(first, allow_fill=True), index=index)


def only(asked: pd.Series, categories: pd.Series) -> pd.Series:
    """The categories where the question is asked."""
    return categories.where(asked.fillna(False).astype(bool), NOT_ASKED)


def yes_or_no(said: pd.Series, yes: str, no: str) -> pd.Series:
    """Two categories of a yes/no column; missing stays missing."""
    return pick(said.index, ((said == True, yes), (said == False, no)))  # noqa: E712


def age_groups(rows: pd.DataFrame, given: Given, groups: Sequence[tuple[int, int, str]]) -> pd.Series:
    """The group (youngest, oldest, name) to which each certainly belongs; missing where the age is not known well enough."""
    return pick(rows.index, [(between(rows, given, low, high), name) for low, high, name in groups])
