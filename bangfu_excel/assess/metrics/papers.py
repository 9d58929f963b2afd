"""Papers that are due under a plan, or registered with a deadline of their own: by when, and whether they were handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import column, last_day
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import items, origin
from bangfu_excel.assess.metrics.paper_days import days_of, due_days, period_end
from bangfu_excel.assess.metrics.paper_owners import LEVEL_OF, handed_in_by, owed_by, papers_of
from bangfu_excel.assess.metrics.responsible import units_of
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.metric import Metric
from bangfu_excel.core.scheme.work import Document
from bangfu_excel.core.submitters import submitter_key

DUE_COLUMNS = (
    "kind", "title", "level", "owner", "school", "whom", "due_on", "filed", "filed_on", "met", "late", "file", "sheet", "row",
)  # fmt: skip
_FILED = ("已报", "已备案")
_LEVELS = ("helper", "group", "unit", "school", "township", "county")


def due_papers(counting: Counting) -> pd.DataFrame:
    """A row a paper that somebody owed by a day of the period that is over, or without a day (`due_on` missing), columns `DUE_COLUMNS`.

    Those of the plan, and those of other kinds for which the table itself says by when (应报时间). level, owner: who owes it (a unit, school,
    group or township by name, a helper or class teacher by key) · school, whom: of a class teacher's paper, and the child it is about · filed:
    handed in by the reference day, on whatever day (`filed_on`, missing where nobody says) · met: and not after `due_on` · late: after it ·
    file, sheet, row: where that is said.
    """
    asked = [document for document in counting.asked.scheme.documents if days_of(counting, document)]
    wanted = [(document, due_days(counting, document)) for document in asked]
    parts = [_of_plan(counting, document, days) for document, days in wanted if days]
    found = pd.concat([*parts, _of_others(counting, {document.kind for document in asked})])
    found = found.reset_index(drop=True)
    filed, late = found["filed"].eq(True), found["filed_on"] > found["due_on"]
    met = filed & (found["filed_on"] <= found["due_on"])
    blank = {"file": "", "sheet": "", "row": 0}
    return found.assign(filed=filed, met=met, late=late).fillna(blank)[list(DUE_COLUMNS)]


def _of_plan(counting: Counting, document: Document, days: Sequence[dt.date | None]) -> pd.DataFrame:
    """Those of a document of the plan. One without a day goes by what its row says (应报时间), if that day is among those counted."""
    dates = pd.DataFrame({"due_on": pd.to_datetime(pd.Series(days)).astype("datetime64[ns]")})
    owed = owed_by(counting, document).merge(dates, how="cross")
    owed = owed.assign(kind=document.kind, title=document.title or document.kind, level=LEVEL_OF[document.who])
    found = owed.merge(_registered(counting, document, dates["due_on"]), how="left", on=["thing", "due_on"])
    open_ended = found["due_on"].isna()
    found["due_on"] = found["due_on"].fillna(found["stated"])
    return found[~open_ended | found["due_on"].isna() | _within(counting, found["due_on"])]


def _within(counting: Counting, dates: pd.Series) -> pd.Series:
    return counting.within(dates) & (dates <= pd.Timestamp(counting.asked.day))


def _registered(counting: Counting, document: Document, days: pd.Series) -> pd.DataFrame:
    """A row a thing and day of that kind of paper in the table: stated (应报时间), filed, filed_on (the earliest), file, sheet, row.

    A paper is of the day that it says, else of the one nearest to the end of its period, else to the day on which it was filed.
    """
    rows = papers_of(counting, document.kind)
    found = _told(counting, rows).assign(thing=handed_in_by(counting, document, rows))
    about = found["stated"].fillna(period_end(column(rows, "period_text"))).fillna(found["filed_on"])
    found["due_on"] = _nearest(about, days)
    found = found[found["thing"].notna() & (found["filed"] | found["stated"].notna() & found["due_on"].isna())]
    found = found.sort_values(["filed", "filed_on"], ascending=[False, True], kind="stable")
    return found.drop_duplicates(["thing", "due_on"])


def _told(counting: Counting, rows: pd.DataFrame) -> pd.DataFrame:
    """What each row says: stated, filed, filed_on, file, sheet, row. What is dated after the reference day is not filed yet."""
    filed_on = column(rows, "filed_on", "datetime64[ns]").fillna(column(rows, "signed_on", "datetime64[ns]"))
    told = filed_on.isna() & column(rows, "status").isin(_FILED)
    filed_on = filed_on.mask(filed_on > pd.Timestamp(counting.asked.day))
    said = {"stated": last_day(rows, "due_on"), "filed": filed_on.notna() | told, "filed_on": filed_on}
    return pd.DataFrame(said, index=rows.index).assign(**origin(rows))


def _of_others(counting: Counting, kinds: set[str]) -> pd.DataFrame:
    """Papers of other kinds that say themselves by when they were due; those that a phase of the plan wants are told with it."""
    rows = counting.table("document")
    wanted = {fold(name) for phase in counting.asked.scheme.phases for name in phase.due}
    title = column(rows, "title").fillna(column(rows, "kind")).fillna("")
    of_phases = each_once(title, fold).isin(wanted) | each_once(column(rows, "kind"), fold).isin(wanted)
    told = _told(counting, rows).assign(kind=column(rows, "kind").fillna(""), title=title)
    level, owner = _submitters(counting, column(rows, "unit"))
    told = told.assign(level=level, owner=owner, school="", whom="", due_on=told["stated"])
    return told[_within(counting, told["due_on"]) & ~told["kind"].isin(kinds) & ~of_phases]


def _submitters(counting: Counting, stated: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Level and name of whom a paper is from: a unit or school that is known, a township; else the county alone counts it."""
    towns = {submitter_key(name): name for name in counting.facts.townships}
    township = each_once(stated, lambda name: towns.get(submitter_key(name), "")).fillna("")
    unit = units_of(counting, stated)
    level = pd.Series("county", index=stated.index, dtype="str")
    level = level.mask(unit.isin(set(counting.organisations.values())), "unit").mask(township != "", "township")
    return level, unit.where(township == "", township)


def _nearest(about: pd.Series, days: pd.Series) -> pd.Series:
    """The one of these days that is nearest; the last where nothing is known, or they are none."""
    if days.isna().all():
        return pd.Series(pd.NaT, index=about.index, dtype="datetime64[ns]")
    dates = pd.DatetimeIndex(days).as_unit("ns")
    at = dates.get_indexer(pd.DatetimeIndex(about), method="nearest") if len(about) else np.zeros(0, dtype=np.int64)
    return pd.Series(dates.take(np.where(about.isna(), len(dates) - 1, at)), index=about.index)


def _items(counting: Counting, papers: pd.DataFrame, top: str) -> pd.DataFrame:
    papers = papers.reset_index(drop=True)
    level = papers["level"]
    levels = ("helper", "group", "unit", "school", "township")
    whose = {name: papers["owner"].where(level == name, "") for name in levels}
    day = ("（" + papers["due_on"].dt.strftime("%Y-%m-%d") + "）").fillna("")
    said = {
        **whose, "school": papers["school"].mask(level == "school", papers["owner"]), "top": papers[top].to_numpy(float), "bottom": 1.0,
        "what": papers["title"] + day, "date": papers["due_on"], **{name: papers[name] for name in ("whom", "file", "sheet", "row")},
    }  # fmt: skip
    return items(said, len(papers))


def _on_time(counting: Counting) -> pd.DataFrame:
    papers = due_papers(counting)
    return _items(counting, papers[papers["due_on"].notna()], "met")


def _handed_in(counting: Counting) -> pd.DataFrame:
    return _items(counting, due_papers(counting), "filed")


_ASKED = (
    "方案要求的材料，到了期限的每个单位（学校、小组、个人）每份每期为一项，由班主任报的每个重点关爱的孩子一份；"
    "其他种类的材料，“材料报送”表上写了应报时间的也算"
)
ON_TIME_RATE = Metric(
    "on_time_rate", "按时报送率", "rate", "%", "按时报送", "应报材料", f"{_ASKED}。期限当天及以前报送的为按时；没有写报送时间的不算按时。"
    "方案和表上都没有写期限的材料不算在内。", ("document",), _on_time, levels=_LEVELS,
)  # fmt: skip
DOCUMENT_RATE = Metric(
    "document_rate", "材料报送率", "rate", "%", "已报送", "应报材料", f"{_ASKED}。截止日已经报送的（迟报也算）为已报送。"
    "方案没有实施期、材料也没有期限的，看截止日报了没有。", ("document",), _handed_in, levels=_LEVELS,
)  # fmt: skip
METRICS = (ON_TIME_RATE, DOCUMENT_RATE)
