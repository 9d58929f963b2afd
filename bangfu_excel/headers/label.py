"""The text of a header cell: what it names, its unit, and the remark in brackets behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bangfu_excel.core.fold import fold
from bangfu_excel.headers.legend import without_legend

_CIRCLED = re.compile(r"^\s*[\u2460-\u2473]")
_MARKS = re.compile(r"[*★▲△●※#]")
_NUMBERING = re.compile(
    r"^(?:\d{1,2}[.、)](?!\d)|\(\d{1,2}\)|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)"
    r"|[a-z]\d{1,2}[a-z]?[.、]?(?=[\u3400-\u9fff])|其中:?(?=.{2}))"
)
_TAIL = re.compile(r"^(.+)\(([^()]*)\)$")
_UNIT = re.compile(
    r"^(?:单位:?)?((?:万|千|百)?元(?:/(?:月|年|人|户|次|天))?|(?:万)?亩|公顷|m2|平方米|平米|平方公里|平方千米|km2|人|名|位|口|户|次|人次|户次|个|个月|月|天|日|年|岁|周岁"
    r"|%|公里|千米|km|米|m|斤|公斤|千克|kg|吨|只|头|株|棵|件|份|台|套|册|本|张|处|座|所|间|条|场|期|项|袋|小时|分钟|分)$"
)
_HINT = re.compile(
    r"^(?:必填|选填|可选|可空|可不填|单选|可?多选|下拉|格式|请|按|如|例|注|填|以.*为准|与.*一致|男.?女|是.{0,2}否|有.{0,2}无|年.?月"
    r"|yyyy|\d{4}|\d+位|盖章|签字|签名|签章|公章|手写|全称|详细|大写|小写|文本|数字)"
)


_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_PINYIN = re.compile(rf"(?<=[\u3400-\u9fff])\s*[(（]?\s*[a-zü]*[{_TONED}][a-zü{_TONED}]*\s*[)）]?", re.IGNORECASE)
"""How a character is read, as some copies of a document have it behind each: 结（jié）对（duì）."""

_COUNTED = re.compile(r"^第[一二三四五1-5](?:个|位)?|(?<=[\u3400-\u9fff])(?:[1-5一二三四五]|\([1-5一二三四五]\))$")
_AND_PHONE = re.compile(r"(?:及其?|和|与|、|/|\()(?:联系)?(?:电话|手机|方式)(?:号码?)?\)?$")


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A header cell, read. `key`: matching form without marks, numbering, unit and filling hints.

    base, remark: the key without its last brackets, and what stands in them (姓名(户主) → 姓名, 户主), "" if there are none.
    """

    key: str
    unit: str = ""
    base: str = ""
    remark: str = ""


@lru_cache(maxsize=16384)
def read_header(text: str) -> HeaderText:
    """The header that `text` is."""
    key = _MARKS.sub("", fold(_PINYIN.sub("", _CIRCLED.sub("", text)))).strip(":;,。.、")
    key = without_legend(key)
    stripped = _NUMBERING.sub("", key)
    key, unit = stripped or key, ""
    while tail := _TAIL.match(key):
        if measured := _UNIT.match(tail[2]):
            unit = unit or measured[1]
        elif not _HINT.match(tail[2]):
            return HeaderText(key, unit, tail[1], tail[2])
        key = tail[1]
    return HeaderText(key.strip(":"), unit)


def unnumbered(key: str) -> str:
    """A header's key without what counts it among its like (帮扶责任人1, 第二责任人), or adds a telephone (帮扶干部及电话)."""
    return _COUNTED.sub("", _AND_PHONE.sub("", key))


def units_in(text: str) -> tuple[str, ...]:
    """The units that a line such as 单位：万元、亩 names; () if it names something else (an office).

    >>> units_in("万元、亩）")
    ('万元', '亩')
    """
    parts = [part for part in re.split(r"[、,/;及和]", fold(text).strip("()")) if part]
    return tuple(parts) if all(_UNIT.match(part) for part in parts) else ()


def header_key(text: str) -> str:
    """Matching form of a header or alias."""
    return read_header(text).key


def shown(text: str) -> str:
    """A header as a clerk would say it in a sentence: one line, no white space at its ends or between Chinese characters."""
    return re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", text.strip())
