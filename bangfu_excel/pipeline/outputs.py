"""What the county puts on the table, from what is merged: ledgers, the assessment, blank templates, the rule book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bangfu_excel.assess.metrics import METRICS
from bangfu_excel.core.masking import Masking
from bangfu_excel.core.message import Message, Subject
from bangfu_excel.core.messages import ALL
from bangfu_excel.core.period import Period
from bangfu_excel.core.scheme import Scheme
from bangfu_excel.core.table import Table
from bangfu_excel.domain import CODELISTS, DERIVED, RELATIONS, TABLES
from bangfu_excel.errors import ConfigError, OutputError, UsageError
from bangfu_excel.merge import Registry, opened
from bangfu_excel.pipeline.agreement import agreement_job
from bangfu_excel.pipeline.books import Assessment, assessed, county_books
from bangfu_excel.pipeline.office_book import read_lines
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.pipeline.target import Target
from bangfu_excel.profile import Known, all_schemes, load_ledgers, load_profile, load_scheme
from bangfu_excel.validate import DataFrameSchema, column_schema
from bangfu_excel.write import correction_book
from bangfu_excel.write.agreement_book import write_agreement
from bangfu_excel.write.archive import write_bytes
from bangfu_excel.write.correction_book import write_correction_book
from bangfu_excel.write.ledgers import write_job
from bangfu_excel.write.statistics_book import write_statistics
from bangfu_excel.write.templates_book import write_template

CORRECTIONS = "更正单"
"""Stands for the county office's own workbook where a table may be named."""


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
    store = opened(registry)
    books = county_books(store, settings, target.folder, sources=sources)
    agreement = agreement_job(store, settings, books, target.folder)
    written = (*map(write_job, books.ledgers), *map(write_statistics, books.statistics))
    return (*written, write_agreement(agreement))


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
    return assessed(opened(registry), load_settings(make_spec(scheme, profile, as_of, period)), manual)


def assessment_book(
    registry: Registry | str | Path,
    out: str | Path,
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    period: Period | str | None = None,
    as_of: dt.date | str | None = None,
    manual: str | Path | None = None,
) -> tuple[Path, Path | None]:
    """The assessment workbook of what is registered, below `out`/考核, and where one was put that somebody had filled in.

    manual: one in which 加减分及一票否决 is filled in.
    """
    settings = load_settings(make_spec(scheme, profile, as_of, period))
    figures = assessed(opened(registry), settings, manual)
    folder = Target.prepared(Path(out)).folder
    kept = figures.keep_filled(folder)
    return figures.write_below(folder), kept


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
