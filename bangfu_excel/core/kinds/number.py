"""Counts, numbers, sums, areas and rates."""

from __future__ import annotations

from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.raw import Cell, cell_text


class Integer(Kind):
    """Counts, numbers, sums, areas and rates."""

    name = "integer"
    title = "整数"
    dtype = "Int64"
    number_format = "0"
    align = "right"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))


class Number(Kind):
    """Counts, numbers, sums, areas and rates."""

    name = "number"
    title = "数字"
    dtype = "Float64"
    number_format = "#,##0.##"
    align = "right"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))


class Money(Kind):
    """Counts, numbers, sums, areas and rates."""

    name = "money"
    title = "金额（元）"
    dtype = "Float64"
    number_format = "#,##0.00"
    align = "right"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))


class Area(Kind):
    """Counts, numbers, sums, areas and rates."""

    name = "area"
    title = "面积"
    dtype = "Float64"
    number_format = "#,##0.##"
    align = "right"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))


class Rate(Kind):
    """Counts, numbers, sums, areas and rates."""

    name = "rate"
    title = "比例"
    dtype = "Float64"
    number_format = "0.0%"
    align = "right"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))
