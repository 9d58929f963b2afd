"""What the county puts on the table, from what is merged: ledgers, the assessment, blank templates, the books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from bangfu_excel.assess import COUNTY, entered_into
from bangfu_excel.assess import assess as assess_tables
from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.core.assessment import Assessment as Figures
from bangfu_excel.core.batch import Batch
from bangfu_excel.core.ledger import Seen
from bangfu_excel.core.ledger_terms import Terms
from bangfu_excel.core.masking import Masking
from bangfu_excel.core.message import Message, Subject
from bangfu_excel.core.messages import ALL
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.core.table import Table
from bangfu_excel.domain import CODELISTS, DERIVED, RELATIONS, TABLES
from bangfu_excel.errors import ConfigError, OutputError, UsageError
from bangfu_excel.merge import Registry
from bangfu_excel.pipeline.agreement import CountyBooks, agreement_job
from bangfu_excel.pipeline.announcing import AS_IT_IS, basis
from bangfu_excel.pipeline.entered_scores import entered_scores
from bangfu_excel.pipeline.office_book import read_lines
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.pipeline.sourced import sourced
from bangfu_excel.pipeline.statistics import statistics_jobs
from bangfu_excel.pipeline.target import Target
from bangfu_excel.profile import Known, all_schemes, load_ledgers, load_profile, load_scheme
from bangfu_excel.validate import DataFrameSchema, column_schema
from bangfu_excel.write import correction_book
from bangfu_excel.write.agreement_book import AgreementJob, write_agreement
from bangfu_excel.write.archive import write_bytes
from bangfu_excel.write.assessment_book import write_assessment
from bangfu_excel.write.correction_book import write_correction_book
from bangfu_excel.write.ledger_rows import LedgerRows
from bangfu_excel.write.ledgers import LedgerJob, Waiting, ledger_jobs, write_job
from bangfu_excel.write.names import file_name
from bangfu_excel.write.occasion import Occasion
from bangfu_excel.write.statistics_book import StatisticsJob, write_statistics
from bangfu_excel.write.templates_book import write_template

CORRECTIONS = "更正单"
"""Stands for the county office's own workbook where a table may be named."""


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
        """The assessment workbook below `out`/考核, named by county and period."""
        return self.write(out / "考核" / f"走访考核_{file_name(self.county)}_{self.period.text}.xlsx")


def ledgers(
    registry: Registry | str | Path,
    out: str | Path,
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    as_of: dt.date | str | None = None,
    period: Period | str | None = None,
    sources: bool = False,
) -> tuple[Path, ...]:
    """The ledgers of what is registered, for the county and each township, below `out`/台账, and 核对.xlsx: how they agree.

    sources: with a sheet 数据来源 in each, which says the file and row of every row, and the cells of values from elsewhere.
    """
    settings = load_settings(make_spec(scheme, profile, as_of, period))
    target = Target.prepared(Path(out))
    opened = _opened(registry)
    books = CountyBooks(
        all_ledger_jobs(opened, settings, target.folder, sources=sources),
        all_statistics_jobs(opened, settings, target.folder),
        assessed(opened, settings),
    )
    agreement = all_agree(opened, settings, books, target.folder)
    written = (*map(write_job, books.ledgers), *map(write_statistics, books.statistics))
    return (*written, write_agreement(agreement))


def all_ledger_jobs(
    registry: Registry, settings: Settings, out: Path, batch: Batch | None = None, *, sources: bool = False
) -> tuple[LedgerJob, ...]:
    """The ledgers to be written; with the batch of this run its findings and returned rows are listed as 待更正."""
    occasion = _occasion(registry, settings)
    current = _current(registry, settings)
    if sources:
        current = {name: sourced(rows, registry, settings.tables[name]) for name, rows in current.items()}
    seen = Seen(settings.spec.as_of, settings.spec.period, current)
    waiting = (
        Waiting(batch.findings, batch.returned, {one.file: one.townships for one in batch.files}) if batch else None
    )
    rows = LedgerRows(current, Terms(settings.used, DERIVED), seen, settings.county)
    return ledger_jobs(settings.ledgers, rows, out, occasion, waiting=waiting, levels=settings.scheme.levels)


def all_statistics_jobs(registry: Registry, settings: Settings, out: Path) -> tuple[StatisticsJob, ...]:
    """The workbooks of the statistics that the scheme quotes, to be written."""
    return statistics_jobs(registry, settings, out, _occasion(registry, settings))


def all_agree(registry: Registry, settings: Settings, books: CountyBooks, out: Path) -> AgreementJob:
    """The workbook that says where the county's books agree, to be written."""
    return agreement_job(registry, settings, books, out, _occasion(registry, settings))


def _occasion(registry: Registry, settings: Settings) -> Occasion:
    spec = settings.spec
    return Occasion(
        settings.scheme.title, spec.period, spec.as_of, last_batch(registry), settings.county,
        AS_IT_IS if registry.state.announced else "", settings.scheme.short or "",
        {name: codes.labels for name, codes in settings.codelists.items()},
    )  # fmt: skip


def assess(
    registry: Registry | str | Path,
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    period: Period | str | None = None,
    as_of: dt.date | str | None = None,
    manual: str | Path | None = None,
) -> Assessment:
    """What was due, met and scored in the period, of what is registered; of a period that was announced, of what it counted.

    manual: an assessment workbook in which 加减分及一票否决 is filled in.
    """
    return assessed(_opened(registry), load_settings(make_spec(scheme, profile, as_of, period)), manual)


def assessment_book(
    registry: Registry | str | Path,
    out: str | Path,
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    period: Period | str | None = None,
    as_of: dt.date | str | None = None,
    manual: str | Path | None = None,
) -> Path:
    """The assessment workbook of what is registered, below `out`/考核. manual: one in which 加减分及一票否决 is filled in."""
    settings = load_settings(make_spec(scheme, profile, as_of, period))
    figures = assessed(_opened(registry), settings, manual)
    return figures.write_below(Target.prepared(Path(out)).folder)


def assessed(registry: Registry, settings: Settings, manual: str | Path | None = None) -> Assessment:
    """`assess` with the settings already loaded."""
    spec = settings.spec
    found = basis(registry, settings)
    figures = assess_tables(
        found.tables,
        settings.scheme,
        spec.period,
        spec.as_of,
        declared=settings.tables,
        calendar=settings.calendar,
    )
    if manual:
        figures = _entered(figures, Path(manual))
    shown = {field.name: getattr(figures, field.name) for field in fields(figures)} | {"announced": found.announced}
    return Assessment(**shown, county=settings.county or COUNTY)


def _entered(figures: Figures, manual: Path) -> Figures:
    """The figures with what is filled in by hand in the workbook."""
    if figures.sheet is None:
        raise UsageError(f"方案“{figures.scheme.title}”没有考核评分表（assessing.indicators），没有要人工填的项目")
    return entered_into(figures, entered_scores(manual, figures.sheet))


def write_assessed(registry: Registry, settings: Settings, out: Path) -> Path:
    """The assessment workbook of the period, below `out`/考核."""
    return assessed(registry, settings).write_below(out)


def template(
    scheme: str | Path,
    out: str | Path,
    *,
    tables: Sequence[str] = (),
    profile: str | Path | None = None,
    as_of: dt.date | str | None = None,
) -> Path:
    """The blank submission workbook of a scheme (the tables that it sends out, or those of its named) below `out`.

    tables=("更正单",): the blank 更正单.xlsx instead, in which the county office says what it corrects and what happened.
    """
    settings = load_settings(make_spec(scheme, profile, as_of, None))
    if tuple(tables) == (CORRECTIONS,):
        return _correction_template(settings, Target.prepared(Path(out)))
    if CORRECTIONS in tables:
        raise ConfigError(
            f"“{CORRECTIONS}”是县办自己填的，不和填报表写在一起；请单独运行一次 bangfu template {CORRECTIONS}"
        )
    unknown = sorted(set(tables) - set(settings.used))
    if unknown:
        raise ConfigError(
            f"方案“{settings.scheme.id}”里没有这些表：{'、'.join(unknown)}；有：{'、'.join(settings.used)}"
        )
    wanted = tables or settings.scheme.sent_out
    chosen = [table for name, table in settings.used.items() if name in wanted]
    target = Target.prepared(Path(out))
    path = target.folder / f"{settings.scheme.title}_空白填报表.xlsx"
    return write_template(
        chosen, settings.codelists, path, scheme_title=settings.scheme.title, as_of=settings.spec.as_of
    )


def _correction_template(settings: Settings, target: Target) -> Path:
    """A blank one of another day gives way; `OutputError` where one is there that somebody has filled in, or another file."""
    labels = {table.label: tuple(field.label for field in table.fields) for table in settings.tables.values()}
    path = target.folder / correction_book.FILE
    with TemporaryDirectory(prefix="bangfu-") as folder:
        blank = write_correction_book(Path(folder) / path.name, labels, as_of=settings.spec.as_of).read_bytes()
    if path.exists() and path.read_bytes() != blank:
        _require_blank(path)
    return write_bytes(path, blank)


def _require_blank(path: Path) -> None:
    try:
        lines = len(read_lines(path))
    except UsageError as error:
        raise OutputError(f"“{path}”已经存在，又不是更正单，没有改动；请用 -o 换一个文件夹，或先把它移走") from error
    if lines:
        raise OutputError(
            f"“{path}”已经填了{lines}行，没有改动，接着往下填就行；已经用 bangfu merge --corrections 交回、要一份空白的，"
            "请先把它移走，或用 -o 换一个文件夹"
        )


def schema(table: str, *, scheme: str | Path = "default", profile: str | Path | None = None) -> DataFrameSchema:
    """The pandera schema of a table's typed columns; each check is named by its rule code."""
    settings = load_settings(make_spec(scheme, profile, None, None))
    if table not in settings.tables:
        raise ConfigError(f"没有“{table}”这张表；有：{'、'.join(settings.tables)}")
    return column_schema(settings.tables[table], settings.codelists, settings.spec.as_of)


def tables(profile: str | Path | None = None) -> Mapping[str, Table]:
    """Every table, with a county's changes."""
    return load_profile(Path(profile) if profile else None, TABLES, CODELISTS, RELATIONS).tables


def ledger_titles(profile: str | Path | None = None) -> Mapping[str, str]:
    """Id of every ledger that a scheme can name → its title, in a county."""
    folder = Path(profile) if profile else None
    loaded = load_profile(folder, TABLES, CODELISTS, RELATIONS)
    return {name: ledger.title for name, ledger in load_ledgers(folder, loaded, DERIVED).items()}


def metric_titles() -> Mapping[str, str]:
    """Id of every figure that an assessment can count → its title."""
    return {name: metric.title for name, metric in METRICS.items()}


def scheme(id_or_path: str | Path, profile: str | Path | None = None) -> Scheme:
    """The scheme of that id or in that file, held to the tables, code lists and rules of a county."""
    folder = Path(profile) if profile else None
    return load_scheme(id_or_path, folder, Known.of(load_profile(folder, TABLES, CODELISTS, RELATIONS), METRICS))


def schemes(profile: str | Path | None = None) -> tuple[Scheme, ...]:
    """Every scheme that can be named, by id, held to the tables, code lists and rules of a county."""
    folder = Path(profile) if profile else None
    return all_schemes(folder, Known.of(load_profile(folder, TABLES, CODELISTS, RELATIONS), METRICS))


def masking(profile: str | Path | None = None) -> Masking:
    """Which private values the office's own workbooks and listings show in full, in a county."""
    return load_profile(Path(profile) if profile else None, TABLES, CODELISTS, RELATIONS).masking


def rule_book(profile: str | Path | None = None) -> tuple[Message, ...]:
    """Everything that can be said of submitted data, ordered by subject and code; the same code once."""
    loaded = load_profile(Path(profile) if profile else None, TABLES, CODELISTS, RELATIONS)
    rules = [rule for table in loaded.tables.values() for rule in table.rules]
    entries = {entry.code: entry for entry in (*loaded.relations, *rules, *ALL.values())}
    return tuple(sorted(entries.values(), key=lambda entry: (list(Subject).index(entry.subject), entry.code)))


def _opened(registry: Registry | str | Path) -> Registry:
    return registry if isinstance(registry, Registry) else Registry(registry, create=False)


def last_batch(registry: Registry) -> str:
    """The batch up to which the registry stands: what a ledger of it is dated by, "" where nothing counts."""
    batches = registry.batches()
    active = batches.loc[(batches["state"] == "active") & (batches["kind"] != "issue"), "id"]
    return str(active.iloc[-1]) if len(active) else ""


def _current(registry: Registry, settings: Settings) -> Mapping[str, pd.DataFrame]:
    return registry.snapshot(settings.used.values())
