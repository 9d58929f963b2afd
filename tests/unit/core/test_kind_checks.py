"""What the checks of each kind let pass and what they name; each bad value breaks exactly one."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from bangfu_excel.core import kinds
from bangfu_excel.core.kinds.base import Context, Kind
from bangfu_excel.core.kinds.numbering import check_digit, upgrade
from bangfu_excel.core.raw import Cell, CellType
from bangfu_excel.core.table import Field


def context(kind: Kind, **bounds: float) -> Context:
    return Context(Field("f", "栏", kind, **bounds), as_of=dt.date(2024, 6, 30))


def broken(kind: Kind, value: object, **bounds: float) -> list[str]:
    """Codes of the checks that `value` breaks; it stands between a good neighbour and a blank."""
    values = pd.Series([value, None], dtype=kind.dtype)
    return [check.message.code for check in kind.checks(context(kind, **bounds)) if not check.passes(values).iloc[0]]


def identity(first17: str) -> str:
    return first17 + check_digit(first17)


GOOD = identity("99010119850307012")


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        (GOOD, []),
        ("11010519491231002X", []),
        (GOOD[:-1], ["ID02"]),
        (GOOD + "1", ["ID02"]),
        ("正在补办中没有号", ["ID02"]),
        ("六个汉字共十", ["ID02"]),
        (GOOD[:10] + "A" + GOOD[11:], ["ID02"]),
        (GOOD[:17] + "XX"[: 1 if GOOD[17] != "X" else 0], ["ID03"]),
        (identity("99010119851307012"), ["ID05"]),
        (identity("99010119850230012"), ["ID05"]),
        (identity("99010118991231012"), ["ID05"]),
        (identity("99010120240701012"), ["ID05"]),
        (identity("99010120240229012"), []),
        ("999999198503070129", ["ID10"]),
        ("000000000000000000", ["ID10"]),
        ("111111111111111111", ["ID10"]),
        ("1111111", ["ID10"]),
    ],
)
def test_identity_numbers(number: str, codes: list[str]) -> None:
    assert broken(kinds.IDENTITY, number) == codes


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        (GOOD + "43", []), (GOOD + "43B1", []), (GOOD, ["ID21"]), (GOOD + "4", ["ID21"]), (GOOD + "83", ["ID04"]),
        (GOOD + "45", ["ID04"]), (GOOD + "43C1", ["ID04"]), (GOOD[:16] + "00" + "43", ["ID04"]), ("999999" + GOOD[6:] + "43", ["ID10"]),
    ],
)  # fmt: skip
def test_certificates(number: str, codes: list[str]) -> None:
    assert broken(kinds.CERTIFICATE, number) == codes


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        (GOOD, []),
        (GOOD + "43", []),
        (GOOD + "83", ["ID04"]),
        (GOOD[:9], ["ID02"]),
        (identity("99010119851307012"), ["ID05"]),
    ],
)
def test_either_number(number: str, codes: list[str]) -> None:
    assert broken(kinds.IDENTITY_OR_CERTIFICATE, number) == codes


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("张三", []), ("欧阳修远", []), ("买买提·艾力", []), ("\ue123明", []), ("張㼆", []), ("张", ["ID14"]), ("张三1", ["ID14"]),
        ("Tom", ["ID14"]), ("张三、李四", ["ID14"]), ("同上", ["ID14"]), ("无", ["ID14"]), ("张某", ["ID14"]), ("不详", ["ID14"]),
        ("张？", ["ID14"]), ("张三等5户", ["ID24"]), ("丁一名", []),
    ],
)  # fmt: skip
def test_names(name: str, codes: list[str]) -> None:
    assert broken(kinds.PERSON, name) == codes


@pytest.mark.parametrize(
    ("names", "codes"),
    [("张三、李四", []), ("张三", []), ("张三、无", ["ID14"]), ("张三、李", ["ID14"]), ("张三、不详", ["ID14"]), ("张三等5户", ["ID24"]), ("张三等", ["ID24"])],
)  # fmt: skip
def test_lists_of_names(names: str, codes: list[str]) -> None:
    assert broken(kinds.PERSONS, names) == codes


@pytest.mark.parametrize(
    ("phone", "codes"),
    [
        ("13800138000", []), ("13800138000、13900139000", []), ("0571-88881234", []), ("010-88881234-801", []), ("88881234", []),
        ("12800138000", ["ID25"]), ("23800138000", ["ID25"]), ("1380013800", ["ID16"]), ("138001380001", ["ID16"]),
        ("13800138000、1390", ["ID16"]), ("不会用", ["ID16"]),
    ],
)  # fmt: skip
def test_phones(phone: str, codes: list[str]) -> None:
    assert broken(kinds.PHONE, phone) == codes


def test_numbers_are_not_negative_unless_the_field_has_its_own_bound() -> None:
    assert broken(kinds.MONEY, -1.0) == ["EC12"]
    assert broken(kinds.INTEGER, -1) == ["EC12"]
    assert broken(kinds.MONEY, 0.0) == []
    assert broken(kinds.MONEY, -1.0, low=0) == []


def test_rates_lie_between_0_and_1() -> None:
    assert broken(kinds.RATE, 95.0) == ["NV36"]
    assert broken(kinds.RATE, 1.0) == []


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)
def test_a_missing_value_breaks_nothing_and_the_index_is_kept(kind: Kind) -> None:
    values = pd.Series([None, None], dtype=kind.dtype, index=[7, 9])
    for check in kind.checks(context(kind)):
        passed = check.passes(values)
        assert passed.index.tolist() == [7, 9]
        assert passed.all()


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)
def test_each_kind_says_what_it_is(kind: Kind) -> None:
    assert kind.title
    assert kind.name.isidentifier()
    assert kind.dtype in {"str", "Int64", "Float64", "boolean", "datetime64[ns]"}


relaxed = settings(deadline=None, max_examples=50)  # the machine may be busy
birthdays = st.dates(dt.date(1900, 1, 1), dt.date(2024, 6, 30))


@relaxed
@given(birthdays, st.integers(0, 999))
def test_a_built_number_passes_and_any_other_check_digit_does_not(birth: dt.date, sequence: int) -> None:
    number = identity(f"990101{birth:%Y%m%d}{sequence:03d}")
    assert broken(kinds.IDENTITY, number) == []
    for wrong in set("0123456789X") - {number[17]}:
        assert broken(kinds.IDENTITY, number[:17] + wrong) == ["ID03"]


@relaxed
@given(birthdays, st.integers(0, 999))
def test_check_digits_agree_with_stdnum(birth: dt.date, sequence: int) -> None:
    first17 = f"110105{birth:%Y%m%d}{sequence:03d}"
    assert check_digit(first17) == ric.calc_check_digit(first17 + "0")


@relaxed
@given(st.dates(dt.date(1900, 1, 1), dt.date(1999, 12, 31)), st.integers(0, 999))
def test_an_old_number_is_upgraded_to_a_valid_one(birth: dt.date, sequence: int) -> None:
    old = f"990101{birth:%y%m%d}{sequence:03d}"
    parsed = kinds.IDENTITY.parse(Cell(CellType.TEXT, old), context(kinds.IDENTITY))
    assert parsed.value == upgrade(old)
    assert broken(kinds.IDENTITY, upgrade(old)) == []


@pytest.mark.parametrize(("facet", "codes"), [("helper", ["ID27"]), ("recipient", [])])
def test_a_helper_is_a_person_but_a_school_may_be_helped(facet: str, codes: list[str]) -> None:
    values = pd.Series(["清水镇中心小学", "欧阳局"], dtype="str")
    for kind in (kinds.PERSON, kinds.PERSONS):
        checks = kind.checks(Context(Field("f", "栏", kind, facet=facet)))
        assert [check.message.code for check in checks if not check.passes(values).all()] == codes
