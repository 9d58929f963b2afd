"""Folding text for matching: what looks the same to a clerk compares equal. Display forms are never folded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u2060\u00ad]+")
_BRACKETS = str.maketrans("【】〔〕［］｛｝[]{}", "()()()()()()")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟\"＂‘’'＇`「」『』", None))
_DASHES = str.maketrans("—–‐‑‒―－", "-------")


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=65536)
def simplify(text: str) -> str:
    """Traditional characters to simplified ones. For headers and codes, never for names that are kept."""
    return _simplifier().convert(text) if any(char >= "\u3400" for char in text) else text


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Matching form of a header, label or code: NFKC, no white space, one kind of bracket and dash, no quotes, lower case, simplified."""
    folded = unicodedata.normalize("NFKC", text)
    folded = _SPACE.sub("", folded).translate(_BRACKETS).translate(_QUOTES).translate(_DASHES)
    return simplify(folded.casefold())
