"""What the office decided where units state different values: it holds as long as they state the same ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.standing import DECIDED_COLUMNS
from bangfu_excel.merge.duplicates import compared_form
from bangfu_excel.merge.natural import Natural
from bangfu_excel.merge.state import State


@dataclass(frozen=True)
class Decision:
    """One decided value. stated: the texts (`value_text`) that it decides between · sheet, cell: where in the workbook `file`."""

    value: Natural
    precision: str
    stated: frozenset[str]
    batch: str
    file: str
    sheet: str
    cell: str

    def settles(self, stated: Iterable[str], kind: str) -> bool:
        """Whether these are the values that it decides between, as a clerk compares them."""
        return forms_of(stated, kind) == forms_of(self.stated, kind)


Decisions = Mapping[str, Mapping[str, tuple[Decision, ...]]]
"""Field → key → decisions in force, the latest first."""


def decisions_of(state: State, table: str, key_now: Callable[[str, str], str]) -> Decisions:
    """The decisions in force on `table`. key_now: the key of now, given table and key."""
    found: dict[str, dict[str, tuple[Decision, ...]]] = defaultdict(dict)
    for entry in state.office:
        for record in entry.content["records"] if entry.kind == "decide" else ():
            if record.get("table") != table:
                continue
            sheet, _, cell = str(record.get("place", "")).rpartition("!")
            decision = Decision(
                record["value"], record.get("precision", ""), frozenset(record["stated"]),
                entry.batch, str(entry.content.get("file", "")), sheet, cell,
            )  # fmt: skip
            field, key = record["field"], key_now(table, record["key"])
            found[field][key] = (decision, *found[field].get(key, ()))
    return found


def decided_values(state: State, key_now: Callable[[str, str], str]) -> pd.DataFrame:
    """`DECIDED_COLUMNS`, one row a decision in force on a value."""
    rows = [
        (record["table"], key_now(record["table"], record["key"]), record["field"], "\n".join(record["stated"]))
        for entry in state.office
        if entry.kind == "decide"
        for record in entry.content["records"]
        if "table" in record and "stated" in record
    ]
    return pd.DataFrame(rows, columns=list(DECIDED_COLUMNS), dtype="str")


def forms_of(texts: Iterable[str], kind: str) -> frozenset[str]:
    """These texts as a clerk compares values of `kind`."""
    listed = list(texts)
    formed = compared_form(pd.Series(listed, dtype="str"), kind)
    return frozenset(form if isinstance(form, str) else text for form, text in zip(formed, listed, strict=True))
