"""Objections that the office has recorded about a period, each with its latest outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bangfu_excel.core.period import Period
from bangfu_excel.merge import Registry
from bangfu_excel.merge.renames import Renames
from bangfu_excel.merge.state import State

Matter = tuple[str, str, dt.date, str]
"""Helper, household (its key now, "" none), day, and what it is about."""


def objected(registry: Registry, state: State, period: Period) -> Mapping[Matter, Mapping[str, Any]]:
    """The last record of each matter whose day lies in the period."""
    records = [record for entry in state.office if entry.kind == "objection" for record in entry.content["records"]]
    if not records:
        return {}
    renames, found = Renames.of(registry.submissions, state), dict[Matter, Mapping[str, Any]]()
    for one in records:
        day = dt.date.fromisoformat(one["date"])
        if day in period:
            household = renames.household(one["household"]) if one["household"] else ""
            found[one["helper"], household, day, one["matter"]] = one
    return found
