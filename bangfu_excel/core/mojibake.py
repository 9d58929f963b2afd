"""Text that was decoded wrongly on its way here: told from ordinary text, and what it must have said where that is certain."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bangfu_excel.core.fold import simplify

_FILLERS = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯")
_LOST_END = "?\ufffd？"
_FOREIGN = re.compile(
    "[\u0370-\u04ff\u3040-\u30ff\u3105-\u312f\u2500-\u257f]"
)  # Greek, Cyrillic, kana, bopomofo, frames
_HAN = re.compile("[\u4e00-\u9fff]")
_PUNCTUATION = frozenset("，。、；：（）《》“”·—！？％")
_SYMBOLS = frozenset("×÷°±·§²³©®µ")
_LONG = 5  # characters from which a valid decoding is no accident, however rare its characters are


def is_garbled(text: str) -> bool:
    """Whether `text` is certainly not what somebody typed."""
    return bool(_FILLERS.search(text)) or _begins_with_mark(text) or bool(_reading(text))


def repaired(text: str) -> str:
    """What a garbled text must have said, "" where that is not certain.

    >>> repaired("鎴蜂富濮撳悕")
    '户主姓名'
    """
    return "" if _FILLERS.search(text) else _reading(text)


def garbled_positions(texts: Sequence[str]) -> list[int]:
    """Positions of the garbled ones among `texts`: those without a telling character are passed over in bulk."""
    joined = "\0".join(texts)
    if joined.isascii():
        return []
    units = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    told = np.flatnonzero(_telling()[units])
    if not len(told):
        return []
    ends = np.flatnonzero(units == 0)
    return [int(i) for i in np.unique(np.searchsorted(ends, told)) if is_garbled(texts[i])]


@lru_cache(maxsize=1)
def _telling() -> NDArray[np.bool_]:
    """Code unit → whether a garbled text needs one like it."""
    table = np.zeros(0x10000, dtype=bool)
    leads = (bytes((lead, trail)) for lead in range(0xE4, 0xEA) for trail in range(0x80, 0xC0))
    table[[ord(pair.decode("gbk")) for pair in leads]] = True  # the first two bytes of a Han character in UTF-8
    table[[ord(char) for char in "\ufffd锟烫屯锘"]] = True
    table[0xA1:0x100] = True
    table[[ord(char) for char in _SYMBOLS]] = False
    for first, last in ((0x370, 0x4FF), (0x3040, 0x30FF), (0x3105, 0x312F), (0x2500, 0x257F)):
        table[first : last + 1] = True
    return table


@lru_cache(maxsize=4096)
def _reading(text: str) -> str:
    """The text that these characters are a wrong decoding of, "" where there is none."""
    if len(text) < 2 or text.isascii():
        return ""
    return _utf8_as_gbk(text) or _bytes_as_latin(text) or _shifted(text)


def _begins_with_mark(text: str) -> bool:
    """Whether the text begins with the byte order mark of UTF-8, read as GBK."""
    return text.startswith("锘") and text[:2].encode("gbk", "replace").startswith(codecs.BOM_UTF8)


def _utf8_as_gbk(text: str) -> str:
    """鎴蜂富濮撳悕 → 户主姓名, 鐜嬪ぇ灞? → 王大…"""
    whole = text.rstrip(_LOST_END)
    try:
        found = codecs.getincrementaldecoder("utf-8")().decode(whole.encode("gbk"), final=whole == text)
    except UnicodeError:
        return ""
    han = len(_HAN.findall(found.lstrip("\ufeff")))
    likely = _is_common(found.lstrip("\ufeff")) or (len(whole) >= _LONG and han >= 3)
    if han < 2 or len(found) >= len(text) or not likely:
        return ""
    return found.lstrip("\ufeff") + "…" * (whole != text)


def _bytes_as_latin(text: str) -> str:
    """»§Ö÷ÐÕÃû → 户主姓名, æˆ·ä¸» → 户主."""
    try:
        stored = b"".join(_one_byte(char) for char in text)
    except UnicodeEncodeError:
        return ""
    if all(char.isascii() or char in _SYMBOLS for char in text):
        return ""
    for encoding in ("utf-8", "gb2312"):
        try:
            found = stored.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(set(_HAN.findall(found))) >= 2 and _is_common(found):
            return found
    return ""


def _one_byte(char: str) -> bytes:
    return char.encode("latin-1") if ord(char) < 0x100 else char.encode("cp1252")


def _shifted(text: str) -> str:
    """泵吭露ㄆ谝噪娫 → 每月定期以电…: a byte stands before the first character, and half a character is lost at the end."""
    if not (_FOREIGN.search(text) and _HAN.search(text)):  # without such a sign it cannot be told from rare names
        return ""
    try:
        found = simplify(text.encode("gbk")[1:-1].decode("gbk"))
    except UnicodeError:
        return ""
    return f"{found}…" if len(found) >= 3 and _is_common(found) else ""


def _is_common(text: str) -> bool:
    """Whether all of `text` is ASCII, punctuation or one of the 3,755 everyday characters (GB 2312, first level)."""
    return all(char.isascii() or char in _PUNCTUATION or _level(char) == 1 for char in text)


def _level(char: str) -> int:
    """Of a Han character in GB 2312: 1 everyday, 2 rarer; 0 what is not in it."""
    try:
        lead = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 0
    return 1 if 0xB0 <= lead <= 0xD7 else 2 if 0xD8 <= lead <= 0xF7 else 0
