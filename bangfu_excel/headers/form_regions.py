"""Forms to regions: one record a form, one row a line of the tables inside, every row of the sheet counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.raw import CellType, RawColumn
from bangfu_excel.core.region import Cells, FormCell, MappedColumn, MappedRegion, RowKind, TablePart
from bangfu_excel.headers.fill import fill_down
from bangfu_excel.headers.form_choose import Form, InnerTable
from bangfu_excel.headers.form_entries import Entry
from bangfu_excel.headers.grid import Grid
from bangfu_excel.headers.lexicon import Lexicon
from bangfu_excel.headers.rows import Layout, classify

_T = TypeVar("_T")


@dataclass(frozen=True)
class _Rows:
    """Each row of the sheet: the region that counts it, and its kind there."""

    owner: NDArray[np.int32]
    kinds: NDArray[np.uint8]

    def of(self, region: int) -> tuple[int, NDArray[np.uint8]]:
        """The first row of a region, and the kinds of its rows up to its last one."""
        own = np.flatnonzero(self.owner == region)
        span = slice(int(own[0]), int(own[-1]) + 1)
        kinds = np.where(self.owner[span] == region, self.kinds[span], RowKind.ELSEWHERE)
        return span.start, kinds.astype(np.uint8)


@dataclass(frozen=True)
class _Sheet:
    """A sheet of forms: its rows, and the row that stands for the record of each form (its id)."""

    file: str
    grid: Grid
    lexicon: Lexicon
    rows: _Rows
    anchors: Mapping[int, int]


def to_regions(file: str, grid: Grid, forms: Sequence[Form], lexicon: Lexicon) -> tuple[MappedRegion, ...]:
    """The regions of the forms that are filled in, and of the tables inside them, from the top.

    Forms that say the same things are rows of one region, and so are tables inside them that have the same columns.
    """
    filled = [form for form in forms if not form.blank]
    inner = [(table, rows) for form in filled for table in form.inner for rows in (_kinds_inside(grid, table),)]
    inner = [(table, rows) for table, rows in inner if (rows == RowKind.DATA).any()]
    anchors = _anchors(filled, [table for table, _ in inner])
    groups = _grouped([f for f in filled if id(f) in anchors], _labels_key)
    if not groups:
        return ()
    tables = _grouped(inner, lambda pair: _columns_key(pair[0]))
    rows = _rows(grid, groups, tables, anchors)
    sheet = _Sheet(file, grid, lexicon, rows, anchors)
    regions = [_of_forms(sheet, group, n) for n, group in enumerate(groups)]
    regions += [_of_tables(sheet, [t for t, _ in group], n) for n, group in enumerate(tables, len(groups))]
    return tuple(sorted(regions, key=lambda region: region.top))


def _grouped(items: Iterable[_T], key: Callable[[_T], Hashable]) -> list[list[_T]]:
    groups: defaultdict[Hashable, list[_T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return list(groups.values())


def _labels_key(form: Form) -> Hashable:
    return tuple(
        (p.table, p.constants, tuple((c.field, c.label, c.unit) for c in p.columns)) for p in form.choice.parts
    )


def _columns_key(table: InnerTable) -> Hashable:
    lent = tuple((field, entry.label) for field, entry in sorted(table.lent.items()))
    return tuple((p.table, p.constants, p.columns) for p in table.choice.parts), lent


def _anchors(forms: Sequence[Form], inner: Sequence[InnerTable]) -> dict[int, int]:
    """Form (its id) → the row that stands for its record: the first of its labels' rows that stands for no other."""
    taken = {row for table in inner for row in range(table.stretch.start, table.stretch.stop)}
    anchors: dict[int, int] = {}
    for form in forms:
        needed = {name for group in form.choice.table.needs_among(form.choice.table.names) for name in group}
        mapped = form.mapped
        first = [e for i, e in enumerate(form.entries) if i in mapped and mapped[i].field in needed]
        rows = [r for e in (*first, *form.entries) for r in (e.at[0], e.row) if r not in taken]
        if rows:
            anchors[id(form)] = rows[0]
            taken.add(rows[0])
    return anchors


def _kinds_inside(grid: Grid, table: InnerTable) -> NDArray[np.uint8]:
    return classify(grid, _layout(table)).kinds


def _layout(table: InnerTable) -> Layout:
    columns = table.choice.parts[0].columns
    needs = tuple(
        tuple(c.index for c in columns if c.field in group)
        for group in table.choice.table.needs_among({c.field for c in columns})
    )
    indices = tuple(sorted(c.index for c in table.stretch.columns))
    serial = tuple(sorted(table.choice.resolution.serial))
    return Layout(table.stretch.start, table.stretch.stop, table.stretch.blocks, indices, needs, serial)


def _rows(
    grid: Grid,
    groups: Sequence[Sequence[Form]],
    tables: Sequence[Sequence[tuple[InnerTable, NDArray[np.uint8]]]],
    anchors: Mapping[int, int],
) -> _Rows:
    """Every row of the sheet, counted by one region; rows outside all forms by the first."""
    kinds = np.where(grid.counts == 0, RowKind.BLANK, RowKind.NOTE).astype(np.uint8)
    owner = np.zeros(len(kinds), dtype=np.int32)
    for number, group in enumerate(groups):
        for form in group:
            owner[form.area.top : form.area.bottom + 1] = number
            labels = [row for e in form.entries for row in (e.row, e.at[0])]
            before = slice(form.area.top, min(labels))
            kinds[before] = np.where(kinds[before] == RowKind.NOTE, RowKind.TITLE, kinds[before])
            kinds[[row for row in (*labels, *form.reading.headings) if row < len(kinds)]] = RowKind.HEADER
    for number, inner in enumerate(tables, start=len(groups)):
        for table, own in inner:
            span = slice(table.stretch.start, table.stretch.stop)
            owner[span], kinds[span] = number, own
    for number, group in enumerate(groups):
        anchored = [anchors[id(form)] for form in group]
        owner[anchored], kinds[anchored] = number, RowKind.DATA
    return _Rows(owner, kinds)


def _of_forms(sheet: _Sheet, forms: Sequence[Form], number: int) -> MappedRegion:
    first = forms[0]
    positions = sorted(first.mapped)  # of the same labels in every form: `_labels_key`
    entries = [[form.entries[i] for i in sorted(form.mapped)] for form in forms]
    at = [sheet.anchors[id(form)] for form in forms]
    columns = [
        _column(sheet.grid.sheet.height, dict(zip(at, of_field, strict=True)))
        for of_field in zip(*entries, strict=True)
    ]
    cells = [_cells(dict(zip(at, of_field, strict=True))) for of_field in zip(*entries, strict=True)]
    index = {old: new for new, old in enumerate(positions)}
    parts = tuple(
        replace(p, columns=tuple(replace(c, index=index[c.index]) for c in p.columns)) for p in first.choice.parts
    )
    top, kinds = sheet.rows.of(number)
    return MappedRegion(
        file=sheet.file,
        sheet=replace(sheet.grid.sheet, columns=tuple(columns), merges=()),
        parts=parts,
        kinds=kinds,
        top=top,
        title=" ".join(first.reading.titles),
        metadata=first.reading.metadata,
        unmapped=tuple(MappedColumn("", -1, e.label, e.unit) for e in first.unknown),
        cells=dict(enumerate(cells)),
        width=sheet.grid.sheet.width,
    )


def _of_tables(at: _Sheet, tables: Sequence[InnerTable], number: int) -> MappedRegion:
    first = tables[0]
    top, kinds = at.rows.of(number)
    whole = np.full(at.grid.sheet.height, RowKind.ELSEWHERE, dtype=np.uint8)
    whole[top : top + len(kinds)] = kinds
    dtypes = {
        c.index: at.lexicon[p.table].table[c.field].kind.dtype for p in first.choice.parts[::-1] for c in p.columns
    }
    sheet = fill_down(at.grid.sheet, whole, dtypes, _layout(first).needs).sheet
    own, *others = first.choice.parts
    lent: list[MappedColumn] = []
    cells: dict[int, Cells] = {}
    for field in first.lent:
        entries = {
            row: table.lent[field]
            for table in tables
            for row in range(table.stretch.start, table.stretch.stop)
            if whole[row] == RowKind.DATA
        }
        column = MappedColumn(field, sheet.width, first.lent[field].label, first.lent[field].unit)
        sheet = replace(sheet, columns=(*sheet.columns, _column(sheet.height, entries)))
        cells[column.index] = _cells(entries)
        lent.append(column)
    part = TablePart(own.table, (*own.columns, *lent), own.constants, frozenset(first.lent))
    return MappedRegion(
        file=at.file,
        sheet=sheet,
        parts=(part, *others),
        kinds=kinds,
        top=top,
        unmapped=tuple(MappedColumn("", c.index, c.label) for c in first.extra),
        cells=cells,
        width=at.grid.sheet.width,
    )


def _column(height: int, entries: Mapping[int, Entry]) -> RawColumn:
    """Row → the value of its entry, as a column of `height` cells."""
    codes = np.zeros(height, dtype=np.int32)
    known: dict[tuple[CellType, object], int] = {(CellType.EMPTY, None): 0}
    for row, entry in entries.items():
        codes[row] = known.setdefault((entry.value.type, entry.value.value), len(known))
    return RawColumn(codes, [value for _, value in known], np.array([kind for kind, _ in known], dtype=np.uint8))


def _cells(entries: Mapping[int, Entry]) -> Cells:
    return {row + 1: FormCell(e.at[0] + 1, e.at[1], e.written) for row, e in entries.items()}
