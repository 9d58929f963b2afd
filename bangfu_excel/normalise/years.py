"""The year that a sheet says its dates are of, where they lack one: in a header, the title, 年月 or the sheet's name."""

from __future__ import annotations

import re

from bangfu_excel.core.region import MappedRegion

_YEAR = re.compile(
    r"(?<![\d—\-至~～])((?:19|20)\d{2})年度?(?![底末初前后起]|以|来|.{0,4}(?:脱贫|建档|识别|出列|退出|认定|纳入|贫困))"
)
_OTHER = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_MONTH = re.compile(r"((?:19|20)\d{2})(?:年度?|[-./年]\d{1,2}月?|年第?[一二三四1-4]季度|年[上下]半年)?")


def year_said(region: MappedRegion) -> int | None:
    """The one year that the title, the line 年月 and the sheet's name speak of; None where there is none or several."""
    found = {year_in(region.title), year_in(region.sheet.name)}
    if match := _MONTH.fullmatch(region.metadata.get("年月", "")):
        found.add(int(match[1]))
    years = found - {None}
    return years.pop() if len(years) == 1 else None


def year_in(text: str) -> int | None:
    """The year that a title or header is about; None where it names none or several, or says 2021年脱贫 of whom it is about.

    >>> year_in("清水镇2024年3月走访记录"), year_in("2021年脱贫户走访记录"), year_in("2023—2024学年家访记录")
    (2024, None, None)
    """
    plain = re.sub(r"\s", "", text)
    years = set(_OTHER.findall(plain))
    match = _YEAR.search(plain)
    return int(match[1]) if match and len(years) == 1 else None
