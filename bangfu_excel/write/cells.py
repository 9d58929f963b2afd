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
    width: in half-widths, 0 to fit the content (never wider than `widest`) · total: "", "sum" or "count".
    precision, approx, withheld: columns of the rows that say a date's precision, that a number is about, that the value
    is withheld · tint: column that holds a `Tint` for the cell · link: column that holds where the cell links to.
    formula: with {row} for Excel's row number; the column `source` holds the values that it gives.
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
    precision: str = ""
    approx: str = ""
    withheld: str = ""
    tint: str = ""
    link: str = ""
    formula: str = ""


def cell_column(column: Column, rows: pd.DataFrame, styles: Styles) -> CellColumn:
    """The cells of `column` for these rows, each with its format."""
    values = _array(rows[column.source], column.form)
    formats, picked = _formats(column, rows, styles)
    return CellColumn(values, column.form, formats, picked, column.formula)


def total_value(column: Column, rows: pd.DataFrame) -> float:
    """What the 合计 formula of `column` gives when nothing is filtered away."""
    values = rows[column.source]
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
    wanted: list[tuple[str, Tint, NDArray[np.bool_]]] = []  # number format, fill, rows; later ones win
    plain = column.number_format
    if column.precision in rows:
        coarse = rows[column.precision]
        wanted += [(DATE_FORMATS[name], Tint.NONE, _true(coarse == name)) for name in ("month", "year")]
    if column.approx in rows:
        wanted.append((APPROX_PREFIX + plain, Tint.NONE, _true(rows[column.approx])))
    if column.tint in rows:
        tints = rows[column.tint]
        wanted += [(plain, tint, _true(tints == str(tint))) for tint in Tint if tint]
    if column.withheld in rows:
        wanted.append((plain, Tint.WITHHELD, _true(rows[column.withheld])))
    used = [(number_format, tint, where) for number_format, tint, where in wanted if where.any()]
    picked = np.zeros(len(rows), dtype=np.int8)
    for index, (_, _, where) in enumerate(used, start=1):
        picked[where] = index
    looks = [(plain, Tint.NONE), *((number_format, tint) for number_format, tint, _ in used)]
    formats = tuple(
        styles.body(
            number_format,
            align=column.align,
            wrap=column.wrap and column.form is CellForm.TEXT,
            tint=tint,
            link=bool(column.link),
        )
        for number_format, tint in looks
    )
    return formats, picked if used else None


def _true(mask: pd.Series) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = mask.fillna(False).to_numpy(dtype=bool)
    return found
