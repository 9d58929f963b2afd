"""Who of a list is who of the registered: by identity number, then by name and village, never by a guess."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import among

MATCHED, THEIRS_ONLY, PENDING, UNUSABLE = "matched", "theirs_only", "pending", "unusable"
BY_NUMBER, BY_NAME = "证件号码", "姓名和村"
_TWICE = "我方有几人登记了这个证件号码"
_SEVERAL_OURS = "我方同村有几人同名"
_SEVERAL_THEIRS = "名单里同村有几人同名"
_OTHER_NUMBER = "同村同名，两边证件号码不同"
_TAKEN = "这个人已经按证件号码对上名单里的另一行"
_NO_VILLAGE = "姓名相同，有一方没有写村"
NAMELESS = "没有可用的证件号码，也没有姓名"
PLACELESS = "没有可用的证件号码，也没有写乡镇或村"
BAD_NUMBER = "证件号码不能用，按姓名和村也没有找到"


@dataclass(frozen=True)
class Matches:
    """What became of each row of the list (same index).

    state: one of the four · how: by what it was matched, missing where it was not · why: the reason where it is pending
    or cannot be used · ours: row of the registered person, -1 where none is certain
    · candidates: `at` (row of the list), `ours`: who may be meant by the pending ones, in order.
    """

    state: pd.Series
    how: pd.Series
    why: pd.Series
    ours: pd.Series
    candidates: pd.DataFrame


def match_list(listed: pd.DataFrame, people: pd.DataFrame) -> Matches:
    """The rows of a list found among the registered. Both frames: RangeIndex, `people.MATCHED_BY` as text or missing.

    listed `_fault`: what is wrong with a number that is written there, "" if nothing. A number that several have, a name that
    is not the only one in its village on both sides, or one that goes with two different numbers, matches nobody: the row
    waits, with its candidates. Of a row whose number is wrong nobody can say that we have not got whom it means. The
    order of the rows changes nothing.
    """
    numbered = _by_number(listed, people)
    sure = numbered.drop_duplicates("at", keep=False)
    ours = pd.Series(-1, index=listed.index, dtype="int64")
    ours[sure["at"]] = sure["ours"].to_numpy()
    why = _unusable(listed)
    usable = why.isna()
    rest = usable & ~listed.index.isin(numbered["at"])
    named = _judged(_by_name(listed[usable], people), listed, people, taken=set(sure["ours"].tolist()))
    named = named[rest[named["at"]].to_numpy()]
    good = named[named["why"].isna()]
    loose = _by_name_alone(listed[rest & ~listed.index.isin(named["at"])], people)
    waiting = pd.concat(
        [numbered[numbered["at"].duplicated(keep=False)].assign(why=_TWICE), named[named["why"].notna()], loose],
        ignore_index=True,
    )
    how = pd.Series(None, index=listed.index, dtype="str")
    how[sure["at"]], how[good["at"]] = BY_NUMBER, BY_NAME
    ours[good["at"]] = good["ours"].to_numpy()
    reasons = waiting.drop_duplicates("at").set_index("at")["why"].reindex(listed.index).astype("str")
    lost = usable & listed["_person"].isna() & (listed["_fault"] != "") & how.isna() & reasons.isna()
    why = why.mask(lost, BAD_NUMBER)
    state = pd.Series(THEIRS_ONLY, index=listed.index, dtype="str")
    state = state.mask(~usable | lost, UNUSABLE).mask(how.notna(), MATCHED).mask(reasons.notna(), PENDING)
    candidates = waiting[["at", "ours"]].drop_duplicates().sort_values(["at", "ours"], ignore_index=True)
    return Matches(state, how, why.fillna(reasons), ours, candidates.astype("int64"))


def _unusable(listed: pd.DataFrame) -> pd.Series:
    """Why nobody can say who is meant; missing where one can."""
    unplaced = listed["_village"].isna() & listed["_township"].isna()
    why = (
        pd.Series(None, index=listed.index, dtype="str")
        .mask(unplaced, PLACELESS)
        .mask(listed["_name"].isna(), NAMELESS)
    )
    return why.mask(listed["_person"].notna())


def _by_number(listed: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """`at`, `ours`: the registered who have the number of a row."""
    asked = listed[["_person"]].dropna().rename_axis("at").reset_index()
    return asked.merge(_among(people, "_person", asked), on="_person")[["at", "ours"]]


def _by_name(listed: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """`at`, `ours`: the registered of the same name in the same village; townships narrow where both state one."""
    asked = _asked(listed[listed["_village"].notna()])
    there = _among(people[people["_village"].notna()], "_name", asked)
    return _same_township(asked.merge(there, on=["_name", "_village"], suffixes=("", "_there")))


def _by_name_alone(listed: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """`at`, `ours`, `why`: who may be meant where one side states no village.

    A row with a number means nobody who has another one.
    """
    asked = _asked(listed)
    unnumbered = people["_person"].isna()
    homeless = people[people["_village"].isna()]
    unplaced = asked[asked["_village"].isna()]
    lone, by_number = unplaced[unplaced["_person"].isna()], unplaced[unplaced["_person"].notna()]
    placed = people[people["_township"].notna()]
    pairs = [
        asked.merge(_among(homeless, "_name", asked), on="_name", suffixes=("", "_there")),
        lone.merge(_among(placed, "_name", lone), on=["_name", "_township"], suffixes=("", "_there")),
        by_number.merge(_among(people[unnumbered], "_name", by_number), on="_name", suffixes=("", "_there")),
    ]
    kept = [pair[pair["_person"].isna() | pair["_person_there"].isna()] for pair in pairs]
    met = pd.concat([_same_township(pair) for pair in kept], ignore_index=True).drop_duplicates()
    return met.assign(why=pd.Series(_NO_VILLAGE, index=met.index, dtype="str"))


def _judged(met: pd.DataFrame, listed: pd.DataFrame, people: pd.DataFrame, taken: set[int]) -> pd.DataFrame:
    """The pairs with `why` one is not certain, missing for those that are; one reason a row of the list."""
    number = listed["_person"].reindex(met["at"]).set_axis(met.index)
    other = people["_person"].reindex(met["ours"]).set_axis(met.index)
    apart = (number.notna() & other.notna() & (number != other)).astype(bool)
    claimant = number.fillna(met["at"].astype("str"))
    claims = met.assign(claimant=claimant).groupby("ours")["claimant"].nunique()
    many_theirs = met["ours"].map(claims).to_numpy() > 1
    many_ours = met["at"].duplicated(keep=False).to_numpy()
    why = pd.Series(None, index=met.index, dtype="str")
    why = why.mask(many_theirs, _SEVERAL_THEIRS).mask(met["ours"].isin(taken), _TAKEN)
    return met.assign(why=why.mask(apart, _OTHER_NUMBER).mask(many_ours, _SEVERAL_OURS))


def _asked(listed: pd.DataFrame) -> pd.DataFrame:
    named = listed.loc[listed["_name"].notna(), ["_person", "_name", "_township", "_village"]]
    return named.rename_axis("at").reset_index()


def _among(people: pd.DataFrame, by: str, asked: pd.DataFrame) -> pd.DataFrame:
    """The registered who may be asked for, with `ours`: their row."""
    chosen = people.loc[among(people[by], asked[by].tolist()), ["_person", "_name", "_township", "_village"]]
    chosen = chosen if by == "_person" else chosen.dropna(subset=["_name"])
    found = chosen.rename_axis("ours").reset_index()
    return found[["_person", "ours"]] if by == "_person" else found


def _same_township(met: pd.DataFrame) -> pd.DataFrame:
    if "_township_there" not in met:
        return met[["at", "ours"]]
    here, there = met["_township"], met["_township_there"]
    same = here.isna() | there.isna() | (here == there)
    return met.loc[np.asarray(same, dtype=bool), ["at", "ours"]]
