"""References that may mean several households: what the office is asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from bangfu_excel.core.rows import Outcome, Rows
from bangfu_excel.core.standing import REFERENCE_COLUMNS
from bangfu_excel.core.table import Table
from bangfu_excel.link.beside import HOUSEHOLD
from bangfu_excel.link.confirmed import as_confirmed
from bangfu_excel.link.households import find_recipients
from bangfu_excel.link.recipients import AMBIGUOUS
from bangfu_excel.link.references import references_in

ASKED_COLUMNS = ("table", "row", *REFERENCE_COLUMNS, "candidates")


def ambiguous_references(
    rows: Rows, known: Callable[[], Mapping[str, pd.DataFrame]], tables: Mapping[str, Table]
) -> pd.DataFrame:
    """`ASKED_COLUMNS`, one row a linked row that was returned because its household is ambiguous, and still is among `known`.

    known: gives what is registered, the households of `rows` included; asked only where a row waits · row: its label in the frame of its table · the reference as
    a confirmation of it is kept · candidates: tuple of keys.
    """
    references = references_in(tables)
    waiting = {name: frame[_waits(frame)] for name, frame in rows.frames.items() if name in references}
    waiting = {name: frame for name, frame in waiting.items() if len(frame) and name != HOUSEHOLD}
    if not waiting:
        return pd.DataFrame(columns=list(ASKED_COLUMNS))
    asked = Rows({name: frame.reset_index(drop=True) for name, frame in waiting.items()}, rows.sources)
    found = find_recipients(asked, known(), tables)
    parts = []
    for name, frame in waiting.items():
        how, refs = found.resolved[name].how, found.refs[name]
        refs = as_confirmed(asked, name, refs[how == AMBIGUOUS], references[name])
        keys = found.resolved[name].candidates.groupby("at")["key"].agg(lambda keys: tuple(sorted(keys)))
        row = frame.index.take(refs.index)
        parts.append(refs.assign(table=name, row=row, candidates=keys.reindex(refs.index))[list(ASKED_COLUMNS)])
    return pd.concat(parts, ignore_index=True)


def _waits(frame: pd.DataFrame) -> pd.Series:
    return (frame["_link"] == AMBIGUOUS) & frame["_recipient"].isna() & (frame["_outcome"] == Outcome.RETURNED)
