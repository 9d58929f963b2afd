"""The right word that a wrong one is most like."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_ALIKE = 50


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice spelt most like `word` (of equals the first), or "" where none is alike."""
    found = process.extractOne(word, list(dict.fromkeys(choices)), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return found[0] if found else ""


def is_it(word: str, choices: Iterable[str]) -> str:
    """，是不是“…”？ where a choice is alike; "" else."""
    near = nearest(word, choices)
    return f"，是不是“{near}”？" if near else ""
