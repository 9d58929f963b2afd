"""Names that a clerk takes for the same compare equal; different ones do not."""

from __future__ import annotations

import pandas as pd
import pytest

from bangfu_excel.core.names import name_key, name_keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张三", "张 三"), ("张三", "张　三"), ("张三", "张三（户主）"), ("张三", "张三(已故)"), ("張偉", "张伟"), ("买买提·艾力", "买买提•艾力"),
        ("买买提·艾力", "买买提．艾力"), ("买买提·艾力", "买买提艾力"), ("王晓峯", "王晓峰"), ("李喆", "李哲"),
    ],
)  # fmt: skip
def test_written_differently(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("张三", "张三丰"), ("李娜", "李那"), ("王晓明", "王小明")])
def test_different_names(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_column_gets_the_same_forms_and_keeps_its_index() -> None:
    names = pd.Series(["张 三", None, "張偉", "张 三", "", "李\n四"], index=[5, 6, 7, 8, 9, 10], dtype="str")
    keys = name_keys(names)
    assert keys.index.tolist() == names.index.tolist()
    assert keys.isna().tolist() == [False, True, False, False, False, False]
    assert keys.dropna().tolist() == [name_key(name) for name in names.dropna()]


def test_an_empty_column() -> None:
    assert name_keys(pd.Series([], dtype="str")).tolist() == []
