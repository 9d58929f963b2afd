"""Rows of one run with the same key and different values: 待裁决."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages import merge as says
from bangfu_excel.core.region import Source
from bangfu_excel.core.rows import Outcome, Rows, has_name
from bangfu_excel.core.standing import DECIDED, DECIDED_COLUMNS
from bangfu_excel.core.table import Field, Privacy, Retention, Table
from bangfu_excel.merge.changes import value_text
from bangfu_excel.merge.decisions import forms_of
from bangfu_excel.merge.duplicates import MANY, matching_form, reading_order
from bangfu_excel.merge.wording import Origins, row_words, sheet_words

EACH = 5
"""Up to this many rows of one key each row has a finding; beyond it, the first row of each file has one."""
NOTHING_KNOWN: Mapping[str, pd.DataFrame] = MappingProxyType({})
NAMED = 3
"""So many differing fields a sentence names; the others are counted."""


@dataclass(frozen=True)
class _Clash:
    """Rows of one key (index labels, in reading order), the fields that contradict and those stated by some rows only."""

    members: tuple[int, ...]
    contrary: tuple[Field, ...]
    partial: tuple[Field, ...]


def find_conflicts(
    rows: Rows, tables: Mapping[str, Table], known: Mapping[str, pd.DataFrame] = NOTHING_KNOWN
) -> tuple[Rows, tuple[Finding, ...]]:
    """The rows with a column `_pending` (bool: 待裁决) in every frame, and findings at each row in conflict.

    In conflict: accepted rows of one `_key` that state different values of a field. Where one states what the others
    leave blank, that is a 疑点 and nothing is pending. Two things are marked here and told elsewhere, so that one cause
    has one finding: logs (a visit told twice, by the relation on visits) and keys that rest on an identity number which
    persons of different names state (by the relation on identity numbers). What the office has decided (`DECIDED` of
    `known`) is not told again.
    """
    findings: list[Finding] = []
    decided = _decided(known)
    for name in rows.frames:
        frame = rows[name].copy(deep=False)
        frame["_pending"] = False
        rows = rows.with_frame(name, frame)
        if name not in tables or "_key" not in frame:
            continue
        clashes = _clashes(frame, tables[name])
        pending = [i for clash in clashes if clash.contrary for i in clash.members]
        frame.loc[pending, "_pending"] = True
        elsewhere = _told_elsewhere(frame, tables[name], clashes)
        told = [_unsettled(clash, frame, name, decided) for clash in clashes if clash.members[0] not in elsewhere]
        findings.extend(_findings(rows, tables[name], [clash for clash in told if clash.contrary or clash.partial]))
    return rows, tuple(findings)


def _decided(known: Mapping[str, pd.DataFrame]) -> Mapping[tuple[str, str, str], frozenset[str]]:
    """Table, key and field → the texts between which was decided."""
    if DECIDED not in known:
        return {}
    said = known[DECIDED][list(DECIDED_COLUMNS)].itertuples(index=False, name=None)
    return {(table, key, field): frozenset(stated.split("\n")) for table, key, field, stated in said}


def _unsettled(
    clash: _Clash, frame: pd.DataFrame, table: str, decided: Mapping[tuple[str, str, str], frozenset[str]]
) -> _Clash:
    """The clash without the fields that were decided between the values that its rows state."""

    def settled(field: Field) -> bool:
        between = decided.get((table, str(frame["_key"].loc[clash.members[0]]), field.name))
        if between is None:
            return False
        rows = frame.loc[list(clash.members)]
        precision = rows.get(f"{field.name}__precision", pd.Series("", index=rows.index))
        stated = {value_text(value, fine) for value, fine in zip(rows[field.name], precision, strict=True)} - {""}
        return forms_of(stated, field.kind.name) <= forms_of(between, field.kind.name)

    return replace(clash, contrary=tuple(field for field in clash.contrary if not settled(field)))


def _clashes(frame: pd.DataFrame, table: Table) -> list[_Clash]:
    eligible = (frame["_outcome"] == Outcome.ACCEPTED) & frame["_key"].notna()
    positions = reading_order(frame, np.flatnonzero(eligible.to_numpy()))
    keyed = frame[["_key", "_region", "_row"]].take(positions)
    first_of_row = ~keyed.duplicated()
    shared = first_of_row & keyed["_key"].where(first_of_row).duplicated(keep=False)
    positions = positions[shared.to_numpy()]
    if not len(positions):
        return []
    group = pd.factorize(frame["_key"].take(positions))[0]
    members: dict[int, list[int]] = defaultdict(list)
    for number, label in zip(group.tolist(), frame.index[positions].tolist(), strict=True):
        members[number].append(label)
    contrary: dict[int, list[Field]] = defaultdict(list)
    partial: dict[int, list[Field]] = defaultdict(list)
    for field in table.fields:
        if field.name in frame:
            differs, incomplete = _compare(frame.take(positions), field, group)
            for number in np.flatnonzero(differs).tolist():
                contrary[number].append(field)
            for number in np.flatnonzero(incomplete & ~differs).tolist():
                partial[number].append(field)
    return [
        _Clash(tuple(labels), tuple(contrary[n]), tuple(partial[n]))
        for n, labels in members.items()
        if contrary[n] or partial[n]
    ]


def _compare(
    found: pd.DataFrame, field: Field, group: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each group: do the stated values of `field` (with precision) differ; is it stated by some rows only?

    Names and places differ as a clerk would say: 三组 and 3组 do not.
    """
    value = pd.factorize(matching_form(found[field.name], field))[0].astype(np.int64)
    stated = value >= 0
    for companion in (f"{field.name}__precision", f"{field.name}__approx"):
        if companion in found:
            finer = pd.factorize(found[companion])[0].astype(np.int64) + 1
            value = value * (finer.max(initial=0) + 1) + finer
    numbers = pd.Series(value[stated]).groupby(group[stated])
    size = int(group.max()) + 1
    spread = (numbers.max() - numbers.min()).reindex(range(size), fill_value=0).to_numpy()
    open_to_all = ~has_name(found["_withheld"].fillna(""), field.name).to_numpy()
    blank = np.bincount(group[~stated & open_to_all], minlength=size) > 0
    return spread != 0, blank & (np.bincount(group[stated], minlength=size) > 0)


def _told_elsewhere(frame: pd.DataFrame, table: Table, clashes: Sequence[_Clash]) -> frozenset[int]:
    """First members of the clashes that another rule tells of: of a log, or keyed by a number that two persons state."""
    if table.retention is not Retention.ROSTER:
        return frozenset(clash.members[0] for clash in clashes)
    asked = frame.loc[[clash.members[0] for clash in clashes if _of_two_persons(clash)]]
    told = pd.Series(False, index=asked.index)
    for rung in reversed(table.keys):
        told = told.mask(_states(asked, rung), _on_identity(table, rung))
    return frozenset(told.index[told])


def _of_two_persons(clash: _Clash) -> bool:
    return any(field.kind.name == "person" and field.facet in ("head", "person", "") for field in clash.contrary)


def _states(frame: pd.DataFrame, rung: Sequence[str]) -> pd.Series:
    """True where a row states every field of the rung, withheld ones included."""
    whole = pd.Series(True, index=frame.index)
    for name in rung:
        stated = has_name(frame["_withheld"].fillna(""), name)
        whole &= (stated | frame[name].notna()) if name in frame else stated
    return whole


def _on_identity(table: Table, rung: Sequence[str]) -> bool:
    fields = (table[name] for name in rung if name in table)
    return any(field.privacy is Privacy.IDENTITY and field.facet != "recipient" for field in fields)


def _findings(rows: Rows, table: Table, clashes: Sequence[_Clash]) -> Iterable[Finding]:
    if not clashes:
        return
    origins = Origins.of(rows, table.name)
    by_sheets: dict[tuple[int, int], list[_Clash]] = defaultdict(list)
    for clash in clashes:
        if clash.contrary:
            yield from _conflict_findings(origins, table, clash)
        else:
            by_sheets[origins.region[clash.members[0]], origins.region[clash.members[1]]].append(clash)
    for found in by_sheets.values():
        if len(found) > MANY:
            yield _partial_sheet(origins, table, found)
        else:
            yield from (_partial_row(origins, table, clash) for clash in found)


def _conflict_findings(origins: Origins, table: Table, clash: _Clash) -> Iterable[Finding]:
    told: set[str] = set()
    for index in clash.members:
        other = clash.members[0] if index != clash.members[0] else clash.members[1]
        place = origins.place(index, _visible(origins.source(index), clash.contrary))
        if len(clash.members) > EACH and place.file in told:
            continue
        told.add(place.file)
        finding = says.CONFLICTING_ROWS.finding(
            place,
            related=origins.cells((i for i in clash.members if i != index), place),
            count=len(clash.members),
            other=row_words(origins.place(other), place),
            what=table.label,
            differences=_difference_words(origins, clash.contrary, index, other),
        )
        yield origins.told(finding, index, other)


def _partial_row(origins: Origins, table: Table, clash: _Clash) -> Finding:
    first, second = clash.members[:2]
    place = origins.place(second)
    finding = says.PARTIAL_ROWS.finding(
        place,
        related=origins.cells((i for i in clash.members if i != second), place),
        count=len(clash.members),
        other=row_words(origins.place(first), place),
        what=table.label,
        fields=_named([f"“{field.label}”" for field in clash.partial], "项"),
    )
    return origins.told(finding, second, first)


def _partial_sheet(origins: Origins, table: Table, clashes: Sequence[_Clash]) -> Finding:
    first, second = clashes[0].members[:2]
    place = origins.place(second)
    finding = says.PARTIAL_SHEET.finding(
        place,
        related=origins.cells((clash.members[1] for clash in clashes[1:]), place),
        count=len(clashes),
        rows=len(clashes),
        kept_sheet=sheet_words(origins.place(first), place),
        what=table.label,
    )
    return origins.told(finding, second, first)


def _visible(source: Source, fields: tuple[Field, ...]) -> str:
    """The first of these fields that has a column of its own where the row stands, "" if none has."""
    columns = (source.columns.get(field.name) for field in fields)
    return next((f.name for f, c in zip(fields, columns, strict=True) if c is not None and c.raw is not None), "")


def _difference_words(origins: Origins, fields: tuple[Field, ...], index: int, other: int) -> str:
    words = [_difference(origins, field, index, other) for field in fields[:NAMED]]
    return _named(words, "处不同", "，", of=len(fields))


def _difference(origins: Origins, field: Field, index: int, other: int) -> str:
    mine, theirs = (origins.place(i, field.name) for i in (index, other))
    label = mine.label or field.label
    if mine.label and theirs.label and mine.value and theirs.value and mine.value != theirs.value:
        return f"“{label}”本行是“{mine.value}”、另一行是“{theirs.value}”"
    return f"“{label}”不一致"


def _named(words: Sequence[str], unit: str, between: str = "、", *, of: int = 0) -> str:
    number = of or len(words)
    return between.join(words[:NAMED]) + (f"等{number}{unit}" if number > NAMED else "")
