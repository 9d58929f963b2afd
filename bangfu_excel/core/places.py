"""Matching forms of places: 柳溪村委会 and 柳溪村 are one village, 三组 and 第3村民小组 one group."""

from __future__ import annotations

import re
from functools import lru_cache

import cn2an
import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold

_VILLAGE = re.compile(r"(?<=.{2})(?:村民委员会|村委会|村委|村)$")
_TOWNSHIP = re.compile(r"(?<=.{2})(?:(?:镇|乡|街道)?(?:人民)?政府|街道办事处|街道办|街道|镇|乡)$")
_COMMUNITY = re.compile(r"(?:社区居民委员会|社区居委会|居民委员会|居委会)$")
_GROUP_OF_VILLAGE = re.compile(
    r"(?<=.[村区委会])第?[0-9〇零一二三四五六七八九十两]+(?:村民小组|居民小组|村小组|小组|村民组|组|社|队)$"
)
_GROUP = re.compile(r"第?([0-9〇零一二三四五六七八九十两]+)(?:村民小组|居民小组|村小组|小组|村民组|组|社|队)?")


_NUMBERED = r"第?[0-9０-９〇零一二三四五六七八九十两]+(?:村民小组|居民小组|村小组|小组|村民组|组|社|队)"
_VILLAGE_AND_GROUP = re.compile(rf"(.+(?:村|社区|委会))({_NUMBERED})")


def split_group(text: str) -> tuple[str, str]:
    """Village and group of a text that names both: 石桥村3组 → 石桥村, 3组; the text and "" where it names no group."""
    match = _VILLAGE_AND_GROUP.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")


@lru_cache(maxsize=65536)
def place_key(text: str) -> str:
    """Matching form of a township or village: folded, without 镇, 乡, 村, 村委会 at its end, nor a group after it (村组)."""
    folded = _COMMUNITY.sub("社区", _GROUP_OF_VILLAGE.sub("", fold(text)))
    return _VILLAGE.sub("", _TOWNSHIP.sub("", folded))


@lru_cache(maxsize=65536)
def group_key(text: str) -> str:
    """Matching form of a villagers' group: the number of a numbered group, else the folded name."""
    folded = fold(text)
    match = _GROUP.fullmatch(folded)
    if not match:
        return folded
    try:
        return str(int(cn2an.cn2an(match[1].replace("〇", "零"), "smart")))
    except ValueError:
        return folded


def place_keys(texts: pd.Series) -> pd.Series:
    """`place_key` of each text; missing stays missing."""
    return each_once(texts, place_key)


def group_keys(texts: pd.Series) -> pd.Series:
    """`group_key` of each text; missing stays missing."""
    return each_once(texts, group_key)
