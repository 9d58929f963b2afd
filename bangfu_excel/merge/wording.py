"""How one row speaks of another: as short as can be, and never of another township's people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.region import Source
from bangfu_excel.core.rows import Rows


@dataclass(frozen=True)
class Origins:
    """Where the rows of one table stand, quick to ask thousands of times: lists by the frame's index, a RangeIndex."""

    sources: tuple[Source, ...]
    region: list[int]
    row: list[int]
    township: list[str]
    letters: tuple[str, ...]  # of each source's first column, "" for forms, whose values stand anywhere

    @classmethod
    def of(cls, rows: Rows, table: str) -> Origins:
        """The origins of `table`."""
        frame = rows[table]
        named = frame["township"] if "township" in frame else pd.Series(None, index=frame.index, dtype="str")
        region = frame["_region"].tolist()
        townships = [
            own or rows.sources[number].metadata.get("填报单位", "")
            for own, number in zip(named.fillna("").tolist(), region, strict=True)
        ]
        letters = tuple("" if source.scattered else source.place(1).cell.rstrip("1") for source in rows.sources)
        return cls(rows.sources, region, frame["_row"].tolist(), townships, letters)

    def source(self, index: int) -> Source:
        """The region that a row stands in."""
        return self.sources[self.region[index]]

    def place(self, index: int, field: str = "") -> Place:
        """What `Rows.place` says."""
        return self.source(index).place(self.row[index], field)

    def cells(self, indexes: Iterable[int], seen_from: Place) -> tuple[str, ...]:
        """The first cell of each of these rows, as `Rows.cell` would say it."""
        return tuple(f"{self._sheet(i, seen_from)}{self._cell(i)}" for i in indexes)

    def _cell(self, index: int) -> str:
        letters = self.letters[self.region[index]]
        return f"{letters}{self.row[index]}" if letters else self.place(index).cell

    def told(self, finding: Finding, one: int, other: int) -> Finding:
        """The finding without its words for strangers, where both rows belong to one submitter."""
        return replace(finding, told="") if self._same_submitter(one, other) else finding

    def _sheet(self, index: int, seen_from: Place) -> str:
        source = self.source(index)
        if source.file != seen_from.file:
            return f"{source.file}|{source.sheet}!"
        return "" if source.sheet == seen_from.sheet else f"{source.sheet}!"

    def _same_submitter(self, one: int, other: int) -> bool:
        """True where two rows stand in one file or name one township, in the row or in the sheet's 填报单位."""
        if self.source(one).file == self.source(other).file:
            return True
        return bool(self.township[one]) and self.township[one] == self.township[other]


def sheet_words(place: Place, seen_from: Place) -> str:
    """The sheet of `place` for a reader at `seen_from`: 本表前面的行, 表“二组”, 文件“a.xlsx”表“二组”."""
    sheet = f"表“{place.sheet}”" if place.sheet else ""
    if place.file != seen_from.file:
        return f"文件“{place.file}”{sheet}"
    return "本表前面的行" if place.sheet == seen_from.sheet else sheet


def row_words(place: Place, seen_from: Place) -> str:
    """The row of `place` for a reader at `seen_from`: 第5行, 表“二组”第5行, 文件“a.xlsx”表“二组”第5行."""
    here = (place.file, place.sheet) == (seen_from.file, seen_from.sheet)
    return f"{'' if here else sheet_words(place, seen_from)}第{place.row}行"
