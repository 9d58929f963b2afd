"""Rules across the rows and tables of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Effect, Finding, Place
from bangfu_excel.core.messages.validate import NOT_CHECKED
from bangfu_excel.core.rows import Outcome, Rows
from bangfu_excel.core.rule import Given, Relation
from bangfu_excel.core.standing import CONFIRMED, FORMER
from bangfu_excel.core.table import Table
from bangfu_excel.validate.presence import Presence
from bangfu_excel.validate.wording import say, words_of


def relate(
    rows: Rows,
    tables: Mapping[str, Table],
    relations: Sequence[Relation],
    given: Given,
    known: Mapping[str, pd.DataFrame],
) -> tuple[Rows, tuple[Finding, ...]]:
    """The rows with the effects of `relations` applied, and the findings.

    A relation judges the rows of its table that are neither returned nor duplicate; what it looks up in other tables
    includes returned rows, so that one fault does not cause a second. Registered rows take part but are never
    reported on. A relation whose other table is wholly absent is not run (one notice a table); where that table covers
    some villages only, rows of the others are not judged.
    """
    presence = Presence(rows, {name: frame for name, frame in known.items() if name not in (FORMER, CONFIRMED)}, tables)
    active = [relation for relation in relations if relation.enabled and _has_rows(rows, relation.on)]
    judged = [relation for relation in active if all(presence.has(need) for need in relation.needs)]
    findings = [*_not_checked(rows, tables, presence, active)]
    outcome = rows
    for relation in judged:
        broken = _broken(presence, relation, given)
        findings += [_tell(presence, relation, hit) for hit in _hits(presence, relation, given, broken)]
        outcome = _apply(outcome, relation, broken.index)
    return outcome, tuple(findings)


def _broken(presence: Presence, relation: Relation, given: Given) -> pd.DataFrame:
    """What `relation` finds among the submitted rows: index of its table, further words as columns."""
    frames = presence.frames_for(relation.on, relation.needs, relation.reads)
    if frames[relation.on].empty:
        return pd.DataFrame()
    found = relation.test(frames, given)
    return found[found.index < len(presence.rows[relation.on])]


def _apply(rows: Rows, relation: Relation, index: Iterable[int]) -> Rows:
    if relation.effect is Effect.FIELD:
        return rows.withhold(relation.on, index, relation.at[0])
    if relation.effect is Effect.ROW:
        return rows.with_outcome(relation.on, index, Outcome.RETURNED)
    return rows


@dataclass(frozen=True)
class _Hit:
    """A row that breaks a relation, the words for it, and the rows it is related to."""

    label: int
    words: Mapping[str, object]
    others: tuple[int, ...]
    count: int


def _hits(presence: Presence, relation: Relation, given: Given, broken: pd.DataFrame) -> Iterator[_Hit]:
    if not len(broken.index):
        return
    frame = presence.standing[relation.on]
    reads = [name for name in dict.fromkeys((*relation.reads.get(relation.on, ()), *relation.at)) if name in frame]
    limits = given.limits(relation)
    extra = [name for name in broken.columns if not name.startswith("_")]
    related = broken["_related"] if "_related" in broken else [()] * len(broken)
    said = words_of(frame.loc[broken.index], reads, limits)
    added = broken[extra].itertuples(index=False, name=None)
    own = frozenset(broken.index)
    elsewhere = relation.related_in not in ("", relation.on)
    for label, words, more, others in zip(broken.index, said, added, related, strict=True):
        rows = tuple(others) if isinstance(others, tuple | list) else ()
        # a finding stands for the cells that have none of their own
        count = 1 if elsewhere else 1 + len(set(rows) - own)
        yield _Hit(int(label), {**words, **dict(zip(extra, map(say, more), strict=True))}, rows, count)


def _tell(presence: Presence, relation: Relation, hit: _Hit) -> Finding:
    place = presence.rows.place(relation.on, hit.label, relation.at[0])
    table = relation.related_in or relation.on
    beside = [presence.rows.cell(relation.on, hit.label, name, seen_from=place) for name in relation.at[1:]]
    cells = [_cell(presence, table, other, relation.at[0], place) for other in hit.others[:RELATED_SHOWN]]
    finding = relation.finding(place, related=(*beside, *cells), count=hit.count, **hit.words)
    if finding.told and not _crosses_townships(presence, relation.on, table, hit):
        finding = replace(finding, told="")
    return finding


def _cell(presence: Presence, table: str, label: int, field: str, seen_from: Place) -> str:
    if table in presence.rows and label < len(presence.rows[table]):
        return presence.rows.cell(table, label, field, seen_from=seen_from)
    registered = presence.row(table, label)
    return f"{registered['_file']}|{registered['_sheet']}!A{registered['_row']}"


def _crosses_townships(presence: Presence, on: str, table: str, hit: _Hit) -> bool:
    own = presence.township(on, hit.label)
    return any(presence.township(table, other) != own for other in hit.others)


def _not_checked(
    rows: Rows, tables: Mapping[str, Table], presence: Presence, relations: Iterable[Relation]
) -> Iterator[Finding]:
    """One notice for each table that is wholly absent: which relations were not run."""
    missed: dict[str, list[Relation]] = {}
    for relation in relations:
        for need in relation.needs:
            if not presence.has(need):
                missed.setdefault(need, []).append(relation)
    for need, unchecked in missed.items():
        first = min(int(rows[relation.on]["_region"].iloc[0]) for relation in unchecked)
        titles = "、".join(dict.fromkeys(relation.title for relation in unchecked))
        place = Place(rows.sources[first].file, table=need)
        yield NOT_CHECKED.finding(place, needed=f"“{tables[need].label}”表", titles=titles)


def _has_rows(rows: Rows, table: str) -> bool:
    return table in rows and len(rows[table]) > 0
