"""The lines of the sheet 变动 as records of the journal: what happened to which household, village or helper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from bangfu_excel.core.names import name_key, name_keys
from bangfu_excel.core.places import place_key, place_keys
from bangfu_excel.core.table import Table
from bangfu_excel.merge.recording import Record
from bangfu_excel.pipeline.corrected_values import Value, objections, value_of
from bangfu_excel.pipeline.office_book import Line, each_line
from bangfu_excel.pipeline.office_words import day_of, one_of, required, value_under
from bangfu_excel.pipeline.registered_rows import HOUSEHOLD, Clue, RegisteredRows
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.pipeline.which_record import found
from bangfu_excel.write import correction_book as book

_FIELDS = dict(zip(book.PLACED, ("township", "village", "group", "household_id", "head_name", "head_id"), strict=True))
_PLACES = ("乡镇", "行政村", "村民组")
Said = dict[str, Any]


class _Telling:
    """A line, and what it is held against."""

    def __init__(self, line: Line, registered: RegisteredRows, settings: Settings) -> None:
        self.line, self.registered, self.settings = line, registered, settings

    @property
    def homes(self) -> pd.DataFrame:
        return self.registered.rows(HOUSEHOLD)

    @property
    def table(self) -> Table:
        return self.settings.tables[HOUSEHOLD]

    def value(self, side: str, name: str) -> Value:
        """What stands under 原 or 现."""
        return value_under(self.line, f"{side}{name}", self.table[_FIELDS[name]], self.settings)

    def household(self, side: str = "原") -> int:
        """The position of the household that is described under 原 or 现."""
        given = [name for name in book.PLACED if self.line.text(f"{side}{name}")]
        if not given:
            raise self.line.mistake(
                f"{side}户编号", f"没有填：请在“{side}”下面写清是哪一户，例如户编号，或户主姓名加行政村"
            )
        clues = [Clue(f"{side}{name}", self.value(side, name).text, _FIELDS[name]) for name in given]
        more = {f"{side}{name}": _FIELDS[name] for name in book.PLACED if name not in given}
        return found(self.line, self.registered, HOUSEHOLD, clues, more)

    def key(self, at: int) -> str:
        return str(self.homes["_key"].iat[at])

    def changed(self, at: int, names: Sequence[str]) -> Said:
        """field → [before, now], now null for what is not said; refused where a value does not fit its column."""
        now = {name: self.value("现", name) for name in names}
        given = {_FIELDS[name]: value for name, value in now.items() if value.text}
        self.check(given, names)
        return {
            _FIELDS[name]: [value_of(self.homes, at, _FIELDS[name]).natural, value.natural]
            for name, value in now.items()
        }

    def check(self, given: Mapping[str, Value], names: Sequence[str]) -> None:
        """`MistakeError` where one of the values breaks what its own column demands."""
        blank = self.homes.iloc[:1].reset_index(drop=True)
        nothing = blank.assign(**{name: blank[name].mask(blank[name].notna()) for name in self.table.names})
        headings = {_FIELDS[name]: f"现{name}" for name in names}
        for name, sentence in objections(self.table, nothing, given, self.line.row, self.settings):
            if name in given:
                raise self.line.mistake(headings[name], f"：{sentence}")


def event_records(
    lines: Sequence[Line], registered: RegisteredRows, settings: Settings
) -> tuple[list[Record], list[str]]:
    """The records of the lines, in their order, and everything that is wrong with them."""
    records, mistakes = each_line(lines, lambda line: _record(line, registered, settings))
    return ([], mistakes) if mistakes else (records, [])


def _record(line: Line, registered: RegisteredRows, settings: Settings) -> Record:
    kind = one_of(line, book.KIND, book.KINDS)
    date = day_of(line, book.DATE, settings)
    basis = one_of(line, book.BASIS, book.SOURCES)
    entered_by = required(line, book.ENTERED_BY)
    name, tell = _TELLS[kind]
    lacking = [table for table in (HOUSEHOLD, *_NEEDS.get(kind, ())) if table not in settings.tables]
    if lacking:
        raise line.mistake(book.KIND, f"是“{kind}”，本方案没有用到要查的报表，登记不了；请用 --scheme 写明方案")
    if line.text(book.MEMBERS) and kind != "分户":
        raise line.mistake(book.MEMBERS, "只在分户时填：全户的变动不用写；只有一部分人走的，请先登记“分户”")
    said = tell(_Telling(line, registered, settings))
    return {
        "event": name, "date": date, "basis": basis, **said, "entered_by": entered_by, "remark": line.text(book.REMARK),
        "place": line.place(book.KIND), "line": line.digest,
    }  # fmt: skip


_NEEDS = {"分户": ("member",), "帮扶人调动": ("pairing",)}
"""Kind → tables besides that of the households in which it looks something up."""


def _head(telling: _Telling) -> Said:
    line, at = telling.line, telling.household()
    required(line, "现户主姓名")
    said = telling.changed(at, ("户主姓名", "户主证件号码"))
    if said["head_id"][1] is None:
        said["head_id"][1] = _number_of_member(telling, at, str(said["head_name"][1]))
    if said["head_name"][0] == said["head_name"][1]:
        raise line.mistake("现户主姓名", "和原来的户主是同一个姓名；姓名写错了要改的，请在“更正”表里改")
    return {"key": telling.key(at), **said, "reason": line.text(book.REMARK)}


def _number_of_member(telling: _Telling, at: int, name: str) -> str:
    """The identity number under which the new head is already registered in the household."""
    members = telling.registered.rows("member") if "member" in telling.settings.tables else pd.DataFrame()
    if not members.empty:
        same = (members["_recipient"] == telling.key(at)) & (name_keys(members["name"]) == name_key(name))
        numbers = members["id_number"][same.fillna(False)].dropna().unique()
        if len(numbers) == 1:
            return str(numbers[0])
    raise telling.line.mistake("现户主证件号码", "没有填，这户的家庭成员里也查不到新户主的号码，请填写")


def _move(telling: _Telling) -> Said:
    line, at = telling.line, telling.household()
    if not any(line.text(f"现{name}") for name in _PLACES):
        raise line.mistake("现行政村", "没有填：请写明迁到哪里")
    return {"key": telling.key(at), **telling.changed(at, _PLACES)}


def _renumber(telling: _Telling) -> Said:
    line, at = telling.line, telling.household()
    required(line, "现户编号")
    said = telling.changed(at, ("户编号",))
    _require_new_number(telling, str(said["household_id"][1]))
    return {"key": telling.key(at), **said}


def _require_new_number(telling: _Telling, number: str) -> None:
    if (telling.homes["household_id"] == number).fillna(False).any():
        raise telling.line.mistake("现户编号", "已经是台账库里另一户的编号，请核对；两户合成一户的，请登记“并户”")


def _split(telling: _Telling) -> Said:
    line, at = telling.line, telling.household()
    required(line, "现户主姓名")
    given = {name: telling.value("现", name) for name in book.PLACED}
    telling.check({_FIELDS[name]: value for name, value in given.items() if value.text}, book.PLACED)
    if given["户编号"].text:
        _require_new_number(telling, given["户编号"].text)
    household = {_FIELDS[name]: value.natural for name, value in given.items()}
    for name in _PLACES:
        household[_FIELDS[name]] = household[_FIELDS[name]] or value_of(telling.homes, at, _FIELDS[name]).natural
    members = [_member(telling, at, name) for name in _names(line.text(book.MEMBERS))]
    if not members:
        raise line.mistake(book.MEMBERS, "没有填：请写明分出去的是哪些人（含新户主），用顿号隔开")
    if not household["head_id"]:
        household["head_id"] = _number_of_member(telling, at, str(household["head_name"]))
    return {"key": telling.key(at), "household": household, "members": members}


def _names(text: str) -> list[str]:
    for mark in "，,；;/ 　\n":
        text = text.replace(mark, "、")
    return list(dict.fromkeys(filter(None, text.split("、"))))


def _member(telling: _Telling, at: int, name: str) -> str:
    members = telling.registered.rows("member")
    same = (members["_recipient"] == telling.key(at)) & (name_keys(members["name"]) == name_key(name))
    keys = members["_key"][same.fillna(False)].dropna()
    if len(keys) != 1:
        reason = "在这户的家庭成员里找不到" if keys.empty else f"在这户的家庭成员里有{len(keys)}人，分不清是哪一个"
        raise telling.line.mistake(book.MEMBERS, f"里的“{name}”{reason}，请核对")
    return str(keys.iat[0])


def _join(telling: _Telling) -> Said:
    key, into = telling.key(telling.household()), telling.key(telling.household("现"))
    if key == into:
        raise telling.line.mistake("现户编号", "和原来的是同一户，请核对：“原”下面写被并掉的户，“现”下面写并进去的户")
    return {"key": key, "into": into}


def _village(telling: _Telling) -> Said:
    line = telling.line
    for heading in ("原行政村", "现行政村"):
        required(line, heading)
    old, new = ({name: telling.value(side, name).text for name in _PLACES[:2]} for side in "原现")
    there = (place_keys(telling.homes["village"]) == place_key(old["行政村"])).fillna(False)
    if old["乡镇"]:
        there &= (place_keys(telling.homes["township"]) == place_key(old["乡镇"])).fillna(False)
    townships = telling.homes["township"][there].dropna().unique()
    if not there.any():
        raise line.mistake("原行政村", "在台账库的帮扶对象户里没有，请核对村名和乡镇")
    if len({place_key(str(name)) for name in townships}) > 1:
        raise line.mistake("原乡镇", "没有填，而几个乡镇都有这个村，请填写")
    township = str(townships[0]) if len(townships) else old["乡镇"]
    before, now = (township, str(telling.homes["village"][there].iat[0])), (new["乡镇"] or township, new["行政村"])
    if before == now:
        raise line.mistake("现行政村", "和原来的一样，请写现在的村名")
    return {name: [before[at], now[at]] for at, name in enumerate(("township", "village"))}


def _helper(telling: _Telling) -> Said:
    line = telling.line
    pairings = telling.registered.rows("pairing")
    at = _his_pairings(telling, pairings)
    helpers = pairings["_helper"][at].dropna().unique()
    if len(helpers) > 1:
        lacking = [heading for heading in book.HELPER_BEFORE[1:] if not line.text(heading)]
        raise line.mistake(book.HELPER_BEFORE[0], f"有{len(helpers)}个同名的帮扶人，请再填“{'”或“'.join(lacking)}”")
    households: list[str] = []
    if any(line.text(f"原{name}") for name in book.PLACED):
        households = [telling.key(telling.household())]
        if not (pairings["_recipient"][at] == households[0]).any():
            raise line.mistake("原户编号", "这一户没有和这位帮扶人结对，请核对")
    return {
        "helper": str(helpers[0]), "ended_on": day_of(line, book.DATE, telling.settings), "households": households,
        "successor": _successor(telling),
    }  # fmt: skip


def _his_pairings(telling: _Telling, pairings: pd.DataFrame) -> pd.Series:
    """True for the pairings of the helper of before that have not ended."""
    line, table = telling.line, telling.settings.tables["pairing"]
    required(line, book.HELPER_BEFORE[0])
    fields = dict(zip(book.HELPER_BEFORE, ("helper_name", "helper_unit", "helper_phone"), strict=True))
    clues = [
        Clue(heading, value_under(line, heading, table[name], telling.settings).text, name)
        for heading, name in fields.items() if line.text(heading)
    ]  # fmt: skip
    fits = pd.Series(telling.registered.fitting("pairing", clues), index=pairings.index) & pairings["ended_on"].isna()
    if not fits.any():
        raise line.mistake(book.HELPER_BEFORE[0], "在台账库里没有正在进行的结对，请核对姓名、单位和电话")
    return fits


def _successor(telling: _Telling) -> Said | None:
    line, table = telling.line, telling.settings.tables["pairing"]
    names = ("helper_name", "helper_unit", "helper_position", "helper_phone")
    headings = dict(zip(names, book.HELPER_NOW[:4], strict=True))
    if not any(line.text(heading) for heading in book.HELPER_NOW):
        return None
    for heading in (book.HELPER_NOW[0], book.HELPER_NOW[4]):
        required(line, heading)
    values = {name: value_under(line, heading, table[name], telling.settings) for name, heading in headings.items()}
    started = value_under(line, book.HELPER_NOW[4], table["started_on"], telling.settings)
    return {**{name: value.natural for name, value in values.items()}, "started_on": started.natural}


_TELLS: Mapping[str, tuple[str, Callable[[_Telling], Said]]] = {
    "户主变更": ("head", _head), "迁村": ("move", _move), "户编号变更": ("renumber", _renumber), "分户": ("split", _split),
    "并户": ("join", _join), "村合并或更名": ("village", _village), "帮扶人调动": ("helper", _helper),
}  # fmt: skip
