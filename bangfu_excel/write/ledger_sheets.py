"""The sheets of one ledger for one area: lists, summaries over them, and profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from bangfu_excel.core.ledger import AREA, Ledger, LedgerSheet
from bangfu_excel.core.ledger_terms import Terms
from bangfu_excel.core.scheme import AreaLevel
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import SIGNATURE, Page, Sheet, chinese_date
from bangfu_excel.write.ledger_areas import SCHOOL, Area, Positions, positions, school_column, with_areas
from bangfu_excel.write.ledger_columns import for_the_public, ledger_columns
from bangfu_excel.write.ledger_rows import TOWNSHIP, VILLAGE, LedgerRows
from bangfu_excel.write.ledger_summary import SummarySheet, as_far_as_shown
from bangfu_excel.write.occasion import Occasion
from bangfu_excel.write.page import A3, A4
from bangfu_excel.write.turned import TurnedSheet

_PAPERS = {"auto": 0, "A4": A4, "A3": A3}
_BLOCK = "_block"
CHECKED = (
    "_key", "_recipient", TOWNSHIP, VILLAGE, SCHOOL, "visited_on", "visited_on__precision", "mode", "started_on", "ended_on",
    "ended_on__precision",
)  # fmt: skip
"""Columns that the rows of a list keep, shown or not: who is meant, whose they are and when, so that what they come to can be checked."""


@dataclass(frozen=True)
class Prepared:
    """A ledger, the rows of each of its sheets (None for a summary) of the whole county, in their order, and whose they are."""

    ledger: Ledger
    rows: tuple[pd.DataFrame | None, ...]
    whose: tuple[Positions | None, ...]


def prepared(ledger: Ledger, rows: LedgerRows, levels: Sequence[AreaLevel]) -> Prepared | None:
    """The ledger with its rows, without the sheets whose condition no row meets; None where none of its sheets is left."""
    kept: list[LedgerSheet] = []
    frames: list[pd.DataFrame | None] = []
    for position, sheet in enumerate(ledger.sheets):
        frame = None if sheet.kind == "summary" else _rows_of(sheet, rows, levels)
        met = ledger.summed(position) in kept if frame is None else not (sheet.where and frame.empty)
        if met:
            kept.append(sheet)
            frames.append(frame)
    if not kept:
        return None
    whose = tuple(None if frame is None else positions(frame, levels) for frame in frames)
    return Prepared(ledger.model_copy(update={"sheets": tuple(kept)}), tuple(frames), whose)


def _rows_of(sheet: LedgerSheet, rows: LedgerRows, levels: Sequence[AreaLevel]) -> pd.DataFrame:
    more = [name for name in _smaller_areas(sheet, rows.terms, levels) if name]
    more += [school_column(rows.terms, sheet.table)] if "school" in levels else []
    return with_areas(rows, sheet.table, rows.of(sheet, *more), levels)


def _smaller_areas(sheet: LedgerSheet, terms: Terms, levels: Sequence[AreaLevel]) -> list[str]:
    return [smaller_area(sheet.table, terms, level) for level in levels] if sheet.group == AREA else []


def smaller_area(table: str, terms: Terms, level: AreaLevel) -> str:
    """The column of the next smaller area: townships of the county, villages of a township, groups of a village."""
    place = terms.place(table)
    wanted = {"county": 0, "school": 0, "unit": 0, "township": 1, "village": 2}[level]
    return place[min(wanted, len(place) - 1)] if place else ""


@dataclass(frozen=True)
class AreaSheets:
    """A ledger for one area; public: as anybody may see it."""

    ready: Prepared
    terms: Terms
    area: Area
    occasion: Occasion
    public: bool = False

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sheet.table for sheet in self.ready.ledger.sheets))

    @cached_property
    def own(self) -> tuple[pd.DataFrame | None, ...]:
        """The rows of each sheet that are the area's."""
        return tuple(map(self._own_rows, self.ready.rows, self.ready.whose))

    def _own_rows(self, rows: pd.DataFrame | None, whose: Positions | None) -> pd.DataFrame | None:
        if rows is None or whose is None or self.area.level == "county":
            return rows
        return rows.iloc[whose.get(self.area, [])].reset_index(drop=True)

    @property
    def holds_something(self) -> bool:
        return any(rows is not None and len(rows) for rows in self.own)

    @property
    def is_expected(self) -> bool:
        """Whether a township is to see that it has nothing here: others have, of people."""
        if self.area.level != "township" or not any(rows is not None and len(rows) for rows in self.ready.rows):
            return False
        return any(self.terms.tables[table].refers is not None for table in self.tables)

    def listed(self) -> dict[str, pd.DataFrame]:
        """Title of each list → its rows."""
        pairs = zip(self.ready.ledger.sheets, self.own, strict=True)
        return {sheet.title: rows for sheet, rows in pairs if rows is not None and sheet.kind == "list"}

    def sheets(self) -> tuple[Page, ...]:
        """The pages of the workbook, in the order in which they are declared."""
        pages: dict[str, Page] = {}
        for position, sheet in enumerate(self.ready.ledger.sheets):
            page = self._summary(position, pages) if sheet.kind == "summary" else self._listed(position)
            if page is not None:
                pages[sheet.title] = page
        return tuple(pages.values())

    def _listed(self, position: int) -> Page:
        sheet, whole, own = self.ready.ledger.sheets[position], self.ready.rows[position], self.own[position]
        assert whole is not None
        assert own is not None
        columns = ledger_columns(sheet, self.terms, whole, level=self.area.level, public=self.public)
        rows = for_the_public(own, columns, sheet, self.terms) if self.public else own
        if sheet.kind == "profile":
            centred = tuple(replace(one, align="center") if one.align == "right" else one for one in columns)
            return TurnedSheet(
                sheet.title, self._title(sheet), centred, rows, self._lead(sheet, own), len(self.terms.place(sheet.table)),
                sheet.per_page, footer=self.occasion.footer, remark=self._remark, signature=self._signature,
            )  # fmt: skip
        group = self._smaller(sheet) if sheet.group == AREA else sheet.group
        if group in rows:
            rows = self._in_blocks(sheet, group, rows)
        marks = (_BLOCK,) if group in rows else ()
        shown = (name for c in columns for name in (c.source, c.precision, c.approx, c.withheld, c.tint))
        needed = dict.fromkeys(name for name in (*shown, *(() if self.public else CHECKED)) if name in rows)
        return Sheet(
            sheet.title, self._title(sheet), columns, rows[[*needed, *marks]], lead=self._lead(sheet, own),
            frozen=self._frozen(sheet, columns), total=bool(sheet.total), footer=self.occasion.footer, remark=self._remark,
            signature=self._signature, group="".join(marks), size=_PAPERS[self.ready.ledger.paper],
        )  # fmt: skip

    def _summary(self, position: int, pages: Mapping[str, Page]) -> SummarySheet | None:
        sheet, listed = self.ready.ledger.sheets[position], self.ready.ledger.summed(position)
        assert listed is not None
        page = pages.get(listed.title)
        by = tuple(self._smaller(sheet) if name == AREA else name for name in sheet.by)
        seen = as_far_as_shown(sheet, by, page) if isinstance(page, Sheet) else None
        if seen is None or not isinstance(page, Sheet):
            return None
        own = replace(
            page, name=sheet.title, title=self._title(sheet), rows=page.rows[:0], lead=self.occasion.lead(self.area.name), frozen=0, group="",
        )  # fmt: skip
        return SummarySheet(*seen, page, own, self.terms, self.occasion.labels)

    def _smaller(self, sheet: LedgerSheet) -> str:
        return smaller_area(sheet.table, self.terms, self.area.level)

    def _in_blocks(self, sheet: LedgerSheet, name: str, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of each block together, in the order in which the blocks begin; `_block` names them, with the places
        above where two are called the same.
        """
        shown = rows[name].astype("str").fillna("未注明")
        places = self.terms.place(sheet.table)
        above = [TOWNSHIP, VILLAGE][: places.index(name)] if name in places else []
        keys = shown
        for column in above:
            keys = rows[column].astype("str").fillna("") + "|" + keys
        codes, _ = pd.factorize(keys)
        order = codes.argsort(kind="stable")
        several = keys.drop_duplicates().to_frame("key").assign(shown=shown)["shown"]
        alike = shown.isin(several[several.duplicated()])
        named = shown.mask(alike, keys.str.replace("|", ""))
        return rows.assign(**{_BLOCK: named}).iloc[order].reset_index(drop=True)

    def _title(self, sheet: LedgerSheet) -> str:
        title = self.ready.ledger.title
        first = sheet is self.ready.ledger.sheets[0]
        said = sheet.heading or (
            title if first else f"{title}（{sheet.title}）" if sheet.kind == "summary" else sheet.title
        )
        return f"{self.occasion.shown(self.area.name)}{said}"

    def _lead(self, sheet: LedgerSheet, rows: pd.DataFrame) -> tuple[str, ...]:
        """Of visits the days they were made on: what is registered may begin before the period."""
        unit, period, day = self.occasion.lead(self.area.name)
        dated = self.terms.tables[sheet.table].dated_by
        days = rows[dated].dropna() if sheet.dated and dated in rows else rows.index[:0]
        if len(days):
            period = f"{sheet.dated}：{chinese_date(days.min())}至{chinese_date(days.max())}"
        return unit, period, day

    @property
    def _remark(self) -> str:
        return "　".join(text for text in (self.ready.ledger.remark, self.occasion.remark) if text)

    @property
    def _signature(self) -> tuple[str, ...]:
        own = self.ready.ledger.signature
        return SIGNATURE if own is None else own

    def _frozen(self, sheet: LedgerSheet, columns: Sequence[Column]) -> int:
        """How many columns stay in sight: up to the one that is declared, with 序号."""
        sources = [column.source for column in columns]
        return sources.index(sheet.frozen) + 2 if sheet.frozen in sources else 0
