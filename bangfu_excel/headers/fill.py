"""Merged cells among the data: text and dates hold for every row of the range, quantities only where it is one record's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.raw import CellType, Merge, RawColumn, RawSheet
from bangfu_excel.core.region import RowKind

QUANTITIES = frozenset({"Int64", "Float64"})
"""Dtypes of fields whose value would count once a row."""


@dataclass(frozen=True)
class Filled:
    """The sheet with merged cells filled down, and the merged ranges left as they are, by column."""

    sheet: RawSheet
    left: Mapping[int, tuple[Merge, ...]]


def fill_down(
    sheet: RawSheet, kinds: NDArray[np.uint8], dtypes: Mapping[int, str], needs: Sequence[Sequence[int]]
) -> Filled:
    """Vertically merged data cells of these columns filled down.

    A quantity would count once a row: it is filled only where all that says who is meant is merged over the same rows
    (a household with two helpers), for then they are one record. kinds: of all rows of the sheet · dtypes: mapped column →
    dtype of its field · needs: the columns of each group that a row needs.
    """
    codes: dict[int, NDArray[np.int32]] = {}
    left: defaultdict[int, list[Merge]] = defaultdict(list)
    for merge in sheet.merges:
        column = merge.left
        if column not in dtypes or kinds[merge.top] != RowKind.DATA:
            continue
        raw = sheet.columns[column]
        code = raw.codes[merge.top]
        if raw.types[code] == CellType.EMPTY:
            continue
        rows = np.arange(merge.top + 1, min(merge.bottom + 1, sheet.height))
        rows = rows[kinds[rows] == RowKind.DATA]
        if dtypes[column] in QUANTITIES and not _is_one_record(merge, sheet.merges, needs):
            if len(rows):
                left[column].append(merge)
            continue
        if column not in codes:
            codes[column] = raw.codes.copy()
        codes[column][rows] = code
    columns = [RawColumn(codes[i], c.values, c.types) if i in codes else c for i, c in enumerate(sheet.columns)]
    filled = replace(sheet, columns=tuple(columns)) if codes else sheet
    return Filled(filled, {column: tuple(merges) for column, merges in left.items()})


def _is_one_record(merge: Merge, merges: Sequence[Merge], needs: Sequence[Sequence[int]]) -> bool:
    """Whether a column of every needed group is merged over all rows of `merge`."""
    around = {other.left for other in merges if other.top <= merge.top and other.bottom >= merge.bottom}
    return all(not around.isdisjoint(group) for group in needs)
