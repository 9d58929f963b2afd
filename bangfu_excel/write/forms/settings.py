"""The sheet 设置 of a form: about which table it is, how many cards stand on a page, in which order, in which workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bangfu_excel.core.scheme import AreaLevel
from bangfu_excel.core.spelling import is_it

SHEET = "设置"
AREAS: Mapping[str, AreaLevel] = {
    "乡镇": "township", "村": "village", "学校": "school", "单位": "unit", "不分": "county",
}  # fmt: skip
_TABLE, _PER_PAGE, _EACH, _ORDER, _AREA, _ONLY = "表", "每页张数", "每份", "排序", "分册", "只要"
_KEYS = (_TABLE, _PER_PAGE, _EACH, _ORDER, _AREA, _ONLY)
_MOST_ON_PAGE = 50


@dataclass(frozen=True)
class FormSettings:
    """What the sheet says, as it is written.

    per_page: 0 for a sheet a card · each: the column whose every value gets a card of its rows ("" for a card a row) ·
    area: by what the workbooks are divided (value of `AREAS`) · only: column → the values that are wanted.
    """

    table: str
    per_page: int = 0
    each: str = ""
    order: tuple[str, ...] = ()
    area: AreaLevel = "township"
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def settings_of(rows: Iterable[tuple[int, str, str]], complain: Callable[[str, str], None]) -> FormSettings:
    """The settings of rows (number, first cell, second cell); `complain(cell, sentence)` is told what is wrong."""
    said: dict[str, str] = {}
    only: dict[str, tuple[str, ...]] = {}
    for number, key, value in rows:
        name = key.strip().rstrip("：:")
        if not name or not value.strip():
            continue
        if name not in _KEYS:
            complain(f"A{number}", f"没有“{name}”这一项设置{is_it(name, _KEYS)}，可以写：{'、'.join(_KEYS)}")
        elif name == _ONLY:
            _limit(value, f"B{number}", only, complain)
        else:
            said[name] = value.strip()
            _check(name, said[name], f"B{number}", complain)
    if _TABLE not in said:
        complain("A1", "没有写明用哪张表：加一行，A列写“表”，B列写表名，如“帮扶对象户”")
    return FormSettings(
        said.get(_TABLE, ""), _number(said.get(_PER_PAGE, "")), said.get(_EACH, ""), _listed(said.get(_ORDER, "")),
        AREAS.get(said.get(_AREA, ""), "township"), only,
    )  # fmt: skip


def _check(name: str, value: str, cell: str, complain: Callable[[str, str], None]) -> None:
    if name == _PER_PAGE and not (value.isascii() and value.isdigit() and 1 <= int(value) <= _MOST_ON_PAGE):
        complain(cell, f"“每页张数”写的是“{value}”，应为1到{_MOST_ON_PAGE}的整数")
    if name == _AREA and value not in AREAS:
        complain(cell, f"“分册”写的是“{value}”，可以写：{'、'.join(AREAS)}")


def _limit(value: str, cell: str, only: dict[str, tuple[str, ...]], complain: Callable[[str, str], None]) -> None:
    name, found, wanted = value.replace("＝", "=").partition("=")
    if not found or not _listed(wanted):
        complain(cell, f"“只要”写的是“{value}”，应写成“栏目=值”，几个值用顿号隔开，如“户类型=脱贫户、监测户”")
    else:
        only[name.strip()] = _listed(wanted)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.replace("，", "、").split("、"))))
