"""What this work knows: its tables, code lists and rules. No I/O beyond its own code lists."""

from __future__ import annotations

from collections.abc import Mapping

from bangfu_excel.core.table import Table
from bangfu_excel.domain.codelists import CODELISTS
from bangfu_excel.domain.household import HOUSEHOLD
from bangfu_excel.domain.member import MEMBER
from bangfu_excel.domain.pairing import PAIRING
from bangfu_excel.domain.visit import VISIT

TABLES: Mapping[str, Table] = {t.name: t for t in (HOUSEHOLD, MEMBER, PAIRING, VISIT)}
"""Table name → table, in the order in which they are shown."""

__all__ = ["CODELISTS", "TABLES"]
