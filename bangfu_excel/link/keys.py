"""Keys by ladder: the first rung that is complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

import pandas as pd

from bangfu_excel.core.columns import only_key
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.places import place_keys
from bangfu_excel.core.table import Table
from bangfu_excel.link.classes import class_keys
from bangfu_excel.link.references import unit_keys

_FORMS: Mapping[str, Callable[[pd.Series], pd.Series]] = {
    "place": place_keys, "organisation": unit_keys, "school": unit_keys, "class_name": class_keys,
}  # fmt: skip
"""Kind of a field, or its name → matching form of its values in a key."""


def household_keys(refs: pd.DataFrame, anchors: pd.DataFrame) -> pd.Series:
    """The key of each household: its number, else the head's identity number, else place and name.

    A household without number that equals one with a number (by the head's identity number, else by place and name,
    and uniquely) has that one's key. anchors: reference columns and `key` of households that are registered.
    """
    keys = own_keys(refs)
    if refs["id"].notna().all():
        return keys
    lacking = refs["id"].isna()
    numbered = pd.concat([refs.assign(key=keys)[~lacking], anchors[anchors["id"].notna()]], ignore_index=True)
    by_person = refs["person"].where(lacking).map(only_key(numbered, "person"))
    keys = keys.mask(by_person.notna(), by_person)
    lacking &= by_person.isna()
    return _by_place(refs, keys, lacking, anchors)


def own_keys(refs: pd.DataFrame) -> pd.Series:
    """The key that a row can give by itself; missing where it names nobody."""
    placed = place_rung(refs)
    return refs["id"].fillna(refs["person"]).fillna(placed).astype("str")


def place_rung(refs: pd.DataFrame) -> pd.Series:
    """township|village|group|name, missing where there is no name."""
    parts = [refs[name].fillna("") for name in ("township", "village", "group")]
    return reduce(lambda left, right: left + "|" + right, [*parts, refs["name"]])


def _by_place(refs: pd.DataFrame, keys: pd.Series, lacking: pd.Series, anchors: pd.DataFrame) -> pd.Series:
    """`keys` with those of rows that state only place and name, or a person nobody numbered, taken from their namesake."""
    if not lacking.any():
        return keys
    known = pd.concat([refs.assign(key=keys), anchors], ignore_index=True)
    known = known.assign(rung=place_rung(known))
    numbered = known["id"].notna()
    surer = known[numbered | known["person"].notna()]
    # someone whose identity number is stated equals only a numbered household that states no other identity number
    anonymous = known[numbered & known["person"].isna()]
    stated = refs["village"].notna() & lacking
    rungs = place_rung(refs)
    for asked, among in ((stated & refs["person"].isna(), surer), (stated & refs["person"].notna(), anonymous)):
        found = rungs.where(asked).map(only_key(among, "rung"))
        keys = keys.mask(found.notna(), found)
    return keys


def ladder_keys(frame: pd.DataFrame, table: Table) -> pd.Series:
    """The key of each row by the ladder of its table, `_recipient` and `_helper` standing for what they were found by.

    Where no rung is complete, the last one with gaps.
    """
    rungs = key_rungs(table)
    parts = {name: key_part(frame, name, table) for rung in rungs for name in rung}
    keys = _joined([parts[name].fillna("") for name in rungs[-1]])
    for rung in reversed(rungs):
        whole = _joined([parts[name] for name in rung])
        keys = whole.fillna(keys)
    return keys.astype("str")


def key_rungs(table: Table) -> tuple[tuple[str, ...], ...]:
    """The rungs of a table with the linked columns in the place of what they were found by."""
    replaced = table.refers.replaced if table.refers is not None else frozenset()

    def column(name: str) -> str:
        return "_recipient" if name in replaced else "_helper" if name == table.helper else name

    return tuple(dict.fromkeys(tuple(dict.fromkeys(map(column, rung))) for rung in table.keys))


def key_part(frame: pd.DataFrame, name: str, table: Table) -> pd.Series:
    """The values of a column as they stand in a key: names, places and units in matching form, dates 2024-03-05, helpers as a set."""
    values = frame[name]
    if name == "_helper":
        several = values[values.str.contains("、", regex=False).fillna(False).astype(bool)].unique().tolist()
        return values.replace({text: "、".join(sorted(text.split("、"))) for text in several}) if several else values
    if name in table and table[name].kind.name in ("person", "persons"):
        return name_keys(values).astype("str")
    if name in table and table[name].kind.name == "date":
        return values.map({day: f"{day:%Y-%m-%d}" for day in values.dropna().unique()}).astype("str")
    if name == "class_name" and "grade" in frame:
        return class_keys(values.astype("str"), frame["grade"].astype("str"))
    form = _FORMS.get(name, _FORMS.get(table[name].kind.name)) if name in table else None
    return values.astype("str") if form is None else form(values.astype("str")).astype("str")


def _joined(parts: Sequence[pd.Series]) -> pd.Series:
    return reduce(lambda left, right: left + "|" + right, parts)
