"""What counts for a cadence: the records of its table of the kinds and ways asked for, when they were, and who acted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import Facts, column, mode_number, people_of
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.scheme import Cadence
from bangfu_excel.core.table import Table

Tables = Mapping[str, pd.DataFrame]

PUPILS = ("child", "guardian", "class-teacher")
"""Whom a cadence may be about where its recipients are children."""

_GUARDIANS = "监护|家长|爷爷|奶奶|外公|外婆|姥|祖父|祖母|父|母|爸|妈|叔|伯|姑|姨|舅|代管"
_TEACHERS = "班主任|老师|教师"
_CHILDREN = "孩子|儿童|学生|本人|孤儿"


@dataclass(frozen=True)
class Records:
    """rows: the rows of the table that count · date: of each, missing where only the year is known · people: a row a record
    and person who acted: record (position in rows), helper (key), name."""

    rows: pd.DataFrame
    date: pd.Series
    people: pd.DataFrame

    def text(self, name: str) -> pd.Series:
        return folded(self.rows, name)


def births(tables: Tables) -> pd.Series:
    """Key → date of birth, of the children whose file says it."""
    rows = tables.get("child", pd.DataFrame())
    born = pd.Series(column(rows, "birth_date", "datetime64[ns]").to_numpy(), index=column(rows, "_key"))
    exact = (column(rows, "birth_date__precision").fillna("") == "").to_numpy()
    return born[exact & born.notna().to_numpy() & born.index.notna()]


def events(tables: Tables, cadence: Cadence) -> pd.Series:
    """Recipient → day, of each event after which the cadence asks for something."""
    rows = tables.get("problem", pd.DataFrame())
    rows = rows[column(rows, "kind").isin(cadence.events) & column(rows, "_recipient").notna()]
    days = pd.Series(column(rows, "found_on", "datetime64[ns]").to_numpy(), index=column(rows, "_recipient"))
    days = days[days.notna()]
    return days[~pd.MultiIndex.from_arrays([days.index, days]).duplicated()]


def records_of(
    cadence: Cadence, facts: Facts, tables: Tables, declared: Mapping[str, Table], default_mode: str
) -> Records:
    """The records of what is registered that count for a cadence; of visits that say no way `default_mode` is meant."""
    rows = tables.get(cadence.table, pd.DataFrame()).reset_index(drop=True)
    table = declared.get(cadence.table)
    dated, helper = (table.dated_by, table.helper) if table else ("", "")
    counted = _counts(rows, cadence, default_mode).to_numpy()
    people = facts.visitors if cadence.table == "visit" else people_of(rows, helper or "visitors")
    people = people[counted[people["record"].to_numpy()]].reset_index(drop=True)
    people["record"] = (np.cumsum(counted) - 1)[people["record"].to_numpy()]
    rows = rows[counted].reset_index(drop=True)
    date = column(rows, dated or "visited_on", "datetime64[ns]")
    date = date.mask((column(rows, f"{dated}__precision") == "year").fillna(False))
    return Records(rows, date, people)


def _counts(rows: pd.DataFrame, cadence: Cadence, default_mode: str) -> pd.Series:
    """True for records of the kinds and ways asked for, with the person asked for."""
    counted = pd.Series(True, index=rows.index)
    if cadence.kinds:
        counted &= column(rows, "kind").isin(cadence.kinds)
    if cadence.modes and cadence.table == "visit":
        label = column(rows, "mode").fillna(default_mode)
        counted &= label.isin(cadence.modes) | label.map(mode_number).isin(
            {mode_number(m) for m in cadence.modes} - {3}
        )
    if cadence.whom in PUPILS and "target" in rows:
        counted &= _meets(column(rows, "target"), cadence.whom)
    return counted


def _meets(target: pd.Series, whom: str) -> pd.Series:
    """Whether whoever was met is the one asked for. Nobody named: the child himself."""
    guardian, teacher, child = (
        target.str.contains(words, regex=True).fillna(False).astype(bool)
        for words in (_GUARDIANS, _TEACHERS, _CHILDREN)
    )
    return {"guardian": guardian, "class-teacher": teacher}.get(whom, child | ~(guardian | teacher))


def folded(rows: pd.DataFrame, name: str) -> pd.Series:
    """A column of names of units, groups or classes in matching form."""
    return each_once(column(rows, name), fold)
