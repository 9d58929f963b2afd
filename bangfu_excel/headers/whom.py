"""Whom a workbook is about that holds one record's form: its other sheets (家庭成员, 走访记录) seldom repeat it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bangfu_excel.core.raw import cell_text
from bangfu_excel.core.region import MappedRegion
from bangfu_excel.core.table import Table
from bangfu_excel.headers.lexicon import HELPER

Elsewhere = Mapping[str, tuple[str, str]]
"""Label → value and source: what other sheets say of whom this one is about."""


def whom(regions: Sequence[MappedRegion], tables: Sequence[Table]) -> Elsewhere:
    """Who and where the only record of a workbook's sheets is, if that is a form's; nothing where there are several records.

    Tables inside the form are part of it. A helper is told only if he is the only one.
    """
    records = [region for region in regions if not region.parts[0].lent]
    if len(records) != 1 or not records[0].cells or len(records[0].data_rows) != 1:
        return {}
    record, by_name = records[0], {table.name: table for table in tables}
    row, source = int(record.data_rows[0]), f"工作表“{record.sheet.name}”"
    names = [part.table for part in record.parts]
    told: dict[str, tuple[str, str]] = {}
    for part in record.parts:
        table = by_name[part.table]
        keys = {name for rung in table.keys for name in rung if name in table}
        keys -= {f.name for f in table.fields if f.facet == HELPER} if names.count(part.table) > 1 else set()
        given = [(c.field, cell_text(record.sheet.cell(row, c.index))) for c in part.columns]
        given += [(c.field, c.value) for c in part.constants]
        for field, value in given:
            if field in keys and value.strip():
                told.setdefault(table[field].label, (value, source))
    return told
