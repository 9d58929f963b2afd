"""Matching form of school classes: 三年级(2)班, 三（2）班 and 3.2班 are one."""

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


def class_keys(texts: pd.Series) -> pd.Series:
    """Matching form of the names of classes; missing stays missing."""
    return each_once(texts, class_key)


def class_key(text: str) -> str:
    """Grade and class as numbers, with what else the name says: 三年级(2)班 → 3.2, 初一3班 → 初1.3, 大班 → 大."""
    folded = _APART.sub(" ", fold(text)).translate(_DIGITS)
    for ten, digits in _TENS:
        folded = ten.sub(digits, folded)
    folded = folded.replace("十", "10")
    parts = [part for part in _PARTS.findall(_WORDS.sub(" ", folded)) if part]
    return _joined(parts) or folded


def _joined(parts: list[str]) -> str:
    """The parts with a dot where two numbers meet."""
    text = ""
    for part in parts:
        text += f".{part}" if text[-1:].isdigit() and part[0].isdigit() else part
    return text
