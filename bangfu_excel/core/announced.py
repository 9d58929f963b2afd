"""The figures of a period beside those announced before it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pandas as pd

from bangfu_excel.core.period import Period

SUPPLEMENT, DEDUCTION = "补报", "核减"
FIGURES = ("previous", "current", "supplement", "deduction", "total")
BALANCE_COLUMNS = ("township", *FIGURES)
DIFFERENCE_COLUMNS = (
    "kind", "township", "key", "household_id", "head_name", "visitors", "visited_on", "file", "sheet", "row", "cell", "batch", "received", "reason",
)  # fmt: skip


def version_of(batch: str) -> str:
    """What figures are, for the names of files: 印发0012 of that announcement, 试算 of none."""
    return f"印发{batch.partition('-')[0]}" if batch else "试算"


def no_balance() -> pd.DataFrame:
    """An empty frame of `BALANCE_COLUMNS`."""
    return pd.DataFrame({name: pd.Series(dtype="Int64" if name in FIGURES else "str") for name in BALANCE_COLUMNS})


def no_differences() -> pd.DataFrame:
    """An empty frame of `DIFFERENCE_COLUMNS`."""
    dtypes = {"visited_on": "datetime64[ns]", "received": "datetime64[ns]", "row": "Int64"}
    return pd.DataFrame({name: pd.Series(dtype=dtypes.get(name, "str")) for name in DIFFERENCE_COLUMNS})


@dataclass(frozen=True, repr=False)
class Announced:
    """上期累计 + 本期 + 补报 − 核减 = 本期累计, of visits by record.

    balance: `BALANCE_COLUMNS`, one row a township, by name (numbers Int64) · differences: `DIFFERENCE_COLUMNS`, one row for
    each record that was announced and counts no longer (核减), or counts and was not announced with its month (补报): where it
    stands, the batch and the day it came with (of a 核减: what took it away, as far as that is known), and why.
    batch, as_of: of the period's own announcement, "" and None where it is not announced · before: the period that the figures go on from, "".
    """

    period: Period
    batch: str = ""
    before: str = ""
    balance: pd.DataFrame = field(default_factory=no_balance, compare=False)
    differences: pd.DataFrame = field(default_factory=no_differences, compare=False)
    as_of: dt.date | None = None

    @property
    def skipped(self) -> tuple[Period, ...]:
        """The months between the period that the figures go on from and this one: nobody announced them."""
        if not self.before:
            return ()
        last = Period.parse(self.before).end
        year = Period.parse(f"{self.period.start.year}")
        return tuple(month for month in year.months() if last < month.start < self.period.start)

    @property
    def figures(self) -> dict[str, int]:
        """previous, current, supplement, deduction, total of the county."""
        return {name: int(self.balance[name].sum()) for name in FIGURES}

    def __repr__(self) -> str:
        said = "，".join(f"{name} {number}" for name, number in self.figures.items())
        return f"Announced({self.period.text} {self.batch or '未印发'}：{said})"
