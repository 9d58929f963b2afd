"""Who lives where: every household that was submitted or is registered, with the names and numbers it is known by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import among, only_key
from bangfu_excel.core.standing import REFERENCE_COLUMNS

PLACE_COLUMNS = ("township", "village", "group")


@dataclass(frozen=True)
class Directory:
    """heads: `REFERENCE_COLUMNS` and `key`, one row a mention of a household · members: person, name, key."""

    heads: pd.DataFrame
    members: pd.DataFrame

    @classmethod
    def of(cls, heads: pd.DataFrame, members: pd.DataFrame | None = None) -> Directory:
        """From frames with these columns; rows without a key are nobody."""
        own = heads.loc[heads["key"].notna(), [*REFERENCE_COLUMNS, "key"]]
        if members is None:
            return cls(own, pd.DataFrame({name: pd.Series(dtype="str") for name in ("person", "name", "key")}))
        return cls(own, members.loc[members["key"].notna(), ["person", "name", "key"]])

    def __len__(self) -> int:
        return len(self.heads)

    @cached_property
    def by_id(self) -> pd.Series:
        """Household number → key."""
        return only_key(self.heads, "id")

    @cached_property
    def by_person(self) -> pd.Series:
        """Identity number of the head or a member → key, where it is in one household only."""
        return only_key(pd.concat([self.heads[["person", "key"]], self.members[["person", "key"]]]), "person")

    @cached_property
    def head_of(self) -> pd.Series:
        """Key → the head's name."""
        named = self.heads[["key", "name"]].dropna().drop_duplicates("key")
        return named.set_index("key")["name"]

    @cached_property
    def names(self) -> pd.DataFrame:
        """name, key, township, village, group, head (bool): the names that a household is known by, where it lives."""
        heads = self.heads[["name", "key", *PLACE_COLUMNS]].assign(head=True)
        places = self.heads[["key", *PLACE_COLUMNS]].drop_duplicates("key")
        others = self.members[["name", "key"]].merge(places, on="key").assign(head=False)
        found = pd.concat([heads, others], ignore_index=True) if len(others) else heads
        return found[found["name"].notna()].drop_duplicates(["name", "key", *PLACE_COLUMNS]).reset_index(drop=True)

    def knows(self, keys: pd.Series, names: pd.Series) -> pd.Series:
        """True where the name (or one of several) is the head's or a member's of the household `keys`."""
        same = keys.map(self.head_of) == names
        if same.all():
            return same
        there = self.names[among(self.names["key"], keys[~same].tolist())]
        pairs = set(zip(there["key"].tolist(), there["name"].tolist(), strict=True))
        found = [
            any((key, part) in pairs for part in name.split("、"))
            for key, name in zip(keys[~same].tolist(), names[~same].tolist(), strict=True)
        ]
        same[~same] = np.array(found, dtype=bool)
        return same

    def covers(self, refs: pd.DataFrame) -> pd.Series:
        """True where the village of a reference has households here; missing where the reference states no village."""
        heads = self.heads[["township", "village"]].drop_duplicates()
        placed = heads[heads["village"].notna()]
        full = placed["township"] + "|" + placed["village"]
        anywhere = placed.loc[placed["township"].isna(), "village"]
        covered = among(refs["township"] + "|" + refs["village"], full.dropna().tolist())
        covered |= refs["township"].isna() & among(refs["village"], placed["village"].tolist())
        covered |= among(refs["village"], anywhere.tolist())
        if heads["village"].isna().any():
            covered |= True
        return covered.astype("boolean").mask(refs["village"].isna())
