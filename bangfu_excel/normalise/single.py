"""One cell by itself, read as a submission's would be."""

from __future__ import annotations

from dataclasses import replace

from bangfu_excel.core.kinds.base import BLANK, Context, Parsed
from bangfu_excel.core.kinds.clean import DITTO, trim
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.raw import Cell, CellType, cell_text
from bangfu_excel.core.table import Field
from bangfu_excel.normalise.settings import NormaliseSettings

_UNREADABLE = {CellType.ERROR: say.FORMULA_ERROR, CellType.FORMULA: say.FORMULA_UNCACHED}


def read_value(cell: Cell, field: Field, settings: NormaliseSettings) -> Parsed:
    """What `cell` says as a value of `field`: a value, a problem, or neither (blank).

    同上 is a problem: nothing is above; so is a span, whose end belongs to another field.
    """
    if cell.type is CellType.EMPTY:
        return BLANK
    if cell.type in _UNREADABLE:
        return Parsed(problem=_UNREADABLE[cell.type])
    if trim(cell_text(cell)) in DITTO:
        return Parsed(problem=say.NOTHING_ABOVE)
    codes = settings.codelists.get(field.codelist) if field.codelist else None
    return field.kind.parse(cell, Context(replace(field, until=""), "", codes, settings.year, as_of=settings.as_of))
