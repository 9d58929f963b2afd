"""Rows that do not say who, whom or when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Effect, Finding
from bangfu_excel.core.messages.validate import NEEDED_MISSING
from bangfu_excel.core.region import TypedRegion
from bangfu_excel.core.table import Table

_UNCLEAR = "记的是谁、什么时间"
_ROW_NUMBER = re.compile(r"[A-Z]+(\d+)")


@dataclass(frozen=True)
class Unmet:
    """Rows (positions) without a value in any field of a group: nothing stated, or something faulty."""

    fields: tuple[str, ...]
    unstated: NDArray[np.int64]
    faulty: NDArray[np.int64]


def unmet_needs(typed: TypedRegion, table: Table) -> tuple[Unmet, ...]:
    """The groups of `table.needs` that some rows do not meet."""
    return tuple(
        unmet
        for unmet in (_unmet(typed, group) for group in table.needs_among(typed.frame.columns))
        if unmet is not None
    )


def _unmet(typed: TypedRegion, group: tuple[str, ...]) -> Unmet | None:
    blank = np.ones(len(typed.frame), dtype=bool)
    faulty = np.zeros(len(typed.frame), dtype=bool)
    for name in group:
        if name in typed.frame:
            blank &= typed.frame[name].isna().to_numpy()
        if name in typed.faulty:
            faulty |= typed.faulty[name]
    if not blank.any():
        return None
    return Unmet(group, np.flatnonzero(blank & ~faulty), np.flatnonzero(blank & faulty))


def unstated_rows(unmet: Iterable[Unmet]) -> NDArray[np.int64]:
    """Rows that do not say who, whom or when: that is told of them, not each cell that is blank besides."""
    return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(group.unstated for group in unmet)]))


def return_unmet(typed: TypedRegion, unmet: Iterable[Unmet]) -> TypedRegion:
    """The region with these rows returned."""
    returned = typed.returned.copy()
    for group in unmet:
        returned[group.unstated] = True
        returned[group.faulty] = True
    return replace(typed, returned=returned)


def tell_unmet(typed: TypedRegion, table: Table, unmet: Iterable[Unmet]) -> Iterator[Finding]:
    """A finding for each row that says nothing; faulty values have theirs already. A group without a column is told once."""
    for group in unmet:
        numbers = typed.frame["_row"].to_numpy()[group.unstated].tolist()
        columns = [name for name in group.fields if _is_mapped(typed, name)]
        labels = [typed.source.columns[name].label for name in columns] or [table[name].label for name in group.fields]
        needed = "或".join(f"“{label}”" for label in dict.fromkeys(labels))
        unclear = next((table.unclear[name] for name in group.fields if name in table.unclear), _UNCLEAR)
        at = (columns or group.fields)[0]
        places = [typed.source.place(number, at) for number in numbers]
        if columns:
            yield from (NEEDED_MISSING.finding(place, needed=needed, unclear=unclear) for place in places)
        elif places:
            related = tuple(place.cell for place in places[1 : RELATED_SHOWN + 1])
            yield NEEDED_MISSING.finding(places[0], related=related, count=len(places), needed=needed, unclear=unclear)


def raise_to_row(typed: TypedRegion, unmet: Iterable[Unmet], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings; those that withheld the value without which a row had to be returned now say so."""
    numbers = typed.frame["_row"].to_numpy()
    fatal: dict[str, set[int]] = {}
    for group in unmet:
        for name in group.fields:
            if name in typed.faulty:
                at = numbers[group.faulty].tolist()
                fatal.setdefault(name, set()).update(_shown(typed, name, number) for number in at)
    return tuple(_raised(finding, fatal) for finding in findings)


def _shown(typed: TypedRegion, name: str, number: int) -> int:
    """Excel's row of the cell of `name` in the row `number`: another one only in a form."""
    column = typed.source.columns.get(name)
    return column.cells[number].row if column is not None and number in column.cells else number


def _raised(finding: Finding, fatal: Mapping[str, set[int]]) -> Finding:
    rows = fatal.get(finding.place.field)
    if not rows or finding.effect is not Effect.FIELD:
        return finding
    return replace(finding, effect=Effect.ROW) if not rows.isdisjoint(_rows_of(finding)) else finding


def _rows_of(finding: Finding) -> set[int]:
    matches = (_ROW_NUMBER.fullmatch(cell) for cell in finding.related)
    return {finding.place.row, *(int(match[1]) for match in matches if match)}


def _is_mapped(typed: TypedRegion, name: str) -> bool:
    column = typed.source.columns.get(name)
    return column is not None and column.raw is not None
