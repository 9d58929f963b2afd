"""What is unusual of a household's income, land and house; off, because the national system asks it and many are so all the same."""

from __future__ import annotations

import pandas as pd

from bangfu_excel.core.finding import Severity
from bangfu_excel.core.message import Subject
from bangfu_excel.core.rule import Given, Rule, rule


@rule(
    "EC06", "工资性收入偏低", severity=Severity.WARNING, reads=("wage_income",), at=("wage_income",), limits={"yuan": 100}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，不到{yuan}元", suggests="请核对工资性收入和单位，没有的填0", basis="DOMAIN EC06", subject=Subject.ECONOMY,
)  # fmt: skip
def wages_of_a_few_yuan(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Wages, but hardly any."""
    return (rows["wage_income"] > 0) & (rows["wage_income"] < given.limits(wages_of_a_few_yuan)["yuan"])


@rule(
    "EC08", "每名劳动力的工资偏低", severity=Severity.WARNING, reads=("wage_income", "labour_count"), at=("wage_income", "labour_count"),
    limits={"yuan": 500}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，劳动力{labour_count}人，每人不到{yuan}元", suggests="请核对工资性收入和劳动力人数",
    basis="DOMAIN EC08（2013年的限值）", subject=Subject.ECONOMY,
)  # fmt: skip
def wages_of_each_worker(rows: pd.DataFrame, given: Given) -> pd.Series:
    """Wages that are little for each who can work."""
    each = rows["wage_income"] / rows["labour_count"].mask(rows["labour_count"] <= 0)
    return (rows["wage_income"] > 0) & (each < given.limits(wages_of_each_worker)["yuan"])


@rule(
    "EC09", "耕地面积偏大", severity=Severity.WARNING, reads=("farmland_mu",), at=("farmland_mu",), limits={"mu": 100}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，超过{mu}亩", suggests="请核对面积和单位", basis="DOMAIN EC09", subject=Subject.ECONOMY,
)  # fmt: skip
def much_farmland(rows: pd.DataFrame, given: Given) -> pd.Series:
    """More land than a household has."""
    return rows["farmland_mu"] > given.limits(much_farmland)["mu"]


@rule(
    "EC10", "人均耕地偏大", severity=Severity.WARNING, reads=("farmland_mu", "member_count"), at=("farmland_mu", "member_count"),
    limits={"mu": 8}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，家庭人口数{member_count}人，人均超过{mu}亩", suggests="请核对耕地面积和家庭人口数",
    basis="DOMAIN EC10", subject=Subject.ECONOMY,
)  # fmt: skip
def much_farmland_a_head(rows: pd.DataFrame, given: Given) -> pd.Series:
    """More land a head than there is."""
    each = rows["farmland_mu"] / rows["member_count"].mask(rows["member_count"] <= 0)
    return each > given.limits(much_farmland_a_head)["mu"]


@rule(
    "EC11", "住房面积异常", severity=Severity.WARNING, reads=("house_area",), at=("house_area",), limits={"least": 10, "most": 300}, enabled=False,
    says="第{row}行“{label}”填的是“{value}”，不在{least}至{most}平方米之间", suggests="请核对住房面积和单位", basis="DOMAIN EC11",
    subject=Subject.ECONOMY,
)  # fmt: skip
def house_of_unusual_size(rows: pd.DataFrame, given: Given) -> pd.Series:
    """A house in which nobody lives, or a hall. Without a house the area is 0."""
    limits = given.limits(house_of_unusual_size)
    return (rows["house_area"] > 0) & ~rows["house_area"].between(limits["least"], limits["most"])


RULES: tuple[Rule, ...] = (
    wages_of_a_few_yuan,
    wages_of_each_worker,
    much_farmland,
    much_farmland_a_head,
    house_of_unusual_size,
)
