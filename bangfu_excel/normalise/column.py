"""One column of a region: plain values in bulk, the rest once per distinct value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.kinds.clean import DITTO, SPACE, among, matches
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.mojibake import garbled_positions
from bangfu_excel.core.raw import Cell, CellType, RawColumn
from bangfu_excel.normalise.typed import Piece, from_numbers, from_texts, from_values, take

_TYPES = tuple(CellType)
_BLANK = f"^[{SPACE}]*$"
_ANY_TEXT = frozenset({"text", "place", "organisation", "person", "persons"})
"""Kinds of which even a plain text may be garbled; of the others a plain one is a number, a date or a label."""

_UNREADABLE = {CellType.ERROR: say.FORMULA_ERROR, CellType.FORMULA: say.FORMULA_UNCACHED}


@dataclass(frozen=True)
class ReadColumn:
    """A typed column and what is to be said of it; all arrays have one entry a data row.

    precision: text, missing where a day · approx: booleans · until: the last days of spans, with their precision or None; each
    None where no cell has it
    · problems, notes: rows (positions) and what is to be said of each of them · garbled: rows whose text was decoded wrongly.
    """

    values: Any
    stated: NDArray[np.bool_]
    faulty: NDArray[np.bool_]
    precision: Any | None
    approx: Any | None
    problems: tuple[tuple[NDArray[np.int64], Parsed], ...]
    notes: tuple[tuple[NDArray[np.int64], Message], ...]
    garbled: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    until: tuple[Any, Any | None] | None = None


@dataclass
class _Dictionary:
    """The distinct values of a column while they are read: entry → position among the pieces, and what was parsed."""

    dtype: str
    position: NDArray[np.int64]
    stated: NDArray[np.bool_]
    ditto: NDArray[np.bool_]
    pieces: list[Piece] = field(default_factory=list)
    parsed: dict[int, Parsed] = field(default_factory=dict)
    garbled: list[int] = field(default_factory=list)
    filled: int = 0

    def add(self, entries: NDArray[np.int64], piece: Piece) -> None:
        self.position[entries] = np.arange(self.filled, self.filled + len(entries))
        self.stated[entries] = True
        self.pieces.append(piece)
        self.filled += len(entries)


def read_column(raw: RawColumn, rows: NDArray[np.int64], kind: Kind, context: Context) -> ReadColumn:
    """The cells of `raw` at `rows` as values of `kind`."""
    codes = raw.codes[rows]
    entries = _read_entries(raw, codes, kind, context)
    sources, unresolved = _resolve(codes, entries)
    positions = entries.position[sources]
    faults = {entry: p for entry, p in entries.parsed.items() if p.problem is not None}
    faulty = _rows_of(codes, list(faults), len(entries.position)) | unresolved
    positions[faulty] = -1
    problems = _by_entry(codes, faults)
    if unresolved.any():
        problems.append((np.flatnonzero(unresolved), Parsed(problem=say.NOTHING_ABOVE)))
    return ReadColumn(
        take(entries.pieces, positions, kind.dtype),
        entries.stated[codes] | entries.ditto[codes],
        faulty,
        _precision(entries, sources),
        _approx(entries, sources),
        tuple(problems),
        tuple(_notes(entries, codes, faulty)),
        np.flatnonzero(_rows_of(codes, entries.garbled, len(entries.position))),
        _until(entries, sources, kind.dtype),
    )


def withheld_column(raw: RawColumn, rows: NDArray[np.int64], kind: Kind) -> ReadColumn:
    """A column of which no value is taken, its cells being of something else: what is stated is faulty, and told already."""
    empty = raw.types == CellType.EMPTY
    stated = ~np.asarray(empty[raw.codes[rows]], dtype=bool)
    return ReadColumn(take([], np.full(len(rows), -1), kind.dtype), stated, stated, None, None, (), ())


def _read_entries(raw: RawColumn, codes: NDArray[np.int32], kind: Kind, context: Context) -> _Dictionary:
    size = len(raw.types)
    entries = _Dictionary(
        kind.dtype, np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    )
    used = np.flatnonzero(np.bincount(codes, minlength=size))
    types = raw.types[used]
    rest = [
        _add_texts(entries, raw, used[types == CellType.TEXT], kind, context),
        _add_numbers(entries, raw, used[types == CellType.NUMBER], kind, context),
        used[(types != CellType.TEXT) & (types != CellType.NUMBER) & (types != CellType.EMPTY)],
    ]
    _add_parsed(entries, raw, np.concatenate(rest), kind, context)
    return entries


def _add_texts(
    entries: _Dictionary, raw: RawColumn, at: NDArray[np.int64], kind: Kind, context: Context
) -> NDArray[np.int64]:
    """Take up the plain texts; the entries that are left to parse."""
    written: list[str] = [raw.values[entry] for entry in at.tolist()]
    texts = pa.array(written, type=pa.large_string())
    ditto = among(pc.utf8_trim_whitespace(texts), DITTO)
    plain = kind.plain_texts(texts, context) & ~ditto
    blank = matches(texts, _BLANK)
    plain &= ~blank
    looked = np.arange(len(at)) if kind.name in _ANY_TEXT else np.flatnonzero(~plain)
    garbled = garbled_positions([written[position] for position in looked.tolist()])
    entries.garbled += at[looked[garbled]].tolist()
    if kind.repeats:
        entries.ditto[at[ditto]] = True
    else:
        entries.parsed.update((entry, Parsed(problem=say.NO_REPEAT)) for entry in at[ditto].tolist())
        entries.stated[at[ditto]] = True
    if not len(at):
        return at
    if plain.all():
        entries.add(at, from_texts(texts, kind.dtype))
    elif plain.any():
        entries.add(at[plain], from_texts(texts.filter(pa.array(plain)), kind.dtype))
    return at[~(plain | ditto | blank)]


def _add_numbers(
    entries: _Dictionary, raw: RawColumn, at: NDArray[np.int64], kind: Kind, context: Context
) -> NDArray[np.int64]:
    """Take up the plain numbers; the entries that are left to parse."""
    numbers = np.array([raw.values[entry] for entry in at.tolist()], dtype=np.float64)
    plain = kind.plain_numbers(numbers, context)
    if plain.any():
        entries.add(at[plain], from_numbers(numbers[plain], kind.dtype))
    return at[~plain]


def _add_parsed(entries: _Dictionary, raw: RawColumn, at: NDArray[np.int64], kind: Kind, context: Context) -> None:
    found: list[int] = []
    values: list[object] = []
    for entry in at.tolist():
        cell_type = _TYPES[raw.types[entry]]
        unreadable = _UNREADABLE.get(cell_type)
        parsed = Parsed(problem=unreadable) if unreadable else kind.parse(Cell(cell_type, raw.values[entry]), context)
        entries.parsed[entry] = parsed
        if parsed.value is not None:
            found.append(entry)
            values.append(parsed.value)
        elif parsed.problem is not None:
            entries.stated[entry] = True
    if found:
        entries.add(np.array(found, dtype=np.int64), from_values(values, kind.dtype))


def _resolve(codes: NDArray[np.int32], entries: _Dictionary) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """The entry that each row takes its value from (of 同上: the row above's), and the rows that find none."""
    ditto = entries.ditto[codes]
    if not ditto.any():
        return codes, ditto
    above = np.maximum.accumulate(np.where(ditto, -1, np.arange(len(codes))))
    sources = np.where(above >= 0, codes[above], 0).astype(codes.dtype)
    unresolved = ditto & ((above < 0) | (entries.position[sources] < 0))
    return sources, unresolved


def _rows_of(codes: NDArray[np.int32], chosen: list[int], size: int) -> NDArray[np.bool_]:
    among_entries = np.zeros(size, dtype=bool)
    among_entries[chosen] = True
    return among_entries[codes]


def _by_entry(codes: NDArray[np.int32], faults: dict[int, Parsed]) -> list[tuple[NDArray[np.int64], Parsed]]:
    """The rows of each faulty entry."""
    if not faults:
        return []
    order = np.argsort(codes, kind="stable")
    chosen = np.array(list(faults), dtype=codes.dtype)
    starts = np.searchsorted(codes[order], chosen, side="left")
    stops = np.searchsorted(codes[order], chosen, side="right")
    return [
        (order[start:stop], parsed)
        for start, stop, parsed in zip(starts.tolist(), stops.tolist(), faults.values(), strict=True)
    ]


def _precision(entries: _Dictionary, sources: NDArray[np.int32]) -> Any | None:
    coarse = {entry: parsed.precision for entry, parsed in entries.parsed.items() if parsed.precision}
    return _spread(coarse, entries, sources, "str") if coarse else None


def _until(entries: _Dictionary, sources: NDArray[np.int32], dtype: str) -> tuple[Any, Any | None] | None:
    last = {entry: parsed.until for entry, parsed in entries.parsed.items() if parsed.until is not None}
    if not last:
        return None
    coarse = {entry: until.precision for entry, until in last.items() if until.precision}
    days = _spread({entry: until.value for entry, until in last.items()}, entries, sources, dtype)
    return days, _spread(coarse, entries, sources, "str") if coarse else None


def _spread(given: Mapping[int, object], entries: _Dictionary, sources: NDArray[np.int32], dtype: str) -> Any:
    """A column of what was given for some of the entries, missing in the rows of the others."""
    position = np.full(len(entries.position), -1, dtype=np.int64)
    position[list(given)] = np.arange(len(given))
    return take([from_values(list(given.values()), dtype)], position[sources], dtype)


def _approx(entries: _Dictionary, sources: NDArray[np.int32]) -> Any | None:
    about = [entry for entry, parsed in entries.parsed.items() if parsed.approx]
    return pd.array(_rows_of(sources, about, len(entries.position)), dtype="boolean") if about else None


def _notes(
    entries: _Dictionary, codes: NDArray[np.int32], faulty: NDArray[np.bool_]
) -> list[tuple[NDArray[np.int64], Message]]:
    """Rows by note, in the order of the notes' codes."""
    noted: dict[str, tuple[Message, list[int]]] = {}
    for entry, parsed in entries.parsed.items():
        if parsed.note is not None:
            noted.setdefault(parsed.note.code, (parsed.note, []))[1].append(entry)
    groups = [(_rows_of(codes, chosen, len(entries.position)), note) for note, chosen in noted.values()]
    groups.append((entries.ditto[codes] & ~faulty, say.SAME_AS_ABOVE))
    ordered = sorted(groups, key=lambda group: group[1].code)
    return [(np.flatnonzero(rows), note) for rows, note in ordered if rows.any()]
