"""账账相符: two figures that should be one, where each stands, and what is known to part them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

COUNTED = "#,##0"
"""Number format of what is counted."""
_PLACES = 2  # 分: sums of money added in another order differ behind it


@dataclass(frozen=True)
class Figure:
    """A number and where it stands: the workbook and, within it, the sheet and column; and how it is written."""

    book: str
    where: str
    number: float
    number_format: str = COUNTED


@dataclass(frozen=True)
class Known:
    """Why the left figure may differ from the right one, and by how much (below 0 where it makes the left one smaller)."""

    reason: str
    number: float


@dataclass(frozen=True)
class Check:
    """A figure that should be another one, in one area.

    at_most: the left one may be smaller too.
    """

    item: str
    area: str
    left: Figure
    right: Figure
    known: tuple[Known, ...] = ()
    at_most: bool = False

    @property
    def explained(self) -> float:
        """What is known to part them."""
        return round(sum(one.number for one in self.known), _PLACES)

    @property
    def rest(self) -> float:
        """What is left of the difference after what is known: nobody can say why."""
        return round(self.left.number - self.right.number - self.explained, _PLACES) + 0.0

    @property
    def holds(self) -> bool:
        return self.rest <= 0 if self.at_most else self.rest == 0


def known(*reasons: tuple[str, float]) -> tuple[Known, ...]:
    """Those of the reasons that make a difference."""
    return tuple(Known(reason, float(number)) for reason, number in reasons if number)


def failed(checks: Sequence[Check]) -> dict[str, tuple[Check, ...]]:
    """Item → the checks of it that do not hold."""
    broken = [check for check in checks if not check.holds]
    return {
        item: tuple(one for one in broken if one.item == item) for item in dict.fromkeys(one.item for one in broken)
    }
