"""The first phase of a run, one file at a time: read, headers, normalise, validate. Pure, picklable, any engine."""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bangfu_excel.core.account import Account, region_account, skipped_account
from bangfu_excel.core.batch import FileRecord
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages.headers import EXTRA_COLUMNS, FORM_LABELS_UNREAD
from bangfu_excel.core.messages.pipeline import NOT_USED, OWN_LIST, PROGRAM_FAILED
from bangfu_excel.core.raw import Picture, RawSheet
from bangfu_excel.core.region import Extent, MappedRegion, TablePart, TypedRegion
from bangfu_excel.core.submitters import submitter_key, submitter_now
from bangfu_excel.core.succession import Succession
from bangfu_excel.errors import BangfuError
from bangfu_excel.headers import UnknownHeader, match_headers, unknown_headers, whom
from bangfu_excel.normalise import normalise
from bangfu_excel.pipeline.companions import typed_companions
from bangfu_excel.pipeline.own_marks import is_own_list, own_book_finding, without_notes
from bangfu_excel.pipeline.periods import latest_rows
from bangfu_excel.pipeline.repeats import told_once
from bangfu_excel.pipeline.row_marks import with_marks
from bangfu_excel.pipeline.settings import Settings, Spec, load_settings
from bangfu_excel.pipeline.slipped import find_slipped, tell_slipped, without_slipped
from bangfu_excel.read import digest, read_file
from bangfu_excel.validate import validate

_UNREAD = (EXTRA_COLUMNS.code, FORM_LABELS_UNREAD.code)

Match = tuple[tuple[MappedRegion, ...], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class FileJob:
    """One file to read: where it is, its name relative to INBOX, and the passwords that may open it."""

    spec: Spec
    path: Path
    name: str
    passwords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class FileResult:
    """What one file held. `Account.source` counts this file's regions from 0 · pictures: of each sheet that has any ·
    unknown: headers that no table knows.
    """

    record: FileRecord
    regions: tuple[TypedRegion, ...] = ()
    accounts: tuple[Account, ...] = ()
    extents: tuple[Extent, ...] = ()
    findings: tuple[Finding, ...] = ()
    pictures: Mapping[str, tuple[Picture, ...]] = field(default_factory=dict)
    unknown: tuple[UnknownHeader, ...] = ()


def read_one(job: FileJob) -> FileResult:
    """Everything that can be said of one file without looking at another.

    A mistake of the program's own costs this file only: it is a finding that says where in the program (`BANGFU_DEBUG`
    in the environment lets it through instead).
    """
    try:
        return _read_one(job)
    except BangfuError:
        raise
    except Exception as error:
        if os.environ.get("BANGFU_DEBUG"):
            raise
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name} 第{frame.lineno}行，{type(error).__name__}"
        return unread_file(job.name, file_digest(job.path), PROGRAM_FAILED.finding(Place(job.name), where=where))


def unread_file(name: str, sha256: str, *findings: Finding) -> FileResult:
    """The result of a file of which nothing was read."""
    record = FileRecord(name, sha256, "", "unreadable")
    return FileResult(record, accounts=(Account(name, "", 0, "unreadable"),), findings=findings)


def _read_one(job: FileJob) -> FileResult:
    settings = load_settings(job.spec)
    raw, said = read_file(job.path, job.name, settings.limits, job.passwords)
    sha256 = file_digest(job.path)
    if raw is None:
        return unread_file(job.name, sha256, *said)
    pictures = {sheet.name: sheet.pictures for sheet in raw.sheets if sheet.pictures}
    result = FileResult(FileRecord(job.name, sha256, raw.format, "read"), findings=said, pictures=pictures)
    if told := own_book_finding(raw):
        return _own_book(result.record, raw.sheets, told)
    for sheet, found in _matched(job.name, raw.sheets, settings):
        result = _with_sheet(result, sheet, found, settings)
        result = replace(result, unknown=(*result.unknown, *_unknown(job.name, sheet, found, settings)))
    status = "read" if result.regions else "skipped"
    record = _described(replace(result.record, status=status), result.regions, settings.succession)
    return replace(result, record=record, findings=told_once(result.findings))


def _own_book(record: FileRecord, sheets: Sequence[RawSheet], told: Finding) -> FileResult:
    """A workbook that was written here: nothing of it is a submission, whatever stands in it."""
    accounts = tuple(skipped_account(record.file, sheet.name, sheet.height) for sheet in sheets)
    return FileResult(replace(record, status="skipped"), accounts=accounts, findings=(told,))


def file_digest(path: Path) -> str:
    """SHA-256 of the file's bytes, "" where they cannot be had: reading it says why."""
    try:
        return digest(path)
    except OSError:
        return ""


def _matched(file: str, sheets: Sequence[RawSheet], settings: Settings) -> list[tuple[RawSheet, Match]]:
    """What stands on each sheet; one that was not read is tried again with whom the workbook's only form is about."""
    tables = tuple(settings.tables.values())

    def match(sheet: RawSheet, about: Mapping[str, tuple[str, str]]) -> Match:
        if is_own_list(sheet):
            return (), (OWN_LIST.finding(Place(file, sheet.name)),)
        return match_headers(file, without_notes(sheet), tables, settings.to_match, about)

    found = [match(sheet, {}) for sheet in sheets]
    if about := whom([region for regions, _ in found for region in regions], tables):
        again = (match(sheet, about) if not one[0] else one for sheet, one in zip(sheets, found, strict=True))
        found = [new if new[0] else one for new, one in zip(again, found, strict=True)]
    return list(zip(sheets, found, strict=True))


def _unknown(file: str, sheet: RawSheet, found: Match, settings: Settings) -> tuple[UnknownHeader, ...]:
    """The headers that no table knows; the sheet is looked at again only where the first look has left some."""
    regions, said = found
    if is_own_list(sheet) or (regions and all(finding.code not in _UNREAD for finding in said)):
        return ()
    tables = tuple(settings.tables.values())
    return unknown_headers(file, without_notes(sheet), tables, settings.to_match)


def _with_sheet(result: FileResult, sheet: RawSheet, found: Match, settings: Settings) -> FileResult:
    file = result.record.file
    regions, said = found
    result = replace(result, findings=(*result.findings, *said))
    if not regions:
        return replace(result, accounts=(*result.accounts, skipped_account(file, sheet.name, sheet.height)))
    for number, region in enumerate(regions, start=1):
        result = _with_region(result, region, number, settings)
    return replace(result, findings=(*result.findings, *_not_used(file, sheet, regions, settings)))


def _not_used(file: str, sheet: RawSheet, regions: Sequence[MappedRegion], settings: Settings) -> tuple[Finding, ...]:
    """The one notice on a sheet of tables that the scheme does not use."""
    names = dict.fromkeys(part.table for region in regions for part in region.parts if part.table not in settings.used)
    if not names:
        return ()
    which = f"工作表“{sheet.name}”" if sheet.name else "这份表"
    labels = "、".join(f"“{settings.tables[name].label}”" for name in names)
    place = Place(file, sheet.name, table=next(iter(names)))
    return (NOT_USED.finding(place, which=which, tables=labels, scheme=settings.scheme.title),)


def _with_region(result: FileResult, region: MappedRegion, number: int, settings: Settings) -> FileResult:
    region, told = latest_rows(region, settings)
    account = region_account(region, number, len(result.regions))
    primary, findings = _typed(region, region.parts[0], settings)
    slipped = find_slipped(region, primary, settings.tables, settings.to_validate.codelists)
    rows = {slip.row for slip in slipped}
    if slipped:
        primary, findings = without_slipped(primary, findings, rows)
        findings = (*findings, *tell_slipped(slipped, primary))
    regions = [primary]
    for typed, said in typed_companions(region, primary, settings):
        beside, left = without_slipped(typed, said, rows) if slipped else (typed, said)
        regions.append(beside)
        findings += left
    return replace(
        result,
        regions=(*result.regions, *with_marks(region, regions)),
        accounts=(*result.accounts, account),
        extents=(*result.extents, region.extent),
        findings=(*result.findings, *told, *findings),
    )


def _typed(region: MappedRegion, part: TablePart, settings: Settings) -> tuple[TypedRegion, tuple[Finding, ...]]:
    table = settings.tables[part.table]
    typed, notes = normalise(region, part, table, settings.to_normalise)
    if not part.lent:
        return validate(typed, table, settings.to_validate, notes)
    typed, said = validate(typed, table, settings.to_validate, notes, settled=part.lent)
    return typed, tuple(finding for finding in said if finding.place.field not in part.lent)


def _described(record: FileRecord, regions: Sequence[TypedRegion], succession: Succession) -> FileRecord:
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
    now = submitter_now(submitter, succession)
    unit = now if now != submitter_key(submitter) else ""
    return replace(record, submitter=submitter, townships=tuple(townships), metadata=metadata, unit=unit)
