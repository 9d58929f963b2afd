"""The unit of a row, which a later submission takes away as a whole: the village of a roster's row, the month of a log's.

A child is of its school, a helper of the unit that he works for: a later full roster of the same submitter takes away the
schools (units) that are on it, and leaves the others. A child without a school is of its village, and so is a pairing, which
is of the pupil's school where no village is stated. What states neither is taken away by its own key alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.places import place_keys
from bangfu_excel.core.rows import Rows
from bangfu_excel.core.table import Table

UNKNOWN = ""
"""The unit of a row that states no village or month: nothing covers it, nothing is covered by it."""

LOGS = {
    "visit": "visited_on", "diary": "recorded_on", "feedback": "asked_on", "fund": "moved_on", "activity": "held_on",
    "training": "held_on",
}  # fmt: skip
"""The logs that there are, and the field of their date, where no declaration is at hand."""
REGISTERS = frozenset({"problem", "measure", "inspection"})
"""The running registers: a problem of March stands until it is named again, whatever a file of April says of March."""

_HOMES = ("household", "child")
_OWN_UNITS = {"child": ("school", "学校"), "helper": ("unit", "单位")}
"""Rosters that are kept by another unit than the village: the field that names it, and what it is called in a unit's name."""


def with_units(rows: Rows, tables: Mapping[str, Table]) -> Rows:
    """The rows with `_unit` in every frame: `township|village` in matching form, `2024-06`, or `UNKNOWN`.

    A roster's row that states none is of its household's or child's, where the same file says that one.
    """
    own = {
        name: unit_column(frame, tables[name].dated_by if name in tables else "", name)
        for name, frame in rows.frames.items()
    }
    lacking = {name for name in own if name in tables and not tables[name].dated_by and (own[name] == UNKNOWN).any()}
    homes = _homes(rows, tables) if lacking else {}
    for name in lacking if homes else ():
        own[name] = own[name].mask(own[name] == UNKNOWN, _home_of(rows[name], homes))
    for name, units in own.items():
        rows = rows.with_frame(name, rows[name].assign(_unit=units))
    return rows


def unit_column(frame: pd.DataFrame, dated_by: str, table: str = "") -> pd.Series:
    """The unit that each row itself states (str, never missing). dated_by: of a log, its field of the date."""
    if table in REGISTERS:
        return pd.Series(UNKNOWN, index=frame.index, dtype="str")
    if dated_by:
        return _months(frame, dated_by)
    villages, (field, called) = _villages(frame), _OWN_UNITS.get(table, ("school", "学校"))
    if field not in frame or (table not in _OWN_UNITS and (villages != UNKNOWN).all()):
        return villages
    own = called + "|" + each_once(frame[field].astype("str"), fold)
    return own.fillna(villages) if table in _OWN_UNITS else villages.mask(villages == UNKNOWN, own.fillna(UNKNOWN))


def unit_fields(table: str) -> tuple[str, ...]:
    """The fields beside place and date that say the unit of a roster's row."""
    return (_OWN_UNITS.get(table, ("school", ""))[0],)


def spread(units: pd.Series) -> tuple[str, ...]:
    """The distinct units of some rows, in order."""
    return tuple(sorted(units.unique().tolist()))


def is_month(unit: str) -> bool:
    """Whether a unit is a month."""
    return unit != UNKNOWN and "|" not in unit


def months_among(units: Iterable[str]) -> frozenset[str]:
    """Those units that are months."""
    return frozenset(unit for unit in units if is_month(unit))


def former_units(units: Sequence[tuple[int, str, str]], unit: str, seq: int) -> frozenset[str]:
    """`unit` and the units that events before entry `seq` have made part of it. units: as `merged_units` gives them."""
    found = {unit}
    for number, old, new in reversed(units):
        if number < seq and new in found:
            found.add(old)
    return frozenset(found)


def unit_now(units: Sequence[tuple[int, str, str]], unit: str) -> str:
    """What `unit` is called after all events. units: as `merged_units` gives them."""
    for _, old, new in units:
        unit = new if unit == old else unit
    return unit


def _villages(frame: pd.DataFrame) -> pd.Series:
    if "village" not in frame:
        return _unknown(frame)
    villages = place_keys(frame["village"]).fillna("")
    townships = place_keys(frame["township"]).fillna("") if "township" in frame else ""
    return (townships + "|" + villages).where(villages != "", UNKNOWN).astype("str")


def _months(frame: pd.DataFrame, dated_by: str) -> pd.Series:
    if dated_by not in frame:
        return _unknown(frame)
    days = frame[dated_by]
    months = days.map({day: f"{day:%Y-%m}" for day in days.dropna().unique()}).astype("str").fillna(UNKNOWN)
    precision = frame.get(f"{dated_by}__precision")
    return months if precision is None else months.mask((precision == "year").fillna(False).astype(bool), UNKNOWN)


def _unknown(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(UNKNOWN, index=frame.index, dtype="str")


def _homes(rows: Rows, tables: Mapping[str, Table]) -> dict[tuple[str, str], str]:
    """(file, key of a household or child) → its unit, for those that have one."""
    homes: dict[tuple[str, str], str] = {}
    for name in _HOMES:
        if name in rows and name in tables and "_key" in rows[name]:
            frame = rows[name]
            for file, key, unit in zip(frame["_file"], frame["_key"], unit_column(frame, "", name), strict=True):
                if unit != UNKNOWN and isinstance(key, str):
                    homes.setdefault((file, key), unit)
    return homes


def _home_of(frame: pd.DataFrame, homes: Mapping[tuple[str, str], str]) -> pd.Series:
    if "_recipient" not in frame:
        return _unknown(frame)
    meant = zip(frame["_file"], frame["_recipient"], strict=True)
    return pd.Series([homes.get(pair, UNKNOWN) for pair in meant], index=frame.index, dtype="str")
