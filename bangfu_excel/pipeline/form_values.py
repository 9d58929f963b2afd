"""What goes into the cells of a form: counts, sums and values of what is registered, and how many rows lacked one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.core.places import place_key
from bangfu_excel.core.table import Field, Table
from bangfu_excel.domain.ages import AGED_BY, fewest_years
from bangfu_excel.merge import Registry
from bangfu_excel.pipeline.books import assessed
from bangfu_excel.pipeline.form_asked import Asked
from bangfu_excel.pipeline.form_conditions import Clause, holding
from bangfu_excel.pipeline.form_indicators import Indicators, level_of
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write import form_mapping_book as book
from bangfu_excel.write.form_filled import Value
from bangfu_excel.write.ledger_areas import COUNTY

_DIGITS = 10  # of a sum: 0.1 + 0.2 is 0.3
_SEVERAL = "：符合条件的{0}条记录里有{1}个不同的值，取不出一个；请把条件写细，或换一种统计方式"


class UnansweredError(Exception):
    """Why a cell has no one value. heading: of the mapping, under which that is to be set right."""

    def __init__(self, heading: str, sentence: str) -> None:
        super().__init__(sentence)
        self.heading = heading


@dataclass(frozen=True)
class Answer:
    """A cell's value (None: nothing to write), of how many rows, and how many of them said nothing."""

    value: Value | None
    rows: int
    missing: int = 0


@dataclass(frozen=True)
class Answers:
    """What is registered, asked. frames: table → current rows · indicators: None where nobody asks for one · township: of which
    alone is asked, "" for the county.
    """

    frames: Mapping[str, pd.DataFrame]
    settings: Settings
    indicators: Indicators | None = None
    township: str = ""

    @classmethod
    def of(cls, registry: Registry, settings: Settings, cells: Sequence[Asked]) -> Answers:
        names = dict.fromkeys((*(cell.table.name for cell in cells if cell.table), "household"))
        wanted = {cell.indicator for cell in cells if cell.indicator}
        indicators = Indicators(assessed(registry, settings, metrics=wanted & set(METRICS))) if wanted else None
        return cls(registry.snapshot(settings.tables[name] for name in names), settings, indicators)

    def townships(self) -> list[str]:
        """The townships of which anything is registered, as they first appear."""
        named = [rows["township"].dropna().unique() for rows in self.frames.values() if "township" in rows]
        return list({place_key(name): name for names in reversed(named) for name in reversed(names)}.values())[::-1]

    def of_township(self, township: str) -> Answers:
        """What is asked of the same rows, of one township alone."""
        return replace(self, township=township)

    def answer(self, cell: Asked) -> Answer:
        """What a cell holds that is no list; `UnansweredError` where there is not one value to take."""
        if cell.source == book.OCCASION:
            return Answer(self._occasion(cell.label), 0)
        if cell.indicator:
            return self._figure(cell)
        rows = self.rows(cell)
        if cell.statistic is not None:
            return self._rate(cell, rows)
        if cell.field is None:
            return Answer(float(len(rows)), len(rows))
        values = self.column(cell.field, rows)
        missing = int(values.isna().sum())
        return Answer(_reduced(cell, values.dropna(), rows), len(rows), missing)

    def rows(self, cell: Asked) -> pd.DataFrame:
        """The rows that a cell is about, by township and village as they first appear; of a log, those of the period."""
        assert cell.table is not None
        table, rows = cell.table, self.frames[cell.table.name]
        dated = table.dated_by
        if dated and not any(clause.field.name == dated for clause in cell.where):
            period = self.settings.spec.period
            rows = rows[rows[dated].between(pd.Timestamp(period.start), pd.Timestamp(period.end))]
        where = (*cell.where, *self._own(table))
        return _in_order(holding(where, lambda clause: self._asked_of(clause, rows), rows))

    def _own(self, table: Table) -> tuple[Clause, ...]:
        """That a row is of the township, or means a household of it."""
        if not self.township:
            return ()
        own = table if "township" in table else self.settings.tables["household"]
        return (Clause(own["township"], "=", (self.township,), of_home=own is not table),)

    def column(self, field: Field, rows: pd.DataFrame) -> pd.Series:
        """The values of a field; of an age, as of the day of the report."""
        if field.name == "age" and {"id_number", "birth_date"} <= set(rows):
            absent = {name: pd.Series(None, index=rows.index, dtype="str") for name in AGED_BY if name not in rows}
            return fewest_years(rows.assign(**absent), self.settings.given)
        return rows[field.name]

    def _asked_of(self, clause: Clause, rows: pd.DataFrame) -> pd.Series:
        own = self.column(clause.field, rows) if not clause.of_home else None
        if own is not None and (clause.field.name not in ("township", "village") or "_recipient" not in rows):
            return own
        homes = self.frames["household"].drop_duplicates("_key").set_index("_key")
        if clause.field.name not in homes:
            return own if own is not None else pd.Series(None, index=rows.index, dtype="str")
        theirs = homes[clause.field.name].reindex(rows["_recipient"]).set_axis(rows.index)
        return theirs if own is None else own.fillna(theirs)

    def _rate(self, cell: Asked, rows: pd.DataFrame) -> Answer:
        assert cell.statistic is not None
        statistic, category = cell.statistic
        if rows.empty:
            return Answer(0.0 if cell.method in (book.TOP, book.BOTTOM, book.UNSTATED) else None, 0)
        absent = {name: pd.Series(None, index=rows.index, dtype="str") for name in statistic.reads if name not in rows}
        everyone = pd.Series("", index=rows.index)
        tally = statistic.tally(rows.assign(**absent), everyone, self.settings.given, self.settings.codelists)
        line = tally[tally["category"] == category].iloc[0]
        top, bottom, missing = (float(line[name]) for name in ("numerator", "denominator", "missing"))
        share = top / bottom if bottom else None
        values = {
            book.TOP: top, book.BOTTOM: bottom, book.UNSTATED: missing, book.SHARE: share,
            book.PERCENT: None if share is None else share * 100,
        }  # fmt: skip
        return Answer(_rounded(values[cell.method]), len(rows), int(missing))

    def _figure(self, cell: Asked) -> Answer:
        """An indicator's; none of a township that is to hand in and has nothing registered."""
        assert self.indicators is not None
        where = (*cell.where, *self._own(self.settings.tables["pairing"]))
        subjects = self.indicators.subjects(where)
        if not subjects and (self.township or self._is_to_hand_in(where)):
            return Answer(None, 0)
        if len(subjects) != 1:
            how_many = f"有{len(subjects)}个“{cell.where_text}”，请写细" if subjects else f"没有“{cell.where_text}”"
            raise UnansweredError(book.WHERE, f"：考核里{how_many}")
        top, bottom, value = self.indicators.figure(cell.indicator, level_of(where), subjects[0])
        if bottom is None and value is not None and cell.method != book.TAKE:
            raise UnansweredError(book.METHOD, f"：“{cell.label}”是一个数，没有{cell.method}，请写{book.TAKE}")
        values = {
            book.TAKE: value, book.TOP: top, book.BOTTOM: bottom, book.SHARE: value,
            book.PERCENT: None if value is None else value * 100,
        }  # fmt: skip
        return Answer(_rounded(values[cell.method]), 0)

    def _is_to_hand_in(self, where: Sequence[Clause]) -> bool:
        known = pd.Series(list(self.settings.townships), dtype="str")
        return level_of(where) == "township" and bool(where[0].holds(known).any())

    def _occasion(self, label: str) -> Value:
        spec = self.settings.spec
        known: Mapping[str, Value] = {
            book.COUNTY: self.settings.county or COUNTY, book.AREA: self.township or self.settings.county or COUNTY,
            book.PERIOD: spec.period.label, book.AS_OF: spec.as_of,
        }  # fmt: skip
        return known.get(label, "")


def undivided(cells: Sequence[Asked]) -> list[str]:
    """What cannot be said of each township, with its place in the mapping."""
    found = []
    for cell in cells:
        table = cell.table
        if table is not None and "township" not in table and table.refers is None:
            found.append(f"{cell.line.place(book.SOURCE)}：“{table.label}”的记录分不出乡镇，不能一个乡镇填一份")
        if cell.indicator and cell.where:
            found.append(f"{cell.line.place(book.WHERE)}：一个乡镇填一份时，考核指标就是这个乡镇的，不要再写条件")
    return found


def _reduced(cell: Asked, values: pd.Series, rows: pd.DataFrame) -> Value | None:
    """The values in one; None of nothing, but for a count, and for the sum where there is no row at all."""
    if cell.method == book.COUNT:
        return float(len(values))
    if cell.method == book.DISTINCT:
        return float(values.nunique())
    if values.empty:
        return 0.0 if cell.method == book.SUM and rows.empty else None
    if cell.method == book.TAKE:
        return _the_one(values)
    if cell.method == book.PER_HEAD:
        heads = rows.loc[values.index, "member_count"].dropna()
        return _rounded(float(values[heads.index].sum()) / float(heads.sum())) if heads.sum() else None
    function = {book.SUM: "sum", book.MEAN: "mean", book.MOST: "max", book.LEAST: "min"}[cell.method]
    return _rounded(float(values.agg(function)))


def _the_one(values: pd.Series) -> Value:
    different = values.unique()
    if len(different) > 1:
        raise UnansweredError(book.METHOD, _SEVERAL.format(len(values), len(different)))
    return as_value(different[0])


def as_value(value: object) -> Value:
    """One value of a column as a cell of a form holds it."""
    if isinstance(value, pd.Timestamp | dt.datetime):
        return value.date()
    if isinstance(value, bool) or str(type(value).__name__) in ("bool_", "bool"):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    return float(value)  # type: ignore[arg-type]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a township and village together, in the order in which these first appear."""
    places = [
        pd.Series(pd.factorize(rows[name])[0], index=rows.index) for name in ("township", "village") if name in rows
    ]
    if not places:
        return rows
    order = pd.concat(places, axis=1).set_axis(range(len(places)), axis=1)
    return rows.loc[order.sort_values(list(order.columns), kind="stable").index]
