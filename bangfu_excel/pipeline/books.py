"""The county's books, of one moment of the registry: ledgers, statistics and the assessment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from bangfu_excel.assess import COUNTY, entered_into
from bangfu_excel.assess import assess as assess_tables
from bangfu_excel.assess.metrics import SHOWN
from bangfu_excel.core.announced import version_of
from bangfu_excel.core.assessment import Assessment as Figures
from bangfu_excel.core.batch import Batch
from bangfu_excel.core.ledger import Seen
from bangfu_excel.core.ledger_terms import Terms
from bangfu_excel.domain import DERIVED
from bangfu_excel.errors import UsageError
from bangfu_excel.merge import Registry
from bangfu_excel.pipeline.announcing import AS_IT_IS, Basis, Tables, basis
from bangfu_excel.pipeline.entered_scores import entered_scores, holds_more
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.pipeline.sourced import sourced
from bangfu_excel.pipeline.statistics import statistics_jobs
from bangfu_excel.pipeline.target import set_aside
from bangfu_excel.write.assessment_book import write_assessment
from bangfu_excel.write.ledger_rows import LedgerRows
from bangfu_excel.write.ledgers import LedgerJob, Waiting, ledger_jobs
from bangfu_excel.write.names import file_name
from bangfu_excel.write.occasion import Occasion
from bangfu_excel.write.statistics_book import StatisticsJob


@dataclass(frozen=True, repr=False)
class Assessment(Figures):
    """The figures of a period (see `core.assessment`), which can be written as the assessment workbook.

    county: its name, for titles.
    """

    county: str = COUNTY

    def write(self, path: str | Path) -> Path:
        """The assessment workbook at `path`: live formulas over its own data sheets."""
        return write_assessment(self, Path(path), area=self.county)

    def write_below(self, out: Path) -> Path:
        """The assessment workbook below `out`/考核, named by county, period, version and day.

        One that stands there and holds what was typed in by hand and is not in this one is kept beside it (…_已填.xlsx).
        """
        self.keep_filled(out)
        return self.write(self._path_below(out))

    def keep_filled(self, out: Path) -> Path | None:
        """Where the workbook that stands in the place of this one was put, because it holds what is not in this one; None: it does not."""
        path = self._path_below(out)
        filled = self.sheet is not None and path.exists() and holds_more(path, self.sheet, self.period.label)
        return set_aside(path) if filled else None

    def _path_below(self, out: Path) -> Path:
        batch = self.announced.batch if self.announced else ""
        parts = ("走访考核", file_name(self.county), self.period.text, version_of(batch), f"{self.as_of:%Y%m%d}")
        return out / "考核" / ("_".join(parts) + ".xlsx")


@dataclass(frozen=True)
class CountyBooks:
    """What is to be written for the county.

    later: the assessment of what is current, where `assessment` is what was announced: ledgers are of today.
    """

    ledgers: Sequence[LedgerJob]
    statistics: Sequence[StatisticsJob]
    assessment: Assessment
    occasion: Occasion
    later: Figures | None = None


def county_books(
    registry: Registry, settings: Settings, out: Path, batch: Batch | None = None, *, sources: bool = False
) -> CountyBooks:
    """The books to be written; with the batch of this run its findings and returned rows are listed in the ledgers as 待更正.

    sources: with a sheet 数据来源 in each ledger.
    """
    found, occasion = basis(registry, settings), _occasion(registry, settings)
    current = found.current
    if sources:
        current = {name: sourced(rows, registry, settings.tables[name]) for name, rows in current.items()}
    waiting = (
        Waiting(batch.findings, batch.returned, {one.file: one.townships for one in batch.files}) if batch else None
    )
    seen = Seen(settings.spec.as_of, settings.spec.period, current)
    rows = LedgerRows(current, Terms(settings.used, DERIVED), seen, settings.county)
    return CountyBooks(
        ledger_jobs(settings.ledgers, rows, out, occasion, waiting=waiting, levels=settings.scheme.levels),
        statistics_jobs(registry, found.current, settings, out, occasion),
        assessment_of(found, settings),
        occasion,
        _figures(found.current, settings) if found.announced.batch else None,
    )


def assessed(
    registry: Registry, settings: Settings, manual: str | Path | None = None, metrics: Iterable[str] = ()
) -> Assessment:
    """What was due, met and scored in the period, of what is registered; of a period that was announced, of what it counted.

    manual: an assessment workbook in which 加减分及一票否决 is filled in · metrics: to measure beside those of the scheme.
    """
    return assessment_of(basis(registry, settings), settings, manual, metrics)


def assessment_of(
    found: Basis, settings: Settings, manual: str | Path | None = None, metrics: Iterable[str] = ()
) -> Assessment:
    """The same of tables that are read already."""
    figures = _figures(found.tables, settings, metrics)
    if manual:
        figures = _entered(figures, Path(manual))
    shown = {field.name: getattr(figures, field.name) for field in fields(figures)} | {
        "announced": found.announced,
        "batches": found.batches,
        "objections": found.objections,
    }
    return Assessment(**shown, county=settings.county or COUNTY)


def _entered(figures: Figures, manual: Path) -> Figures:
    """The figures with what is filled in by hand in the workbook."""
    if figures.sheet is None:
        raise UsageError(f"方案“{figures.scheme.title}”没有考核评分表（assessing.indicators），没有要人工填的项目")
    return entered_into(figures, entered_scores(manual, figures.sheet, figures.period.label))


def _figures(tables: Tables, settings: Settings, metrics: Iterable[str] = ()) -> Figures:
    spec = settings.spec
    return assess_tables(
        tables, settings.scheme, spec.period, spec.as_of, declared=settings.tables, calendar=settings.calendar,
        metrics=(*SHOWN, *metrics), thresholds=settings.thresholds, expected=settings.expected,
    )  # fmt: skip


def _occasion(registry: Registry, settings: Settings) -> Occasion:
    spec = settings.spec
    return Occasion(
        settings.scheme.title, spec.period, spec.as_of, last_batch(registry), settings.county,
        AS_IT_IS if registry.state.announced else "", settings.scheme.short or "",
        {name: codes.labels for name, codes in settings.codelists.items()},
    )  # fmt: skip


def last_batch(registry: Registry) -> str:
    """The batch up to which the registry stands: what a ledger of it is dated by, "" where nothing counts."""
    batches = registry.batches()
    active = batches.loc[(batches["state"] == "active") & (batches["kind"] != "issue"), "id"]
    return str(active.iloc[-1]) if len(active) else ""
