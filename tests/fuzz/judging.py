"""What a result of the reading layer must be, whatever the file was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from bangfu_excel.core.finding import Finding
from bangfu_excel.core.raw import CellType, RawColumn, RawSheet, RawWorkbook

ROWS, COLUMNS = 1_048_576, 16_384
_TYPES = {
    CellType.TEXT: str, CellType.NUMBER: float, CellType.BOOLEAN: bool, CellType.DATE: (dt.datetime, dt.date, dt.time),
    CellType.ERROR: str, CellType.FORMULA: str,
}  # fmt: skip


def faults(workbook: RawWorkbook | None, findings: tuple[Finding, ...]) -> list[str]:
    """What is wrong with a result: neither sheets nor a reason, or a workbook that breaks what `core.raw` promises."""
    found = [] if all(isinstance(f, Finding) and f.message for f in findings) else ["a finding without words"]
    if workbook is None:
        return found if findings else [*found, "neither sheets nor a finding"]
    if not workbook.sheets and not findings:
        found.append("no sheet and no finding")
    return found + [f"{fault}" for sheet in workbook.sheets for fault in _sheet(sheet)]


def _sheet(sheet: RawSheet) -> Iterator[str]:
    if not isinstance(sheet.name, str):
        yield "a name that is no text"
    if not (0 <= sheet.height <= ROWS and sheet.width <= COLUMNS):
        yield f"a box of {sheet.height} × {sheet.width}"
    if sheet.height and not sheet.columns:
        yield "a height without columns"
    for column in sheet.columns:
        yield from _column(column, sheet.height)
    if sheet.height and not any(c.codes[-1] for c in sheet.columns):
        yield "a last row without a value"
    if not all(0 <= row < sheet.height for row in sheet.hidden_rows):
        yield "a hidden row outside"
    if not all(0 <= column < sheet.width for column in sheet.hidden_columns):
        yield "a hidden column outside"
    for m in sheet.merges:
        if not (0 <= m.top <= m.bottom < ROWS and 0 <= m.left <= m.right < COLUMNS):
            yield "a merge turned or outside"
    for p in sheet.pictures:
        if not (0 <= p.row < ROWS and 0 <= p.column < COLUMNS):
            yield "a picture outside"


def _column(column: RawColumn, height: int) -> Iterator[str]:
    codes, values, types = column.codes, column.values, column.types
    if codes.dtype != np.int32 or types.dtype != np.uint8:
        yield f"codes {codes.dtype}, types {types.dtype}"
    if len(codes) != height:
        yield f"a column of {len(codes)} in {height} rows"
    if len(values) != len(types) or not len(values):
        yield f"{len(values)} values of {len(types)} types"
        return
    if len(codes) and not (codes.min() >= 0 and codes.max() < len(values)):
        yield "a code without a value"
    if values[0] is not None or types[0] != CellType.EMPTY:
        yield "entry 0 is not the empty cell"
    for value, kind in zip(list(values)[1:], types[1:].tolist(), strict=True):
        if kind not in _TYPES or not isinstance(value, _TYPES[CellType(kind)]):
            yield f"{type(value).__name__} as {kind}"
        elif kind == CellType.TEXT and not value:
            yield "an empty text that is not the empty cell"
        elif isinstance(value, str) and not _is_text(value):
            yield "half a character"
        elif kind == CellType.NUMBER and not np.isfinite(value):
            yield f"the number {value}"


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
