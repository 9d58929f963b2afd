"""Which townships have reported in the period, and which have not."""

from __future__ import annotations

from bangfu_excel.assess.facts import NO_TOWNSHIP
from bangfu_excel.core.submitters import submitter_key
from bangfu_excel.pipeline.printed.desk import Desk
from bangfu_excel.pipeline.reporting import nothing_to_report, reported


def expected(desk: Desk) -> tuple[str, ...]:
    """The townships that are to report: as the county lists them, else those of which anything is registered."""
    return desk.settings.townships or tuple(name for name in desk.figures.townships if name != NO_TOWNSHIP)


def townships(desk: Desk) -> tuple[str, ...]:
    """Those that are to report and those of which the figures speak, each once, called as the figures call them."""
    known = {submitter_key(name): name for name in desk.figures.townships if name != NO_TOWNSHIP}
    return tuple(sorted(({submitter_key(name): name for name in expected(desk)} | known).values()))


def nil_reported(desk: Desk) -> frozenset[str]:
    """`submitter_key` of those who have signed that there was nothing to report."""
    told = nothing_to_report(desk.registry.state, desk.settings.scheme.id, desk.settings.spec.period.text)
    return frozenset(map(submitter_key, told))


def not_reported(desk: Desk) -> tuple[str, ...]:
    """Those of them that have handed in nothing for the period, and have not signed that there was nothing."""
    there = reported(desk.registry, desk.settings.scheme.id, desk.settings.spec.period.text)
    return tuple(name for name in expected(desk) if submitter_key(name) not in there)
