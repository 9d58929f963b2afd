"""Metrics of pairings: who of those registered is paired."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import column, household_key
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import items, of_households, origin, places
from bangfu_excel.core.metric import Metric
from bangfu_excel.core.scheme import Scheme

_NAMES = {"household": "head_name", "child": "name", "village": "village"}


def registered(counting: Counting) -> pd.DataFrame:
    """A row a registered recipient of the kinds and categories that the scheme names: key, the columns of `places` and of `origin`."""
    parts = [_registered(counting, table) for table in counting.asked.scheme.rosters]
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["key"])
    return found.drop_duplicates("key", ignore_index=True)


def _registered(counting: Counting, table: str) -> pd.DataFrame:
    rows = counting.table(table)
    key = household_key(rows) if table == "household" else column(rows, "_key")
    rows = rows.assign(_recipient=key)[key.notna()]
    if table == "child":
        rows = rows[meant(rows, counting.asked.scheme)]
    rows = rows.reset_index(drop=True)
    found = pd.DataFrame({"key": column(rows, "_recipient"), **places(counting, rows), **origin(rows)})
    return found.assign(whom=column(rows, _NAMES[table]).fillna(found["whom"]))


def meant(children: pd.DataFrame, scheme: Scheme) -> pd.Series:
    """Every child that is not said to be of other categories only than the scheme's."""
    named = [category.code for category in scheme.recipients.categories]
    stated = column(children, "category")
    if not named:
        return pd.Series(True, index=children.index)
    return stated.isna() | stated.str.split("、").map(lambda said: bool(set(said) & set(named)), na_action="ignore").eq(
        True
    )


def paired_on(counting: Counting, day: dt.date) -> pd.Index:
    """Keys of the recipients whose pairing is in effect on a day."""
    rows, moment = counting.facts.pairings, pd.Timestamp(day)
    active = rows[~(rows["started"] > moment) & ~(rows["ended"] < moment)]
    return pd.Index(counting.facts.households["key"].take(active["household"].unique()))


def _paired(counting: Counting) -> pd.DataFrame:
    rows = registered(counting)
    top = rows["key"].isin(paired_on(counting, counting.asked.day)).to_numpy(float)
    said = {name: rows[name] for name in rows.columns if name != "key"}
    return items({**said, "item": np.arange(len(rows)), "top": top, "bottom": 1.0}, len(rows))


def _grown(counting: Counting) -> pd.DataFrame:
    """A row a recipient that is paired on the day or was on the same day a year before."""
    day = pd.Timestamp(counting.asked.day)
    now, then = (paired_on(counting, moment.date()) for moment in (day, day - pd.DateOffset(years=1)))
    households = counting.facts.households
    at = np.flatnonzero(households["key"].isin(now.union(then)))
    key = households["key"].take(at)
    before = key.isin(then).to_numpy(float)
    said = of_households(counting.facts, at)
    return items({**said, "item": at, "top": key.isin(now).to_numpy(float) - before, "bottom": before}, len(at))


PAIRING_RATE = Metric(
    "pairing_rate", "结对率", "rate", "%", "已结对", "登记在册",
    "名册上登记的本方案帮扶对象（户、儿童或村）每个为一项，截止日有结对在执行的为已结对。孩子写明属于别的类别的不算。", ("pairing",), _paired,
    levels=("school", "village", "township", "county"),
)  # fmt: skip
PAIRING_GROWTH = Metric(
    "pairing_growth", "结对户数增长", "rate", "%", "增加的户数", "一年前结对户数",
    "截止日结对在执行的户数，与一年前同一天相比增加（减少的为负）多少，除以一年前的户数；一年前没有结对的不计算。", ("pairing",), _grown,
    levels=("village", "township", "county"),
)  # fmt: skip
METRICS = (PAIRING_RATE, PAIRING_GROWTH)
