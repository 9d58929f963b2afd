"""All rows of a run, table by table, each with its origin and its outcome.

Columns of every frame, beside the table's fields (all present, missing where not submitted), `<field>__precision` and
`<field>__approx`: `_file`, `_sheet` (str), `_row` (int64), `_region` (int32, position in `Rows.sources`), `_outcome`
(accepted, returned, duplicate), `_withheld` (str: names of the fields withheld, joined with 、), `_adds` (bool: the row only
adds to what was reported before, 补报, and takes nothing's place). The link step adds
`_key` (the row's own key), `_recipient` (key of the household meant), `_helper`, `_link`. The index is a RangeIndex.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.finding import Place
from bangfu_excel.core.region import Source, TypedRegion
from bangfu_excel.core.table import Table

ADDS = "_adds"
"""Column of the mark of rows that only add (补报)."""


class Outcome(StrEnum):
    """What became of a row."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, repr=False)
class Rows:
    """Table name → frame (see the module), and the regions that the rows came from."""

    frames: Mapping[str, pd.DataFrame]
    sources: tuple[Source, ...]

    def __repr__(self) -> str:
        """Counts only: rows are personal, and are printed in notebooks and tracebacks."""
        return f"Rows({', '.join(f'{name} {len(frame)}' for name, frame in self.frames.items())})"

    def __contains__(self, table: object) -> bool:
        return table in self.frames

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.frames[table]

    @property
    def height(self) -> int:
        """Rows of all tables."""
        return sum(len(frame) for frame in self.frames.values())

    def place(self, table: str, index: int, field: str = "") -> Place:
        """Where the value of `field` in row `index` of `table` stands."""
        regions, numbers = self._origins[table]
        return self.sources[int(regions[index])].place(int(numbers[index]), field)

    @cached_property
    def _origins(self) -> dict[str, tuple[NDArray[np.int32], NDArray[np.int64]]]:
        """Table → region and row number of each row: one look into a frame costs as much as twenty into an array."""
        return {name: (frame["_region"].to_numpy(), frame["_row"].to_numpy()) for name, frame in self.frames.items()}

    def cell(self, table: str, index: int, field: str, *, seen_from: Place) -> str:
        """The cell of a related row, as short as it can be said beside `seen_from`: `B7`, `表!B7` or `文件|表!B7`."""
        place = self.place(table, index, field)
        if place.file != seen_from.file:
            return f"{place.file}|{place.sheet}!{place.cell}"
        return place.cell if place.sheet == seen_from.sheet else f"{place.sheet}!{place.cell}"

    def written(self, frame: pd.DataFrame, field: str) -> pd.Series:
        """What is written in the cells of rows (of a table of this run) whose value of `field` is withheld; missing elsewhere."""
        texts = pd.Series(None, index=frame.index, dtype=object)
        withheld = has_name(frame["_withheld"].fillna(""), field) & (frame["_region"] >= 0)
        for region, part in frame[withheld].groupby("_region"):
            column = self.sources[int(str(region))].columns.get(field)
            if column is not None and column.raw is not None:
                codes = column.raw.codes[part["_row"].to_numpy() - 1].tolist()
                values = (column.raw.values[code] for code in codes)
                texts[part.index] = [value if isinstance(value, str) else None for value in values]
        return texts.astype("str")

    def with_frame(self, table: str, frame: pd.DataFrame) -> Rows:
        return replace(self, frames={**self.frames, table: frame})

    def with_outcome(self, table: str, index: Iterable[int], outcome: Outcome) -> Rows:
        """These rows of `table` with another outcome; a returned row stays returned."""
        labels = list(index)
        if not labels:
            return self
        frame = self.frames[table].copy(deep=False)
        chosen = frame.index.isin(labels) & (frame["_outcome"] != Outcome.RETURNED)
        frame["_outcome"] = frame["_outcome"].mask(chosen, str(outcome))
        return self.with_frame(table, frame)

    def withhold(self, table: str, index: Iterable[int], field: str) -> Rows:
        """These rows with the value of `field` withheld: missing, and named in `_withheld`."""
        labels = list(index)
        if not labels:
            return self
        frame = self.frames[table].copy(deep=False)
        chosen = pd.Series(frame.index.isin(labels), index=frame.index)
        frame[field] = frame[field].mask(chosen)
        named = frame["_withheld"]
        longer = named.where(named == "", named + "、") + field
        frame["_withheld"] = named.mask(chosen & ~has_name(named, field), longer)
        return self.with_frame(table, frame)


def only_adds(frame: pd.DataFrame) -> pd.Series:
    """True for the rows of this run (not those registered earlier) that only add to what was reported before."""
    if ADDS not in frame:
        return pd.Series(False, index=frame.index)
    return frame[ADDS].eq(True) & (frame["_region"] >= 0)


def has_name(withheld: pd.Series, field: str) -> pd.Series:
    """True where the joined text of `_withheld` names `field`."""
    return ("、" + withheld + "、").str.contains(f"、{field}、", regex=False)


def assemble(regions: Sequence[TypedRegion], tables: Mapping[str, Table]) -> Rows:
    """The rows of all regions, in their order, one frame a table; fields that no region has are there, missing."""
    frames: dict[str, pd.DataFrame] = {}
    for name, table in tables.items():
        parts = [_with_origin(typed, position) for position, typed in enumerate(regions) if typed.source.table == name]
        if parts:
            frames[name] = _complete(pd.concat(parts, ignore_index=True), table)
    return Rows(frames, tuple(typed.source for typed in regions))


def _with_origin(typed: TypedRegion, position: int) -> pd.DataFrame:
    frame, outcomes = typed.frame, pd.array([Outcome.ACCEPTED, Outcome.RETURNED], dtype="str")
    origin = {
        "_file": pd.Series(typed.source.file, index=frame.index, dtype="str"),
        "_sheet": pd.Series(typed.source.sheet, index=frame.index, dtype="str"),
        "_region": np.full(len(frame), position, dtype=np.int32),
        "_outcome": outcomes.take(typed.returned.astype(np.int64)),
        "_withheld": _withheld_names(typed),
        ADDS: typed.frame[ADDS] if ADDS in typed.frame else np.zeros(len(frame), dtype=bool),
    }
    return frame.assign(**origin)


def _withheld_names(typed: TypedRegion) -> pd.Series:
    named = pd.Series("", index=typed.frame.index, dtype="str")
    for field, faulty in typed.faulty.items():
        if faulty.any():
            longer = named.where(named == "", named + "、") + field
            named = named.mask(pd.Series(faulty, index=named.index), longer)
    return named


def _complete(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    absent = {
        field.name: pd.Series(pd.array([None], dtype=field.kind.dtype).take(np.zeros(len(frame), dtype=np.int64)))
        for field in table.fields
        if field.name not in frame
    }
    marks = [name for name in frame.columns if name not in table]
    return frame.assign(**absent)[[*table.names, *marks]]
