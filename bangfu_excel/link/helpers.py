"""Who helped: helpers are told apart by name and phone, else name and unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from bangfu_excel.core.names import name_keys
from bangfu_excel.link.references import unit_keys

Key = TypeVar("Key")
Value = TypeVar("Value")
STATED = ("name", "phone", "unit")


@dataclass(frozen=True)
class Person:
    """A helper as one row states them: name and unit in matching form, "" where not stated."""

    name: str
    phone: str = ""
    unit: str = ""


@dataclass(frozen=True)
class HelperBook:
    """Every helper that a pairing names, submitted or registered.

    keys: person as stated → key · unclear: persons who may be one of several · by_name, by_unit: name (and unit) → keys.
    """

    keys: dict[Person, str]
    unclear: frozenset[Person]
    by_name: dict[str, frozenset[str]]
    by_unit: dict[tuple[str, str], frozenset[str]]
    units: dict[str, frozenset[str]]

    @classmethod
    def of(cls, people: Iterable[Person]) -> HelperBook:
        """The book of these helpers; one that states less gets the key of the only one it can be."""
        distinct = sorted(set(people), key=lambda p: (p.name, p.phone, p.unit))
        by_name: dict[str, list[Person]] = defaultdict(list)
        for person in distinct:
            by_name[person.name].append(person)
        keys: dict[Person, str] = {}
        unclear: set[Person] = set()
        for namesakes in by_name.values():
            for person in namesakes:
                keys[person], sure = _key_among(person, namesakes)
                if not sure:
                    unclear.add(person)
        sure_keys = {person: key for person, key in keys.items() if person not in unclear}
        return cls(
            keys, frozenset(unclear),
            grouped((p.name, key) for p, key in sure_keys.items()),
            grouped(((p.name, p.unit), key) for p, key in sure_keys.items() if p.unit),
            grouped((key, p.unit) for p, key in sure_keys.items() if p.unit),
        )  # fmt: skip

    def find(self, name: str, unit: str, alone: bool) -> tuple[str, bool]:
        """The key of somebody of whom name and (or "") unit are stated, and whether it is certain.

        alone: the unit is said of this one person, not of several visitors together.
        """
        if unit:
            same = self.by_unit.get((name, unit), frozenset())
            if len(same) == 1:
                return next(iter(same)), True
            if len(same) > 1:
                return f"{name}|{unit}", False
        known = self.by_name.get(name, frozenset())
        possible = frozenset(key for key in known if not (unit and alone and self.units.get(key)))
        if len(possible) == 1:
            return next(iter(possible)), True
        return (f"{name}|", False) if possible else (f"{name}|{unit}", True)


def _key_among(person: Person, namesakes: list[Person]) -> tuple[str, bool]:
    """The key of `person` and whether it is certain, given all who have that name."""
    if person.phone:
        return f"{person.name}|{person.phone}", True
    if person.unit:
        phones = {p.phone for p in namesakes if p.phone and p.unit == person.unit}
        if not phones:
            elsewhere = {p.phone for p in namesakes if p.phone and p.unit}
            phones = {p.phone for p in namesakes if p.phone and not p.unit} - elsewhere
        if len(phones) == 1:
            return f"{person.name}|{phones.pop()}", True
        return f"{person.name}|{person.unit}", not phones
    others = {_key_among(p, namesakes)[0] for p in namesakes if p.phone or p.unit}
    if len(others) == 1:
        return others.pop(), True
    return f"{person.name}|", not others


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, frozenset[Value]]:
    """The second parts by the first."""
    found: dict[Key, set[Value]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}


def stated_helpers(pairings: pd.DataFrame) -> pd.DataFrame:
    """Columns `STATED` of pairings, in matching form, "" where not stated; index of `pairings`."""
    return pd.DataFrame(
        {
            "name": name_keys(_text(pairings, "helper_name")).astype("str"),
            "phone": _text(pairings, "helper_phone"),
            "unit": unit_keys(_text(pairings, "helper_unit")),
        },
        index=pairings.index,
    ).fillna("")


def _text(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[name].astype("str") if name in frame else pd.Series(None, index=frame.index, dtype="str")


def persons_of(stated: pd.DataFrame) -> list[Person]:
    """The person that each row states."""
    return [Person(*values) for values in stated.itertuples(index=False, name=None)]


def pairing_helpers(stated: pd.DataFrame, book: HelperBook) -> tuple[pd.Series, pd.Series]:
    """`_helper` of pairings (missing where nobody is named), and True where the helper may be one of several."""
    codes, distinct = pd.factorize(pd.MultiIndex.from_frame(stated))
    people = [Person(*values) for values in distinct]
    keys = pd.Series([book.keys[p] if p.name else None for p in people], dtype="str")
    unclear = pd.Series([p in book.unclear and bool(p.name) for p in people], dtype=bool)
    return (
        keys.take(codes).set_axis(stated.index),
        unclear.take(codes).set_axis(stated.index),
    )
