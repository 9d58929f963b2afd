"""The third phase, one file at a time again: the submitter's workbook, marked."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bangfu_excel.core.finding import Finding, Severity
from bangfu_excel.core.limits import Limits
from bangfu_excel.core.messages.pipeline import OWN_BOOK, OWN_OUTPUT, SAME_FILE
from bangfu_excel.core.region import Extent
from bangfu_excel.errors import InboxError
from bangfu_excel.pipeline.checking import Checked, file_size
from bangfu_excel.read import read_file
from bangfu_excel.read.password import plain_bytes
from bangfu_excel.write.book import finish
from bangfu_excel.write.package import UnusualPackage
from bangfu_excel.write.returned import marked
from bangfu_excel.write.returned_copy import rewritten, workbook_of

RETURNED = "退回"
_OPENXML = ("xlsx", "xlsm")
_STAY = (
    SAME_FILE.code,
    OWN_BOOK.code,
    OWN_OUTPUT.code,
)  # of the same file twice the first goes back; what was written here stays
_LONGEST = 240  # bytes of a name; Linux stores 255, and an owner file of Excel or LibreOffice adds some


@dataclass(frozen=True, slots=True)
class ReturnJob:
    """One submitted file to be marked and written to `target`; `place` is the target's path below 退回."""

    source: Path
    name: str
    format: str
    findings: tuple[Finding, ...]
    extents: tuple[Extent, ...]
    place: str
    target: Path
    as_of: dt.date
    limits: Limits
    passwords: tuple[str, ...] = field(default=(), repr=False)


def return_jobs(checked: Checked, out: Path) -> tuple[ReturnJob, ...]:
    """One job for every readable file in which something is to be corrected or explained, largest first."""
    wanted: dict[str, list[Finding]] = {}
    for finding in checked.batch.findings:
        if finding.severity is not Severity.INFO and finding.code not in _STAY:
            wanted.setdefault(finding.place.file, []).append(finding)
    readable = [record for record in checked.batch.files if record.file in wanted and record.status != "unreadable"]
    jobs = [
        ReturnJob(
            source=checked.paths[record.file],
            name=record.file,
            format=record.format,
            findings=tuple(wanted[record.file]),
            extents=checked.extents.get(record.file, ()),
            place=(place := _returned_name(record.file, record.format)),
            target=out / RETURNED / place,
            as_of=checked.batch.as_of,
            limits=checked.settings.limits,
            passwords=checked.passwords,
        )
        for record in readable
    ]
    return tuple(sorted(jobs, key=lambda job: -file_size(job.source)))


def _returned_name(name: str, format: str) -> str:
    suffix = f".{format}" if format in _OPENXML else ".xlsx"
    wanted = name if name.lower().endswith(suffix) else f"{name}{suffix}"
    return "/".join(_storable(part) for part in wanted.split("/"))


def _storable(part: str) -> str:
    """The name of a file or folder as any system stores it: `a.zip!b.csv.xlsx` may be longer than its parts were."""
    stored = part.encode("utf-8")
    if len(stored) <= _LONGEST:
        return part
    mark = f"~{zlib.crc32(stored):08x}{Path(part).suffix}"  # names that begin alike stay apart
    return stored[: _LONGEST - len(mark.encode("utf-8"))].decode("utf-8", "ignore") + mark


def write_return(job: ReturnJob) -> Path:
    """The marked workbook of `job`, written; without its password, if it had one. `InboxError` where its source is gone."""
    for source in _versions(job):
        with suppress(UnusualPackage):
            parts = marked(source, job.findings, job.extents)
            return finish(source, job.target, job.as_of, parts)
    if not job.source.is_file():
        raise InboxError(f"“{job.name}”在检查的过程中被移走或改名了，请放回原处再运行一次")
    raise RuntimeError(f"{job.name} was read in the first phase and cannot be marked now")


def _versions(job: ReturnJob) -> Iterator[bytes]:
    """The submitter's own workbook; the same written anew; its values alone. Each is tried where the one before fails."""
    if job.format in _OPENXML and (own := plain_bytes(job.source, job.passwords)) is not None:
        yield own
        if (anew := rewritten(own)) is not None:
            yield anew
    raw, _ = read_file(job.source, job.name, job.limits, job.passwords)
    if raw is not None:
        yield workbook_of(raw)
