"""How a plan is assessed: indicators and how they score, grades, and what follows from them."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from bangfu_excel.core.scheme.element import Element, Strict
from bangfu_excel.core.scheme.work import Requirement

Mode = Literal[
    "all-or-nothing", "per-occurrence", "per-step", "threshold", "minimum-count", "missing-item",
    "composite", "survey", "bonus", "self-check", "veto", "discretion",
]  # fmt: skip
BESIDE: tuple[Mode, ...] = ("bonus", "veto", "discretion")
"""Modes that stand beside the full score: their weights do not add up to it."""

AssessedLevel = Literal["helper", "group", "unit", "school", "teacher", "headmaster", "village", "township", "county"]


class Indicator(Element):
    """One line of a score sheet.

    weight: its points; of a bonus the most that it may add · step, deduct: points per occurrence, or per step of a rate ·
    threshold: rate or count from which it scores · tolerance: difference of self-score and check from which it is re-checked ·
    parts: indicators that a composite is made of, the mean of them.
    """

    id: str = Field(title="代号")
    title: str = Field(title="名称")
    mode: Mode = Field(title="计分方式")
    weight: float = Field(default=0, ge=0, title="分值")
    deduct: float | None = Field(default=None, gt=0, title="每次扣分")
    step: float | None = Field(default=None, gt=0, title="每一档")
    threshold: float | None = Field(default=None, ge=0, title="达标线")
    tolerance: float | None = Field(default=None, ge=0, le=1, title="自评与核查相差")
    parts: tuple[str, ...] = Field(default=(), title="组成")
    reason_needed: bool = Field(default=False, title="须写明理由")

    @model_validator(mode="after")
    def _complete(self) -> Indicator:
        needed = {
            "per-occurrence": ("deduct",),
            "per-step": ("deduct", "step"),
            "threshold": ("threshold",),
            "minimum-count": ("threshold",),
            "self-check": ("tolerance",),
        }
        missing = [name for name in needed.get(self.mode, ()) if getattr(self, name) is None]
        if self.mode == "composite" and not self.parts:
            missing.append("parts")
        if missing:
            raise ValueError(f"这种计分方式（{self.mode}）还要写{'、'.join(missing)}")
        return self


class Grade(Strict):
    """A grade: scores from `least` up to, but not reaching, `below`; the highest reaches the full score."""

    title: str = Field(title="等次")
    least: float = Field(ge=0, title="分数从")
    below: float = Field(title="低于")
    quota: float | None = Field(default=None, gt=0, le=1, title="名额比例")


class Consequence(Element):
    """What may follow from an assessment."""

    veto: bool = Field(default=False, title="一票否决")
    cancels: bool = Field(default=False, title="取消资格，须改派")
    by_hand: bool = Field(default=True, title="人工决定，须写文号或理由")


class Assessing(Strict):
    """The score sheet of a plan; `document_number` empty: a trial, without grades."""

    document_number: str = Field(default="", title="考核办法文号")
    total: float = Field(default=100, gt=0, title="满分")
    levels: tuple[AssessedLevel, ...] = Field(default=(), title="考核到")
    points: tuple[Requirement, ...] = Field(default=(), title="怎么考核")
    indicators: tuple[Indicator, ...] = Field(default=(), title="指标")
    grades: tuple[Grade, ...] = Field(default=(), title="等次")
    rewards: tuple[Consequence, ...] = Field(default=(), title="奖励")
    penalties: tuple[Consequence, ...] = Field(default=(), title="惩处（由轻到重）")

    @model_validator(mode="after")
    def _adds_up(self) -> Assessing:
        own = [indicator.weight for indicator in self.indicators if indicator.mode not in BESIDE]
        if own and not math.isclose(sum(own), self.total, abs_tol=1e-9):
            raise ValueError(f"各项指标的分值（indicators 的 weight）合计{sum(own):g}，不等于满分{self.total:g}")
        return self

    @model_validator(mode="after")
    def _banded(self) -> Assessing:
        bands = sorted(self.grades, key=lambda grade: (grade.least, grade.below))
        for band in bands:
            if band.below <= band.least:
                raise ValueError(f"等次“{band.title}”的上限（below）不大于下限（least）")
        for lower, upper in pairwise(bands):
            if upper.least < lower.below:
                raise ValueError(f"等次“{upper.title}”和“{lower.title}”重叠：{upper.least:g}–{lower.below:g}分")
            if upper.least > lower.below:
                raise ValueError(f"等次“{lower.title}”和“{upper.title}”之间有空档：{lower.below:g}–{upper.least:g}分")
        if bands and (bands[0].least, bands[-1].below) != (0, self.total):
            raise ValueError(f"等次要从0分起、到满分{self.total:g}止，没有空档")
        return self

    @model_validator(mode="after")
    def _made_of(self) -> Assessing:
        ids = [indicator.id for indicator in self.indicators]
        if len(set(ids)) < len(ids):
            raise ValueError("有两项指标（indicators）用了同一个 id")
        for indicator in self.indicators:
            for part in indicator.parts:
                if part not in ids or part == indicator.id:
                    raise ValueError(f"指标“{indicator.id}”由“{part}”组成（parts），没有这项指标")
        return self
