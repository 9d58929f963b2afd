"""Every cadence of a plan: what was due under it, to whom, and what was met.

Those of a helper towards each of his recipients in spans of the calendar are what the assessment is made of (`due_windows`); two helpers who
visit together are both credited, and the household's month is still due once. The others are told beside them (`other_duties`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.assess.duties import LEVELS, Duties, duties_of
from bangfu_excel.assess.facts import Facts, column, last_day, mode_number
from bangfu_excel.assess.obliged import first_of, obliged
from bangfu_excel.assess.records import Tables, births, events
from bangfu_excel.assess.windows import lacking, windows, windows_of_recipients
from bangfu_excel.core.assessment import MODES
from bangfu_excel.core.calendar import Calendar
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Cadence, Scheme
from bangfu_excel.core.table import Table

COLUMNS = (
    "rule", "label", "helper", "household", "unit", "town", "due_from", "due_to", "target",
    "count", "unit_count", "household_count", "unit_first", "household_first",
)  # fmt: skip
DUTY_COLUMNS = (
    "rule", "title", "level", "label", "who", "who_name", "whom", "whom_name", "township", "village", "due_from", "due_to",
    "target", "most", "count", "subject_count",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What is asked of the current tables: a plan's cadences in a period, as far as the reference day can tell.

    declared: name → declaration of the tables, for the columns that say when and who.
    """

    scheme: Scheme
    period: Period
    day: dt.date
    calendar: Calendar
    tables: Tables
    declared: Mapping[str, Table]

    def windows(self, cadence: Cadence) -> pd.DataFrame:
        """The windows of a cadence that are everybody's."""
        return windows(cadence, self.scheme, self.period, self.calendar)

    def lacking(self, cadence: Cadence) -> str:
        """What the county has still to set before the cadence can be counted, "" where nothing."""
        return "次数" if cadence.unset else lacking(cadence, self.scheme, self.calendar)


def due_windows(facts: Facts, asked: Asked) -> pd.DataFrame:
    """A row a due window of a pair (helper, household), columns `COLUMNS`, by rule, helper, household, window.

    count: days with a counted visit of the helper; unit_count, household_count: of any paired helper of the unit, of
    any paired helper. unit_first, household_first mark one row of each unit's, each household's window.
    """
    parts = [_of_cadence(facts, asked, cadence) for cadence in asked.scheme.evaluated]
    frames = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS))


def other_duties(facts: Facts, asked: Asked) -> pd.DataFrame:
    """A row a due window of the other cadences, columns `DUTY_COLUMNS`, by cadence, who, whom, window.

    who, whom: keys; names as people write them · count: days with a record by whom it is due from; subject_count: by anybody
    who owed it then · target, most: at least, at most so many.
    """
    counted = [c for c in asked.scheme.cadences if not (c.is_evaluated or asked.lacking(c))]
    parts = [_other(facts, asked, cadence) for cadence in counted]
    frames = [part for part in parts if len(part)]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(DUTY_COLUMNS))


def _of_cadence(facts: Facts, asked: Asked, cadence: Cadence) -> pd.DataFrame:
    spans = asked.windows(cadence)
    names = {"helper": "actor", "household": "subject"}
    acts = facts.visits[counts_as(facts.visits, cadence)].rename(columns=names)
    duties = Duties(facts.helpers, facts.households, facts.pairings.rename(columns=names), acts)
    found = obliged(duties, spans, cadence, asked.day, _away(duties, asked))
    every = found.rows.rename(columns={"actor": "helper", "subject": "household", "subject_count": "household_count"})
    every["unit"] = facts.helpers["unit"].to_numpy()[every["helper"]]
    every["unit_count"] = found.days_of(every["unit"], every["household"], every["window"])
    due = every[every["due"]].reset_index(drop=True)
    due["town"] = facts.households["town"].to_numpy()[due["household"]]
    due["unit_first"] = first_of(due["unit"], due["household"], due["window"])
    due["household_first"] = first_of(due["household"], due["window"])
    due["label"] = spans["label"].take(due["window"].to_numpy()).reset_index(drop=True)
    due["rule"], due["target"] = cadence.id, cadence.count
    return due[list(COLUMNS)]


def counts_as(visits: pd.DataFrame, cadence: Cadence) -> pd.Series:
    """True where the visit has a day and a household, and its mode, or the group it belongs to, is one of the cadence's."""
    counted = visits["day"] & (visits["household"] >= 0)
    if not cadence.modes:
        return counted
    groups = {mode_number(mode) for mode in cadence.modes if mode in MODES.values()}
    return counted & (visits["mode"].isin(groups) | visits["mode_label"].isin(cadence.modes))


def _other(facts: Facts, asked: Asked, cadence: Cadence) -> pd.DataFrame:
    duties = duties_of(cadence, facts, asked.tables, asked.declared, asked.scheme.default_mode)
    spans = _windows_of(duties, asked, cadence)
    found = obliged(duties, spans, cadence, asked.day, _away(duties, asked))
    rows = found.rows[found.rows["due"]].reset_index(drop=True)
    who, whom = duties.actors.take(rows["actor"].to_numpy()), duties.subjects.take(rows["subject"].to_numpy())
    said = {
        "rule": cadence.id, "title": cadence.title, "level": LEVELS[cadence.counter or "recipient"],
        "label": spans["label"].take(rows["window"].to_numpy()).to_numpy(),
        "who": who["key"].to_numpy(), "who_name": who["name"].to_numpy(),
        "whom": whom["key"].to_numpy(), "whom_name": whom["name"].to_numpy(),
        "township": whom["township"].to_numpy(), "village": whom["village"].to_numpy(),
        "due_from": rows["due_from"], "due_to": rows["due_to"], "target": cadence.count,
        "most": pd.array([cadence.most] * len(rows), dtype="Int64"), "count": rows["count"], "subject_count": rows["subject_count"],
    }  # fmt: skip
    texts = ("rule", "title", "level", "label", "who", "who_name", "whom", "whom_name", "township", "village")
    return pd.DataFrame(said, index=rows.index).astype(dict.fromkeys(texts, "str"))[list(DUTY_COLUMNS)]


def _windows_of(duties: Duties, asked: Asked, cadence: Cadence) -> pd.DataFrame:
    if cadence.per not in ("birthday", "event"):
        return asked.windows(cadence)
    subjects = pd.Index(duties.subjects["key"])
    days = births(asked.tables) if cadence.per == "birthday" else events(asked.tables, cadence)
    days = days[days.index.isin(subjects)]
    at = subjects.get_indexer(days.index)
    return windows_of_recipients(cadence, asked.scheme, asked.period, at, days)


def _away(duties: Duties, asked: Asked) -> pd.DataFrame:
    """The days on which somebody approved that an actor need not come: actor, first, last."""
    rows = asked.tables.get("leave", pd.DataFrame())
    rows = rows[column(rows, "approved_by").notna() & column(rows, "started_on", "datetime64[ns]").notna()]
    actor = pd.Index(duties.actors["key"]).get_indexer(column(rows, "_helper"))
    away = pd.DataFrame(
        {
            "actor": actor,
            "first": column(rows, "started_on", "datetime64[ns]").to_numpy(),
            "last": last_day(rows, "ended_on").to_numpy(),
        }
    )
    return away[away["actor"] >= 0].reset_index(drop=True)
