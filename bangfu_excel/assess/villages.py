"""Which village and villager group a row is about, whatever it says of it itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import Facts, column
from bangfu_excel.assess.records import Tables
from bangfu_excel.core.places import group_keys, place_keys


@dataclass(frozen=True)
class Places:
    """Villages: matching key of each row's, by what it says itself or by the household, child or village that it means."""

    of_recipient: pd.Series
    named: pd.DataFrame

    @classmethod
    def of(cls, facts: Facts, tables: Tables) -> Places:
        """Those of what is registered."""
        rosters = [facts.households, *(tables[name] for name in ("village", "child") if name in tables)]
        rows = pd.concat(
            [
                pd.DataFrame({name: column(frame, name) for name in ("township", "village")}).assign(
                    recipient=column(frame, "key").fillna(column(frame, "_key"))
                )
                for frame in rosters
            ],
            ignore_index=True,
        )
        rows = rows[rows["village"].notna()].assign(key=village_of(rows))
        named = rows.drop_duplicates("key").set_index("key")[["township", "village"]]
        rows = rows[rows["recipient"].notna()].drop_duplicates("recipient")
        return cls(rows.set_index("recipient")["key"], named.assign(name=named["village"]))

    def of_rows(self, rows: pd.DataFrame) -> pd.Series:
        """The village of each row: of the recipient that it means, else the one that it names."""
        theirs = column(rows, "_recipient").map(self.of_recipient).astype("str")
        own = village_of(rows)
        only = self.named.assign(
            key=self.named.index
        )  # a row that names no township means the only village of that name
        only["short"] = place_keys(only["village"])
        short = only[~only["short"].duplicated(keep=False)].set_index("short")["key"]
        alike = place_keys(column(rows, "village")).map(short).astype("str")
        return theirs.fillna(own.where(own.isin(self.named.index))).fillna(alike).fillna(own)


def village_of(rows: pd.DataFrame) -> pd.Series:
    """township|village in matching form; missing where no village is named."""
    village = place_keys(column(rows, "village"))
    return place_keys(column(rows, "township")).fillna("") + "|" + village


def villager_group_of(rows: pd.DataFrame) -> pd.Series:
    """village|group in matching form; missing where one of them is not named."""
    group = column(rows, "villager_group").fillna(column(rows, "group") if "villager_group" not in rows else np.nan)
    return place_keys(column(rows, "village")) + "|" + group_keys(group.astype("str"))
