"""The one current record that a clerk means, from whatever was given of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.core.names import name_key, name_keys
from bangfu_excel.core.places import group_key, group_keys, place_key, place_keys
from bangfu_excel.core.table import Field, Table
from bangfu_excel.merge import Registry
from bangfu_excel.merge.changes import value_text

HOUSEHOLD = "household"
_GROUPS = ("group", "villager_group")
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Clue:
    """One thing that was given of a record.

    heading: of the column where it was given · text: canonical · own: field of the record, "" if none ·
    home: field of its household, "" if none.
    """

    heading: str
    text: str = field(repr=False)
    own: str
    home: str = ""


class NotFoundError(Exception):
    """No record or several fit. heading: the clue to look at · reason: a sentence without the values."""

    def __init__(self, heading: str, reason: str) -> None:
        super().__init__(reason)
        self.heading, self.reason = heading, reason


class RegisteredRows:
    """The current rows of every table, read once each, looked through by clues in matching form."""

    def __init__(self, registry: Registry, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self._registry = registry
        self._frames: dict[str, pd.DataFrame] = {}
        self._forms: dict[tuple[str, str], pd.Series] = {}

    def rows(self, table: str) -> pd.DataFrame:
        """The current rows of `table`."""
        if table not in self._frames:
            self._frames[table] = self._registry.current(self.tables[table])
        return self._frames[table]

    def find(self, table: str, clues: Sequence[Clue], more: Mapping[str, str]) -> int:
        """The position of the only record that fits every clue; else `NotFoundError`.

        more: heading → field, of what could be given besides to tell several apart.
        """
        label = self.tables[table].label
        fits = [self._fits(table, clue) for clue in clues]
        both: Mask = np.logical_and.reduce(fits)
        found = np.flatnonzero(both)
        if len(found) == 1:
            return int(found[0])
        if len(found):
            raise NotFoundError(
                clues[0].heading, f"对上了{len(found)}条{label}，分不清是哪一条{self._advice(table, found, more)}"
            )
        for clue, mask in zip(clues, fits, strict=True):
            if not mask.any():
                raise NotFoundError(clue.heading, f"在台账库的{label}里找不到，请核对")
        named = "、".join(f"“{clue.heading}”" for clue in clues)
        raise NotFoundError(clues[0].heading, f"{named}在{label}里对不到同一条记录上，请核对")

    def fitting(self, table: str, clues: Sequence[Clue]) -> Mask:
        """True for the rows of `table` that fit every clue."""
        fits: Mask = np.logical_and.reduce([self._fits(table, clue) for clue in clues])
        return fits

    def _advice(self, table: str, found: NDArray[np.intp], more: Mapping[str, str]) -> str:
        rows = self.rows(table).take(found)
        helpful = [heading for heading, name in more.items() if name in rows and rows[name].nunique(dropna=False) > 1]
        return (
            f"，请再填{'或'.join(f'“{heading}”' for heading in helpful)}"
            if helpful
            else "，这几条填的都一样，请先核对是不是重复"
        )

    def _fits(self, table: str, clue: Clue) -> Mask:
        mask: Mask = np.zeros(len(self.rows(table)), dtype=bool)
        if clue.own:
            mask |= self._same(table, clue.own, clue.text)
        if clue.home and table != HOUSEHOLD:
            homes = self.rows(HOUSEHOLD)
            keys = homes["_key"][self._same(HOUSEHOLD, clue.home, clue.text)]
            mask |= self.rows(table)["_recipient"].isin(keys).to_numpy()
        return mask

    def _same(self, table: str, name: str, text: str) -> Mask:
        declared = self.tables[table][name]
        forms = self._form(table, declared)
        wanted = _text_form(declared, text)
        if declared.kind.name in ("persons", "keys"):
            joined = SEPARATOR + forms.fillna("") + SEPARATOR
            same = joined.str.contains(f"{SEPARATOR}{wanted}{SEPARATOR}", regex=False)
        else:
            same = (forms == wanted).fillna(False)
        mask: Mask = same.to_numpy(dtype=bool)
        return mask

    def _form(self, table: str, declared: Field) -> pd.Series:
        at = (table, declared.name)
        if at not in self._forms:
            self._forms[at] = _matching(self.rows(table)[declared.name], declared)
        return self._forms[at]


def _matching(values: pd.Series, declared: Field) -> pd.Series:
    match declared.kind.name:
        case "person" | "persons":
            return name_keys(values).astype("str")
        case "place":
            return group_keys(values) if declared.name in _GROUPS else place_keys(values)
        case "date":
            return values.map({day: value_text(day) for day in values.dropna().unique()}).astype("str")
        case "identity_or_certificate":
            return values.astype("str").str[:18]
    return each_once(values.astype("str"), fold)


def _text_form(declared: Field, text: str) -> str:
    match declared.kind.name:
        case "person" | "persons":
            return name_key(text)
        case "place":
            return group_key(text) if declared.name in _GROUPS else place_key(text)
        case "identity_or_certificate":
            return text[:18]
        case "date":
            return text
    return fold(text)
