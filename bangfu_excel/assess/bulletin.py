"""What a bulletin says, of what is registered: who went to whom how often, group by group, and with what."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from bangfu_excel.assess.due import Asked, other_duties
from bangfu_excel.assess.duties import LEVELS
from bangfu_excel.assess.facts import NO_TOWNSHIP, NO_UNIT, Facts, Ints, column, gather
from bangfu_excel.assess.records import Tables
from bangfu_excel.core.assessment import MODES
from bangfu_excel.core.bulletin import FIGURES, WEEKS, Level, Stretch, Told
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.ordering import by_number
from bangfu_excel.core.scheme import Cadence, Scheme

HOME, PHONE = (list(MODES).index(mode) for mode in ("home", "phone"))
NOBODY: Mapping[Level, str] = {
    "group": "（未填小组）", "unit": NO_UNIT, "school": "（未填学校）", "township": NO_TOWNSHIP,
}  # fmt: skip
_SHORT = 40
"""So many characters of what was done stand in a bulletin."""
_STOPS = "。；！？，、"


def level_of(scheme: Scheme) -> Level:
    """Whose figures a bulletin of the plan tells: its groups', else its schools', units', townships'."""
    sides = {pattern.level for pattern in scheme.patterns if pattern.id == scheme.default_pattern}
    for level in ("group", "school", "unit"):
        if level in sides or level in scheme.levels:
            return level
    return "township"


def told(tables: Tables, scheme: Scheme, stretch: Stretch) -> Told:
    """The figures of a span. A table or column that is not there says nothing."""
    facts, level = gather(tables, scheme.default_mode), level_of(scheme)
    asked = _Asked(facts, tables, scheme, level)
    visits, paired = asked.visits(stretch), asked.paired(stretch)
    subjects = pd.concat([paired["subject"], visits["subject"]]).drop_duplicates().sort_values(key=by_number)
    sums = visits.groupby("subject")[["trips", "reached", "others", "places"]].sum()
    figures = sums.assign(paired=paired.groupby("subject")["household"].nunique()).reindex(pd.Index(subjects))
    figures = figures.fillna(0).astype("int64").rename_axis("subject").reset_index()
    totals = {name: int(visits[f"{name}_all"].sum()) for name in FIGURES if name != "paired"}
    totals["paired"] = int(paired["household"].nunique())
    reached = visits.loc[visits["at_home"], ["subject", "household"]]
    missing = ~pd.MultiIndex.from_frame(paired[["subject", "household"]]).isin(pd.MultiIndex.from_frame(reached))
    return Told(figures[["subject", *FIGURES]], totals, visits, asked.described(paired[missing]))


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


class _Asked:
    """What is registered, as it is asked for the subjects of one level."""

    def __init__(self, facts: Facts, tables: Tables, scheme: Scheme, level: Level) -> None:
        self.facts, self.tables, self.level = facts, tables, level
        self.pairings = tables.get("pairing", pd.DataFrame()).reset_index(drop=True)
        self.records = tables.get("visit", pd.DataFrame()).reset_index(drop=True)
        places = scheme.recipients.kinds[:1] in (("村",), ("学校",))
        villages = column(tables.get("village", pd.DataFrame()), "_key").dropna()
        self.is_whom = np.append(~facts.households["key"].isin(villages).to_numpy() | places, True)
        self.by_place = places

    def paired(self, stretch: Stretch) -> pd.DataFrame:
        """subject, household (position) of the pairs in effect within the span, each once."""
        facts, rows = self.facts, self.pairings
        keys, people = pd.Index(facts.households["key"]), pd.Index(facts.helpers["key"])
        found = pd.DataFrame(
            {
                "household": keys.get_indexer(column(rows, "_recipient")),
                "helper": people.get_indexer(column(rows, "_helper")),
                "subject": self._of_pairings(),
            }
        )
        found = found[(found["household"] >= 0) & (found["helper"] >= 0)].reset_index(drop=True)
        dates = facts.pairings  # those of the same rows
        within = ~(dates["started"] > pd.Timestamp(stretch.last)) & ~(dates["ended"] < pd.Timestamp(stretch.first))
        found = found[within & self.is_whom[found["household"]]]
        found["subject"] = found["subject"].fillna(NOBODY[self.level])
        return found[["subject", "household"]].drop_duplicates(ignore_index=True)

    def visits(self, stretch: Stretch) -> pd.DataFrame:
        """The visits within the span, a row a record and subject, with marks."""
        every = self.facts.visits
        inside = (every["date"] >= pd.Timestamp(stretch.first)) & (every["date"] <= pd.Timestamp(stretch.last))
        rows = every[inside & every["day"]].reset_index(drop=True)
        rows = rows.assign(subject=self._of_visits(rows))
        named = rows["subject"].notna()
        rows = rows[named | ~rows["record"].isin(rows.loc[named, "record"])].drop_duplicates(["record", "subject"])
        rows = rows.assign(subject=rows["subject"].fillna(NOBODY[self.level])).reset_index(drop=True)
        return self._marked(self._worded(rows))

    def described(self, pairs: pd.DataFrame) -> pd.DataFrame:
        who = self.facts.households.take(pairs["household"].to_numpy()).reset_index(drop=True)
        who = who[["head_name", "household_id", "township", "village"]]
        return pd.concat([pairs.reset_index(drop=True), who], axis=1).sort_values(
            ["subject", "township", "village", "household_id"], kind="stable", ignore_index=True, key=by_number
        )

    def _worded(self, rows: pd.DataFrame) -> pd.DataFrame:
        """With the words of the record, and `whom`: its household, else what it calls it."""
        records = self.records.take(rows["record"].to_numpy()).reset_index(drop=True)
        keys = pd.Series([*self.facts.households["key"], None], dtype="str").take(rows["household"].to_numpy())
        said = (
            "|"
            + column(records, "township").fillna("")
            + "|"
            + rows["village"].fillna("")
            + "|"
            + rows["head_name"].fillna("")
        )
        more = {name: column(records, name) for name in ("visitors", "household_id", "content", "problems")}
        return rows.assign(whom=keys.reset_index(drop=True).fillna(said).astype("str"), **more)

    def _marked(self, rows: pd.DataFrame) -> pd.DataFrame:
        mode = rows["mode"].to_numpy()
        met = self.is_whom[rows["household"]]
        home = met & ((mode != PHONE) if self.by_place else (mode == HOME))
        there = (mode != PHONE) & rows["village"].notna().to_numpy()
        village = rows["township"].fillna("") + "|" + rows["village"].fillna("")
        subject, whom, day = rows["subject"], rows["whom"], rows["date"]
        known = home & (rows["household"] >= 0).to_numpy()
        marks: dict[str, Ints] = {}
        for end, who in (("", [subject]), ("_all", [])):
            marks[f"trips{end}"] = _mark(home, *who, whom, day)
            marks[f"reached{end}"] = _mark(known, *who, whom)
            marks[f"others{end}"] = _mark(met & ~home, *who, whom, day, rows["mode"])
            marks[f"places{end}"] = _mark(there, subject, village, day)
        return rows.assign(at_home=known, **marks)

    def _of_visits(self, rows: pd.DataFrame) -> pd.Series:
        """The subject of each row (a record and visitor); missing where nobody knows."""
        record, household = rows["record"].to_numpy(), rows["household"].to_numpy()
        if self.level == "township":
            return self._shown(rows["town"].to_numpy(), self.facts.townships)
        helper = rows["helper"].to_numpy()
        if self.level == "group":
            stated = column(self.records, "group").take(record).reset_index(drop=True)
            theirs = _first(self._key("_helper"), column(self.pairings, "group"))
            own = pd.Series([*self.facts.helpers["key"], None], dtype="str").take(helper).map(theirs)
            return self._as_first_written(stated.fillna(own.reset_index(drop=True).astype("str")))
        unit = self._shown(np.append(self.facts.helpers["unit"].to_numpy(), -1)[helper], self.facts.units)
        unit = column(self.records, "helper_unit").take(record).reset_index(drop=True).fillna(unit)
        if self.level == "unit":
            return self._as_first_written(unit)
        return self._as_first_written(self._schools().take(household).reset_index(drop=True).fillna(unit))

    def _of_pairings(self) -> pd.Series:
        facts, rows = self.facts, self.pairings
        household = pd.Index(facts.households["key"]).get_indexer(column(rows, "_recipient"))
        if self.level == "township":
            return self._shown(np.append(facts.households["town"].to_numpy(), -1)[household], facts.townships)
        if self.level == "group":
            return self._as_first_written(column(rows, "group"))
        unit = column(rows, "helper_unit")
        if self.level == "school":
            unit = self._schools().take(household).reset_index(drop=True).fillna(unit)
        return self._as_first_written(unit)

    def _schools(self) -> pd.Series:
        """The school of each recipient, where he is a pupil; the last one is nobody's."""
        pupils = self.tables.get("child", pd.DataFrame())
        of_child = _first(column(pupils, "_key"), column(pupils, "school"))
        return pd.Series([*self.facts.households["key"].map(of_child).astype("str"), None], dtype="str")

    def _as_first_written(self, names: pd.Series) -> pd.Series:
        """Names that differ in their spelling only, as the pairings (else the visits) write them first."""
        known = pd.concat([column(self.pairings, name) for name in ("group", "helper_unit")])
        every = pd.concat([known, names], ignore_index=True).dropna()
        first = every.groupby(each_once(every, fold).to_numpy(), sort=False).first()
        return each_once(names, fold).map(first).astype("str")

    def _key(self, name: str) -> pd.Series:
        return column(self.pairings, name)

    def _shown(self, numbers: Ints, names: tuple[str, ...]) -> pd.Series:
        return pd.Series([*names, None], dtype="str").take(numbers).reset_index(drop=True)


def _first(keys: pd.Series, values: pd.Series) -> pd.Series:
    """key → the first value that it has."""
    known = pd.DataFrame({"key": keys.to_numpy(), "value": values.to_numpy()}, dtype="str").dropna()
    return known.drop_duplicates("key").set_index("key")["value"]


def _mark(where: np.ndarray, *columns: pd.Series) -> Ints:
    marks = np.zeros(len(where), dtype=np.int64)
    at = np.flatnonzero(where)
    told = pd.concat([each.take(at).reset_index(drop=True) for each in columns], axis=1, ignore_index=True)
    marks[at] = ~told.duplicated()
    return marks
