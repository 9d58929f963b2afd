"""What a bulletin says, of what is registered: who went to whom how often, group by group, and with what."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bangfu_excel.assess.bulletin_subjects import NOBODY, Whose
from bangfu_excel.assess.due import Asked, other_duties
from bangfu_excel.assess.duties import LEVELS
from bangfu_excel.assess.facts import Ints, column, gather, last_day
from bangfu_excel.assess.records import Tables
from bangfu_excel.core.assessment import MODES
from bangfu_excel.core.bulletin import FIGURES, MARKS, WEEKS, Stretch, Told
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.ordering import by_number
from bangfu_excel.core.scheme import Cadence, Scheme

HOME, PHONE = (list(MODES).index(mode) for mode in ("home", "phone"))
_SHORT = 40
"""So many characters of what was done stand in a bulletin."""
_STOPS = "。；！？，、"


def told(tables: Tables, scheme: Scheme, stretch: Stretch) -> Told:
    """The figures of a span. A table or column that is not there says nothing."""
    whose = Whose(gather(tables, scheme.default_mode), tables, scheme)
    visits, paired = _visits(whose, stretch), _paired(whose, stretch)
    subjects = pd.concat([paired["subject"], visits["subject"]]).drop_duplicates().sort_values(key=by_number)
    figures = visits.groupby("subject")[list(MARKS)].sum().reindex(pd.Index(subjects))
    figures["paired"] = paired.groupby("subject")["household"].nunique()
    figures = figures.fillna(0).astype("int64").rename_axis("subject").reset_index()
    totals = {name: int(visits[f"{name}_all"].sum()) for name in MARKS}
    totals["paired"] = int(paired["household"].nunique())
    missing = ~paired["household"].isin(visits.loc[visits["at_home"], "household"])
    return Told(figures[["subject", *FIGURES]], totals, visits, _described(whose, paired[missing]))


def weeks(tables: Tables, asked: Asked) -> pd.DataFrame | None:
    """due, met by group (folded): weeks in which a group was to go to its village, and went; None where the plan asks for none."""
    scheme = asked.scheme
    wanted = tuple(one for one in scheme.cadences if LEVELS[one.counter or "recipient"] == "group" and not one.unset)
    if not wanted:
        return None
    facts = gather(tables, scheme.default_mode)
    rows = other_duties(facts, _only(asked, wanted))
    rows = rows.assign(due=1, met=(rows["count"] >= rows["target"]).astype("int64"))
    return rows.groupby("who")[list(WEEKS)].sum()


def _only(asked: Asked, cadences: tuple[Cadence, ...]) -> Asked:
    scheme = asked.scheme.model_copy(update={"cadences": cadences})
    return Asked(scheme, asked.period, asked.day, asked.calendar, asked.tables, asked.declared)


def contents(visits: pd.DataFrame) -> pd.DataFrame:
    """What was done: subject, content (abridged), whole, times, recipients, whom, date, file, sheet, row; each wording once a subject.

    The row is that of the first visit of this wording, by day.
    """
    rows = visits[visits["content"].notna()].sort_values(["subject", "date", "row"], kind="stable", key=by_number)
    rows = rows.assign(same=each_once(rows["content"], lambda text: fold(text).rstrip("。.;；")))
    grouped = rows.groupby(["subject", "same"], sort=False)
    found = grouped.agg(
        whole=("content", "first"), times=("record", "nunique"), recipients=("whom", "nunique"), whom=("head_name", "first"),
        date=("date", "first"), file=("file", "first"), sheet=("sheet", "first"), row=("row", "first"),
    ).reset_index()  # fmt: skip
    found["content"] = each_once(found["whole"], abridged)
    return found.drop(columns="same")


def abridged(text: str) -> str:
    """The text on one line, cut at a stop where it is long."""
    line = " ".join(text.split())
    if len(line) <= _SHORT:
        return line.rstrip("。；，、 ")
    cut = max((line.rfind(stop, _SHORT // 2, _SHORT) for stop in _STOPS), default=-1)
    return line[: cut if cut > 0 else _SHORT] + "……"


def _paired(whose: Whose, stretch: Stretch) -> pd.DataFrame:
    """subject, household (position) of the pairs in effect within the span, each once."""
    rows = whose.pairings
    found = pd.DataFrame({"household": whose.paired, "subject": whose.of_pairings().fillna(NOBODY[whose.level])})
    started, ended = column(rows, "started_on", "datetime64[ns]"), last_day(rows, "ended_on")
    within = ~(started > pd.Timestamp(stretch.last)) & ~(ended < pd.Timestamp(stretch.first))
    there = (whose.paired >= 0) & whose.is_one[whose.paired]
    return found[within & there].drop_duplicates(ignore_index=True)


def _visits(whose: Whose, stretch: Stretch) -> pd.DataFrame:
    """The visits within the span, a row a record and subject, with marks."""
    every = whose.facts.visits
    inside = (every["date"] >= pd.Timestamp(stretch.first)) & (every["date"] <= pd.Timestamp(stretch.last))
    rows = every[inside & every["day"]].reset_index(drop=True)
    rows = rows.assign(subject=whose.of_visits(rows), household=whose.visited[rows["record"].to_numpy()])
    named = rows["subject"].notna()
    rows = rows[named | ~rows["record"].isin(rows.loc[named, "record"])].drop_duplicates(["record", "subject"])
    rows = rows.assign(subject=rows["subject"].fillna(NOBODY[whose.level])).reset_index(drop=True)
    return _marked(whose, _worded(whose, rows))


def _described(whose: Whose, pairs: pd.DataFrame) -> pd.DataFrame:
    who = whose.recipients.take(pairs["household"].to_numpy()).reset_index(drop=True)
    rows = pd.concat([pairs.reset_index(drop=True), who], axis=1)
    by = ["subject", "township", "village", "household_id", "head_name"]
    return rows.sort_values(by, kind="stable", ignore_index=True, key=by_number)


def _worded(whose: Whose, rows: pd.DataFrame) -> pd.DataFrame:
    """With the words of the record; `key`: of its recipient, `whom`: who that is, or what the record calls him."""
    records = whose.records.take(rows["record"].to_numpy()).reset_index(drop=True)
    said = [column(records, "township").fillna(""), rows["village"].fillna(""), rows["head_name"].fillna("")]
    more = {name: column(records, name) for name in ("visitors", "household_id", "content")}
    known = rows["household"].astype("str").where(rows["household"] >= 0)
    whom = known.fillna(said[0] + "|" + said[1] + "|" + said[2]).astype("str")
    return rows.assign(whom=whom, key=column(records, "_recipient"), **more)


def _marked(whose: Whose, rows: pd.DataFrame) -> pd.DataFrame:
    mode, household = rows["mode"].to_numpy(), rows["household"].to_numpy()
    met = whose.is_one[household]
    home = met & ((mode != PHONE) if whose.anywhere else (mode == HOME))
    there = (mode != PHONE) & rows["village"].notna().to_numpy()
    village = rows["township"].fillna("") + "|" + rows["village"].fillna("")
    subject, whom, day = rows["subject"], rows["whom"], rows["date"]
    known = home & (household >= 0)
    marks: dict[str, Ints] = {}
    for end, who in (("", [subject]), ("_all", [])):
        marks[f"trips{end}"] = _mark(home, *who, whom, day)
        marks[f"reached{end}"] = _mark(known, *who, whom)
        marks[f"others{end}"] = _mark(met & ~home, *who, whom, day, rows["mode"])
        marks[f"places{end}"] = _mark(there, subject, village, day)  # of each group apart, for the county too
    return rows.assign(at_home=known, **marks)


def _mark(where: np.ndarray, *columns: pd.Series) -> Ints:
    """1 at the first row of each combination among the rows where `where` holds, else 0."""
    marks = np.zeros(len(where), dtype=np.int64)
    at = np.flatnonzero(where)
    told = pd.concat([each.take(at).reset_index(drop=True) for each in columns], axis=1, ignore_index=True)
    marks[at] = ~told.duplicated()
    return marks
