"""Properties of parsing: what was read once reads the same again, and bulk and single reading agree."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bangfu_excel.core import kinds
from bangfu_excel.core.codelist import CodeEntry, CodeList
from bangfu_excel.core.kinds.base import Context, Kind
from bangfu_excel.core.raw import Cell, CellType
from bangfu_excel.core.table import Field

CODES = CodeList("c", "选项", (CodeEntry("因病"), CodeEntry("因残", ("残疾",)), CodeEntry("缺劳动力", ("缺劳力",))))
MESSY = st.text(
    alphabet="张三李和四、，/ \u3000\n（）·•0123456789.-—年月日万元亩人约%xX因病残缺劳力是否√×＋１２GH:：'\"=",
    max_size=20,
)
TEXTUAL = [kind for kind in kinds.ALL if kind.dtype == "str"]


def context(kind: Kind, **more: str) -> Context:
    codes = CODES if kind in (kinds.CODE, kinds.CODES) else None
    return Context(Field("f", "栏", kind, **more), codes=codes, year=2024, as_of=dt.date(2024, 6, 30))


def parse(kind: Kind, text: str) -> object:
    return kind.parse(Cell(CellType.TEXT, text), context(kind))


@pytest.mark.parametrize("kind", TEXTUAL, ids=lambda kind: kind.name)
@example(text="'/")
@example(text="''-")
@example(text="-、")
@example(text="）")
@example(text="、")
@given(text=MESSY)
def test_a_text_that_was_read_reads_the_same_again(kind: Kind, text: str) -> None:
    first = kind.parse(Cell(CellType.TEXT, text), context(kind))
    if isinstance(first.value, str):
        assert kind.parse(Cell(CellType.TEXT, first.value), context(kind)).value == first.value


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)
@given(text=MESSY)
def test_parsing_never_raises_and_never_says_two_things(kind: Kind, text: str) -> None:
    parsed = kind.parse(Cell(CellType.TEXT, text), context(kind))
    assert parsed.problem is None or (parsed.value is None and parsed.note is None)


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)
@given(number=st.floats(allow_nan=False, width=64))
def test_stored_numbers_never_raise(kind: Kind, number: float) -> None:
    parsed = kind.parse(Cell(CellType.NUMBER, number), context(kind))
    assert parsed.problem is None or parsed.value is None


@pytest.mark.parametrize("kind", TEXTUAL, ids=lambda kind: kind.name)
@given(text=MESSY.filter(str.strip))
def test_what_is_plain_is_read_as_it_stands(kind: Kind, text: str) -> None:
    if kind.plain_texts(pa.array([text], type=pa.large_string()), context(kind))[0]:
        parsed = kind.parse(Cell(CellType.TEXT, text), context(kind))
        assert (parsed.value, parsed.note, parsed.problem) == (text, None, None)


@given(st.decimals(0, 99_999_999, places=2))
def test_sums_survive_their_own_formatting(amount: object) -> None:
    for written in (f"{amount:,.2f}元", f"{amount}", f"¥{amount:,}"):
        assert kinds.MONEY.parse(Cell(CellType.TEXT, written), context(kinds.MONEY)).value == float(amount)  # type: ignore[arg-type]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_way_of_writing_a_day_is_that_day(day: dt.date) -> None:
    for written in (
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    ):
        parsed = kinds.DATE.parse(Cell(CellType.TEXT, written), context(kinds.DATE))
        assert (parsed.value, parsed.precision) == (dt.datetime(day.year, day.month, day.day), "")


def test_iso_dates_are_plain_where_the_day_exists() -> None:
    texts = pa.array(
        ["2024-02-29", "2023-02-29", "2024-13-01", "2024-3-5", "1800-01-01", "2024-04-31"], type=pa.large_string()
    )
    assert kinds.DATE.plain_texts(texts, context(kinds.DATE)).tolist() == [True, False, False, False, False, False]


def test_numbers_under_a_header_with_another_unit_are_not_plain() -> None:
    numbers = np.array([1.2, 3.0])
    tens = Context(Field("f", "栏", kinds.MONEY), unit="万元")
    assert not kinds.MONEY.plain_numbers(numbers, tens).any()
    assert kinds.MONEY.plain_numbers(numbers, context(kinds.MONEY)).all()
    assert kinds.INTEGER.plain_numbers(np.array([1.0, 1.5]), context(kinds.INTEGER)).tolist() == [True, False]
