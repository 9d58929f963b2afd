"""Which columns each ledger has, in which order, and how a field becomes one."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from bangfu_excel.core.table import Field, Table
from bangfu_excel.write.cells import Column
from bangfu_excel.write.ledger_rows import STATE, WITHHELD
from bangfu_excel.write.stream import CellForm

_PLAIN_DECIMALS = (".##", ".00")  # Excel shows 12 as “12.” in the first
_SUMMED = {"member_count", "labour_count", "farmland_mu", "net_income"}
_LONG_TEXT = 24  # a column this wide holds sentences
_WIDEST = 16


@dataclass(frozen=True)
class Plan:
    """The columns of one ledger: a field's name, or (what stands in the rows, heading).

    hidden: fields not shown unless asked for · spare: shown only where something is filled in, so that the print stays
    readable · counted: column whose filled cells the 合计 row counts.
    """

    table: str
    order: tuple[str | tuple[str, str], ...]
    hidden: tuple[str, ...] = ("county",)
    spare: tuple[str, ...] = ()
    counted: tuple[str, str] = ("", "")
    frozen: int = 0
    wide: dict[str, float] = field(default_factory=dict)


HOUSEHOLDS = Plan(
    "household",
    (
        "township", "village", ("_former_village", "原村"), "group", "household_id", "head_name", "head_id", "household_type",
        "recipient_category", "member_count", "labour_count", "cause", "net_income", "income_per_capita",
        "main_income_source", "farmland_mu", "housing", "demand", "phone", ("_helpers", "帮扶责任人"),
        "identified_on", "status", "remark",
    ),
    spare=("_former_village", "recipient_category", "main_income_source", "farmland_mu", "housing", "demand", "identified_on", "status"),
    counted=("head_name", '0"户"'), frozen=6,
)  # fmt: skip
MEMBERS = Plan(
    "member",
    (
        ("_township", "乡镇"), ("_village", "行政村"), ("_group", "村民组"), ("_household_id", "户编号"),
        ("_head_name", "户主姓名"), "name", "relation", "gender", "id_number", "birth_date", "ethnicity",
        "education", "school_status", "health", "labour_ability", "disability_cert", "disability_grade", "phone",
        "remark",
    ),
    hidden=("county", "township", "village", "group", "household_id", "head_name"),
    spare=(
        "ethnicity", "education", "school_status", "health", "labour_ability", "disability_cert", "disability_grade",
        "phone",
    ),
    counted=("name", '0"人"'), frozen=7,
)  # fmt: skip
PAIRINGS = Plan(
    "pairing",
    (
        ("_township", "乡镇"), ("_village", "行政村"), ("_group", "村民组"), ("_household_id", "户编号"),
        ("_recipient_name", "帮扶对象"), ("_household_type", "户类型"), ("_member_count", "家庭人口"),
        "recipient_phone", "helper_name", "helper_unit", "helper_position", "helper_phone", "pattern", "is_lead",
        "started_on", "ended_on", "remark",
    ),
    hidden=(
        "county", "township", "village", "villager_group", "household_id", "recipient_name", "recipient_id",
        "recipient_kind", "helper_kind",
    ),
    spare=("recipient_phone", "helper_position", "pattern", "is_lead", "ended_on"),
    counted=("_recipient_name", '0"对"'), frozen=6,
)  # fmt: skip
VISITS = Plan(
    "visit",
    (
        "visited_on", ("_township", "乡镇"), ("_village", "行政村"), ("_group", "村民组"),
        ("_household_id", "户编号"), ("_head_name", "户主姓名"), "visitors", "helper_unit", "kind", "mode",
        "content", "help_category", "opinions", "problems", "next_step", "remark",
    ),
    hidden=("county", "township", "village", "villager_group", "household_id", "head_name", "head_id"),
    spare=("helper_unit", "kind", "help_category", "opinions", "next_step"),
    counted=("visited_on", '0"户次"'), frozen=2,
)  # fmt: skip

_SHOWN_BY_TOWNSHIP = {"township", "_township"}


def ledger_columns(plan: Plan, table: Table, rows: pd.DataFrame, *, one_township: bool) -> tuple[Column, ...]:
    """The columns of `plan` that the table has, then its other fields that hold something, then 数据状态.

    rows: those of the whole county, so that all its townships get the same columns. The township's own ledger says
    which township it is in the title.
    """
    names = {_name(entry) for entry in plan.order}
    extra = tuple(
        f.name for f in table.fields
        if f.name not in names and f.name not in plan.hidden and _holds_something(rows, f.name)
    )  # fmt: skip
    order: list[str | tuple[str, str]] = [
        entry for entry in plan.order if _name(entry) not in plan.spare or _holds_something(rows, _name(entry))
    ]
    order[-1:-1] = extra  # before 备注
    columns = [_column(plan, table, rows, entry) for entry in order]
    kept = [
        c for c in columns if c is not None and not (one_township and c.source in _SHOWN_BY_TOWNSHIP)
    ]  # fmt: skip
    return (*kept, Column("数据状态", STATE, align="center", widest=22))


def _name(entry: str | tuple[str, str]) -> str:
    return entry if isinstance(entry, str) else entry[0]


def _holds_something(rows: pd.DataFrame, name: str) -> bool:
    """Whether any row has a value, or one that was withheld."""
    return name in rows and (WITHHELD + name in rows or bool(rows[name].notna().any()))


def _column(plan: Plan, table: Table, rows: pd.DataFrame, entry: str | tuple[str, str]) -> Column | None:
    name, title = (entry, "") if isinstance(entry, str) else entry
    if name not in rows:
        return None
    if title:
        count = plan.counted[1] if name == plan.counted[0] else ""
        numeric = pd.api.types.is_numeric_dtype(rows[name].dtype)
        form = CellForm.NUMBER if numeric else CellForm.TEXT
        shown = "0" if numeric else "@"
        return Column(
            title, name, form, shown, "center", widest=_WIDEST, total="count" if count else "", total_format=count
        )
    return field_column(table[name], counted=plan.counted[1] if name == plan.counted[0] else "")


def field_column(declared: Field, *, counted: str = "") -> Column:
    """A field as a column: heading with its unit, form and format of its kind, width fitted to what it holds."""
    kind = declared.kind
    name = declared.name
    number_format = kind.number_format.replace(*_PLAIN_DECIMALS)
    form = _form(kind.dtype)
    total = "count" if counted else "sum" if name in _SUMMED and form is CellForm.NUMBER else ""
    return Column(
        heading(declared), name, form, number_format, _align(declared, form), widest=declared.width, total=total, total_format=counted,
        precision=f"{name}__precision" if form is CellForm.DATE else "",
        approx=f"{name}__approx" if form is CellForm.NUMBER else "", withheld=WITHHELD + name,
    )  # fmt: skip


def heading(declared: Field) -> str:
    """The label, and below it the unit in brackets where the label does not say it."""
    unit = declared.unit
    said = not unit or unit in ("人", "户") or unit in declared.label
    return declared.label if said else f"{declared.label}\n（{unit}）"


def _align(declared: Field, form: CellForm) -> str:
    """Short values in the middle, as on printed forms; sentences at the left, sums at the right."""
    if form is CellForm.NUMBER:
        return "center" if declared.kind.dtype == "Int64" else "right"
    return "center" if declared.width < _LONG_TEXT else "left"


def _form(dtype: str) -> CellForm:
    if dtype in ("Int64", "Float64"):
        return CellForm.NUMBER
    return CellForm.DATE if dtype.startswith("datetime64") else CellForm.TEXT
