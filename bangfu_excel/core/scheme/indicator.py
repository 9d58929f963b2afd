"""One line of a score sheet: how it scores, and the numbers that it scores by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bangfu_excel.core.scheme.element import Declared, Element, Strict

Mode = Literal[
    "all-or-nothing", "per-occurrence", "per-step", "threshold", "minimum-count", "missing-item",
    "composite", "survey", "bonus", "self-check", "veto", "discretion",
]  # fmt: skip
BESIDE: tuple[Mode, ...] = ("bonus", "veto", "discretion")
"""Modes that stand beside the full score: their weights do not add up to it."""

Missing = Literal["rescale", "full", "zero"]

_KEYS: Mapping[Mode, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "all-or-nothing": (("weight",), ("target", "missing", "of")),
    "per-occurrence": (("weight", "deduct"), ("missing", "of")),
    "per-step": (("weight", "deduct", "step"), ("target", "missing", "of")),
    "threshold": (("weight", "threshold"), ("at_most", "missing", "of")),
    "minimum-count": (("weight", "threshold"), ("missing", "of")),
    "missing-item": (("weight",), ("target", "missing", "of")),
    "composite": (("weight", "parts"), ()),
    "survey": (("weight",), ("least_answers", "missing", "of")),
    "bonus": (("weight",), ("each", "of")),
    "self-check": (("weight", "tolerance"), ()),
    "veto": ((), ()),
    "discretion": ((), ("weight",)),
}
"""Mode → the keys that it needs, and those that it may have."""
_NUMBERS = ("weight", "deduct", "step", "threshold", "target", "tolerance", "each", "least_answers")
_OF_MODES = frozenset({*_NUMBERS, "parts", "at_most", "missing", "of"})


class Scored(Strict):
    """The numbers that a line scores by, None where nothing is said.

    weight: its points; of a bonus the most that it may add, of a discretion the most that it may take off ·
    deduct: points off for each occurrence, or for each step · step: width of a step of a rate (0.001: 0.1 percentage points) ·
    threshold: rate or count from which it scores · target: rate or count for full points ·
    tolerance: share of the weight by which self-score and check may differ · each: points for each occurrence ·
    least_answers: fewer make no survey · at_most: it scores below the threshold, not from it ·
    missing: nothing due at all (a rate of nothing) counts as 缺项 (rescale), full points or none.
    """

    weight: float | None = Field(default=None, ge=0, title="分值")
    deduct: float | None = Field(default=None, gt=0, title="每次扣分")
    step: float | None = Field(default=None, gt=0, title="每一档")
    threshold: float | None = Field(default=None, ge=0, title="达标线")
    target: float | None = Field(default=None, gt=0, title="目标值")
    tolerance: float | None = Field(default=None, ge=0, le=1, title="自评与核查相差")
    each: float | None = Field(default=None, gt=0, title="每次加分")
    least_answers: int | None = Field(default=None, ge=1, title="至少几份测评")
    at_most: bool | None = Field(default=None, title="低于达标线才得分")
    missing: Missing | None = Field(default=None, title="没有应办事项时")


class Indicator(Element, Scored):
    """One line of a score sheet.

    of: id of the metric whose figure it scores, "" where somebody types it in · weight, deduct … missing: see `Scored`; after loading
    those that the mode uses have their default (`target` 1, `least_answers` 1, `missing` rescale) ·
    parts: indicators that a composite is the mean of; they score only within it · reason_needed: what is typed in by hand
    counts only with a reason (of 一票否决 and 酌情扣分 always).
    """

    id: str = Field(title="代号")
    title: str = Field(title="名称")
    mode: Mode = Field(title="计分方式")
    of: Annotated[str, Declared("metric")] = Field(default="", title="取数指标")
    weight: float = Field(default=0, ge=0, title="分值")
    target: float = Field(default=1, gt=0, title="目标值")
    least_answers: int = Field(default=1, ge=1, title="至少几份测评")
    at_most: bool = Field(default=False, title="低于达标线才得分")
    missing: Missing = Field(default="rescale", title="没有应办事项时")
    parts: tuple[str, ...] = Field(default=(), title="组成")
    reason_needed: bool = Field(default=False, title="须写明理由")

    @model_validator(mode="after")
    def _complete(self) -> Indicator:
        needed, allowed = _KEYS[self.mode]
        said = {name for name in self.model_fields_set if getattr(self, name) is not None}
        if absent := [name for name in needed if name not in said]:
            raise ValueError(f"这种计分方式（{self.mode}）还要写{'、'.join(absent)}")
        if unused := sorted((said & _OF_MODES) - {*needed, *allowed}):
            raise ValueError(f"这种计分方式（{self.mode}）用不到{'、'.join(unused)}，请删去")
        if self.mode == "bonus" and bool(self.of) != (self.each is not None):
            raise ValueError("按指标加分的，取数指标（of）和每次加分（each）都要写")
        if self.mode == "composite" and not self.parts:
            raise ValueError("这种计分方式（composite）要写由哪些指标组成（parts）")
        return self

    @property
    def is_beside(self) -> bool:
        """Whether it stands beside the full score."""
        return self.mode in BESIDE

    @property
    def by_reason(self) -> bool:
        """Whether what is typed in by hand counts only with a reason (of a veto the document's number)."""
        return self.reason_needed or self.mode in ("veto", "discretion")

    @property
    def numbers(self) -> Mapping[str, float]:
        """Name → number of all that it scores by, defaults included: the cells that its formula refers to."""
        needed, allowed = _KEYS[self.mode]
        found = {name: getattr(self, name) for name in _NUMBERS if name in (*needed, *allowed)}
        if self.mode == "discretion" and not self.weight:
            return {}
        return {name: float(number) for name, number in found.items() if number is not None}

    def changed(self, change: Scored) -> Indicator:
        """The same line with other numbers; `ValidationError` where they do not go with its mode."""
        said = {**self.model_dump(exclude_unset=True), **change.model_dump(exclude_unset=True)}
        return Indicator.model_validate(said)
