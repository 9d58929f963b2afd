"""Photographs beside the workbooks, named 石桥村-张三-2024-03-05.jpg and the like → the visits that they show."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from bangfu_excel.core.names import name_key, name_keys
from bangfu_excel.core.places import place_key, place_keys
from bangfu_excel.core.rows import Outcome

_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)\s*[-_.年/]\s*(?P<month>\d{1,2})\s*[-_.月/]\s*(?P<day>\d{1,2})(?!\d)日?"
    r"|(?P<year8>(?:19|20)\d\d)(?P<month8>\d\d)(?P<day8>\d\d)(?!\d)"
    r"|(?P<month_only>\d{1,2})月(?P<day_only>\d{1,2})[日号])"
)
_SEPARATORS = re.compile(r"[\s\-_－—–+＋,，、;；/\\.·()（）\[\]【】]+")
_COUNTER = re.compile(r"(?<=[^\d])(?:第?\d+张?|家|户)$")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class Day(NamedTuple):
    """A date in a file's name; year 0 where the name does not say."""

    year: int
    month: int
    day: int

    def is_day_of(self, visited_on: pd.Timestamp) -> bool:
        same = (self.month, self.day) == (visited_on.month, visited_on.day)
        return same and self.year in (0, visited_on.year)


@dataclass(frozen=True, slots=True)
class PhotoLinks:
    """photos: name → positions in the frame of visits · unmatched: names that fit no visit, or several different ones."""

    matched: Mapping[str, tuple[int, ...]]
    unmatched: tuple[str, ...]


def link_photos(visits: pd.DataFrame, photos: Sequence[str]) -> PhotoLinks:
    """Which visits the photographs show, told by their names and folders (household or head, date, village).

    visits: the linked rows · photos: paths relative to INBOX with forward slashes. A photograph belongs to the records of one
    household on one day; without a date in its name, only where the household was visited once. Nothing is guessed.
    """
    index = _Index(visits)
    matched: dict[str, tuple[int, ...]] = {}
    for photo in photos:
        if found := index.shown_on(photo):
            matched[photo] = found
    return PhotoLinks(matched, tuple(photo for photo in photos if photo not in matched))


class _Index:
    """Visits by what a file's name may say of them."""

    def __init__(self, visits: pd.DataFrame) -> None:
        usable = visits[(visits["_outcome"] == Outcome.ACCEPTED) & visits["visited_on"].notna()]
        self._days = usable["visited_on"]
        self._villages = place_keys(usable["village"])
        self._recipients = usable["_recipient"].fillna(name_keys(usable["head_name"]))
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)
        for words in (name_keys(usable["head_name"]), name_keys(usable["household_id"])):
            for position, word in words.dropna().items():
                self._by_word[word].append(int(str(position)))
        self._known_villages = frozenset(self._villages.dropna())

    def shown_on(self, photo: str) -> tuple[int, ...]:
        """Positions of the records that the photograph shows; () where none or several different ones are possible."""
        day, words = _read(photo)
        found = list(dict.fromkeys(p for word in words for p in self._by_word.get(name_key(word), ())))
        villages = self._known_villages & {place_key(word) for word in words}
        found = [p for p in found if not villages or self._villages[p] in villages or pd.isna(self._villages[p])]
        if day:
            found = [p for p in found if day.is_day_of(self._days[p])]
        occasions = {(self._recipients[p], self._days[p]) for p in found}
        return tuple(found) if len(occasions) == 1 else ()


def _read(photo: str) -> tuple[Day | None, list[str]]:
    """The date nearest to the end of the path, and the words beside it."""
    text = _SUFFIX.sub("", photo)
    dates = list(_DATE.finditer(text))
    day = _day(dates[-1]) if dates else None
    words = [word for word in _SEPARATORS.split(_DATE.sub("/", text)) if word]
    return day, [form for word in words for form in _forms(word)]


def _day(match: re.Match[str]) -> Day | None:
    found = match.groupdict()
    year = found["year"] or found["year8"] or "0"
    month = found["month"] or found["month8"] or found["month_only"]
    day = found["day"] or found["day8"] or found["day_only"]
    return Day(int(year), int(month), int(day))


def _forms(word: str) -> Iterator[str]:
    """The word, and without what numbers several photographs of one thing: 张三2, 张三家."""
    yield word
    while (shorter := _COUNTER.sub("", word)) != word:
        word = shorter
        yield word
