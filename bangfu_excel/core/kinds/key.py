"""Identifiers such as 户编号."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bangfu_excel.core.kinds.base import BLANK, Context, Kind, Parsed
from bangfu_excel.core.kinds.clean import NOTHING, SCIENTIFIC, matches, narrow, trim, unspaced, unwrap, whole
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.raw import Cell, CellType, cell_text

_PLAIN = r"^[0-9A-Za-z][0-9A-Za-z_.\-]*$"
_PRINTED = r"^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$"
_SEPARATORS = re.compile(r"[、，,；;/／|\n\r]+|(?<=[0-9])(?:[和及与]|\s+(?=[A-Za-z]))")
_NUMBER = re.compile(r"(?=.*[0-9])[0-9A-Za-z_.\-]{3,}")


class Key(Kind):
    """An identifier: the text as written, without spaces and in half width.

    A stored whole number of up to 15 digits is its digits; a longer one has lost its last digits in Excel (ID23).
    """

    name = "key"
    title = "编号"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        problem = stored_wrongly(cell)
        if problem:
            return problem
        written = cell_text(cell)
        text = narrow(unwrap(unspaced(written)))
        if trim(written) in NOTHING or text in NOTHING:
            return Parsed(note=say.BLANK_WORD)
        if not text:
            return BLANK
        if len(several(written)) > 1:
            return Parsed(problem=say.SEVERAL_KEYS)
        return Parsed(text, note=say.REWRITTEN if text != written else None)

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return matches(texts, _PLAIN) & ~matches(texts, _PRINTED)

    def plain_numbers(self, numbers: NDArray[np.float64], context: Context) -> NDArray[np.bool_]:
        return whole(numbers)


class Keys(Key):
    """Identifiers, several of them joined with 、 in the order written."""

    name = "keys"
    title = "编号（可多个）"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        written = cell_text(cell)
        parts = several(written)
        if len(parts) < 2:
            return super().parse(cell, context)
        text = "、".join(dict.fromkeys(parts))
        return Parsed(text, note=say.LISTED if text != written else None)


def several(written: str) -> list[str]:
    """The identifiers in a cell that holds more than one (QS001/QS002); empty where it is one, or none can be told."""
    parts = [narrow(unwrap(unspaced(part))) for part in _SEPARATORS.split(trim(written))]
    parts = [part for part in parts if part]
    return parts if len(parts) > 1 and all(_NUMBER.fullmatch(part) for part in parts) else []


def stored_wrongly(cell: Cell) -> Parsed | None:
    """The problem of a number of digits that Excel has spoilt: stored as a number of 16 or more digits, a date, TRUE."""
    value = cell.value
    if cell.type is CellType.NUMBER and isinstance(value, int | float) and abs(value) >= 1e15:
        return Parsed(problem=say.PRECISION_LOST)
    if cell.type is CellType.TEXT and SCIENTIFIC.fullmatch(unspaced(str(value))):
        return Parsed(problem=say.PRECISION_LOST)
    if cell.type in (CellType.DATE, CellType.BOOLEAN):
        return Parsed(problem=say.WRONG_TYPE, words={"stored": "日期" if cell.type is CellType.DATE else "逻辑值"})
    return None
