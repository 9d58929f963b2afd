"""Who helped: helpers are told apart by name and phone, else name and unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.names import name_keys
from bangfu_excel.core.succession import HelperName, Succession
from bangfu_excel.link.references import unit_keys

Key = TypeVar("Key")
Value = TypeVar("Value")
STATED = ("name", "phone", "unit")
PAIRING_FIELDS, ROSTER_FIELDS = ("helper_name", "helper_phone", "helper_unit"), ("name", "phone", "unit")


class Person(NamedTuple):
    """A helper as one row states them: name and unit in matching form, "" where not stated."""

    name: str
    phone: str = ""
    unit: str = ""


@dataclass(frozen=True)
class HelperBook:
    """Every helper that a pairing or a roster of helpers names, submitted or registered.

    keys: person as stated → key · unclear: persons who may be one of several.
    """

    keys: Mapping[Person, str]
    unclear: frozenset[Person]

    @classmethod
    def of(cls, people: Iterable[Person]) -> HelperBook:
        """The book of these helpers; one that states less gets the key of the only one it can be."""
        by_name: dict[str, list[Person]] = defaultdict(list)
        for person in sorted(set(people)):
            by_name[person.name].append(person)
        found = {person: _key_among(person, namesakes) for namesakes in by_name.values() for person in namesakes}
        keys = {person: key for person, (key, _) in found.items()}
        return cls(keys, frozenset(person for person, (_, sure) in found.items() if not sure))

    def renamed(self, keys: Mapping[str, str]) -> HelperBook:
        """The book with other keys for some: a helper of another name keeps the key under which he is registered."""
        return HelperBook({person: keys.get(key, key) for person, key in self.keys.items()}, self.unclear)

    @cached_property
    def _certain(self) -> list[tuple[Person, str]]:
        return [(person, key) for person, key in self.keys.items() if person not in self.unclear]

    @cached_property
    def by_name(self) -> Mapping[str, frozenset[str]]:
        """Name → keys of those who have it."""
        return grouped((person.name, key) for person, key in self._certain)

    @cached_property
    def by_unit(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Name and unit → keys."""
        return grouped(((person.name, person.unit), key) for person, key in self._certain if person.unit)

    @cached_property
    def units(self) -> Mapping[str, frozenset[str]]:
        """Key → units that are stated for it."""
        return grouped((key, person.unit) for person, key in self._certain if person.unit)

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


def stated_helpers(
    pairings: pd.DataFrame, succession: Succession, fields: tuple[str, str, str] = PAIRING_FIELDS
) -> pd.DataFrame:
    """Columns `STATED` of pairings, or of a roster whose `fields` these are, in matching form and by their names of now, "" where not stated; index of `pairings`.

    `renamed` (bool): something is stated otherwise in the row.
    """
    written = _written_helpers(pairings, fields)
    if not succession:
        return written.assign(renamed=False)
    distinct = written.drop_duplicates()
    people = [HelperName(*each) for each in distinct[["name", "unit", "phone"]].itertuples(index=False, name=None)]
    meant = pd.DataFrame(
        [vars(succession.helper(person)) for person in people], columns=["name", "unit", "phone"], dtype="str"
    )
    known = distinct.reset_index(drop=True).add_prefix("said_").join(meant)
    merged = written.merge(
        known, how="left", left_on=list(STATED), right_on=[f"said_{name}" for name in STATED], suffixes=("_said", "")
    )
    now = merged[list(STATED)].set_axis(written.index)
    return now.assign(renamed=(now != written).any(axis=1))


def _written_helpers(pairings: pd.DataFrame, fields: tuple[str, str, str]) -> pd.DataFrame:
    name, phone, unit = fields
    return pd.DataFrame(
        {
            "name": name_keys(_text(pairings, name)).astype("str"),
            "phone": each_once(_text(pairings, phone), _main_phone),
            "unit": unit_keys(_text(pairings, unit)),
        },
        index=pairings.index,
    ).fillna("")


def _main_phone(phones: str) -> str:
    """The first mobile of several telephones, else the first of them: a second one does not make another helper."""
    numbers = phones.split("、")
    return next((number for number in numbers if len(number) == 11 and number.startswith("1")), numbers[0])


def _text(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame[name].astype("str") if name in frame else pd.Series(None, index=frame.index, dtype="str")


def persons_of(stated: pd.DataFrame) -> list[Person]:
    """The distinct persons that rows state."""
    distinct = stated.drop_duplicates()
    columns = [distinct[name].tolist() for name in STATED]
    return [Person(*values) for values in zip(*columns, strict=True)]


def pairing_helpers(stated: pd.DataFrame, book: HelperBook) -> tuple[pd.Series, pd.Series]:
    """`_helper` of pairings, and True where the helper may be one of several. Where no person is named, the unit helps: its
    name in matching form is the key; missing where that is not stated either.
    """
    keys = (stated["name"] + "|" + stated["phone"]).mask(
        stated["name"] == "", stated["unit"].where(stated["unit"] != "")
    )
    unclear = pd.Series(False, index=stated.index)
    rest = (stated["phone"] == "") & (stated["name"] != "")
    if rest.any():
        columns = [stated.loc[rest, name].tolist() for name in STATED]
        people = [Person(*values) for values in zip(*columns, strict=True)]
        keys[rest] = np.array([book.keys[person] for person in people], dtype=object)
        unclear[rest] = np.array([person in book.unclear for person in people], dtype=bool)
    return keys, unclear
