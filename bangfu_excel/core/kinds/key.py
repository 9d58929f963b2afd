"""Identifiers such as 户编号."""

from __future__ import annotations

from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.raw import Cell, cell_text


class Key(Kind):
    """Identifiers such as 户编号."""

    name = "key"
    title = "编号"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))
