"""Dates with their precision."""

from __future__ import annotations

from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.raw import Cell, cell_text


class Date(Kind):
    """Dates with their precision."""

    name = "date"
    title = "日期"
    dtype = "datetime64[ns]"
    number_format = "yyyy-mm-dd"
    align = "center"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))
