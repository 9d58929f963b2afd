"""Counts and sums over a list on another sheet: COUNTIFS and SUMIFS, and SUMPRODUCT where these would misread a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from bangfu_excel.write.layout import Written

NUMBERED = "_number"
"""What the layout calls the column 序号: of a list with 小计 rows, only its records have a number there."""
_LOOSE = re.compile(r"[*?~]|^[<>=]|^[\s\d.,%+\-/:年月日¥￥$()（）]+$")
"""Texts that SUMIFS reads as patterns, comparisons or numbers."""
_LONGEST = 200  # SUMIFS knows no criterion over 255 characters


@dataclass(frozen=True)
class Condition:
    """A column of the list and what stands in it, "" for nothing.

    cell: address at which the value stands too · several: the column may hold several values, joined with 、 ·
    text: it holds text.
    """

    source: str
    value: str
    cell: str = ""
    several: bool = False
    text: bool = True

    @property
    def loose(self) -> bool:
        """Whether SUMIFS would not find exactly this; LibreOffice's misses some blanks."""
        return (
            self.several or not 0 < len(self.value) <= _LONGEST or (self.text and _LOOSE.search(self.value) is not None)
        )

    @property
    def _quoted(self) -> str:
        escaped = self.value.replace('"', '""')
        return self.cell or f'"{escaped}"'

    def criterion(self, part: Written) -> str:
        """For SUMIFS: the cells and what is sought."""
        return f"{part.cells(self.source)},{self._quoted}"

    def test(self, part: Written) -> str:
        """For SUMPRODUCT: true or false of each cell."""
        cells = part.cells(self.source)
        if not self.value:
            return f'({cells}="")'
        if self.several:
            return f'ISNUMBER(FIND("、"&{self._quoted}&"、","、"&{cells}&"、"))'
        return f"({cells}={self._quoted})" if self.text else f'({cells}&""={self._quoted}&"")'


def counted(summed: str, group: Sequence[Condition], wanted: Sequence[Sequence[Condition]], part: Written) -> str:
    """How many records of `part` (or the sum of their column `summed`) meet every condition of `group` and one of each of `wanted`."""
    if any(one.loose for one in (*group, *(one for labels in wanted for one in labels))):
        tests = [one.test(part) for one in group]
        tests += ["(" + "+".join(f"{one.test(part)}*1" for one in labels) + ">0)" for labels in wanted]
        joined = "*".join([*tests, f"ISNUMBER({part.cells(NUMBERED)})", "1"])
        return f"SUMPRODUCT({joined},{part.cells(summed)})" if summed else f"SUMPRODUCT({joined})"
    numbered = [f'{part.cells(NUMBERED)},">0"'] if part.broken else []
    terms = []
    for chosen in product(*wanted):
        criteria = ",".join([*(one.criterion(part) for one in (*group, *chosen)), *numbered])
        terms.append(f"SUMIFS({part.cells(summed)},{criteria})" if summed else f"COUNTIFS({criteria})")
    return "+".join(terms)
