"""Who is responsible for what a record says: helpers by key or by name, and their units."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bangfu_excel.assess.facts import column
from bangfu_excel.assess.metrics.counting import Counting
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold


def people(
    counting: Counting, rows: pd.DataFrame, items: pd.DataFrame, *, names: str = "", unit: str = ""
) -> pd.DataFrame:
    """The items of `rows` (one each), repeated for each helper who is responsible: those whose names stand in the column `names`, else
    those whom the row is linked to. The unit is the one in the column `unit`, else each helper's own, else `helper_unit`.
    """
    stated = units_of(counting, column(rows, unit)) if unit else pd.Series("", index=rows.index, dtype="str")
    beside = units_of(counting, column(rows, "helper_unit"))
    said = named(counting, column(rows, names), stated) if names else pd.Series(None, index=rows.index, dtype="str")
    keys = said.fillna(column(rows, "_helper")).fillna("").str.split("、")
    at = np.repeat(np.arange(len(rows)), keys.str.len()) if len(rows) else np.zeros(0, dtype=np.int64)
    helper = pd.Series(np.concatenate([*keys]) if len(rows) else [], dtype="str")
    found = items.take(at).reset_index(drop=True)
    found["helper"] = helper
    own = helper.map(counting.units).astype("str").fillna("")
    named_unit = pd.Series(stated.to_numpy(dtype=object)[at], dtype="str")
    found["unit"] = named_unit.where(
        named_unit != "", own.where(own != "", pd.Series(beside.to_numpy(dtype=object)[at], dtype="str"))
    )
    return found


def units_of(counting: Counting, stated: pd.Series) -> pd.Series:
    """The unit or school that a row names, as it is called where it is named first (as one that helps, else); as it is written where nobody
    else names it, "" where none is named."""
    known = counting.organisations
    return each_once(stated, lambda text: known.get(counting.organisation_key(text), text)).fillna("")


def named(counting: Counting, names: pd.Series, units: pd.Series) -> pd.Series:
    """Keys (joined with 、) of the helpers of these names: of the unit named beside them, else the only ones of that name; missing where
    nobody is named or none of them is known."""
    helpers = counting.facts.helpers
    book = pd.DataFrame(
        {"key": helpers["key"], "name": each_once(helpers["name"], fold), "unit": counting.units.to_numpy()}
    )
    sole = book[~book["name"].duplicated(keep=False)].set_index("name")["key"].to_dict()
    inside = book.drop_duplicates(["unit", "name"], keep=False).set_index(["unit", "name"])["key"].to_dict()
    pairs = pd.DataFrame({"names": names.fillna(""), "unit": units.fillna("")})
    distinct = pairs.drop_duplicates()
    keys = [_keys(each, unit, inside, sole) for each, unit in distinct.itertuples(index=False, name=None)]
    told = distinct.assign(keys=pd.Series(keys, index=distinct.index, dtype="str"))
    return pairs.merge(told, how="left", on=["names", "unit"])["keys"].set_axis(names.index)


def _keys(names: str, unit: str, inside: dict[tuple[str, str], str], sole: dict[str, str]) -> str | None:
    folded = [fold(name) for name in names.split("、") if name]
    keys = [inside.get((unit, name)) or sole.get(name) for name in folded]
    return "、".join(key for key in dict.fromkeys(keys) if key) or None
