"""When something is to be issued: a small rule of a scheme, its words, and the day that it means."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator

FIRST_MONDAY = "first-monday"
_WORDS = {FIRST_MONDAY: "期满次月第一个星期一", "after-event": "活动之后"}
_DAY = re.compile(r"day:([1-9]|1\d|2[0-8])")
_AFTER = re.compile(r"after:([1-9]\d?)")


def _known(due: str) -> str:
    if due and due not in _WORDS and not (_DAY.fullmatch(due) or _AFTER.fullmatch(due)):
        raise ValueError(
            f"出的时间“{due}”写法不对，可以写 {'、'.join(_WORDS)}、day:5（期满次月几日，1至28）或 after:3（期满后几日）"
        )
    return due


Due = Annotated[str, AfterValidator(_known)]
"""`first-monday` and `day:5` of the month after a period, `after:3` days, `after-event`, or "" where nothing is said."""


def due_words(due: str) -> str:
    """A rule in Chinese."""
    day = _DAY.fullmatch(due)
    if after := _AFTER.fullmatch(due):
        return f"期满后{after[1]}日"
    return f"期满次月{day[1]}日" if day else _WORDS.get(due, due)


def issue_day(due: str, last: dt.date) -> dt.date:
    """The day on which what ends with the day `last` is issued: the first Monday of the next month where nothing else is said."""
    first = (last.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    if day := _DAY.fullmatch(due):
        return first.replace(day=int(day[1]))
    if after := _AFTER.fullmatch(due):
        return last + dt.timedelta(days=int(after[1]))
    return first + dt.timedelta(days=-first.weekday() % 7)
