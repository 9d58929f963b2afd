"""The modes that score a figure: all-or-nothing, per occurrence, per step, threshold, minimum count, missing item, survey."""

from __future__ import annotations

import numpy as np

from bangfu_excel.core.scheme import Indicator
from bangfu_excel.core.scoring.given import PLACES, Cells, Flags, Given, Numbers
from bangfu_excel.core.scoring.mode import Figured


def reaches(figure: Numbers, limit: float) -> Flags:
    """Whether a figure is a limit or more, compared to nine places."""
    return np.asarray(np.round(figure - limit, PLACES) >= 0)


def reaches_text(figure: str, limit: str) -> str:
    """`reaches` as an Excel condition."""
    return f"ROUND({figure}-{limit},{PLACES})>=0"


class AllOrNothing(Figured):
    """Full points from the target on, else none: 净完成数有1人不达标，该项不得分."""

    id = "all-or-nothing"
    says = "达到目标值得满分，达不到不得分"

    def core(self, line: Indicator, figure: Numbers) -> Numbers:
        return np.where(reaches(figure, line.target), line.weight, 0.0)

    def core_text(self, line: Indicator, cells: Cells, figure: str) -> str:
        return f"IF({reaches_text(figure, cells.target)},{cells.weight},0)"


class PerOccurrence(Figured):
    """Points off for each occurrence, none below 0: 发现一处错误扣2分，扣完30分为止. Less than none counts as none."""

    id = "per-occurrence"
    says = "每发生一次扣一次分，扣完为止"

    def core(self, line: Indicator, figure: Numbers) -> Numbers:
        return np.maximum(0.0, line.weight - (line.deduct or 0.0) * np.maximum(0.0, figure))

    def core_text(self, line: Indicator, cells: Cells, figure: str) -> str:
        return f"MAX(0,{cells.weight}-{cells.deduct}*MAX(0,{figure}))"


class PerStep(Figured):
    """Full at the target, points off for each whole step below it: 达标率100%计满分；每减少0.1个百分点扣1分，扣完为止."""

    id = "per-step"
    says = "达到目标值得满分，每低一档（满一档才算）扣一次分，扣完为止"

    def core(self, line: Indicator, figure: Numbers) -> Numbers:
        steps = np.floor(np.round((line.target - figure) / (line.step or 1.0), PLACES))
        return np.maximum(0.0, line.weight - (line.deduct or 0.0) * np.maximum(0.0, steps))

    def core_text(self, line: Indicator, cells: Cells, figure: str) -> str:
        steps = f"INT(ROUND(({cells.target}-{figure})/{cells.step},{PLACES}))"
        return f"MAX(0,{cells.weight}-{cells.deduct}*MAX(0,{steps}))"


class Threshold(Figured):
    """Full points from the threshold on; `at_most`: only below it (非贫困户被纳入帮扶范围5%以上的不得分: 5 % itself is too much)."""

    id = "threshold"
    says = "达到（或者低于）达标线得满分，否则不得分"

    def core(self, line: Indicator, figure: Numbers) -> Numbers:
        return np.where(reaches(figure, line.threshold or 0.0) != line.at_most, line.weight, 0.0)

    def core_text(self, line: Indicator, cells: Cells, figure: str) -> str:
        met, unmet = ("0", cells.weight) if line.at_most else (cells.weight, "0")
        return f"IF({reaches_text(figure, cells.threshold)},{met},{unmet})"


class MinimumCount(Figured):
    """Full points from a number on, else none: 至少2种宣传方式，否则不得分."""

    id = "minimum-count"
    says = "达到规定的次数（天数、种数）得满分，否则不得分"

    def core(self, line: Indicator, figure: Numbers) -> Numbers:
        return np.where(reaches(figure, line.threshold or 0.0), line.weight, 0.0)

    def core_text(self, line: Indicator, cells: Cells, figure: str) -> str:
        return f"IF({reaches_text(figure, cells.threshold)},{cells.weight},0)"


class MissingItem(Figured):
    """In proportion to the target; without anything due 缺项: 没有年度任务的按缺项考核计分."""

    id = "missing-item"
    says = "按完成目标值的比例得分，超过目标不加分；没有任务的按缺项，由其他各项折算"

    def core(self, line: Indicator, figure: Numbers) -> Numbers:
        return line.weight * np.maximum(0.0, np.minimum(1.0, figure / line.target))

    def core_text(self, line: Indicator, cells: Cells, figure: str) -> str:
        return f"{cells.weight}*MAX(0,MIN(1,{figure}/{cells.target}))"


class Survey(Figured):
    """The share of those content, of the weight; fewer answers (denominator) than `least_answers` are no survey, as none due."""

    id = "survey"
    says = "按满意的比例得分；测评份数不足的不算"

    def core(self, line: Indicator, figure: Numbers) -> Numbers:
        return line.weight * np.maximum(0.0, np.minimum(1.0, figure))

    def core_text(self, line: Indicator, cells: Cells, figure: str) -> str:
        return f"{cells.weight}*MAX(0,MIN(1,{figure}))"

    def most_entered(self, line: Indicator) -> float | None:
        return 1.0

    def is_nothing(self, line: Indicator, given: Given) -> Flags:
        return np.asarray(given.denominator < line.least_answers)

    def is_nothing_text(self, line: Indicator, cells: Cells) -> str:
        return f"AND(ISNUMBER({cells.denominator}),{cells.denominator}<{cells.least_answers})"
