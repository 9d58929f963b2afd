"""What an assessment is: the figures of a period, and the rows that say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from bangfu_excel.core.announced import Announced
from bangfu_excel.core.finding import Finding
from bangfu_excel.core.metric import Metric
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.core.score_sheet import ScoreSheet

COUNTY = "全县"
MISSING, LATE, ON_TIME, FILED = "未报", "迟报", "按时", "已报"
"""What became of a paper that was due; 已报: nobody says when."""
PAPER_COLUMNS = (
    "title",
    "kind",
    "level",
    "owner",
    "unit",
    "whom",
    "due_on",
    "filed_on",
    "state",
    "file",
    "sheet",
    "row",
)
MODES = {"home": "入户", "phone": "电话", "group": "集中", "other": "其他"}
"""How visits are told apart: the name in indicators and the word for it; the number of a mode is its position."""


@dataclass(frozen=True)
class Assessment:
    """What was due, met and counted in a period, and the rows that say so.

    day: the reference day, the end of the period or `as_of`, whichever is earlier · first, last: the days counted (the period cut
    to the scheme's dates and to `day`) · cutoff: households not entered after this day are unvisited ·
    records_from: day of the earliest visit that is known (what happened before cannot be told).

    indicators: level, subject, indicator, numerator, denominator, value (Float64; denominator missing for plain counts)
    scores: level, subject, score (0–100), grade (missing: 试算), rank (Int64, missing where unranked)
    levels are helper, unit, township and county; subjects are keys, units and townships by name.
    missed: rule, label, who, helper, unit, township, village, household, household_id, head_name, due_from, due_to, count,
    target, household_met (another helper's visits made up for it)
    unvisited: household, household_id, head_name, township, village, group, helpers, since, last_home
    windows, pairings, visits, households: the rows counted; numbers stand for positions in `helpers`, `units`, `townships`
    and `households`. names: display name of each helper key and household key.
    duties: the due windows of the plan's other cadences (`assess.due.DUTY_COLUMNS`): who and whom may be a group and a village.
    papers: those that were asked for and due, or are wanted without a day (`PAPER_COLUMNS`; `assess.papers_due`): level and owner of who owes them
    (a helper by key, "" where the plan does not tell), unit "" where it is nobody's, state one of the words above.
    items, metrics: rows and figures of the metrics that were asked for (see `core.metric.Measured`) · measures: id → what each is.
    sheet: the score sheet as it came out, None where the plan has none (scores are then the rate of met windows in points of 100) ·
    findings: what was assumed or could not be counted · announced: the figures beside those announced before, None where
    nobody looked · batches: of the registry, that the tables were made of ·
    objections: outcome → how many that were recorded about days of the period.
    """

    scheme: Scheme
    period: Period
    as_of: dt.date
    day: dt.date
    first: dt.date
    last: dt.date
    cutoff: dt.date
    records_from: dt.date | None
    indicators: pd.DataFrame
    scores: pd.DataFrame
    missed: pd.DataFrame
    unvisited: pd.DataFrame
    windows: pd.DataFrame
    pairings: pd.DataFrame
    visits: pd.DataFrame
    households: pd.DataFrame
    helpers: pd.DataFrame
    units: tuple[str, ...]
    townships: tuple[str, ...]
    names: Mapping[str, str]
    duties: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)
    papers: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)
    items: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)
    metrics: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False)
    measures: Mapping[str, Metric] = field(default_factory=dict, compare=False)
    sheet: ScoreSheet | None = None
    findings: tuple[Finding, ...] = ()
    announced: Announced | None = None
    batches: tuple[str, ...] = ()
    objections: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def is_trial(self) -> bool:
        """Whether there are no grades: the plan has no score sheet, or the county's document no number yet."""
        return self.sheet is None or self.sheet.assessing.is_trial

    @property
    def due(self) -> pd.DataFrame:
        """One row a due window: rule, who (helper or group), whom (recipient), due_from, due_to, count, met."""
        rows = self.windows
        own = pd.DataFrame(
            {
                "rule": rows["rule"].astype("str"),
                "who": self.helpers["key"].take(rows["helper"]).to_numpy(),
                "whom": self.households["key"].take(rows["household"]).to_numpy(),
                "due_from": rows["due_from"],
                "due_to": rows["due_to"],
                "count": rows["count"].astype("int64"),
                "met": rows["count"] >= rows["target"],
            }
        )
        if self.duties.empty:
            return own
        others = self.duties.assign(met=self.duties["count"] >= self.duties["target"])
        return pd.concat([own, others[list(own.columns)]], ignore_index=True) if len(own) else others[list(own.columns)]

    def __repr__(self) -> str:
        """Counts only: an assessment is printed in notebooks, and names are personal."""
        return f"Assessment({self.scheme.id}, {self.period.text}, {len(self.helpers)} helpers, {len(self.windows)} due)"
