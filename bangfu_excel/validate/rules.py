"""Row rules: masks over the columns of one row."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.region import TypedRegion
from bangfu_excel.core.rule import Given, Rule
from bangfu_excel.core.table import Table
from bangfu_excel.validate.breach import Breach
from bangfu_excel.validate.wording import words_of


def rule_breaches(typed: TypedRegion, table: Table, given: Given, nameless: NDArray[np.int64]) -> Iterator[Breach]:
    """The rows that break each enabled rule whose columns are there; only rows where all that it reads is known are asked.

    nameless: rows of which it is told already that they lack what a row cannot do without; rules on blanks pass them over.
    """
    for rule in table.rules:
        if rule.enabled and all(name in typed.frame for name in rule.reads if name not in rule.optional):
            breach = _breach(typed, table, rule, given, nameless)
            if breach is not None:
                yield breach


def _breach(typed: TypedRegion, table: Table, rule: Rule, given: Given, nameless: NDArray[np.int64]) -> Breach | None:
    asked = np.flatnonzero(_askable(typed, rule))
    if rule.blanks and len(nameless):
        asked = np.setdiff1d(asked, nameless)
    if not len(asked):
        return None
    rows = typed.frame.iloc[asked] if len(asked) < len(typed.frame) else typed.frame
    rows = rows.assign(**{name: _absent(name, table, rows) for name in rule.optional if name not in rows})
    broken = rule.test(rows, given)
    hits = np.flatnonzero(broken.fillna(False).to_numpy(dtype=bool))
    if not len(hits):
        return None
    fields = [name for name in dict.fromkeys((*rule.reads, *rule.at)) if name in rows]
    limits = given.limits(rule)
    words = tuple(words_of(rows.iloc[hits], fields, limits))
    return Breach(rule, rule.at, asked[hits], words, rule.repeats)


def _askable(typed: TypedRegion, rule: Rule) -> NDArray[np.bool_]:
    mask = np.ones(len(typed.frame), dtype=bool)
    for name in rule.reads:
        if name in typed.faulty:
            mask &= ~typed.faulty[name]
        if name not in rule.blanks and name not in rule.optional:
            mask &= typed.frame[name].notna().to_numpy()
    return mask


def _absent(name: str, table: Table, rows: pd.DataFrame) -> pd.Series:
    """A column of a rule that the region lacks: nothing is known, and no sum is approximate."""
    if name.endswith("__approx"):
        return pd.Series(False, index=rows.index)
    dtype = table[name].kind.dtype if name in table else "str"
    return pd.Series(None, index=rows.index, dtype=dtype)
