"""A village and its group in one cell (村组): two fields, one column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages.normalise import GROUP_SPLIT
from bangfu_excel.core.places import split_group
from bangfu_excel.core.region import Source
from bangfu_excel.core.table import Table


@dataclass(frozen=True)
class Split:
    """The columns that came of splitting, whether a group is stated in each row, where the values stand, what to say."""

    columns: Mapping[str, pd.Series]
    stated: Mapping[str, NDArray[np.bool_]]
    source: Source
    findings: tuple[Finding, ...]


def split_places(table: Table, typed: Mapping[str, Any], source: Source, numbers: NDArray[np.int64]) -> Split:
    """Villages and groups of the columns that hold both; nothing where the group has a column of its own.

    `numbers` are Excel's row numbers of the data rows.
    """
    columns: dict[str, pd.Series] = {}
    stated: dict[str, NDArray[np.bool_]] = {}
    places, findings = dict(source.columns), []
    for field in table.fields:
        if not field.tail or field.name not in typed or field.tail in typed or places[field.name].raw is None:
            continue
        villages, groups = _parts(typed[field.name])
        if groups.notna().any():
            columns |= {field.name: villages, field.tail: groups}
            stated[field.tail] = groups.notna().to_numpy(dtype=bool)
            places[field.tail] = places[field.name]
            findings.append(_note(source, field.name, villages, groups, numbers))
    return Split(columns, stated, replace(source, columns=places), tuple(findings))


def _parts(values: Any) -> tuple[pd.Series, pd.Series]:
    texts = pd.Series(values)
    parts = {text: split_group(text) for text in texts.dropna().unique().tolist()}
    villages = texts.map({text: village for text, (village, _) in parts.items()}).astype("str")
    return villages, texts.map({text: group or None for text, (_, group) in parts.items()}).astype("str")


def _note(source: Source, field: str, villages: pd.Series, groups: pd.Series, numbers: NDArray[np.int64]) -> Finding:
    """One note for all cells that were split."""
    rows = np.flatnonzero(groups.notna())
    first, *further = (source.place(int(number), field) for number in numbers[rows[: RELATED_SHOWN + 1]])
    return GROUP_SPLIT.finding(
        first,
        related=tuple(place.cell for place in further),
        count=len(rows),
        cells=len(rows),
        after=f"{villages[rows[0]]}、{groups[rows[0]]}",
    )
