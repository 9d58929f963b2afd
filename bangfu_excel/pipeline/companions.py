"""The further tables that stand in columns of a region: helper columns beside households, household columns beside persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.messages.pipeline import ROWS_DISAGREE
from bangfu_excel.core.region import MappedRegion, TablePart, TypedRegion
from bangfu_excel.core.table import Companion, Table
from bangfu_excel.normalise import normalise
from bangfu_excel.pipeline.records import group_rows, of_records, one_each
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.validate import validate

_MARKS = ("", "__precision", "__approx")
Typed = tuple[TypedRegion, tuple[Finding, ...]]


def typed_companions(region: MappedRegion, primary: TypedRegion, settings: Settings) -> Iterator[Typed]:
    """The other tables of a region, typed and judged; `primary` is its first one, which lends them the columns they share."""
    first, *others = region.parts
    companions = {c.table: c for c in settings.tables[first.table].companions}
    for part in others:
        companion = _again(region, part, primary, settings) if part.again else companions[part.table]
        if companion.per:
            yield _records_beside(region, part, companion, primary, settings)
        else:
            yield _rows_beside(region, part, companion, primary, settings)


def _again(region: MappedRegion, part: TablePart, primary: TypedRegion, settings: Settings) -> Companion:
    """A further record of a row, which has all of the first one but what stands in cells of its own, and numbers: they count once."""
    table = settings.tables[part.table]
    apart = {c.field for other in region.parts for c in other.columns if c.index in region.cells}
    common = [
        name for name in table.names
        if name in primary.frame and name not in apart and table[name].kind.dtype not in ("Int64", "Float64")
    ]  # fmt: skip
    return Companion(part.table, (part.columns[0].field,), dict(zip(common, common, strict=True)))


def _rows_beside(
    region: MappedRegion, part: TablePart, companion: Companion, primary: TypedRegion, settings: Settings
) -> Typed:
    """A record a row: its own columns are read, the shared ones are the primary's, which has said what is wrong there."""
    table = settings.tables[part.table]
    lent = {theirs: ours for theirs, ours in companion.shares.items() if ours in primary.frame}
    typed, notes = normalise(region, _without(part, lent), table, settings.to_normalise)
    typed = _own_rows(_with_lent(typed, primary, lent), companion)
    return _judged(typed, table, settings, notes, lent)


def _records_beside(
    region: MappedRegion, part: TablePart, companion: Companion, primary: TypedRegion, settings: Settings
) -> Typed:
    """A record for several rows: what these agree on, and what they do not. Rows that are sent back say nothing of it."""
    table = settings.tables[part.table]
    lent = {theirs: ours for theirs, ours in companion.shares.items() if ours in primary.frame}
    standing = {c.field for c in part.columns}
    led = {t: o for t, o in companion.led.items() if t not in lent and t not in standing and o in primary.frame}
    typed, notes = normalise(region, _without(part, {**lent, **led}), table, settings.to_normalise)
    leading = _leading(primary, settings.tables[primary.source.table])
    typed = _with_lent(_with_lent(typed, primary, lent), primary, led, only=leading)
    above = _block_rows(typed, _block_keys(companion, table), ~primary.returned)
    told = group_rows(typed.frame, table, companion.per, ~primary.returned & (above < 0), leading)
    grouping = told.within(above)
    numbers = typed.frame["_row"].to_numpy()
    single, apart = one_each(typed, table, grouping)
    block = np.flatnonzero(grouping.record != told.record)
    rows = (numbers[positions].tolist() for positions in (block, grouping.stands[grouping.record[block]]))
    single = replace(single, source=replace(single.source, block=dict(zip(*rows, strict=True))))
    notes = (*of_records(notes, numbers, grouping), *(f for f in apart if f.place.field not in led))
    return _judged(_own_rows(single, companion), table, settings, notes, {**lent, **led})


def _block_keys(companion: Companion, table: Table) -> tuple[str, ...]:
    """Fields of which one cell over several rows makes these rows one record: none where a row has a key of its own (帮扶责任人)."""
    names = dict.fromkeys(name for rung in companion.per for name in rung)
    lent = {*companion.shares, *companion.led}
    return tuple(name for name in names if table[name].kind.name != "place") if lent.issuperset(names) else ()


def _block_rows(typed: TypedRegion, keys: Sequence[str], chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each of the `chosen` rows the position of the row in which a key of it is written (merged, or filled down), else -1."""
    numbers = typed.frame["_row"].to_numpy()
    covered: dict[int, int] = {}
    for name in keys:
        if name in typed.source.columns:
            covered |= typed.source.columns[name].covered
    position = {number: place for place, number in enumerate(numbers.tolist())} if covered else {}
    above = np.full(len(numbers), -1, dtype=np.int64)
    for row, at in covered.items():
        if row in position and at in position:
            above[position[row]] = position[at]
    return np.where(chosen & chosen[above], above, -1)


def _judged(
    typed: TypedRegion, table: Table, settings: Settings, notes: tuple[Finding, ...], lent: Mapping[str, str]
) -> Typed:
    """Of a lent column only that is told which the primary could not know: that the rows of a record disagree."""
    typed, said = validate(typed, table, settings.to_validate, notes, settled=lent)
    return typed, tuple(f for f in said if f.place.field not in lent or f.code == ROWS_DISAGREE.code)


def _without(part: TablePart, lent: Mapping[str, str]) -> TablePart:
    return replace(
        part,
        columns=tuple(c for c in part.columns if c.field not in lent),
        constants=tuple(c for c in part.constants if c.field not in lent),
    )


def _leading(primary: TypedRegion, table: Table) -> NDArray[np.bool_]:
    """True for the rows that begin a household (与户主关系: 户主)."""
    if table.lead is None or table.lead.field not in primary.frame:
        return np.zeros(len(primary.frame), dtype=bool)
    leads = primary.frame[table.lead.field] == table.lead.value
    return np.asarray(leads.fillna(False), dtype=bool)


def _with_lent(
    typed: TypedRegion, primary: TypedRegion, lent: Mapping[str, str], only: NDArray[np.bool_] | None = None
) -> TypedRegion:
    """With the primary's columns under the companion's names (of the rows `only`): both stand in the same rows of the sheet."""
    rows = np.ones(len(primary.frame), dtype=bool) if only is None else only
    columns = {
        theirs + mark: primary.frame[ours + mark].where(rows)
        for theirs, ours in lent.items()
        for mark in _MARKS
        if ours + mark in primary.frame
    }
    places = {theirs: primary.source.columns[ours] for theirs, ours in lent.items() if ours in primary.source.columns}
    return replace(
        typed,
        source=replace(typed.source, columns={**typed.source.columns, **places}),
        frame=typed.frame.assign(**columns),
        stated={**typed.stated, **{theirs: primary.stated[ours] & rows for theirs, ours in lent.items()}},
        faulty={**typed.faulty, **{theirs: primary.faulty[ours] & rows for theirs, ours in lent.items()}},
    )


def _own_rows(typed: TypedRegion, companion: Companion) -> TypedRegion:
    """The rows in which a companion table says something of its own."""
    present = [typed.stated[name] for name in companion.triggers if name in typed.stated]
    chosen = np.logical_or.reduce(present) if present else np.zeros(len(typed.frame), dtype=bool)
    if chosen.all():
        return typed
    return replace(
        typed,
        frame=typed.frame[chosen].reset_index(drop=True),
        stated={name: mask[chosen] for name, mask in typed.stated.items()},
        faulty={name: mask[chosen] for name, mask in typed.faulty.items()},
        returned=typed.returned[chosen],
    )
