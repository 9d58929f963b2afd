"""What every kind of value can do: parse one distinct cell, recognise plain ones in bulk, check, format."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from bangfu_excel.core.codelist import CodeList
from bangfu_excel.core.message import Message
from bangfu_excel.core.raw import Cell

if TYPE_CHECKING:
    from bangfu_excel.core.table import Field


@dataclass(frozen=True, slots=True)
class Context:
    """What a kind may know beside the cell.

    unit: the unit remembered from the header ("" if none) · year: for dates without one, of the sheet's title or else of the
    reporting period · titled: it is the title's · dotted: and 3.13 is a day of it · legend: number → label, as the sheet declares them.
    """

    field: Field
    unit: str = ""
    codes: CodeList | None = None
    year: int | None = None
    titled: bool = False
    dotted: bool = False
    as_of: dt.date | None = None
    legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of one cell: a value, or a problem, or neither (blank).

    precision: of a date coarser than a day, "month" or "year" · approx: 约, 左右, 余 stood beside it.
    until: of a span, what its last day is, for a field that says where that belongs (`Field.until`).
    note: the message that says what was normalised · problem: the message that says why there is no value
    · words: placeholders of the problem beside those of its place.
    """

    value: object = None
    precision: str = ""
    approx: bool = False
    until: Parsed | None = None
    note: Message | None = None
    problem: Message | None = None
    words: Mapping[str, Any] = field(default_factory=dict)


BLANK = Parsed()


@dataclass(frozen=True, slots=True)
class Check:
    """A vectorised check of a typed column: `passes(values)` is True where a non-missing value is fine."""

    message: Message
    passes: Callable[[pd.Series], pd.Series]
    words: dict[str, object] = field(default_factory=dict)


class Kind(ABC):
    """A kind of value. Stateless; one instance a kind.

    dtype: of the typed column ("str", "Int64", "Float64", "boolean", "datetime64[ns]") · number_format: in Excel
    · repeats: whether 同上 may stand for the value of the row above.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    dtype: ClassVar[str] = "str"
    number_format: ClassVar[str] = "@"
    align: ClassVar[str] = "left"
    repeats: ClassVar[bool] = False

    @abstractmethod
    def parse(self, cell: Cell, context: Context) -> Parsed:
        """What `cell` (never EMPTY, ERROR or FORMULA) says. Called once a distinct value that is not plain."""

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        """Which of these texts are already the value, letter by letter (fast path; none by default).

        Of a kind that is not text: which are the value's canonical form (5700, 2024-03-05), cast without a second look.
        """
        return np.zeros(len(texts), dtype=bool)

    def plain_numbers(self, numbers: NDArray[np.float64], context: Context) -> NDArray[np.bool_]:
        """Which of these stored numbers are already the value (fast path; none by default).

        Of a kind that is text: which are whole numbers whose digits are the value.
        """
        return np.zeros(len(numbers), dtype=bool)

    def checks(self, context: Context) -> tuple[Check, ...]:
        """What must hold for the typed values of a field of this kind."""
        return ()
