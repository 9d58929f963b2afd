"""Who submitted a file: 清水镇人民政府, 清水镇扶贫办 and 清水镇（盖章） are one, 清水镇中心小学 is another."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from bangfu_excel.core.columns import each_once
from bangfu_excel.core.fold import fold
from bangfu_excel.core.places import place_key, split_place
from bangfu_excel.core.succession import Succession

SUBMISSION = "submission"
"""Stands beside the tables for what was handed in."""
SUBMISSION_COLUMNS = ("id", "file", "unit", "township", "townships", "received", "period_end", "rows", "findings")
"""Of it, a row a file: who submitted it as written and the township of all its rows ("" where nobody knows), all the townships of its rows
(joined with 、), the last day of the period that it reports, its data rows, and its errors. A signed 零报告 is one without id and rows."""


@dataclass(frozen=True)
class DueDay:
    """By which day of the next month the reports of a month are due, from the deadline on or after `since` on."""

    since: dt.date
    day: int


@dataclass(frozen=True)
class Expected:
    """Who is to hand in every month, and by when: empty, nobody knows."""

    townships: tuple[str, ...] = ()
    due: tuple[DueDay, ...] = ()

    def day_for(self, month_end: dt.date) -> dt.date | None:
        """The day by which the reports of the month that ends on a day are due; the last of a month that is shorter."""
        following = month_end + dt.timedelta(days=1)
        last = calendar.monthrange(following.year, following.month)[1]
        days = {one.since: following.replace(day=min(one.day, last)) for one in self.due}
        held = [since for since, day in days.items() if since <= day]
        return days[max(held)] if held else None


_STAMP = re.compile(r"^\((?:公章|盖章|签章|章)\)|(?:\((?:公章|盖章|签章|章|加盖公章)\)|盖章|公章)$")
_BODIES = "党委政府|党委|党工委|人民政府|政府|办事处"
_DUTIES = (
    "党政综合|党政|扶贫开发|精准扶贫|扶贫|脱贫攻坚|脱贫|乡村振兴|巩固脱贫成果|巩固|防返贫监测|防返贫|结对帮扶|帮扶"
)
_OFFICE = re.compile(
    rf"(?P<township>.+?(?:镇|乡|街道))(?:{_BODIES})?"
    rf"(?:(?:{_DUTIES})?(?:工作|服务)?(?:领导小组)?(?:办公室|办|站|专班))?"
)
"""A township, and the office of it that does this work: whoever of them submits speaks for the township."""
_COUNTY = re.compile(r"(?P<name>.+?)(?P<level>[县市区旗]?)")
_VILLAGE = re.compile(r"(?<=.)村?(?:村民委员会|村委会|村委|村)$")


@lru_cache(maxsize=4096)
def submitter_key(written: str) -> str:
    """Matching form of who submitted a file; "" is nobody known. Another office or a school of a township is another submitter."""
    text = _STAMP.sub("", fold(written)).rstrip(":;,。")
    office = _OFFICE.fullmatch(text)
    township = office["township"] if office else text
    placed = split_place(township)
    if placed and placed.township and not placed.village and not placed.group:
        return place_key(placed.township)
    return f"{_VILLAGE.sub('', text)}村" if _VILLAGE.search(text) else place_key(township)


@lru_cache(maxsize=4096)
def office_key(written: str, county: str) -> str:
    """`submitter_key` of an office, of the county of that name or not: 云岭县水利局, 县水利局 and 水利局 are one in 云岭县.

    Where no county is known nothing in front of a name is dropped.
    """
    named = _COUNTY.fullmatch(fold(county))
    if named is None:
        return submitter_key(written)
    name, level = re.escape(named["name"]), named["level"] or "县"
    return submitter_key(re.sub(rf"^(?:{name}{level}?|{level}(?![场域]))(?=..)", "", fold(written)))


def named_in(path: str, townships: Iterable[str]) -> str:
    """The only one of these townships that stands in the path of a file; "" where none does, or several."""
    named = [township for township in townships if township in path]
    return named[0] if len(named) == 1 else ""


def submitter_keys(texts: pd.Series) -> pd.Series:
    """`submitter_key` of each text; missing stays missing."""
    return each_once(texts, submitter_key)


def submitter_now(written: str, succession: Succession) -> str:
    """`submitter_key` of whoever `written` is called now."""
    return submitter_key(succession.unit(_STAMP.sub("", fold(written))))
