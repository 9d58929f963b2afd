"""Items of what comes out differently by level: a window met by the helper himself, by anybody of his unit, by anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.assess.facts import Ints
from bangfu_excel.assess.metrics.items import items

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Side:
    """How rows count for some levels. counts: which of them do (each thing once a subject) · met: of each, whether it was done ·
    subjects: level → its subject of each row · item: the thing that each row is about."""

    counts: Bools
    met: Bools
    subjects: Mapping[str, NDArray[np.object_]]
    item: Ints

    def items(self, said: Mapping[str, NDArray[np.generic]], at: Ints, sides: Sequence[Side]) -> pd.DataFrame:
        """The rows at these positions, with the subjects of those `sides` (this one among them) which they count for as they do for it."""
        blank = {
            level: np.full(len(at), "", dtype=object) for side in (*sides, self) for level in (*side.subjects, "county")
        }
        for side in sides:
            mine = (side is self) | (side.counts & (side.met == self.met))[at]
            blank |= {level: np.where(mine, names[at], "") for level, names in side.subjects.items()}
        rows = {name: values[at] for name, values in said.items()}
        return items(
            {**rows, **blank, "item": self.item[at], "top": self.met[at].astype(float), "bottom": 1.0}, len(at)
        )


def by_sides(said: Mapping[str, NDArray[np.generic]], sides: Sequence[Side]) -> pd.DataFrame:
    """Items of rate: every row of the first side, in which the others stand where it came out the same for them, and rows of their own."""
    first, *others = sides
    parts = [first.items(said, np.flatnonzero(first.counts), sides)]
    for side in others:
        alone = side.counts & ~(first.counts & (side.met == first.met))
        if alone.any():
            parts.append(side.items(said, np.flatnonzero(alone), [side]))
    return pd.concat(parts, ignore_index=True)
