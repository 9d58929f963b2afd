"""What is there to be compared: the rows of each table, submitted and registered, and the village of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.places import place_keys
from bangfu_excel.core.rows import Outcome, Rows, has_name
from bangfu_excel.core.table import Retention, Table

HOUSEHOLD = "household"
STATED = "__stated"


@dataclass(frozen=True)
class Presence:
    """All rows that rules across tables may look at.

    Labels below `len(rows[table])` are submitted rows, those above are registered ones (`_region` -1).
    """

    rows: Rows
    known: Mapping[str, pd.DataFrame]
    tables: Mapping[str, Table]

    @cached_property
    def everything(self) -> dict[str, pd.DataFrame]:
        """Table → rows submitted, whatever became of them save duplicates, and those registered that they do not replace."""
        names = dict.fromkeys((*self.rows.frames, *self.known))
        return {name: self._joined(name) for name in names}

    @cached_property
    def standing(self) -> dict[str, pd.DataFrame]:
        """The same without returned rows."""
        return {name: _kept(frame, frame["_outcome"] != Outcome.RETURNED) for name, frame in self.everything.items()}

    @cached_property
    def villages(self) -> dict[str, pd.Series]:
        """Table → township|village of each row (matching form, "" where unknown): of its household, else its own."""
        return {name: self._villages(frame) for name, frame in self.everything.items()}

    def has(self, table: str) -> bool:
        return table in self.everything and len(self.everything[table]) > 0

    def covered(self, frame: pd.DataFrame, table: str, needs: Iterable[str]) -> pd.DataFrame:
        """The rows of `frame` (of `table`) whose village has rows in each of the tables `needs`."""
        mask = pd.Series(True, index=frame.index)
        for need in needs:
            mask &= among(self.villages[table].loc[frame.index], self.villages[need].unique().tolist())
        return _kept(frame, mask)

    def frames_for(
        self, on: str, needs: tuple[str, ...], reads: Mapping[str, tuple[str, ...]]
    ) -> dict[str, pd.DataFrame]:
        """What a relation is given: the rows it judges, and every row that may be looked up in the other tables.

        A column `<field>__stated` that it reads holds what is written in the cells whose value is withheld.
        """
        others = {name: self.everything.get(name, self._empty(name)) for name in (*needs, *reads) if name != on}
        judged = self.covered(self.standing[on], on, needs)
        stated = [name for name in reads.get(on, ()) if name.endswith(STATED)]
        return {
            **others,
            on: judged.assign(**{name: self._written(judged, name.removesuffix(STATED)) for name in stated}),
        }

    def _written(self, frame: pd.DataFrame, field: str) -> pd.Series:
        """The texts as written of withheld values of `field`, missing elsewhere."""
        texts = pd.Series(None, index=frame.index, dtype=object)
        withheld = has_name(frame["_withheld"].fillna(""), field) & (frame["_region"] >= 0)
        for region, part in frame[withheld].groupby("_region"):
            column = self.rows.sources[int(str(region))].columns.get(field)
            if column is not None and column.raw is not None:
                codes = column.raw.codes[part["_row"].to_numpy() - 1].tolist()
                values = (column.raw.values[code] for code in codes)
                texts[part.index] = [value if isinstance(value, str) else None for value in values]
        return texts.astype("str")

    def _joined(self, name: str) -> pd.DataFrame:
        registered = self.known.get(name)
        if name not in self.rows:
            assert registered is not None
            return registered.assign(_region=np.int32(-1), _outcome=str(Outcome.ACCEPTED)).reset_index(drop=True)
        submitted = self.rows[name]
        kept = _kept(submitted, submitted["_outcome"] != Outcome.DUPLICATE)
        if registered is None or registered.empty:
            return kept
        left = registered[~self._replaced(name, registered)].reindex(columns=submitted.columns)
        left = left.assign(_region=np.int32(-1), _outcome=str(Outcome.ACCEPTED)).astype(submitted.dtypes.to_dict())
        left.index = pd.RangeIndex(len(submitted), len(submitted) + len(left))
        return pd.concat([kept, left]) if len(left) else kept

    def _replaced(self, name: str, registered: pd.DataFrame) -> pd.Series:
        """Registered rows that a submitted one stands for: of equal key, in a roster also of the same household."""
        submitted = self.rows[name]
        roster = name in self.tables and self.tables[name].retention is Retention.ROSTER
        gone = pd.Series(False, index=registered.index)
        for column in ("_key", "_recipient") if roster else ("_key",):
            if column in submitted and column in registered:
                gone |= among(registered[column], submitted[column].dropna().tolist())
        return gone

    @cached_property
    def _village_by_household(self) -> pd.Series:
        households = self.everything.get(HOUSEHOLD)
        if households is None or "_key" not in households:
            return pd.Series(dtype="str")
        named = households[["_key"]].assign(village=_own_villages(households)).dropna().drop_duplicates("_key")
        return named.set_index("_key")["village"]

    def _villages(self, frame: pd.DataFrame) -> pd.Series:
        own = _own_villages(frame)
        if "_recipient" not in frame or self._village_by_household.empty:
            return own
        return frame["_recipient"].map(self._village_by_household).astype("str").fillna(own)

    def _empty(self, name: str) -> pd.DataFrame:
        fields = self.tables[name].fields if name in self.tables else ()
        columns = {f.name: pd.Series(dtype=f.kind.dtype) for f in fields}
        marks = dict.fromkeys(("_key", "_recipient", "_helper", "_link", "_file", "_sheet"), pd.Series(dtype="str"))
        return pd.DataFrame({**columns, **marks})


def _kept(frame: pd.DataFrame, mask: pd.Series) -> pd.DataFrame:
    return frame if mask.all() else frame[mask]


def _own_villages(frame: pd.DataFrame) -> pd.Series:
    return _folded(frame, "township") + "|" + _folded(frame, "village")


def _folded(frame: pd.DataFrame, name: str) -> pd.Series:
    if name not in frame:
        return pd.Series("", index=frame.index, dtype="str")
    return place_keys(frame[name]).fillna("")
