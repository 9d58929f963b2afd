"""Values of a correction: read as a submission's are, and refused for the reasons for which a submission's would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from bangfu_excel.core.finding import Effect, Finding, Place
from bangfu_excel.core.masking import without_numbers
from bangfu_excel.core.raw import Cell, CellType, RawColumn, cell_text
from bangfu_excel.core.region import Source, SourceColumn, TypedRegion
from bangfu_excel.core.rows import has_name
from bangfu_excel.core.table import Field, Table
from bangfu_excel.merge.changes import value_text
from bangfu_excel.merge.natural import Natural, natural, typed
from bangfu_excel.normalise import read_value
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.validate import validate

_NAMED = ("place", "organisation")
_NUMBERED = ("group", "villager_group")


@dataclass(frozen=True)
class Value:
    """A value in JSON terms (dates as ISO text), the precision of a date, and how a person would write it ("" for none)."""

    natural: Natural = field(default=None, repr=False)
    precision: str = ""
    text: str = field(default="", repr=False)


class UnfitError(Exception):
    """Why a value cannot be taken: a sentence that quotes no number of a person."""


def value_in(cell: Cell, declared: Field, settings: Settings, row: int) -> Value:
    """What a cell of Excel's row `row` says as a value of a field; `UnfitError` where it says none, or only about what.

    Nothing is guessed: a date without its year is none.
    """
    parsed = read_value(cell, declared, replace(settings.to_normalise, year=None, as_of=None))
    if parsed.problem is not None:
        shown = settings.masking.shown(cell_text(cell), declared)
        place = Place("", "", "", row, "", declared.name, declared.label, shown)
        raise UnfitError(_sentence(parsed.problem.finding(place, **parsed.words)))
    if parsed.approx:
        raise UnfitError("写的是约数，请填确切的数")
    if parsed.value is None:
        return Value()
    value = pd.Series([parsed.value], dtype=declared.kind.dtype).iat[0]
    return Value(natural(value), parsed.precision, value_text(value, parsed.precision))


def value_of(rows: pd.DataFrame, at: int, name: str) -> Value:
    """What the registry has now in a row."""
    precision = rows[f"{name}__precision"].iat[at] if f"{name}__precision" in rows else ""
    value, exact = rows[name].iat[at], precision if isinstance(precision, str) else ""
    return Value(natural(value), exact, value_text(value, exact))


def objections(
    table: Table, record: pd.DataFrame, changed: Mapping[str, Value], row: int, settings: Settings
) -> Iterator[tuple[str, str]]:
    """Field and sentence of every error that the changes would bring into a record (a frame of one row) that has it not now.

    Only what would withhold a value or return the row is one; and a place or unit that is named by a mere number, which a list
    may have for a name, but nobody who puts it right. row: Excel's row of the correction, as sentences say it.
    """
    for name, value in changed.items():
        if table[name].kind.name in _NAMED and name not in _NUMBERED and value.text and not _has_letter(value.text):
            yield name, f"“{table[name].label}”填的是“{value.text}”，不是名称，请写全名"
    before = {(f.code, f.place.field) for f in _errors(table, record, (), row, settings)}
    for finding in _errors(table, _with(table, record, changed), tuple(changed), row, settings):
        if (finding.code, finding.place.field) not in before:
            yield finding.place.field, _sentence(finding)


def _has_letter(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _sentence(finding: Finding) -> str:
    return without_numbers(f"{finding.message}，{finding.suggestion}")


def _with(table: Table, record: pd.DataFrame, changed: Mapping[str, Value]) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {}
    for name, value in changed.items():
        columns[name] = typed([value.natural], table[name].kind.dtype)
        columns[f"{name}__precision"] = pd.Series([value.precision or None], dtype="str")
        if f"{name}__approx" in record:
            columns[f"{name}__approx"] = pd.Series([False], dtype=record[f"{name}__approx"].dtype)
    return record.assign(**columns)


def _errors(
    table: Table, record: pd.DataFrame, corrected: tuple[str, ...], row: int, settings: Settings
) -> tuple[Finding, ...]:
    """What validation has against a record; what is withheld in it says nothing, but for what is corrected."""
    withheld = record["_withheld"].fillna("")
    stated = {name: record[name].notna().to_numpy() for name in table.names}
    faulty = {
        name: (has_name(withheld, name) & (name not in corrected)).to_numpy(dtype=bool)
        for name in table.names
    }  # fmt: skip
    beside = [name for name in record if "__" in str(name) and not str(name).startswith("_")]
    frame = record[[*table.names, *beside]].assign(_row=np.array([row], dtype=np.int64))
    columns = {f.name: SourceColumn(0, f.label, _stored(record, f, row, settings)) for f in table.fields}
    typed = TypedRegion(Source("", "", table.name, columns), frame, stated, faulty, np.zeros(1, dtype=bool))
    _, findings = validate(typed, table, settings.to_validate)
    return tuple(finding for finding in findings if finding.effect in (Effect.FIELD, Effect.ROW))


def _stored(record: pd.DataFrame, declared: Field, row: int, settings: Settings) -> RawColumn:
    """A column that holds the record's value, as the office may see it, in Excel's row `row`."""
    text = settings.masking.shown(value_of(record, 0, declared.name).text, declared)
    codes = np.zeros(row, dtype=np.int32)
    codes[-1] = 1
    return RawColumn(codes, (None, text), np.array([CellType.EMPTY, CellType.TEXT], dtype=np.uint8))
