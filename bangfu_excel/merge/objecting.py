"""What speaks against a correction or an event, given what is registered: nothing of it is recorded then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from bangfu_excel.core.places import place_key
from bangfu_excel.errors import RegistryError
from bangfu_excel.merge.amending import alike, stated, text_of
from bangfu_excel.merge.current import current_rows
from bangfu_excel.merge.events import (
    CALLED,
    EVENTS,
    HELPER,
    HOUSEHOLD,
    JOIN,
    MEMBER,
    PAIRING,
    SPLIT,
    VILLAGE,
    founded_key,
    pair,
    renamed_key,
    village_units,
)
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State

_NAMED = 5


def require_sound(kind: str, records: Sequence[Mapping[str, Any]], folder: Path, state: State) -> None:
    """`RegistryError` that names the places of the first records that cannot be, given the state before them."""
    said = _Registered(folder, state)
    check = {"correct": _against_correction, "event": _against_event}.get(kind)
    if check is None:
        return
    mistakes = [
        f"{record.get('place') or f'第{number}条'}：{sentence}"
        for number, record in enumerate(records, start=1)
        for sentence in check(record, said)
    ]
    if mistakes:
        more = f"；另有{len(mistakes) - _NAMED}处" if len(mistakes) > _NAMED else ""
        raise RegistryError("；".join(mistakes[:_NAMED]) + more + "。一条也没有登记，请改好再来")


class _Registered:
    """What is registered, and what earlier records of the same entry have made of its keys."""

    def __init__(self, folder: Path, state: State) -> None:
        self.folder, self.state = folder, state
        self._rows: dict[str, pd.DataFrame] = {}
        self._at: dict[str, dict[str, int]] = {}
        self.come: dict[str, str] = {}  # key of now → key of before, "" for a household that was founded
        self.gone: set[str] = set()

    @cached_property
    def renames(self) -> Renames:
        return Renames.of(self.folder, self.state)

    def rows(self, table: str) -> pd.DataFrame:
        if table not in self._rows:
            self._rows[table] = current_rows(self.folder, self.state, table)
        return self._rows[table]

    def at(self, table: str, key: str) -> int | None:
        """The position of a record."""
        if table not in self._at:
            keys = self.rows(table)["_key"].tolist()
            self._at[table] = {key: at for at, key in enumerate(keys) if isinstance(key, str)}
        return self._at[table].get(key)

    def has(self, key: str) -> bool:
        """Whether there is such a household."""
        return key not in self.gone and (key in self.come or self.at(HOUSEHOLD, key) is not None)

    def rename(self, old: str, new: str) -> None:
        self.gone.add(old)
        self.gone.discard(new)
        self.come[new] = old


def _against_correction(record: Mapping[str, Any], said: _Registered) -> Iterator[str]:
    table, key, field = (str(record.get(name, "")) for name in ("table", "key", "field"))
    at = said.at(table, key)
    if at is None:
        yield "这条记录不在台账库里，可能已经删除，或者户编号变了，请重新核对"
    elif field and field not in said.rows(table):
        yield f"这张表没有“{field}”这一栏"
    elif field:
        now, precision = stated(said.rows(table), at, field)
        old = None if record.get("old") == "" else record.get("old")
        if text_of(now, precision) != text_of(old, str(record.get("old_precision") or precision)):
            yield "原值和台账库里现在的不一样，请核对是不是这一条"


def _against_event(record: Mapping[str, Any], said: _Registered) -> Iterator[str]:
    kind = record.get("event")
    if kind not in EVENTS:
        yield "看不出是哪一种变动"
    elif not _is_day(record.get("date")):
        yield f"{EVENTS[kind]}没有写明哪一天"
    elif kind == VILLAGE:
        yield from _against_village(record, said)
    elif kind == HELPER:
        yield from _against_transfer(record, said)
    elif not said.has(str(record["key"])):
        yield f"{EVENTS[kind]}所指的户不在台账库里，可能已经并户，或者户编号变了，请重新核对"
    elif kind == SPLIT:
        yield from _against_split(record, said)
    elif kind == JOIN:
        yield from _against_join(record, said)
    else:
        yield from _against_change(record, said)


def _is_day(text: object) -> bool:
    with suppress(ValueError):
        return bool(dt.date.fromisoformat(str(text)))
    return False


def _against_village(record: Mapping[str, Any], said: _Registered) -> Iterator[str]:
    old, new = village_units(record)
    if not old.partition("|")[2] or not pair(record, "village")[1]:
        yield "没有写明原来和现在的村名"
    elif old == new and pair(record, "village")[0] == pair(record, "village")[1]:
        yield "原来和现在的村名一样"
    elif old != new and any((was, now) == (new, old) for _, was, now in said.state.merged_units):
        yield "已经登记过反方向的变动，绕回了原来的村；要改回去，请撤回那一次登记"
    elif old not in set(said.rows(HOUSEHOLD)["_unit"]):
        yield "台账库里没有原来那个村的户，请核对村名和乡镇"


def _against_transfer(record: Mapping[str, Any], said: _Registered) -> Iterator[str]:
    rows = said.rows(PAIRING)
    his = rows[rows["_helper"] == record["helper"]] if "_helper" in rows else rows.iloc[:0]
    if not _is_day(record.get("ended_on")):
        yield "帮扶人调动没有写明哪一天离开"
    elif his.empty:
        yield "台账库里没有这位帮扶人的结对，请核对姓名、单位和电话"
    elif set(record.get("households") or ()) - set(his["_recipient"]):
        yield "所列的户里有没有和这位帮扶人结对的，请核对"


def _against_split(record: Mapping[str, Any], said: _Registered) -> Iterator[str]:
    key = founded_key(record["household"])
    if said.has(key):
        yield "分出来的户已经在台账库里，请核对户编号"
    elif any(said.at(MEMBER, str(member)) is None for member in record.get("members") or ()):
        yield "分出去的人里有不在台账库的，请核对"
    else:
        said.come[key] = ""


def _against_join(record: Mapping[str, Any], said: _Registered) -> Iterator[str]:
    key, into = str(record["key"]), str(record["into"])
    if key == into:
        yield "一户不能并入自己"
    elif not said.has(into):
        yield "要并入的户不在台账库里，请核对"
    elif said.renames.recipient(into) == key:
        yield "两户已经登记过并户，绕成了圈"
    else:
        said.gone.add(key)


def _against_change(record: Mapping[str, Any], said: _Registered) -> Iterator[str]:
    key, now = str(record["key"]), renamed_key(record)
    at = said.at(HOUSEHOLD, key)
    rows = said.rows(HOUSEHOLD)
    told = [name for name in CALLED[HOUSEHOLD] if name in record]
    if not any(pair(record, name)[1] for name in told):
        yield f"{EVENTS[record['event']]}没有写明现在是什么"
    elif at is not None and any(not _is_old(rows, at, name, pair(record, name)[0]) for name in told):
        yield "原来的内容和台账库里现在的不一样，请核对是不是这一户"
    elif now != key and said.has(now):
        yield "改成的编号已经是另一户的，请核对；两户合成一户的，请登记并户"
    elif now != key and said.renames.household(now) == key:
        yield "这一户以前就是这个编号，绕成了圈；要改回去，请撤回那一次登记"
    elif now != key:
        said.rename(key, now)


def _is_old(rows: pd.DataFrame, at: int, name: str, old: object) -> bool:
    """Whether the household says this; what the office does not say of before is not asked."""
    if old is None:
        return True
    now = text_of(*stated(rows, at, name))
    return alike(name, now, str(old)) or (name == "village" and place_key(now) == place_key(str(old)))
