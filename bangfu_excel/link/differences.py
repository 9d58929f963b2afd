"""Of those who were found in a list: what it says otherwise; of those who were not: whether it should have named them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.comparison import ListKind
from bangfu_excel.link.compare import MATCHED, Matches

OTHERWISE, BLANK, NOT_MARKED, MARKED = "两边不同", "我方空白", "名单上有，我方没有标记", "名单上没有，我方有标记"
ON_LIST = "在名单上"
_KEYS = {"name": "_name", "township": "_township", "village": "_village"}
_DATES = frozenset({"birth_date"})
COLUMNS = ("at", "ours", "field", "mine", "theirs", "sort")


def find_differences(
    listed: pd.DataFrame, people: pd.DataFrame, matches: Matches, fields: Sequence[str], kind: ListKind | None
) -> pd.DataFrame:
    """`COLUMNS`: one row a field that the list states otherwise than we do, in the order of its rows and of `fields`, the same once.

    Whether somebody belongs comes first; of those who belong on one side only nothing more is said about it. What the list leaves blank is no difference. Where being on the list means that
    somebody should not be here any more, that is told by `still_here`, not here.
    """
    at = matches.state.index[matches.state == MATCHED]
    theirs = listed.loc[at].reset_index(drop=True)
    mine = people.loc[matches.ours[at]].reset_index(drop=True)
    spots = pd.DataFrame({"at": at, "ours": matches.ours[at].to_numpy()})
    marked = kind is not None and kind.mark and not kind.leaves
    parts = [_marks(theirs, mine, spots, kind)] if kind is not None and marked else []
    told = parts[0]["at"].tolist() if parts else []
    for name in fields:
        if name not in theirs:
            continue
        found = _field(theirs, mine, spots, name)
        told_already = kind is not None and name in (kind.mark, *kind.compares)
        parts.append(found[~among(found["at"], told)] if told_already else found)
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    order = pd.concat([part.assign(_order=number) for number, part in enumerate(parts)], ignore_index=True)
    order = order.sort_values(["at", "_order"], kind="stable", ignore_index=True)
    return order.drop_duplicates(["ours", "field", "theirs"], ignore_index=True)[list(COLUMNS)]


def _field(theirs: pd.DataFrame, mine: pd.DataFrame, spots: pd.DataFrame, name: str) -> pd.DataFrame:
    key = _KEYS.get(name, name)
    here, there = mine[key], theirs[key]
    differs = (there.notna() & (here.isna() | (here != there))).fillna(False).astype(bool)
    if name == "id_number":  # a certificate begins with the number
        differs &= here.isna() | (here.str[:18] != there.str[:18])
    if name in _DATES:
        differs &= ~_agree_as_far_as_stated(here, there)
    sort = pd.Series(OTHERWISE, index=mine.index, dtype="str").mask(here.isna(), BLANK)
    return _told(spots, name, mine[name], theirs[name], sort)[differs.to_numpy()]


def _agree_as_far_as_stated(here: pd.Series, there: pd.Series) -> pd.Series:
    """True where the coarser of two dates is the beginning of the other (1968, 1968-05)."""
    pairs = zip(here.fillna("").tolist(), there.fillna("").tolist(), strict=True)
    same = [bool(one) and bool(other) and (one.startswith(other) or other.startswith(one)) for one, other in pairs]
    return pd.Series(same, index=here.index, dtype=bool)


def _marks(theirs: pd.DataFrame, mine: pd.DataFrame, spots: pd.DataFrame, kind: ListKind) -> pd.DataFrame:
    """Who belongs on one side only: whoever is on the list belongs, unless it says itself that he does not."""
    stated = _stated_mark(theirs, kind)
    in_list = (stated.isna() | kind.belongs(stated)).to_numpy()
    in_ours = kind.belongs(mine[kind.mark]).to_numpy()
    sort = pd.Series(np.where(in_list, NOT_MARKED, MARKED), index=mine.index, dtype="str")
    return _told(spots, kind.mark, mine[kind.mark], stated.fillna(ON_LIST), sort)[in_list != in_ours]


def _stated_mark(listed: pd.DataFrame, kind: ListKind) -> pd.Series:
    if kind.mark in listed:
        return listed[kind.mark]
    return pd.Series(None, index=listed.index, dtype="str")


def _told(spots: pd.DataFrame, name: str, mine: pd.Series, theirs: pd.Series, sort: pd.Series) -> pd.DataFrame:
    return spots.assign(
        field=pd.Series(name, index=spots.index, dtype="str"), mine=mine.fillna(""), theirs=theirs, sort=sort
    )


def still_here(listed: pd.DataFrame, people: pd.DataFrame, matches: Matches, kind: ListKind) -> pd.DataFrame:
    """`at`, `ours`: who is on a list of those who are gone, and still registered otherwise."""
    at = matches.state.index[matches.state == MATCHED]
    stated = _stated_mark(listed, kind)[at]
    ours = matches.ours[at]
    chosen = (stated.isna() | kind.belongs(stated)).to_numpy() & ~kind.belongs(people[kind.mark]).loc[ours].to_numpy()
    return pd.DataFrame({"at": at[chosen], "ours": ours.to_numpy()[chosen]}).drop_duplicates("ours", ignore_index=True)


@dataclass(frozen=True)
class Ours:
    """Registered persons who belong, each in one: found in the list (or in a household that it names), waiting as a
    candidate, `absent` from it, or living where it names nobody (`outside`). Rows of people.
    """

    found: pd.Index
    waiting: pd.Index
    absent: pd.Index
    outside: pd.Index


def who_is_missing(
    listed: pd.DataFrame, people: pd.DataFrame, matches: Matches, kind: ListKind, gone: frozenset[str]
) -> Ours:
    """Those whom we mark and the list does not name, in the villages that it covers; `gone`: states of those who left.

    `_heads` of the list: True for rows that stand for a whole household.
    """
    marked = kind.belongs(people[kind.mark])
    if "status" in people:
        marked &= ~people["status"].isin(list(gone))
    hit = matches.ours[matches.state == MATCHED]
    found = pd.Series(people.index.isin(hit), index=people.index)
    if listed["_heads"].any():
        heads = matches.ours[(matches.state == MATCHED) & listed["_heads"]]
        found |= among(people["_household"], people.loc[heads, "_household"].dropna().tolist())
    waiting = pd.Series(people.index.isin(matches.candidates["ours"]), index=people.index) & ~found
    inside = _covered(listed, people, matches)
    rest = marked & ~found & ~waiting
    index = people.index
    return Ours(index[marked & found], index[marked & waiting], index[rest & inside], index[rest & ~inside])


def _covered(listed: pd.DataFrame, people: pd.DataFrame, matches: Matches) -> pd.Series:
    """True for the registered of the villages (where it names none: townships) of the list; without any, of those found in it.

    A village without its township is the one where somebody of the list was found; where nobody was, any of that name.
    """
    found = people.loc[matches.ours[matches.state == MATCHED], ["_township", "_village"]].drop_duplicates()
    places = listed[["_township", "_village"]].drop_duplicates().dropna(how="all")
    lone = places.loc[places["_township"].isna(), "_village"]
    there = found[found["_township"].notna() & (among(found["_village"], lone) | places.empty)]
    alone = set(lone) - set(there["_village"])
    full = pd.concat([places, there])[["_township", "_village"]].dropna()
    whole = set(places["_township"].dropna()) - set(full["_township"])
    inside = among(people["_township"] + "|" + people["_village"], full["_township"] + "|" + full["_village"])
    inside |= among(people["_village"], alone) | among(people["_township"], whole)
    return inside | (people["_township"].isna() & among(people["_village"], places["_village"].dropna()))
