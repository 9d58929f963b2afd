"""How a plan is assessed: indicators and how they score, grades, and what follows from them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from bangfu_excel.core.scheme.element import Element, Strict
from bangfu_excel.core.scheme.indicator import Indicator, Scored
from bangfu_excel.core.scheme.work import Requirement

AssessedLevel = Literal["helper", "group", "unit", "school", "teacher", "headmaster", "village", "township", "county"]


class Grade(Strict):
    """A grade: scores from `least` up to, but not reaching, `below`; the highest has no upper end (a bonus may exceed the full score).

    quota: the share of those ranked who may have it, rounded down to whole ones; None: as many as reach it.
    """

    title: str = Field(title="等次")
    least: float = Field(ge=0, title="分数从")
    below: float = Field(title="低于")
    quota: float | None = Field(default=None, gt=0, le=1, title="名额比例")


class Consequence(Element):
    """What may follow from an assessment."""

    veto: bool = Field(default=False, title="一票否决")
    cancels: bool = Field(default=False, title="取消资格，须改派")
    by_hand: bool = Field(default=True, title="人工决定，须写文号或理由")


class DatedAssessing(Strict):
    """What holds from a day on, in place of what was said before; what it does not name goes on.

    indicators: id → the numbers that change (weight 0: the line no longer counts) · grades: all of them, where they change.
    """

    since: dt.date = Field(title="自")
    basis: str = Field(min_length=1, title="依据")
    document_number: str | None = Field(default=None, title="考核办法文号")
    total: float | None = Field(default=None, gt=0, title="满分")
    bonus_most: float | None = Field(default=None, ge=0, title="加分合计至多")
    indicators: Mapping[str, Scored] = Field(default_factory=dict, title="指标")
    grades: tuple[Grade, ...] | None = Field(default=None, title="等次")


class Assessing(Strict):
    """The score sheet of a plan; `document_number` empty: a trial, without grades.

    bonus_most: the most that all bonuses together may add, None: no limit but each one's own ·
    dated: what changes on a day; `on` gives what held on one.
    """

    document_number: str = Field(default="", title="考核办法文号")
    total: float = Field(default=100, gt=0, title="满分")
    bonus_most: float | None = Field(default=None, ge=0, title="加分合计至多")
    levels: tuple[AssessedLevel, ...] = Field(default=(), title="考核到")
    points: tuple[Requirement, ...] = Field(default=(), title="怎么考核")
    indicators: tuple[Indicator, ...] = Field(default=(), title="指标")
    grades: tuple[Grade, ...] = Field(default=(), title="等次")
    dated: tuple[DatedAssessing, ...] = Field(default=(), title="何时起改变")
    rewards: tuple[Consequence, ...] = Field(default=(), title="奖励")
    penalties: tuple[Consequence, ...] = Field(default=(), title="惩处（由轻到重）")

    def line(self, line_id: str) -> Indicator:
        """The line of that id; `KeyError` where there is none."""
        return {one.id: one for one in self.indicators}[line_id]

    @property
    def is_trial(self) -> bool:
        """Whether the county's document has no number yet: there are no grades."""
        return not self.document_number.strip()

    @property
    def own(self) -> tuple[Indicator, ...]:
        """The lines that add up to the full score: neither beside it nor part of a composite."""
        parts = {part for one in self.indicators for part in one.parts}
        return tuple(one for one in self.indicators if not one.is_beside and one.id not in parts)

    @property
    def bands(self) -> tuple[Grade, ...]:
        """The grades, the highest first."""
        return tuple(sorted(self.grades, key=lambda grade: -grade.least))

    def on(self, day: dt.date) -> Assessing:
        """The score sheet that held on a day: every change up to it, in order, none after it (`dated` is empty)."""
        found = self.model_copy(update={"dated": ()})
        for change in sorted(self.dated, key=lambda one: one.since):
            if change.since <= day:
                found = found.changed(change)
        return found

    def changed(self, change: DatedAssessing) -> Assessing:
        """The score sheet with what a change says in place of its own; `ValueError` where it does not hold together."""
        ids = [one.id for one in self.indicators]
        for line in change.indicators:
            if line not in ids:
                raise ValueError(f"没有代号为“{line}”的指标")
        said = {name: getattr(self, name) for name in self.model_fields_set}
        for name in ("document_number", "total", "bonus_most", "grades"):
            if name in change.model_fields_set:
                said[name] = getattr(change, name)
        said["indicators"] = tuple(_changed(one, change.indicators.get(one.id)) for one in self.indicators)
        try:
            return Assessing.model_validate(said)
        except ValidationError as error:
            raise ValueError(_reasons(error)) from error

    @model_validator(mode="after")
    def _made_of(self) -> Assessing:
        ids = [indicator.id for indicator in self.indicators]
        if len(set(ids)) < len(ids):
            raise ValueError("有两项指标（indicators）用了同一个 id")
        for indicator in self.indicators:
            for part in indicator.parts:
                if part not in ids or part == indicator.id:
                    raise ValueError(f"指标“{indicator.id}”由“{part}”组成（parts），没有这项指标")
                if self.line(part).is_beside or self.line(part).parts:
                    raise ValueError(
                        f"指标“{indicator.id}”的组成（parts）“{part}”不能是加分、否决、酌情扣分或另一项平均"
                    )
            weights = [self.line(part).weight for part in indicator.parts]
            if weights and sum(weights) / len(weights) < indicator.weight - 1e-9:
                raise ValueError(
                    f"指标“{indicator.id}”的各项组成（parts）都得满分，平均也不到它的分值{indicator.weight:g}"
                )
        return self

    @model_validator(mode="after")
    def _adds_up(self) -> Assessing:
        own = [indicator.weight for indicator in self.own]
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
    def _quotas(self) -> Assessing:
        bands = self.bands
        for higher, lower in pairwise(bands):
            if lower.quota and not higher.quota:
                raise ValueError(f"等次“{lower.title}”有名额（quota），比它高的“{higher.title}”也要有名额")
        if bands and bands[-1].quota:
            raise ValueError(f"最低的等次“{bands[-1].title}”不能有名额（quota）：没有再低的等次")
        return self

    @model_validator(mode="after")
    def _holds_on_every_day(self) -> Assessing:
        days = sorted(change.since for change in self.dated)
        for day in days:
            if days.count(day) > 1:
                raise ValueError(f"有两段改变（dated）都从{day:%Y-%m-%d}起，只能留一段")
            try:
                self.on(day)
            except ValueError as error:
                raise ValueError(f"从{day:%Y-%m-%d}起（dated）{error}") from error
        return self


def _changed(line: Indicator, change: Scored | None) -> Indicator:
    try:
        return line.changed(change) if change else line
    except ValidationError as error:
        raise ValueError(f"指标“{line.id}”：{_reasons(error)}") from error


def _reasons(error: ValidationError) -> str:
    return "；".join(str(one["ctx"]["error"]) if "ctx" in one else one["msg"] for one in error.errors())
