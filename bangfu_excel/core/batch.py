"""What one run found out: accepted and returned rows, findings, the account of every row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

import pandas as pd

from bangfu_excel.core.finding import Findings
from bangfu_excel.core.period import Period
from bangfu_excel.core.rows import Outcome, Rows
from bangfu_excel.core.table import Table

RECONCILIATION_COLUMNS = (
    "file", "sheet", "region", "status", "table", "rows", "title", "header", "blank", "total", "note", "data",
    "accepted", "withheld", "returned", "duplicate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One submitted file: path relative to INBOX, SHA-256 of its bytes, who submitted it, what its sheets said about it."""

    file: str
    sha256: str
    format: str
    status: str  # read, skipped, unreadable
    submitter: str = ""  # 填报单位 as written, else the township of its rows, else ""
    townships: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict, repr=False)  # 填表人 and their telephones
    unit: str = ""  # who submitted it, in matching form and as it is called now, where that is another name


@dataclass(frozen=True, repr=False)
class Batch:
    """The result of `check`: rows with outcomes, findings and accounts of one set of files, for one scheme and date.

    declared: the tables that the files were read as.
    """

    rows: Rows
    findings: Findings
    reconciliation: pd.DataFrame
    files: tuple[FileRecord, ...]
    scheme: str
    as_of: dt.date
    period: Period
    declared: Mapping[str, Table] = field(default_factory=dict)

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Table → accepted rows, canonical columns plus `_file`, `_sheet`, `_row` and what the link step added."""
        return {name: self._with(name, Outcome.ACCEPTED) for name in self.rows.frames}

    @cached_property
    def returned(self) -> dict[str, pd.DataFrame]:
        """Table → rows sent back to their submitter."""
        return {name: self._with(name, Outcome.RETURNED) for name in self.rows.frames}

    def _with(self, table: str, outcome: Outcome) -> pd.DataFrame:
        frame = self.rows[table]
        return frame[frame["_outcome"] == outcome].reset_index(drop=True)

    def __repr__(self) -> str:
        """Counts only: a batch is printed in notebooks and logs, and rows are personal."""
        account = self.reconciliation
        accepted, withheld, returned = (int(account[name].sum()) for name in ("accepted", "withheld", "returned"))
        return (
            f"Batch({self.scheme} {self.period.text}：{len(self.files)}个文件，收下{accepted}行，其中待更正{withheld}行，"
            f"退回{returned}行，问题{len(self.findings)}条)"
        )

    def _repr_html_(self) -> str:
        """A line a file: what was read, and what became of its rows."""
        counts = ["data", "accepted", "withheld", "returned", "duplicate"]
        labels = ["数据行", "收下", "其中待更正", "退回", "重复"]
        by_file = self.reconciliation.groupby("file", sort=False)[counts].sum().set_axis(labels, axis="columns")
        return f"<p>{escape(repr(self))}</p>{by_file.rename_axis('文件').reset_index().to_html(index=False)}"
