"""Matching form of school classes: 三年级(2)班, 三（2）班 and 3.2班 are one; and which names of schools agree."""

from __future__ import annotations

import re

import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold

_DIGITS = str.maketrans("〇零一二三四五六七八九两", "001234567892")
_TENS = (
    (re.compile(r"([1-9])十(?=[1-9])"), r"\1"),
    (re.compile(r"([1-9])十"), r"\g<1>0"),
    (re.compile(r"十(?=[1-9])"), "1"),
)
_APART = re.compile(r"(?<=[〇零一二三四五六七八九两十])(?=[0-9])")
_PARTS = re.compile(r"[0-9]+|[^0-9\W_]+")
_WORDS = re.compile(r"年级|年|级|班|第")


def class_keys(classes: pd.Series, grades: pd.Series | None = None) -> pd.Series:
    """Matching form of classes, with the grade that stands beside a class which does not say it; missing stays missing."""
    keys = each_once(classes, class_key)
    if grades is None or grades.isna().all():
        return keys
    grade = each_once(grades, class_key).str.rstrip(".")
    bare = keys.isna() | ~keys.str.contains(r"[^.]\.", regex=True).fillna(False).astype(bool)
    whole = grade + "." + keys.fillna("").str.lstrip(".")
    return keys.mask((bare & grade.notna()).astype(bool), whole).astype("str")


def class_key(text: str) -> str:
    """grade.class as numbers, each blank where it is not said: 三年级(2)班 → 3.2, 初一3班 → 初1.3, 三年级 → 3., 2班 → .2, 大班 → 大."""
    folded = _APART.sub(" ", fold(text)).translate(_DIGITS)
    for ten, digits in _TENS:
        folded = ten.sub(digits, folded)
    folded = folded.replace("十", "10")
    key = _joined(_PARTS.findall(_WORDS.sub(" ", folded)))
    if key.isdigit():
        return f"{key}." if "年" in folded else f".{key}" if "班" in folded else key
    return key or folded


_BARE_SCHOOL = 3  # 小学, 学校, 幼儿园 say nothing of which
_PLACE_ENDS = "省市县区旗镇乡道村"


def classes_agree(here: pd.Series, there: pd.Series) -> pd.Series:
    """True where two classes in matching form say nothing different: 3. and 3.2, but not 3.1 and 3.2. Same index, none missing."""
    return pd.Series([_agree(a, b) for a, b in zip(here, there, strict=True)], index=here.index, dtype=bool)


def schools_agree(here: pd.Series, there: pd.Series) -> pd.Series:
    """True where two names in matching form may be one school's. Same index, none missing."""
    return pd.Series([same_school(a, b) for a, b in zip(here, there, strict=True)], index=here.index, dtype=bool)


def same_school(one: str, other: str) -> bool:
    """Whether one name is the other one, or that with the place before it: 清溪镇清溪学校, 清溪学校."""
    short, long = sorted((one, other), key=len)
    before = long.removesuffix(short)
    return one == other or (len(short) > _BARE_SCHOOL and before != long and before[-1] in _PLACE_ENDS)


def _agree(here: str, there: str) -> bool:
    if here == there or "." not in here + there:
        return here == there
    (grade, _, number), (other, _, second) = here.partition("."), there.partition(".")
    return (not grade or not other or grade == other) and (not number or not second or number == second)


def _joined(parts: list[str]) -> str:
    """The parts with a dot where two numbers meet."""
    text = ""
    for part in parts:
        text += f".{part}" if text[-1:].isdigit() and part[0].isdigit() else part
    return text
