"""What the rows of a table say of whom they mean, in matching form."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.places import group_keys, place_keys
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.table import Table


def references_in(tables: Mapping[str, Table]) -> dict[str, Reference]:
    """Table → its reference, of the tables whose rows mean somebody."""
    return {name: table.refers for name, table in tables.items() if table.refers is not None}


def references_of(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Columns `REFERENCE_COLUMNS` (see `core.standing`; text in matching form, missing where not stated), index of `frame`."""
    return pd.DataFrame(
        {
            "id": stated_column(frame, reference.id),
            "person": stated_column(frame, reference.person).str[:18],
            "name": name_keys(stated_name(frame, reference)).astype("str"),
            "township": place_keys(stated_column(frame, reference.township)),
            "village": place_keys(stated_column(frame, reference.village)),
            "group": group_keys(stated_column(frame, reference.group)),
        },
        index=frame.index,
    )


def stated_name(frame: pd.DataFrame, reference: Reference) -> pd.Series:
    """The name of who is meant: of the head of the household where nobody else is named."""
    return stated_column(frame, reference.name).fillna(stated_column(frame, reference.head))


def unit_keys(texts: pd.Series) -> pd.Series:
    """Matching form of the names of units."""
    return each_once(texts, fold)


def stated_column(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column as text; missing values where the table has none of that name."""
    if name not in frame:
        return pd.Series(None, index=frame.index, dtype="str")
    return frame[name].astype("str")
