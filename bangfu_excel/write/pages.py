"""Where the pages of a printed table end: no last page holds signatures only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SAFE = 0.97  # of the room: fonts differ a little from program to program
_SHRUNK = 0.3  # of the pages: what is drawn onto them beside their own at most, or they could no longer be read


@dataclass(frozen=True)
class Lines:
    """The rows of a printed sheet: their heights in points, where the headings stand that every page repeats (counted from 0),
    how many at the end (合计, remarks, signatures) are not to stand on a page alone.
    """

    heights: NDArray[np.float64]
    header: int
    closing: int


@dataclass(frozen=True)
class Pages:
    """tall: onto how many pages all is to be drawn, 0 for as many as it takes · begun: a row with which a page begins, 0 for none."""

    tall: int = 0
    begun: int = 0


def kept_together(lines: Lines, room: float, wide: float) -> Pages:
    """The pages such that two rows of the table at least stand above its end, with the fonts that are meant and where a wide one
    stands in (the table is then printed smaller and more rows find room).

    room, wide: points of a page's height, as the sheet counts them, with either.
    """
    starts = _starts(lines, room)
    if _alone(lines, starts):
        shrunk = lines.heights[starts[-1] :].sum() / (room * (len(starts) - 1))
        return Pages(tall=len(starts) - 1) if shrunk <= _SHRUNK else Pages(begun=starts[-1] - 2)
    if any(_alone(lines, _starts(lines, other)) for other in (_SAFE * room, wide, _SAFE * wide)):
        return Pages(begun=starts[-1]) if len(starts) > 1 else Pages(tall=1)
    return Pages()


def _alone(lines: Lines, starts: list[int]) -> bool:
    return len(starts) > 1 and len(lines.heights) - starts[-1] < lines.closing + 2


def _starts(lines: Lines, room: float) -> list[int]:
    """The row with which each page begins."""
    ends = np.concatenate([[0.0], np.cumsum(lines.heights)])
    starts, free = [0], room
    while (row := max(starts[-1] + 1, int(np.searchsorted(ends, ends[starts[-1]] + free, side="right")) - 1)) < len(
        lines.heights
    ):
        starts.append(row)
        free = room - lines.heights[lines.header]
    return starts
