"""What stands in the ledgers, as their workbooks got it: their lists and what each comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from bangfu_excel.core.agreement import COUNTED, Figure
from bangfu_excel.core.ledger import LedgerSheet
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet
from bangfu_excel.write.ledger_areas import COUNTY, Area
from bangfu_excel.write.ledgers import LedgerJob
from bangfu_excel.write.turned import TurnedSheet

ROWS = "行数"


def book_name(job: LedgerJob, sheet: str) -> str:
    """What a sheet of a ledger is called: the ledger's title, with the sheet's where it is another."""
    title = f"{job.ledger.title}（公开）" if job.public else job.ledger.title
    return title if sheet == job.ledger.title else f"{title}“{sheet}”"


@dataclass(frozen=True)
class Listed:
    """A list or profile of a ledger of one area."""

    job: LedgerJob
    sheet: LedgerSheet
    page: Sheet | TurnedSheet

    @property
    def area(self) -> Area:
        return self.job.area

    @property
    def rows(self) -> pd.DataFrame:
        return self.page.rows

    @property
    def book(self) -> str:
        return book_name(self.job, self.sheet.title)

    @property
    def subject(self) -> tuple[str, frozenset[tuple[str, tuple[str, ...]]]]:
        """Table and condition: lists of the same hold the same records."""
        return self.sheet.table, frozenset(self.sheet.where.items())

    @cached_property
    def summed(self) -> dict[str, Column]:
        """The columns that have a sum under them."""
        return {column.source: column for column in self.page.columns if column.total == "sum"}

    def comes_to(self, name: str, rows: pd.DataFrame | None = None) -> float:
        """The number of its rows (of `rows` of them), or the sum of a column."""
        counted = self.rows if rows is None else rows
        return float(len(counted)) if name == ROWS else float(counted[name].sum())

    def called(self, name: str) -> str:
        return name if name == ROWS else self.summed[name].title.replace("\n", "")

    def figure(self, name: str) -> Figure:
        return Figure(self.book, self.called(name), self.comes_to(name), self.written(name))

    def written(self, name: str) -> str:
        """The number format of what it comes to."""
        return COUNTED if name == ROWS else self.summed[name].number_format


def lists_of(jobs: Iterable[LedgerJob]) -> tuple[Listed, ...]:
    """Every list and profile of the ledgers, by title of the ledger and its place in it, the county first."""
    found = []
    for job in sorted(jobs, key=lambda job: (job.ledger.title, job.area.name != COUNTY)):
        declared = {sheet.title: sheet for sheet in job.ledger.sheets if sheet.kind != "summary"}
        for page in job.sheets:
            if isinstance(page, Sheet | TurnedSheet) and page.name in declared:
                found.append(Listed(job, declared[page.name], page))
    return tuple(found)


def whole(lists: Sequence[Listed], table: str, area: Area) -> Listed | None:
    """The list of all records of a table, of one area; None where no ledger has one."""
    for one in lists:
        if one.area == area and not one.job.public and one.subject == (table, frozenset()) and one.sheet.kind == "list":
            return one
    return None
