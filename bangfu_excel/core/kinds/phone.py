"""Phone numbers."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from bangfu_excel.core.kinds.base import BLANK, Check, Context, Kind, Parsed
from bangfu_excel.core.kinds.clean import NOTHING, SPACE, bare, matches, passing, text_array, trim, unspaced
from bangfu_excel.core.kinds.key import stored_wrongly
from bangfu_excel.core.messages import kinds as check
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.raw import Cell, cell_text

_MOBILE = r"1[3-9][0-9]{9}"
_ELEVEN = r"[1-9][0-9]{10}"
_LANDLINE = r"0(?:10|2[0-9])-?[2-9][0-9]{6,7}(?:-[0-9]{1,5})?|0[3-9][0-9]{2}-?[2-9][0-9]{6,7}(?:-[0-9]{1,5})?"
_LOCAL = r"[2-9][0-9]{6,7}"
_AREA = re.compile(r"(010|02\d|0[3-9]\d{2})-?([2-9]\d{6,7})((?:-\d{1,5})?)")
_COUNTRY = re.compile(r"^(?:\+|00)86-?")
_PARTS = re.compile(r"[、，,；;/|\n\r]+|或")
_SPACED = re.compile(f"(?<=[0-9０-９]{{7}})[{SPACE}]+(?=[0-9０-９]{{7}})")
_STORED = re.compile(r"([0-9]{11})\.0")  # a stored number that some program wrote out as text
_LABEL = re.compile(r"^(?:手机|电话|联系电话|座机|固话)(?:号码?)?[:：]?")
_STROKES = str.maketrans("—–‐‑‒―－_", "--------")


class Phone(Kind):
    """One or several phone numbers as digits, joined with 、; a landline as 0571-88881234. Stored numbers are their digits."""

    name = "phone"
    title = "电话号码"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        problem = stored_wrongly(cell)
        if problem:
            return problem
        written = cell_text(cell)
        if trim(written) in NOTHING:
            return Parsed(note=say.BLANK_WORD)
        numbers = [_number(part) for part in _PARTS.split(_SPACED.sub("、", trim(written)))]
        numbers = [number for number in dict.fromkeys(numbers) if number]
        text = "、".join(numbers)
        if text in NOTHING:
            return Parsed(note=say.BLANK_WORD)
        if not text:
            return BLANK if not trim(written) else Parsed(written)
        if len(numbers) > 1:
            return Parsed(text, note=say.SEVERAL_PHONES)
        return Parsed(text, note=say.REWRITTEN if text != written else None)

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return matches(texts, r"^1[0-9]{10}$")

    def plain_numbers(self, numbers: NDArray[np.float64], context: Context) -> NDArray[np.bool_]:
        return np.asarray((numbers >= 1e10) & (numbers < 2e10) & (numbers == np.floor(numbers)), dtype=bool)

    def checks(self, context: Context) -> tuple[Check, ...]:
        return (Check(check.PHONE_LENGTH, _right_length), Check(check.PHONE_PREFIX, _right_prefix))


def _number(part: str) -> str:
    """The digits of one phone number; a landline with a dash after its area code; other text without spaces."""
    text = _LABEL.sub("", bare(part).translate(_STROKES).replace("(", "").replace(")", "-"))
    text = _COUNTRY.sub("", text)
    landline = _AREA.fullmatch(text)
    if landline:
        return f"{landline[1]}-{landline[2]}{landline[3]}"
    text = _STORED.sub(r"\1", text)
    digits = text.replace("-", "").replace(".", "")
    if digits.startswith("86") and len(digits) == 13:
        digits = digits[2:]
    return digits if digits.isdigit() else unspaced(part)


def _all(pattern: str) -> str:
    return f"^(?:{pattern})(?:、(?:{pattern}))*$"


def _right_length(values: pd.Series) -> pd.Series:
    return passing(matches(text_array(values), _all(f"{_ELEVEN}|{_LANDLINE}|{_LOCAL}")), values)


def _right_prefix(values: pd.Series) -> pd.Series:
    texts = text_array(values)
    good = matches(texts, _all(f"{_MOBILE}|{_LANDLINE}|{_LOCAL}"))
    return passing(good | ~matches(texts, _all(f"{_ELEVEN}|{_LANDLINE}|{_LOCAL}")), values)
