"""Counts, numbers, sums, areas and rates."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from bangfu_excel.core.kinds.base import BLANK, Check, Context, Kind, Parsed
from bangfu_excel.core.kinds.clean import NOTHING, bare, matches, trim
from bangfu_excel.core.kinds.quantity import SEPARATORS, Quantity, exact, read_quantities
from bangfu_excel.core.kinds.units import factor
from bangfu_excel.core.messages import kinds as check
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.raw import Cell, CellType

_ONE = Fraction(1)
_EXACT = 2.0**53
_PLAIN_WHOLE = r"^-?[0-9]{1,15}$"
_PLAIN_DECIMAL = r"^-?[0-9]{1,12}(?:\.[0-9]{1,6})?$"


class Number(Kind):
    """A number in the field's unit. Accepts 1,468人, 约8万, １２３; a cell's own unit goes before the header's.

    —, /, 无 are missing, never 0; what is not wholly a quantity is an error, never 0.
    """

    name = "number"
    title = "数字"
    dtype = "Float64"
    number_format = "#,##0.##"
    align = "right"
    unit: ClassVar[str] = ""
    """What the stored value is measured in where the field does not say."""

    def parse(self, cell: Cell, context: Context) -> Parsed:
        if cell.type in (CellType.DATE, CellType.BOOLEAN):
            return Parsed(problem=say.WRONG_TYPE, words={"stored": "日期" if cell.type is CellType.DATE else "逻辑值"})
        if isinstance(cell.value, int | float):
            return self.stored(float(cell.value), context)
        written = str(cell.value)
        text = bare(written)
        if not text:
            return BLANK
        if trim(written) in NOTHING or text in NOTHING:
            return Parsed(note=say.BLANK_WORD)
        tidy = text == written and text[-1] not in SEPARATORS
        return self.written(read_quantities(text), tidy, context)

    def stored(self, number: float, context: Context) -> Parsed:
        """What a stored number says: in the header's unit."""
        if not np.isfinite(number):
            return Parsed(problem=say.NOT_A_NUMBER)
        times = self._header_factor(context)
        if times == 1:
            return self.finish(number, Parsed())
        return self.finish(exact(Decimal(repr(number)), times), Parsed(note=say.CONVERTED))

    def written(self, quantities: tuple[Quantity, ...], tidy: bool, context: Context) -> Parsed:
        """What quantities written in a cell say; `tidy`: nothing stood around them."""
        if not quantities:
            return Parsed(problem=say.NOT_A_NUMBER)
        base = self._base(context)
        fitting = [q for q in quantities if q.unit and q.unit == base] if len(quantities) > 1 else list(quantities)
        if len(fitting) != 1:
            return Parsed(problem=say.SEVERAL_NUMBERS)
        quantity = fitting[0]
        own = quantity.unit or quantity.scaled
        times = factor(quantity.unit, base) if own else self._header_factor(context)
        if times is None:
            return Parsed(problem=say.WRONG_UNIT, words={"unit": base})
        note = None
        if quantity.approx:
            note = say.APPROXIMATE
        elif quantity.per:
            note = say.PER_DROPPED
        elif own or times != 1:
            note = say.CONVERTED
        elif quantity.spelled or not tidy:
            note = say.REWRITTEN
        return self.finish(exact(quantity.value, times), Parsed(approx=quantity.approx, note=note))

    def finish(self, number: float, read: Parsed) -> Parsed:
        """The typed value of `number`, read as `read` says."""
        return Parsed(number, approx=read.approx, note=read.note)

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        if self._header_factor(context) != 1:
            return super().plain_texts(texts, context)
        return matches(texts, _PLAIN_DECIMAL)

    def plain_numbers(self, numbers: NDArray[np.float64], context: Context) -> NDArray[np.bool_]:
        if self._header_factor(context) != 1:
            return super().plain_numbers(numbers, context)
        return np.isfinite(numbers)

    def checks(self, context: Context) -> tuple[Check, ...]:
        # where the field has a lower bound, that says it all
        return (Check(check.NEGATIVE, _not_negative),) if context.field.low is None else ()

    def _base(self, context: Context) -> str:
        return context.field.unit or self.unit

    def _header_factor(self, context: Context) -> Fraction:
        if not context.unit:
            return _ONE
        unit = context.unit.lower()
        found = factor(unit, self._base(context))
        if found is None and "/" in unit:  # 元/月, 元/人
            found = factor(unit.split("/")[0], self._base(context))
        return _ONE if found is None else found


class Integer(Number):
    """A count: a whole number. 4人 is 4, 3.0 is 3, 3.5 is an error."""

    name = "integer"
    title = "整数"
    dtype = "Int64"
    number_format = "0"

    def finish(self, number: float, read: Parsed) -> Parsed:
        if number != np.floor(number) or abs(number) >= _EXACT:
            return Parsed(problem=say.NOT_WHOLE)
        return Parsed(int(number), approx=read.approx, note=read.note)

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return super().plain_texts(texts, context) & matches(texts, _PLAIN_WHOLE)

    def plain_numbers(self, numbers: NDArray[np.float64], context: Context) -> NDArray[np.bool_]:
        whole = (numbers == np.floor(numbers)) & (np.abs(numbers) < _EXACT)
        return np.asarray(super().plain_numbers(numbers, context) & whole, dtype=bool)


class Money(Number):
    """A sum in yuan. Accepts 5,700元, 1.2万元, ５７００; 55元/月 is 55, noted; keeps 约, 余, 左右 as approximate."""

    name = "money"
    title = "金额（元）"
    number_format = "#,##0.00"
    unit = "元"


class Area(Number):
    """An area in 亩, or in the field's unit; 公顷, 平方米 and 平方公里 are converted."""

    name = "area"
    title = "面积"
    unit = "亩"


class Rate(Number):
    """A share from 0 to 1. Accepts 95%, 九成, 百分之九十五; 95 under a header in % is 0.95."""

    name = "rate"
    title = "比例"
    number_format = "0.0%"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        if isinstance(cell.value, str) and cell.type is CellType.TEXT:
            share = _share(bare(cell.value))
            if share is not None:
                return Parsed(share, note=say.CONVERTED)
        return super().parse(cell, context)

    def checks(self, context: Context) -> tuple[Check, ...]:
        if context.field.low is not None or context.field.high is not None:
            return ()
        return (Check(check.NOT_A_RATE, _within_one),)

    def _header_factor(self, context: Context) -> Fraction:
        return {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}.get(context.unit, Fraction(1))


def _share(text: str) -> float | None:
    """95%, 百分之九十五, 九成, 九成五 as a share; None where `text` is no such thing."""
    for mark, parts in (("%", 100), ("‰", 1000)):
        if text.endswith(mark):
            return _of(text.removesuffix(mark), parts)
    if text.startswith("百分之"):
        return _of(text.removeprefix("百分之"), 100)
    tenths, mark, more = text.partition("成")
    if mark and tenths:
        whole, rest = _of(tenths, 10), _of(more, 100) if more else 0.0
        return None if whole is None or rest is None else round(whole + rest, 4)
    return None


def _of(text: str, parts: int) -> float | None:
    quantities = read_quantities(text)
    if len(quantities) != 1 or quantities[0].unit or quantities[0].approx:
        return None
    return exact(quantities[0].value, Fraction(1, parts))


def _not_negative(values: pd.Series) -> pd.Series:
    return ~(values < 0).fillna(False).astype(bool)


def _within_one(values: pd.Series) -> pd.Series:
    return values.between(0, 1).fillna(True).astype(bool)
