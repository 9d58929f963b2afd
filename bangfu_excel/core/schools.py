"""Schools: 清溪镇清溪学校 and 清溪学校 are one, 清溪镇中心小学 and 石门镇中心小学 are two."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from bangfu_excel.core.fold import fold

SCHOOLS = "学校|小学|中学|学区|幼儿园|教学点|中心校"
"""What stands in the names of units that are schools."""
_OF_ANY_TOWNSHIP = re.compile(
    r"(?:第?[0-9一二三四五六七八九十]+|中心|初级|高级|完全|实验|民族|希望|寄宿制?|农村|九年(?:一贯)?制?|一贯制)*(?:学校|[完小中]学|学区|幼儿园|教学点|中心校)"
)
"""Names that are told apart only by the township that stands before them."""
_ROSTER = "child"


def school_key(key: str, townships: Iterable[str]) -> str:
    """The matching form of a unit or school, a school's without the township (in matching form, as it is) that may stand before it."""
    for township in townships:
        rest = key.removeprefix(township)
        if rest != key and re.search(SCHOOLS, rest) and not _OF_ANY_TOWNSHIP.fullmatch(rest):
            return rest
    return key


def folded_townships(tables: Collection[pd.DataFrame]) -> tuple[str, ...]:
    """The townships that any of these tables names, in matching form."""
    named = (rows["township"].dropna().unique() for rows in tables if "township" in rows)
    return tuple(sorted({fold(str(name)) for names in named for name in names} - {""}))


def called_schools(tables: Mapping[str, pd.DataFrame]) -> Mapping[str, str]:
    """Every way in which a school is written → the one by which it is called: as the pupils' files first have it, else any table."""
    townships = folded_townships(tables.values())
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for name in sorted(tables, key=lambda table: (table != _ROSTER, table)):
        rows = tables[name]
        for written in rows["school"].dropna().unique() if "school" in rows else ():
            found[str(written)] = first.setdefault(school_key(fold(str(written)), townships), str(written))
    return found
