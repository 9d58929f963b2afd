"""The order in which people expect texts: by the numbers in them."""

from __future__ import annotations

import re

import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.kinds.quantity import chinese_number

_NUMBER = re.compile(r"[0-9]+|[一二三四五六七八九十]+")


def by_number(values: pd.Series) -> pd.Series:
    """Texts as they are to be sorted: 第二 before 第三, 9组 before 10组; other columns as they are."""
    return each_once(values, _sorted_as) if values.dtype == "str" else values


def numbers_in(text: str) -> list[float]:
    """The numbers that are written in a text, in digits or Chinese."""
    found = (match if match.isdigit() else chinese_number(match) for match in _NUMBER.findall(text))
    return [float(number) for number in found if number is not None]


def _sorted_as(text: str) -> str:
    """`text` with its numbers, in digits or Chinese, in digits of one length."""
    return _NUMBER.sub(lambda match: "".join(f"{number:06.0f}" for number in numbers_in(match[0])) or match[0], text)
