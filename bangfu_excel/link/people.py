"""Everybody who is registered, one row a person: the members, and heads of households who have no row as a member."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.places import place_keys

_OF_HOUSEHOLD = ("township", "village", "group", "household_id", "head_name")
_OF_HEAD = {"name": "head_name", "id_number": "head_id", "gender": "head_gender"}
MATCHED_BY = ("_person", "_name", "_township", "_village")


def registered_people(members: pd.DataFrame, households: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    """RangeIndex; `fields` as text, `MATCHED_BY`, `_household` (its key), `_file`, `_sheet`, `_row`, `_of` (member, household).

    Where a member's row does not say where he lives, his household's does.
    """
    people = _of_members(members, households, fields)
    heads = _of_heads(households, fields)
    known = among(heads["_person"], people["_person"].dropna().tolist())
    home = heads["_household"] + "|" + heads["_name"]
    named = (people["_household"] + "|" + people["_name"]).dropna().tolist()
    alone = heads[~(known | among(home, named))]
    return pd.concat([people, alone], ignore_index=True) if len(alone) else people


def matching_form(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """`MATCHED_BY` of a frame with name, id_number, disability_cert, township, village as text: the number has 18 digits."""
    certificate = frame["disability_cert"].str[:18] if "disability_cert" in frame else None
    number = frame["id_number"].str[:18]
    return {
        "_person": number if certificate is None else number.fillna(certificate),
        "_name": name_keys(frame["name"]).astype("str"),
        "_township": place_keys(frame["township"]),
        "_village": place_keys(frame["village"]),
    }


def as_text(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column as people write it: 是, 1968-05-12 (1968-05 where only the month is known); missing stays missing."""
    if name not in frame:
        return pd.Series(None, index=frame.index, dtype="str")
    values = frame[name]
    if pd.api.types.is_bool_dtype(values.dtype):
        return values.map({True: "是", False: "否"}).astype("str")
    if not pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values.astype("str")
    text = values.dt.strftime("%Y-%m-%d").astype("str")
    precision = frame.get(f"{name}__precision")
    if precision is None or precision.isna().all():
        return text
    return text.mask(precision == "month", text.str[:7]).mask(precision == "year", text.str[:4])


def _of_members(members: pd.DataFrame, households: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    texts = {name: as_text(members, name) for name in fields}
    homes = households.drop_duplicates("_key")
    at = pd.Index(homes["_key"].astype("object")).get_indexer(pd.Index(members["_recipient"].astype("object")))
    for name in _OF_HOUSEHOLD:
        if name in texts and texts[name].isna().any():
            theirs = as_text(homes, name).to_numpy(dtype=object)
            found = np.where(at >= 0, theirs[at], None) if len(theirs) else None
            texts[name] = texts[name].fillna(pd.Series(found, index=members.index, dtype="str"))
    return _person_rows(pd.DataFrame(texts, index=members.index), members, "_recipient", "member")


def _of_heads(households: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    texts = {name: as_text(households, _OF_HEAD.get(name, name)) for name in fields}
    rows = _person_rows(pd.DataFrame(texts, index=households.index), households, "_key", "household")
    return rows[rows["_name"].notna() | rows["_person"].notna()]


def _person_rows(texts: pd.DataFrame, rows: pd.DataFrame, household: str, of: str) -> pd.DataFrame:
    origin = {name: rows[name] for name in ("_file", "_sheet", "_row")}
    people = texts.assign(**matching_form(texts), _household=rows[household].astype("str"), **origin)
    return people.assign(_of=pd.Series(of, index=people.index, dtype="str"))
