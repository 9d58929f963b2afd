"""A record in the words of the county office: who it is about, where, and what tells it from others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from bangfu_excel.core.columns import among
from bangfu_excel.core.masking import Masking, without_numbers
from bangfu_excel.core.table import Field, Privacy, Table
from bangfu_excel.merge.changes import value_text

_LEAD = ("name", "recipient_name", "head_name")
_TOLD = (
    "household_id", "head_name", "village", "group", "villager_group", "helper_name", "visited_on", "visitors", "started_on",
)  # fmt: skip
_TAIL = 4  # digits of an identity number by which two are told apart


def record_words(rows: pd.DataFrame, table: Table, masking: Masking) -> dict[str, str]:
    """Key → the record in words, of these rows of `table`: 张建国（H1，柳溪村，三组）. Numbers of persons are masked."""
    return {str(row["_key"]): _words(row, table, masking) for row in rows.to_dict("records")}


def house_words(households: pd.DataFrame, keys: Iterable[str], table: Table, masking: Masking) -> dict[str, str]:
    """Key → the household in words, different ones for different keys: 张建国（户编号H1，柳溪村三组）; with the townships where these differ."""
    chosen = households[among(households["_key"], set(keys))].drop_duplicates("_key")
    parts = ("township", "village", "group") if chosen["township"].nunique() > 1 else ("village", "group")
    told: dict[str, str] = {}
    for row in chosen.to_dict("records"):
        words = _house(row, parts, table, masking)
        alike = sum(other == words or other.startswith(f"{words}，第") for other in told.values())
        told[str(row["_key"])] = f"{words}，第{alike + 1}户" if alike else words
    return told


def key_mark(key: str) -> str:
    """A key as a workbook carries it: keys may hold identity numbers, which are nobody's to see there."""
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]


def place_words(file: str, sheet: str, cell: str) -> str:
    """甲.xlsx“户”C5."""
    return f"{file}{f'“{sheet}”' if sheet else ''}{cell}"


def said(row: Mapping[Any, object], name: str, table: Table, masking: Masking) -> str:
    """The value of a field as a person would write it, masked where the office is not shown it; "" where there is none."""
    text = value_text(row.get(name), row.get(f"{name}__precision"))
    return masking.shown(text, _declared(table, name))


def _words(row: Mapping[Any, object], table: Table, masking: Masking) -> str:
    named = [(name, said(row, name, table, masking)) for name in (*_LEAD, *_TOLD, *_key_fields(table))]
    stated = {name: text for name, text in named if text}
    lead = next((name for name in (*_LEAD, *stated) if name in stated), "")
    if not lead:
        return without_numbers(str(row["_key"]))
    details = [text for name, text in stated.items() if name != lead and (name in _TOLD or lead not in _LEAD)]
    return stated[lead] + (f"（{'，'.join(dict.fromkeys(details))}）" if details else "")


def _key_fields(table: Table) -> tuple[str, ...]:
    """What makes a record one, but for the numbers of persons."""
    names = dict.fromkeys(name for rung in table.keys for name in rung if name in table)
    return tuple(name for name in names if table[name].privacy is not Privacy.IDENTITY)


def _house(row: Mapping[Any, object], places: Iterable[str], table: Table, masking: Masking) -> str:
    number, identity = said(row, "household_id", table, masking), value_text(row.get("head_id"))
    where = "".join(said(row, name, table, masking) for name in places)
    which = f"户编号{number}" if number else f"证件尾号{identity[-_TAIL:]}" if identity else ""
    details = "，".join(part for part in (which, where) if part)
    return said(row, "head_name", table, masking) + (f"（{details}）" if details else "")


def _declared(table: Table, name: str) -> Field | None:
    return next((field for field in table.fields if field.name == name), None)
