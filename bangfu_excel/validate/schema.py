"""A table as a pandera schema: what must hold for the typed values of each column by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd
import pandera.pandas as pa
from pandera.pandas import DataFrameSchema

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.kinds.base import Check, Context
from bangfu_excel.core.messages.validate import NOT_IN_LIST, OUT_OF_BOUNDS
from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.core.table import Field, Table
from bangfu_excel.validate.wording import say_range

__all__ = ["DataFrameSchema", "column_schema", "field_checks"]

_OPTIONS_SHOWN = 12


def column_schema(
    table: Table, codelists: Mapping[str, CodeList], as_of: dt.date | None = None, *, cases: int | None = None
) -> DataFrameSchema:
    """The schema of the typed rows of `table`; validate with `lazy=True`. Each check is named with its message's code.

    Never coerces (one bad cell would hide the column's other faults); no column is required, every value may be missing,
    other columns are ignored. `cases`: failure cases that pandera keeps of each check (all by default).
    """
    return DataFrameSchema(
        {f.name: _column(f, field_checks(f, codelists, as_of), cases) for f in table.fields},
        name=table.name,
        title=table.label,
        strict=False,
        coerce=False,
    )


def field_checks(field: Field, codelists: Mapping[str, CodeList], as_of: dt.date | None) -> tuple[Check, ...]:
    """What must hold for the values of `field`: the checks of its kind, its bounds, its code list."""
    codes = codelists.get(field.codelist)
    own = field.kind.checks(Context(field=field, codes=codes, as_of=as_of))
    return (*own, *_bounds(field), *_codes(field, codes))


def _column(field: Field, checks: tuple[Check, ...], cases: int | None) -> pa.Column:
    return pa.Column(
        field.kind.dtype,
        [
            pa.Check(check.passes, name=check.message.code, error=check.message.title, n_failure_cases=cases)
            for check in checks
        ],
        nullable=True,
        required=False,
        title=field.label,
        description=field.help or None,
    )


def _bounds(field: Field) -> Iterator[Check]:
    if field.low is None and field.high is None:
        return

    def within(values: pd.Series) -> pd.Series:
        return values.between(
            field.low if field.low is not None else float("-inf"),
            field.high if field.high is not None else float("inf"),
        )

    yield Check(OUT_OF_BOUNDS, within, {"range": say_range(field.low, field.high) + field.unit})


def _codes(field: Field, codes: CodeList | None) -> Iterator[Check]:
    if codes is None:
        return
    labels = frozenset(codes.labels)

    def listed(values: pd.Series) -> pd.Series:
        stated = (str(v) for v in values.dropna().unique())  # 市、地区 is one label
        wrong = [v for v in stated if v not in labels and not labels.issuperset(v.split(SEPARATOR))]
        return ~values.isin(wrong)

    shown = "、".join(codes.labels[:_OPTIONS_SHOWN]) + ("等" if len(codes.labels) > _OPTIONS_SHOWN else "")
    yield Check(NOT_IN_LIST, listed, {"options": shown})
