"""Rows on the way from what was submitted to what the office says of them, and a note of each value that it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.rows import Outcome
from bangfu_excel.merge.events import HOUSEHOLD, Change, Removal, Said
from bangfu_excel.merge.natural import Natural, natural, typed
from bangfu_excel.merge.units import LOGS, unit_column, unit_fields

PLACES = frozenset(("township", "village"))
CORRECTED = "_corrected"
"""Column of current rows, there once the office has corrected anything: names of the corrected fields, joined with 、."""


@dataclass(frozen=True)
class Touched:
    """Positions of rows whose `field` the office has changed."""

    field: str
    positions: tuple[int, ...]
    said: Said


@dataclass(frozen=True)
class Amended:
    """Rows with what the office says applied, and where.

    rows: those that are left, then those that it has added · touched: positions among `all_rows` · gone: position → who removed
    it · differing: (position, field, the last change of it) where another value than both stands.
    """

    all_rows: pd.DataFrame
    touched: tuple[Touched, ...]
    gone: Mapping[int, Removal]
    differing: tuple[tuple[int, Change], ...]

    @property
    def rows(self) -> pd.DataFrame:
        """The rows that are current, in order."""
        rows = self.all_rows
        if named := self._corrected():
            rows = rows.assign(**{CORRECTED: pd.Series(named, dtype="str").reindex(rows.index).fillna("")})
        if self.gone:
            rows = rows.drop(index=list(self.gone)).reset_index(drop=True)
        return rows

    def _corrected(self) -> dict[int, str]:
        """Position → names of the fields whose values a correction gave."""
        named: dict[int, dict[str, None]] = {}
        for one in self.touched:
            if one.said.kind == "correct":
                for at in one.positions:
                    named.setdefault(at, {})[one.field] = None
        return {at: "、".join(names) for at, names in named.items()}


class Draft:
    """Rows on the way: columns are replaced, never changed in place."""

    def __init__(self, rows: pd.DataFrame, table: str) -> None:
        self.rows, self.table = rows, table
        self.touched: list[Touched] = []
        self.gone: dict[int, Removal] = {}
        self.differing: list[tuple[int, Change]] = []
        self.moved: set[int] = set()

    def done(self) -> Amended:
        if self.moved:
            at = sorted(self.moved)
            units = self.rows["_unit"].copy()
            units.iloc[at] = unit_column(self.rows.take(at), LOGS.get(self.table, ""), self.table).array
            self.rows = self.rows.assign(_unit=units)
        return Amended(self.rows, tuple(self.touched), self.gone, tuple(self.differing))

    def positions(self, column: str, keys: Iterable[str]) -> dict[str, list[int]]:
        """Key → positions of the rows that have it in `column`."""
        found: dict[str, list[int]] = {}
        if column in self.rows:
            values = self.rows[column]
            for at in np.flatnonzero(among(values, keys)).tolist():
                found.setdefault(values.iat[at], []).append(at)
        return found

    def put(self, name: str, values: Mapping[int, tuple[Natural, str]]) -> None:
        """`name` says these (natural value, precision) at these positions, and nothing of it is withheld there."""
        if not values:
            return
        at, dtype = sorted(values), self.rows[name].dtype if name in self.rows else "str"
        columns = {name: self._changed(name, at, typed([values[i][0] for i in at], dtype))}
        if any(values[i][1] for i in at) or f"{name}__precision" in self.rows:
            precisions = pd.Series([values[i][1] for i in at], dtype="str")
            columns[f"{name}__precision"] = self._changed(f"{name}__precision", at, precisions)
        if f"{name}__approx" in self.rows:
            plain = typed([False] * len(at), self.rows[f"{name}__approx"].dtype)
            columns[f"{name}__approx"] = self._changed(f"{name}__approx", at, plain)
        if "_withheld" in self.rows:
            rest = [_without(text, name) for text in self.rows["_withheld"].iloc[at].fillna("")]
            columns["_withheld"] = self._changed("_withheld", at, pd.Series(rest, dtype="str"))
        self.rows = self.rows.assign(**columns)
        if name in (*PLACES, LOGS.get(self.table), *unit_fields(self.table)) and "_unit" in self.rows:
            self.moved.update(at)

    def add(self, rows: Sequence[Mapping[str, object]], said: Said) -> None:
        """Rows that no submission states, with the place where the office says them."""
        sheet, _, cell = said.place.rpartition("!")
        origin = {
            "_file": said.file, "_sheet": sheet, "_row": int("0" + "".join(filter(str.isdigit, cell))), "_region": -1,
            "_outcome": str(Outcome.ACCEPTED), "_withheld": "", "_link": "exact", "_pending": False, "_submission": "",
            "_batch": said.batch,
        }  # fmt: skip
        start = len(self.rows)
        columns = {}
        for name in self.rows.columns:
            nothing = 0 if self.rows[name].dtype.kind in "iub" and isinstance(self.rows[name].dtype, np.dtype) else None
            given = [natural(origin.get(name, row.get(name, nothing))) for row in rows]
            columns[name] = pd.concat([self.rows[name], typed(given, self.rows[name].dtype)], ignore_index=True)
        self.rows = pd.DataFrame(columns)
        added = range(start, start + len(rows))
        if self.table == HOUSEHOLD and "_unit" in self.rows:
            self.moved.update(added)
        for name in dict.fromkeys(key for row in rows for key in row if not key.startswith("_")):
            self.touched.append(Touched(name, tuple(added), said))

    def _changed(self, name: str, at: list[int], values: pd.Series) -> pd.Series:
        column = self.rows[name].copy() if name in self.rows else pd.Series(None, index=self.rows.index, dtype="str")
        column.iloc[at] = values.array
        return column


def _without(withheld: str, name: str) -> str:
    return "、".join(part for part in withheld.split("、") if part and part != name)
