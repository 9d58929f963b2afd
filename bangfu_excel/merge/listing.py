"""The list of what can be undone."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from bangfu_excel.merge.journal import OFFICE, Entry
from bangfu_excel.merge.state import Registered, State, registered_by

BATCH_COLUMNS = ("id", "received", "files", "period", "as_of", "state", "rows", "kind", "submitter")


def listed(state: State) -> pd.DataFrame:
    """One row an entry, oldest first, with `BATCH_COLUMNS` (`Registry.batches` explains them)."""
    by_id = {one.id: one for entry in state.imports for one in registered_by(entry)}
    records = [_record(entry, state, by_id) for entry in state.undoable]
    frame = pd.DataFrame.from_records(records, columns=list(BATCH_COLUMNS))
    dates = dict.fromkeys(("received", "as_of"), "datetime64[ns]")
    text = dict.fromkeys(("id", "period", "state", "kind", "submitter"), "str")
    return frame.astype({**text, **dates, "files": "int64", "rows": "int64"})


def _record(entry: Entry, state: State, by_id: dict[str, Registered]) -> tuple[object, ...]:
    content = entry.content
    files = registered_by(entry) if entry.kind == "import" else ()
    if entry.kind == "confirm":
        files = tuple(by_id[one] for one in content["submissions"])
    rows = _rows(entry, files)
    submitters = "、".join(dict.fromkeys(one.written for one in files if one.written))
    return (
        entry.batch, _day(content.get("received")), len(files) or int(bool(content.get("file"))), content.get("period", ""), _day(content.get("as_of")),
        _state(entry, files, state), rows, entry.kind, submitters,
    )  # fmt: skip


def _rows(entry: Entry, files: tuple[Registered, ...]) -> int:
    if entry.kind == "issue":
        return sum(entry.content.get("counted", entry.content["rows"]).values())
    if entry.kind in OFFICE:
        return len(entry.content["records"])
    return sum(sum(one.accepted.values()) for one in files)


def _state(entry: Entry, files: tuple[Registered, ...], state: State) -> str:
    if entry.batch in state.withdrawn:
        return "withdrawn"
    waiting = {(one.id, one.seq) for one in state.waiting}
    return "held" if files and all((one.id, one.seq) in waiting for one in files) else "active"


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
