"""Papers that a plan asks for, as they stand on the reference day: handed in or not, in time or late."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd

from bangfu_excel.assess.facts import column
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import origin
from bangfu_excel.assess.metrics.papers import DUE_COLUMNS, due_papers
from bangfu_excel.core.assessment import FILED, LATE, MISSING, ON_TIME, PAPER_COLUMNS
from bangfu_excel.core.fold import fold

_A_YEAR = dt.timedelta(days=365)


def papers_due(counting: Counting, known_since: dt.date | None) -> pd.DataFrame:
    """A row a paper that was due in the period, or in the year before it and not handed in until it began, or that is wanted without a day
    and not there; columns `PAPER_COLUMNS`.

    known_since: before this day nobody can tell what was handed in. No rows where the plan does not gather papers.
    """
    if "document" not in counting.asked.scheme.tables:
        return pd.DataFrame(columns=list(PAPER_COLUMNS))
    since = max(counting.first - _A_YEAR, known_since or counting.first, counting.asked.scheme.start or dt.date.min)
    longer = replace(counting, first=min(counting.first, since))
    parts = [rows for rows in (due_papers(longer), _wanted_by_phases(longer)) if len(rows)]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(DUE_COLUMNS))
    first = pd.Timestamp(counting.first)
    rows = rows[~rows["filed"].astype(bool) | (rows["due_on"] >= first) | (rows["filed_on"] >= first)]
    rows = rows.reset_index(drop=True)
    organisations = rows["owner"].where(rows["level"].isin(["unit", "school"]), "")
    own = rows["owner"].map(counting.units).fillna(rows["school"])
    unit = own.where(rows["level"] == "helper", organisations).fillna("")
    return rows.assign(unit=unit.astype("str"), state=_states(rows))[list(PAPER_COLUMNS)]


def _states(rows: pd.DataFrame) -> pd.Series:
    told = pd.Series(MISSING, index=rows.index, dtype="str").mask(rows["filed"].astype(bool), FILED)
    return told.mask(rows["met"].astype(bool), ON_TIME).mask(rows["late"].astype(bool), LATE)


def _wanted_by_phases(counting: Counting) -> pd.DataFrame:
    """What phases want that is neither a paper of the plan's list nor made here of the records: the plan does not say who owes it, so that it
    is there when anybody has handed it in. Columns `DUE_COLUMNS`."""
    scheme = counting.asked.scheme
    listed = {fold(name) for document in scheme.documents for name in (document.title, document.kind)}
    made = tuple(fold(output.title) for output in scheme.outputs)
    found = [
        {"kind": name, "title": name, "due_on": pd.Timestamp(phase.end), **_handed_in(counting, name)}
        for phase in scheme.phases
        if counting.first <= phase.end <= min(counting.last, counting.asked.day)
        for name in phase.due
        if fold(name) not in listed and not any(title.endswith(fold(name)) for title in made)
    ]
    rows = pd.DataFrame(found, columns=["kind", "title", "due_on", "filed", "filed_on", "file", "sheet", "row"])
    late = rows["filed_on"] > rows["due_on"]
    met = rows["filed"].astype(bool) & (rows["filed_on"] <= rows["due_on"])
    return rows.assign(level="", owner="", school="", whom="", met=met, late=late)[list(DUE_COLUMNS)]


def _handed_in(counting: Counting, name: str) -> dict[str, object]:
    """The first row of a paper of that title or kind."""
    rows = counting.table("document")
    dates = column(rows, "filed_on", "datetime64[ns]")
    named = (
        column(rows, "title").map(fold, na_action="ignore").eq(fold(name)).fillna(False)
        | column(rows, "kind").map(fold, na_action="ignore").eq(fold(name)).fillna(False)
    ) & (dates <= pd.Timestamp(counting.asked.day))  # fmt: skip
    at = dates[named].sort_values(kind="stable").index[:1]
    if at.empty:
        return {"filed": False, "filed_on": pd.NaT, "file": "", "sheet": "", "row": 0}
    place = {key: values[0] for key, values in origin(rows.take(at)).items()}  # type: ignore[index]
    return {"filed": True, "filed_on": dates[at[0]], **place}
