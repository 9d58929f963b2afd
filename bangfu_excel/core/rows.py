"""All rows of a run, table by table, each with its origin and its outcome.

Columns of every frame, beside the table's fields (all present, missing where not submitted), `<field>__precision` and
`<field>__approx`: `_file`, `_sheet` (str), `_row` (int64), `_region` (int32, position in `Rows.sources`), `_outcome`
(accepted, returned, duplicate), `_withheld` (str: names of the fields withheld, joined with 、). The link step adds
`_key` (the row's own key), `_recipient` (key of the household meant), `_helper`, `_link`. The index is a RangeIndex.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from bangfu_excel.core.finding import Place
from bangfu_excel.core.region import Source


class Outcome(StrEnum):
    """What became of a row."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Rows:
    """Table name → frame (see the module), and the regions that the rows came from."""

    frames: Mapping[str, pd.DataFrame]
    sources: tuple[Source, ...]

    def __contains__(self, table: object) -> bool:
        return table in self.frames

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.frames[table]

    def place(self, table: str, index: int, field: str = "") -> Place:
        """Where the value of `field` in row `index` of `table` stands."""
        frame = self.frames[table]
        source = self.sources[int(frame.at[index, "_region"])]
        return source.place(int(frame.at[index, "_row"]), field)

    def cell(self, table: str, index: int, field: str, *, seen_from: Place) -> str:
        """The cell of a related row, as short as it can be said beside `seen_from`: `B7`, `表!B7` or `文件|表!B7`."""
        place = self.place(table, index, field)
        if place.file != seen_from.file:
            return f"{place.file}|{place.sheet}!{place.cell}"
        return place.cell if place.sheet == seen_from.sheet else f"{place.sheet}!{place.cell}"

    def with_frame(self, table: str, frame: pd.DataFrame) -> Rows:
        return replace(self, frames={**self.frames, table: frame})

    def with_outcome(self, table: str, index: Iterable[int], outcome: Outcome) -> Rows:
        """These rows of `table` with another outcome; a returned row stays returned."""
        frame = self.frames[table].copy(deep=False)
        chosen = frame.index.isin(list(index)) & (frame["_outcome"] != Outcome.RETURNED)
        frame["_outcome"] = frame["_outcome"].mask(chosen, str(outcome))
        return self.with_frame(table, frame)

    def withhold(self, table: str, index: Iterable[int], field: str) -> Rows:
        """These rows with the value of `field` withheld: missing, and named in `_withheld`."""
        frame = self.frames[table].copy(deep=False)
        chosen = pd.Series(frame.index.isin(list(index)), index=frame.index)
        frame[field] = frame[field].mask(chosen)
        named = frame["_withheld"]
        longer = named.where(named == "", named + "、") + field
        frame["_withheld"] = named.mask(chosen & ~has_name(named, field), longer)
        return self.with_frame(table, frame)


def has_name(withheld: pd.Series, field: str) -> pd.Series:
    """True where the joined text of `_withheld` names `field`."""
    return ("、" + withheld + "、").str.contains(f"、{field}、", regex=False)
