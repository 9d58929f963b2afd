"""Codes that the words of another column say (2024年上半年工作总结 is a 半年小结), where they have no column of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.columns import RELATED_SHOWN, each_once
from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages.normalise import KIND_FROM_WORDS
from bangfu_excel.core.region import Source
from bangfu_excel.core.table import Field, Table


def worded(
    table: Table, typed: Mapping[str, Any], codelists: Mapping[str, CodeList]
) -> Iterator[tuple[Field, pd.Series]]:
    """The fields whose label stands in the text of another column, in the rows where exactly one does (else missing)."""
    for field in table.fields:
        codes = codelists.get(field.codelist)
        if field.in_field and codes is not None and field.in_field in typed and field.name not in typed:
            labels = each_once(pd.Series(typed[field.in_field]), codes.label_in)
            if labels.notna().any():
                yield field, labels


def tell_worded(field: Field, labels: pd.Series, source: Source, numbers: NDArray[np.int64]) -> Finding:
    """One note for all cells whose words were taken."""
    rows = np.flatnonzero(labels.notna())
    places = [source.place(int(number), field.in_field) for number in numbers[rows[: RELATED_SHOWN + 1]]]
    return KIND_FROM_WORDS.finding(
        places[0],
        related=tuple(place.cell for place in places[1:]),
        count=len(rows),
        cells=len(rows),
        field_label=field.label,
        after=labels.iloc[rows[0]],
    )
