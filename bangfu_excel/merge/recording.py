"""What the county office itself says: decisions on conflicts, corrections, and what happened to households and villages."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bangfu_excel.merge.state import State

Record = Mapping[str, Any]
"""One thing that was said, of JSON values; `place` (sheet and cell) says where in the workbook."""


def office_entry(
    kind: str, records: Sequence[Record], state: State, seq: int, *, received: dt.date, file: str
) -> Mapping[str, Any] | None:
    """The entry of these records; None where there are none, or an entry in force says exactly the same."""
    said = [dict(record) for record in records]
    if not said or any(entry.kind == kind and entry.content["records"] == said for entry in state.office):
        return None
    digest = hashlib.sha256(json.dumps([kind, said], ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()
    batch = f"{seq:04d}-{digest[:6]}"
    return {"kind": kind, "batch": batch, "received": received.isoformat(), "file": file, "records": said}
