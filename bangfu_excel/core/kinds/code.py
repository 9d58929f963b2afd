"""Labels of a code list."""

from __future__ import annotations

from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.raw import Cell, cell_text


class Code(Kind):
    """Labels of a code list."""

    name = "code"
    title = "选项"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))


class Codes(Kind):
    """Labels of a code list."""

    name = "codes"
    title = "选项（可多个）"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))
