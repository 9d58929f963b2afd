"""Villages that are helped as a whole, and schools: each is known by its own name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.places import place_keys
from bangfu_excel.link.recipients import AMBIGUOUS, BY_NAME, EXACT, NONE, Resolved
from bangfu_excel.link.references import stated_column

VILLAGE = "village"


@dataclass(frozen=True)
class Villages:
    """listed, places: `township`, `village` in matching form: of the rosters of villages, and wherever anybody lives."""

    listed: pd.DataFrame
    places: pd.DataFrame

    @classmethod
    def of(cls, rosters: Iterable[pd.DataFrame | None], homes: Iterable[pd.DataFrame]) -> Villages:
        """From frames of villages as they are written, and of households in matching form."""
        written = [frame for frame in rosters if frame is not None and len(frame)]
        listed = [
            pd.DataFrame({name: place_keys(stated_column(frame, name)) for name in ("township", "village")})
            for frame in written
        ]
        return cls(_distinct(listed), _distinct([*listed, *(frame[["township", "village"]] for frame in homes)]))

    @property
    def keys(self) -> pd.Series:
        """`township|village` of every one whose township is known."""
        return (self.places["township"] + "|" + self.places["village"]).dropna()

    @staticmethod
    def called(key: str) -> str:
        """The village of a key in words."""
        return key.replace("|", "")

    def resolve(self, asked: pd.DataFrame) -> tuple[Resolved, pd.Series]:
        """Which village each row means, by its place, else by its name; and True where rosters of villages are there to say so.

        The key is `township|village`. A village of several townships is never chosen from.
        """
        village, township = asked["village"].fillna(asked["place"]), asked["township"]
        full = township.notna() & village.notna()
        key = (township + "|" + village).where(full)
        lone = village[village.notna() & ~full]
        there = self.places[self.places["village"].isin(lone) & self.places["township"].notna()]
        met = lone.rename("village").rename_axis("at").reset_index().merge(there, on="village")
        met = met.assign(key=met["township"] + "|" + met["village"])[["at", "key"]].sort_values(["at", "key"])
        one = met.drop_duplicates("at", keep=False).set_index("at")["key"]
        several = met[met["at"].duplicated(keep=False)]
        judged = self._judges(township, village)
        known = among(key, (self.listed["township"] + "|" + self.listed["village"]).dropna().tolist())
        how = pd.Series(NONE, index=asked.index, dtype="str").mask(full & (known | ~judged), EXACT)
        how = how.mask(asked.index.isin(several["at"]), AMBIGUOUS).mask(asked.index.isin(one.index), BY_NAME)
        found = (
            key.where(how == EXACT)
            .fillna(one.reindex(asked.index))
            .fillna(("|" + village).where((how == NONE) & ~judged))
        )
        return Resolved(found.astype("str"), how.mask(village.isna()), several), judged

    def _judges(self, township: pd.Series, village: pd.Series) -> pd.Series:
        """True where the villages of the row's township, or any where it states none, are on a roster."""
        judged = among(township, self.listed["township"].dropna().tolist()).mask(
            township.isna(), bool(len(self.listed))
        )
        return judged.astype(bool) & village.notna()


def resolve_schools(asked: pd.DataFrame) -> Resolved:
    """Schools by their name: no roster says which there are."""
    key = asked["unit"].fillna(asked["school"]).astype("str")
    how = pd.Series(BY_NAME, index=asked.index, dtype="str").mask(key.isna())
    return Resolved(key, how, pd.DataFrame({"at": pd.Series(dtype="int64"), "key": pd.Series(dtype="str")}))


def _distinct(frames: list[pd.DataFrame]) -> pd.DataFrame:
    none = pd.DataFrame({name: pd.Series(dtype="str") for name in ("township", "village")})
    return pd.concat([none, *frames], ignore_index=True).dropna(subset="village").drop_duplicates(ignore_index=True)
