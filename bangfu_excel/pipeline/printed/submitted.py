"""What a township handed in for the period and what became of it, row by row of its sheets, from the evidence in the registry."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.rows import Outcome
from bangfu_excel.core.submitters import named_in, submitter_key, submitter_keys
from bangfu_excel.merge import Registry
from bangfu_excel.merge.state import Registered, State
from bangfu_excel.merge.submission import read_columns

COUNTS = ("submitted", "accepted", "withheld", "returned", "duplicate", "replaced", "waiting")
"""Rows of the sheets: accepted, of these withheld (something in them is to be corrected), replaced (reported anew since) and
waiting (the county has still to confirm the file); submitted = accepted + returned + duplicate."""
_READ = ["township", "_outcome", "_withheld", "_region", "_row", "_unit"]


@dataclass(frozen=True)
class HandedIn:
    """rows: a row a file, table and township (matching form): file, batch, received, table, township and `COUNTS`."""

    rows: pd.DataFrame

    def of(self, township: str) -> pd.DataFrame:
        return self.rows[self.rows["township"] == submitter_key(township)]


def handed_in(registry: Registry, scheme: str, period: str, townships: Collection[str]) -> HandedIn:
    """What counts or waits of the files of a scheme and period. A row without a township is of the one whose file it is: who submitted
    it, else the only one of `townships` that its path names."""
    state = registry.state
    waiting = {one.id for one in state.waiting}
    ours = [one for one in (*state.standing, *state.waiting) if (one.scheme, one.period) == (scheme, period)]
    parts = [part for one in ours for part in _of_file(registry, state, one, one.id in waiting, townships)]
    columns = ["file", "batch", "received", "table", "township", *COUNTS]
    return HandedIn(pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns))


def _of_file(
    registry: Registry, state: State, one: Registered, waits: bool, townships: Collection[str]
) -> Iterator[pd.DataFrame]:
    sender = one.submitter or submitter_key(named_in(one.file, townships))
    taken: Mapping[str, frozenset[str]] = state.taken.get(one.id, {})
    for table in one.units:
        found = read_columns(registry.submissions / one.id, table, _READ).to_pandas()
        for name in ("township", "_unit"):
            if name not in found:
                found[name] = None
        rows = _rows_of_sheet(found, sender, taken.get(table, frozenset()))
        rows["waiting"] = rows["accepted"] & waits
        counted = rows.groupby("township")[list(COUNTS)].sum().astype("int64").reset_index()
        yield counted.assign(file=one.file, batch=one.batch, received=one.received, table=table)


def _rows_of_sheet(found: pd.DataFrame, sender: str, taken: frozenset[str]) -> pd.DataFrame:
    """One row a row of a sheet, in the township that it states, else its sender's: several records may stand in one."""
    outcome = found["_outcome"]
    records = pd.DataFrame(
        {
            "region": found["_region"], "row": found["_row"], "township": submitter_keys(found["township"].astype("str")).fillna(sender),
            "returned": outcome == Outcome.RETURNED, "accepted": outcome == Outcome.ACCEPTED,
            "withheld": (outcome == Outcome.ACCEPTED) & (found["_withheld"].fillna("") != ""),
            "replaced": (outcome == Outcome.ACCEPTED) & found["_unit"].isin(taken),
        }
    )  # fmt: skip
    rows = records.groupby(["region", "row", "township"], sort=False, as_index=False).any()
    rows["accepted"] &= ~rows["returned"]
    rows["duplicate"] = ~rows["returned"] & ~rows["accepted"]
    return rows.assign(submitted=True, withheld=rows["withheld"] & rows["accepted"])
