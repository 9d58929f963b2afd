"""For whom ledgers are written: the county, its townships, villages, schools and units; and which rows are whose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.ledger_terms import Terms
from bangfu_excel.core.multivalue import SEPARATOR
from bangfu_excel.core.scheme import AreaLevel
from bangfu_excel.core.schools import called_schools, folded_townships, school_key
from bangfu_excel.core.spans import in_force
from bangfu_excel.core.submitters import office_key
from bangfu_excel.write.ledger_rows import TOWNSHIP, VILLAGE, LedgerRows
from bangfu_excel.write.names import file_name

COUNTY = "全县"
SCHOOL, UNIT = "_school", "_units"
_FOLDERS = {"school": "学校", "unit": "单位"}
_BETWEEN = "\x1f"
_ROSTER = "unit"
_OWN_UNIT = ("helper_unit", "owner_unit", "inspected_unit", "unit")


@dataclass(frozen=True)
class Area:
    """The county, a township, a village of a township, a school or a unit. name: in titles and file names."""

    level: AreaLevel = "county"
    name: str = COUNTY
    township: str = ""

    @property
    def folder(self) -> str:
        """Its folder below 台账, with forward slashes: 全县, 清水镇, 清水镇/柳溪村, 学校/县第一小学."""
        if self.level == "village":
            own = self.name.removeprefix(self.township) or self.name
            return "/".join(map(file_name, (self.township or "未注明乡镇", own)))
        above = [_FOLDERS[self.level]] if self.level in _FOLDERS else []
        return "/".join([*above, file_name(self.name)])


Positions = Mapping[Area, NDArray[np.intp]]
"""Area → its rows, by position, in their order."""


def positions(frame: pd.DataFrame, levels: Sequence[AreaLevel]) -> Positions:
    """The rows of every area of these levels that has any; the county has all, even where there are none."""
    found: dict[Area, NDArray[np.intp]] = {}
    for level in levels:
        if level == "county":
            found[Area()] = np.arange(len(frame))
        else:
            found |= _in(frame, level)
    return found


def _in(frame: pd.DataFrame, level: AreaLevel) -> dict[Area, NDArray[np.intp]]:
    if level == "village":
        names = frame[TOWNSHIP].fillna("") + _BETWEEN + frame[VILLAGE]
        split = {text: text.split(_BETWEEN) for text in names.dropna().unique()}
        named = _each(names)
        return {Area(level, "".join(split[text]), split[text][0]): at for text, at in named.items() if split[text][1]}
    column = {"township": TOWNSHIP, "school": SCHOOL, "unit": UNIT}[level]
    if column not in frame:
        return {}
    values = frame[column].astype("str")
    if level == "unit":
        values = values.str.split(SEPARATOR).explode()
    return {Area(level, name): at for name, at in _each(values).items() if name}


def _each(values: pd.Series) -> dict[str, NDArray[np.intp]]:
    """Value → the positions (the index) at which it stands; in the order in which values first appear."""
    codes, names = pd.factorize(values)
    order = codes.argsort(kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(names) + 1))
    index = values.index.to_numpy()
    return {str(name): index[order[ends[i] : ends[i + 1]]] for i, name in enumerate(names)}


def areas_of(found: Iterable[Positions], levels: Sequence[AreaLevel]) -> tuple[Area, ...]:
    """The areas that have rows somewhere, level by level, in the order in which they first appear."""
    every = list(dict.fromkeys(area for one in found for area in one))
    return tuple(sorted(every, key=lambda area: levels.index(area.level)))


def with_areas(rows: LedgerRows, table: str, frame: pd.DataFrame, levels: Sequence[AreaLevel]) -> pd.DataFrame:
    """The rows with the school and the units that they belong to, where ledgers are written for such.

    frame: as they came, or those of a sheet with the column `school_column` beside them.
    """
    more: dict[str, pd.Series] = {}
    if "school" in levels:
        more[SCHOOL] = _school(rows, table, frame)
    if "unit" in levels:
        more[UNIT] = _units(rows, table, frame)
    return frame.assign(**more)


def school_column(terms: Terms, table: str) -> str:
    """The column that names the school of a row: that of the pupil, or the school itself, that it means."""
    return "recipient.school" if terms.means_others(table) else "school"


def _school(rows: LedgerRows, table: str, frame: pd.DataFrame) -> pd.Series:
    name = school_column(rows.terms, table)
    values = frame[name] if name in frame else rows.column(table, name)
    if values is None:
        return _nothing(frame)
    called = rows.once(("schools",), lambda: called_schools(rows.tables))
    return each_once(values.astype("str"), lambda text: called.get(text, text))


def _units(rows: LedgerRows, table: str, frame: pd.DataFrame) -> pd.Series:
    """Who is to work with a row: the unit that it names, else those whose people help its recipient; joined with 、."""
    own = next((frame[name] for name in _own_unit(rows.terms, table) if name in frame), _nothing(frame))
    keys = frame.get("_recipient" if rows.terms.means_others(table) else "_key")
    helping = rows.once(("helping",), lambda: _helping_units(rows))
    said = own if keys is None or not helping else own.fillna(keys.map(helping).astype("str"))
    called = rows.once(("called",), lambda: _called_units(rows))

    def called_once(text: str) -> str:
        return SEPARATOR.join(dict.fromkeys(called.get(_unit_key(rows, one), one) for one in text.split(SEPARATOR)))

    return each_once(said.astype("str"), called_once)


def _own_unit(terms: Terms, table: str) -> list[str]:
    declared = terms.tables[table]
    return [name for name in _OWN_UNIT if name in declared and declared[name].kind.name == "organisation"]


def _called_units(rows: LedgerRows) -> dict[str, str]:
    """Matching form → what the unit is called: as on the roster of units, else as it is first named anywhere."""
    found: dict[str, str] = {}
    for table in sorted(rows.tables.keys() & rows.terms.tables, key=lambda table: (table != _ROSTER, table)):
        frame = rows.tables[table]
        named = [frame[name].dropna().unique() for name in _own_unit(rows.terms, table) if name in frame]
        for text in chain.from_iterable(named):
            for one in str(text).split(SEPARATOR):
                found.setdefault(_unit_key(rows, one), one)
    return found


def _unit_key(rows: LedgerRows, written: str) -> str:
    townships = rows.once(("townships",), lambda: folded_townships(rows.tables.values()))
    return school_key(office_key(written, rows.county), townships)


def _helping_units(rows: LedgerRows) -> dict[str, str]:
    """Key of a recipient → the units of those who help it at the end of the period, joined with 、."""
    pairings = rows.tables.get("pairing")
    if pairings is None or not {"_recipient", "helper_unit"} <= set(pairings):
        return {}
    named = pairings.loc[in_force(pairings, rows.seen.day), ["_recipient", "helper_unit"]].dropna().drop_duplicates()
    joined: dict[str, str] = {}
    for recipient, unit in zip(named["_recipient"], named["helper_unit"], strict=True):
        joined[recipient] = f"{joined[recipient]}{SEPARATOR}{unit}" if recipient in joined else unit
    return joined


def _nothing(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NA, index=frame.index, dtype="str")
