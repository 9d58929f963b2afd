"""Rows of a streaming sheet written a block at a time: XlsxWriter takes 8 µs a cell, this takes about 1 µs.

The cells are those that XlsxWriter would write (compared in tests/unit/write/test_write_stream.py); only data rows go
this way, everything else about a sheet is XlsxWriter's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from xlsxwriter.format import Format

from bangfu_excel.core.address import column_letters
from bangfu_excel.errors import DeclarationError
from bangfu_excel.write.book import MAX_ROWS, GuardedSheet, fitting

_BLOCK = 8192
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_CONTROL_RE2 = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]|_x[0-9A-Fa-f]{4}_"
_FIRST_SERIAL = 61  # 1900-03-01; before it Excel counts a day that never was
_EPOCH = np.datetime64("1899-12-30", "D")
_ROW = "{row}"


class CellForm(StrEnum):
    """How values become cells."""

    TEXT = "text"  # pa.string: stays text whatever it begins with
    NUMBER = "number"  # any number
    DATE = "date"  # pa.timestamp or pa.date32
    FORMULA = (
        "formula"  # `formula` with {row}, or one of `formulas` a row; the values are what it has been seen to give
    )


@dataclass(frozen=True, slots=True)
class CellColumn:
    """One column of a block. Missing values become blank cells that keep their format.

    styles: the formats in use · style: which of them each row has (all the first, where None).
    """

    values: pa.Array
    form: CellForm
    styles: tuple[Format, ...]
    style: NDArray[np.int8] | None = None
    formula: str = ""
    formulas: pa.Array | None = None

    def slice(self, start: int, length: int) -> CellColumn:
        """Some rows of it."""
        style = None if self.style is None else self.style[start : start + length]
        formulas = None if self.formulas is None else self.formulas.slice(start, length)
        return replace(self, values=self.values.slice(start, length), style=style, formulas=formulas)


def write_rows(
    sheet: GuardedSheet, first_row: int, columns: Sequence[CellColumn], heights: NDArray[np.float64] | None = None
) -> int:
    """Writes the columns side by side from column A, row `first_row` (from 0); the row after the last one.

    heights: of each row, in points.

    The sheet is a streaming one and nothing has been written at or below `first_row`.
    """
    count = len(columns[0].values)
    last = first_row + count
    if not sheet.constant_memory or sheet.previous_row > first_row or first_row in sheet.table or last > MAX_ROWS:
        raise DeclarationError(f"工作表“{sheet.name}”：第{first_row + 1}–{last}行不能成块写出")
    if count == 0:
        return first_row
    sheet._write_single_row(first_row)
    for start in range(0, count, _BLOCK):
        stop = min(start + _BLOCK, count)
        marks = None if heights is None else _heights(heights[start:stop])
        sheet.fh.write(_block(columns, (start, stop - start), first_row, marks))
    for corner in ((first_row, 0), (last - 1, len(columns) - 1)):
        sheet._check_dimensions(*corner)
    sheet.previous_row = last
    return last


def _heights(heights: NDArray[np.float64]) -> pa.Array:
    return pc.binary_join_element_wise('" ht="', pc.cast(pa.array(heights), pa.string()), '" customHeight="1">', "")


def _block(columns: Sequence[CellColumn], span: tuple[int, int], first_row: int, marks: pa.Array | None) -> str:
    start, length = span
    numbers = np.arange(first_row + start + 1, first_row + start + length + 1)
    rows = pc.cast(pa.array(numbers), pa.string())
    parts: list[Any] = ['<row r="', rows, '">' if marks is None else marks]
    for index, column in enumerate(columns):
        parts += (f'<c r="{column_letters(index)}', rows, '" s="')
        parts += (_styles(column, start, length), '"')
        parts.append(_rest(column.slice(start, length), rows))
    return _joined([*parts, "</row>"], length)


def _joined(parts: list[Any], length: int) -> str:
    """The parts, text or arrays of text, put together row by row."""
    scalars = [pa.scalar(part) if isinstance(part, str) else part for part in parts]
    joined = pc.binary_join_element_wise(*scalars, "")
    if len(joined) != length or joined.null_count:
        raise DeclarationError("成块写出的各列长度不一致")
    if isinstance(joined, pa.ChunkedArray):
        joined = joined.combine_chunks()
    content: bytes = joined.buffers()[2].to_pybytes()
    return content.decode()


def _styles(column: CellColumn, start: int, length: int) -> Any:
    names = [str(style._get_xf_index()) for style in column.styles]
    if column.style is None:
        return names[0]
    return pa.array(names).take(pa.array(column.style[start : start + length]))


def _rest(column: CellColumn, rows: pa.Array) -> pa.Array:
    """What follows the style of each cell: its type, its value, its end."""
    values = column.values
    if column.form is CellForm.TEXT:
        return _text(values)
    if column.form is CellForm.DATE:
        return _date(values)
    if column.form is CellForm.FORMULA:
        return _formula(values, rows, column.formula, column.formulas)
    return pc.fill_null(_number(values), "/>")


def _number(values: pa.Array) -> pa.Array:
    if pa.types.is_floating(values.type):
        values = pc.if_else(pc.is_finite(values), values, pa.scalar(None, values.type))
    return pc.binary_join_element_wise("><v>", pc.cast(values, pa.string()), "</v></c>", "")


def _text(values: pa.Array) -> pa.Array:
    if values.null_count == len(values):
        return pa.repeat("/>", len(values))
    coded = pc.cast(values, pa.string()).dictionary_encode()
    return pc.fill_null(_text_ends(coded.dictionary).take(coded.indices), "/>")


def _text_ends(texts: pa.Array) -> pa.Array:
    """One cell's end for each distinct text; the empty text is no value."""
    odd = pc.or_(pc.greater(pc.utf8_length(texts), 16_000), pc.match_substring_regex(texts, _CONTROL_RE2))
    if pc.any(odd).as_py():
        texts = pa.array([_escaped_controls(fitting(text)) for text in texts.to_pylist()])
    spaced = pc.match_substring_regex(texts, r"^\s|\s$")
    for char, entity in _ESCAPES:
        texts = pc.replace_substring(texts, char, entity)
    opening = pc.if_else(spaced, '<t xml:space="preserve">', "<t>")
    ends = pc.binary_join_element_wise(' t="inlineStr"><is>', opening, texts, "</t></is></c>", "")
    return pc.if_else(pc.equal(texts, ""), "/>", ends)


def _escaped_controls(text: str) -> str:
    """Control characters as _xHHHH_, and what already looks like that with its first _ escaped, as Excel does."""
    return _CONTROL.sub(lambda found: _escape(found.group()), text)


def _escape(found: str) -> str:
    return f"_x{ord(found[0]):04X}_" + found[1:]


def _date(values: pa.Array) -> pa.Array:
    days = pc.cast(pc.cast(values, pa.date32(), safe=False), pa.int32())
    serials = pc.subtract(days, pa.scalar(int(_EPOCH.astype("int64")), pa.int32()))
    ends = _number(serials)
    if (pc.min(serials).as_py() or _FIRST_SERIAL) < _FIRST_SERIAL:
        ends = pc.if_else(pc.less(serials, _FIRST_SERIAL), _text(pc.strftime(values, "%Y-%m-%d")), ends)
    return pc.fill_null(ends, "/>")


def _formula(values: pa.Array, rows: pa.Array, formula: str, own: pa.Array | None = None) -> pa.Array:
    pieces: list[Any] = []
    for number, piece in enumerate(_xml(formula.removeprefix("=")).split(_ROW)):
        pieces += ([rows] if number else []) + [piece]
    if own is not None:
        pieces = [pa.array([_xml(text.removeprefix("=")) for text in own.to_pylist()])]
    textual = pa.types.is_string(values.type) or pa.types.is_large_string(values.type)
    cached = pc.fill_null(pc.cast(values, pa.string()), "")
    if textual:
        for char, entity in _ESCAPES:
            cached = pc.replace_substring(cached, char, entity)
    head = ' t="str"><f>' if textual else "><f>"
    return pc.binary_join_element_wise(head, *pieces, "</f><v>", cached, "</v></c>", "")


def _xml(text: str) -> str:
    for char, entity in _ESCAPES:
        text = text.replace(char, entity)
    return text
