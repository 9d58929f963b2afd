"""Phone numbers."""

from __future__ import annotations

from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.raw import Cell, cell_text


class Phone(Kind):
    """Phone numbers."""

    name = "phone"
    title = "电话号码"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))
