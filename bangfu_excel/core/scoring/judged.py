"""The modes that score what people judge, or other lines: composite, bonus, self-check, veto, discretion."""

from __future__ import annotations

import numpy as np

from bangfu_excel.core.scheme import Indicator
from bangfu_excel.core.scoring.given import PLACES, Cells, Flags, Given, Numbers, State, Words, has_text
from bangfu_excel.core.scoring.mode import ScoringMode, by_hand, by_hand_text


class Composite(ScoringMode):
    """The mean of the points of its parts, at most its weight: B类计分方式为(A类得分+B类得分)×50%.

    A part that is 缺项 does not count in the mean; where all are, the composite is.
    """

    id = "composite"
    says = "各项组成得分的平均，至多为本项分值；缺项的不计入平均"
    entered = ()

    def points(self, line: Indicator, given: Given) -> Numbers:
        parts = np.vstack(given.parts)
        counted = (~np.isnan(parts)).sum(axis=0)
        mean = np.nansum(parts, axis=0) / np.where(counted, counted, 1)
        return np.where(counted > 0, np.minimum(line.weight, mean), np.nan)

    def _text(self, line: Indicator, cells: Cells) -> str:
        parts = ",".join(cells.parts)
        return f'IF(COUNT({parts})=0,"",MIN({cells.weight},AVERAGE({parts})))'

    def states(self, line: Indicator, given: Given) -> Words:
        return np.where(np.isnan(np.vstack(given.parts)).all(axis=0), State.NOTHING_DUE, State.COUNTED)

    def _state_text(self, line: Indicator, cells: Cells) -> str:
        return f'IF(COUNT({",".join(cells.parts)})=0,"{State.NOTHING_DUE}","{State.COUNTED}")'


class Bonus(ScoringMode):
    """Points for each occurrence counted, or the sum typed in by hand; never more than its weight, never less than 0."""

    id = "bonus"
    says = "每次加分，或者按人工填写的加分合计；不超过本项上限"

    def most_entered(self, line: Indicator) -> float | None:
        return line.weight

    def points(self, line: Indicator, given: Given) -> Numbers:
        counted = (line.each or np.nan) * given.value
        return _within(line.weight, np.where(by_hand(line, given), given.manual, counted))

    def _text(self, line: Indicator, cells: Cells) -> str:
        text = '""'
        if cells.value and line.each:
            text = f'IF(ISNUMBER({cells.value}),{_within_text(cells.weight, f"{cells.each}*{cells.value}")},"")'
        if cells.manual:
            text = f"IF({by_hand_text(line, cells)},{_within_text(cells.weight, cells.manual)},{text})"
        return text

    def states(self, line: Indicator, given: Given) -> Words:
        return _unreasoned(line, given)

    def _state_text(self, line: Indicator, cells: Cells) -> str:
        return _unreasoned_text(line, cells)


class SelfCheck(ScoringMode):
    """The self-score stands while the check differs by no more than tolerance × weight; else the check counts, and it is 须复核.

    Not checked yet: the self-score, 未核. Both are points, held within 0 and the weight; the check is `manual`.
    """

    id = "self-check"
    says = "自评分与核查分相差不超过规定比例的，按自评分；超过的按核查分并须复核；还没有核查的按自评分，注明未核"
    entered = ("self_score", "manual", "reason")

    def most_entered(self, line: Indicator) -> float | None:
        return line.weight

    def points(self, line: Indicator, given: Given) -> Numbers:
        own, check = _within(line.weight, given.self_score), _within(line.weight, given.manual)
        return np.where(by_hand(line, given) & ~self._stands(line, given), check, own)

    def _stands(self, line: Indicator, given: Given) -> Flags:
        apart = np.abs(_within(line.weight, given.self_score) - _within(line.weight, given.manual))
        return np.asarray(np.round(apart - (line.tolerance or 0.0) * line.weight, PLACES) <= 0)

    def _text(self, line: Indicator, cells: Cells) -> str:
        own = _within_text(cells.weight, cells.self_score)
        stood = f"IF({self._stands_text(cells)},{own},{_within_text(cells.weight, cells.manual)})"
        checked = f"IF(ISNUMBER({cells.self_score}),{stood},{_within_text(cells.weight, cells.manual)})"
        return f'IF({by_hand_text(line, cells)},{checked},IF(ISNUMBER({cells.self_score}),{own},""))'

    def _stands_text(self, cells: Cells) -> str:
        own, check = _within_text(cells.weight, cells.self_score), _within_text(cells.weight, cells.manual)
        return f"ROUND(ABS({own}-{check})-{cells.tolerance}*{cells.weight},{PLACES})<=0"

    def states(self, line: Indicator, given: Given) -> Words:
        rated, checked = ~np.isnan(given.self_score), by_hand(line, given)
        apart = np.where(rated & ~self._stands(line, given), State.RECHECK, State.COUNTED)
        return np.where(checked, apart, np.where(rated, State.UNCHECKED, State.NOT_GIVEN))

    def _state_text(self, line: Indicator, cells: Cells) -> str:
        rated = f"ISNUMBER({cells.self_score})"
        apart = f'IF({rated},IF({self._stands_text(cells)},"{State.COUNTED}","{State.RECHECK}"),"{State.COUNTED}")'
        return f'IF({by_hand_text(line, cells)},{apart},IF({rated},"{State.UNCHECKED}","{State.NOT_GIVEN}"))'


class Veto(ScoringMode):
    """1 where somebody is vetoed (1, or 是, is typed in and a document number beside it), else 0: a grade is not lost without one."""

    id = "veto"
    says = "填“1”或“是”并写明文号的，等次定为最低，不参加排名"

    def most_entered(self, line: Indicator) -> float | None:
        return 1.0

    def points(self, line: Indicator, given: Given) -> Numbers:
        return np.where(by_hand(line, given) & (given.manual == 1), 1.0, 0.0)

    def _text(self, line: Indicator, cells: Cells) -> str:
        return f"IF(AND({_is_vetoed_text(cells)},{has_text(cells.reason)}),1,0)"

    def states(self, line: Indicator, given: Given) -> Words:
        wanted = given.manual == 1
        return np.where(wanted, np.where(given.has_reason, State.VETOED, State.NO_DOCUMENT), State.COUNTED)

    def _state_text(self, line: Indicator, cells: Cells) -> str:
        said = f'IF({has_text(cells.reason)},"{State.VETOED}","{State.NO_DOCUMENT}")'
        return f'IF({_is_vetoed_text(cells)},{said},"{State.COUNTED}")'


class Discretion(ScoringMode):
    """Points taken off by hand (酌情扣减考评分), only with a reason, at most the weight where there is one. The points are positive."""

    id = "discretion"
    says = "人工填写扣几分，须写明理由；有上限的不超过上限"

    def most_entered(self, line: Indicator) -> float | None:
        return line.weight or None

    def points(self, line: Indicator, given: Given) -> Numbers:
        off = np.where(by_hand(line, given), given.manual, np.nan)
        return _within(line.weight or np.inf, off)

    def _text(self, line: Indicator, cells: Cells) -> str:
        off = _within_text(cells.weight, cells.manual) if line.weight else f"MAX(0,{cells.manual})"
        return f'IF({by_hand_text(line, cells)},{off},"")'

    def states(self, line: Indicator, given: Given) -> Words:
        return _unreasoned(line, given)

    def _state_text(self, line: Indicator, cells: Cells) -> str:
        return _unreasoned_text(line, cells)


def _within(most: float, points: Numbers) -> Numbers:
    return np.maximum(0.0, np.minimum(most, points))


def _within_text(most: str, points: str) -> str:
    return f"MAX(0,MIN({most},{points}))"


def _unreasoned(line: Indicator, given: Given) -> Words:
    return np.where(~np.isnan(given.manual) & ~by_hand(line, given), State.NO_REASON, State.COUNTED)


def _unreasoned_text(line: Indicator, cells: Cells) -> str:
    if not (cells.manual and line.by_reason):
        return f'"{State.COUNTED}"'
    return f'IF(AND(ISNUMBER({cells.manual}),NOT({has_text(cells.reason)})),"{State.NO_REASON}","{State.COUNTED}")'


def _is_vetoed_text(cells: Cells) -> str:
    return f'OR({cells.manual}=1,{cells.manual}="是")'
