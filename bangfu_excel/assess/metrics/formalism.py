"""Signs of visiting for the record (疑点): shown to be looked into, scored only where a scheme says so."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import column
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import items, origin, places
from bangfu_excel.core.assessment import MODES
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.metric import Metric

_LONG_ENOUGH = 10
_LAST_DAYS = 3
_HOME, _OTHER = list(MODES).index("home"), list(MODES).index("other")
_LEVELS = ("helper", "group", "unit", "school", "village", "township", "county")


def _visits(counting: Counting) -> pd.DataFrame:
    """The visits of the period of which a helper is known, a row a record and visitor."""
    visits = counting.counted.visits
    return visits[visits["helper"] >= 0].reset_index(drop=True)


def _items(counting: Counting, rows: pd.DataFrame, said: dict[str, object]) -> pd.DataFrame:
    facts = counting.facts
    at = rows["record"].to_numpy(np.int64)
    records = counting.table("visit").take(at).reset_index(drop=True)
    whose = {
        "helper": facts.helpers["key"].to_numpy(dtype=object)[rows["helper"].to_numpy(np.int64)],
        "unit": np.array(facts.units, dtype=object)[rows["unit"].to_numpy(np.int64)],
        "date": rows["date"].to_numpy(),
    }
    return items({**places(counting, records), **origin(records), **whose, "item": at, **said}, len(rows))


def _same_texts(counting: Counting) -> pd.DataFrame:
    """Every visit that has the words of another visit to another household by the same visitor; one row of several is one visit."""
    rows = _visits(counting)
    words = each_once(column(counting.table("visit"), "content"), fold)
    rows["words"] = words.take(rows["record"].to_numpy()).to_numpy(dtype=object)
    rows = rows[(rows["household"] >= 0) & (rows["words"].str.len() >= _LONG_ENOUGH).fillna(False)]
    same = rows.groupby(["helper", "words"])
    alike = (same["household"].transform("nunique") > 1) & (same["trip"].transform("nunique") > 1)
    rows = rows[alike].reset_index(drop=True)
    content = column(counting.table("visit"), "content").take(rows["record"].to_numpy()).to_numpy(dtype=object)
    return _items(counting, rows, {"what": content})


def _many_a_day(counting: Counting) -> pd.DataFrame:
    """One visit of each day on which a helper was in person with more households than he can well visit."""
    rows = _visits(counting)
    rows = rows[(rows["household"] >= 0) & rows["mode"].isin([_HOME, _OTHER])]
    rows["number"] = rows.groupby(["helper", "date"])["household"].transform("nunique")
    most = MANY_A_DAY.limits_among(counting.thresholds)["households"]
    rows = rows[rows["number"] > most].drop_duplicates(["helper", "date"]).reset_index(drop=True)
    return _items(counting, rows, {"what": "一天走访" + rows["number"].astype("str") + "户"})


def _bunched(counting: Counting) -> pd.DataFrame:
    rows = _visits(counting)
    late = rows["date"].dt.days_in_month - rows["date"].dt.day < _LAST_DAYS
    return _items(counting, rows, {"item": rows["trip"].to_numpy(), "top": late.to_numpy(float), "bottom": 1.0})


SAME_TEXTS = Metric(
    "same_texts", "走访内容雷同", "count", "条", "雷同的走访记录", "",
    f"同一人对不同户（对象）的走访内容一字不差（不少于{_LONG_ENOUGH}个字），每条记录为一项。只作疑点，请核实。", ("visit",), _same_texts, better="less",
    levels=_LEVELS, signal=True,
)  # fmt: skip
MANY_A_DAY = Metric(
    "many_a_day", "一天走访过多", "count", "人天", "走访过多的人天", "",
    "一人一天当面走访超过{households:g}户（个对象）的每天为一项，集中走访和电话联系不算。只作疑点，请核实。", ("visit",), _many_a_day, better="less",
    levels=_LEVELS, signal=True, limits="PV12", unsaid={"households": 4},
)  # fmt: skip
MONTH_END_SHARE = Metric(
    "month_end_share", "月末走访占比", "rate", "%", "月末三天的走访", "全部走访",
    f"统计期内的走访，在每月最后{_LAST_DAYS}天的占多少；一次走访几户（几个对象）的算一次。只作疑点，请核实。", ("visit",), _bunched, better="less",
    levels=_LEVELS, signal=True,
)  # fmt: skip
METRICS = (SAME_TEXTS, MANY_A_DAY, MONTH_END_SHARE)
