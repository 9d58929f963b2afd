"""Which columns a sheet of a ledger has, and how a field, a derived column or a recipient's name becomes one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from bangfu_excel.core.kinds.base import Kind
from bangfu_excel.core.ledger import Derived, LedgerSheet
from bangfu_excel.core.ledger_terms import NAME, NUMBER, PLACES, Term, Terms
from bangfu_excel.core.masking import masked_values, masked_words
from bangfu_excel.core.scheme import AreaLevel
from bangfu_excel.core.table import Field, Privacy
from bangfu_excel.write.cells import Column
from bangfu_excel.write.ledger_rows import TINT
from bangfu_excel.write.row_state import STATE, WITHHELD
from bangfu_excel.write.stream import CellForm

_PLAIN_DECIMALS = (".##", ".00")  # Excel shows 12 as “12.” in the first
_LONG_TEXT = 24  # a column this wide holds sentences
_WIDEST = 16
_COUNTY = "county"  # the title says it
_REMARK = "remark"
_CALLED = {NUMBER: "户编号", NAME: "帮扶对象"}
_SAID_BY_TITLE: dict[AreaLevel, tuple[str, ...]] = {
    "township": ("township", PLACES[0]),
    "village": ("township", "village", *PLACES[:2]),
}


def ledger_columns(
    sheet: LedgerSheet, terms: Terms, rows: pd.DataFrame, *, level: AreaLevel = "county", public: bool = False,
) -> tuple[Column, ...]:  # fmt: skip
    """The columns of a list or profile, then the table's other fields that hold something, then 数据状态.

    rows: those of the whole county, so that all its areas get the same columns · level: whose it is: what the title says is left
    out · public: without what the public must not see.
    """
    spare = frozenset(terms.apart(sheet.table, sheet.spare))
    shown = [name for name in terms.columns(sheet) if name not in spare or _holds_something(rows, name)]
    shown = _with_rest(sheet, terms, rows, shown)
    said = frozenset(_SAID_BY_TITLE.get(level, ()))
    if sheet.kind == "profile":  # the first rows say whose column it is
        shown = list(dict.fromkeys((*terms.place(sheet.table), *shown)))
        said = frozenset()
    columns = []
    for name in shown:
        term = terms.term(sheet.table, name)
        if term is None or name not in rows or name in said or (public and privacy(term) is Privacy.HIDDEN):
            continue
        columns.append(_column(sheet, term, rows, terms))
    if public:
        columns = [replace(column, withheld="") for column in columns]
    if public or (sheet.kind == "profile" and not rows[STATE].notna().any()):
        return tuple(columns)
    return (*columns, Column("数据状态", STATE, align="center", widest=22))


def _with_rest(sheet: LedgerSheet, terms: Terms, rows: pd.DataFrame, shown: list[str]) -> list[str]:
    """`shown` and, before 备注, what else is filled in of the table's fields."""
    if not sheet.rest:
        return shown
    named = {*terms.columns(sheet), *sheet.hidden, *terms.replaced(sheet.table, terms.columns(sheet)), _COUNTY}
    extra = [n for n in terms.tables[sheet.table].names if n not in named and _holds_something(rows, n)]
    if shown[-1:] == [_REMARK]:
        return [*shown[:-1], *extra, _REMARK]
    return [*shown, *extra]


def _holds_something(rows: pd.DataFrame, name: str) -> bool:
    """Whether any row has a value, or one that was withheld."""
    return name in rows and (WITHHELD + name in rows or bool(rows[name].notna().any()))


def _column(sheet: LedgerSheet, term: Term, rows: pd.DataFrame, terms: Terms) -> Column:
    if term.field is not None:
        column = field_column(term.field)
        if term.name != column.source:  # the recipient's: what is said of the row's own column is not said of it
            column = replace(column, source=term.name, precision="", approx="", withheld="")
    elif term.derived is not None:
        column = _derived_column(term.derived, rows[term.name], term.name)
    else:
        column = Column(_said_of_recipient(terms, sheet.table, term.name), term.name, align="center", widest=_WIDEST)
    wanted = sheet.total.get(term.name, "")
    total = "" if not wanted else "sum" if wanted == "sum" and column.form is CellForm.NUMBER else "count"
    return replace(
        column,
        title=sheet.headings.get(term.name, column.title),
        total=total,
        total_format=f'0"{wanted}"' if total == "count" and wanted != "sum" else "",
    )


def _said_of_recipient(terms: Terms, table: str, name: str) -> str:
    """The heading of what a recipient of any kind is called; of where it is, what the table calls that itself."""
    return _CALLED.get(name) or terms.tables[table][terms.own_words(table)[name]].label


def field_column(declared: Field) -> Column:
    """A field as a column: heading with its unit, form and format of its kind, width fitted to what it holds."""
    kind = declared.kind
    name = declared.name
    form = _form(kind.dtype)
    return Column(
        heading(declared.label, declared.unit), name, form, _number_format(kind), _align(declared, form), widest=declared.width,
        precision=f"{name}__precision" if form is CellForm.DATE else "",
        approx=f"{name}__approx" if form is CellForm.NUMBER else "", withheld=WITHHELD + name,
    )  # fmt: skip


def _number_format(kind: Kind) -> str:
    return kind.number_format.replace(*_PLAIN_DECIMALS)


def _derived_column(derived: Derived, values: pd.Series, source: str) -> Column:
    form = _form(str(values.dtype))
    plain = {
        CellForm.NUMBER: "#,##0.00" if pd.api.types.is_float_dtype(values.dtype) else "0",
        CellForm.DATE: "yyyy-mm-dd",
    }
    return Column(
        heading(derived.title, derived.unit), source, form, derived.number_format or plain.get(form, "@"),
        "center" if derived.width < _LONG_TEXT else "left", widest=derived.width, tint=TINT + source,
    )  # fmt: skip


def heading(label: str, unit: str) -> str:
    """The label, and below it the unit in brackets where the label does not say it."""
    said = not unit or unit in ("人", "户") or unit in label
    return label if said else f"{label}\n（{unit}）"


def _align(declared: Field, form: CellForm) -> str:
    """Short values in the middle, as on printed forms; sentences at the left, sums at the right."""
    if form is CellForm.NUMBER:
        return "center" if declared.kind.dtype == "Int64" else "right"
    return "center" if declared.width < _LONG_TEXT else "left"


def _form(dtype: str) -> CellForm:
    if dtype.lower().startswith(("int", "float", "uint")):
        return CellForm.NUMBER
    return CellForm.DATE if dtype.startswith("datetime64") else CellForm.TEXT


def privacy(term: Term) -> Privacy:
    """What the public sees of a column."""
    if term.field is not None:
        return term.field.privacy
    if term.derived is not None:
        return term.derived.privacy
    return Privacy.NAME if term.name == NAME else Privacy.NONE


def for_the_public(rows: pd.DataFrame, columns: Collection[Column], sheet: LedgerSheet, terms: Terms) -> pd.DataFrame:
    """The rows with what these columns show masked: private values, and numbers of persons in running text."""
    changed = {}
    for column in columns:
        term = terms.term(sheet.table, column.source)
        kind = privacy(term) if term else Privacy.NONE
        if kind is not Privacy.NONE:
            changed[column.source] = masked_values(rows[column.source], kind)
        elif column.form is CellForm.TEXT and not pd.api.types.is_bool_dtype(rows[column.source].dtype):
            changed[column.source] = masked_words(rows[column.source])
    return rows.assign(**changed)
