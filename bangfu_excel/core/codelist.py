"""Code lists: the labels that a coded field may hold, their everyday synonyms and their codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bangfu_excel.core.fold import fold
from bangfu_excel.errors import DeclarationError

_BODIES = "部局组室站团处队办"
"""Behind a word, or as its first character behind another, one of these is in the name of who does it: 宣传部, 服务队活动."""

_SHORT = 3
_OTHERS = frozenset({"其他", "其它"})


@dataclass(frozen=True)
class CodeEntry:
    """One label, what people write for it, and (for some lists) its code in a national standard."""

    label: str
    synonyms: tuple[str, ...] = ()
    code: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)  # e.g. sex = "男" for 之子


@dataclass(frozen=True)
class CodeList:
    """Labels of one coded field. `source` names the standard or form that it comes from."""

    name: str
    title: str
    entries: tuple[CodeEntry, ...]
    source: str = ""

    def __post_init__(self) -> None:
        twice = {label for label in self.labels if self.labels.count(label) > 1}
        if twice:
            raise DeclarationError(f"代码表{self.name}：“{'、'.join(sorted(twice))}”列了两次")
        seen: dict[str, str] = {}
        for entry in self.entries:
            for text in (entry.label, *entry.synonyms):
                other = seen.setdefault(fold(text), entry.label)
                if other != entry.label:
                    raise DeclarationError(f"代码表{self.name}：“{text}”同时属于“{other}”和“{entry.label}”")

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(entry.label for entry in self.entries)

    @cached_property
    def _by_text(self) -> dict[str, str]:
        return {fold(text): entry.label for entry in self.entries for text in (entry.label, *entry.synonyms)}

    @cached_property
    def _attributes(self) -> dict[str, Mapping[str, str]]:
        return {entry.label: entry.attributes for entry in self.entries}

    def label_in(self, text: str, aside: Iterable[str] = ()) -> str | None:
        """The one label that stands in a title, spelt out or as a synonym; None where there is none, or several.

        A word of two or three characters that is part of another one (总结, 日记) is too little to tell by; if it is of another
        label it still casts doubt, but for those `aside`, which every such title has.
        """
        plain, ignored = fold(text), {fold(word) for word in aside}
        found = [(m.span(), w) for w in self._by_text for m in re.finditer(_whole(w), plain)]
        told = {
            word for (start, stop), word in found
            if not any(a <= start and stop <= b and self._by_text[o] != self._by_text[word] for (a, b), o in found if o != word)
        }  # fmt: skip
        sure = {self._by_text[word] for word in told if not self._is_vague(word)}
        labels = {self._by_text[word] for word in told if word not in ignored} | sure
        return next(iter(sure)) if len(labels) == 1 == len(sure) and sure.isdisjoint(_OTHERS) else None

    def _is_vague(self, word: str) -> bool:
        label = self._by_text[word]
        longer = [other for other in self._by_text if word in other and other != word]
        of_others = any(self._by_text[other] != label for other in longer)
        return word != fold(label) and bool(longer) and (of_others or len(word) <= _SHORT)

    @property
    def written(self) -> frozenset[str]:
        """Everything, folded, that stands for a label."""
        return frozenset(self._by_text)

    def label_of(self, text: str) -> str | None:
        """The label that `text` (a label or synonym, folded) stands for, or None."""
        return self._by_text.get(fold(text))

    def spellings(self, label: str) -> frozenset[str]:
        """Everything, folded, that stands for `label`."""
        return frozenset(text for text, meant in self._by_text.items() if meant == label)

    def attribute(self, label: str, name: str) -> str:
        """An attribute of a label, "" where it has none."""
        return self._attributes.get(label, {}).get(name, "")


def _whole(word: str) -> str:
    behind = "(?<![\\u3400-\\u9fff])" if word[:1] in _BODIES else ""
    return f"{behind}{re.escape(word)}(?![{_BODIES}])"
