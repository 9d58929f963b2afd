"""Conditions as a clerk writes them (乡镇=清水镇；致贫原因=因病、因残；家庭人口数≥3), read once and asked of rows."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.core.places import group_key, place_key
from bangfu_excel.core.table import Field, Table
from bangfu_excel.profile.toml import did_you_mean

_CLAUSES = re.compile(r"[；;\n]")
_CLAUSE = re.compile(r"(.+?)\s*(≠|!=|<>|≥|>=|≤|<=|＝|=|＞|>|＜|<)\s*(.+)", re.S)
_VALUES = re.compile(r"[、|，,]")
_SIGNS = {"!=": "≠", "<>": "≠", ">=": "≥", "<=": "≤", "＝": "=", "＞": ">", "＜": "<"}
_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "≥": operator.ge, "≤": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
BLANK = "空白"
_PLACES = frozenset({"township", "village"})
_GROUPS = frozenset({"group", "villager_group"})


class ConditionError(Exception):
    """What is wrong with a condition, for a sentence that begins with its cell."""


@dataclass(frozen=True)
class Clause:
    """One field and what is asked of it. of_home: it is a field of the household that the row means.

    values: texts, numbers (in `compared`) or matching forms, any of which will do; none: whether anything stands there.
    """

    field: Field
    sign: str
    values: tuple[object, ...]
    of_home: bool = False

    def holds(self, column: pd.Series) -> pd.Series:
        """Where the clause holds; nowhere that nothing is said, unless it is asked whether something is."""
        if not self.values:
            return column.isna() if self.sign == "=" else column.notna()
        if self.sign in _COMPARE:
            return _COMPARE[self.sign](column, self.values[0]).fillna(False).astype(bool)
        same = self._among(column)
        return (same if self.sign == "=" else ~same) & column.notna()

    def _among(self, column: pd.Series) -> pd.Series:
        if not pd.api.types.is_string_dtype(column.dtype):
            return column.isin(list(self.values)).fillna(False).astype(bool)
        if self.field.kind.name == "codes":
            wanted = "|".join(re.escape(f"{SEPARATOR}{value}{SEPARATOR}") for value in self.values)
            return (SEPARATOR + column + SEPARATOR).str.contains(wanted).fillna(False).astype(bool)
        matching = matching_form(self.field)
        return each_once(column, matching).isin([matching(str(value)) for value in self.values])


def matching_form(field: Field) -> Callable[[str], str]:
    """How two texts of a field are compared: places and groups whatever they are called by, other texts folded."""
    return place_key if field.name in _PLACES else group_key if field.name in _GROUPS else fold


def clauses_of(text: str, table: Table, home: Table | None, codelists: Mapping[str, CodeList]) -> tuple[Clause, ...]:
    """The clauses of a condition; `ConditionError` where one cannot be. home: the table of households, if rows mean one."""
    parts = [part.strip() for part in _CLAUSES.split(text) if part.strip()]
    return tuple(_clause(part, table, home, codelists) for part in parts)


def _clause(text: str, table: Table, home: Table | None, codelists: Mapping[str, CodeList]) -> Clause:
    match = _CLAUSE.fullmatch(text)
    if not match:
        raise ConditionError(f"的条件“{text}”看不懂，要写成 栏目=值，例如 乡镇=清水镇")
    named, sign, said = match[1].strip(), _SIGNS.get(match[2], match[2]), match[3].strip()
    field = field_named(named, table)
    of_home = field is None and home is not None
    field = field_named(named, home) if field is None and home is not None else field
    if field is None:
        labels = [one.label for one in (*table.fields, *(home.fields if home else ()))]
        raise ConditionError(f"的条件里没有“{named}”这一栏{did_you_mean(named, labels)}")
    if said in (BLANK, "空"):
        if sign not in "=≠":
            raise ConditionError(f"的条件“{text}”：{BLANK}只能用 = 或 ≠")
        return Clause(field, sign, (), of_home)
    values = tuple(_value(part.strip(), field, codelists) for part in _VALUES.split(said) if part.strip())
    if sign in _COMPARE and (len(values) != 1 or isinstance(values[0], str | bool)):
        raise ConditionError(f"的条件“{text}”：{sign}只能用于数和日期，只写一个值")
    return Clause(field, sign, values, of_home)


def field_named(text: str, table: Table) -> Field | None:
    """The field of a table that is called so: by its label, a certain alias, or its own name."""
    wanted = fold(text)
    exact = (field for field in table.fields if wanted in (fold(field.label), fold(field.name)))
    other = (field for field in table.fields if wanted in map(fold, field.aliases))
    return next(exact, None) or next(other, None)


def _value(text: str, field: Field, codelists: Mapping[str, CodeList]) -> object:
    dtype = field.kind.dtype
    if field.codelist:
        label = codelists[field.codelist].label_of(text)
        if label is None:
            raise ConditionError(
                f"的条件里“{field.label}”没有“{text}”这一项{_nearest(text, codelists[field.codelist])}"
            )
        return label
    if dtype == "boolean":
        if text not in ("是", "否"):
            raise ConditionError(f"的条件里“{field.label}”只能写是或否")
        return text == "是"
    if dtype.startswith("datetime"):
        return _day(text, field)
    if dtype in ("Int64", "Float64"):
        return _number(text, field)
    return text


def _nearest(text: str, codes: CodeList) -> str:
    return did_you_mean(text, codes.labels)


def _day(text: str, field: Field) -> pd.Timestamp:
    try:
        return pd.Timestamp(dt.date.fromisoformat(text))
    except ValueError as error:
        raise ConditionError(f"的条件里“{field.label}”的日期“{text}”写法不对，应写成 2024-06-30") from error


def _number(text: str, field: Field) -> float:
    plain, share = text.removesuffix("%"), text.endswith("%")
    try:
        return float(plain) / (100 if share else 1)
    except ValueError as error:
        raise ConditionError(f"的条件里“{field.label}”要写数，写的是“{text}”") from error


def holding(clauses: Iterable[Clause], column: Callable[[Clause], pd.Series], rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in which all clauses hold. column: the values that a clause asks about, one for each row."""
    mask = pd.Series(True, index=rows.index)
    for clause in clauses:
        mask &= clause.holds(column(clause))
    return rows[mask]
