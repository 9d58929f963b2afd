"""The account of every row: what each region's rows were, and what became of its data rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bangfu_excel.core.batch import RECONCILIATION_COLUMNS
from bangfu_excel.core.region import MappedRegion, RowKind
from bangfu_excel.core.rows import Outcome, Rows

_COUNTED = (RowKind.TITLE, RowKind.HEADER, RowKind.BLANK, RowKind.TOTAL, RowKind.NOTE, RowKind.DATA)


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the account. `source`: position in `Rows.sources` of the region's primary table, -1 if it has none."""

    file: str
    sheet: str
    region: int
    status: str
    table: str = ""
    counts: tuple[int, ...] = (0,) * len(_COUNTED)
    source: int = -1


def region_account(region: MappedRegion, number: int, source: int) -> Account:
    """The line of a region that was read; `number` counts the sheet's regions from 1."""
    counts = np.bincount(region.kinds, minlength=len(_COUNTED))
    return Account(
        region.file, region.sheet.name, number, "read", region.parts[0].table,
        tuple(int(counts[kind]) for kind in _COUNTED), source,
    )  # fmt: skip


def skipped_account(file: str, sheet: str, height: int) -> Account:
    """The line of a sheet that is no table: all its rows are notes."""
    return Account(file, sheet, 0, "skipped", counts=tuple(height if kind is RowKind.NOTE else 0 for kind in _COUNTED))


def reconciliation(accounts: Sequence[Account], rows: Rows) -> pd.DataFrame:
    """One row an account, columns `RECONCILIATION_COLUMNS`; rows = their kinds' sum, data = accepted + returned + duplicate."""
    outcomes = _outcomes(rows)
    lines = []
    for account in accounts:
        place = (account.file, account.sheet, account.region, account.status, account.table)
        lines.append((*place, sum(account.counts), *account.counts, *outcomes.get(account.source, (0, 0, 0, 0))))
    return pd.DataFrame.from_records(lines, columns=list(RECONCILIATION_COLUMNS))


def _outcomes(rows: Rows) -> dict[int, tuple[int, int, int, int]]:
    """Region → accepted, withheld, returned, duplicate, counting each row of the sheet once.

    A row that became several records is returned if one of them is, else accepted if one of them is.
    """
    found: dict[int, tuple[int, int, int, int]] = {}
    for frame in rows.frames.values():
        records = pd.DataFrame(
            {
                "region": frame["_region"],
                "row": frame["_row"],
                "returned": frame["_outcome"] == Outcome.RETURNED,
                "accepted": frame["_outcome"] == Outcome.ACCEPTED,
                "withheld": (frame["_outcome"] == Outcome.ACCEPTED) & (frame["_withheld"] != ""),
            }
        )
        per_row = records.groupby(["region", "row"], sort=False).any().reset_index()
        per_row["accepted"] &= ~per_row["returned"]
        per_row["withheld"] &= per_row["accepted"]
        per_row["duplicate"] = ~per_row["returned"] & ~per_row["accepted"]
        sums = per_row.groupby("region")[["accepted", "withheld", "returned", "duplicate"]].sum()
        for region, counted in sums.iterrows():
            accepted, withheld, returned, duplicate = (int(n) for n in counted)
            found[int(region)] = (accepted, withheld, returned, duplicate)
    return found
