"""Which visits each due window counted, and why the others were not: the evidence that a helper signs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bangfu_excel.assess.due import counts_as
from bangfu_excel.core.assessment import MODES, Assessment

COUNTED = "计入"
_HOUSEHOLD = "没有匹配到帮扶户"
_DAY = "没有写到日"
_PAIR = "不是结对户或不在应访时段"
_MODE = "这种方式不计"
_ELSEWHERE = "见各项要求"


def counted_pairs(a: Assessment) -> pd.DataFrame:
    """window, visit: positions in `a.windows` and `a.visits` of every visit that a window counted."""
    found = [pd.DataFrame({"window": [], "visit": []}, dtype="int64")]
    for cadence in a.scheme.evaluated:
        windows = a.windows[a.windows["rule"] == cadence.id].rename_axis("window").reset_index()
        visits = a.visits[counts_as(a.visits, cadence)].rename_axis("visit").reset_index()
        both = windows[["window", "helper", "household", "due_from", "due_to"]].merge(
            visits[["visit", "helper", "household", "date"]], on=["helper", "household"]
        )
        found.append(both.loc[both["date"].between(both["due_from"], both["due_to"]), ["window", "visit"]])
    return pd.concat(found, ignore_index=True)


def dates_counted(a: Assessment, pairs: pd.DataFrame) -> pd.Series:
    """Window → the days counted in it, joined with 、 (6月3日、6月17日)."""
    days = a.visits["date"].take(pairs["visit"].to_numpy()).reset_index(drop=True)
    rows = pd.DataFrame({"window": pairs["window"], "date": days}).drop_duplicates()
    rows = rows.sort_values(["window", "date"])
    shown = rows["date"].dt.month.astype("str") + "月" + rows["date"].dt.day.astype("str") + "日"
    return shown.groupby(rows["window"]).agg("、".join)


def outcomes(a: Assessment, pairs: pd.DataFrame) -> pd.Series:
    """Of each visit: 计入, or why it was not; where the plan has no windows for visits, that it stands among its requirements."""
    visits = a.visits
    allowed = [counts_as(visits, cadence).to_numpy() for cadence in a.scheme.evaluated]
    if not allowed:
        return pd.Series(_ELSEWHERE, index=visits.index, dtype="str")
    right = np.logical_or.reduce(allowed)
    told = pd.Series(_PAIR, index=visits.index, dtype="str")
    told = told.mask(~pd.Series(right, index=visits.index), _MODE)
    told = told.mask(~visits["day"].astype(bool), _DAY).mask(visits["household"] < 0, _HOUSEHOLD)
    told.loc[pairs["visit"].unique()] = COUNTED
    return told


def mode_words(visits: pd.DataFrame) -> list[str]:
    """How each visit was made, as the table has it."""
    words = list(MODES.values())
    labels = visits["mode_label"].tolist()
    return [
        str(label) if isinstance(label, str) and label else words[mode]
        for label, mode in zip(labels, visits["mode"].tolist(), strict=True)
    ]
