"""What is the same on sheet after sheet of a workbook (a form a sheet, a village a sheet), told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Effect, Finding, Severity

_FEW = 3  # so many sheets each have their own line


def told_once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of one file; a notice, or a 疑点 about a whole sheet, in the same words on many sheets stands at the first.

    The others' cells are in `related`, of a sheet without a cell its first one (表!A1).
    """
    groups: defaultdict[tuple[str, str, str, str], list[Finding]] = defaultdict(list)
    kept: list[Finding] = []
    for finding in findings:
        place = finding.place
        noted = finding.severity is Severity.INFO or not place.cell
        if noted and finding.effect is Effect.NONE and place.sheet:
            groups[finding.code, place.table, place.field, finding.message].append(finding)
        else:
            kept.append(finding)
    return (*kept, *(told for group in groups.values() for told in _as_one(group)))


def _as_one(group: list[Finding]) -> list[Finding]:
    sheets = len({finding.place.sheet for finding in group})
    if sheets <= _FEW:
        return group
    first, *others = group
    cells = [f"{f.place.sheet}!{cell}" for f in others for cell in (f.place.cell or "A1", *f.related)]
    message = f"{first.message}（共{sheets}张工作表都是这样）"
    related = (*first.related, *cells)[:RELATED_SHOWN]
    return [replace(first, message=message, related=related, count=sum(f.count for f in group))]
