"""Metrics of the submissions themselves: findings per 100 rows, corrections that are not made in time."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from bangfu_excel.assess.facts import NO_TOWNSHIP, column
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import items, nothing, origin
from bangfu_excel.assess.metrics.responsible import units_of
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.metric import Metric
from bangfu_excel.core.submitters import SUBMISSION, submitter_key

_LEVELS = ("unit", "school", "township", "county")


def _findings(counting: Counting) -> pd.DataFrame:
    rows = counting.table(SUBMISSION)
    period = counting.asked.period
    of_period = rows["period_end"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))
    rows = rows[of_period & (rows["rows"] > 0)].reset_index(drop=True)
    return items(
        {
            **_submitter(counting, rows),
            "file": rows["file"],
            "date": rows["received"],
            "top": rows["findings"],
            "bottom": rows["rows"] / 100,
        },
        len(rows),
    )


def _overdue(counting: Counting) -> pd.DataFrame:
    """The rows that still have values to be corrected when the days for it are over."""
    known = counting.table(SUBMISSION).drop_duplicates("id").set_index("id")
    until = pd.Timestamp(counting.asked.day) - dt.timedelta(days=counting.asked.scheme.reporting.correction_days)
    late = known[known["received"] < until]
    parts = [nothing()]
    for name in counting.tables:
        rows = counting.table(name)
        waits = column(rows, "_withheld").fillna("").ne("") & column(rows, "_submission").isin(late.index)
        rows = rows[waits].reset_index(drop=True)
        whose = late.reindex(column(rows, "_submission")).reset_index(drop=True)
        said = {
            **_submitter(counting, whose),
            **origin(rows),
            "date": whose["received"],
            "what": _labels(counting, name, rows),
        }
        parts.append(items(said, len(rows)))
    found = pd.concat(parts, ignore_index=True)
    return found.assign(item=range(len(found)))


def _reports(counting: Counting) -> pd.DataFrame:
    """A row a township and month whose reports were due on a day that is counted."""
    rows, expected = counting.table(SUBMISSION), counting.expected
    known = {submitter_key(name): name for name in counting.facts.townships if name != NO_TOWNSHIP}
    named = {submitter_key(name): known.get(submitter_key(name), name) for name in expected.townships} or known
    due = [(month, day) for month in _months(counting) if (day := expected.day_for(month))]
    due = [(month, day) for month, day in due if counting.first <= day <= counting.last]
    there = _handed_in(rows)
    found = [
        (name, day, f"{month.year}年{month.month}月", there.get((key, month), -1))
        for month, day in due
        for key, name in named.items()
    ]
    said = pd.DataFrame(found, columns=["township", "date", "what", "first"])
    date = pd.to_datetime(said["date"]).astype("datetime64[ns]")
    first = rows[["received", "file"]].reindex(said["first"].astype("int64")).set_axis(said.index)
    top = (first["received"] <= date).to_numpy(float)
    whose = {"township": said["township"], "what": said["what"] + "的报表", "file": first["file"].fillna("")}
    return items({**whose, "date": date, "top": top, "bottom": 1.0}, len(said))


def _months(counting: Counting) -> list[dt.date]:
    """The ends of the plan's own months whose reports may be due on a day that is counted."""
    before = (counting.first.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    start = counting.asked.scheme.start or dt.date.min
    return [end.date() for end in pd.date_range(before, counting.last, freq="ME") if end.date() >= start]


def _handed_in(rows: pd.DataFrame) -> dict[tuple[str, dt.date], int]:
    """Township (as `submitter_key`) and month → the row of what was handed in first for it, by the townships of its rows, else by who
    submitted it."""
    said = rows["townships"].where(rows["townships"] != "", rows["unit"]).str.split("、")
    every = pd.DataFrame({"key": said, "end": rows["period_end"], "received": rows["received"]}).explode("key")
    every = every.assign(key=each_once(every["key"], submitter_key)).sort_values("received", kind="stable")
    first = every.drop_duplicates(["key", "end"])
    return {(key, end.date()): at for at, key, end in zip(first.index, first["key"], first["end"], strict=True)}


def _submitter(counting: Counting, rows: pd.DataFrame) -> dict[str, object]:
    """A unit that helps, else a township."""
    unit = units_of(counting, rows["unit"])
    unit = unit.where(unit.isin(counting.facts.units), "")
    township = rows["township"].replace("", NO_TOWNSHIP).where(unit == "", "")
    return {"whom": rows["unit"], "unit": unit, "township": township}


def _labels(counting: Counting, table: str, rows: pd.DataFrame) -> list[str]:
    declared = counting.asked.declared.get(table)
    labels = {field.name: field.label for field in declared.fields} if declared else {}
    return ["、".join(labels.get(name, name) for name in text.split("、")) for text in column(rows, "_withheld")]


FINDINGS_PER_100 = Metric(
    "findings_per_100", "报表质量（每百行问题数）", "mean", "处", "问题", "百行",
    "所属期在统计期内的每个报送文件，程序查出的错误处数除以数据行数，再乘以100；重报以前的也算，一处算一处。只反映报表质量，第一次报的错误不扣分。", (SUBMISSION,), _findings,
    better="less", levels=_LEVELS,
)  # fmt: skip
OVERDUE_CORRECTIONS = Metric(
    "overdue_corrections", "逾期未改", "count", "行", "逾期未改的行", "",
    "收到之日起超过更正期限（方案的更正天数）、到截止日还有待更正内容的行，每行为一项，不论有几栏；已经更正的不算。", (SUBMISSION,), _overdue, better="less", levels=_LEVELS,
)  # fmt: skip
REPORTS_ON_TIME = Metric(
    "reports_on_time", "报表按时报送率", "rate", "%", "按时报送", "应报的月报",
    "每个应报的乡镇每个月的报表为一项，县办在期限当天及以前收到（或者登记了零报告）的为按时，期限在统计期内的才算；后来重报的不影响。"
    "应报的乡镇和期限写在本县设置的 [reporting]（townships、due），没有写期限的为缺项。", (SUBMISSION,), _reports, levels=("township", "county"),
)  # fmt: skip
METRICS = (FINDINGS_PER_100, OVERDUE_CORRECTIONS, REPORTS_ON_TIME)
