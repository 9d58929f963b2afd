"""Metrics of what was done for recipients: measures, deeds, training, money, and what they think of it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import column, last_day
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import items, of_households, origin, places
from bangfu_excel.assess.metrics.responsible import people, units_of
from bangfu_excel.core.metric import Metric

_NOT_DONE, _GOING_ON = ("未启动", "已终止"), "实施中"
_SATISFIED, _ASKED = ("满意", "基本满意"), ("满意", "基本满意", "不满意")
_INCOME = "收入"
_AREAS = ("village", "township", "county")


def _helped(counting: Counting) -> pd.DataFrame:
    """A row a pair of the day: whether anything was done for the household in the year, or in the programme if that began later."""
    pairs = counting.counted.pairings
    pairs = pairs[pairs["active"]].reset_index(drop=True)
    household = pairs["household"].to_numpy(np.int64)
    facts = counting.facts
    start = max(dt.date(counting.asked.period.start.year, 1, 1), counting.asked.scheme.start or dt.date.min)
    measures = counting.table("measure")
    begun = column(measures, "started_on", "datetime64[ns]")
    status = column(measures, "status")
    over = last_day(measures, "ended_on").fillna(begun.where(status.ne(_GOING_ON).fillna(True)))
    during = (begun <= pd.Timestamp(counting.last)) & ~(over < pd.Timestamp(start))
    counts = during & ~status.isin(_NOT_DONE)
    helped = facts.households["key"].isin(column(measures, "_recipient")[counts].dropna()).to_numpy()
    said = of_households(facts, household) | {
        "helper": facts.helpers["key"].to_numpy(dtype=object)[pairs["helper"].to_numpy(np.int64)],
        "unit": np.array(facts.units, dtype=object)[pairs["unit"].to_numpy(np.int64)],
    }
    return items({**said, "item": household, "top": helped[household].astype(float), "bottom": 1.0}, len(pairs))


def _deeds(counting: Counting) -> pd.DataFrame:
    rows = counting.table("measure")
    begun = column(rows, "started_on", "datetime64[ns]")
    rows = rows[counting.within(begun) & ~column(rows, "status").isin(_NOT_DONE)].reset_index(drop=True)
    return _of_people(counting, rows, "started_on", {"what": column(rows, "category").fillna("").to_numpy()})


def _trainings(counting: Counting) -> pd.DataFrame:
    rows = counting.table("training")
    rows = rows[counting.within(column(rows, "held_on", "datetime64[ns]"))].reset_index(drop=True)
    said = {
        "what": column(rows, "title").fillna("").to_numpy(),
        "unit": units_of(counting, column(rows, "unit")).to_numpy(),
    }
    return items({**_when(counting, rows, "held_on"), **said}, len(rows))


def _funds(counting: Counting) -> pd.DataFrame:
    """Of a gift the donor is the unit, of what has no donor among the units the one that kept it."""
    rows = counting.table("fund")
    spent = column(rows, "direction").ne(_INCOME).fillna(True) & column(rows, "amount", "Float64").notna()
    rows = rows[counting.within(column(rows, "moved_on", "datetime64[ns]")) & spent].reset_index(drop=True)
    donor, keeper = (units_of(counting, column(rows, name)) for name in ("donor", "keeper"))
    said = {
        "what": column(rows, "item").fillna("").to_numpy(),
        "unit": donor.where(donor.isin(counting.facts.units), keeper).to_numpy(),
        "top": column(rows, "amount", "Float64").to_numpy(float),
    }
    return items({**_when(counting, rows, "moved_on"), **said}, len(rows))


def _satisfied(counting: Counting) -> pd.DataFrame:
    rows = counting.table("feedback")
    said = column(rows, "satisfaction")
    rows = rows[counting.within(column(rows, "asked_on", "datetime64[ns]")) & said.isin(_ASKED)].reset_index(drop=True)
    said = column(rows, "satisfaction")
    return _of_people(
        counting,
        rows,
        "asked_on",
        {"what": said.to_numpy(), "top": said.isin(_SATISFIED).to_numpy(float), "bottom": 1.0},
    )


def _of_people(counting: Counting, rows: pd.DataFrame, date: str, said: dict[str, object]) -> pd.DataFrame:
    return people(counting, rows, items({**_when(counting, rows, date), **said}, len(rows)))


def _when(counting: Counting, rows: pd.DataFrame, date: str) -> dict[str, object]:
    return {**places(counting, rows), **origin(rows), "date": column(rows, date, "datetime64[ns]").to_numpy()}


MEASURE_RATE = Metric(
    "measure_rate", "帮扶措施落实率", "rate", "%", "有措施的户（对象）", "结对户（对象）",
    "截止日结对在执行的每户（每个对象）为一项，本年（实施期更晚开始的从实施期起）到截止日有帮扶措施的为落实；没有启动和已经终止的措施不算。", ("pairing", "measure"),
    _helped, levels=("helper", "group", "unit", "school", *_AREAS),
)  # fmt: skip
DEED_COUNT = Metric(
    "deed_count", "办实事件数", "count", "件", "帮扶措施和实事", "",
    "统计期内开始的帮扶措施和实事，一条一件；没有启动和已经终止的不算。几人合办的各算一件，单位、乡镇和全县只算一件。", ("measure",), _deeds,
    levels=("helper", "group", "unit", "school", *_AREAS),
)  # fmt: skip
TRAINING_COUNT = Metric(
    "training_count", "培训期数", "count", "期", "举办的培训", "",
    "统计期内举办的培训，按第一天计，一条一期；单位按举办单位，乡镇、村按培训所在的地方。", ("training",), _trainings, levels=("unit", "school", *_AREAS),
)  # fmt: skip
FUND_SUM = Metric(
    "fund_sum", "投入资金", "sum", "元", "支出金额", "",
    "统计期内发出的资金和物资折款（收支方向没有填的也算），没有金额的不算；单位按捐赠方，捐赠方不是帮扶单位的按收支单位，乡镇、村按受助的一方。",
    ("fund",), _funds, levels=("unit", "school", *_AREAS),
)  # fmt: skip
SATISFACTION = Metric(
    "satisfaction", "满意度", "rate", "%", "满意和基本满意", "表了态的",
    "统计期内征求意见的每条为一项，满意和基本满意的算满意；没有填和不了解的不算在内。帮扶人按所征求意见的帮扶人，没有做调查的为缺项。", ("feedback",), _satisfied,
    levels=("helper", "group", "unit", "school", *_AREAS),
)  # fmt: skip
METRICS = (MEASURE_RATE, DEED_COUNT, TRAINING_COUNT, FUND_SUM, SATISFACTION)
