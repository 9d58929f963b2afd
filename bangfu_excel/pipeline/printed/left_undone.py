"""What each unit has left undone, and what is past its deadline: rows of several tables, each under whoever is to answer for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from bangfu_excel.assess.facts import NO_UNIT
from bangfu_excel.core.assessment import MISSING
from bangfu_excel.core.fold import fold
from bangfu_excel.core.ledger import Seen
from bangfu_excel.domain.deadlines import (
    RED,
    days_late,
    handed_in,
    inspection_days_left,
    inspection_light,
    problem_days_left,
    problem_light,
)
from bangfu_excel.pipeline.printed.desk import Desk, day_of, said
from bangfu_excel.pipeline.printed.objections import objections_of
from bangfu_excel.write.papers.parts import Value

WINDOWS, DUTIES, PROBLEMS, FINDINGS, DOCUMENTS = "windows", "duties", "problems", "findings", "documents"
_URGED = ("helper", "group", "unit", "school")
Row = Mapping[Hashable, Any]


@dataclass
class Undone:
    """Of one unit: kind → rows for print, each without its number; how many windows others made up for."""

    unit: str
    rows: dict[str, list[tuple[Value, ...]]] = field(default_factory=lambda: defaultdict(list))
    made_up: int = 0

    @property
    def total(self) -> int:
        return sum(map(len, self.rows.values()))


def left_undone(desk: Desk) -> list[Undone]:
    """Units that have something to do, by name."""
    return _Gathering(desk).all()


def overdue(desk: Desk, table: str, light: Callable[[pd.DataFrame, Seen], pd.Series]) -> pd.DataFrame:
    """The rows of a table that are past their deadline on the reference day."""
    rows = desk.tables.get(table)
    if rows is None or rows.empty:
        return pd.DataFrame()
    return rows[(light(rows, desk.seen) == RED).to_numpy(dtype=bool)].reset_index(drop=True)


class _Gathering:
    def __init__(self, desk: Desk) -> None:
        self.desk, self.found = desk, dict[str, Undone]()
        self.objections = objections_of(desk)

    def all(self) -> list[Undone]:
        self._windows()
        self._duties()
        self._problems()
        self._findings()
        self._documents()
        self._papers()
        return sorted((one for one in self.found.values() if one.total), key=lambda one: one.unit)

    def of(self, *names: object) -> Undone:
        """The first of these that is anybody's name."""
        unit = next((text for name in names if (text := said(name))), NO_UNIT)
        return self.found.setdefault(fold(unit), Undone(unit))

    def of_helper(self, key: object, *names: object) -> Undone:
        return self.of(*names, self.desk.unit_of.get(said(key).split("、")[0], ""))

    def _windows(self) -> None:
        desk = self.desk
        for row in desk.figures.missed.to_dict("records"):
            unit = self.of_helper(row["who"], "" if row["unit"] == NO_UNIT else row["unit"])
            if row["household_met"]:
                unit.made_up += 1
                continue
            place = f"{said(row['township'])}{said(row['village'])}"
            unit.rows[WINDOWS].append(
                (
                    desk.name(row["helper"]), desk.name(row["head_name"]), place, said(row["label"]),
                    int(row["target"]), int(row["count"]), self._whose(row),
                )
            )  # fmt: skip

    def _whose(self, row: Row) -> str:
        """The household's number, and what came of an objection about it."""
        first, last = (pd.Timestamp(row[name]).date() for name in ("due_from", "due_to"))
        beside = [
            one.beside
            for one in self.objections
            if (one.helper, one.household) == (row["who"], row["household"]) and first <= one.day <= last
        ]
        return "；".join(filter(None, (self.desk.number(row["household_id"]), *beside)))

    def _duties(self) -> None:
        desk, rows = self.desk, self.desk.figures.duties
        missed = rows[rows["count"] < rows["target"]] if len(rows) else rows
        for row in missed.to_dict("records"):
            if row["level"] == "county":
                continue
            personal = row["level"] == "helper"
            unit = self.of_helper(row["who"]) if personal else self.of(row["who_name"])
            who = desk.name(row["who_name"]) if personal else said(row["who_name"])
            whom = "" if row["who"] == row["whom"] else desk.name(row["whom_name"]) if personal else row["whom_name"]
            unit.rows[DUTIES].append(
                (said(row["title"]), who, said(whom), int(row["target"]), int(row["count"]), said(row["label"]))
            )

    def _problems(self) -> None:
        rows = overdue(self.desk, "problem", problem_light)
        if rows.empty:
            return
        late = -problem_days_left(rows, self.desk.seen)
        for row, days in zip(rows.to_dict("records"), late, strict=True):
            unit = self.of_helper(row.get("_helper"), row["owner_unit"], row["helper_unit"])
            unit.rows[PROBLEMS].append(
                (
                    day_of(row["found_on"]), self._what(row, "problem", "description", "kind"), self.desk.name(row["recipient_name"]),
                    self.desk.name(row["owner"]), day_of(row["deadline"]), int(days),
                )
            )  # fmt: skip

    def _findings(self) -> None:
        rows = overdue(self.desk, "inspection", inspection_light)
        if rows.empty:
            return
        late = -inspection_days_left(rows, self.desk.seen)
        for row, days in zip(rows.to_dict("records"), late, strict=True):
            unit = self.of_helper(row.get("_helper"), row["inspected_unit"])
            unit.rows[FINDINGS].append(
                (
                    day_of(row["inspected_on"]), self._what(row, "inspection", "finding", "mode"),
                    self.desk.name(row["helper_name"]), day_of(row["deadline"]), int(days),
                )
            )  # fmt: skip

    def _documents(self) -> None:
        rows = self.desk.tables.get("document")
        if rows is None or rows.empty:
            return
        late = (handed_in(rows, self.desk.seen) == "过期未报").to_numpy(dtype=bool)
        days = days_late(rows, self.desk.seen)[late]
        for row, number in zip(rows[late].to_dict("records"), days, strict=True):
            self.of(row["unit"]).rows[DOCUMENTS].append(
                (said(row["kind"]), said(row["title"]), day_of(row["due_on"]), int(number))
            )

    def _papers(self) -> None:
        """Those that the plan asks for, without a day too; one that is registered with a deadline of its own in that month is told by it."""
        desk, day = self.desk, pd.Timestamp(self.desk.day)
        for row in desk.figures.papers.to_dict("records"):
            kind, due, level = said(row["kind"]), row["due_on"], row["level"]
            if row["state"] != MISSING or level not in _URGED or not (pd.isna(due) or due < day):
                continue
            personal = level == "helper"
            unit = self.of_helper(row["owner"], row["unit"]) if personal else self.of(row["owner"])
            told = {(line[0], f"{line[2]:%Y-%m}" if line[2] else "") for line in unit.rows.get(DOCUMENTS, ())}
            whose = "：".join(desk.name(name) for name in (desk.figures.names.get(row["owner"]), row["whom"]) if name)
            whose = f"（{whose}）" if personal else ""
            if personal or (kind, "" if pd.isna(due) else f"{due:%Y-%m}") not in told:
                late = None if pd.isna(due) else (day - due).days
                unit.rows[DOCUMENTS].append((kind, said(row["title"]) + whose, day_of(due), late))

    def _what(self, row: Row, table: str, field: str, kind: str) -> str:
        """The words of a record where the county lets them be seen, else of what kind it is; and where it is registered."""
        declared, masking = self.desk.settings.tables[table][field], self.desk.settings.masking
        words = said(row[field]) if declared.privacy in masking.full else said(row[kind])
        return f"{words}（{said(row['_file'])}“{said(row['_sheet'])}”第{row['_row']}行）"
