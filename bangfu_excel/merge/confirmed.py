"""Whom the office said that references mean, of the decisions in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from bangfu_excel.core.standing import CONFIRMED_BY, CONFIRMED_COLUMNS
from bangfu_excel.merge.state import State


def confirmed_links(state: State, now: Callable[[str], str] = str) -> pd.DataFrame:
    """`CONFIRMED_COLUMNS`, one row a reference that was decided on, oldest first; of the same reference the last one counts.

    now: the key under which the household (child, village) of a key stands now.
    """
    rows = [_row(record, now) for record in link_records(state)]
    return pd.DataFrame(rows, columns=list(CONFIRMED_COLUMNS), dtype="str")


def link_records(state: State) -> Iterator[Mapping[str, Any]]:
    """The decisions in force on whom a reference means: `link`, `key`, `none_of`, `place`; oldest first."""
    for entry in state.office:
        if entry.kind == "decide":
            yield from (record for record in entry.content["records"] if "link" in record)


def _row(record: Mapping[str, Any], now: Callable[[str], str]) -> tuple[str | None, ...]:
    key, none_of = record["key"], "\n".join(map(now, record.get("none_of", ()))) or None
    return (*(record["link"].get(name) for name in CONFIRMED_BY), key and now(key), none_of)
