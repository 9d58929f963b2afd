"""Yes or no."""

from __future__ import annotations

from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.raw import Cell, cell_text


class YesNo(Kind):
    """Yes or no."""

    name = "yes_no"
    title = "是否"
    dtype = "boolean"
    number_format = "@"
    align = "center"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))
