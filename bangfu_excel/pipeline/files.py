"""The first phase of a run, one file at a time: read, headers, normalise, validate. Pure, picklable, any engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from bangfu_excel.core.account import Account, region_account, skipped_account
from bangfu_excel.core.batch import FileRecord
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages.pipeline import OWN_LIST
from bangfu_excel.core.raw import RawSheet
from bangfu_excel.core.region import Extent, MappedRegion, TablePart, TypedRegion
from bangfu_excel.core.table import Companion
from bangfu_excel.headers import match_headers
from bangfu_excel.normalise import normalise
from bangfu_excel.pipeline.own_marks import is_own_list, without_notes
from bangfu_excel.pipeline.settings import Settings, Spec, load_settings
from bangfu_excel.read import digest, read_file
from bangfu_excel.validate import validate


@dataclass(frozen=True, slots=True)
class FileJob:
    """One file to read: where it is, its name relative to INBOX, and the passwords that may open it."""

    spec: Spec
    path: Path
    name: str
    passwords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class FileResult:
    """What one file held. `Account.source` counts this file's regions from 0."""

    record: FileRecord
    regions: tuple[TypedRegion, ...] = ()
    accounts: tuple[Account, ...] = ()
    extents: tuple[Extent, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_one(job: FileJob) -> FileResult:
    """Everything that can be said of one file without looking at another."""
    settings = load_settings(job.spec)
    raw, said = read_file(job.path, job.name, settings.limits, job.passwords)
    sha256 = file_digest(job.path)
    if raw is None:
        return FileResult(
            FileRecord(job.name, sha256, "", "unreadable"),
            accounts=(Account(job.name, "", 0, "unreadable"),),
            findings=said,
        )
    result = FileResult(FileRecord(job.name, sha256, raw.format, "read"), findings=said)
    for sheet in raw.sheets:
        result = _with_sheet(result, sheet, settings)
    status = "read" if result.regions else "skipped"
    return replace(result, record=_described(replace(result.record, status=status), result.regions))


def file_digest(path: Path) -> str:
    """SHA-256 of the file's bytes, "" where they cannot be had: reading it says why."""
    try:
        return digest(path)
    except OSError:
        return ""


def _with_sheet(result: FileResult, sheet: RawSheet, settings: Settings) -> FileResult:
    file = result.record.file
    if is_own_list(sheet):
        own = (OWN_LIST.finding(Place(file, sheet.name)),)
        account = skipped_account(file, sheet.name, sheet.height)
        return replace(result, findings=(*result.findings, *own), accounts=(*result.accounts, account))
    regions, said = match_headers(file, without_notes(sheet), tuple(settings.tables.values()))
    result = replace(result, findings=(*result.findings, *said))
    if not regions:
        return replace(result, accounts=(*result.accounts, skipped_account(file, sheet.name, sheet.height)))
    for number, region in enumerate(regions, start=1):
        result = _with_region(result, region, number, settings)
    return result


def _with_region(result: FileResult, region: MappedRegion, number: int, settings: Settings) -> FileResult:
    account = region_account(region, number, len(result.regions))
    first, *others = region.parts
    primary, findings = _typed(region, first, settings)
    regions = [primary]
    for part in others:
        companion = next(c for c in settings.tables[first.table].companions if c.table == part.table)
        typed, said = _typed_beside(region, part, companion, primary, settings)
        regions.append(typed)
        findings += tuple(said)
    return replace(
        result,
        regions=(*result.regions, *regions),
        accounts=(*result.accounts, account),
        extents=(*result.extents, region.extent),
        findings=(*result.findings, *findings),
    )


def _typed(region: MappedRegion, part: TablePart, settings: Settings) -> tuple[TypedRegion, tuple[Finding, ...]]:
    table = settings.tables[part.table]
    typed, notes = normalise(region, part, table, settings.to_normalise)
    if not part.lent:
        return validate(typed, table, settings.to_validate, notes)
    typed, said = validate(typed, table, settings.to_validate, notes, settled=part.lent)
    return typed, tuple(finding for finding in said if finding.place.field not in part.lent)


def _typed_beside(
    region: MappedRegion, part: TablePart, companion: Companion, primary: TypedRegion, settings: Settings
) -> tuple[TypedRegion, Iterator[Finding]]:
    """A companion table: its own columns are read, the shared ones are the primary's, which has said what is wrong there."""
    table = settings.tables[part.table]
    lent = {theirs: ours for theirs, ours in companion.shares.items() if ours in primary.frame}
    own = replace(
        part,
        columns=tuple(c for c in part.columns if c.field not in lent),
        constants=tuple(c for c in part.constants if c.field not in lent),
    )
    typed, notes = normalise(region, own, table, settings.to_normalise)
    typed = _own_rows(_with_lent(typed, primary, lent), companion)
    typed, said = validate(typed, table, settings.to_validate, notes, settled=lent)
    return typed, (finding for finding in said if finding.place.field not in lent)


def _with_lent(typed: TypedRegion, primary: TypedRegion, lent: Mapping[str, str]) -> TypedRegion:
    """With the primary's columns under the companion's names: both stand in the same rows of the sheet."""
    columns = {
        theirs + mark: primary.frame[ours + mark]
        for theirs, ours in lent.items()
        for mark in ("", "__precision", "__approx")
        if ours + mark in primary.frame
    }
    places = {theirs: primary.source.columns[ours] for theirs, ours in lent.items() if ours in primary.source.columns}
    return replace(
        typed,
        source=replace(typed.source, columns={**typed.source.columns, **places}),
        frame=typed.frame.assign(**columns),
        stated={**typed.stated, **{theirs: primary.stated[ours] for theirs, ours in lent.items()}},
        faulty={**typed.faulty, **{theirs: primary.faulty[ours] for theirs, ours in lent.items()}},
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


def _described(record: FileRecord, regions: Sequence[TypedRegion]) -> FileRecord:
    metadata = {label: value for typed in regions for label, value in typed.source.metadata.items() if value}
    townships = sorted(
        {
            str(name)
            for typed in regions
            if "township" in typed.frame
            for name in typed.frame["township"].dropna().unique()
        }
    )
    submitter = metadata.get("填报单位") or (townships[0] if len(townships) == 1 else "")
    return replace(record, submitter=submitter, townships=tuple(townships), metadata=metadata)
