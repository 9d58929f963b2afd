"""A list of another department, read: its rows as persons, where each stands, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.finding import Effect, Finding, Severity
from bangfu_excel.core.kinds.base import Context
from bangfu_excel.core.raw import Cell, CellType, RawColumn, cell_text
from bangfu_excel.core.region import MappedRegion, Source, TypedRegion
from bangfu_excel.core.table import Table
from bangfu_excel.headers import match_headers
from bangfu_excel.link import as_text, matching_form
from bangfu_excel.normalise import normalise
from bangfu_excel.pipeline.own_marks import is_own_list, without_notes
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.read import read_file
from bangfu_excel.read.inbox import open_inbox

NUMBERS = ("id_number", "disability_cert", "head_id")
WHO = ("township", "village", "group", "name", "id_number")
_SHOWS_WHO = ("id_number", "name", "head_name", "head_id")
_WRITTEN_ON = ("填报时间", "日期", "年月")
_NUMERIC = "存成了数字，末尾几位已经丢失"
_NO_NUMBER = "写的不是一个号码"


@dataclass(frozen=True)
class Listed:
    """rows: RangeIndex; the fields that the list has (`WHO` and head_name always) as text, what `matching_form` gives, `_heads` (the
    row stands for a household), `_number` (position in `sources`), `_row`, `_fault` (what is wrong with the number, and which
    field it is: `_faulty`).
    shown: text of each row's other columns as they stand there, by header · fields: header → field, "" where it is none
    unread: field → rows whose value could not be read · heights: file, sheet → rows of data · dates: what the sheets say of
    their date · trouble: a sentence for each thing that could not be read · left_out: one for each sheet that is no list.
    """

    rows: pd.DataFrame
    shown: pd.DataFrame
    fields: Mapping[str, str]
    unread: Mapping[str, int]
    heights: Mapping[tuple[str, str], int]
    sources: tuple[Source, ...]
    dates: tuple[str, ...]
    trouble: tuple[str, ...]
    left_out: tuple[str, ...]

    @cached_property
    def _spots(self) -> list[tuple[Source, int]]:
        """The source and Excel's row of each row: one look into a frame costs more than all the rest."""
        numbers, rows = self.rows["_number"].tolist(), self.rows["_row"].tolist()
        return [(self.sources[number], row) for number, row in zip(numbers, rows, strict=True)]

    def place(self, at: int, field: str, *, with_file: bool) -> str:
        """Where the value of `field` in row `at` stands: `名单!D12`; where it has no column, where the row says who it is."""
        source, row = self._spots[at]
        standing = next((name for name in (field, *_SHOWS_WHO) if name in source.columns), field)
        place = source.place(row, standing)
        sheet = f"{place.sheet}!" if place.sheet else ""
        return f"{place.file}|{sheet}{place.cell}" if with_file else f"{sheet}{place.cell}"

    def written(self, at: int, field: str) -> str:
        """What stands in the cell of `field` in row `at`."""
        source, row = self._spots[at]
        return source.place(row, field).value


@dataclass(frozen=True)
class _Part:
    """One region."""

    rows: pd.DataFrame
    shown: pd.DataFrame
    fields: Mapping[str, str]
    unread: Mapping[str, int]
    source: Source


def read_list(path: Path, table: Table, settings: Settings, passwords: tuple[str, ...]) -> Listed:
    """Everything under `path` (a file, a folder or a zip) that is a list, read as `table`."""
    heights: dict[tuple[str, str], int] = {}
    parts: list[_Part] = []
    dates: dict[str, None] = {}
    with open_inbox(path, settings.limits, passwords) as contents:
        findings = list(contents.findings)
        for file, name in contents.files:
            raw, said = read_file(file, name, settings.limits, passwords)
            findings += said
            for sheet in raw.sheets if raw else ():
                if is_own_list(sheet):
                    continue
                regions, told = match_headers(name, without_notes(sheet), (table,), settings.to_match)
                findings += told
                heights[name, sheet.name] = sum(len(region.data_rows) for region in regions)
                parts += [_part(region, table, settings) for region in regions]
                dates |= dict.fromkeys(r.metadata[n] for r in regions for n in _WRITTEN_ON if r.metadata.get(n))
    wrong = [found for found in findings if found.effect is Effect.SHEET or found.severity is Severity.ERROR]
    empty = {spot for spot, rows in heights.items() if not rows}
    others = [f for f in findings if f not in wrong and (f.place.file, f.place.sheet) in empty and not f.place.label]
    return _joined(parts, heights, tuple(dates), (_told(wrong), _told(others)))


def _told(findings: Iterable[Finding]) -> tuple[str, ...]:
    """In sentences, each once: 名单.xlsx“说明”：…"""
    told: dict[str, None] = {}
    for found in findings:
        named = not found.place.sheet or f"“{found.place.sheet}”" in found.message
        sheet = "" if named else f"“{found.place.sheet}”"
        told[f"{found.place.file}{sheet}：{found.message}"] = None
    return tuple(told)


def _part(region: MappedRegion, table: Table, settings: Settings) -> _Part:
    typed, _ = normalise(region, region.parts[0], table, settings.to_normalise)
    frame = typed.frame
    texts = pd.DataFrame({f.name: as_text(frame, f.name) for f in table.fields if f.name in frame}, index=frame.index)
    faults = {name: _faults(typed, table, name, settings) for name in NUMBERS if name in texts}
    texts = texts.assign(**{name: texts[name].mask(fault != "") for name, fault in faults.items()})
    persons = _persons(texts)
    fault, faulty = _first_fault(faults, frame.index)
    unread = {name: int(typed.faulty[name].sum()) for name in texts if name not in NUMBERS and name in typed.faulty}
    rows = persons.assign(**matching_form(persons), _row=frame["_row"], _fault=fault, _faulty=faulty)
    shown, fields = _shown(region)
    return _Part(rows, shown, fields, {name: many for name, many in unread.items() if many}, typed.source)


def _faults(typed: TypedRegion, table: Table, name: str, settings: Settings) -> pd.Series:
    """What is wrong with each number, "" where nothing is or none is written."""
    values = typed.frame[name]
    fault = pd.Series("", index=values.index, dtype="str")
    column = typed.source.columns[name].raw
    if column is not None:
        numeric = column.types[column.codes[typed.frame["_row"].to_numpy() - 1]] == CellType.NUMBER
        said = pd.Series(np.where(numeric, _NUMERIC, _NO_NUMBER), index=values.index, dtype="str")
        fault = fault.mask(typed.faulty[name], said)
    given = values.dropna()
    context = Context(table[name], as_of=settings.spec.as_of)
    for check in reversed(table[name].kind.checks(context)):
        wrong = given.index[~check.passes(given).to_numpy(dtype=bool)]
        fault[wrong] = check.message.title
    return fault


def _first_fault(faults: Mapping[str, pd.Series], index: pd.Index) -> tuple[pd.Series, pd.Series]:
    fault, faulty = (pd.Series("", index=index, dtype="str") for _ in range(2))
    for name, said in faults.items():
        first = (fault == "") & (said != "")
        fault, faulty = fault.mask(first, said), faulty.mask(first, name)
    return fault, faulty


def _persons(texts: pd.DataFrame) -> pd.DataFrame:
    """Whom a row is about: the person named, or the head where the row names nobody else."""
    none = pd.Series(None, index=texts.index, dtype="str")
    given = {name: texts.get(name, none) for name in (*WHO, "head_name", "head_id")}
    heads = given["name"].isna()
    name = given["name"].fillna(given["head_name"])
    own = heads | (name == given["head_name"]).fillna(False).astype(bool)
    number = given["id_number"].fillna(given["head_id"].where(own))
    return texts.assign(**{**given, "name": name, "id_number": number}, _heads=heads & given["head_name"].notna())


def _shown(region: MappedRegion) -> tuple[pd.DataFrame, dict[str, str]]:
    """The columns that do not say who is meant, as they stand there, and the field of each."""
    columns = [*(c for c in region.parts[0].columns if c.field not in WHO), *region.unmapped]
    texts: dict[str, NDArray[np.object_]] = {}
    fields: dict[str, str] = {}
    for column in sorted(columns, key=lambda c: c.index):
        label = _free(column.label or column_letters(column.index), texts)
        texts[label] = _stored(region.sheet.columns[column.index], region.data_rows)
        fields[label] = column.field
    return pd.DataFrame(texts, index=range(len(region.data_rows)), dtype="str"), fields


def _free(label: str, taken: Mapping[str, object]) -> str:
    name, number = label, 1
    while name in taken:
        number += 1
        name = f"{label}({number})"
    return name


def _stored(column: RawColumn, rows: NDArray[np.int64]) -> NDArray[np.object_]:
    kinds = (CellType(int(kind)) for kind in column.types)
    texts = [cell_text(Cell(kind, value)) or None for kind, value in zip(kinds, column.values, strict=True)]
    return np.array(texts, dtype=object)[column.codes[rows]]


def _joined(
    parts: list[_Part],
    heights: Mapping[tuple[str, str], int],
    dates: tuple[str, ...],
    told: tuple[tuple[str, ...], tuple[str, ...]],
) -> Listed:
    fields = {label: name for part in parts[::-1] for label, name in part.fields.items()}
    unread: dict[str, int] = {}
    for name, many in (pair for part in parts for pair in part.unread.items()):
        unread[name] = unread.get(name, 0) + many
    sources = tuple(part.source for part in parts)
    rows = [part.rows.assign(_number=number) for number, part in enumerate(parts)]
    shown = pd.concat([part.shown for part in parts], ignore_index=True) if parts else pd.DataFrame()
    shown = shown.dropna(axis="columns", how="all")
    joined = pd.concat(rows, ignore_index=True) if rows else _nothing()
    return Listed(joined, shown, {n: fields[n] for n in shown}, unread, heights, sources, dates, *told)


def _nothing() -> pd.DataFrame:
    texts = pd.DataFrame({name: pd.Series(dtype="str") for name in (*WHO, "head_name", "_fault", "_faulty")})
    numbers = {name: pd.Series(dtype="int64") for name in ("_row", "_number")}
    return texts.assign(**matching_form(texts), _heads=pd.Series(dtype=bool), **numbers)
