"""read … validate for every file, then link, duplicates and rules across tables: findings and outcomes, nothing merged."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from bangfu_excel.core.account import Account, reconciliation
from bangfu_excel.core.batch import Batch, FileRecord
from bangfu_excel.core.finding import Effect, Finding, Findings, Place
from bangfu_excel.core.messages import pipeline as says
from bangfu_excel.core.period import Period
from bangfu_excel.core.region import Extent
from bangfu_excel.core.rows import Rows, assemble
from bangfu_excel.engine import Engine, Progress, map_items
from bangfu_excel.headers import UnknownHeader
from bangfu_excel.link import link
from bangfu_excel.merge import Registry, find_conflicts, find_duplicates, with_units
from bangfu_excel.merge.proposing import propose_candidates
from bangfu_excel.pipeline.files import FileJob, FileResult, file_digest, read_one, unread_file
from bangfu_excel.pipeline.photos import Photos, count_photos
from bangfu_excel.pipeline.reporting import who_reported
from bangfu_excel.pipeline.settings import Settings, Spec, load_settings, make_spec
from bangfu_excel.pipeline.signing import how_signed
from bangfu_excel.pipeline.supplements import supplementary
from bangfu_excel.read.contents import Contents
from bangfu_excel.read.inbox import open_inbox
from bangfu_excel.validate import relate

SMALL_INBOX = 3_000_000  # bytes; below it, starting processes costs more than it saves


@dataclass(frozen=True)
class Work:
    """How to carry a run out: engine, processes, whom to tell of progress, the passwords that may open a file, and whether
    photographs are to be saved.
    """

    engine: Engine = "processes"
    jobs: int | None = None
    scheduler: str | None = None
    progress: Progress | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)
    photos: bool = False


@dataclass(frozen=True)
class Checked:
    """A batch, and what the later phases need to know of its files: where they are, where their tables and pictures stand, the headers that no table knows.

    paths: of files unpacked from a zip they are there while INBOX is open.
    """

    batch: Batch
    settings: Settings
    paths: Mapping[str, Path]
    extents: Mapping[str, tuple[Extent, ...]]
    photos: Photos
    passwords: tuple[str, ...] = field(default=(), repr=False)
    unknown: tuple[UnknownHeader, ...] = ()

    def also(self, *found: Iterable[Finding]) -> Checked:
        """With what later stages found."""
        return replace(self, batch=replace(self.batch, findings=Findings.of(self.batch.findings, *found)))


def check(
    inbox: str | Path,
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    registry: Registry | str | Path | None = None,
    as_of: dt.date | str | None = None,
    period: Period | str | None = None,
    engine: Engine = "processes",
    jobs: int | None = None,
    passwords: Iterable[str] = (),
    supplement: bool = False,
) -> Batch:
    """Read, validate and link every file under `inbox` (a file, a folder or a zip); merge nothing, write nothing.

    registry: what was accepted earlier, to which visits and pairings may refer · as_of, period: see CONTRACT; both are
    resolved once · passwords: tried on files and zips that do not open without one; kept nowhere · supplement: all files are 补报,
    which only add to what was reported before; else their names and titles say it. Raises `UsageError` or `ConfigError`, never for bad data.
    """
    spec = make_spec(scheme, profile, as_of, period, supplement)
    known = registry if isinstance(registry, Registry) or registry is None else Registry(registry)
    work = Work(engine=engine, jobs=jobs, passwords=tuple(passwords))
    with open_inbox(Path(inbox), load_settings(spec).limits, work.passwords) as contents:
        return check_files(contents, spec, known, work).batch


def check_files(inbox: Contents, spec: Spec, registry: Registry | None, work: Work) -> Checked:
    """`check` with the files' places, for the phases that write to them."""
    settings = load_settings(spec)
    results = _in_order((*_read_all(spec, inbox.files, work), *_not_listed(inbox.findings)))
    known = registry.known(without={result.record.sha256 for result in results}) if registry is not None else {}
    results, supplements = supplementary(results, spec.supplement)
    rows, findings = _across(results, settings, known)
    pictures = {(result.record.file, sheet): found for result in results for sheet, found in result.pictures.items()}
    rows, photos, seen = count_photos(rows, pictures, inbox.photos)
    accounts = _numbered(results)
    batch = Batch(
        rows=rows,
        findings=Findings.of(*(result.findings for result in results), inbox.findings, findings, seen, supplements),
        reconciliation=reconciliation(accounts, rows),
        files=tuple(result.record for result in results),
        scheme=settings.scheme.id,
        as_of=spec.as_of,
        period=spec.period,
        declared=settings.tables,
    )
    signed = (*who_reported(batch, settings, registry), *how_signed(batch, settings, known))
    batch = replace(batch, findings=Findings.of(batch.findings, signed))
    extents = {result.record.file: result.extents for result in results}
    unknown = tuple(header for result in results for header in result.unknown)
    return Checked(
        batch, settings, {name: path for path, name in inbox.files}, extents, photos, work.passwords, unknown
    )


def _in_order(results: Iterable[FileResult]) -> tuple[FileResult, ...]:
    return tuple(sorted(results, key=lambda result: unicodedata.normalize("NFC", result.record.file)))


def _not_listed(findings: Iterable[Finding]) -> tuple[FileResult, ...]:
    """The folders and zips of which something was not read: they stand in the account like files that do not open."""
    names = dict.fromkeys(finding.place.file for finding in findings if finding.effect is Effect.SHEET)
    return tuple(unread_file(name, "") for name in names)


def _read_all(spec: Spec, files: Sequence[tuple[Path, str]], work: Work) -> tuple[FileResult, ...]:
    """One result a file, in the order of `files`; a file whose bytes were already read is not read again."""
    first_of: dict[str, str] = {}
    copies: dict[str, str] = {}
    for path, name in files:
        sha256 = file_digest(path)
        if sha256 and (original := first_of.setdefault(sha256, name)) != name:
            copies[name] = original
    jobs = [FileJob(spec, path, name, work.passwords) for path, name in files if name not in copies]
    found = {job.name: result for job, result in _mapped(jobs, work)}
    return tuple(found.get(name) or _copy(name, found[copies[name]]) for _, name in files)


def _mapped(jobs: Sequence[FileJob], work: Work) -> list[tuple[FileJob, FileResult]]:
    small = work.engine == "processes" and sum(file_size(job.path) for job in jobs) < SMALL_INBOX
    engine: Engine = "serial" if small else work.engine
    results = []
    for number, done in enumerate(
        map_items(read_one, jobs, engine=engine, jobs=work.jobs, scheduler=work.scheduler), start=1
    ):
        job = jobs[done.index]
        results.append((job, done.result if done.result is not None else _died(job.name)))
        if work.progress:
            work.progress(number, len(jobs), job.name)
    return results


def file_size(path: Path) -> int:
    """Its bytes; 0 where it is gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _died(name: str) -> FileResult:
    return unread_file(name, "", says.WORKER_DIED.finding(Place(name)))


def _copy(name: str, original: FileResult) -> FileResult:
    record = replace(original.record, file=name, status="skipped")
    return _unread(record, says.SAME_FILE.finding(Place(name), original=original.record.file))


def _unread(record: FileRecord, *findings: Finding) -> FileResult:
    return FileResult(record, accounts=(Account(record.file, "", 0, record.status),), findings=findings)


def _across(
    results: Sequence[FileResult],
    settings: Settings,
    known: Mapping[str, pd.DataFrame],
) -> tuple[Rows, tuple[Finding, ...]]:
    tables = settings.tables
    rows = assemble([typed for result in results for typed in result.regions], tables)
    rows, linked = link(rows, known, tables, settings.succession)
    rows, repeated = find_duplicates(rows, tables)
    rows, conflicting = find_conflicts(rows, tables, known)
    proposed = propose_candidates(rows, tables, known)
    rows, related = relate(rows, tables, settings.relations, settings.given, known)
    return with_units(rows, tables), (*linked, *repeated, *conflicting, *proposed, *related)


def _numbered(results: Sequence[FileResult]) -> list[Account]:
    """The accounts of all files, their sources counted over the whole run as `assemble` does."""
    numbered, before = [], 0
    for result in results:
        numbered += [
            replace(account, source=account.source + before) if account.source >= 0 else account
            for account in result.accounts
        ]
        before += len(result.regions)
    return numbered
