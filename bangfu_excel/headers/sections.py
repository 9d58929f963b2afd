"""Rows that head those below them with a place (一、石桥村, 三组): the village or group of these, where no column says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages.headers import PLACE_FROM_SECTION
from bangfu_excel.core.places import Placed, split_place
from bangfu_excel.core.region import Constant, RowKind, TablePart
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.label import header_key
from bangfu_excel.headers.lexicon import Lexicon

_LABELS = ("乡镇", "村", "组")  # from the widest
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．])"
)
_COUNTED = re.compile(r"[(（,，:：]?(?:共|计|合计)?(?:\d+(?:户|人)[,，、]?)+[)）]?$")
_LONGEST = 30


@dataclass(frozen=True)
class Section:
    """A row that heads those below it: where it stands, and the place that it names."""

    row: int
    column: int
    text: str
    placed: Placed


def find_sections(grid: Grid, rows: Sequence[int]) -> tuple[Section, ...]:
    """Those of `rows` whose only cell names a township, village or group, and nothing else."""
    return tuple(section for row in rows if (section := _section(grid, row)) is not None)


def _section(grid: Grid, row: int) -> Section | None:
    cells = list(grid.cells(row))
    if len(cells) != 1 or len(cells[0][1]) > _LONGEST:
        return None
    ((column, text),) = cells
    plain = _COUNTED.sub("", _NUMBERING.sub("", re.sub(r"\s", "", text))).strip(":：")
    placed = split_place(plain)
    return Section(row, column, text, placed) if placed is not None else None


def with_sections(
    parts: Sequence[TablePart], sections: Sequence[Section], grid: Grid, kinds: NDArray[np.uint8], lexicon: Lexicon
) -> tuple[TablePart, ...]:
    """The parts with the places of `sections` for the rows below each, where no data row states such a place in a column.

    A section ends at the next one of its level or a wider one, and at a total below its rows. kinds: of all rows of the sheet.
    """
    if not sections:
        return tuple(parts)
    spans = list(_spans(sections, kinds))
    return tuple(_part(part, spans, grid, kinds, lexicon) for part in parts)


@dataclass(frozen=True)
class _Span:
    label: str
    value: str
    start: int
    stop: int
    row: int


def _spans(sections: Sequence[Section], kinds: NDArray[np.uint8]) -> Iterator[_Span]:
    """The rows that each place of each section holds for."""
    totals = np.flatnonzero(kinds == RowKind.TOTAL).tolist()
    for position, section in enumerate(sections):
        for level, label in enumerate(_LABELS):
            value = section.placed[level]
            if value:
                later = (s.row for s in sections[position + 1 :] if any(s.placed[: level + 1]))
                ends = (t for t in totals if t > section.row and (kinds[section.row : t] == RowKind.DATA).any())
                stop = min(next(later, len(kinds)), next(ends, len(kinds)))
                yield _Span(label, value, section.row + 1, stop, section.row)


def _part(part: TablePart, spans: Sequence[_Span], grid: Grid, kinds: NDArray[np.uint8], lexicon: Lexicon) -> TablePart:
    fields = {label: lexicon[part.table].certain.get(header_key(label)) for label in _LABELS}
    names = {label: field.name for label, field in fields.items() if field is not None}
    data = kinds == RowKind.DATA
    stated = {c.field for c in part.columns if (grid.filled[c.index] & data).any()}
    added = [
        Constant(names[s.label], s.value, f"第{s.row + 1}行", s.start, s.stop)
        for s in spans
        if s.label in names and names[s.label] not in stated
    ]
    taken = {c.field for c in added}
    return replace(
        part,
        columns=tuple(c for c in part.columns if c.field not in taken),
        constants=(*part.constants, *added),
    )


def used(sections: Sequence[Section], parts: Sequence[TablePart]) -> tuple[Section, ...]:
    """The sections that say something of rows below them."""
    starts = {c.start for part in parts for c in part.constants if c.stop is not None}
    return tuple(s for s in sections if s.row + 1 in starts)


def tell_sections(file: str, sheet: str, sections: Sequence[Section], table: str) -> Iterator[Finding]:
    """One note on the sections that gave their rows a place."""
    if not sections:
        return
    first, *further = (cell_name(s.row + 1, s.column) for s in sections[: RELATED_SHOWN + 1])
    names: Mapping[str, None] = dict.fromkeys("".join(s.placed) for s in sections)
    shown = "、".join(f"“{name}”" for name in list(names)[:5]) + ("等" if len(names) > 5 else "")
    yield PLACE_FROM_SECTION.finding(
        Place(file, sheet, first, sections[0].row + 1, table, value=sections[0].text),
        related=tuple(further),
        count=len(sections),
        places=shown,
    )
