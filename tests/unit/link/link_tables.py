"""Tables as small as the tests of links need them, beside those that there are."""

from dataclasses import replace

from bangfu_excel.core.kinds import CODE, DATE, IDENTITY, ORGANISATION, PERSON, PERSONS, PLACE, TEXT
from bangfu_excel.core.reference import Reference
from bangfu_excel.core.table import Field, Retention, Table
from bangfu_excel.domain import TABLES

_KINDS = {
    "id_number": IDENTITY, "name": PERSON, "school": ORGANISATION, "class_name": TEXT, "township": PLACE, "village": PLACE,
    "unit": ORGANISATION, "helper_unit": ORGANISATION, "phone": TEXT, "recorded_on": DATE, "author": PERSONS,
    "recipient_name": PERSONS, "recipient_kind": CODE, "content": TEXT,
}  # fmt: skip


def _table(name, label, fields, **declared):
    made = (Field(f, f, _KINDS[f], codelist="recipient_kind" if f == "recipient_kind" else "") for f in fields.split())
    return Table(name, label, tuple(made), needs=(), **declared)


CHILD = _table(
    "child", "儿童档案", "id_number name school class_name township village",
    keys=(("id_number",), ("school", "class_name", "name"), ("township", "village", "name")),
)  # fmt: skip
VILLAGE = _table("village", "村情", "township village", keys=(("township", "village"),))
DIARY = _table(
    "diary", "谈心记录", "recorded_on recipient_name recipient_kind school class_name township village author helper_unit content",
    keys=(("recipient_name", "recorded_on", "author"),), retention=Retention.LOG, dated_by="recorded_on",
    refers=Reference(name="recipient_name"), helper="author", explodes=True,
)  # fmt: skip
HELPER = _table("helper", "帮扶人名册", "name unit phone", keys=(("phone", "name"), ("unit", "name")))
UNIT = _table("unit", "帮扶单位名册", "unit", keys=(("unit",),))
SMALL = {**TABLES, **{table.name: table for table in (CHILD, VILLAGE, DIARY, HELPER, UNIT) if table.name not in TABLES}}
EVERY = {**SMALL, **{table.name: replace(table) for table in (CHILD, VILLAGE, DIARY, HELPER, UNIT)}}
"""Every table that there is, these five as they stand here."""
