"""Merged cells among the data: text and dates hold for every row of the range, quantities only for the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
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


def fill_down(sheet: RawSheet, kinds: NDArray[np.uint8], dtypes: Mapping[int, str]) -> Filled:
    """Vertically merged data cells of these columns filled down, where they are no quantities.

    kinds: of all rows of the sheet · dtypes: mapped column → dtype of its field.
    """
    codes: dict[int, NDArray[np.int32]] = {}
    left: defaultdict[int, list[Merge]] = defaultdict(list)
    for merge in sheet.merges:
        column = merge.left
        if merge.right != column or column not in dtypes or kinds[merge.top] != RowKind.DATA:
            continue
        raw = sheet.columns[column]
        code = raw.codes[merge.top]
        if raw.types[code] == CellType.EMPTY:
            continue
        rows = np.arange(merge.top + 1, min(merge.bottom + 1, sheet.height))
        rows = rows[kinds[rows] == RowKind.DATA]
        if dtypes[column] in QUANTITIES:
            if len(rows):
                left[column].append(merge)
            continue
        if column not in codes:
            codes[column] = raw.codes.copy()
        codes[column][rows] = code
    columns = [RawColumn(codes[i], c.values, c.types) if i in codes else c for i, c in enumerate(sheet.columns)]
    filled = replace(sheet, columns=tuple(columns)) if codes else sheet
    return Filled(filled, {column: tuple(merges) for column, merges in left.items()})
