"""What this work knows: its tables, code lists and rules. No I/O beyond its own code lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bangfu_excel.core.rule import Relation, Rule
from bangfu_excel.core.table import Table
from bangfu_excel.domain.activity import ACTIVITY
from bangfu_excel.domain.child import CHILD
from bangfu_excel.domain.codelists import CODELISTS
from bangfu_excel.domain.derived import DERIVED
from bangfu_excel.domain.diary import DIARY
from bangfu_excel.domain.document import DOCUMENT
from bangfu_excel.domain.feedback import FEEDBACK
from bangfu_excel.domain.fund import FUND
from bangfu_excel.domain.helper import HELPER
from bangfu_excel.domain.household import HOUSEHOLD
from bangfu_excel.domain.inspection import INSPECTION
from bangfu_excel.domain.leave import LEAVE
from bangfu_excel.domain.measure import MEASURE
from bangfu_excel.domain.member import MEMBER
from bangfu_excel.domain.pairing import PAIRING
from bangfu_excel.domain.problem import PROBLEM
from bangfu_excel.domain.project import PROJECT
from bangfu_excel.domain.relations import RELATIONS
from bangfu_excel.domain.training import TRAINING
from bangfu_excel.domain.unit import UNIT
from bangfu_excel.domain.village import VILLAGE
from bangfu_excel.domain.visit import VISIT
from bangfu_excel.errors import DeclarationError

_IN_ORDER = (
    HOUSEHOLD,
    MEMBER,
    PAIRING,
    VISIT,
    HELPER,
    UNIT,
    CHILD,
    MEASURE,
    FUND,
    PROBLEM,
    VILLAGE,
    DOCUMENT,
    ACTIVITY,
    PROJECT,
    TRAINING,
    INSPECTION,
    FEEDBACK,
    DIARY,
    LEAVE,
)

TABLES: Mapping[str, Table] = {table.name: table for table in _IN_ORDER}
"""Table name → table, in the order in which they are shown."""


def _refuse_reused_codes(tables: Iterable[Table], relations: Iterable[Relation]) -> None:
    """A code stands once at a field of a table, and weighs the same wherever it stands."""
    records: list[tuple[str, Rule | Relation]] = [(table.name, rule) for table in tables for rule in table.rules]
    records += [(relation.on, relation) for relation in relations]
    weights: dict[str, object] = {}
    seen: set[tuple[str, str, str]] = set()
    for table, record in records:
        weight = (record.severity, record.effect, record.subject)
        if weights.setdefault(record.code, weight) != weight:
            raise DeclarationError(f"编号{record.code}在不同的表里轻重不同")
        place = (record.code, table, record.at[0])
        if place in seen:
            raise DeclarationError(f"编号{record.code}在{table}的{record.at[0]}上用了两次")
        seen.add(place)


_refuse_reused_codes(TABLES.values(), RELATIONS)

__all__ = ["CODELISTS", "DERIVED", "RELATIONS", "TABLES"]
