"""Citizen identity numbers and disability certificates."""

from __future__ import annotations

from bangfu_excel.core.kinds.base import Context, Kind, Parsed
from bangfu_excel.core.raw import Cell, cell_text


class Identity(Kind):
    """Citizen identity numbers and disability certificates."""

    name = "identity"
    title = "居民身份证号码"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))


class Certificate(Kind):
    """Citizen identity numbers and disability certificates."""

    name = "certificate"
    title = "残疾人证号码"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))


class IdentityOrCertificate(Kind):
    """Citizen identity numbers and disability certificates."""

    name = "identity_or_certificate"
    title = "证件号码"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        return Parsed(cell_text(cell))
