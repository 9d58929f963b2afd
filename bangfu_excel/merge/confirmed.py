"""Whom the office said that references mean, of the decisions in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from bangfu_excel.core.standing import CONFIRMED_COLUMNS, REFERENCE_COLUMNS
from bangfu_excel.merge.state import State


def confirmed_links(state: State) -> pd.DataFrame:
    """`CONFIRMED_COLUMNS`, one row a reference that was decided on, oldest first; of the same reference the last one counts."""
    rows = [_row(record) for record in link_records(state)]
    return pd.DataFrame(rows, columns=list(CONFIRMED_COLUMNS), dtype="str")


def link_records(state: State) -> Iterator[Mapping[str, Any]]:
    """The decisions in force on whom a reference means: `link`, `key`, `none_of`, `place`; oldest first."""
    for entry in state.office:
        if entry.kind == "decide":
            yield from (record for record in entry.content["records"] if "link" in record)


def _row(record: Mapping[str, Any]) -> tuple[str | None, ...]:
    none_of = "\n".join(record.get("none_of", ())) or None
    return (*(record["link"].get(name) for name in REFERENCE_COLUMNS), record["key"], none_of)
