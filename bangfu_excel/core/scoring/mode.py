"""What a scoring mode is: points and their Excel formula, declared side by side."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from bangfu_excel.core.scheme import Indicator
from bangfu_excel.core.scheme.indicator import Mode
from bangfu_excel.core.scoring.given import Cells, Flags, Given, Numbers, State, Words, has_text


@dataclass(frozen=True)
class ScoringMode(ABC):
    """One way to score a line.

    `points` and `formula` are one declaration: whatever one says of numbers the other says of the cells that hold them. NaN in
    Python is "" in Excel. Formulas hold no number of the scheme, only references to it.
    says: the rule in one sentence for a clerk · entered: what is typed in by hand, in the order of the input sheet.
    """

    id: ClassVar[Mode]
    says: ClassVar[str]
    entered: ClassVar[tuple[str, ...]] = ("manual", "reason")

    @abstractmethod
    def points(self, line: Indicator, given: Given) -> Numbers:
        """The points of every subject; NaN where the line does not count for it."""

    @abstractmethod
    def states(self, line: Indicator, given: Given) -> Words:
        """What is to be said of every subject's points, "" nothing."""

    @abstractmethod
    def _text(self, line: Indicator, cells: Cells) -> str:
        """`points` as an Excel expression."""

    @abstractmethod
    def _state_text(self, line: Indicator, cells: Cells) -> str:
        """`states` as an Excel expression."""

    def most_entered(self, line: Indicator) -> float | None:
        """The most that can be typed in by hand (nothing below 0 can); None: no limit."""
        return None

    def formula(self, line: Indicator, cells: Cells) -> str:
        """The formula of the cell with a subject's points; `KeyError` where a number of the line has no cell."""
        cells.refuse_incomplete(line)
        return f"={self._text(line, cells)}"

    def state_formula(self, line: Indicator, cells: Cells) -> str:
        """The formula of the cell that says what is to be said of the points."""
        cells.refuse_incomplete(line)
        return f"={self._state_text(line, cells)}"


def by_hand(line: Indicator, given: Given) -> Flags:
    """Where a number typed in by hand counts: where the line needs a reason, only with one."""
    typed = ~np.isnan(given.manual)
    return typed & given.has_reason if line.by_reason else typed


def by_hand_text(line: Indicator, cells: Cells) -> str:
    """`by_hand` as an Excel condition; the line has a cell for a number typed in."""
    typed = f"ISNUMBER({cells.manual})"
    return f"AND({typed},{has_text(cells.reason)})" if line.by_reason else typed


class Figured(ScoringMode):
    """A mode that scores a figure: the one typed in by hand, else the one counted.

    Where a rate is of nothing (denominator 0) and nothing is typed in, `missing` of the line says what it gives: 缺项 (no points,
    the other lines count for more), full points, or none; where no table was handed in from which it could be counted, 缺项 always:
    nobody knows that nothing was due. Where there is no figure at all it is not given yet, and gives no points.
    """

    @abstractmethod
    def core(self, line: Indicator, figure: Numbers) -> Numbers:
        """The points of a figure."""

    @abstractmethod
    def core_text(self, line: Indicator, cells: Cells, figure: str) -> str:
        """`core` as an Excel expression."""

    def is_nothing(self, line: Indicator, given: Given) -> Flags:
        """Where there was nothing to be counted."""
        return np.asarray(given.denominator == 0)

    def is_nothing_text(self, line: Indicator, cells: Cells) -> str:
        """`is_nothing` as an Excel condition."""
        return f"AND(ISNUMBER({cells.denominator}),{cells.denominator}=0)"

    def points(self, line: Indicator, given: Given) -> Numbers:
        nothing = self.is_nothing(line, given)
        counted = np.where(np.isnan(given.value) | nothing, np.nan, self.core(line, given.value))
        given_for_nothing = {"rescale": np.nan, "full": line.weight, "zero": 0.0}[line.missing]
        counted[nothing] = np.nan if given.absent else given_for_nothing
        return np.where(by_hand(line, given), self.core(line, given.manual), counted)

    def _text(self, line: Indicator, cells: Cells) -> str:
        text = '""'
        if cells.value:
            text = f'IF(ISNUMBER({cells.value}),{self.core_text(line, cells, cells.value)},"")'
        if cells.denominator:
            none = {"rescale": '""', "full": cells.weight, "zero": "0"}[line.missing]
            none = '""' if cells.absent else none
            text = f"IF({self.is_nothing_text(line, cells)},{none},{text})"
        if cells.manual:
            text = f"IF({by_hand_text(line, cells)},{self.core_text(line, cells, cells.manual)},{text})"
        return text

    def states(self, line: Indicator, given: Given) -> Words:
        nothing = self.is_nothing(line, given)
        unsaid = np.where(
            nothing,
            _nothing(line, absent=given.absent),
            np.where(np.isnan(given.value), State.NOT_GIVEN, State.COUNTED),
        )
        hand = by_hand(line, given)
        return np.where(hand, State.COUNTED, np.where(np.isnan(given.manual) | hand, unsaid, State.NO_REASON))

    def _state_text(self, line: Indicator, cells: Cells) -> str:
        text = (
            f'IF(ISNUMBER({cells.value}),"{State.COUNTED}","{State.NOT_GIVEN}")'
            if cells.value
            else f'"{State.NOT_GIVEN}"'
        )
        if cells.denominator:
            text = f'IF({self.is_nothing_text(line, cells)},"{_nothing(line, absent=cells.absent)}",{text})'
        if cells.manual:
            unreasoned = f'IF(ISNUMBER({cells.manual}),"{State.NO_REASON}",{text})' if line.by_reason else text
            text = f'IF({by_hand_text(line, cells)},"{State.COUNTED}",{unreasoned})'
        return text


def _nothing(line: Indicator, *, absent: bool) -> State:
    """What is said where nothing was due, or nothing is known."""
    if absent:
        return State.NOTHING_KNOWN
    return {"rescale": State.NOTHING_DUE, "full": State.NOTHING_DUE_FULL, "zero": State.NOTHING_DUE_ZERO}[line.missing]
