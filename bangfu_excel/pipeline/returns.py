"""The third phase, one file at a time again: the submitter's workbook, marked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.core.finding import Finding, Severity
from bangfu_excel.core.messages.pipeline import SAME_FILE
from bangfu_excel.core.region import Extent
from bangfu_excel.pipeline.checking import Checked
from bangfu_excel.read import read_file
from bangfu_excel.write.book import finish
from bangfu_excel.write.returned import Workbook, as_bytes, mark, open_own
from bangfu_excel.write.returned_copy import workbook_of

RETURNED = "退回"
_OPENXML = (".xlsx", ".xlsm")


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


def return_jobs(checked: Checked, out: Path) -> tuple[ReturnJob, ...]:
    """One job for every readable file in which something is to be corrected or explained, largest first."""
    wanted: dict[str, list[Finding]] = {}
    for finding in checked.batch.findings:
        if finding.severity is not Severity.INFO and finding.code != SAME_FILE.code:  # its original goes back
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
        )
        for record in readable
    ]
    return tuple(sorted(jobs, key=lambda job: -job.source.stat().st_size))


def _returned_name(name: str, format: str) -> str:
    keeps = Path(name).suffix.lower() in _OPENXML and f".{format}" in _OPENXML
    return name if keeps else f"{name}.xlsx"


def write_return(job: ReturnJob) -> Path:
    """The marked workbook of `job`, written."""
    book = _opened(job)
    mark(book, job.findings, job.extents)
    return finish(as_bytes(book), job.target, job.as_of)


def _opened(job: ReturnJob) -> Workbook:
    macros = job.target.suffix.lower() == ".xlsm"
    own = open_own(job.source, macros=macros) if f".{job.format}" in _OPENXML else None
    if own is not None:
        return own
    raw, _ = read_file(job.source, job.name)
    if raw is None:
        raise RuntimeError(f"{job.name} was read in the first phase and is not readable now")
    return workbook_of(raw)
