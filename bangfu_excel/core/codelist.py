"""Code lists: the labels that a coded field may hold, their everyday synonyms and their codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bangfu_excel.core.fold import fold
from bangfu_excel.errors import DeclarationError


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
