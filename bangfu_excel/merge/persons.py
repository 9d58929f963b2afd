"""Members and heads of households as one list of persons, each thing that is said of them as a code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bangfu_excel.core.kinds.clean import text_array
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.places import place_keys
from bangfu_excel.merge.blocks import Codes, Mask

Form = Callable[[pd.Series], pd.Series]
Asked = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class Coded:
    """A column as codes of its distinct texts, -1 where nothing is stated."""

    codes: Codes
    texts: pd.Series

    def texts_at(self, rows: Codes) -> pd.Series:
        """The texts of some rows, "" where nothing is stated."""
        codes = self.codes[rows]
        known = pd.Series(codes).where(codes >= 0)
        return known.map(self.texts).astype("str").fillna("")

    def chosen(self, rows: Codes) -> Coded:
        return Coded(self.codes[rows], self.texts)


@dataclass(frozen=True)
class Persons:
    """One position a person; codes are -1 where nothing is stated.

    members: so many of the positions, the first ones, are rows of the table of members, the rest heads of households ·
    row: position in the two frames, one below the other · key: of table and key · stem: the first 17 digits of the number
    (of one of 15 digits those that its 18 would have) · check: the 18th character, 10 for X · birth: day, as yyyymmdd ·
    village: with its township · asked: None where all are.
    """

    members: int
    row: Codes
    key: Codes
    home: Codes
    name: Codes
    township: Coded
    village_name: Coded
    village: Codes
    birth: Codes
    phone: Codes
    stem: Codes
    check: Codes
    asked: Mask | None

    def __len__(self) -> int:
        return len(self.row)


def persons_of(members: pd.DataFrame, households: pd.DataFrame, asked: Asked | None) -> Persons:
    """The persons of both frames who have a key and a name or number; heads who are among their members by number or name
    only once.
    """
    count = len(members)
    key, home = _both(members, households, "_key", "_key"), _both(members, households, "_recipient", "_key")
    name = _both(members, households, "name", "head_name", name_keys)
    stem, check = _numbers(_numbers_of(members, "id_number"), _numbers_of(households, "head_id"))
    township = _both(members, households, "township", "township", place_keys)
    village = _both(members, households, "village", "village", place_keys)
    heads = np.arange(len(key.codes)) >= count
    township, village = (_of_home(place, home.codes, heads, village.codes) for place in (township, village))
    present = (key.codes >= 0) & ((name.codes >= 0) | (stem >= 0))
    listed = _among_members(home.codes, name.codes, heads) | _among_members(home.codes, stem, heads)
    rows = np.flatnonzero(present & ~listed)
    return Persons(
        members=int(np.searchsorted(rows, count)),
        row=rows,
        key=(key.codes * 2 + heads)[rows],
        home=home.codes[rows],
        name=name.codes[rows],
        township=township.chosen(rows),
        village_name=village.chosen(rows),
        village=np.where(village.codes >= 0, village.codes * (len(township.texts) + 1) + township.codes + 1, -1)[rows],
        birth=_births(members, households, stem)[rows],
        phone=_both(members, households, "phone", "phone", _first_phone).codes[rows],
        stem=stem[rows],
        check=check[rows],
        asked=None if asked is None else _asked(asked, members, households)[rows],
    )


def _both(members: pd.DataFrame, households: pd.DataFrame, own: str, theirs: str, form: Form | None = None) -> Coded:
    """The column `own` of the members and below it `theirs` of the households; form: makes equal what counts as one."""
    encoded = pc.dictionary_encode(pa.concat_arrays([_texts(members, own), _texts(households, theirs)]))
    codes = np.asarray(pc.fill_null(encoded.indices, -1), dtype=np.int64)
    texts = pd.Series(pd.array(encoded.dictionary, dtype="str"))
    if form is None:
        return Coded(codes, texts)
    same, distinct = pd.factorize(form(texts))
    return Coded(np.where(codes < 0, -1, np.append(same, -1)[codes]).astype(np.int64), pd.Series(distinct, dtype="str"))


def _texts(frame: pd.DataFrame, name: str) -> pa.Array:
    if name not in frame:
        return pa.nulls(len(frame), pa.large_string())
    return text_array(frame[name].astype("str"))


def _first_phone(phones: pd.Series) -> pd.Series:
    return phones.astype("str").str.replace("、.*", "", regex=True)


def _of_home(place: Coded, home: Codes, heads: Mask, village: Codes) -> Coded:
    """The place, of members who state no village that of their household."""
    lacking = ~heads & (village < 0) & (home >= 0)
    there = np.full(home.max(initial=-1) + 2, -1, dtype=np.int64)
    first = heads & (village >= 0) & (home >= 0)
    there[home[first]] = place.codes[first]
    return Coded(np.where(lacking, there[home], place.codes), place.texts)


def _among_members(home: Codes, said: Codes, heads: Mask) -> Mask:
    """True for heads of whose household a member has the same code of `said`."""
    stated = (home >= 0) & (said >= 0)
    narrow = np.unique(said, return_inverse=True)[1] if said.max(initial=0) > len(said) else said
    joined = np.where(stated, home * (int(narrow.max(initial=0)) + 1) + narrow, -1)
    return heads & stated & np.isin(joined, joined[stated & ~heads])


def _asked(asked: Asked, members: pd.DataFrame, households: pd.DataFrame) -> Mask:
    parts = [asked(frame).to_numpy(dtype=bool) for frame in (members, households) if len(frame)]
    return np.concatenate([*parts, np.zeros(0, dtype=bool)])


def _numbers_of(frame: pd.DataFrame, name: str) -> pa.Array:
    return pc.coalesce(_texts(frame, name), _texts(frame, f"{name}__stated"))


def _numbers(*parts: pa.Array) -> tuple[Codes, Codes]:
    """The first 17 digits of each number as an integer, and its last character; -1 where there is none."""
    texts = pc.utf8_upper(pa.concat_arrays(parts))
    long = pc.match_substring_regex(texts, r"^[0-9]{17}[0-9X]")
    short = pc.match_substring_regex(texts, r"^[0-9]{15}$")
    old = pc.utf8_replace_slice(texts, start=6, stop=6, replacement="19")
    stems = pc.if_else(long, pc.utf8_slice_codeunits(texts, 0, 17), pc.if_else(short, old, None))
    last = pc.if_else(long, pc.replace_substring(pc.utf8_slice_codeunits(texts, 17, 18), "X", "10"), None)
    return _integers(stems), _integers(last)


def _integers(texts: pa.Array) -> Codes:
    return np.asarray(pc.fill_null(pc.cast(texts, pa.int64()), -1), dtype=np.int64)


def _births(members: pd.DataFrame, households: pd.DataFrame, stem: Codes) -> Codes:
    """Of the number, else as stated to the day."""
    stated = np.full(len(members) + len(households), -1, dtype=np.int64)
    if "birth_date" in members and len(members):
        days = pd.to_datetime(members["birth_date"])
        if "birth_date__precision" in members:
            days = days.where(members["birth_date__precision"].isna())
        said = days.dt.year * 10000 + days.dt.month * 100 + days.dt.day
        stated[: len(members)] = said.fillna(-1).to_numpy(dtype=np.int64)
    return np.where(stem >= 0, stem // 1000 % 10**8, stated)
