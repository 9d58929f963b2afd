"""What a text such as 青石镇柳溪村三组 names, where that is certain."""

import pytest

from bangfu_excel.core.places import split_place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青石镇柳溪村三组", ("青石镇", "柳溪村", "三组")),
        ("青石镇 柳溪村 第3村民小组", ("青石镇", "柳溪村", "第3村民小组")),
        ("青石镇王村", ("青石镇", "王村", "")),
        ("新乡镇王村", ("新乡镇", "王村", "")),
        ("城关街道幸福社区", ("城关街道", "幸福社区", "")),
        ("甲省乙市云岭县青石镇柳溪村二组", ("青石镇", "柳溪村", "二组")),
        ("柳溪村三组", ("", "柳溪村", "三组")),
        ("新镇村", ("", "新镇村", "")),
        ("东乡村三组", ("", "东乡村", "三组")),
        ("青石镇", ("青石镇", "", "")),
        ("三组", ("", "", "三组")),
    ],
)
def test_a_place_is_parted(text, expected):
    assert split_place(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "石镇桥村",
        "上街镇新乡王村",
        "贫困村",
        "各村",
        "乡镇",
        "村",
        "低保户",
        "一般农户",
        "柳溪村三组12号",
        "柳溪三组",
        "云岭县",
    ],
)
def test_what_is_not_certain_is_left(text):
    assert split_place(text) is None
