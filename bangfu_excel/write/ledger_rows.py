"""The rows of the ledgers: every record beside the recipient it means, in an official order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.ledger import PLACE, RECIPIENTS, LedgerSheet, Seen
from bangfu_excel.core.ledger_terms import CALLED, NAME, NUMBER, OF_RECIPIENT, PLACES, Term, Terms
from bangfu_excel.core.ordering import by_number, numbers_in
from bangfu_excel.core.rows import has_name
from bangfu_excel.write.row_state import STATE, WITHHELD, state_of, withheld_names

TOWNSHIP, VILLAGE = "_township", "_village"
POSITION = "_position"
TINT = "_tint_"
_HOUSEHOLD = "household"


@dataclass(frozen=True)
class LedgerRows:
    """Accepted rows (canonical columns and what the link step added) of every table, and what their columns may be called.

    county: its name, where it is known.
    """

    tables: Mapping[str, pd.DataFrame]
    terms: Terms
    seen: Seen
    county: str = ""
    _made: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False, compare=False)

    def of(self, sheet: LedgerSheet, *more: str) -> pd.DataFrame:
        """The records of a sheet in their order, with its columns and those that it is sorted by; more: further columns.

        A column that cannot be had is blank in every record: a condition on it holds for none, unless it asks for blanks.
        """
        ascending = self._sorting(sheet)
        rows = self._with_columns(sheet, (*self.terms.columns(sheet), *sheet.where, *ascending, sheet.group, *more))
        for name, labels in sheet.where.items():
            rows = rows[meant(_text(rows, name), labels)]
        known = [name for name in ascending if name in rows]
        if not known:
            return rows.reset_index(drop=True)
        return rows.sort_values(
            known, ascending=[ascending[name] for name in known], kind="stable", ignore_index=True, key=by_number
        )

    def _with_columns(self, sheet: LedgerSheet, wanted: Iterable[str]) -> pd.DataFrame:
        """Every row of the sheet's table with those of the columns `wanted` that can be had, and their fills."""
        rows = self.base(sheet.table)
        found = {name: self.column(sheet.table, name) for name in dict.fromkeys(wanted) if name not in rows}
        had = {name: values for name, values in found.items() if values is not None}
        return rows.assign(**had, **self._tints(sheet))

    def _sorting(self, sheet: LedgerSheet) -> dict[str, bool]:
        """Column → whether the least stands first."""
        dated = self.terms.tables[sheet.table].dated_by
        by = sheet.sort or ((dated, PLACE) if dated else (PLACE,))
        named = ((name.removeprefix("-"), not name.startswith("-")) for name in by)
        return {POSITION if name == PLACE else name: ascending for name, ascending in named}

    def base(self, table: str) -> pd.DataFrame:
        """The rows of `table` as they came, with their state, place (`_township`, `_village`) and official position."""
        found: pd.DataFrame = self.once(("base", table), lambda: self._based(table))
        return found

    def column(self, table: str, name: str) -> pd.Series | None:
        """The values of a column by name; None where it cannot be had."""
        found: pd.Series | None = self.once(("column", table, name), lambda: self._column(table, name))
        return found

    def once(self, key: tuple[str, ...], make: Callable[[], object]) -> Any:
        """What `make` gives, made once for these rows."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _based(self, table: str) -> pd.DataFrame:
        declared = self.terms.tables[table]
        rows = self.tables.get(table, pd.DataFrame()).copy(deep=False).reset_index(drop=True)
        for name in withheld_names(rows):
            rows[WITHHELD + name] = has_name(rows["_withheld"].fillna(""), name)
        rows[STATE] = state_of(rows, declared)
        self._made["plain", table] = rows
        place = self.terms.place(table)
        places = [self.column(table, name) for name in place]
        nothing = pd.Series(pd.NA, index=rows.index, dtype="str")
        parts = [nothing if part is None else part for part in (*places, nothing, nothing, nothing)]
        return rows.assign(**{TOWNSHIP: parts[0], VILLAGE: parts[1], POSITION: self._position(table, parts[:3])})

    def _position(self, table: str, place: list[pd.Series]) -> NDArray[np.intp]:
        """The official order: by township, village (as households first name them), and group (by number); with a household beside it."""
        beside = self.terms.means_others(table) and _HOUSEHOLD in self.terms.tables
        at = self._at(_HOUSEHOLD, table) if beside else None
        homes = self._home_places() if table != _HOUSEHOLD else None
        ranks = [_appearance(part, None if homes is None else homes[i]) for i, part in enumerate(place[:2])]
        order = np.lexsort((_group_number(place[2]), ranks[1], ranks[0]))
        position = np.empty(len(order), dtype=np.intp)
        position[order] = np.arange(len(order))
        if at is None:
            return position
        households = self.base(_HOUSEHOLD)
        theirs = households[POSITION].to_numpy()[np.maximum(at, 0)] if len(households) else at
        return np.where(at >= 0, theirs, len(households) + position)

    def _home_places(self) -> tuple[pd.Series, pd.Series] | None:
        if _HOUSEHOLD not in self.terms.tables:
            return None
        rows = self.base(_HOUSEHOLD).sort_values(POSITION)
        return rows[TOWNSHIP].drop_duplicates(), rows[VILLAGE].drop_duplicates()

    def _plain(self, table: str) -> pd.DataFrame:
        if ("plain", table) not in self._made:
            self.base(table)
        found: pd.DataFrame = self._made["plain", table]
        return found

    def _column(self, table: str, name: str) -> pd.Series | None:
        rows = self._plain(table)
        if name in rows:
            return rows[name]
        term = self.terms.term(table, name)
        if term is None:
            return None
        if name.startswith(OF_RECIPIENT):
            return self._theirs(table, term)
        if term.derived is None or not set(term.derived.reads) <= set(rows):
            return None
        return term.derived.of(rows, self.seen)

    def _theirs(self, table: str, term: Term) -> pd.Series | None:
        """What the recipients say; where none was found or says nothing, the row's own words."""
        rows = self._plain(table)
        found = None
        for other in RECIPIENTS:
            called = _called(other, term)
            if not called or other not in self.terms.tables:
                continue
            values, at = self.column(other, called), self._at(other, table)
            if values is None or values.empty or not (at >= 0).any():
                continue
            theirs = values.take(np.maximum(at, 0)).set_axis(rows.index).where(at >= 0)
            if found is None or found.dtype == theirs.dtype:
                found = theirs if found is None else found.fillna(theirs)
        own = rows.get(self.terms.own_words(table).get(term.name, ""))
        if found is None or own is None:
            return own if found is None else found
        return found.fillna(own) if own.dtype == found.dtype else found

    def _at(self, other: str, table: str) -> NDArray[np.intp]:
        """The position in `other` of whom each row of `table` means; -1 where it is nobody of them."""
        found: NDArray[np.intp] = self.once(("at", other, table), lambda: self._found(other, table))
        return found

    def _found(self, other: str, table: str) -> NDArray[np.intp]:
        asked = _text(self._plain(table), "_recipient")
        if other not in self.terms.tables:
            return np.full(len(asked), -1)
        keys = pd.Index(_text(self._plain(other), "_key"))
        first = np.flatnonzero(~keys.duplicated())
        at: NDArray[np.intp] = keys[first].get_indexer(asked)
        at[asked.isna().to_numpy()] = -1
        at[at >= 0] = first[at[at >= 0]]
        return at

    def _tints(self, sheet: LedgerSheet) -> dict[str, pd.Series]:
        """The fill of each cell of the derived columns that are coloured."""
        found = {}
        for name in self.terms.columns(sheet):
            term = self.terms.term(sheet.table, name)
            values = self.column(sheet.table, name) if term and term.derived and term.derived.tints else None
            if values is not None and term and term.derived:
                found[TINT + name] = values.astype("str").map(dict(term.derived.tints)).fillna("").astype("str")
        return found


def _called(other: str, term: Term) -> str:
    """The column of `other` that answers a term of the recipient; "" for none."""
    rest = term.name.removeprefix(OF_RECIPIENT)
    if term.name in (NUMBER, NAME):
        return CALLED[other][term.name == NAME]
    if term.name == PLACES[2]:
        return {"household": "group", "child": "villager_group"}.get(other, "")
    return rest


def meant(values: pd.Series, labels: tuple[str, ...]) -> pd.Series:
    """True where a value is one of `labels`; "" is a blank, of several values in one cell one suffices."""
    found = pd.Series(False, index=values.index)
    shown = as_shown(values)
    for label in labels:
        found |= shown == "" if label == "" else has_name(shown, label)
    return found


def as_shown(values: pd.Series) -> pd.Series:
    """The values as text: 是 and 否, "" for a blank."""
    if pd.api.types.is_bool_dtype(values.dtype):
        values = values.map({True: "是", False: "否"})
    return values.astype("str").fillna("")


def _text(rows: pd.DataFrame, name: str) -> pd.Series:
    """A column as text, missing where it is not there."""
    return rows[name] if name in rows else pd.Series(pd.NA, index=rows.index, dtype="str")


def _appearance(values: pd.Series, known: pd.Series | None) -> NDArray[np.intp]:
    """The rank of each value: in the order in which they first appear, those of `known` before the others."""
    everything = values if known is None else pd.concat([known, values], ignore_index=True)
    codes, _ = pd.factorize(everything)
    codes = codes[len(everything) - len(values) :]
    return np.where(codes < 0, len(everything), codes)


def _group_number(groups: pd.Series) -> NDArray[np.float64]:
    """The number in 3组 and 三组, else the order of appearance after all numbers."""
    codes, names = pd.factorize(groups)
    told = [numbers_in(str(name)) for name in names]
    ranks = [numbers[0] if numbers else 1e6 + at for at, numbers in enumerate(told)]
    ranked: NDArray[np.float64] = np.append(np.array(ranks, dtype=float), 1e9)[codes]
    return ranked
