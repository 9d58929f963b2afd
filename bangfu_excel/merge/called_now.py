"""Under which key a record stands now that was stated under another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import read_columns


def keys_now(folder: Path, state: State, table: str) -> Mapping[str, str]:
    """Key of then → key of now, of every record of `table` that a batch in force states; of most of them the same.

    A household that was joined to another keeps its own: it is there no longer (`Renames.recipient` says which one is meant).
    """
    renames = Renames.of(folder, state)
    stated = [read_columns(folder / one.id, table, ["_key"])["_key"] for one in state.standing if table in one.accepted]
    keys = {key for column in stated for key in column.unique().to_pylist() if key is not None}
    return {key: renames.key(table, key) for key in sorted(keys)}
