"""Where a value came from, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from bangfu_excel.core.finding import Place
from bangfu_excel.core.masking import without_numbers
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.changes import changed_fields
from bangfu_excel.merge.current import current_rows, current_table, rows_of_key
from bangfu_excel.merge.located import Cells, row_of
from bangfu_excel.merge.state import Registered, State, registered_by
from bangfu_excel.merge.succeeding import CLOSED, SINCE, UNTIL, closed_by

VERSION_COLUMNS = ("batch", "received", "state", "file", "sheet", "row", "changed")


def versions_of(folder: Path, state: State, table: str, key: str) -> pd.DataFrame:
    """Every accepted row of `key` that any batch brought, oldest first, with `VERSION_COLUMNS` before its values."""
    versions: list[pd.DataFrame] = []
    last: pd.DataFrame | None = None
    for standing, submission, row in _rows_in_order(folder, state, table, key):
        changed = changed_fields(last, row) if last is not None else ()
        versions.append(_version(submission, standing, row, changed))
        if standing not in ("withdrawn", "held"):
            last = row
    if not versions:
        raise RegistryError(f"台账库里没有编号为“{without_numbers(key)}”的记录（表 {table}）")
    found = pd.concat(versions, ignore_index=True)
    superseded = found["state"] == "superseded"
    if not superseded.any():
        return found
    rows = current_rows(folder, state, table)
    kept = rows.loc[rows["_key"] == key, "_batch"]
    return found.assign(state=found["state"].mask(superseded & found["batch"].isin(kept), "closed"))


def origin_of(folder: Path, state: State, table: str, key: str, field: str) -> Place:
    """The cell of the current value of `field`; where the field had no column, its row with no label."""
    current = current_table(folder, state, table)
    found = current.rows[current.rows["_key"] == key]
    if found.empty:
        raise RegistryError(f"台账库里没有编号为“{without_numbers(key)}”的有效记录（表 {table}）")
    if field not in found:
        raise RegistryError(f"表 {table} 没有字段“{field}”")
    elsewhere = current.origins[(current.origins["key"] == key) & (current.origins["field"] == field)]
    own = found.rename(columns=lambda name: name.removeprefix("_")).assign(entry="")
    row = (elsewhere if len(elsewhere) else own).iloc[0].to_dict()
    if row["entry"]:
        return Place(row["file"], row["sheet"], row["cell"], row_of(row["cell"]), table, field)
    if field == UNTIL and found.iloc[0].get(CLOSED):
        submission, region, number = closed_by(found.iloc[0][CLOSED])
        return Cells(folder).place({"submission": submission, "region": region, "row": number}, table, SINCE)
    return Cells(folder).place(row, table, field)


def _rows_in_order(folder: Path, state: State, table: str, key: str) -> Iterator[tuple[str, Registered, pd.DataFrame]]:
    for submission in (one for entry in state.imports for one in registered_by(entry) if table in one.accepted):
        rows = rows_of_key(folder, submission, table, key)
        for position, unit in enumerate(rows["_unit"].tolist()):
            row = rows.iloc[[position]].reset_index(drop=True)
            yield state.standing_of(submission, table, unit), submission, row


def _version(submission: Registered, standing: str, row: pd.DataFrame, changed: tuple[str, ...]) -> pd.DataFrame:
    head = pd.DataFrame(
        {
            "batch": [submission.batch],
            "received": pd.to_datetime([submission.received]).astype("datetime64[ns]"),
            "state": [standing],
            "file": row["_file"],
            "sheet": row["_sheet"],
            "row": row["_row"],
            "changed": ["、".join(changed)],
        }
    ).astype({"batch": "str", "state": "str", "changed": "str"})
    values = row[[name for name in row.columns if not name.startswith("_")]]
    return pd.concat([head, values], axis=1)
