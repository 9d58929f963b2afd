"""Helpers and units under several names, as a county has confirmed them: reforms of institutions, other spellings of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bangfu_excel.core.fold import fold
from bangfu_excel.core.names import name_key


@dataclass(frozen=True)
class HelperName:
    """What may be stated of a helper, in matching form; "" where it is not said."""

    name: str = ""
    unit: str = ""
    phone: str = ""

    @classmethod
    def of(cls, name: str = "", unit: str = "", phone: str = "") -> HelperName:
        """From texts as they are written."""
        return cls(name_key(name), fold(unit), phone.strip())


@dataclass(frozen=True)
class Succession:
    """successors: unit → the one that it is now · aliases: helper as stated → what replaces of it. All in matching form."""

    successors: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[tuple[HelperName, HelperName], ...] = ()

    @classmethod
    def of(cls, successors: Mapping[str, str], aliases: Iterable[tuple[HelperName, HelperName]] = ()) -> Succession:
        """From texts as they are written; a unit that has a successor of its own is followed to the last one.

        `ValueError`, naming the unit, where units succeed one another in a circle.
        """
        direct = {fold(old): fold(new) for old, new in successors.items()}
        return cls({old: _last(old, direct) for old in direct}, tuple(aliases))

    def __bool__(self) -> bool:
        return bool(self.successors or self.aliases)

    def unit(self, unit: str) -> str:
        """The unit (matching form) that `unit` is now."""
        return self.successors.get(unit, unit)

    def helper(self, said: HelperName) -> HelperName:
        """Who `said` is: the unit as it is now, and the first alias that fits everything it states."""
        said = HelperName(said.name, self.unit(said.unit), said.phone)
        for stated, meant in self.aliases:
            fits = stated.name == said.name and self.unit(stated.unit) in ("", said.unit)
            if fits and stated.phone in ("", said.phone):
                unit = self.unit(meant.unit) or said.unit
                return HelperName(meant.name or said.name, unit, meant.phone or said.phone)
        return said


def _last(unit: str, direct: Mapping[str, str]) -> str:
    seen = [unit]
    while seen[-1] in direct:
        following = direct[seen[-1]]
        if following in seen:
            raise ValueError(unit)
        seen.append(following)
    return seen[-1]
