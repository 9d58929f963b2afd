"""Bulletins (通报, 小结, 总结) of what is registered: which there are to write, and what each says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from bangfu_excel.assess.bulletin import told, weeks
from bangfu_excel.assess.bulletin_subjects import level_of
from bangfu_excel.assess.due import Asked
from bangfu_excel.core.announced import version_of
from bangfu_excel.core.assessment import COUNTY
from bangfu_excel.core.bulletin import SUBJECT_COLUMNS, WEEKS, Bulletin, Stretch, Told
from bangfu_excel.core.fold import fold
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Output, issue_day
from bangfu_excel.errors import UsageError
from bangfu_excel.merge import Registry, opened
from bangfu_excel.pipeline.announcing import Tables, basis, earlier_tables
from bangfu_excel.pipeline.bulletin_masking import Masked
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec, month_over
from bangfu_excel.pipeline.target import Target
from bangfu_excel.write.bulletin_book import write_bulletin_book
from bangfu_excel.write.bulletin_paper import write_bulletin_paper
from bangfu_excel.write.names import file_name

FOLDER = "考核"
_PER = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}
_TITLES = {"month": "走访帮扶情况月通报", "quarter": "走访帮扶情况季度通报", "half-year": "走访帮扶工作半年小结", "year": "走访帮扶工作年度总结", "phase": "阶段通报"}  # fmt: skip
"""What a bulletin is called where the plan has no word of its own for it."""


def bulletin(
    registry: Registry | str | Path,
    out: str | Path,
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    period: Period | str | None = None,
    as_of: dt.date | str | None = None,
    phase: str = "",
) -> tuple[Path, ...]:
    """The bulletin of a period, as a workbook and as a Word document, below `out`/考核; of an announced one as it was announced.

    period: a month gives the 月通报, a half-year the 小结, a year the 总结 (default: the last month that is over by `as_of`) ·
    phase: of this phase of the plan instead (its title). Persons' names are masked unless the county shows them.
    `UsageError` where the plan has no such phase, or nothing is registered that a bulletin could tell.
    """
    settings = load_settings(make_spec(scheme, profile, as_of, period or month_over(as_of)))
    book = opened(registry)
    target = Target.prepared(Path(out))
    stretch = _phase(settings, phase) if phase else Stretch.of_period(settings.spec.period)
    made = made_bulletin(book, settings, stretch)
    if made.subjects.empty:
        raise UsageError(
            f"台账库里没有{made.stretch.label}“{made.scheme.title}”的结对和走访，没有通报可写；请核对统计期和方案（--period、--scheme）"
        )
    return written(BulletinJob(made, target.folder))


@dataclass(frozen=True)
class BulletinJob:
    """A bulletin to be written, and below which folder."""

    bulletin: Bulletin
    out: Path

    def path(self, suffix: str) -> Path:
        """考核/下基层_走访帮扶情况月通报_云岭县_2013-06_试算_20130630.docx"""
        made = self.bulletin
        parts = (
            made.scheme.short or "",
            made.title,
            made.county or COUNTY,
            made.stretch.text,
            version_of(made.batch),
            f"{made.as_of:%Y%m%d}",
        )
        return self.out / FOLDER / ("_".join(file_name(part) for part in parts if part) + suffix)


def write_book_of(job: BulletinJob) -> Path:
    """The workbook of a bulletin."""
    return write_bulletin_book(job.bulletin, job.path(".xlsx"))


def write_paper_of(job: BulletinJob) -> Path:
    """The Word document of a bulletin."""
    return write_bulletin_paper(job.bulletin, job.path(".docx"))


def written(job: BulletinJob) -> tuple[Path, ...]:
    """Both."""
    return write_paper_of(job), write_book_of(job)


def bulletin_jobs(registry: Registry, settings: Settings, out: Path) -> tuple[BulletinJob, ...]:
    """Those that the plan asks for: of the period, where it is as long as one of them, and of the phases that ended in it."""
    asked = {output.per for output in settings.scheme.outputs if output.is_bulletin}
    period, stretches = settings.spec.period, []
    if _PER[len(list(period.months()))] in asked:
        stretches.append(Stretch.of_period(period))
    if "phase" in asked:
        phases = [phase for phase in settings.scheme.phases if phase.end in period and phase.end <= settings.spec.as_of]
        stretches += [Stretch.of_phase(phase) for phase in phases]
    return tuple(BulletinJob(made_bulletin(registry, settings, stretch), out) for stretch in stretches)


def made_bulletin(registry: Registry, settings: Settings, stretch: Stretch) -> Bulletin:
    """What the bulletin of a span says, of what is registered, or of what was announced where it was."""
    found = basis(registry, settings)
    if (day := found.announced.as_of) and stretch.period and day != settings.spec.as_of:
        settings = replace(settings, spec=replace(settings.spec, as_of=day))  # whenever it is printed again
        found = basis(registry, settings)
    scheme, output = settings.scheme, _output(settings, stretch)
    tables: Tables = found.tables if stretch.period else registry.snapshot(settings.used.values())
    now = told(tables, scheme, _within(stretch, settings))
    before, then = _before(registry, settings, stretch, tables)
    weekly = _weeks(tables, settings, stretch)
    subjects = _subjects(now, then, weekly)
    return Masked(settings.issuer, tables).applied(Bulletin(
        scheme=scheme, stretch=stretch, level=level_of(scheme), title=output.title or _TITLES[str(output.per)],
        county=settings.county, issuer=settings.issuer, issued_on=issue_day(output.due, stretch.last),
        as_of=settings.spec.as_of, subjects=subjects,
        totals={**now.totals, **_totals(subjects, then)}, contents=pd.DataFrame(), visits=now.visits,
        unreached=now.unreached, weekly=weekly is not None, before=before,
        batch=found.announced.batch if stretch.period else "", announced=found.announced if stretch.period else None,
    ))  # fmt: skip


def _phase(settings: Settings, title: str) -> Stretch:
    phases = {phase.title: phase for phase in settings.scheme.phases}
    named = [phase for name, phase in phases.items() if name == title or name.startswith(title)]
    if len(named) != 1:
        there = f"有：{'、'.join(phases)}" if phases else "这个方案没有分阶段"
        raise UsageError(f"没有“{title}”这个阶段；{there}")
    return Stretch.of_phase(named[0])


def _output(settings: Settings, stretch: Stretch) -> Output:
    """The output of the plan that this is; of others that it is the bulletin of that length."""
    per = _PER[stretch.months] if stretch.period else "phase"
    for output in settings.scheme.outputs:
        if output.is_bulletin and output.per == per:
            return output
    return Output.model_validate({"id": "bulletin", "kind": "report", "per": per})


def _within(stretch: Stretch, settings: Settings) -> Stretch:
    """The days of the span that the plan runs and that are over."""
    scheme, day = settings.scheme, settings.spec.as_of
    first = max(stretch.first, scheme.start or stretch.first)
    return replace(stretch, first=first, last=min(stretch.last, scheme.end or stretch.last, day))


def _before(
    registry: Registry, settings: Settings, stretch: Stretch, tables: Tables
) -> tuple[Stretch | None, Told | None]:
    """The span before and what it says; None where it was before the plan, or before anything that is recorded."""
    scheme = settings.scheme
    if stretch.period:
        before = Stretch.of_period(stretch.period.before)
        tables = earlier_tables(registry, settings, stretch.period.before, tables)
    else:
        earlier = [phase for phase in scheme.phases if phase.end < stretch.first]
        if not earlier:
            return None, None
        before = Stretch.of_phase(max(earlier, key=lambda phase: phase.end))
    visits = tables.get("visit", pd.DataFrame())
    if "visited_on" not in visits or not (visits["visited_on"] <= pd.Timestamp(before.last)).any():
        return None, None
    if scheme.start and before.last < scheme.start:
        return None, None
    return before, told(tables, scheme, _within(before, settings))


def _weeks(tables: Tables, settings: Settings, stretch: Stretch) -> pd.DataFrame | None:
    if stretch.period is None:
        return None
    spec = settings.spec
    day = min(stretch.last, spec.as_of)
    return weeks(tables, Asked(settings.scheme, stretch.period, day, settings.calendar, tables, settings.tables))


def _subjects(now: Told, then: Told | None, weekly: pd.DataFrame | None) -> pd.DataFrame:
    rows = now.figures.copy()
    keys = rows["subject"].map(fold)
    for name in WEEKS:
        rows[name] = 0 if weekly is None else keys.map(weekly[name]).fillna(0).astype("int64")
    for name in ("trips", "reached"):
        earlier = pd.Series(dtype="int64") if then is None else then.figures.set_index("subject")[name]
        rows[f"{name}_before"] = rows["subject"].map(earlier).fillna(0).astype("int64")
    return rows[list(SUBJECT_COLUMNS)]


def _totals(subjects: pd.DataFrame, then: Told | None) -> Mapping[str, int]:
    sums = {name: int(subjects[name].sum()) for name in WEEKS}
    earlier = {} if then is None else then.totals
    return {**sums, **{f"{name}_before": earlier.get(name, 0) for name in ("trips", "reached")}}
