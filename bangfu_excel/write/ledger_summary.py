"""汇总: one row a group of a list's records, with live formulas over the list and the values that they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.ledger import LedgerSheet, Measure
from bangfu_excel.core.ledger_terms import Terms
from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, Written, header_row, write_sheet
from bangfu_excel.write.ledger_formulas import Condition, counted
from bangfu_excel.write.ledger_rows import as_shown, meant
from bangfu_excel.write.occasion import Labels
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles
from bangfu_excel.write.widths import text_width

_UNSAID = "未注明"
_SEVERAL = "一条记录属于几类的，在每一类里都计一次，各类之和会大于总数。"
_FORMULA = "_formula"
_NARROWEST, _LEAST = 14.0, 78.0  # width of a column, of all of them


@dataclass(frozen=True)
class SummarySheet:
    """A summary of the list `listed`, which has been written before it.

    declared, by: what is summed up and by which columns · page: how the sheet looks, without rows.
    """

    declared: LedgerSheet
    by: tuple[str, ...]
    listed: Sheet
    page: Sheet
    terms: Terms
    labels: Labels

    @property
    def name(self) -> str:
        return self.page.name

    @property
    def cells(self) -> int:
        return len(self.listed.rows)

    @property
    def several(self) -> tuple[str, ...]:
        """The columns, of those that it goes by, that hold several values in a cell."""
        figures = _Figures(self.declared, self.by, self.listed, self.terms)
        return tuple(name for name in self.by if figures.several[name])

    @cached_property
    def counted(self) -> dict[tuple[str, ...], dict[str, float]]:
        """Group → what each measure gives for it (by `measure_name`), in the order of the rows; only where one gives something."""
        figures = _Figures(self.declared, self.by, self.listed, self.terms)
        found = figures.values()
        ordered = {group: found[group] for group in figures.ordered(found, self.labels)}
        return {group: values for group, values in ordered.items() if any(abs(value) > 0 for value in values.values())}

    def write(self, book: Book, styles: Styles, written: Mapping[str, tuple[Written, ...]]) -> tuple[Written, ...]:
        """The sheet, with formulas that refer to the worksheets of the list."""
        figures = _Figures(self.declared, self.by, self.listed, self.terms)
        columns = self._columns()
        letters = {column.source: column_letters(index) for index, column in enumerate(columns, start=1)}
        records = []
        for row, (group, values) in enumerate(self.counted.items(), start=header_row(self.page.lead) + 2):
            said = {name: value or _UNSAID for name, value in zip(self.by, group, strict=True)}
            formulas = figures.formulas(group, row, letters, written[self.listed.name])
            records.append(said | values | {f"{name}{_FORMULA}": text for name, text in formulas.items()})
        named = (*self.by, *(f"{name}{_FORMULA}" for name in figures.measures))
        dtypes = dict.fromkeys(named, "str") | dict.fromkeys(figures.measures, "float64")
        rows = pd.DataFrame.from_records(records, columns=list(dtypes)).astype(dtypes)
        twice = any(figures.several[name] and figures.shown[name].str.contains(SEPARATOR).any() for name in self.by)
        remark = _SEVERAL if twice else self.page.remark
        return write_sheet(
            book,
            replace(
                self.page,
                columns=columns,
                rows=rows,
                total=not twice and any(column.total for column in columns),
                remark=remark,
            ),
            styles,
        )

    def _columns(self) -> tuple[Column, ...]:
        shown = {column.source: column for column in self.listed.columns}
        said = [Column(shown[name].title, name, align="center", widest=max(16, shown[name].widest)) for name in self.by]
        made = [*said, *(_measured(i, self.declared.measures, shown) for i in range(len(self.declared.measures)))]
        widths = [max(_NARROWEST, column.widest if column in said else text_width(column.title) + 2) for column in made]
        more = max(1.0, _LEAST / sum(widths))  # the line under the title has to fit
        return tuple(replace(column, width=width * more) for column, width in zip(made, widths, strict=True))


def measure_name(number: int) -> str:
    """What the measure of that position is called among the values of a summary."""
    return f"m{number}"


def as_far_as_shown(
    declared: LedgerSheet, by: tuple[str, ...], listed: Sheet
) -> tuple[LedgerSheet, tuple[str, ...]] | None:
    """A summary, and what it goes by, without what needs columns that the list does not show; None where nothing is left."""
    shown = {column.source for column in listed.columns}
    measures: dict[str, Measure] = {}
    for measure in declared.measures:
        columns, others = {name for name in (measure.sum, *measure.where) if name}, (*measure.minus, *measure.share)
        if columns <= shown and measures.keys() >= set(others):
            measures[measure.title] = measure
    kept = tuple(name for name in by if name in shown)
    if not (kept and measures):
        return None
    return declared.model_copy(update={"measures": tuple(measures.values())}), kept


class _Figures:
    """The groups of a list and what each measure makes of them, as values and as formulas."""

    def __init__(self, declared: LedgerSheet, by: tuple[str, ...], listed: Sheet, terms: Terms) -> None:
        self.by, self.rows, self.terms, self.table = by, listed.rows, terms, declared.table
        self.measures = {measure_name(number): measure for number, measure in enumerate(declared.measures)}
        named = dict.fromkeys((*by, *(name for measure in declared.measures for name in measure.where)))
        forms = {column.source: column.form for column in listed.columns}
        self.text = {name: forms[name] is CellForm.TEXT for name in named}
        self.several = {name: self._holds_several(name) for name in named}
        self.shown = {name: as_shown(self.rows[name]) for name in named}

    def _holds_several(self, name: str) -> bool:
        term = self.terms.term(self.table, name)
        return term is not None and term.field is not None and term.field.kind.name in ("codes", "persons", "keys")

    def ordered(self, groups: Iterable[tuple[str, ...]], labels: Labels) -> list[tuple[str, ...]]:
        """The groups in the order of the code lists, else as they are; blanks last."""
        found = list(groups)
        ranks = [_ranks(self._ordered(name, labels), [group[i] for group in found]) for i, name in enumerate(self.by)]
        return sorted(found, key=lambda group: tuple(rank[value] for rank, value in zip(ranks, group, strict=True)))

    def _ordered(self, name: str, labels: Labels) -> Sequence[str]:
        term = self.terms.term(self.table, name)
        return labels.get(term.field.codelist, ()) if term is not None and term.field is not None else ()

    def values(self) -> dict[tuple[str, ...], dict[str, float]]:
        """What each measure gives for each group, in the order in which they occur in the list."""
        members = self._members()
        codes = members.groupby(list(self.by), sort=False).ngroup().to_numpy()
        groups = list(members.drop_duplicates().itertuples(index=False, name=None))
        found: dict[str, NDArray[np.float64]] = {}
        for measure in self.measures.values():
            if measure.minus or measure.share:
                first, second = (found[title] for title in measure.minus or measure.share)
                found[measure.title] = first - second if measure.minus else _over(first, second)
            else:
                worth = self._worth(measure)[members.index.to_numpy()]
                found[measure.title] = np.bincount(codes, weights=worth, minlength=len(groups)).astype(np.float64)
        named = {name: found[measure.title].tolist() for name, measure in self.measures.items()}
        return {group: {name: values[at] for name, values in named.items()} for at, group in enumerate(groups)}

    def _members(self) -> pd.DataFrame:
        """Columns `by`, a row each group that a record belongs to, once; index: the position of the record."""
        frame = pd.DataFrame({name: self.shown[name].to_numpy() for name in self.by})
        for name in self.by:
            if self.several[name]:
                parts = {
                    text: list(dict.fromkeys(filter(None, text.split(SEPARATOR)))) for text in frame[name].unique()
                }
                frame = frame.assign(**{name: [parts[text] or [""] for text in frame[name]]}).explode(name)
        return frame

    def _worth(self, measure: Measure) -> NDArray[np.float64]:
        """What each record adds to a measure: 1 or its sum, 0 where it is not meant."""
        amounts = self.rows[measure.sum].astype("Float64") if measure.sum else pd.Series(1.0, self.rows.index)
        worth: NDArray[np.float64] = amounts.where(self._all(measure.where), 0.0).fillna(0.0).to_numpy(dtype=float)
        return worth

    def _all(self, wanted: Mapping[str, tuple[str, ...]]) -> NDArray[np.bool_]:
        """True for the rows with one of the labels in each column."""
        found = np.ones(len(self.rows), dtype=bool)
        for name, labels in wanted.items():
            hit = meant(self.shown[name], labels) if self.several[name] else self.shown[name].isin(labels)
            found &= hit.to_numpy(dtype=bool)
        return found

    def formulas(
        self, group: tuple[str, ...], row: int, letters: Mapping[str, str], parts: Sequence[Written]
    ) -> dict[str, str]:
        """The same as formulas of the summary's row `row`, over the worksheets of the list."""
        own = [
            self._condition(name, value, f"${letters[name]}{row}" if value else "")
            for name, value in zip(self.by, group, strict=True)
        ]
        cells = {measure.title: f"{letters[name]}{row}" for name, measure in self.measures.items()}
        found = {}
        for name, measure in self.measures.items():
            if measure.minus or measure.share:
                first, second = (cells[title] for title in measure.minus or measure.share)
                found[name] = f"={first}-{second}" if measure.minus else f'=IF({second}=0,"",{first}/{second})'
                continue
            wanted = [[self._condition(said, label) for label in labels] for said, labels in measure.where.items()]
            found[name] = "=" + "+".join(counted(measure.sum, own, wanted, part) for part in parts)
        return found

    def _condition(self, name: str, value: str, cell: str = "") -> Condition:
        return Condition(name, value, cell, self.several[name], self.text[name])


def _over(top: NDArray[np.float64], bottom: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares; missing where there is nothing to divide by."""
    shares: NDArray[np.float64] = np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom != 0)
    return shares


def _ranks(ordered: Sequence[str], seen: Sequence[str]) -> dict[str, int]:
    """The place of each value: as ordered, then as seen, the blank last."""
    every = dict.fromkeys((*ordered, *seen))
    return {value: rank for rank, value in enumerate(sorted(every, key=lambda value: not value))}


def _measured(number: int, measures: Sequence[Measure], shown: Mapping[str, Column]) -> Column:
    """A measure as a column of formulas, in the format of what it sums up."""
    measure, name = measures[number], measure_name(number)
    titles = [one.title for one in measures]
    if measure.share:
        top, bottom = (measure_name(titles.index(title)) for title in measure.share)
        return Column(
            measure.title, name, CellForm.FORMULA, "0.0%", "center", formulas=f"{name}{_FORMULA}", total="ratio",
            ratio=(top, bottom),
        )  # fmt: skip
    of = measure
    while of.minus:
        of = measures[titles.index(of.minus[0])]
    summed = shown.get(of.sum)
    number_format, align = (summed.number_format, summed.align) if summed else ("0", "center")
    return Column(
        measure.title, name, CellForm.FORMULA, number_format, align, formulas=f"{name}{_FORMULA}",
        total="sum" if measure.total else "",
    )  # fmt: skip
