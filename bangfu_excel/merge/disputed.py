"""What the office is asked to decide: every stated value of a disputed field, and where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.merge.current import current_table
from bangfu_excel.merge.located import Cells
from bangfu_excel.merge.natural import natural
from bangfu_excel.merge.resolving import Resolved, no_disputes
from bangfu_excel.merge.state import State

DISPUTE_COLUMNS = (
    "table", "key", "field", "text", "value", "precision", "submitter", "received", "file", "sheet", "cell", "stands",
)  # fmt: skip


def disputed(folder: Path, state: State) -> pd.DataFrame:
    """`DISPUTE_COLUMNS`, one row a statement of a record that is current, ordered by table, key, field, then the newest first."""
    parts = [_of_current(current_table(folder, state, table)) for table in state.tables]
    found = pd.concat([no_disputes(), *parts], ignore_index=True)
    found = found.sort_values(["table", "key", "field"], kind="stable", ignore_index=True)
    submissions = {one.id: one for one in state.standing}
    whence = [submissions[i] for i in found["submission"]]
    cells = Cells(folder)
    places = [cells.place(row, row["table"], row["field"]) for row in found.to_dict("records")]
    received = pd.to_datetime(pd.Series([one.received for one in whence], dtype="object"))
    return found.assign(
        value=pd.Series([json.dumps(natural(v), ensure_ascii=False) for v in found["value"]], dtype="str"),
        submitter=pd.Series([one.written for one in whence], dtype="str"),
        received=received.astype("datetime64[ns]"),
        cell=pd.Series([place.cell for place in places], dtype="str"),
    )[list(DISPUTE_COLUMNS)]


def _of_current(found: Resolved) -> pd.DataFrame:
    """The disputes of records that are there: what the office has removed or joined to another need not be decided."""
    if found.disputes.empty:
        return found.disputes
    return found.disputes[among(found.disputes["key"], found.rows["_key"].dropna().tolist())]
