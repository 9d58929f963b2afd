"""Columns whose cells are clearly something else than their header says: a table that slipped by a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.table import Field
from bangfu_excel.headers.block import HeaderColumn
from bangfu_excel.headers.choose import Choice
from bangfu_excel.headers.looks import MISPLACED, Contents, Look, agrees, contradicts
from bangfu_excel.headers.regions import Stretch

_LEAST = 5  # cells, of which most are something else


@dataclass(frozen=True)
class Misplaced:
    """A column of `table` that holds what is not of `field`. `rows`: positions in the sheet of its cells."""

    column: HeaderColumn
    table: str
    field: Field
    look: Look
    rows: NDArray[np.int64]


def find_misplaced(stretch: Stretch, choice: Choice, contents: Contents) -> tuple[Misplaced, ...]:
    """The columns of `choice` in which at least five cells, and nearly all, look like a value of another kind."""
    found = []
    for column in stretch.columns:
        claim = choice.resolution.assigned.get(column.index)
        if claim is None or not any(contradicts(look, claim.field) for look in MISPLACED):
            continue
        look = contents.look(column.index, _LEAST)
        if look in MISPLACED and contradicts(look, claim.field):
            found.append(Misplaced(column, claim.table, claim.field, look, contents.stated(column.index)))
    return tuple(found)


def is_ruined(choice: Choice, misplaced: Sequence[Misplaced], contents: Contents) -> bool:
    """Whether these columns leave nothing of what says who, whom or when, or show that the whole table slipped."""
    if not misplaced:
        return False
    if any(_slipped(choice, misplaced, by) for by in (-1, 1)):
        return True
    lost = {m.column.index for m in misplaced}
    part = choice.parts[0]
    there = choice.there | {c.field for c in part.constants}
    left = {c.field for c in part.columns if c.index not in lost and len(contents.stated(c.index))}
    left |= choice.spread.fields.union(c.field for c in part.constants)
    return any(left.isdisjoint(group) for group in choice.table.needs_among(there))


def _slipped(choice: Choice, misplaced: Sequence[Misplaced], by: int) -> bool:
    """Whether two columns hold what the column `by` beside them should: what stands between them cannot be trusted either."""
    beside = [(m.look, choice.resolution.assigned.get(m.column.index + by)) for m in misplaced]
    return sum(claim is not None and agrees(look, claim.field) for look, claim in beside) >= 2


def withholding(choice: Choice, misplaced: Sequence[Misplaced]) -> Choice:
    """The choice with these columns marked, so that none of their values is taken."""
    lost = {m.column.index for m in misplaced}
    parts = tuple(
        replace(part, columns=tuple(replace(c, misplaced=c.index in lost) for c in part.columns))
        for part in choice.parts
    )
    return replace(choice, parts=parts) if lost else choice
