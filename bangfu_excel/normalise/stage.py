"""The stage's verb: a mapped region to typed rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.kinds.base import Context
from bangfu_excel.core.raw import Cell, CellType, Merge
from bangfu_excel.core.region import MappedColumn, MappedRegion, RowKind, Source, SourceColumn, TablePart, TypedRegion
from bangfu_excel.core.table import Field, Table
from bangfu_excel.normalise.column import ReadColumn, read_column, withheld_column
from bangfu_excel.normalise.ends import take_ends
from bangfu_excel.normalise.measured import take_units
from bangfu_excel.normalise.settings import NormaliseSettings
from bangfu_excel.normalise.tails import split_places
from bangfu_excel.normalise.typed import from_values, take
from bangfu_excel.normalise.worded import tell_worded, worded
from bangfu_excel.normalise.wording import tell
from bangfu_excel.normalise.years import year_in, year_said

Marks = NDArray[np.bool_]


def normalise(
    region: MappedRegion, part: TablePart, table: Table, settings: NormaliseSettings
) -> tuple[TypedRegion, tuple[Finding, ...]]:
    """The data rows of `region` as typed values of `table`: one row each, none lost, none returned yet.

    A cell that gives no value is one error; what was read differently from how it is written is noted once a column.
    """
    rows = region.data_rows
    numbers = rows + 1
    done, read = _read(region, part, table, settings)
    for name, positions, columns in _constants(part, table, settings, rows):
        done = done.with_(columns, {name: positions >= 0})
    ends = take_ends(table, read, done.typed, done.source, numbers)
    done = done.with_(ends.columns, ends.stated, ends.faulty, ends.findings, ends.source)
    units = take_units(table, done.typed, done.source, numbers, done.findings)
    kept = {name: done.faulty[name] for name in units.stated if name in done.faulty}
    done = replace(done, findings=()).with_(units.columns, units.stated, kept, units.findings, units.source)
    for field, labels in worded(table, done.typed, settings.codelists):
        told = (tell_worded(field, labels, done.source, numbers),)
        places = {**done.source.columns, field.name: done.source.columns[field.in_field]}
        held = {field.name: labels.notna().to_numpy(dtype=bool)}
        done = done.with_({field.name: labels}, held, {}, told, replace(done.source, columns=places))
    split = split_places(table, done.typed, done.source, numbers)
    done = done.with_(split.columns, split.stated, {}, split.findings, split.source)
    frame = pd.DataFrame({**done.typed, "_row": numbers}, copy=False)
    returned = np.zeros(len(rows), dtype=bool)
    return TypedRegion(done.source, frame, done.stated, done.faulty, returned), tuple(done.findings)


@dataclass(frozen=True)
class _Done:
    """What is read so far: columns, where something is stated and where it gives no value, what to say, where it all stands."""

    source: Source
    typed: dict[str, Any]
    stated: dict[str, Marks]
    faulty: dict[str, Marks]
    findings: Sequence[Finding]

    def with_(
        self,
        columns: Mapping[str, Any],
        stated: Mapping[str, Marks],
        faulty: Mapping[str, Marks] = MappingProxyType({}),
        findings: Sequence[Finding] = (),
        source: Source | None = None,
    ) -> _Done:
        """With more columns; what is stated in them is fine where `faulty` does not say otherwise."""
        fine = {name: np.zeros(len(marks), dtype=bool) for name, marks in stated.items()}
        return _Done(
            source or self.source,
            {**self.typed, **columns},
            {**self.stated, **stated},
            {**self.faulty, **fine, **faulty},
            (*self.findings, *findings),
        )


def _read(
    region: MappedRegion, part: TablePart, table: Table, settings: NormaliseSettings
) -> tuple[_Done, dict[str, ReadColumn]]:
    """Every column of `part` by itself."""
    rows, numbers, year = region.data_rows, region.data_rows + 1, year_said(region)
    columns = _source_columns(region, part)
    done, read = _Done(_source(region, part, columns), {}, {}, {}, ()), {}
    for mapped in part.columns:
        field, raw = table[mapped.field], columns[mapped.index].raw
        assert raw is not None
        column = (
            withheld_column(raw, rows, field.kind)
            if mapped.misplaced
            else read_column(raw, rows, field.kind, _of_column(mapped, table, settings, region, year))
        )
        read[field.name] = column
        own = ~np.isin(numbers, list(columns[mapped.index].covered))
        told = tuple(tell(_own(column, own), done.source, field.name, numbers))
        name = field.name
        done = done.with_(_typed(name, column), {name: column.stated}, {name: column.faulty}, told)
    return done, read


def _of_column(
    mapped: MappedColumn, table: Table, settings: NormaliseSettings, region: MappedRegion, year: int | None
) -> Context:
    """What is known of a column beside its cells. year: what the title says; the header may know better."""
    field = table[mapped.field]
    context = replace(_context(field, mapped.unit, settings), legend=mapped.legend)
    year = year_in(mapped.label) or year
    if year is None:
        return context
    done = {table.dated_by, *(name for f in table.fields if f.until for name in (f.name, f.until))}
    is_csv = not region.sheet.name  # where 3.1 may have been 3.10
    return replace(context, year=year, titled=True, dotted=field.name in done and not is_csv)


def _context(field: Field, unit: str, settings: NormaliseSettings) -> Context:
    codes = settings.codelists.get(field.codelist) if field.codelist else None
    return Context(field, unit, codes, settings.year, as_of=settings.as_of)


def _typed(name: str, read: ReadColumn) -> dict[str, Any]:
    columns = {name: read.values}
    if read.precision is not None:
        columns[f"{name}__precision"] = read.precision
    if read.approx is not None:
        columns[f"{name}__approx"] = read.approx
    return columns


def _constants(
    part: TablePart, table: Table, settings: NormaliseSettings, rows: NDArray[np.int64]
) -> Iterator[tuple[str, NDArray[np.int64], dict[str, Any]]]:
    """Fields that the surroundings give, in which rows they do (position of the value, -1: none), and their columns.

    A field with a column of its own keeps to that.
    """
    mapped = {column.field for column in part.columns}
    for name in dict.fromkeys(c.field for c in part.constants if c.field not in mapped):
        field = table[name]
        given = [c for c in part.constants if c.field == name]
        context = _context(replace(field, until=""), "", settings)
        parsed = [field.kind.parse(Cell(CellType.TEXT, c.value), context) for c in given]
        if all(p.value is None for p in parsed):
            continue
        positions = np.full(len(rows), -1, dtype=np.int64)
        for position, constant in enumerate(given):
            inside = (rows >= constant.start) & (constant.stop is None or rows < constant.stop)
            positions[inside] = position if parsed[position].value is not None else -1
        columns = {name: take([from_values([p.value for p in parsed], field.kind.dtype)], positions, field.kind.dtype)}
        if any(p.precision for p in parsed):
            columns[f"{name}__precision"] = take(
                [from_values([p.precision or None for p in parsed], "str")], positions, "str"
            )
        yield name, positions, columns


def _source(region: MappedRegion, part: TablePart, columns: Mapping[int, SourceColumn]) -> Source:
    stands = {c.field: replace(columns[c.index], label=c.label) for c in part.columns}
    for constant in part.constants:
        stands.setdefault(constant.field, SourceColumn(-1, constant.source, None))
    sheet = region.sheet
    return Source(region.file, sheet.name, part.table, stands, region.metadata, sheet.hidden)


def _source_columns(region: MappedRegion, part: TablePart) -> dict[int, SourceColumn]:
    """The stored columns of `part`, with the rows whose value stands above (in a merged cell, in a block's first row)."""
    merges: dict[int, list[Merge]] = defaultdict(list)
    for merge in region.sheet.merges:
        position = merge.top - region.top
        if merge.bottom > merge.top and 0 <= position < len(region.kinds) and region.kinds[position] == RowKind.DATA:
            merges[merge.left].append(merge)
    return {
        c.index: SourceColumn(
            c.index,
            c.label,
            region.sheet.columns[c.index],
            {**region.continued.get(c.index, {}), **_covered(merges[c.index])},
            region.cells.get(c.index, {}),
        )
        for c in part.columns
    }


def _covered(merges: Sequence[Merge]) -> dict[int, int]:
    """Excel row that a merged cell covers → the row where it begins."""
    return {row: merge.top + 1 for merge in merges for row in range(merge.top + 2, merge.bottom + 2)}


def _own(read: ReadColumn, own: NDArray[np.bool_]) -> ReadColumn:
    """`read` with only those things to say that stand at a cell of their own, not at one that a merged cell covers."""
    if own.all():
        return read
    problems = tuple((rows[own[rows]], parsed) for rows, parsed in read.problems if own[rows].any())
    notes = tuple((rows[own[rows]], note) for rows, note in read.notes if own[rows].any())
    return replace(read, problems=problems, notes=notes, garbled=read.garbled[own[read.garbled]])
