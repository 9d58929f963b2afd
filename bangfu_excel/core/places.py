"""Matching forms of places: 柳溪村委会 and 柳溪村 are one village, 三组 and 第3村民小组 one group."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

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
_NAMED = r"(?!民|委|工作|两委|互助|帮扶|领导)[\u3400-\u9fff]{1,4}(?:村民小组|村民组|小组|组)"
_VILLAGE_AND_GROUP = re.compile(rf"(.+(?:村|社区|委会))({_NUMBERED})")


def split_group(text: str) -> tuple[str, str]:
    """Village and group of a text that names both: 石桥村3组 → 石桥村, 3组; the text and "" where it names no group."""
    match = _VILLAGE_AND_GROUP.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")


class Placed(NamedTuple):
    """What a text such as 青石镇柳溪村三组 names; "" for what it does not."""

    township: str = ""
    village: str = ""
    group: str = ""


_ABOVE = re.compile(
    r"^(?:[^镇乡村街组社]{2,8}(?:省|自治区))?(?:[^镇乡村街组社]{2,8}?(?:市|自治州|盟))?(?:[^镇乡村街组社]{1,8}?(?:县|旗|区|市))?(?=..)"
)
_TOWNSHIP_END = re.compile(r"(?:街道办事处|街道|镇|乡)(?![镇乡街道])")
_VILLAGE_WHOLE = re.compile(r"[\u3400-\u9fff〇]{1,9}?(?:村民委员会|居民委员会|村委会|居委会|社区|村)")
_NO_NAME = re.compile(
    r"^(?:各|全|本|该|所在|所属|城[乡镇区]|驻|农|行政|贫困|脱贫|帮扶|结对|包|示范|重点|出列|非|美丽|乡[村镇]|镇村|中心|挂钩|联系|一般|自然)"
)
_SHORTEST = 5  # characters of township and village together from which the first cannot be part of the second's name


@lru_cache(maxsize=65536)
def split_place(text: str) -> Placed | None:
    """Township, village and group of a text that is nothing but these; None where it is something else or not certain.

    A county in front is dropped. 青石镇柳溪村三组 is certain, 石镇桥村 may be one village's name.
    """
    rest = re.sub(r"\s", "", text)
    found = re.search(rf"(?:^|(?<=.[村区会]))({_NUMBERED})$|(?<=.[村区会])({_NAMED})$", rest)
    group = (found[1] or found[2]) if found else ""
    rest = rest[: len(rest) - len(group)]
    if not rest:
        return Placed(group=group) if group else None
    rest = _ABOVE.sub("", rest)
    readings = [p for p in _readings(rest) if not any(_NO_NAME.match(name) for name in p if name)]
    if len(readings) != 1 or (group and not readings[0].village):
        return None
    return readings[0]._replace(group=group)


def _readings(text: str) -> list[Placed]:
    """The ways in which `text` is a township and a village; a village alone only where there is no other."""
    cuts = [match.end() for match in _TOWNSHIP_END.finditer(text) if match.start() >= 1]
    readings = [
        Placed(text[:cut], text[cut:]) for cut in cuts if not text[cut:] or _VILLAGE_WHOLE.fullmatch(text[cut:])
    ]
    whole = [Placed(village=text)] if _VILLAGE_WHOLE.fullmatch(text) and len(text) >= 2 else []
    sure = [p for p in readings if not p.village or len(text) >= _SHORTEST]
    return sure or ([*whole, *readings])


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
