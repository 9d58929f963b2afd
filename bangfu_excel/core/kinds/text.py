"""Free text, places and units."""

from __future__ import annotations

from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.raw import Cell, cell_text


class Text(Kind):
    """Free text, places and units."""

    name = "text"
    title = "文字"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))


class Place(Kind):
    """Free text, places and units."""

    name = "place"
    title = "地名"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))


class Organisation(Kind):
    """Free text, places and units."""

    name = "organisation"
    title = "单位名称"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))
