"""Objections that were recorded, as papers show them: beside what they are about, with what is still to be done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.pipeline.objected import objected
from bangfu_excel.pipeline.printed.counted import COUNTED, counted_pairs, outcomes
from bangfu_excel.pipeline.printed.desk import Desk
from bangfu_excel.write.objection_book import ACCEPTED, NOT_COUNTED, OPEN


@dataclass(frozen=True)
class Objection:
    """One objection and its latest outcome. household: key, "" where it is about none · done: the visit counts by now."""

    helper: str
    household: str
    day: dt.date
    matter: str
    said: str
    evidence: str
    outcome: str
    how: str
    reviewer: str
    reviewed: str
    done: bool

    @property
    def stands(self) -> str:
        """成立，须补报后才计入"""
        if self.outcome == ACCEPTED and self.matter == NOT_COUNTED:
            return f"{self.outcome}，{'已经计入' if self.done else '须补报后才计入'}"
        if self.outcome == ACCEPTED:
            return f"{self.outcome}，数按更正单改"
        return self.outcome if self.outcome == OPEN else f"{self.outcome}，数不变"

    @property
    def beside(self) -> str:
        """异议（6月12日走访没有计入）成立，须补报后才计入"""
        return f"异议（{self.day.month}月{self.day.day}日{self.matter}）{self.stands}"


def objections_of(desk: Desk) -> tuple[Objection, ...]:
    """Those about a day of the period, in the order of days; of the same matter the last that was recorded."""
    recorded = objected(desk.registry, desk.registry.state, desk.figures.period)
    counted = _counted(desk) if recorded else set()
    found = [
        Objection(
            *key, one["said"], one["evidence"], one["outcome"], one["how"], one["reviewer"], one["reviewed"], key[:3] in counted,
        )
        for key, one in recorded.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.day, one.helper, one.household)))


def _counted(desk: Desk) -> set[tuple[str, str, dt.date]]:
    """Helper, household and day of every visit that counts."""
    a = desk.figures
    rows = a.visits[(outcomes(a, counted_pairs(a)) == COUNTED) & (a.visits["helper"] >= 0)]
    helpers, households = a.helpers["key"].take(rows["helper"]), a.households["key"].take(rows["household"])
    days = [pd.Timestamp(day).date() for day in rows["date"]]
    return set(zip(helpers, households, days, strict=True))
