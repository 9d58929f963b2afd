"""What a bulletin (通报, 小结, 总结) says: the figures of a span of days, group by group, and the rows that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from bangfu_excel.core.announced import Announced
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Phase, Scheme
from bangfu_excel.core.table import Privacy

Level = Literal["group", "unit", "school", "township"]
MARKS = ("trips", "reached", "others", "places")
FIGURES = ("paired", *MARKS)
"""Recipients paired · times that a recipient was visited · recipients reached · other contacts · days in a village."""
WEEKS = ("due", "met")
SUBJECT_COLUMNS = ("subject", *FIGURES, *WEEKS, "trips_before", "reached_before")


@dataclass(frozen=True)
class Stretch:
    """The days that a bulletin is about: a period, or a phase of a plan. text: in names of files · period: None of a phase."""

    label: str
    text: str
    first: dt.date
    last: dt.date
    period: Period | None = None

    @classmethod
    def of_period(cls, period: Period) -> Stretch:
        return cls(period.label, period.text, period.start, period.end, period)

    @classmethod
    def of_phase(cls, phase: Phase) -> Stretch:
        name, _, what = phase.title.partition("：")
        label = f"{name}（{what}）" if what else name
        return cls(label, label, phase.start, phase.end)

    @property
    def months(self) -> int:
        """How many calendar months it is; 0 of a phase."""
        return len(list(self.period.months())) if self.period else 0


@dataclass(frozen=True)
class Issuer:
    """Who issues bulletins in a county: the office that signs, the word of its document numbers, and what is shown in full."""

    office: str = ""
    code: str = ""
    full: frozenset[Privacy] = frozenset()


@dataclass(frozen=True, repr=False)
class Told:
    """Of one span: figures (`SUBJECT_COLUMNS` without the comparison, one row a subject, by name) and `totals` of the county, by
    the same names; a visit that two groups made together counts once in it.

    visits: the rows counted, one a record and subject: subject, date, visitors, key and head_name of whom, household_id, township, village,
    mode_label, content, file, sheet, row, and marks of 0 and 1 (`MARKS`) that sum up to the figures.
    unreached: subject, household, head_name, household_id, township, village: paired, and visited by nobody.
    """

    figures: pd.DataFrame
    totals: Mapping[str, int]
    visits: pd.DataFrame
    unreached: pd.DataFrame


@dataclass(frozen=True, repr=False)
class Bulletin:
    """A bulletin, as it is to be printed: persons' names masked where the county does not show them.

    subjects: `SUBJECT_COLUMNS`, by name; those without any visit are there too · totals: of the county · contents: subject, content
    (abridged), whole, times, whom, date, file, sheet, row, each wording once a subject · weekly: whether `due`, `met` (weeks) are told ·
    before: the span compared with, None where nothing is known of it · batch: of the announcement, "" of a trial.
    """

    scheme: Scheme
    stretch: Stretch
    level: Level
    title: str
    county: str
    issuer: Issuer
    issued_on: dt.date
    as_of: dt.date
    subjects: pd.DataFrame
    totals: Mapping[str, int]
    contents: pd.DataFrame
    visits: pd.DataFrame
    unreached: pd.DataFrame
    weekly: bool = False
    before: Stretch | None = None
    batch: str = ""
    announced: Announced | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"Bulletin({self.scheme.id}, {self.stretch.label}, {len(self.subjects)} subjects, {len(self.visits)} visits)"
