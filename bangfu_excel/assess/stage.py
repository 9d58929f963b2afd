"""The verb of the stage: current tables, a scheme and a period to an assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from bangfu_excel.assess.counts import LEVELS, counted_visits, cutoff_day, household_state, pairs
from bangfu_excel.assess.due import Asked, due_windows, other_duties
from bangfu_excel.assess.duties import taught
from bangfu_excel.assess.facts import Facts, column, gather
from bangfu_excel.assess.indicators import Counted, county, figures, long_form, scores
from bangfu_excel.assess.lists import missed_windows, unvisited_households
from bangfu_excel.assess.metrics import METRICS, Counting, measured
from bangfu_excel.assess.metrics.paper_days import undated
from bangfu_excel.assess.papers_due import papers_due
from bangfu_excel.assess.score_sheet import score_sheet
from bangfu_excel.core.assessment import COUNTY, Assessment
from bangfu_excel.core.calendar import Calendar
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages.assess import (
    CADENCE_UNDATED,
    CADENCE_UNSET,
    MODE_ASSUMED,
    VISIT_WITHOUT_HOUSEHOLD,
)
from bangfu_excel.core.metric import Metric
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.core.score_sheet import nothing_entered
from bangfu_excel.core.submitters import Expected
from bangfu_excel.core.table import Table

_NO_CALENDAR = Calendar()
_NOBODY = Expected()
_SUBMITTED = "报送的文件"  # what stands beside the tables has no title of its own


def assess(
    tables: Mapping[str, pd.DataFrame],
    scheme: Scheme,
    period: Period,
    as_of: dt.date,
    *,
    declared: Mapping[str, Table] = MappingProxyType({}),
    calendar: Calendar = _NO_CALENDAR,
    metrics: Iterable[str] = (),
    thresholds: Mapping[str, Mapping[str, float]] = MappingProxyType({}),
    expected: Expected = _NOBODY,
) -> Assessment:
    """What was due, met, visited and missed in the period, as far as `as_of` can tell.

    tables: accepted or current rows with `_key`, `_recipient`, `_helper`; an absent table or column counts as empty. The same
    tables give the same assessment, in the order of their rows · declared: name → declaration of the tables beyond visit ·
    calendar: festivals, and the county's terms and vacations · metrics: ids of those to measure beside the ones that the scheme's
    targets and score sheet name · thresholds: code of a rule → name → number, those that hold on the reference day
    (a metric has its own where they are not given) · expected: who is to hand in every month, and by when.
    """
    facts = gather(tables, scheme.default_mode)
    day = min(period.end, as_of)
    first, last = max(period.start, scheme.start or period.start), min(day, scheme.end or day)
    asked = Asked(scheme, period, day, calendar, tables, declared)
    counted = _counted(facts, asked, (first, last))
    indicators, ranking = _figures(facts, counted, scheme.reporting.rank_from_pairings)
    duties = other_duties(facts, asked)
    asked_for = set(metrics)
    named = tuple(dict.fromkeys([*scheme.metrics, *(name for name in METRICS if name in asked_for)]))
    counting = Counting(asked, first, last, facts, counted, duties, thresholds, expected)
    found, known_since = measured(named, counting), _earliest(facts.visits["date"])
    made = Assessment(
        scheme=scheme, period=period, as_of=as_of, day=day, first=first, last=last,
        cutoff=cutoff_day(day, scheme.reporting.unvisited_months),
        records_from=known_since,
        indicators=indicators, scores=ranking,
        missed=missed_windows(counted.windows, facts),
        unvisited=unvisited_households(counted.households, counted.pairings, facts),
        windows=counted.windows, pairings=counted.pairings, visits=counted.visits, households=counted.households,
        helpers=facts.helpers, units=facts.units, townships=facts.townships,
        names=_names(facts, duties, tables), duties=duties, papers=papers_due(counting, known_since), items=found.items, metrics=found.figures,
        measures={name: _told(METRICS[name], counting) for name in named},
        findings=(*_notes(counted.visits, scheme.default_mode), *_not_counted(asked, counting)),
    )  # fmt: skip
    return entered_into(made, nothing_entered()) if scheme.assessing.indicators else made


def _told(metric: Metric, counting: Counting) -> Metric:
    """The metric with the numbers that it goes by in its words, and the tables that it lacks."""
    says = metric.says.format(**metric.limits_among(counting.thresholds)) if metric.limits else metric.says
    lacking = [name for name in metric.reads if counting.table(name).empty]
    declared = counting.asked.declared
    titles = [declared[name].label if name in declared else _SUBMITTED for name in lacking]
    return replace(metric, says=says, absent=tuple(titles))


def entered_into(made: Assessment, entered: pd.DataFrame) -> Assessment:
    """The assessment with what was typed in by hand (`core.score_sheet.ENTERED_COLUMNS`) in its score sheet.

    The sheet is the plan's as it held on the day; those with few pairings are not ranked.
    """
    paired = made.indicators[made.indicators["indicator"] == "paired"]
    least = made.scheme.reporting.rank_from_pairings
    may_rank = {
        str(level): rows.set_index("subject")["value"] >= least
        for level, rows in paired.groupby("level")
        if level in LEVELS and least
    }
    absent = [name for name, metric in made.measures.items() if metric.absent]
    sheet = score_sheet(made.scheme.assessing.on(made.day), made.metrics, entered, may_rank, absent)
    return replace(made, sheet=sheet, scores=sheet.totals[list(made.scores.columns)])


def _counted(facts: Facts, asked: Asked, days: tuple[dt.date, dt.date]) -> Counted:
    first, last = days
    state = household_state(facts, asked.day, asked.scheme.reporting.unvisited_months)
    pairings = pairs(facts, first, last, asked.day)
    of_household = state.take(pairings["household"].to_numpy())
    pairings["since"], pairings["last_home"] = of_household["since"].to_numpy(), of_household["last_home"].to_numpy()
    pairings["unvisited"] = pairings["active"] & of_household["unvisited"].to_numpy()
    return Counted(
        windows=due_windows(facts, asked),
        pairings=pairings,
        visits=counted_visits(facts, first, last),
        households=facts.households.join(state),
    )


def _figures(facts: Facts, counted: Counted, rank_from: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Indicators and scores of every level."""
    subjects = dict(zip(LEVELS, (list(facts.helpers["key"]), facts.units, facts.townships), strict=True))
    wide = {level: figures(level, len(subjects[level]), counted) for level in LEVELS}
    indicators = [long_form(level, subjects[level], wide[level]) for level in LEVELS]
    indicators.append(long_form("county", [COUNTY], county(wide["township"])))
    ranking = [scores(level, subjects[level], wide[level], rank_from) for level in LEVELS]
    return pd.concat(indicators, ignore_index=True), pd.concat(ranking, ignore_index=True)


def _earliest(dates: pd.Series) -> dt.date | None:
    first = dates.min()
    return None if pd.isna(first) else dt.date(first.year, first.month, first.day)


def _names(facts: Facts, duties: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Also of those who owe something without being helpers: class teachers are known from the children's files alone."""
    own = duties.loc[duties["level"] == "helper", ["who", "who_name"]].dropna()
    pupils = taught(tables)
    others = dict(zip(pupils["_teacher"], column(pupils, "class_teacher"), strict=True)) | dict(
        own.itertuples(index=False)
    )
    helpers = dict(zip(facts.helpers["key"], facts.helpers["name"], strict=True))
    heads = facts.households["head_name"].fillna("")
    return others | helpers | dict(zip(facts.households["key"], heads, strict=True))


def _notes(visits: pd.DataFrame, default_mode: str) -> tuple[Finding, ...]:
    """One finding for all visits without a mode and one for all whose household is not known."""
    records = visits.drop_duplicates("record")
    found = []
    for message, rows in (
        (MODE_ASSUMED, records[~records["mode_stated"].astype(bool)]),
        (VISIT_WITHOUT_HOUSEHOLD, records[records["household"] < 0]),
    ):
        if len(rows):
            first = rows.iloc[0]
            place = Place(first["file"], first["sheet"], row=int(first["row"]), table="visit")
            found.append(message.finding(place, count=len(rows), times=len(rows), mode=default_mode))
    return tuple(found)


def _not_counted(asked: Asked, counting: Counting) -> tuple[Finding, ...]:
    """One finding for all cadences whose number the county has still to set, one for each other thing that it has: papers wait for dates too."""
    left: dict[str, list[str]] = {}
    for cadence in asked.scheme.cadences:
        if what := asked.lacking(cadence):
            left.setdefault("" if cadence.unset else what, []).append(cadence.title)
    for what, titles in undated(counting).items():
        left.setdefault(what, []).extend(titles)
    told = sorted(left.items(), key=lambda one: one[0] == "")
    return tuple(
        CADENCE_UNDATED.finding(Place(""), count=len(titles), titles="”“".join(titles), what=what)
        if what
        else CADENCE_UNSET.finding(Place(""), count=len(titles), titles="”“".join(titles))
        for what, titles in told
    )
