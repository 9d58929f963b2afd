"""Several rows that tell of one record: the household of a roster of persons, whose columns stand on each of its rows or on one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Effect, Finding
from bangfu_excel.core.messages.pipeline import ROWS_DISAGREE
from bangfu_excel.core.region import SourceColumn, TypedRegion
from bangfu_excel.core.table import Table
from bangfu_excel.merge.duplicates import matching_form

Positions = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Grouping:
    """Which record each row is of (-1: none, or which one is not certain), and the row that stands for each record."""

    record: Positions
    stands: Positions

    def within(self, above: Positions) -> Grouping:
        """With rows that are of none given the record of the row `above` (-1: none) whose block they stand in."""
        settled = (self.record < 0) & (above >= 0)
        return replace(self, record=np.where(settled, self.record[above], self.record))

    @property
    def count(self) -> int:
        return len(self.stands)


def group_rows(
    frame: pd.DataFrame, table: Table, ladder: Sequence[Sequence[str]], chosen: Mask, leading: Mask
) -> Grouping:
    """The records of `table` that the `chosen` rows tell of, in the order of their first rows.

    Rows are of one record if they agree in the first rung of `ladder` that is complete; a row with a lower rung only
    joins the one record that has the same there. A leading row stands for its record, else its first row.
    """
    record = np.full(len(frame), -1, dtype=np.int64)
    for keys in (_rung(frame, table, rung) for rung in ladder):
        wanted = chosen & (record < 0) & keys.notna().to_numpy()
        if wanted.any():
            record = _joined(record, keys, wanted)
    placed = np.flatnonzero(record >= 0)
    order = placed[np.lexsort((placed, ~leading[placed]))]
    stands, first = np.unique(record[order], return_index=True)
    rows = order[first]
    rank = np.argsort(np.argsort(_firsts(record, len(stands)), kind="stable"), kind="stable")
    numbered = np.where(record >= 0, rank[np.searchsorted(stands, record)] if len(stands) else -1, -1)
    return Grouping(numbered, rows[np.argsort(rank, kind="stable")])


def _firsts(record: Positions, count: int) -> Positions:
    numbers, first = np.unique(record, return_index=True)
    return first[numbers >= 0][:count]


def _rung(frame: pd.DataFrame, table: Table, rung: Sequence[str]) -> pd.Series:
    """The rung's values joined, missing where it is not complete; places may be blank."""
    joined = pd.Series("", index=frame.index, dtype="str")
    for name in rung:
        if name in frame:
            part = matching_form(frame[name], table[name]).astype("str")
        else:
            part = pd.Series(None, index=frame.index, dtype="str")
        joined = joined + "|" + (part.fillna("") if table[name].kind.name == "place" else part)
    return joined


def _joined(record: Positions, keys: pd.Series, wanted: Mask) -> Positions:
    """`record` with the rows `wanted` given that of the rows of their key, a new one where there is none yet."""
    codes = pd.factorize(keys)[0].astype(np.int64)
    known = pd.DataFrame({"key": codes, "record": record})[(record >= 0) & (codes >= 0)].drop_duplicates()
    sole = known[~known["key"].duplicated(keep=False)].set_index("key")["record"]
    several = set(known["key"]) - set(sole.index)
    fresh = record.max(initial=-1) + 1
    new = {
        code: int(fresh) + i for i, code in enumerate(dict.fromkeys(codes[wanted].tolist()).keys() - set(known["key"]))
    }
    meant = {**sole.to_dict(), **new, **dict.fromkeys(several, -1)}
    found = record.copy()
    found[wanted] = [meant[code] for code in codes[wanted].tolist()]
    return found


def one_each(typed: TypedRegion, table: Table, grouping: Grouping) -> tuple[TypedRegion, tuple[Finding, ...]]:
    """One row a record, each value with its cell, and what its rows disagree on: such a value is withheld.

    `_row` is the row that stands for the record.
    """
    numbers = typed.frame["_row"].to_numpy()
    frame: dict[str, Any] = {}
    stated: dict[str, Mask] = {}
    faulty: dict[str, Mask] = {}
    columns = dict(typed.source.columns)
    findings: list[Finding] = []
    for name in typed.stated:
        picked = _picked(typed, table, name, grouping)
        frame |= _taken(typed.frame, name, picked)
        stated[name], faulty[name] = picked.rows >= 0, picked.faulty
        if name in columns:
            columns[name] = _standing(columns[name], picked.rows, grouping.stands, numbers)
        findings += _disagreements(typed, table, name, grouping, picked)
    frame["_row"] = numbers[grouping.stands]
    source = replace(typed.source, columns=columns)
    built = TypedRegion(source, pd.DataFrame(frame, copy=False), stated, faulty, np.zeros(grouping.count, dtype=bool))
    return built, tuple(findings)


@dataclass(frozen=True)
class _Picked:
    """Of one field: the row whose value each record has (-1: none), which have a bad one, and rows that differ from it."""

    rows: Positions
    faulty: Mask
    differing: Mapping[int, tuple[int, ...]]


def _picked(typed: TypedRegion, table: Table, name: str, grouping: Grouping) -> _Picked:
    record, stands = grouping.record, grouping.stands
    here = np.flatnonzero(typed.stated[name] & (record >= 0))
    bad = typed.faulty[name][here]
    first = here[np.lexsort((here, ~np.isin(here, stands)))]
    of, at = np.unique(record[first], return_index=True)
    rows = np.full(grouping.count, -1, dtype=np.int64)
    rows[of] = first[at]
    faulty = np.zeros(grouping.count, dtype=bool)
    faulty[record[here[bad]]] = True
    codes = _codes(typed.frame, table, name)
    good = here[~bad]
    settled = good[np.isin(record[good], np.flatnonzero(~faulty))]
    apart = settled[codes[settled] != codes[rows[record[settled]]]]
    differing: dict[int, list[int]] = defaultdict(list)
    for row in apart.tolist():
        differing[int(record[row])].append(row)
    faulty[list(differing)] = True
    return _Picked(rows, faulty, {k: tuple(v) for k, v in differing.items()})


def _codes(frame: pd.DataFrame, table: Table, name: str) -> Positions:
    values = matching_form(frame[name], table[name]) if name in table else frame[name]
    return np.asarray(pd.factorize(values)[0], dtype=np.int64)


def _taken(frame: pd.DataFrame, name: str, picked: _Picked) -> dict[str, pd.Series]:
    """The values of a field and their marks, missing where there is none or a bad one."""
    lost = (picked.rows < 0) | picked.faulty
    found = {}
    for column in (name, f"{name}__precision", f"{name}__approx"):
        if column in frame:
            found[column] = frame[column].take(np.maximum(picked.rows, 0)).reset_index(drop=True).mask(lost)
    return found


def _standing(column: SourceColumn, rows: Positions, stands: Positions, numbers: Positions) -> SourceColumn:
    """The column, knowing the cells of values that do not stand in the row which stands for their record."""
    if column.raw is None:
        return column
    elsewhere = np.flatnonzero((rows >= 0) & (rows != stands))
    cells = {int(numbers[stands[i]]): column.cell(int(numbers[rows[i]])) for i in elsewhere.tolist()}
    return replace(column, cells={**column.cells, **cells}) if cells else column


def _disagreements(
    typed: TypedRegion, table: Table, name: str, grouping: Grouping, picked: _Picked
) -> Iterator[Finding]:
    """One finding a record whose rows state different values: at the first that differs, the others in `related`."""
    numbers = typed.frame["_row"].to_numpy()
    for record, rows in sorted(picked.differing.items()):
        kept = int(picked.rows[record])
        place, other = (typed.source.place(int(numbers[row]), name) for row in (rows[0], kept))
        further = [typed.source.place(int(numbers[row]), name).cell for row in rows[1 : RELATED_SHOWN + 1]]
        yield ROWS_DISAGREE.finding(
            replace(place, record=int(numbers[grouping.stands[record]])),
            related=(other.cell, *further),
            count=len(rows) + 1,
            other_row=other.row,
            other=other.value,
        )


def of_records(findings: Iterable[Finding], numbers: Positions, grouping: Grouping) -> tuple[Finding, ...]:
    """What was found row by row, once a record: the same fault repeated on its rows is one finding with all their cells."""
    record = dict(zip(numbers.tolist(), grouping.record.tolist(), strict=True))
    kept: list[Finding] = []
    first: dict[tuple[object, ...], int] = {}
    for finding in findings:
        if finding.effect is Effect.NONE:
            kept.append(finding)
            continue
        number = record.get(finding.place.record or finding.place.row, -1)
        if number < 0:
            continue
        stands = int(numbers[grouping.stands[number]])
        key = (finding.code, finding.place.field, number)
        if key not in first:
            first[key] = len(kept)
            kept.append(replace(finding, place=replace(finding.place, record=stands)))
        else:
            same = kept[first[key]]
            related = (*same.related, finding.place.cell)[:RELATED_SHOWN]
            kept[first[key]] = replace(same, related=related, count=same.count + 1)
    return tuple(kept)
