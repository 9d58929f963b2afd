"""Rows that say the same thing twice: identical in every field of their table, anywhere in the run."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.finding import Finding
from bangfu_excel.core.fold import fold
from bangfu_excel.core.messages import merge as says
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.places import group_keys, place_keys
from bangfu_excel.core.region import Source
from bangfu_excel.core.rows import Outcome, Rows
from bangfu_excel.core.table import Field, Table
from bangfu_excel.merge.wording import Origins, row_words, sheet_words

MANY = 20
"""From this many repeated rows of one sheet in another, it is the sheet that was submitted twice: one finding."""

Groups = tuple[tuple[int, ...], ...]


def find_duplicates(rows: Rows, tables: Mapping[str, Table]) -> tuple[Rows, tuple[Finding, ...]]:
    """The rows with repetitions marked as duplicates, and a 疑点 where they stand.

    Identical means: every field of the table with its precision (names and places in matching form), who is meant (`_recipient`), and, where a value was
    withheld, what is written in its cell. The first row by file (NFC) and position is kept. Returned rows are not
    looked at. Records exploded from one row of a sheet are no duplicates of each other. A second table that stands in
    columns of another's region (helper columns beside persons) repeats by nature: marked, without a finding.
    """
    findings: list[Finding] = []
    for name in rows.frames:
        if name not in tables:
            continue
        groups = identical_rows(rows, name, tables[name])
        if not groups:
            continue
        rows = rows.with_outcome(name, (i for group in groups for i in group[1:]), Outcome.DUPLICATE)
        findings.extend(_findings(Origins.of(rows, name), groups, companion_regions(rows)))
    return rows, tuple(dict.fromkeys(findings))


def identical_rows(rows: Rows, name: str, table: Table) -> Groups:
    """Groups of index labels of identical accepted rows, each in file and row order."""
    frame = rows[name]
    candidates = reading_order(frame, np.flatnonzero(frame["_outcome"].to_numpy() == Outcome.ACCEPTED))
    group = np.zeros(len(candidates), dtype=np.int64)
    for column in _columns(frame, table):
        if not len(candidates):
            return ()
        values = frame[column].take(candidates)
        values = matching_form(values, table[column]) if column in table else values
        candidates, group = _narrow(candidates, group, _codes(values))
    candidates, group = _narrow(candidates, group, _withheld_codes(rows, name, candidates))
    candidates, group = _narrow(candidates, group, _turn_within_row(frame, candidates, group))
    members: dict[int, list[int]] = defaultdict(list)
    for label, number in zip(frame.index[candidates].tolist(), group.tolist(), strict=True):
        members[number].append(label)
    return tuple(tuple(labels) for labels in members.values())


def matching_form(values: pd.Series, field: Field) -> pd.Series:
    """The values of `field` as a clerk compares them: 三组 and 3组, 张 三 and 张三 are the same."""
    return compared_form(values, field.kind.name)


def compared_form(values: pd.Series, kind: str) -> pd.Series:
    """`matching_form` of values of a kind, given by its name."""
    match kind:
        case "person":
            return name_keys(values)
        case "place":
            return group_keys(place_keys(values))
        case "organisation":
            return each_once(values, fold)
    return values


def reading_order(frame: pd.DataFrame, positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """These positions ordered by file (NFC), then by their place in the frame."""
    codes, files = pd.factorize(frame["_file"].take(positions))
    rank = pd.Series([unicodedata.normalize("NFC", str(file)) for file in files], dtype="object").rank(method="dense")
    return positions[np.argsort(rank.to_numpy()[codes], kind="stable")] if len(positions) else positions


def companion_regions(rows: Rows) -> frozenset[int]:
    """Regions (positions in `rows.sources`) that share the rows and columns of an earlier region of another table."""
    spans = _row_spans(rows)
    by_sheet: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, source in enumerate(rows.sources):
        by_sheet[source.file, source.sheet].append(position)
    return frozenset(
        later
        for positions in by_sheet.values()
        for i, later in enumerate(positions)
        for earlier in positions[:i]
        if rows.sources[earlier].table != rows.sources[later].table
        and not _inside_form(rows, earlier, later)
        and _meet(_column_span(rows.sources[earlier]), _column_span(rows.sources[later]))
        and _meet(spans.get(earlier, (1, 0)), spans.get(later, (1, 0)))
    )


def _columns(frame: pd.DataFrame, table: Table) -> list[str]:
    """The columns to compare, the most telling first: so few candidates are left for the others."""
    telling = [n for rung in table.keys for n in rung if n in table]
    names = dict.fromkeys([*telling, *table.names])
    compared = [c for n in names for c in (n, f"{n}__precision", f"{n}__approx") if c in frame]
    return [*compared, *(c for c in ("_recipient", "_withheld") if c in frame)]


def _codes(values: pd.Series) -> NDArray[np.int64]:
    """A number for each distinct value, 0 for a missing one."""
    return np.asarray(pd.factorize(values)[0], dtype=np.int64) + 1


def _narrow(
    candidates: NDArray[np.int64], group: NDArray[np.int64], codes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The candidates that still share both group and code with another one, and their finer groups."""
    if not len(candidates):
        return candidates, group
    finer = pd.factorize(group * (codes.max() + 1) + codes)[0]
    shared = np.bincount(finer)[finer] > 1
    return candidates[shared], pd.factorize(finer[shared])[0].astype(np.int64)


def _withheld_codes(rows: Rows, name: str, candidates: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for what is written in the cells whose values are withheld: two bad values are not the same value."""
    origin = rows[name][["_region", "_row", "_withheld"]].take(candidates)
    written = [
        tuple(rows.sources[region].place(row, field).value for field in fields.split("、")) if fields else ()
        for region, row, fields in zip(*(origin[c].tolist() for c in origin.columns), strict=True)
    ]
    numbers: dict[tuple[str, ...], int] = {}
    return np.array([numbers.setdefault(texts, len(numbers)) for texts in written], dtype=np.int64)


def _turn_within_row(frame: pd.DataFrame, candidates: NDArray[np.int64], group: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many records of the same sheet row stand before each in its group: siblings are never compared."""
    origin = frame[["_region", "_row"]].take(candidates).assign(group=group)
    turns = origin.groupby(["group", "_region", "_row"], sort=False).cumcount()
    return np.asarray(turns, dtype=np.int64)


def _findings(origins: Origins, groups: Groups, companions: frozenset[int]) -> Iterable[Finding]:
    """One finding a group and file; one for the whole sheet where it repeats many rows of one sheet."""
    by_sheets: dict[tuple[int, int], list[tuple[int, ...]]] = defaultdict(list)
    for kept, *others in groups:
        by_file: dict[str, list[int]] = defaultdict(list)
        for index in others:
            if origins.region[index] not in companions:
                by_file[origins.source(index).file].append(index)
        for repeated in by_file.values():
            by_sheets[origins.region[kept], origins.region[repeated[0]]].append((kept, *repeated))
    for found in by_sheets.values():
        if len(found) > MANY:
            yield _sheet_finding(origins, found)
        else:
            yield from (_row_finding(origins, group) for group in found)


def _row_finding(origins: Origins, group: Sequence[int]) -> Finding:
    kept, first, *others = group
    place = origins.place(first)
    finding = says.DUPLICATE_ROW.finding(
        place,
        related=origins.cells((kept, *others), place),
        count=len(group),
        kept=row_words(origins.place(kept), place),
    )
    return origins.told(finding, first, kept)


def _sheet_finding(origins: Origins, groups: Sequence[Sequence[int]]) -> Finding:
    repeated = [i for group in groups for i in group[1:]]
    kept, first = groups[0][0], repeated[0]
    place = origins.place(first)
    finding = says.DUPLICATE_SHEET.finding(
        place,
        related=origins.cells(repeated[1:], place),
        count=len(repeated),
        rows=len(repeated),
        kept_sheet=sheet_words(origins.place(kept), place),
    )
    return origins.told(finding, first, kept)


def _inside_form(rows: Rows, earlier: int, later: int) -> bool:
    """Whether one of two regions of a sheet is a form and the other a table inside it, which share no row."""
    sources = rows.sources[earlier], rows.sources[later]
    if not any(source.scattered for source in sources):
        return False
    own = (
        rows[s.table]["_row"][rows[s.table]["_region"] == at] for s, at in zip(sources, (earlier, later), strict=True)
    )
    return set.isdisjoint(*(set(numbers.tolist()) for numbers in own))


def _row_spans(rows: Rows) -> dict[int, tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for frame in rows.frames.values():
        limits = frame.groupby("_region", sort=False)["_row"].agg(["min", "max"])
        spans.update({int(r): (int(low), int(high)) for r, low, high in limits.itertuples(name=None)})
    return spans


def _column_span(source: Source) -> tuple[int, int]:
    columns = [c.index for c in source.columns.values() if c.raw is not None]
    return (min(columns), max(columns)) if columns else (1, 0)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1])
