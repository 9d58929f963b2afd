"""What leaves the office shows no more than it must."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from bangfu_excel.core import kinds
from bangfu_excel.core.masking import mask, masked
from bangfu_excel.core.table import Field, Privacy, Table


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


def test_a_frame_is_masked_by_the_fields_of_its_table() -> None:
    table = Table(
        "t",
        "表",
        (
            Field("name", "姓名", kinds.PERSON, privacy=Privacy.NAME),
            Field("birth_date", "出生日期", kinds.DATE, privacy=Privacy.HIDDEN),
            Field("village", "村", kinds.PLACE),
        ),
        keys=(("name",),),
        needs=(("name",),),
    )
    frame = pd.DataFrame(
        {"name": pd.Series(["张三", None], dtype="str"), "birth_date": pd.to_datetime([dt.date(1949, 12, 31), None]),
         "village": ["石桥村", "清泉村"], "_key": ["张三", "李四"], "_row": [3, 4]}
    )  # fmt: skip
    shown = masked(frame, table)
    assert shown.columns.tolist() == ["name", "birth_date", "village", "_row"]
    assert shown["name"].fillna("").tolist() == ["张*", ""]
    assert shown["birth_date"].fillna("").tolist() == ["***", ""]
    assert shown["village"].tolist() == ["石桥村", "清泉村"]
    assert frame["name"].iloc[0] == "张三"
