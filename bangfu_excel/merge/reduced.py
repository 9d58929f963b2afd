"""Records that a resubmission takes away without naming them: nothing is lost in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.columns import among
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import merge as says
from bangfu_excel.core.table import Table
from bangfu_excel.merge.state import State
from bangfu_excel.merge.submission import Submission
from bangfu_excel.merge.units import months_among, unit_now

NAMED = 5
"""So many of the records a sentence names; the others are counted."""


@dataclass(frozen=True)
class Vanished:
    """Rows of a table that were current before an import and have none of their key after it; `named`: the batch states the key."""

    table: str
    rows: pd.DataFrame
    named: NDArray[np.bool_]


def reductions(
    vanished: Sequence[Vanished],
    submissions: Sequence[Submission],
    scheme: str,
    before: State,
    tables: Mapping[str, Table],
) -> Iterator[Finding]:
    """One 疑点 for each file and table whose coming took records away that it does not name.

    tables: those that are declared, which say what their records are called.
    Members and pairings of a household that is itself among them are not told again.
    """
    gone = {key for one in vanished if one.table == "household" for key in one.rows["_key"]}
    submitters = {one.id: one.submitter for one in before.standing if one.scheme == scheme}
    for one in (one for one in vanished if len(one.rows)):
        rows = one.rows[~one.named]
        if gone and "_recipient" in rows and one.table != "household" and not months_among(rows["_unit"].unique()):
            rows = rows[~among(rows["_recipient"], gone)]
        for file, lost in _by_file(rows, one.table, submissions, submitters, before).items():
            yield _finding(file, one.table, rows.loc[lost], tables.get(one.table))


def _by_file(
    rows: pd.DataFrame, table: str, submissions: Sequence[Submission], submitters: Mapping[str, str], before: State
) -> dict[str, list[int]]:
    """File → index labels of the rows that it takes away; of several files of a village, the first."""
    taking: dict[tuple[str, str], str] = {}
    for one in submissions:
        for unit in one.covers.get(table, ()) if one.submitter else ():
            taking.setdefault((one.submitter, unit_now(before.merged_units, unit)), one.record.file)
    found: dict[str, list[int]] = defaultdict(list)
    for label, submission, unit in zip(rows.index, rows["_submission"], rows["_unit"], strict=True):
        file = taking.get((submitters.get(submission, ""), unit))
        if file is not None:
            found[file].append(int(label))
    return found


def _finding(file: str, name: str, rows: pd.DataFrame, table: Table | None) -> Finding:
    return says.FEWER_THAN_BEFORE.finding(
        Place(file, table=name),
        count=len(rows),
        number=len(rows),
        unit=table.counting if table else "条",
        names=_names(rows, table),
    )


def _names(rows: pd.DataFrame, table: Table | None) -> str:
    """The first of the records by their names, or by those of whom they mean; by their keys where they have none."""
    names = rows["_key"]
    for column in _naming(table):
        if column in rows and rows[column].dtype.kind != "M":
            names = rows[column].fillna(names)
    shown = "、".join(str(name) for name in names.iloc[:NAMED])
    return shown + ("等" if len(rows) > NAMED else "")


def _naming(table: Table | None) -> tuple[str, ...]:
    """The fields that name a record; what is done for somebody goes by his name."""
    if table is None:
        return ()
    return (*table.told_by[::-1], *((table.refers.name,) if table.helper and table.refers else ()))
