"""From a frame's column to cells: forms, formats, precision, what is withheld."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from xlsxwriter.format import Format

from bangfu_excel.write.stream import CellColumn, CellForm
from bangfu_excel.write.styles import APPROX_PREFIX, DATE_FORMATS, TEXT_FORMAT, Styles, Tint

_YES_NO = ("是", "否")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    title: of the header · source: column of the rows ("" for a formula without one) · form: what its cells are.
    width: in half-widths, 0 to fit texts of up to `widest` (longer ones are wrapped) · total: "", "sum", "count", or "ratio": the sum
    of the first column named in `ratio` divided by that of the second.
    precision, approx, withheld: columns of the rows that say a date's precision, that a number is about, that the value
    is withheld · formats: column that holds each cell's own number format · tint: column that holds a `Tint` for the cell · link: column that holds where the cell links to.
    formula: with {row} for Excel's row number; formulas: column that holds each row's own; `source` holds the values that it gives.
    """

    title: str
    source: str = ""
    form: CellForm = CellForm.TEXT
    number_format: str = TEXT_FORMAT
    align: str = "left"
    width: float = 0
    widest: float = 36
    wrap: bool = True
    total: str = ""
    total_format: str = ""
    ratio: tuple[str, str] = ("", "")
    precision: str = ""
    approx: str = ""
    formats: str = ""
    withheld: str = ""
    tint: str = ""
    link: str = ""
    formula: str = ""
    formulas: str = ""


@dataclass(frozen=True, slots=True)
class _Look:
    """What can differ between the cells of a column."""

    number_format: str
    tint: Tint = Tint.NONE
    linked: bool = False


def cell_column(column: Column, rows: pd.DataFrame, styles: Styles) -> CellColumn:
    """The cells of `column` for these rows, each with its format."""
    values = _array(rows[column.source], column.form)
    formats, picked = _formats(column, rows, styles)
    own = _array(rows[column.formulas], CellForm.TEXT) if column.formulas else None
    return CellColumn(values, column.form, formats, picked, column.formula, own)


def total_value(column: Column, rows: pd.DataFrame) -> float | None:
    """What the 合计 formula of `column` gives when nothing is filtered away. None for a sum of nothing: it is not 0."""
    values = rows[column.source]
    if column.total == "ratio":
        top, bottom = (float(rows[source].sum()) for source in column.ratio)
        return top / bottom if bottom else None
    if values.isna().all():
        return None
    if column.total == "sum":
        return float(values.sum())
    blank = values.isna() if column.form is not CellForm.TEXT else values.isna() | (values.astype("str") == "")
    return float((~blank).sum())


def _array(values: pd.Series, form: CellForm) -> pa.Array:
    if form is CellForm.TEXT and pd.api.types.is_bool_dtype(values.dtype):
        flags = pa.array(values, type=pa.bool_(), from_pandas=True)
        return pc.if_else(flags, *_YES_NO)
    wanted = pa.string() if form is CellForm.TEXT else None
    array = pa.array(values, type=wanted, from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _formats(column: Column, rows: pd.DataFrame, styles: Styles) -> tuple[tuple[Format, ...], NDArray[np.int8] | None]:
    """The formats in use, and which one each row has."""
    wanted: list[tuple[_Look, NDArray[np.bool_]]] = []  # later ones win
    plain = column.number_format
    if column.formats:
        own = rows[column.formats]
        wanted += [(_Look(form), _true(own == form)) for form in own.unique()]
    if column.link:
        wanted.append((_Look(plain, linked=True), _true(rows[column.link].fillna("") != "")))
    if column.precision in rows:
        coarse = rows[column.precision]
        wanted += [(_Look(DATE_FORMATS[name]), _true(coarse == name)) for name in ("month", "year")]
    if column.approx in rows:
        wanted.append((_Look(APPROX_PREFIX + plain), _true(rows[column.approx])))
    if column.tint in rows:
        tints = rows[column.tint]
        wanted += [(_Look(plain, tint), _true(tints == str(tint))) for tint in Tint if tint]
    if column.withheld in rows:
        wanted.append((_Look(plain, Tint.WITHHELD), _true(rows[column.withheld])))
    used = [(look, where) for look, where in wanted if where.any()]
    picked = np.zeros(len(rows), dtype=np.int8)
    for index, (_, where) in enumerate(used, start=1):
        picked[where] = index
    wrap = column.wrap and column.form is CellForm.TEXT
    formats = tuple(
        styles.body(look.number_format, align=column.align, wrap=wrap, tint=look.tint, link=look.linked)
        for look in (_Look(plain), *(look for look, _ in used))
    )
    return formats, picked if used else None


def _true(mask: pd.Series) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = mask.fillna(False).to_numpy(dtype=bool)
    return found
