"""Free text, places and units."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bangfu_excel.core.kinds.base import BLANK, Context, Kind, Parsed
from bangfu_excel.core.kinds.clean import (
    DASHES,
    NOTHING,
    SPACE,
    among,
    matches,
    narrow,
    trim,
    unspaced,
    whole,
)
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.raw import Cell, CellType, cell_text

_UNTIDY = f"^[{SPACE}]|[{SPACE}]$"
_SPACED = f"[{SPACE}０-９Ａ-Ｚａ-ｚ]"


class Text(Kind):
    """Free text, kept as written; white space at its ends goes without a word. A lone stroke is missing, 无 is text."""

    name = "text"
    title = "文字"
    repeats = True

    def parse(self, cell: Cell, context: Context) -> Parsed:
        text = trim(cell_text(cell))
        if text in DASHES:
            return Parsed(note=say.BLANK_WORD)
        return Parsed(text) if text else BLANK

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return ~(matches(texts, _UNTIDY) | among(texts, DASHES))

    def plain_numbers(self, numbers: NDArray[np.float64], context: Context) -> NDArray[np.bool_]:
        return whole(numbers)


class Place(Kind):
    """A township, village or group: no spaces, digits in half width; brackets and the rest as written. 无 is missing."""

    name = "place"
    title = "地名"
    repeats = True

    def parse(self, cell: Cell, context: Context) -> Parsed:
        if cell.type is CellType.DATE:
            return Parsed(problem=say.WRONG_TYPE, words={"stored": "日期"})
        written = trim(cell_text(cell))
        text = narrow(unspaced(written))
        if written in NOTHING or text in NOTHING:
            return Parsed(note=say.BLANK_WORD)
        if not text:
            return BLANK
        return Parsed(text, note=say.REWRITTEN if text != written else None)

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return ~(matches(texts, _SPACED) | among(texts, NOTHING))

    def plain_numbers(self, numbers: NDArray[np.float64], context: Context) -> NDArray[np.bool_]:
        return whole(numbers)


class Organisation(Place):
    """The name of a unit, school or company: read as a place is."""

    name = "organisation"
    title = "单位名称"
