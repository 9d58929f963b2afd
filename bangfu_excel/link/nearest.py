"""The names in a village that look most like one that nobody there has."""

from __future__ import annotations

import pandas as pd
from rapidfuzz import fuzz, process

from bangfu_excel.link.directory import Directory

_ALIKE = 60  # of 100: one character of three differs
_SHOWN = 3
_MOST = 5000  # names in a place; beyond it nothing can be suggested in reasonable time


def nearest_keys(refs: pd.DataFrame, directory: Directory) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Township, village and name ("" where not stated) → keys of up to three households there of similar name."""
    asked = refs[["township", "village", "name"]].dropna(subset="name").fillna("").drop_duplicates()
    if asked.empty:
        return {}
    names = directory.names.fillna({"township": "", "village": ""})
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for (township, village), part in asked.groupby(["township", "village"]):
        there = names[_same(names["township"], township) & _same(names["village"], village)]
        there = there[["name", "key"]].drop_duplicates().sort_values(["name", "key"])
        if village and 0 < len(there) <= _MOST:
            for name, keys in _alike(list(part["name"]), list(there["name"]), list(there["key"])):
                found[township, village, name] = keys
    return found


def _same(there: pd.Series, asked: str) -> pd.Series:
    return (there == asked) | (there == "") | (asked == "")


def _alike(asked: list[str], names: list[str], keys: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    scores = process.cdist(asked, names, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    order = (-scores).argsort(axis=1, kind="stable")[:, :_SHOWN]
    return [
        (name, tuple(dict.fromkeys(keys[i] for i in best if scores[row, i] > 0)))
        for row, (name, best) in enumerate(zip(asked, order.tolist(), strict=True))
    ]
