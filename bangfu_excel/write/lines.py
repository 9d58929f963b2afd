"""Lines of text above and below a table: who reports, for when; who filled in, who checked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from bangfu_excel.write.book import GuardedSheet
from bangfu_excel.write.styles import Styles
from bangfu_excel.write.widths import text_width

_LINE = 18.0  # points
_BETWEEN = "　　"
_NEED = (0.0, 0.25, 0.5, 0.75, 1.0)  # how much what the texts need counts against equal shares


def merged_line(
    target: GuardedSheet, row: int, widths: Sequence[float], texts: Sequence[str], styles: Styles,
    *, last_align: str = "right",
) -> None:  # fmt: skip
    """Texts spread over a line from the left edge to the right one, each seen whole; where the table is too narrow for them
    side by side, one after the other in a row of its own height."""
    edges = _edges(widths, [text_width(text) for text in texts])
    if edges is None:
        whole = _BETWEEN.join(texts)
        target.set_row(row, _LINE * math.ceil(text_width(whole) / max(sum(widths) - 2, 1)) + 2)
        target.merge_range(row, 0, row, len(widths) - 1, whole, styles.note())
        return
    for index, text in enumerate(texts):
        align = "left" if index == 0 else last_align if index == len(texts) - 1 else "center"
        target.merge_range(row, edges[index], row, edges[index + 1] - 1, text, styles.line(align))


def signature_line(
    target: GuardedSheet, row: int, widths: Sequence[float], signature: Sequence[str], styles: Styles
) -> int:
    """Who filled in, who checked, when: a line with room to sign; the row after it (the same one where nobody is to sign)."""
    if not signature:
        return row
    target.set_row(row, 26)
    merged_line(target, row, widths, signature, styles, last_align="left")
    return row + 1


def _edges(widths: Sequence[float], needed: Sequence[int]) -> list[int] | None:
    """The columns at which each text begins, and the end: equal shares of the width, else as near to them as the texts need;
    None where some text would not be seen whole."""
    ends = np.concatenate([[0.0], np.cumsum(widths)])
    equal = np.linspace(0, 1, len(needed) + 1)
    as_needed = np.concatenate([[0.0], np.cumsum(needed)]) / sum(needed)
    for need in _NEED:
        shares = (1 - need) * equal + need * as_needed
        edges = [int(np.abs(ends - ends[-1] * share).argmin()) for share in shares]
        room = [ends[last] - ends[first] for first, last in pairwise(edges)]
        if all(space >= text and space > 0 for space, text in zip(room, needed, strict=True)):
            return edges
    return None
