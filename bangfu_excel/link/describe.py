"""Households in words: 张三（三组，4人，帮扶人李明）."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.places import place_key
from bangfu_excel.core.rows import Rows

_HELPERS_SHOWN = 3
_TOLD = ("_key", "household_id", "head_name", "township", "village", "group", "member_count")


@dataclass(frozen=True)
class Household:
    """What can be said of a household to tell it from its namesakes. details: of its village; text: with the head's name."""

    head: str
    number: str
    township: str  # in matching form
    village: str
    details: tuple[str, ...]

    @property
    def text(self) -> str:
        return self._told(self.details)

    @property
    def placed(self) -> str:
        """The text, with the village."""
        group, *more = self.details or ("",)
        return self._told((self.village + group, *more))

    def _told(self, details: Iterable[str]) -> str:
        detail = "，".join(part for part in details if part)
        return self.head + (f"（{detail}）" if detail else "")


def told_apart(households: Sequence[Household]) -> list[str]:
    """Each in words, with its village where they are not all of one."""
    apart = len({household.village for household in households}) > 1
    return [household.placed if apart else household.text for household in households]


def describe(keys: Iterable[str], rows: Rows, known: Mapping[str, pd.DataFrame]) -> dict[str, Household]:
    """Key → household, for those of `keys` that were submitted or are registered."""
    wanted = set(keys)
    if not wanted:
        return {}
    households = _rows_of("household", "_key", wanted, rows, known).drop_duplicates("_key")
    helpers = _helpers(_rows_of("pairing", "_recipient", wanted, rows, known))
    columns = [name for name in _TOLD if name in households]
    records = households[columns].astype("str").fillna("").to_dict("records")
    return {record["_key"]: _household(record, helpers) for record in records}


def _rows_of(table: str, key: str, wanted: set[str], rows: Rows, known: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    frames = [frame for frame in (rows.frames.get(table), known.get(table)) if frame is not None and key in frame]
    chosen = [frame[among(frame[key], wanted)] for frame in frames]
    if not chosen:
        return pd.DataFrame({key: pd.Series(dtype="str")})
    order = [name for name in (key, "_file", "_sheet", "_row") if name in chosen[0]]
    return pd.concat([part.sort_values(order) for part in chosen if len(part)] or chosen[:1], ignore_index=True)


def _helpers(pairings: pd.DataFrame) -> dict[str, str]:
    if "helper_name" not in pairings:
        return {}
    named = pairings[["_recipient", "helper_name"]].dropna().drop_duplicates().sort_values("helper_name")
    found: dict[str, list[str]] = {}
    for key, name in zip(named["_recipient"].tolist(), named["helper_name"].tolist(), strict=True):
        found.setdefault(key, []).append(name)
    return {key: "、".join(names[:_HELPERS_SHOWN]) for key, names in found.items()}


def _household(row: Mapping[str, str], helpers: Mapping[str, str]) -> Household:
    helper, people = helpers.get(row["_key"], ""), row.get("member_count", "")
    details = (
        row.get("group", ""),
        f"{people}人" if people else "",
        f"帮扶人{helper}" if helper else "",
    )
    township = place_key(row.get("township", ""))
    return Household(row.get("head_name", ""), row.get("household_id", ""), township, row.get("village", ""), details)
