"""A submission: what one file said in one run, kept as it was found. Its folder is evidence and is never changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bangfu_excel.core.address import cell_name, column_letters
from bangfu_excel.core.batch import Batch, FileRecord
from bangfu_excel.core.finding import Finding, Findings
from bangfu_excel.core.region import Source, SourceColumn
from bangfu_excel.core.rows import ADDS, Outcome, only_adds
from bangfu_excel.core.submitters import submitter_key
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge import format1
from bangfu_excel.merge.parquet import digest, read_arrow, to_arrow, to_bytes
from bangfu_excel.merge.storage import make_folder, put
from bangfu_excel.merge.units import UNKNOWN, spread

FORMAT = 2
PLACE_COLUMNS = frozenset({"_file", "_region", "_unit"})
"""Columns that say where in the run a row stood or follow from the others: they do not make another submission."""


@dataclass(frozen=True)
class Submission:
    """One file's rows of every outcome (table → Arrow table), its findings and its description, ready to be kept.

    units: table → the units that its rows stand in · covers: those of its accepted rows of which it says all there is.
    """

    id: str
    record: FileRecord
    tables: Mapping[str, pa.Table]
    accepted: Mapping[str, int]
    units: Mapping[str, tuple[str, ...]]
    covers: Mapping[str, tuple[str, ...]]
    findings: Findings
    description: Mapping[str, Any]

    @property
    def submitter(self) -> str:
        """Who submitted it, in matching form; "" where nobody knows."""
        return self.record.unit or submitter_key(self.record.submitter)

    @property
    def supplement(self) -> bool:
        """Whether all of it only adds to what was reported before."""
        return all(ADDS in rows.column_names and pc.all(rows[ADDS]).as_py() for rows in self.tables.values())

    def write(self, folder: Path) -> tuple[Path, ...]:
        """`folder` holds the submission: its files, not yet settled on the disk. Equal ones that are there stay untouched."""
        make_folder(folder)
        text = json.dumps(self.description, ensure_ascii=False, sort_keys=True, indent=1)
        contents = {
            **{folder / f"{name}.parquet": to_bytes(table) for name, table in self.tables.items()},
            folder / "findings.parquet": to_bytes(_findings_table(self.findings)),
            folder / "submission.json": text.encode("utf-8") + b"\n",
        }
        for path, data in contents.items():
            put(path, data)
        return tuple(contents)


def submissions_of(batch: Batch, received: dt.date) -> tuple[Submission, ...]:
    """One submission for each file of the batch that holds rows, ordered by path (NFC); equal ones once."""
    unknown = {
        str(file) for frame in batch.rows.frames.values() for file in frame["_file"].unique()
    } - {record.file for record in batch.files}  # fmt: skip
    if unknown:
        raise ValueError(f"rows of files that the batch does not list: {sorted(unknown)}")
    frames = {name: dict(tuple(frame.groupby("_file", sort=False))) for name, frame in batch.rows.frames.items()}
    findings: dict[str, list[Finding]] = {}
    for finding in batch.findings:
        findings.setdefault(finding.place.file, []).append(finding)
    found: dict[str, Submission] = {}
    for record in sorted(batch.files, key=lambda r: unicodedata.normalize("NFC", r.file)):
        own = {name: by_file[record.file] for name, by_file in frames.items() if record.file in by_file}
        if own:
            submission = _submission(batch, record, own, Findings(tuple(findings.get(record.file, ()))), received)
            found.setdefault(submission.id, submission)
    return tuple(found.values())


def read_description(folder: Path) -> Mapping[str, Any]:
    """What `submission.json` in `folder` says; `RegistryError` where it cannot be read."""
    path = folder / "submission.json"
    try:
        content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        known = content["format"] in (1, FORMAT)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RegistryError(f"台账库的文件“{path}”读不出来，可能已损坏，请从备份恢复") from error
    if not known:
        raise RegistryError(f"台账库的文件“{path}”是更新版本的程序写的，请升级后再用")
    return content


def read_table(folder: Path, table: str) -> pa.Table:
    """The rows of `table` in the submission at `folder`, of every outcome, with `_unit`."""
    return format1.with_units(read_arrow(folder / f"{table}.parquet"), table)


def read_columns(folder: Path, table: str, columns: Sequence[str]) -> pa.Table:
    """Of the rows of `table`, as `read_table` gives them, these columns as far as they are there."""
    rows = read_arrow(folder / f"{table}.parquet", columns)
    if "_unit" in columns and "_unit" not in rows.column_names:
        rows = read_table(folder, table)
    return rows.select([name for name in columns if name in rows.column_names])


def identity_of(sha256: str, scheme: str, period: str, tables: Mapping[str, pa.Table]) -> str:
    """The hash of the file's bytes, scheme, period and of the rows with their outcomes and marks: 16 hexadecimal digits."""
    rows = [(name, digest(_said(tables[name]))) for name in sorted(tables)]
    text = json.dumps([sha256, scheme, period, rows], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def covered(accepted: pd.DataFrame) -> tuple[str, ...]:
    """The units of which these rows are all there is: those that only add cover none."""
    return tuple(unit for unit in spread(accepted.loc[~only_adds(accepted), "_unit"]) if unit != UNKNOWN)


def _submission(
    batch: Batch, record: FileRecord, frames: Mapping[str, pd.DataFrame], findings: Findings, received: dt.date
) -> Submission:
    regions = [i for i, source in enumerate(batch.rows.sources) if source.file == record.file]
    frames = {name: _with_units(_apart(frames[name], regions)) for name in sorted(frames)}
    tables = {name: to_arrow(frame) for name, frame in frames.items()}
    outcomes = {name: frame["_outcome"] for name, frame in frames.items()}
    accepted = {name: frame[frame["_outcome"] == Outcome.ACCEPTED] for name, frame in frames.items()}
    identity = identity_of(record.sha256, batch.scheme, batch.period.text, tables)
    return Submission(
        id=identity,
        record=record,
        tables=tables,
        accepted={name: len(rows) for name, rows in accepted.items()},
        units={name: spread(frame["_unit"]) for name, frame in frames.items()},
        covers={name: covered(rows) for name, rows in accepted.items()},
        findings=findings,
        description={
            "format": FORMAT, "id": identity, "file": record.file, "sha256": record.sha256,
            "file_format": record.format, "submitter": record.submitter, "townships": list(record.townships),
            "metadata": dict(record.metadata), "received": received.isoformat(), "scheme": batch.scheme,
            "period": batch.period.text, "as_of": batch.as_of.isoformat(),
            "rows": {name: counts_of(outcome) for name, outcome in outcomes.items()},
            "regions": [_region(batch.rows.sources[i]) for i in regions],
        },
    )  # fmt: skip


def _said(table: pa.Table) -> pa.Table:
    """The columns that say something: those that are empty here stand in the frame for the sake of other files."""
    columns = {}
    for field in table.schema:
        column = table.column(field.name)
        if field.name.endswith(("__approx", "__precision", ADDS)):
            nothing = pa.scalar(False if pa.types.is_boolean(column.type) else "", column.type)
            column = pc.if_else(pc.equal(column, nothing), pa.scalar(None, column.type), column)
        if field.name not in PLACE_COLUMNS and column.null_count < len(column):
            columns[field.name] = column
    return pa.table(columns)


def _apart(frame: pd.DataFrame, regions: list[int]) -> pd.DataFrame:
    """The rows with `_region` counted within the file, and none `_pending`: what other files stand in the inbox, and whether
    they say otherwise, is no part of the evidence.
    """
    local = np.searchsorted(regions, frame["_region"].to_numpy()).astype(np.int32)
    nothing = {"_pending": False} if "_pending" in frame else {}
    return frame.assign(_region=local, **nothing)


def _with_units(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with `_unit`: unknown where nobody asked for the units of the batch."""
    return frame if "_unit" in frame else frame.assign(_unit=pd.Series(UNKNOWN, index=frame.index, dtype="str"))


def counts_of(outcome: pd.Series) -> dict[str, int]:
    """How many rows have each outcome."""
    return {str(kind): int(number) for kind, number in outcome.value_counts().sort_index().items()}


def _region(source: Source) -> dict[str, Any]:
    """Field → column of a region, so that a row number gives every value its cell."""
    return {
        "sheet": source.sheet, "table": source.table, "hidden": source.hidden, "metadata": dict(source.metadata),
        "columns": {
            field: {"column": _letters(c), "label": c.label, **_cells(c)}
            for field, c in source.columns.items()
        },
    }  # fmt: skip


def _letters(column: SourceColumn) -> str:
    """The letters of a field's column, "" where its values stand in no column of their own."""
    return column_letters(column.index) if column.raw is not None and not column.cells else ""


def _cells(column: SourceColumn) -> dict[str, Any]:
    """Of a form's field: the cell of the value of each row, which its column does not tell."""
    if not column.cells:
        return {}
    return {"cells": {str(row): cell_name(at.row, at.column) for row, at in sorted(column.cells.items())}}


def _findings_table(findings: Findings) -> pa.Table:
    """What `Findings.frame` shows, with the table of each finding."""
    tables = pd.Series([finding.place.table for finding in findings], dtype="str")
    return to_arrow(findings.frame.assign(table=tables))
