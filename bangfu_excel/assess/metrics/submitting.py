"""Metrics of the submissions themselves: findings per 100 rows, corrections that are not made in time."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from bangfu_excel.assess.facts import NO_TOWNSHIP, column
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import items, nothing, origin
from bangfu_excel.assess.metrics.responsible import units_of
from bangfu_excel.core.metric import Metric
from bangfu_excel.core.submitters import SUBMISSION

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
METRICS = (FINDINGS_PER_100, OVERDUE_CORRECTIONS)
