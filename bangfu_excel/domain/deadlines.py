"""How work stands against its deadlines on a day: the lights of problems and findings, papers in time or late, projects on schedule."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.ledger import Derived, Seen
from bangfu_excel.core.spans import last_day, precision_of
from bangfu_excel.domain.problem_rules import CLOSED, ESCALATED

GREEN, AMBER, RED = "绿", "黄", "红"
"""Done · still in time, or handed on · past its deadline."""
_NOTHING_WRONG = r"(?:(?:没有|未|暂?无|未见)(?:发现)?(?:问题|异常)?|正常|良好)[。]?"


def problem_light(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """绿 where a problem is closed, 红 where it is past its deadline, 黄 where it is still in hand or handed on."""
    late = _left(rows, "deadline", seen) < 0
    return _lights(_closed(rows), late & rows["status"].ne(ESCALATED).fillna(True))


def problem_days_left(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """Days until the deadline of a problem that is not closed, below 0 for days past it (Int64)."""
    return _left(rows, "deadline", seen).mask(_closed(rows))


def inspection_light(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """The same of what an inspection found; missing where it found nothing."""
    return _lights(_rectified(rows), _left(rows, "deadline", seen) < 0).where(_found(rows))


def inspection_days_left(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """Days until what was found is to be put right, below 0 for days past it; missing where it is, or nothing was found."""
    return _left(rows, "deadline", seen).where(_found(rows) & ~_rectified(rows))


def handed_in(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """按时, 迟报, 已报 (nobody knows when, or by when), 过期未报, 未到期, 未报 (no deadline is known)."""
    due, filed = _last(rows, "due_on"), rows["filed_on"].notna() | rows["status"].isin(["已报", "已备案"])
    told = pd.Series("未报", index=rows.index, dtype="str")
    told = (
        told.mask(due >= pd.Timestamp(seen.as_of), "未到期")
        .mask(due < pd.Timestamp(seen.as_of), "过期未报")
        .mask(filed, "已报")
    )
    return told.mask(rows["filed_on"] <= due, "按时").mask(rows["filed_on"] > due, "迟报")


def days_late(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """Days by which a paper was filed late, or is late on that day (Int64); missing where it is not late."""
    open_still = rows["filed_on"].isna() & ~rows["status"].isin(["已报", "已备案"])
    days = (rows["filed_on"].mask(open_still, pd.Timestamp(seen.as_of)) - _last(rows, "due_on")).dt.days.astype("Int64")
    return days.where(days > 0)


def on_schedule(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """按期完工, 延期完工, 已完工 (nobody knows when), 逾期未完工, 未到期; missing where no finish was planned or told."""
    planned, finished = _last(rows, "planned_finish"), rows["actual_finish"].notna()
    told = pd.Series(None, index=rows.index, dtype="str")
    told = told.mask(planned >= pd.Timestamp(seen.as_of), "未到期").mask(
        planned < pd.Timestamp(seen.as_of), "逾期未完工"
    )
    told = told.mask(finished | rows["status"].isin(["已完工", "已验收"]), "已完工")
    return told.mask(rows["actual_finish"] <= planned, "按期完工").mask(rows["actual_finish"] > planned, "延期完工")


def days_away(rows: pd.DataFrame, seen: Seen) -> pd.Series:
    """Days of a leave, both ends included; of one that has not ended, up to that day (Int64)."""
    until = rows["ended_on"].fillna(pd.Timestamp(seen.as_of))
    days = (until - rows["started_on"]).dt.days.astype("Int64") + 1
    return days.where(days > 0)


def _closed(rows: pd.DataFrame) -> pd.Series:
    return rows["closed_on"].notna() | rows["status"].eq(CLOSED).fillna(False)


def _rectified(rows: pd.DataFrame) -> pd.Series:
    return rows["rectified_on"].notna() | rows["rectified"].eq(True).fillna(False)


def _found(rows: pd.DataFrame) -> pd.Series:
    """Something is written that was found; 无 and 未发现问题 is nothing."""
    return rows["finding"].notna() & ~rows["finding"].str.fullmatch(_NOTHING_WRONG).fillna(False).astype(bool)


def _lights(done: pd.Series, late: pd.Series) -> pd.Series:
    lights = pd.Series(AMBER, index=done.index, dtype="str")
    return lights.mask(late.fillna(False).astype(bool), RED).mask(done.astype(bool), GREEN)


def _last(rows: pd.DataFrame, field: str) -> pd.Series:
    return last_day(rows[field], precision_of(rows, field))


def _left(rows: pd.DataFrame, field: str, seen: Seen) -> pd.Series:
    """Days from the day of the ledger to the last day that a date may mean (Int64)."""
    return (_last(rows, field) - pd.Timestamp(seen.as_of)).dt.days.astype("Int64")


_OF_PROBLEMS = ("deadline", "status", "closed_on")
_OF_INSPECTIONS = ("finding", "deadline", "rectified", "rectified_on")
_OF_PAPERS = ("due_on", "filed_on", "status")
_OF_PROJECTS = ("planned_finish", "actual_finish", "status")
_LIGHTS = {GREEN: "good", AMBER: "warning", RED: "error"}
_DAYS = "0;[Red]-0"
DEADLINES = (
    Derived("light", "颜色", "problem", _OF_PROBLEMS, problem_light, width=6, tints=_LIGHTS),
    Derived("days_left", "距期限", "problem", _OF_PROBLEMS, problem_days_left, unit="天", width=8, number_format=_DAYS),
    Derived("light", "颜色", "inspection", _OF_INSPECTIONS, inspection_light, width=6, tints=_LIGHTS),
    Derived(
        "days_left",
        "距期限",
        "inspection",
        _OF_INSPECTIONS,
        inspection_days_left,
        unit="天",
        width=8,
        number_format=_DAYS,
    ),
    Derived("handed_in", "报送情况", "document", _OF_PAPERS, handed_in, tints={"迟报": "warning", "过期未报": "error"}),
    Derived("days_late", "迟报", "document", _OF_PAPERS, days_late, unit="天", width=8),
    Derived(
        "on_schedule",
        "完工情况",
        "project",
        _OF_PROJECTS,
        on_schedule,
        width=12,
        tints={"延期完工": "warning", "逾期未完工": "error"},
    ),
    Derived("days", "天数", "leave", ("started_on", "ended_on"), days_away, width=6),
)
"""The columns of ledgers that say how work stands against its deadlines."""
