"""Files that wait because they would change what was announced, in a clerk's words: the two sheets of 重报核对表.xlsx."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.core.batch import Batch
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages.merge import HELD as FILE_HELD
from bangfu_excel.core.table import Field
from bangfu_excel.merge import Merge, Registry
from bangfu_excel.merge.changes import value_text
from bangfu_excel.merge.holding import ADDED, CHANGED, MISSING, counts
from bangfu_excel.merge.located import Cells
from bangfu_excel.merge.state import Registered
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write.resubmission_book import FILE as HELD
from bangfu_excel.write.resubmission_book import HeldFile, write_resubmissions

__all__ = ["HELD", "waiting_files", "write_held"]

_HOUSEHOLD = "household"
_NOTHING, _BLANK = "没有", "（空白）"
_MONTHS_NAMED = 3
_ORDER = (CHANGED, MISSING, ADDED)
_HEADS, _HELPERS = ("head_name", "recipient_name"), ("visitors", "helper_name")

_Row = Mapping[Hashable, Any]


def waiting_files(findings: Iterable[Finding]) -> frozenset[str]:
    """The files of a run that wait to be confirmed, of which nothing counts yet: a finding says so of each."""
    return frozenset(finding.place.file for finding in findings if finding.code == FILE_HELD.code)


def write_held(merged: Merge, batch: Batch, registry: Registry, settings: Settings, path: Path) -> Path | None:
    """重报核对表.xlsx at `path`: the files of `batch` that wait to be confirmed; None where none does."""
    bytes_of = {record.sha256 for record in batch.files}
    asked = (batch.scheme, batch.period.text)
    waiting = [one for one in registry.state.waiting if one.sha256 in bytes_of and (one.scheme, one.period) == asked]
    if not waiting:
        return None
    files = [_held_file(one, merged.held) for one in waiting]
    told = _Telling(merged.held, batch, registry, settings, {one.id: one for one in waiting})
    return write_resubmissions(files, told.differences(), path, as_of=batch.as_of)


def _held_file(one: Registered, held: pd.DataFrame) -> HeldFile:
    own = held[held["submission"] == one.id]
    numbers = counts(own)
    tables = set(held["table"]) & set(one.accepted)
    now = sum(one.accepted[table] for table in tables)
    months = sorted({unit for table in tables for unit in one.units.get(table, ()) if unit})
    return HeldFile(
        file=one.file,
        submitter=one.written or "不详",
        months="、".join(months) if len(months) <= _MONTHS_NAMED else f"{months[0]}至{months[-1]}",
        before=now - numbers[ADDED] + numbers[MISSING],
        now=now,
        added=numbers[ADDED],
        changed=numbers[CHANGED],
        missing=numbers[MISSING],
        mark=json.dumps({"submission": one.id}),
    )


@dataclass(frozen=True)
class _Telling:
    """The differences of `Merge.held`, row by row, with what both sides say of each. waiting: submission → the file that waits."""

    held: pd.DataFrame
    batch: Batch
    registry: Registry
    settings: Settings
    waiting: Mapping[str, Registered]

    def differences(self) -> pd.DataFrame:
        """One row a difference, headed in Chinese, by file, kind, village and head of household."""
        cells = Cells(self.registry.submissions)
        rows = [self._told(one, cells) for one in self.held.to_dict("records")]
        order = {kind: place for place, kind in enumerate(_ORDER)}
        rows.sort(key=lambda row: (row["文件"], order[row["类别"]], row["村"], row["户主"], row["走访日期"]))
        return pd.DataFrame.from_records(rows, columns=list(rows[0]) if rows else ["文件"]).astype("str")

    def _told(self, one: _Row, cells: Cells) -> dict[str, str]:
        table = self.settings.tables[one["table"]]
        old = self._old.get((one["table"], one["key"]))
        new = self._new.get((one["table"], one["file"], one["sheet"], one["row"]))
        said: _Row = old or new or {}
        home = self._homes.get(str(said.get("_recipient")), {})
        field = next((field for field in table.fields if field.name == one["field"]), None)
        before, after = self._values(one, field)
        name = one["field"] or table.dated_by
        return {
            "文件": self.waiting[one["submission"]].file if one["submission"] in self.waiting else "",
            "类别": one["kind"],
            "报表": table.label,
            "村": _text(said, ("village",)) or _text(home, ("village",)),
            "户主": self._shown_name(_text(said, _HEADS) or _text(home, _HEADS)),
            "走访日期": value_text(said.get(table.dated_by), said.get(f"{table.dated_by}__precision")),
            "帮扶人": _text(said, _HELPERS),
            "栏目": field.label if field else "",
            "原来是": before,
            "这次是": after,
            "月份": one["month"] if isinstance(one["month"], str) else "",
            "已通报": "是" if one["announced"] else "否",
            "原出处": _where(cells.place(_origin(old), table.name, name), with_file=True) if old else "",
            "这次出处": _where(self.batch.rows.place(table.name, new["_label"], name)) if new else "",
        }

    def _values(self, one: _Row, field: Field | None) -> tuple[str, str]:
        if field is None:
            return (_NOTHING, "有") if one["kind"] == ADDED else ("有", _NOTHING)
        old, new = self.settings.masking.told_apart((one["old"], one["new"]), field)
        return _with_unit(old, field) or _BLANK, _with_unit(new, field) or _BLANK

    def _shown_name(self, name: str) -> str:
        household = self.settings.tables.get(_HOUSEHOLD)
        return self.settings.masking.shown(name, household["head_name"] if household else None)

    @cached_property
    def _old(self) -> dict[tuple[str, str], _Row]:
        """(table, key) → the registered row."""
        found: dict[tuple[str, str], _Row] = {}
        for table, held in self.held.groupby("table"):
            rows = self.registry.current(str(table))
            rows = rows[rows["_key"].isin(held["key"])]
            found.update({(str(table), row["_key"]): row for row in rows.to_dict("records")})
        return found

    @cached_property
    def _new(self) -> dict[tuple[str, str, str, int], _Row]:
        """(table, file, sheet, row) → the row of the file that waits, with its label in the batch (`_label`)."""
        found: dict[tuple[str, str, str, int], _Row] = {}
        for table, held in self.held.groupby("table"):
            rows = self.batch.rows[str(table)]
            rows = rows[rows["_file"].isin(held["file"].dropna()) & rows["_row"].isin(held["row"].dropna())]
            for label, row in zip(rows.index.tolist(), rows.to_dict("records"), strict=True):
                found.setdefault((str(table), row["_file"], row["_sheet"], row["_row"]), {**row, "_label": label})
        return found

    @cached_property
    def _homes(self) -> dict[str, _Row]:
        """Key of a household → its row: the registered one, else one of the run."""
        wanted = {row["_recipient"] for row in (*self._old.values(), *self._new.values()) if row.get("_recipient")}
        run = self.batch.rows.frames.get(_HOUSEHOLD)
        frames = [self.registry.current(_HOUSEHOLD), *([run] if run is not None else [])]
        found: dict[str, _Row] = {}
        for rows in frames:
            for row in rows[rows["_key"].isin(wanted)].to_dict("records"):
                found.setdefault(row["_key"], row)
        return found


def _origin(row: _Row) -> dict[str, Any]:
    return {name: row[f"_{name}"] for name in ("submission", "region", "file", "sheet", "row")}


def _text(row: _Row, names: Iterable[str]) -> str:
    """The first of these fields that the row states."""
    return next((str(row[name]) for name in names if isinstance(row.get(name), str) and row[name]), "")


def _with_unit(text: str, field: Field) -> str:
    """5700 → 5700元; a text that is no number as it is."""
    return f"{text}{field.unit}" if field.unit and text.replace(".", "", 1).lstrip("-").isdigit() else text


def _where(place: Place, *, with_file: bool = False) -> str:
    """六月.xlsx“走访记录”C5; the row where there is no cell."""
    sheet = f"“{place.sheet}”" if place.sheet else ""
    return f"{place.file if with_file else ''}{sheet}{place.cell or f'第{place.row}行'}"
