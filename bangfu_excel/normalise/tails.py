"""A village and its group in one cell (村组), a township before them (青石镇柳溪村三组): several fields, one column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.columns import RELATED_SHOWN
from bangfu_excel.core.finding import Finding
from bangfu_excel.core.message import Message
from bangfu_excel.core.messages.normalise import GROUP_SPLIT, PLACES_SPLIT, PLACES_UNCERTAIN
from bangfu_excel.core.places import Placed, place_keys, split_group, split_place
from bangfu_excel.core.region import Source
from bangfu_excel.core.table import Field, Table

_HOUSE = re.compile(r"\d{1,4}号(?:附\d{1,3}号?)?$")
_DOUBTFUL = re.compile(r".+(?:镇|乡|街道).+(?:村|社区|委会)")


@dataclass(frozen=True)
class Split:
    """The columns that came of splitting, whether such a place is stated in each row, where the values stand, what to say."""

    columns: Mapping[str, pd.Series]
    stated: Mapping[str, NDArray[np.bool_]]
    source: Source
    findings: tuple[Finding, ...]


def split_places(table: Table, typed: Mapping[str, Any], source: Source, numbers: NDArray[np.int64]) -> Split:
    """Townships, villages and groups of the columns that hold several; nothing where each has a column of its own.

    `numbers` are Excel's row numbers of the data rows.
    """
    columns: dict[str, pd.Series] = {}
    stated: dict[str, NDArray[np.bool_]] = {}
    places = dict(source.columns)
    findings: list[Finding] = []
    for field in table.fields:
        if not field.names or field.name not in typed or places[field.name].raw is None:
            continue
        found = _places(field, {**typed, **columns})
        for name, values in found.items():
            columns[name] = values
            if name != field.name:
                stated[name] = values.notna().to_numpy(dtype=bool)
                places[name] = places[field.name]
        findings += _notes(field, typed, found, source, numbers)
    return Split(columns, stated, replace(source, columns=places), tuple(findings))


def _places(field: Field, typed: Mapping[str, Any]) -> dict[str, pd.Series]:
    """The places that the texts of `field` name and that have no column; the field itself where it lost some of its text."""
    township, village, group = (*field.names, "")[:3]  # a table of villages has no groups
    texts = pd.Series(typed[field.name])
    free = [name for name in field.names if name != field.name and name not in typed]
    if field.name != village:
        if village not in free:
            return {}
        read = {text: _address(text) for text in texts.dropna().unique().tolist()}
    else:
        read = {text: _village(text, keep_group=group not in free) for text in texts.dropna().unique().tolist()}
    if all(placed == (Placed("", text, "") if field.name == village else Placed()) for text, placed in read.items()):
        return {}  # as in most rosters: a text for each row would be made for nothing
    parts = {
        name: texts.map({text: placed[i] or None for text, placed in read.items()}).astype("str")
        for i, name in enumerate(field.names)
    }
    if field.name == village:
        if township not in free:
            other = (place_keys(parts[township]) != place_keys(pd.Series(typed[township]))) & parts[township].notna()
            whole = texts.map({text: split_group(text)[0] if group in free else text for text in read}).astype("str")
            parts[village] = parts[village].where(~other, whole)
        free = [*free, village]
    found = {name: parts[name] for name in free if parts[name].notna().any()}
    return {} if set(found) <= {field.name} and (found.get(field.name, texts) == texts)[texts.notna()].all() else found


def _village(text: str, *, keep_group: bool) -> Placed:
    """What the text of a village's column names; a group stays with its village where it has a column of its own."""
    placed = split_place(text)
    if placed is None or not placed.village:
        placed = Placed("", *split_group(text))
    return placed if not keep_group else placed._replace(village=placed.village + placed.group, group="")


def _address(text: str) -> Placed:
    """What an address names for certain: nothing unless a township and a village."""
    placed = split_place(_HOUSE.sub("", re.sub(r"\s", "", text)))
    return placed if placed is not None and placed.township and placed.village else Placed()


def _notes(
    field: Field, typed: Mapping[str, Any], found: Mapping[str, pd.Series], source: Source, numbers: NDArray[np.int64]
) -> Iterator[Finding]:
    """One note for all cells that were split, one 疑点 for those of which it is not certain how."""
    township, village = field.names[:2]
    texts = pd.Series(typed[field.name])
    others = [found[name].notna() for name in found if name != field.name]
    rows = np.flatnonzero(np.logical_or.reduce(others) if others else np.zeros(len(texts), dtype=bool))
    if field.name == village and village in found:
        rows = np.flatnonzero((found[village] != texts) & texts.notna())
    if len(rows):
        message = PLACES_SPLIT if township in found else GROUP_SPLIT
        shown = [found[name].iloc[rows[0]] for name in field.names if name in found]
        yield _told(message, source, field.name, numbers[rows], after="、".join(s for s in shown if isinstance(s, str)))
    if field.name == village and township not in typed:
        doubtful = {text for text in texts.dropna().unique().tolist() if _DOUBTFUL.match(text)}
        unsure = texts.isin([text for text in doubtful if split_place(text) is None])
        if unsure.any():
            yield _told(PLACES_UNCERTAIN, source, field.name, numbers[np.flatnonzero(unsure)])


def _told(message: Message, source: Source, field: str, numbers: NDArray[np.int64], **words: object) -> Finding:
    first, *further = (source.place(int(number), field) for number in numbers[: RELATED_SHOWN + 1])
    related = tuple(place.cell for place in further)
    return message.finding(first, related=related, count=len(numbers), cells=len(numbers), **words)
