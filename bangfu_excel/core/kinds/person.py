"""Names of persons."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from bangfu_excel.core.kinds.base import BLANK, Check, Context, Kind, Parsed
from bangfu_excel.core.kinds.clean import DASHES, SPACE, among, matches, passing, text_array, trim, unspaced
from bangfu_excel.core.messages import kinds as check
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.raw import Cell, CellType, cell_text

_LETTER = r"[\p{Han}\p{Co}〇]"  # private use: rare characters that a county's own font shows
_NAME = rf"{_LETTER}{{2,}}|{_LETTER}+(?:·{_LETTER}+)+"
_REMARK = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_PHONE = re.compile(
    r"(?:(?:联系)?(?:电话|手机)(?:号码?)?[:：]?)?\s*(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)"
)
_DOTS = str.maketrans(dict.fromkeys("•．･‧∙⋅・●・", "·"))
_DOT_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff])")
_SEPARATORS = re.compile(r"[、，,；;/／\n\r|]+")
_BLANKS = re.compile(f"[{SPACE}]+")
_AND = re.compile(r"(?<=..)[和及与](?=..)")
_NOT_NAMES = ("同上", "不详", "未知", "不清楚", "没有", "暂无", "户主", "本人", "待定", "全体")
_ORGANISATION = r"(?:^|、)[^、]{2,}(?:局|委员会|办公室|政府|学校|[小中大]学|支部|工作[队组]|公司|中心|医院|[村居]委会|合作社|协会)(?:、|$)"
_FEW = r"等[一二三四五六七八九十几多两]*[人户名个]|[0-9０-９]+[余多]?[人户名个]|等$"


class Person(Kind):
    """One person's name as shown: no inner spaces, no remark in brackets, no telephone, one kind of dot in minority names."""

    name = "person"
    title = "姓名"
    repeats = True

    def parse(self, cell: Cell, context: Context) -> Parsed:
        if cell.type in (CellType.DATE, CellType.BOOLEAN):
            return Parsed(problem=say.WRONG_TYPE, words={"stored": "日期" if cell.type is CellType.DATE else "逻辑值"})
        written = trim(cell_text(cell))
        if written in DASHES:
            return Parsed(note=say.BLANK_WORD)
        name = _shown(written)
        if name in DASHES:
            return Parsed(note=say.BLANK_WORD)
        if not name:
            return BLANK if not written else Parsed(written)
        if _without_remarks(written) != written:
            return Parsed(name, note=say.REMARK_DROPPED)
        return Parsed(name, note=say.REWRITTEN if name != written else None)

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return matches(texts, f"^(?:{_NAME})$")

    def checks(self, context: Context) -> tuple[Check, ...]:
        return (Check(check.NAMES_MISSING, _names_given), Check(check.NOT_A_NAME, _is_name), *_of_helpers(context))


class Persons(Kind):
    """Several persons' names in one cell: one text, joined with 、 in the order written.

    Separators are 、，,；;/ and line breaks; white space where names stand on both sides; 和 及 与 where at least two
    characters stand on both sides and the whole is longer than a name.
    """

    name = "persons"
    title = "姓名（可多个）"
    repeats = True

    def parse(self, cell: Cell, context: Context) -> Parsed:
        if cell.type in (CellType.DATE, CellType.BOOLEAN):
            return Person().parse(cell, context)
        written = trim(cell_text(cell))
        if written in DASHES:
            return Parsed(note=say.BLANK_WORD)
        names = [name for part in _SEPARATORS.split(_without_remarks(written)) for name in _split(part)]
        text = "、".join(dict.fromkeys(names))
        if text in DASHES:
            return Parsed(note=say.BLANK_WORD)
        if not text:
            return BLANK if not written else Parsed(written)
        if text == written:
            return Parsed(text)
        if _without_remarks(written) != written:
            return Parsed(text, note=say.REMARK_DROPPED)
        return Parsed(text, note=say.LISTED if len(names) > 1 else say.REWRITTEN)

    def plain_texts(self, texts: pa.Array, context: Context) -> NDArray[np.bool_]:
        return matches(texts, f"^(?:{_NAME})(?:、(?:{_NAME}))*$") & ~matches(texts, r"[^、]{2}[和及与][^、]{2}")

    def checks(self, context: Context) -> tuple[Check, ...]:
        return (Check(check.NAMES_MISSING, _names_given), Check(check.NOT_A_NAME, _are_names), *_of_helpers(context))


def _unbracketed(text: str) -> str:
    """`text` without what stands in brackets, however deep."""
    while (shorter := _REMARK.sub("", text)) != text:
        text = shorter
    return text


def _without_remarks(text: str) -> str:
    """`text` without remarks in brackets and without telephones, which part the names beside them."""
    bare = _unbracketed(text)
    return trim(_PHONE.sub("、", bare)).strip("、:： ") if _PHONE.search(bare) else bare


def _shown(text: str) -> str:
    return _DOT_BETWEEN.sub("·", unspaced(_without_remarks(text)).translate(_DOTS))


def _split(part: str) -> list[str]:
    """The names in a part without other separators: 张三 李四 are two, 张 三 is one, 张 三 李 四 stays as it is."""
    tokens = [token for token in _BLANKS.split(part) if token]
    if all(len(token) == 1 for token in tokens):
        return [_shown(part)] if len(tokens) <= 3 and tokens else ([" ".join(tokens)] if tokens else [])
    names: list[str] = []
    single = ""
    for token in (*tokens, ""):
        if len(token) == 1:
            single += token
            continue
        if len(single) > 3:
            return [" ".join(tokens)]
        names += [_shown(single)] if single else []
        single = ""
        names += [_shown(name) for name in (_AND.split(token) if len(token) >= 5 else [token]) if name]
    return names


def _few(texts: pa.Array) -> NDArray[np.bool_]:
    return matches(texts, _FEW)


def _of_helpers(context: Context) -> tuple[Check, ...]:
    """A helper is a person; recipients may be villages and schools."""
    return (Check(check.NOT_A_PERSON, _is_no_unit),) if context.field.facet == "helper" else ()


def _is_no_unit(values: pd.Series) -> pd.Series:
    return passing(~matches(text_array(values), _ORGANISATION), values)


def _names_given(values: pd.Series) -> pd.Series:
    return passing(~_few(text_array(values)), values)


def _is_name(values: pd.Series) -> pd.Series:
    texts = text_array(values)
    good = matches(texts, f"^(?:{_NAME})$") & ~matches(texts, "某") & ~among(texts, _NOT_NAMES)
    return passing(good | _few(texts), values)


def _are_names(values: pd.Series) -> pd.Series:
    texts = text_array(values)
    good = matches(texts, f"^(?:{_NAME})(?:、(?:{_NAME}))*$") & ~matches(texts, "某")
    words = "|".join(_NOT_NAMES)
    return passing((good & ~matches(texts, f"(?:^|、)(?:{words})(?:、|$)")) | _few(texts), values)
