"""The whole line: check, merge, write. Same input, same output, byte for byte (run.json excepted)."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from bangfu_excel import __version__
from bangfu_excel.core.batch import Batch
from bangfu_excel.core.finding import Finding, Severity
from bangfu_excel.core.messages.merge import FEWER_THAN_BEFORE
from bangfu_excel.core.period import Period
from bangfu_excel.core.registry_folder import registry_folder
from bangfu_excel.engine import Engine, Progress, map_items
from bangfu_excel.errors import UsageError
from bangfu_excel.merge import Merge, Registry, merge
from bangfu_excel.pipeline.agreement import agreement_job, disagreements
from bangfu_excel.pipeline.books import county_books
from bangfu_excel.pipeline.bulletins import bulletin_jobs, write_book_of, write_paper_of
from bangfu_excel.pipeline.changing import changed_by
from bangfu_excel.pipeline.checking import Checked, Work, check_files
from bangfu_excel.pipeline.deciding import decision_jobs, write_decision_job
from bangfu_excel.pipeline.notices import notices
from bangfu_excel.pipeline.overruled import overruled_job, write_overruled_job
from bangfu_excel.pipeline.photos import photo_jobs, save_photo
from bangfu_excel.pipeline.resubmitted import HELD, waiting_files, write_held
from bangfu_excel.pipeline.returns import RETURNED, ReturnJob, return_jobs, write_return
from bangfu_excel.pipeline.settings import Spec, day_of, load_settings, make_spec
from bangfu_excel.pipeline.target import RUN_FILE, Kept, Target
from bangfu_excel.read.inbox import open_inbox
from bangfu_excel.write.agreement_book import write_agreement
from bangfu_excel.write.change_book import write_changes
from bangfu_excel.write.data import write_data, write_json, write_text
from bangfu_excel.write.findings_book import write_findings
from bangfu_excel.write.ledgers import write_job
from bangfu_excel.write.names import file_name
from bangfu_excel.write.statistics_book import write_statistics

_MANY_ROWS = 5_000  # submitted; below it, starting processes costs more than it saves

_Task = tuple[Callable[[Any], Path], Any]
"""A function that writes one file, and what it is told; both can be sent to a worker."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Files submitted and rows by outcome. waiting: accepted ones of files that wait to be confirmed, which stand in no other sum."""

    files: int
    accepted: int
    withheld: int
    returned: int
    duplicate: int
    waiting: int

    @classmethod
    def of(cls, batch: Batch) -> Counts:
        account = batch.reconciliation
        waits = account["file"].isin(waiting_files(batch.findings))
        sums = {name: int(account.loc[~waits, name].sum()) for name in ("accepted", "withheld")}
        sums |= {name: int(account[name].sum()) for name in ("returned", "duplicate")}
        return cls(files=len(batch.files), waiting=int(account.loc[waits, "accepted"].sum()), **sums)


@dataclass(frozen=True)
class RunResult:
    """What a run did. `files`: what it wrote, relative to `out`; `merge` and `registry` are None after a mere check.

    kept: workbooks of an earlier run that somebody had filled in, which this one left as they were, under another name.
    """

    batch: Batch
    merge: Merge | None
    out: Path
    registry: Path | None
    registry_is_new: bool
    files: tuple[str, ...]
    counts: Counts
    kept: tuple[Kept, ...] = ()

    @property
    def exit_code(self) -> int:
        """1 where a submitter has something to correct (an error finding), else 0."""
        return int(any(f.severity is Severity.ERROR for f in self.batch.findings))


@dataclass(frozen=True)
class _Entry:
    """The registry that the files go into, and the day they came in."""

    registry: Registry
    received: dt.date | None


@dataclass
class _Clock:
    """Seconds a stage, for run.json alone."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - started, 3)


def run(
    inbox: str | Path,
    out: str | Path,
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    registry: Registry | str | Path | None = None,
    as_of: dt.date | str | None = None,
    period: Period | str | None = None,
    engine: Engine = "processes",
    jobs: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
    passwords: Iterable[str] = (),
    photos: bool = False,
    supplement: bool = False,
    received: dt.date | str | None = None,
    until: Literal["check", "write"] = "write",
) -> RunResult:
    """From a folder (or zip, or file) of submissions to findings, returned workbooks, the registry, ledgers and an assessment under `out`.

    registry: its folder (default: 台账库 in the profile's folder, else in the current one) · passwords: tried on files and
    zips that do not open without one; kept nowhere · photos: save the pictures of the sheets and the photographs that show a visit below `out`/附件 ·
    supplement: all files are 补报, which only add to what was reported before; else their names, titles and rows say it ·
    received: the day that the files came in (as_of where it is not given), which is not the day of a visit ·
    until="check": findings and returned workbooks only. Raises `UsageError` or `ConfigError` before anything is written; never for bad data.
    """
    spec = make_spec(scheme, profile, as_of, period, supplement)
    came = day_of(received, "收件日期")
    target = Target.prepared(Path(out), Path(inbox))
    book = registry if isinstance(registry, Registry) else Registry(registry_folder(registry, profile))
    _keep_out(book, Path(inbox))
    is_new = not book.exists
    work = Work(engine, jobs, scheduler, progress, tuple(passwords), photos)
    clock = _Clock()
    with open_inbox(Path(inbox), load_settings(spec).limits, work.passwords) as contents:
        with clock.stage("check"):
            checked = check_files(contents, spec, book, work)
        entry = _Entry(book, came) if until == "write" else None
        kept = target.keep_filled()
        checked, merged, files = _written(checked, entry, target, work, clock)
    counts = Counts.of(checked.batch)
    record = _record(checked, _arguments(inbox, spec, book, until, came), counts, files, clock)
    write_json(target.folder / RUN_FILE, record | {"questions": target.asked(files)})
    return RunResult(
        checked.batch, merged, Path(out), book.path if merged is not None else None, is_new, (*files, RUN_FILE),
        counts, kept,
    )  # fmt: skip


def _photo_tasks(checked: Checked, out: Path) -> list[_Task]:
    tables = checked.settings.tables
    jobs = photo_jobs(checked.batch.rows, checked.photos, checked.paths, tables, out, passwords=checked.passwords)
    return [(save_photo, job) for job in jobs]


def _written(
    checked: Checked, entry: _Entry | None, target: Target, work: Work, clock: _Clock
) -> tuple[Checked, Merge | None, tuple[str, ...]]:
    """Merged into a registry, if one is given, and written: with what the assessment found, the merge, the files' names."""
    merged: Merge | None = None
    held: Path | None = None
    tasks: list[_Task] = []
    if entry is not None:
        with clock.stage("merge"):
            settings = checked.settings
            merged = merge(
                checked.batch,
                entry.registry,
                received=entry.received,
                policy=settings.policy,
                disclosed=settings.disclosed,
            )
            checked = checked.also(_not_said_yet(merged, checked))
            held = write_held(merged, checked.batch, entry.registry, checked.settings, target.folder / HELD)
        with clock.stage("assess"):
            checked, tasks = _county_tasks(checked, entry.registry, target.folder)
            told = changed_by(entry.registry, merged.batch_id, checked.settings, target.folder)
            tasks += [(write_changes, told)] if told else []
    with clock.stage("write"):
        returns = return_jobs(checked, target.folder)
        tasks += [(write_return, job) for job in returns]
        if work.photos:
            tasks += _photo_tasks(checked, target.folder)
        written = [*_write_findings(checked, target.folder, returns), *([held] if held else [])]
        written += _done(tasks, work, heavy=checked.batch.rows.height > _MANY_ROWS)
    files = target.relative(written)
    target.remove_stale((*files, RUN_FILE))
    return checked, merged, files


def _not_said_yet(merged: Merge, checked: Checked) -> Iterator[Finding]:
    """What the merge has to say beyond notices; who is missing is said once, by the rule that knows the village and its cell."""
    missing = {(f.place.file, f.place.table) for f in checked.batch.findings if f.code == "PV32"}
    for finding in merged.findings:
        told = finding.code == FEWER_THAN_BEFORE.code and (finding.place.file, finding.place.table) in missing
        if finding.severity is not Severity.INFO and not told:
            yield finding


def _county_tasks(checked: Checked, registry: Registry, out: Path) -> tuple[Checked, list[_Task]]:
    """What is to be written for the county, of all that is registered; and what the assessment had to assume, or does not agree."""
    books = county_books(registry, checked.settings, out, checked.batch)
    agreement = agreement_job(registry, checked.settings, books, out)
    checked = checked.also(books.assessment.findings).also(disagreements(agreement.checks))
    tasks: list[_Task] = [(books.assessment.write_below, out), *((write_job, job) for job in books.ledgers)]
    tasks += [*((write_statistics, job) for job in books.statistics), (write_agreement, agreement)]
    for made in bulletin_jobs(registry, checked.settings, out):
        tasks += [(write_paper_of, made), (write_book_of, made)]
    tasks += [(write_decision_job, job) for job in decision_jobs(registry, checked, out)]
    overruled = overruled_job(registry, checked.settings, out)
    return checked, [*tasks, (write_overruled_job, overruled)] if overruled else tasks


def _keep_out(registry: Registry, inbox: Path) -> None:
    if inbox.resolve() in (registry.path.resolve(), *registry.path.resolve().parents):
        raise UsageError(f"台账库“{registry.path}”在要处理的文件夹“{inbox}”里面，请把两者分开放")


def _write_findings(checked: Checked, out: Path, returns: Sequence[ReturnJob]) -> list[Path]:
    """问题清单, data files and notices."""
    places = {job.name: f"{RETURNED}/{job.place}" for job in returns}
    labels = {name: table.label for name, table in checked.settings.tables.items()}
    written = [write_findings(checked.batch, out / "问题清单.xlsx", returned=places, labels=labels)]
    written += write_data(checked.batch, out / "data")
    for township, text in notices(checked, returns).items():
        written.append(write_text(out / RETURNED / f"通知_{file_name(township)}.txt", text))
    return written


def _done(tasks: Sequence[_Task], work: Work, *, heavy: bool) -> list[Path]:
    """The files that the tasks write; one whose worker died is done here, so that its error is seen.

    heavy: enough work to pay for starting processes.
    """
    engine: Engine = "processes" if heavy and work.engine != "serial" else "serial"
    done = sorted(map_items(_write, tasks, engine=engine, jobs=work.jobs), key=lambda one: one.index)
    return [one.result if one.result is not None else _write(tasks[one.index]) for one in done]


def _write(task: _Task) -> Path:
    write, job = task
    return write(job)


def _arguments(
    inbox: str | Path, spec: Spec, registry: Registry, until: str, received: dt.date | None
) -> dict[str, str]:
    said = {"supplement": "true"} if spec.supplement else {}
    said |= {"received": received.isoformat()} if received else {}
    return {"inbox": str(inbox), "profile": spec.profile, "registry": str(registry.path), "until": until, **said}


def _record(
    checked: Checked, arguments: Mapping[str, str], counts: Counts, files: Sequence[str], clock: _Clock
) -> dict[str, object]:
    batch = checked.batch
    return {
        "version": __version__,
        "arguments": dict(arguments),
        "scheme": {"id": checked.settings.scheme.id, "version": checked.settings.scheme.version},
        "as_of": batch.as_of.isoformat(),
        "period": batch.period.text,
        "counts": asdict(counts),
        "findings": {str(s): sum(f.severity is s for f in batch.findings) for s in Severity},
        "files": list(files),
        "seconds": clock.seconds,
    }
