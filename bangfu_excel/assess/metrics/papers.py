"""Papers that are due under a plan: who owes which by when, and whether they were handed in."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import NO_UNIT, column, last_day
from bangfu_excel.assess.metrics.counting import SCHOOLS, Counting
from bangfu_excel.assess.metrics.items import items, origin
from bangfu_excel.assess.metrics.responsible import named, units_of
from bangfu_excel.core.assessment import COUNTY
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.metric import Metric
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme.work import Document

DUE_COLUMNS = (
    "kind", "title", "level", "owner", "due_on", "filed", "filed_on", "met", "late", "file", "sheet", "row",
)  # fmt: skip
_FILED = ("已报", "已备案")
_ENDS = {"half-year": ("06-30", "12-31"), "year": ("12-31",)}
_SPAN = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?度?(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度|(?P<month>\d{1,2})月)?"
)
_OWES = {
    "helper": "helper",
    "teacher": "helper",
    "group": "group",
    "school": "school",
    "unit": "unit",
    "office": "county",
}
"""Who hands a paper in → the level that owes it; of others the plan does not tell which of them do."""
_LEVELS = ("helper", "group", "unit", "school", "county")


def due_papers(counting: Counting) -> pd.DataFrame:
    """A row a paper that somebody owed by a day of the period that is over, columns `DUE_COLUMNS`.

    level, owner: who owes it (a unit, school or group by name, a helper by key) · filed: handed in by the reference day, on whatever day
    (`filed_on`, missing where nobody says) · met: and not after `due_on` · late: after it · file, sheet, row: where that is said.
    """
    parts = [pd.DataFrame(columns=list(DUE_COLUMNS))]
    for document in counting.asked.scheme.documents:
        days, owners = due_days(counting, document), owners_of(counting, document)
        if days and owners:
            owed = _owed(document, days, owners)
            parts.append(owed.merge(_filed(counting, document, days), how="left", on=["owner", "due_on"]))
    found = pd.concat(parts[1:] or parts, ignore_index=True)
    filed, late = found["filed"].eq(True), found["filed_on"] > found["due_on"]
    met = filed & (found["filed_on"] <= found["due_on"])
    blank = {"file": "", "sheet": "", "row": 0}
    return found.assign(filed=filed, met=met, late=late).fillna(blank)[list(DUE_COLUMNS)]


def due_days(counting: Counting, document: Document) -> list[dt.date]:
    """The days within those counted by which a paper is due: those that the plan names, else the ends of its half-years and years, of the
    phase that wants it, or of the programme. None where the plan does not tell."""
    asked = counting.asked
    scheme, years = asked.scheme, range(counting.first.year, counting.last.year + 1)
    wanted = {fold(document.title), fold(document.kind)}
    phases = [phase.end for phase in scheme.phases if wanted & {fold(name) for name in phase.due}]
    if document.due or document.per in _ENDS:
        days = [_day(year, day) for year in years for day in document.due or _ENDS[document.per]]
    elif document.per == "month":
        days = [month.end for year in years for month in Period.parse(str(year)).months()]
    elif document.per == "quarter":
        days = [Period.parse(f"{year}Q{quarter}").end for year in years for quarter in range(1, 5)]
    elif document.per in ("term", "vacation"):
        days = [span.last for span in (asked.calendar.terms if document.per == "term" else asked.calendar.vacations)]
    else:
        days = phases or ([scheme.end] if scheme.end and document.per == "programme" else [])
    return sorted({day for day in days if counting.first <= day <= counting.last and day <= asked.day})


def owners_of(counting: Counting, document: Document) -> list[str]:
    """Who owes a paper: units and schools that help or are listed, groups, helpers. Nobody where the plan does not tell which of them do."""
    level = _OWES.get(document.who, "")
    facts, pairs = counting.facts, counting.counted.pairings
    helping = pairs[pairs["active"]]
    if level == "helper":
        return sorted(facts.helpers["key"].take(helping["helper"].unique()))
    if level == "group":
        return counting.group_names
    if level == "county":
        return [COUNTY]
    units = [facts.units[number] for number in helping["unit"].unique()]
    names = pd.Series([*units, *units_of(counting, column(counting.table("unit"), "unit"))], dtype="str")
    if level == "school":
        taught = units_of(counting, column(counting.table("child"), "school"))
        names = pd.concat([names[names.str.contains(SCHOOLS)], taught], ignore_index=True)
    return sorted(set(names) - {"", NO_UNIT}) if level else []


def _owed(document: Document, days: list[dt.date], owners: list[str]) -> pd.DataFrame:
    dates = pd.to_datetime(pd.Series(days)).astype("datetime64[ns]")
    owed = pd.MultiIndex.from_product([owners, dates], names=["owner", "due_on"]).to_frame(index=False)
    return owed.assign(kind=document.kind, title=document.title or document.kind, level=_OWES[document.who]).astype(
        {"owner": "str"}
    )


def _filed(counting: Counting, document: Document, days: list[dt.date]) -> pd.DataFrame:
    """A row an owner and day of that kind of paper in the table: filed, filed_on (the earliest), file, sheet, row.

    A paper is of the day that it says, else of the one nearest to the end of its period, else to the day on which it was filed.
    """
    rows = counting.table("document")
    rows = rows[column(rows, "kind").eq(document.kind)].reset_index(drop=True)
    filed_on = column(rows, "filed_on", "datetime64[ns]").fillna(column(rows, "signed_on", "datetime64[ns]"))
    told = filed_on.isna() & column(rows, "status").isin(_FILED)
    filed_on = filed_on.mask(filed_on > pd.Timestamp(counting.asked.day))
    about = last_day(rows, "due_on").fillna(_period_end(column(rows, "period_text"))).fillna(filed_on)
    found = pd.DataFrame(
        {"owner": _by(counting, document, rows), "due_on": _nearest(about, days), "filed_on": filed_on}
    )
    found = found.assign(filed=filed_on.notna() | told, **origin(rows))
    found = found[found["owner"].notna() & found["filed"]].sort_values("filed_on", kind="stable")
    return found.drop_duplicates(["owner", "due_on"])


def _by(counting: Counting, document: Document, rows: pd.DataFrame) -> pd.Series:
    """Who handed a paper in, as `owners_of` calls them."""
    level = _OWES[document.who]
    if level == "county":
        return pd.Series(COUNTY, index=rows.index, dtype="str")
    if level == "group":
        return counting.spelled("pairing", "group", each_once(column(rows, "unit"), fold))
    unit = units_of(counting, column(rows, "unit"))
    return named(counting, column(rows, "person_in_charge"), unit) if level == "helper" else unit


def _nearest(about: pd.Series, days: list[dt.date]) -> pd.Series:
    """The one of these days that is nearest; the last where nothing is known."""
    dates = pd.DatetimeIndex(days).as_unit("ns")
    at = dates.get_indexer(pd.DatetimeIndex(about), method="nearest") if len(about) else np.zeros(0, dtype=np.int64)
    return pd.Series(dates.take(np.where(about.isna(), len(dates) - 1, at)), index=about.index)


def _period_end(texts: pd.Series) -> pd.Series:
    """The last day of the period that a text names (2024年, 2024年上半年, 2024年6月); missing where it names none."""
    ends = {text: _end_of(text) for text in texts.dropna().unique()}
    return pd.to_datetime(texts.map(ends)).astype("datetime64[ns]")


def _end_of(text: str) -> dt.date | None:
    said = _SPAN.search(text)
    if not said:
        return None
    month = 12
    if said["half"]:
        month = 6 if said["half"] == "上" else 12
    elif said["quarter"]:
        month = 3 * ("一二三四1234".index(said["quarter"]) % 4 + 1)
    elif said["month"] and 1 <= int(said["month"]) <= 12:
        month = int(said["month"])
    return Period.parse(f"{said['year']}-{month}").end


def _day(year: int, text: str) -> dt.date:
    """29 February is the 28th in other years."""
    month, day = text.split("-")
    return dt.date(year, int(month), min(int(day), Period.parse(f"{year}-{month}").end.day))


def _items(counting: Counting, top: str) -> pd.DataFrame:
    papers = due_papers(counting)
    level = papers["level"]
    whose = {
        name: papers["owner"].where(level == name, "").to_numpy() for name in ("helper", "group", "unit", "school")
    }
    what = papers["title"] + "（" + papers["due_on"].dt.strftime("%Y-%m-%d") + "）" if len(papers) else papers["title"]
    said = {
        **whose, "top": papers[top].to_numpy(float), "bottom": 1.0, "what": what, "date": papers["due_on"],
        **{name: papers[name] for name in ("file", "sheet", "row")},
    }  # fmt: skip
    return items(said, len(papers))


def _on_time(counting: Counting) -> pd.DataFrame:
    return _items(counting, "met")


def _handed_in(counting: Counting) -> pd.DataFrame:
    return _items(counting, "filed")


_ASKED = "方案要求的材料，到了期限的每个单位（学校、小组、个人）每份每期为一项"
ON_TIME_RATE = Metric(
    "on_time_rate", "按时报送率", "rate", "%", "按时报送", "应报材料", f"{_ASKED}，期限当天及以前报送的为按时；没有写报送时间的不算按时。方案没有写期限的材料不算在内。",
    ("document",), _on_time, levels=_LEVELS,
)  # fmt: skip
DOCUMENT_RATE = Metric(
    "document_rate", "材料报送率", "rate", "%", "已报送", "应报材料", f"{_ASKED}，截止日已经报送的（迟报也算）为已报送。方案没有写期限的材料不算在内。",
    ("document",), _handed_in, levels=_LEVELS,
)  # fmt: skip
METRICS = (ON_TIME_RATE, DOCUMENT_RATE)
