"""What leaves the office shows no more than it must."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from bangfu_excel.core import kinds
from bangfu_excel.core.masking import OFFICE, Masking, mask, masked_values, masked_words, without_numbers
from bangfu_excel.core.table import Field, Privacy


@pytest.mark.parametrize(
    ("text", "privacy", "shown"),
    [
        ("13800138000", Privacy.PHONE, "138****8000"), ("13800138000、13900139000", Privacy.PHONE, "138****8000、139****9000"),
        ("8888123", Privacy.PHONE, "*******"), ("11010519491231002X", Privacy.IDENTITY, "110105********002X"),
        ("11010519491231002X43", Privacy.IDENTITY, "110105**********2X43"), ("张三", Privacy.NAME, "张*"), ("张小明", Privacy.NAME, "张**"),
        ("欧阳修", Privacy.NAME, "欧阳*"), ("张三、李四", Privacy.NAME, "张*、李*"), ("张", Privacy.NAME, "张*"),
        ("患有大病", Privacy.HIDDEN, "***"), ("石桥村", Privacy.NONE, "石桥村"), ("", Privacy.HIDDEN, ""),
    ],
)  # fmt: skip
def test_masks(text: str, privacy: Privacy, shown: str) -> None:
    assert mask(text, privacy) == shown


def test_a_column_is_masked_as_text_and_missing_values_stay_missing() -> None:
    names = pd.Series(["张三", None], dtype="str", index=[7, 9])
    shown = masked_values(names, Privacy.NAME)
    assert (shown.fillna("").tolist(), shown.index.tolist()) == (["张*", ""], [7, 9])
    days = pd.Series(pd.to_datetime([dt.date(1949, 12, 31), None]))
    assert masked_values(days, Privacy.HIDDEN).fillna("").tolist() == ["***", ""]
    assert names.iloc[0] == "张三"


def test_running_text_loses_the_numbers_of_persons_only() -> None:
    told = pd.Series(["找张某13900010009", None], dtype="str")
    assert masked_words(told).fillna("").tolist() == ["找张某139****0009", ""]


ID = Field("id_number", "证件号码", kinds.IDENTITY, privacy=Privacy.IDENTITY)
PERSON = Field("name", "姓名", kinds.PERSON, privacy=Privacy.NAME)
NOTE = Field("health", "健康状况", kinds.TEXT, privacy=Privacy.HIDDEN)


def test_the_office_sees_names_in_full_and_numbers_masked_unless_the_county_says_otherwise() -> None:
    assert OFFICE.shown("张小明", PERSON) == "张小明"
    assert OFFICE.shown("990101194912310021", ID) == "990101********0021"
    assert OFFICE.shown("患有大病", NOTE) == "***"
    assert OFFICE.shown("石桥村", None) == "石桥村"
    wanted = Masking(frozenset({Privacy.IDENTITY}))
    assert wanted.shown("990101194912310021", ID) == "990101194912310021"
    assert wanted.shown("张小明", PERSON) == "张**"


def test_values_to_choose_from_are_masked_only_as_long_as_they_look_different() -> None:
    apart = ("990101194912310021", "990101194912310048")
    assert OFFICE.told_apart(apart, ID) == ("990101********0021", "990101********0048")
    alike = ("990101194912310021", "990101195012310021")
    assert OFFICE.told_apart(alike, ID) == alike
    assert OFFICE.told_apart((alike[0], alike[0]), ID) == ("990101********0021",) * 2
    assert OFFICE.told_apart(("健康", "患有大病"), NOTE) == ("健康", "患有大病")
    assert OFFICE.told_apart(("", "患有大病"), NOTE) == ("", "患有大病")
    assert OFFICE.told_apart(("患有大病", "患有大病"), NOTE) == ("***", "***")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("990101194912310021", "990101********0021"), ("99010119491231002X", "990101********002X"),
        ("990101491231002", "990101*****1002"), ("张三|13800138000", "张三|138****8000"),
        ("QS001", "QS001"), ("0001-1a2b3c", "0001-1a2b3c"), ("2024-06-30", "2024-06-30"),
    ],
)  # fmt: skip
def test_what_quotes_a_key_has_no_numbers_of_persons(text: str, said: str) -> None:
    assert without_numbers(text) == said
