"""What is there to be compared: the rows of each table, submitted and registered, and the village of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import among, one_of
from bangfu_excel.core.rows import ADDS, Outcome, Rows, only_adds
from bangfu_excel.core.rule import BEFORE
from bangfu_excel.core.standing import SUBMITTER, replaced_rows, stated_villages
from bangfu_excel.core.table import Retention, Table

HOUSEHOLD, CHILD = "household", "child"
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
    def registered(self) -> dict[str, pd.DataFrame]:
        """Table → what is registered, replaced or not, with the columns of the submitted rows where there are any.

        `_again` (bool): a submitted row, whatever became of it, has the same key.
        """
        return {name: self._registered(name, frame) for name, frame in self.known.items()}

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

        A column `<field>__stated` that it reads holds what is written in the cells whose value is withheld; a table
        `<name>__before` is what is registered of a table, replaced or not. `_adds` is True only for rows of this run.
        """
        others = {name: self._looked_up(name) for name in (*needs, *reads) if name != on}
        judged = self.covered(self.standing[on], on, needs)
        stated = [name for name in reads.get(on, ()) if name.endswith(STATED)]
        judged = judged.assign(**{ADDS: only_adds(judged)}) if ADDS in judged else judged
        return {
            **others,
            on: judged.assign(**{name: self.rows.written(judged, name.removesuffix(STATED)) for name in stated}),
        }

    def row(self, table: str, label: int) -> pd.Series:
        """The registered row of a label that no submitted one has."""
        return self.registered[table].loc[label]

    def township(self, table: str, label: int) -> str:
        """The township (matching form) of a row, submitted or registered."""
        if label in self.villages[table].index:
            return str(self.villages[table].at[label]).partition("|")[0]
        return str(self._villages(self.registered[table].loc[[label]]).iloc[0]).partition("|")[0]

    def _looked_up(self, name: str) -> pd.DataFrame:
        if not name.endswith(BEFORE):
            return self.everything.get(name, self._empty(name))
        table = name.removesuffix(BEFORE)
        return self.registered.get(table, self._empty(table).assign(_again=False))

    def _joined(self, name: str) -> pd.DataFrame:
        if name not in self.rows:
            return self.registered[name].drop(columns="_again").assign(_outcome=str(Outcome.ACCEPTED))
        submitted = self.rows[name]
        kept = _kept(submitted, submitted["_outcome"] != Outcome.DUPLICATE)
        registered = self.registered.get(name)
        if registered is None or registered.empty:
            return kept
        roster = name in self.tables and self.tables[name].retention is Retention.ROSTER
        left = registered[~replaced_rows(self.rows, name, registered, roster=roster)].drop(
            columns=SUBMITTER, errors="ignore"
        )
        left = left.drop(columns="_again").assign(_outcome=str(Outcome.ACCEPTED)).astype({"_outcome": "str"})
        return pd.concat([kept, left]) if len(left) else kept

    def _registered(self, name: str, known: pd.DataFrame) -> pd.DataFrame:
        frame, labels = known.assign(_region=np.int32(-1)), pd.RangeIndex(len(known))
        again = pd.Series(False, index=known.index)
        if name in self.rows and len(known):
            submitted = self.rows[name]
            if "_key" in known:
                again = pd.Series(one_of(known["_key"], submitted["_key"]), index=known.index)
            frame = frame.reindex(columns=submitted.columns).assign(_region=np.int32(-1))
            frame["_outcome"] = known["_outcome"] if "_outcome" in known else str(Outcome.ACCEPTED)
            frame = frame.astype(submitted.dtypes.to_dict())
            if SUBMITTER in known:
                frame[SUBMITTER] = known[SUBMITTER]
            labels = pd.RangeIndex(len(submitted), len(submitted) + len(known))
        return frame.assign(_again=again).set_axis(labels, axis=0)

    @cached_property
    def _village_by_recipient(self) -> pd.Series:
        """Key of a household or child → its village; of a child only where its roster states one."""
        homes = []
        for name in (HOUSEHOLD, CHILD):
            frame = self.everything.get(name)
            if frame is not None and "_key" in frame:
                own = frame[["_key"]].assign(village=stated_villages(frame))
                homes.append(own[frame["village"].notna()] if name == CHILD else own)
        if not homes:
            return pd.Series(dtype="str")
        return pd.concat(homes).dropna().drop_duplicates("_key").set_index("_key")["village"]

    def _villages(self, frame: pd.DataFrame) -> pd.Series:
        own = stated_villages(frame)
        if "_recipient" not in frame or self._village_by_recipient.empty:
            return own
        return frame["_recipient"].map(self._village_by_recipient).astype("str").fillna(own)

    def _empty(self, name: str) -> pd.DataFrame:
        fields = self.tables[name].fields if name in self.tables else ()
        columns = {f.name: pd.Series(dtype=f.kind.dtype) for f in fields}
        marks = dict.fromkeys(("_key", "_recipient", "_helper", "_link", "_file", "_sheet"), pd.Series(dtype="str"))
        return pd.DataFrame({**columns, **marks})


def _kept(frame: pd.DataFrame, mask: pd.Series) -> pd.DataFrame:
    return frame if mask.all() else frame[mask]
