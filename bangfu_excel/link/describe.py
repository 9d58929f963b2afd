"""Households in words: 张三（三组，4人，帮扶人李明）."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.places import place_key
from bangfu_excel.core.rows import Rows

_HELPERS_SHOWN = 3


@dataclass(frozen=True)
class Household:
    """What can be said of a household to tell it from its namesakes."""

    head: str
    number: str
    township: str
    village: str
    text: str


def describe(keys: Iterable[str], rows: Rows, known: Mapping[str, pd.DataFrame]) -> dict[str, Household]:
    """Key → household, for those of `keys` that were submitted or are registered."""
    wanted = set(keys)
    households = _rows_of("household", "_key", wanted, rows, known).drop_duplicates("_key")
    helpers = _helpers(_rows_of("pairing", "_recipient", wanted, rows, known))
    return {str(row["_key"]): _household(row, helpers) for _, row in households.iterrows()}


def _rows_of(table: str, key: str, wanted: set[str], rows: Rows, known: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    frames = [frame for frame in (rows.frames.get(table), known.get(table)) if frame is not None and key in frame]
    chosen = [frame[frame[key].isin(wanted)] for frame in frames]
    if not chosen:
        return pd.DataFrame({key: pd.Series(dtype="str")})
    order = [name for name in (key, "_file", "_sheet", "_row") if name in chosen[0]]
    return pd.concat([part.sort_values(order) for part in chosen if len(part)] or chosen[:1], ignore_index=True)


def _helpers(pairings: pd.DataFrame) -> dict[str, str]:
    if "helper_name" not in pairings:
        return {}
    named = pairings[["_recipient", "helper_name"]].dropna().drop_duplicates().sort_values("helper_name")
    return {
        str(key): "、".join(names.iloc[:_HELPERS_SHOWN]) for key, names in named.groupby("_recipient")["helper_name"]
    }


def _household(row: pd.Series, helpers: Mapping[str, str]) -> Household:
    def said(name: str) -> str:
        value = row.get(name)
        return "" if value is None or pd.isna(value) else str(value)

    helper = helpers.get(str(row["_key"]), "")
    about = (
        said("group"),
        f"{said('member_count')}人" if said("member_count") else "",
        f"帮扶人{helper}" if helper else "",
    )
    detail = "，".join(part for part in about if part)
    text = said("head_name") + (f"（{detail}）" if detail else "")
    return Household(said("head_name"), said("household_id"), place_key(said("township")), said("village"), text)
