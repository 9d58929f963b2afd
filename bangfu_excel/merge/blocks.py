"""Rows that share something, two by two: by sorting, so that the time grows with the rows and the pairs, not with their square."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    """Positions of the two rows of each pair (first < second), and the size of each block that was too large to pair."""

    first: Codes
    second: Codes
    crowded: Codes

    def chosen(self, mask: Mask) -> Pairs:
        """The pairs where `mask` is True."""
        return Pairs(self.first[mask], self.second[mask], self.crowded)


def pairs_within(parts: Sequence[Codes], cap: int, asked: Mask | None = None) -> Pairs:
    """Every two rows that agree in all `parts` (codes, none below 0), of blocks of at most `cap` rows.

    asked: only pairs of which one row is so marked.
    """
    rows = np.flatnonzero(np.logical_and.reduce([part >= 0 for part in parts]))
    mark = _hashed([part[rows] for part in parts])
    order = np.argsort(mark, kind="stable")
    rows, mark = rows[order], mark[order]
    group = np.cumsum(np.concatenate([[False], mark[1:] != mark[:-1]]))[: len(rows)]
    size = np.bincount(group, minlength=1)
    wanted = size > 1
    if asked is not None:
        wanted &= np.bincount(group[asked[rows]], minlength=len(size)) > 0
    fits = (wanted & (size <= cap))[group]
    first, second = _paired(rows[fits], group[fits])
    same = np.logical_and.reduce([part[first] == part[second] for part in parts])  # equal hashes need not be equal rows
    pairs = Pairs(np.minimum(first, second), np.maximum(first, second), size[wanted & (size > cap)])
    return pairs.chosen(same if asked is None else same & (asked[first] | asked[second]))


def _hashed(parts: Sequence[Codes]) -> NDArray[np.uint64]:
    """A number for each combination of codes, different for different ones but for rare accidents."""
    mixed = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        mixed = (mixed ^ part.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _paired(rows: Codes, group: Codes) -> tuple[Codes, Codes]:
    """Each row with the next of its group, with the one after the next, … until no group is so long. Groups stand together."""
    firsts, seconds = [rows[:0]], [rows[:0]]
    for step in range(1, len(rows)):
        met = np.flatnonzero(group[step:] == group[:-step])
        if not len(met):
            break
        firsts.append(rows[met])
        seconds.append(rows[met + step])
    return np.concatenate(firsts), np.concatenate(seconds)
