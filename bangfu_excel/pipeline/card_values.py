"""What cards are filled with: rows of the registry as values, beside whom they mean and who helps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from bangfu_excel.core.masking import mask
from bangfu_excel.core.table import Field, Privacy, Table
from bangfu_excel.write.forms import Day, Value, text_of

RECIPIENT_TABLES = ("household", "child")
_ALIKE = {"head_name": "name", "head_id": "id_number", "head_gender": "gender", "group": "villager_group"}
_OF_HOUSEHOLD = {child: household for household, child in _ALIKE.items()}


@dataclass(frozen=True, repr=False)
class Rows:
    """The rows of one table; values of a column are made once. masked: as outsiders may see them."""

    table: Table
    frame: pd.DataFrame
    masked: bool = False
    _columns: dict[str, Sequence[Value]] = field(default_factory=dict, compare=False)
    _keys: dict[str, Sequence[str]] = field(default_factory=dict, compare=False)

    def __len__(self) -> int:
        return len(self.frame)

    def value(self, name: str, row: int) -> Value:
        """The value of a field in a row (by position), None where there is none."""
        if name not in self.table or row < 0:
            return None
        if name not in self._columns:
            self._columns[name] = self._made(self.table[name])
        return self._columns[name][row]

    def text(self, name: str, row: int) -> str:
        """The same in words."""
        return text_of(self.value(name, row))

    def keys(self, column: str) -> Sequence[str]:
        """`_key`, `_recipient` or `_helper` of each row, "" where missing."""
        if column not in self._keys:
            self._keys[column] = self._texts(column)
        return self._keys[column]

    def _texts(self, column: str) -> Sequence[str]:
        values = self.frame[column] if column in self.frame else pd.Series("", index=self.frame.index)
        return [str(value) for value in values.astype("str").fillna("")]

    @cached_property
    def by_key(self) -> Mapping[str, int]:
        """Key of a record → its row."""
        return {key: row for row, key in enumerate(self.keys("_key")) if key}

    @cached_property
    def by_recipient(self) -> Mapping[str, Sequence[int]]:
        """Key of whom they mean → rows."""
        return grouped(self.keys("_recipient"))

    @cached_property
    def by_helper(self) -> Mapping[str, Sequence[int]]:
        """Key of a helper → the rows that name him, also among others."""
        found: dict[str, list[int]] = {}
        for row, keys in enumerate(self.keys("_helper")):
            for key in filter(None, keys.split("、")):
                found.setdefault(key, []).append(row)
        return found

    def withheld(self, name: str, row: int) -> bool:
        """Whether the value waits to be corrected."""
        return name in self.keys("_withheld")[row].split("、")

    def _made(self, declared: Field) -> Sequence[Value]:
        values = self.frame[declared.name]
        approx, precision = self._beside(declared, "approx"), self._beside(declared, "precision")
        made = [_value(value, str(known)) for value, known in zip(values.tolist(), precision, strict=True)]
        made = [f"约{text_of(value)}" if about is True else value for value, about in zip(made, approx, strict=True)]
        if not self.masked or declared.privacy is Privacy.NONE:
            return made
        return [mask(text_of(value), declared.privacy) or None for value in made]

    def _beside(self, declared: Field, mark: str) -> list[object]:
        name = f"{declared.name}__{mark}"
        return (
            self.frame[name].astype(object).where(self.frame[name].notna(), "").tolist()
            if name in self.frame
            else [""] * len(self)
        )


def _value(value: object, precision: str) -> Value:
    if value is None or value is pd.NaT or value is pd.NA or value != value:  # noqa: PLR0124
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, pd.Timestamp):
        return Day(value.date(), precision)
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if isinstance(value, int) else str(value)


def grouped(keys: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Key → positions; "" is none."""
    found: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        if key:
            found.setdefault(key, []).append(row)
    return found


@dataclass(frozen=True, repr=False)
class Values:
    """All tables of a run of cards. in_force: the rows of pairings that are in force."""

    tables: Mapping[str, Rows]
    in_force: frozenset[int]

    def recipient(self, rows: Rows, row: int, name: str) -> Value:
        """A value of the household or child that a row means; where nobody says it there, what the row says of it itself."""
        key = self.recipient_of(rows, row)
        for table in RECIPIENT_TABLES:
            roster = self.tables.get(table)
            at = roster.by_key.get(key, -1) if roster is not None and key else -1
            if roster is not None and at >= 0:
                called = (_ALIKE if table == "child" else _OF_HOUSEHOLD).get(name, name)
                found = roster.value(called if called in roster.table else name, at)
                if found is not None:
                    return found
        return self._said_of_recipient(rows, row, name)

    @staticmethod
    def recipient_of(rows: Rows, row: int) -> str:
        """The key of whom a row means: of a roster of recipients himself."""
        return rows.keys("_key" if rows.table.name in RECIPIENT_TABLES else "_recipient")[row]

    @staticmethod
    def _said_of_recipient(rows: Rows, row: int, name: str) -> Value:
        refers = rows.table.refers
        if refers is None:
            return rows.value(name, row)
        words = {
            "name": refers.name, "head_name": refers.name, "id_number": refers.person, "head_id": refers.person,
            "household_id": refers.id, "township": refers.township, "village": refers.village, "group": refers.group,
            "villager_group": refers.group, "gender": "recipient_gender", "head_gender": "recipient_gender",
            "school": refers.school, "class_name": refers.class_name,
        }  # fmt: skip
        own = words.get(name, f"recipient_{name}")
        return rows.value(own, row) if own in rows.table else None

    def helper(self, rows: Rows, row: int, name: str) -> Value:
        """A value of who helps: as the row says it, else as the roster of helpers or a pairing does; of several joined with 、."""
        table = rows.table
        if table.name == "helper":
            return rows.value(name, row)
        if not table.helper:
            return self._of_pairings(rows, row, name)
        own = rows.value(table.helper if name == "name" else f"helper_{name}", row)
        return own if own is not None else self._of_helpers(rows.keys("_helper")[row].split("、"), name)

    def _of_pairings(self, rows: Rows, row: int, name: str) -> Value:
        """Of those who are paired with the recipient now, who leads first."""
        pairings = self.tables.get("pairing")
        key = self.recipient_of(rows, row)
        if pairings is None or not key:
            return None
        at = [one for one in pairings.by_recipient.get(key, ()) if one in self.in_force]
        at.sort(key=lambda one: pairings.value("is_lead", one) != "是")
        return joined(self.helper(pairings, one, name) for one in at)

    def _of_helpers(self, keys: Sequence[str], name: str) -> Value:
        return joined(self._of_helper(key, name) for key in keys if key)

    def _of_helper(self, key: str, name: str) -> Value:
        roster, pairings = self.tables.get("helper"), self.tables.get("pairing")
        for rows, field_name in ((roster, name), (pairings, f"helper_{name}")):
            for row in rows.by_helper.get(key, ()) if rows is not None else ():
                if (found := rows.value(field_name, row) if rows is not None else None) is not None:
                    return found
        return None


def joined(values: Iterable[Value]) -> Value:
    """The values, each once; one as it is, several in words."""
    found = list(dict.fromkeys(value for value in values if value is not None))
    return found[0] if len(found) == 1 else "、".join(map(text_of, found)) or None
