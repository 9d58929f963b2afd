"""Metrics of children: files, and who is at school. What is not said of a child stands in neither part of a rate."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from bangfu_excel.assess.facts import column
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.assess.metrics.items import items, origin, places
from bangfu_excel.assess.metrics.paired import meant
from bangfu_excel.core.metric import Metric

_COMPULSORY = ("小学", "初中", "特殊教育")
_AT_SCHOOL = (*_COMPULSORY, "高中", "中职", "大专及以上")
_LEFT = "辍学"
_YEARS = (6, 15)
"""Compulsory education is from the sixth to the fifteenth birthday, as of 31 August before the school year."""
_LEVELS = ("school", "village", "township", "county")


def _files(counting: Counting) -> pd.DataFrame:
    rows = _children(counting)
    said = column(rows, "file_made", "boolean")
    return _rate(counting, rows[said.notna()], said.eq(True)[said.notna()])


def _enrolled(counting: Counting) -> pd.DataFrame:
    rows = _children(counting)
    stage = column(rows, "stage")
    asked = _of_age(rows, counting.asked.day) & stage.notna()
    return _rate(counting, rows[asked], stage.isin(_AT_SCHOOL)[asked])


def _retained(counting: Counting) -> pd.DataFrame:
    rows = _children(counting)
    stage = column(rows, "stage")
    asked = stage.isin((*_COMPULSORY, _LEFT))
    return _rate(counting, rows[asked], stage.ne(_LEFT)[asked])


def _children(counting: Counting) -> pd.DataFrame:
    rows = counting.table("child")
    return rows.assign(_recipient=column(rows, "_key"))[meant(rows, counting.asked.scheme)]


def _rate(counting: Counting, rows: pd.DataFrame, met: pd.Series) -> pd.DataFrame:
    where = places(counting, rows) | {"whom": column(rows, "name").fillna("").to_numpy()}
    return items(
        {
            **where,
            **origin(rows),
            "what": column(rows, "stage").fillna("").to_numpy(),
            "top": met.to_numpy(float),
            "bottom": 1.0,
        },
        len(rows),
    )


def _of_age(rows: pd.DataFrame, day: dt.date) -> pd.Series:
    """True for children of an age for compulsory education; by date of birth, else by number, else by the age that is stated."""
    start = pd.Timestamp(day.year if (day.month, day.day) >= (8, 31) else day.year - 1, 8, 31)
    number = column(rows, "id_number").str.extract(r"^\d{6}(\d{8})", expand=False)
    born = column(rows, "birth_date", "datetime64[ns]").fillna(pd.to_datetime(number, format="%Y%m%d", errors="coerce"))
    years = start.year - born.dt.year - (born.dt.month * 100 + born.dt.day > 831)
    years = years.astype("Float64").fillna(column(rows, "age", "Float64"))
    return ((years >= _YEARS[0]) & (years < _YEARS[1])).fillna(False).astype(bool)


FILE_RATE = Metric(
    "file_rate", "建档率", "rate", "%", "已建档", "登记儿童",
    "儿童档案里本方案的孩子每个为一项，是否建档填“是”的为已建档；没有填是否建档的不算在内，写明属于别的类别的孩子也不算。",
    ("child",), _files, levels=_LEVELS,
)  # fmt: skip
ENROL_RATE = Metric(
    "enrol_rate", "入学率", "rate", "%", "在学", "适龄儿童",
    "截止日之前最近一个8月31日已满6周岁、未满15周岁的孩子每个为一项，就学情况是小学、初中、特殊教育或更高学段的为在学；"
    "没有填就学情况或出生日期的不算在内，写明属于别的类别的孩子也不算。", ("child",), _enrolled, levels=_LEVELS,
)  # fmt: skip
RETENTION_RATE = Metric(
    "retention_rate", "巩固率", "rate", "%", "没有辍学", "在学和辍学的",
    "就学情况是小学、初中、特殊教育或辍学的孩子每个为一项，没有辍学的占多少；不是按入学年份跟踪毕业人数的巩固率。没有填就学情况的不算在内，"
    "写明属于别的类别的孩子也不算。", ("child",), _retained, levels=_LEVELS,
)  # fmt: skip
METRICS = (FILE_RATE, ENROL_RATE, RETENTION_RATE)
