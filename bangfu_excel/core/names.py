"""The matching form of names: what a clerk takes for the same name compares equal. Names are shown as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from bangfu_excel.core.fold import simplify
from bangfu_excel.core.kinds.clean import text_array

COMPOUND_SURNAMES = frozenset(
    (
        "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "长孙", "宇文", "司徒", "司空", "夏侯",
        "轩辕", "端木", "独孤", "南宫", "西门", "百里", "呼延", "闻人", "公羊", "澹台", "濮阳", "淳于", "单于", "太史", "申屠",
        "仲孙", "钟离", "赫连", "拓跋", "完颜",
    )
)  # fmt: skip
_REMARK = re.compile(r"[(\[【〔][^()\[\]【】〔〕\x01]*[)\]】〕]")
_DROPPED = re.compile("[^\\S\x01]+|[\u200b-\u200f\ufeff\u2060\u00ad·•．・･‧∙⋅●.。,，:：\"'“”‘’-]+")
_VARIANTS = str.maketrans("峯喆堃珮菓", "峰哲坤佩果")
_MARK = "\x01"
PLACE_ENDING = "^.{2,}(?:[村镇乡组]|社区)$"
"""What a place of a roster ends in, and hardly ever a person's name."""
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤阎常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿"
    "关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简"
    "车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)  # the 300 most frequent ones: nearly all of the population
"""What a person's name usually begins with."""


def begins_with_surname(text: str) -> bool:
    """Whether a text of two to four Chinese characters can be a person's name: a frequent surname and one or two more."""
    return (text[:1] in _SURNAMES and 2 <= len(text) <= 3) or (text[:2] in COMPOUND_SURNAMES and 3 <= len(text) <= 4)


def name_key(text: str) -> str:
    """The form of a name for matching: no spaces, dots or remarks in brackets, simplified, common variants unified."""
    return _keys((text,))[0]


def name_keys(names: pd.Series) -> pd.Series:
    """`name_key` of every name (text; missing stays missing), once per distinct name."""
    encoded = pc.dictionary_encode(text_array(names))
    keys = pa.array(_keys(encoded.dictionary.to_pylist()), type=pa.large_string())
    taken = keys.take(encoded.indices)
    return pd.Series(pd.array(taken, dtype="str"), index=names.index, name=names.name)


def _keys(names: Sequence[str]) -> list[str]:
    """All names in one pass over one text: conversion costs per call, not per character."""
    joined = _fold(_MARK.join(name.replace(_MARK, "") for name in names))
    return joined.split(_MARK) if names else []


def _fold(text: str) -> str:
    plain = _DROPPED.sub("", _REMARK.sub("", unicodedata.normalize("NFKC", text)))
    return simplify(plain.casefold()).translate(_VARIANTS)
