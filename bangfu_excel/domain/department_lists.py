"""Lists that other departments send to be compared: which of our fields say that somebody belongs to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bangfu_excel.core.comparison import ListKind
from bangfu_excel.core.table import Field, Table

LIST_KINDS: Mapping[str, ListKind] = {
    kind.name: kind
    for kind in (
        ListKind(
            "低保", "低保名单", "民政部门", mark="dibao", yes=frozenset({"是"}), compares=("dibao_kind",),
            names={
                "name": ("低保对象", "低保对象姓名", "低保人员", "低保人员姓名", "保障对象", "保障对象姓名", "享受人姓名"),
                "head_name": ("申请人", "申请人姓名", "低保户主", "低保户主姓名", "低保户"),
                "dibao_kind": ("保障类型", "保障类别", "救助类型"),
            },
        ),
        ListKind(
            "残疾", "持证残疾人名单", "残联", mark="disability_cert", compares=("disability_cert", "disability_grade"),
            names={
                "name": ("残疾人姓名", "残疾人", "持证人", "持证人姓名"),
                "disability_cert": ("证号", "证件编号"),
                "disability_grade": ("等级", "级别"),
            },
        ),
        ListKind(
            "学籍", "在籍学生名单", "教育部门", mark="school_status", no=frozenset({"非在校生", "学龄前儿童"}),
            compares=("school_status",),
            names={
                "name": ("学生姓名", "学生", "学生名字"),
                "id_number": ("学生身份证号", "学生身份证号码", "学生身份证件号", "学生证件号码"),
                "gender": ("学生性别",),
                "school_status": ("年级",),
            },
        ),
        ListKind(
            "死亡", "死亡人员名单", "民政、公安部门", mark="status", yes=frozenset({"死亡"}), leaves=True,
            names={
                "name": ("死者姓名", "死者", "亡者姓名", "死亡人员", "死亡人员姓名", "逝者姓名", "逝者", "火化人员姓名"),
                "id_number": ("死者身份证号", "死者身份证号码", "死亡人员身份证号", "死亡人员身份证号码", "逝者身份证号"),
                "gender": ("死者性别",),
            },
        ),
    )
}  # fmt: skip
"""Name, as `--kind` takes it → kind."""

COMPARED = ("name", "id_number", "gender", "birth_date", "township", "village")
"""Fields that are compared whatever the list is about, as far as it states them."""

_PERSON = (
    "township", "village", "group", "household_id", "head_name", "name", "id_number", "gender", "birth_date", "age",
    "relation", "ethnicity", "disability_cert", "disability_grade", "dibao", "dibao_kind", "school_status", "phone", "status",
)  # fmt: skip


_IN_ANY_LIST: Mapping[str, tuple[str, ...]] = {
    "address": ("户籍地址", "户籍地", "户籍所在地", "户口所在地", "户口地址", "户籍住址", "常住地址"),
}


def listed_table(member: Table, household: Table, kind: ListKind | None) -> Table:
    """The table as which a list is read: persons, or heads who stand for their household; whoever has a name or a number.

    Headers that mean something in lists of this kind mean it before they mean anything else.
    """
    names = {**_IN_ANY_LIST, **(kind.names if kind else {})}
    taken = {header for headers in names.values() for header in headers}
    head = household["head_id"]
    fields = [
        *(_named(member[name], names.get(name, ()), taken) for name in _PERSON),
        replace(head, aliases=tuple(text for text in head.aliases if text.startswith("户主")), expected=False),
        replace(_named(household["address"], names["address"], taken), facet="person"),
    ]
    return Table(
        member.name, "名单", tuple(fields), keys=(("id_number",), ("village", "name")),
        needs=(("name", "head_name", "id_number", "head_id", "disability_cert"),),
        facets=member.facets, block=member.block, lead=member.lead,
    )  # fmt: skip


def _named(field: Field, names: tuple[str, ...], taken: set[str]) -> Field:
    """The field with these further headers, and without those that mean another one here."""
    kept = tuple(text for text in field.aliases if text not in taken)
    weak = tuple(text for text in field.weak if text not in taken)
    return replace(field, aliases=(*kept, *names), weak=weak, expected=False)
