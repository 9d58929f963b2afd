"""Everything that any batch ever said of a household: its own rows, and those of its members, pairings and visits."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.rows import Outcome
from bangfu_excel.merge.parquet import to_frame
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State, registered_by
from bangfu_excel.merge.submission import read_table

HOUSEHOLD = "household"
STANDING, RECEIVED, SUBMITTER = "_standing", "_received", "_submitter"
"""Columns of what was said: what became of the row (`State.standing_of`), the day on which its file came in, who sent it ("": unknown)."""


def stated_about(folder: Path, state: State, table: str, households: Collection[str]) -> pd.DataFrame:
    """The accepted rows of `table` about these households (keys of now), of every batch, oldest first; keys are those of now.

    With `STANDING`, `RECEIVED`, `SUBMITTER`, `_batch`, `_submission`.
    """
    renames = Renames.of(folder, state)
    parts = []
    for one in (one for entry in state.imports for one in registered_by(entry) if table in one.accepted):
        rows = read_table(folder / one.id, table)
        names = [name for name in ("_key", "_recipient", "_outcome") if name in rows.column_names]
        keys = renames.rows(to_frame(rows.select(names)), table)
        who = "_key" if table == HOUSEHOLD or "_recipient" not in keys else "_recipient"
        at = np.flatnonzero(among(keys[who], households) & (keys["_outcome"] == Outcome.ACCEPTED))
        if len(at):
            found = to_frame(rows.take(at)).assign(_key=keys["_key"].take(at).to_numpy(), _batch=one.batch)
            standing = [state.standing_of(one, table, unit) for unit in found["_unit"]]
            said = {STANDING: standing, RECEIVED: one.received, SUBMITTER: one.submitter, "_submission": one.id}
            parts.append(found.assign(**said))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({"_key": pd.Series(dtype="str")})


def every_household(folder: Path, state: State) -> pd.DataFrame:
    """The distinct households that any batch in force or not ever named: `_key` of now, `_then`, household_id, head_name, township, village."""
    renames = Renames.of(folder, state)
    names = ("_key", "_outcome", "household_id", "head_name", "township", "village")
    parts = [pd.DataFrame({name: pd.Series(dtype="str") for name in ("_then", *names)})]
    for one in (one for entry in state.imports for one in registered_by(entry) if HOUSEHOLD in one.accepted):
        rows = read_table(folder / one.id, HOUSEHOLD)
        frame = to_frame(rows.select([name for name in names if name in rows.column_names]))
        frame = frame[frame["_outcome"] == Outcome.ACCEPTED].dropna(subset="_key")
        now = renames.rows(frame.reset_index(drop=True), HOUSEHOLD)
        parts.append(now.assign(_then=frame["_key"].to_numpy()))
    return pd.concat(parts, ignore_index=True).drop(columns="_outcome").drop_duplicates(ignore_index=True)
