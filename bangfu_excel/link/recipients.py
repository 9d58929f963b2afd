"""From references to households: by number, by identity number, by name within the village."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.link.directory import PLACE_COLUMNS, Directory

EXACT, BY_NAME, CONFIRMED, AMBIGUOUS, NONE = "exact", "by_name", "confirmed", "ambiguous", "none"


@dataclass(frozen=True)
class Resolved:
    """What became of each reference (same index).

    key: of the household, missing where not found · how: exact, by_name, confirmed, ambiguous, none, missing where nobody is named
    · candidates: `at` (label of the reference) and `key`, for those that have several.
    """

    key: pd.Series
    how: pd.Series
    candidates: pd.DataFrame

    def only(self, chosen: pd.Series) -> Resolved:
        """Of the references those where `chosen` (same index) is True."""
        labels = chosen.index[chosen]
        return Resolved(self.key[chosen], self.how[chosen], self.candidates[self.candidates["at"].isin(labels)])


def resolve(refs: pd.DataFrame, directory: Directory) -> Resolved:
    """Who is meant by each of `refs`; several candidates are never chosen from. A number that nobody has finds nobody."""
    if refs.empty:
        none = pd.Series(dtype="str", index=refs.index)
        return Resolved(none, none, candidates_by_name(refs, directory))
    key = refs["id"].map(directory.by_id).astype("str")
    unnumbered = refs["id"].isna()
    if unnumbered.any():
        by_person = refs["person"].where(unnumbered).map(directory.by_person).astype("str")
        key = key.fillna(by_person)
    named = unnumbered & key.isna() & refs["name"].notna()
    candidates = candidates_by_name(refs[named], directory)
    found = candidates.drop_duplicates("at", keep=False).set_index("at")["key"]
    how = _how(refs, key, found, candidates)
    if len(found):
        key = key.fillna(found.reindex(refs.index).astype("str"))
    several = candidates[candidates["at"].duplicated(keep=False)]
    return Resolved(key, how, several)


def resolve_formerly(refs: pd.DataFrame, directory: Directory, once: Directory) -> tuple[Resolved, pd.Series]:
    """`resolve`, and for whom it finds nobody the households as they were before; True where that found one."""
    now = resolve(refs, directory)
    before = pd.Series(False, index=refs.index)
    lost = now.how == NONE
    if not len(once) or not lost.any():
        return now, before
    then = resolve(refs[lost], once)
    met = then.how[then.how != NONE].dropna()
    key, how = now.key.copy(), now.how.copy()
    key[met.index], how[met.index] = then.key[met.index], met
    before[met.index] = then.key[met.index].notna()
    candidates = (
        pd.concat([now.candidates, then.candidates], ignore_index=True) if len(then.candidates) else now.candidates
    )
    return Resolved(key, how, candidates), before


def _how(refs: pd.DataFrame, key: pd.Series, found: pd.Series, candidates: pd.DataFrame) -> pd.Series:
    how = pd.Series(NONE, index=refs.index, dtype="str")
    how = how.mask(key.notna(), EXACT)
    how = how.mask(refs.index.isin(candidates["at"]), AMBIGUOUS)
    how = how.mask(refs.index.isin(found.index), BY_NAME)
    nobody = refs["id"].isna() & refs["person"].isna() & refs["name"].isna()
    return how.mask(nobody)


def candidates_by_name(refs: pd.DataFrame, directory: Directory) -> pd.DataFrame:
    """`at`, `key`: the households of that name in that place; heads, and members where no head has it.

    Township, village and group narrow where both sides state them.
    """
    if refs.empty:
        return pd.DataFrame({"at": pd.Series(dtype="int64"), "key": pd.Series(dtype="str")})
    asked = refs[["name", *PLACE_COLUMNS]].rename_axis("at").reset_index()
    names = directory.names
    names = names[among(names["name"], asked["name"].tolist())]
    placed, unplaced = asked["village"].notna(), names["village"].isna()
    pairs = [
        asked[placed].merge(names[~unplaced], on=["name", "village"], suffixes=("", "_there")),
        asked[placed].drop(columns="village").merge(names[unplaced], on="name", suffixes=("", "_there")),
        asked[~placed].drop(columns="village").merge(names, on="name", suffixes=("", "_there")),
    ]
    columns = ["at", "key", "head", "township", "township_there", "group", "group_there"]
    met = pd.concat([pair[columns] for pair in pairs if len(pair)] or [pairs[0][columns]], ignore_index=True)
    for name in ("township", "group"):
        here, there = met[name], met[f"{name}_there"]
        met = met[(here.isna() | there.isna() | (here == there)).to_numpy(dtype=bool)]
    heads = met.loc[met["head"].astype(bool), "at"]
    met = met[met["head"].astype(bool) | ~met["at"].isin(heads)]
    return met[["at", "key"]].drop_duplicates().sort_values(["at", "key"], kind="stable", ignore_index=True)
