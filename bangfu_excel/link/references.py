"""How the tables refer to a household: which of their fields name it, in matching form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.places import group_keys, place_keys


@dataclass(frozen=True)
class Reference:
    """The fields of a table that say which household is meant: its number, a person's identity number, a name, a group."""

    id: str = "household_id"
    person: str = "head_id"
    name: str = "head_name"
    group: str = "villager_group"
    owns_person: bool = False  # the identity number is the row's own, not a reference

    @property
    def replaced(self) -> frozenset[str]:
        """Fields for which `_recipient` stands in the row's own key."""
        own = () if self.owns_person else (self.person,)
        return frozenset((self.id, self.name, self.group, "township", "village", *own))


REFERENCES: Mapping[str, Reference] = {
    "household": Reference(group="group"),
    "member": Reference(person="id_number", group="group", owns_person=True),
    "pairing": Reference(person="recipient_id", name="recipient_name"),
    "visit": Reference(),
}
"""Table → its reference; tables that are not here refer to nobody."""


def references_of(frame: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Columns `REFERENCE_COLUMNS` (see `core.standing`; text in matching form, missing where not stated), index of `frame`."""
    return pd.DataFrame(
        {
            "id": _column(frame, reference.id),
            "person": _column(frame, reference.person).str[:18],
            "name": name_keys(_column(frame, reference.name)).astype("str"),
            "township": place_keys(_column(frame, "township")),
            "village": place_keys(_column(frame, "village")),
            "group": group_keys(_column(frame, reference.group)),
        },
        index=frame.index,
    )


def unit_keys(texts: pd.Series) -> pd.Series:
    """Matching form of the names of units."""
    return each_once(texts, fold)


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    if name not in frame:
        return pd.Series(None, index=frame.index, dtype="str")
    return frame[name].astype("str")
