"""Names of persons."""

from __future__ import annotations

from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.raw import Cell, cell_text


class Person(Kind):
    """Names of persons."""

    name = "person"
    title = "姓名"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))


class Persons(Kind):
    """Names of persons."""

    name = "persons"
    title = "姓名（可多个）"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))
