"""The stage: recipients, helpers, keys, and what has to be said of them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.rows import Outcome, Rows
from bangfu_excel.core.succession import Succession
from bangfu_excel.core.table import Table
from bangfu_excel.link.beside import HOUSEHOLD
from bangfu_excel.link.children import CHILD
from bangfu_excel.link.explode import explode_recipients
from bangfu_excel.link.helping import with_helpers
from bangfu_excel.link.households import Recipients, find_recipients
from bangfu_excel.link.keys import ladder_keys
from bangfu_excel.link.tell import tell_former, tell_helpers, tell_recipients, tell_unjudged
from bangfu_excel.link.tell_beyond import tell_beyond
from bangfu_excel.link.villages import VILLAGE

NOBODY_RENAMED = Succession()
_OWN_KEYED = (HOUSEHOLD, CHILD, VILLAGE)  # rosters of recipients: a row means itself
_LINKED = ("_key", "_recipient", "_helper", "_link")


def link(
    rows: Rows,
    known: Mapping[str, pd.DataFrame],
    tables: Mapping[str, Table],
    succession: Succession = NOBODY_RENAMED,
) -> tuple[Rows, tuple[Finding, ...]]:
    """The rows with `_key`, `_recipient`, `_helper` and `_link`, and the findings.

    A row that names several households has become one record each, with the same `_row`. Rows whose household cannot be
    established are returned, with all records of their row. known: table → what is registered, with these columns, and
    under `FORMER` what registered households were called before: it is asked where nobody is called so now. succession:
    what helpers and units are called now; what is written in the rows stays.
    """
    rows = _exploded(rows, tables)
    found = find_recipients(rows, known, tables)
    rows = _with_recipients(rows, found)
    rows, unclear = with_helpers(rows, known, tables, succession)
    rows = _with_keys(rows, tables)
    told = tell_recipients(rows, known, found)
    helpers = [finding for table, field, names in unclear for finding in tell_helpers(rows, table, field, names)]
    beyond, unknown = tell_beyond(rows, found)
    for table, labels in (*told.returned.items(), *unknown.items()):
        if labels:
            rows = rows.with_outcome(table, _whole_rows(rows[table], labels), Outcome.RETURNED)
    return rows, (*told.findings, *beyond, *helpers, *tell_former(rows, found), *tell_unjudged(rows, found))


def _exploded(rows: Rows, tables: Mapping[str, Table]) -> Rows:
    for name, frame in rows.frames.items():
        reference = tables[name].refers if tables[name].explodes else None
        if reference is not None:
            rows = rows.with_frame(name, explode_recipients(frame, reference))
    return rows


def _with_recipients(rows: Rows, found: Recipients) -> Rows:
    for name, frame in rows.frames.items():
        missing = pd.Series(None, index=frame.index, dtype="str")
        linked = found.linked(name, frame.index)
        rows = rows.with_frame(name, frame.assign(**{**dict.fromkeys(_LINKED, missing), **linked}))
    return rows


def _with_keys(rows: Rows, tables: Mapping[str, Table]) -> Rows:
    for name, frame in rows.frames.items():
        keys = frame["_recipient"] if name in _OWN_KEYED else ladder_keys(frame, tables[name])
        rows = rows.with_frame(name, frame.assign(_key=keys))
    return rows


def _whole_rows(frame: pd.DataFrame, labels: tuple[int, ...]) -> list[int]:
    """These records and the others that were made from the same rows."""
    spots = pd.MultiIndex.from_frame(frame[["_region", "_row"]])
    return [int(label) for label in frame.index[spots.isin(spots[list(labels)])]]
