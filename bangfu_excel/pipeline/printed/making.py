"""`papers`: everything that is printed, sent and signed beside the assessment workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from bangfu_excel.core.assessment import Assessment
from bangfu_excel.core.period import Period
from bangfu_excel.merge import Registry, opened
from bangfu_excel.pipeline.announcing import basis
from bangfu_excel.pipeline.books import assessed, assessment_of, last_batch
from bangfu_excel.pipeline.printed.brief import write_brief
from bangfu_excel.pipeline.printed.checks import write_checks
from bangfu_excel.pipeline.printed.desk import Desk
from bangfu_excel.pipeline.printed.left_undone import left_undone
from bangfu_excel.pipeline.printed.nothing import write_nothing
from bangfu_excel.pipeline.printed.orders import write_orders
from bangfu_excel.pipeline.printed.own_records import write_own_records
from bangfu_excel.pipeline.settings import Settings, load_settings, make_spec
from bangfu_excel.pipeline.target import Target

PAPERS = "考核"
"""The folder below OUT that holds them."""


def papers(
    registry: Registry | str | Path,
    out: str | Path,
    *,
    scheme: str | Path = "default",
    profile: str | Path | None = None,
    period: Period | str | None = None,
    as_of: dt.date | str | None = None,
) -> tuple[Path, ...]:
    """What leaders, units, helpers and townships get of a period, below `out`/考核.

    领导参阅 (one page) · 督办单 for each unit that has left something undone · 履职明细 a unit, a sheet for each helper to sign ·
    数据核对单 a township, to be stamped · 零报告 for each township that has handed in nothing · the 登记簿 that
    `record_objections` takes back. Names of persons are shown as far as the county lets the office show them. Every name of a
    file carries period, batch and day.
    """
    settings = load_settings(make_spec(scheme, profile, as_of, period))
    target = Target.prepared(Path(out))
    return tuple(write_all(_desk(opened(registry), settings, target.folder)))


def write_all(desk: Desk) -> list[Path]:
    """The papers, written."""
    undone = left_undone(desk)
    return [
        write_brief(desk, _before(desk), undone),
        *write_orders(desk, undone),
        *write_own_records(desk),
        *write_checks(desk),
        *write_nothing(desk),
    ]


def _before(desk: Desk) -> Assessment | None:
    """The figures of the period before; None where it was over before anything is recorded."""
    period = desk.settings.spec.period.before
    known = desk.figures.records_from
    if known is None or known > period.end:
        return None
    return assessed(desk.registry, replace(desk.settings, spec=replace(desk.settings.spec, period=period)))


def _desk(registry: Registry, settings: Settings, out: Path) -> Desk:
    found = basis(registry, settings)
    return Desk(
        registry=registry,
        settings=settings,
        figures=assessment_of(found, settings),
        tables=found.current,
        batch=last_batch(registry),
        folder=out / PAPERS,
    )
