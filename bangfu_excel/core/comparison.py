"""What a list of another department is, and what comes of comparing it with what is registered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import pandas as pd

STATE_LABELS = {"matched": "对上", "theirs_only": "他有我无", "pending": "待核对", "unusable": "不能用"}
"""What becomes of a row of the list: it is in exactly one of these."""


@dataclass(frozen=True)
class ListKind:
    """A kind of list (低保, 残疾 …): data, never code.

    sender: the department · mark: field of `member` that says whether somebody belongs, "" where none does · yes: its
    values that say so (all but `no`, where empty) · compares: further fields that such a list states
    · names: field → headers that mean it in such a list · leaves: whoever is on the list should not be here any more
    (死亡): what we have and they have not are those who are still registered as they were.
    """

    name: str
    title: str
    sender: str
    mark: str = ""
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    compares: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leaves: bool = False

    def belongs(self, marks: pd.Series) -> pd.Series:
        """True where the value of `mark`, as text, says that somebody belongs; False where it does not or is missing."""
        chosen = marks.isin(list(self.yes)) if self.yes else marks.notna() & ~marks.isin(list(self.no))
        return chosen.astype(bool)


@dataclass(frozen=True, repr=False)
class Comparison:
    """A list compared with what is registered; nothing of it is taken over.

    The frames have Chinese headings, as they stand in the workbook; their rows are in the order of the list (of
    `ours_only`: by place and name).

    theirs_only, pending, unusable: rows of the list · ours_only: registered persons · differences: one row a field
    account: file, sheet, rows, matched, theirs_only, pending, unusable: one row a sheet, rows is the sum of the four
    ours_account: registered persons with the mark: found, waiting, absent, outside (of the villages of the list); {} where
    nobody is asked for · notes: what has to be said of list and matching, paragraph by paragraph
    trouble: what of the list could not be read, a sentence each; left_out: sheets that are no list · date: of the list, if given; stated_dates: what it says itself
    path: of the workbook.
    """

    list_name: str
    kind: ListKind | None
    date: dt.date | None
    theirs_only: pd.DataFrame
    ours_only: pd.DataFrame
    differences: pd.DataFrame
    pending: pd.DataFrame
    unusable: pd.DataFrame
    account: pd.DataFrame
    ours_account: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    stated_dates: tuple[str, ...] = ()
    path: Path | None = None

    @property
    def counts(self) -> dict[str, int]:
        """rows, matched, theirs_only, pending, unusable of the whole list."""
        return {name: int(self.account[name].sum()) for name in ("rows", *STATE_LABELS)}

    def __repr__(self) -> str:
        """Counts only: rows are personal."""
        counts = self.counts
        said = "，".join(f"{label}{counts[name]}行" for name, label in STATE_LABELS.items())
        return (
            f"Comparison({counts['rows']}行：{said}；我有他无{len(self.ours_only)}人，不一致{len(self.differences)}处)"
        )

    def _repr_html_(self) -> str:
        shown = self.account.rename(columns={"file": "文件", "sheet": "工作表", "rows": "行数", **STATE_LABELS})
        return f"<p>{escape(repr(self))}</p>{shown.to_html(index=False)}"
