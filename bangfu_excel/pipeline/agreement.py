"""账账相符: what stands in two of the county's books is one figure, and where it is not that is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from bangfu_excel.core.agreement import Check, Figure, failed, known
from bangfu_excel.core.announced import FIGURES, Announced
from bangfu_excel.core.assessment import Assessment
from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages.agreement import DISAGREEMENT
from bangfu_excel.core.period import Period
from bangfu_excel.core.statistic import Shares
from bangfu_excel.merge import Registry
from bangfu_excel.pipeline.agreement_ledgers import parts_checks, summary_checks, twin_checks
from bangfu_excel.pipeline.agreement_lists import ROWS, Listed, lists_of, whole
from bangfu_excel.pipeline.agreement_people import ASSESSED, Beside
from bangfu_excel.pipeline.announcing import basis
from bangfu_excel.pipeline.books import CountyBooks
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.write.agreement_book import AgreementJob
from bangfu_excel.write.ledger_areas import COUNTY, Area
from bangfu_excel.write.ledgers import FOLDER
from bangfu_excel.write.statistics_book import StatisticsJob

FILE = "核对.xlsx"
_COUNTY = Area()


def agreement_job(registry: Registry, settings: Settings, books: CountyBooks, out: Path) -> AgreementJob:
    """台账/核对.xlsx, to be written: every figure that stands in two of the books."""
    lists = lists_of(books.ledgers)
    checks = (
        *_announced_checks(registry, settings, books.assessment, lists),
        *Beside(lists, books.assessment, books.later or books.assessment).checks(),
        *twin_checks(lists),
        *parts_checks(lists),
        *summary_checks(books.ledgers, lists),
        *_statistics_checks(lists, books.statistics, settings),
    )
    return AgreementJob(out / FOLDER / FILE, books.occasion, checks)


def _statistics_checks(
    lists: Sequence[Listed], statistics: Sequence[StatisticsJob], settings: Settings
) -> Iterator[Check]:
    """No statistic of the county is of more than its ledger lists: who was counted, and who said nothing."""
    tables = {
        one.title: name
        for name, table in settings.tables.items()
        for one in table.statistics
        if isinstance(one, Shares)
    }
    for figure in (figure for job in statistics for figure in job.figures if figure.whole[0] == COUNTY):
        listed = whole(lists, tables[figure.title], _COUNTY) if figure.title in tables else None
        if listed is None:
            continue
        first = figure.sums.iloc[0]
        asked = Figure(f"统计“{figure.title}”", "分母＋未填", float(first["denominator"] + first["missing"]))
        yield Check("统计的人数、户数", COUNTY, asked, listed.figure(ROWS), at_most=True)


def _announced_checks(
    registry: Registry, settings: Settings, assessment: Assessment, lists: Sequence[Listed]
) -> Iterator[Check]:
    """累计核对: it goes on from what was announced, adds up, and is the visits of the ledger."""
    told = assessment.announced
    if told is None or told.balance.empty:
        return
    sums = told.figures
    added = float(sums["previous"] + sums["current"] + sums["supplement"] - sums["deduction"])
    total = Figure(f"{ASSESSED}“累计核对”", "库中记录", float(sums["total"]))
    yield Check("本期累计", COUNTY, Figure(total.book, "上期累计＋本期＋补报－核减", added), total)
    if told.before:
        yield from _opening(told, _before(registry, settings, told.before), Period.parse(told.before).label)
    visits = whole(lists, "visit", _COUNTY)
    if visits is not None and not told.batch:
        yield _recorded(visits, settings, total)


def _before(registry: Registry, settings: Settings, period: str) -> Announced:
    """What was announced of an earlier period."""
    span = Period.parse(period)
    return basis(registry, replace(settings, spec=replace(settings.spec, period=span))).announced


def _opening(told: Announced, before: Announced, label: str) -> Iterator[Check]:
    """This period's 上期累计 is what the one before closed with, in each township."""
    closing, opening = (
        one.balance.set_index("township")[name] for one, name in ((before, FIGURES[-1]), (told, FIGURES[0]))
    )
    both = [town for town in opening.index if town in closing.index]  # one may have been renamed since
    pairs = [(COUNTY, opening.sum(), closing.sum()), *((town, opening[town], closing[town]) for town in both)]
    for town, now, then in pairs:
        left = Figure(f"{ASSESSED}“累计核对”", "上期累计", float(now))
        yield Check("上期累计与上期期末", town, left, Figure(f"{label}{ASSESSED}“累计核对”", "库中记录", float(then)))


def _recorded(visits: Listed, settings: Settings, total: Figure) -> Check:
    spec, scheme = settings.spec, settings.scheme
    since = max(filter(None, (spec.period.start.replace(month=1, day=1), scheme.start)))
    until = min(filter(None, (spec.period.end, spec.as_of, scheme.end)))
    days = visits.rows["visited_on"]
    rows = visits.rows[(days >= pd.Timestamp(since)) & (days <= pd.Timestamp(until))]
    vague = int((rows["visited_on__precision"] == "year").sum()) if "visited_on__precision" in rows else 0
    left = Figure(visits.book, "今年以来的走访记录数", float(len(rows)))
    return Check("本年走访记录", COUNTY, left, total, known(("只写了年份的", vague)))


def disagreements(checks: Sequence[Check]) -> tuple[Finding, ...]:
    """One finding for each thing that does not agree, wherever that is."""
    return tuple(
        DISAGREEMENT.finding(
            Place(""), count=len(found), item=item, area="、".join(dict.fromkeys(one.area for one in found)),
            left=_said(found[0].left), number=_shown(found[0].left.number), right=_said(found[0].right),
            other=_shown(found[0].right.number), rest=_shown(found[0].rest),
        )
        for item, found in failed(checks).items()
    )  # fmt: skip


def _said(figure: Figure) -> str:
    return f"{figure.book}的{figure.where}"


def _shown(number: float) -> str:
    return f"{number:,.10g}"
