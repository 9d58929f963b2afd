"""The stage for one region: column checks, row rules, what a row cannot do without."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.region import TypedRegion
from bangfu_excel.core.table import Table
from bangfu_excel.validate.breach import apply_effects, tell
from bangfu_excel.validate.columns import column_breaches
from bangfu_excel.validate.needs import raise_to_row, return_unmet, tell_unmet, unmet_needs, unstated_rows
from bangfu_excel.validate.placenames import placename_breaches
from bangfu_excel.validate.rules import rule_breaches
from bangfu_excel.validate.settings import ValidateSettings


def validate(
    typed: TypedRegion,
    table: Table,
    settings: ValidateSettings,
    found: Iterable[Finding] = (),
    *,
    settled: Collection[str] = (),
) -> tuple[TypedRegion, tuple[Finding, ...]]:
    """The region with bad values withheld and rows returned, and the findings.

    found: what earlier stages found in this region. They come first in the result; where such a finding withheld the
    value without which its row has to go back (the only name, the date), its effect is raised to ROW, so that one
    root cause stays one finding. settled: columns whose values were judged already, in another table.
    """
    in_columns = (*column_breaches(typed, table, settings, settled), *placename_breaches(typed, table, settled))
    checked = apply_effects(typed, in_columns)
    nameless = unstated_rows(unmet_needs(checked, table))
    in_rows = tuple(rule_breaches(checked, table, settings.given, nameless))
    checked = apply_effects(checked, in_rows)
    unmet = unmet_needs(checked, table)
    told = (finding for breach in (*in_columns, *in_rows) for finding in tell(typed, breach))
    findings = raise_to_row(checked, unmet, (*found, *told))
    return return_unmet(checked, unmet), (*findings, *tell_unmet(checked, table, unmet))
