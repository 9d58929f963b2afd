"""Where the numbers of a score sheet stand in the workbook: names of parameters, rows of 指标明细, cells that are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.assessment import Assessment
from bangfu_excel.core.scheme import Assessing, Indicator
from bangfu_excel.core.score_sheet import ScoreSheet, ordered
from bangfu_excel.core.scoring import SCORING_MODES, Cells
from bangfu_excel.write.assessment_data import FIRST_ROW
from bangfu_excel.write.metric_places import MetricPlaces

LINES, ENTRIES, GRADES = "指标明细", "加减分及一票否决", "等次标准"
DOCUMENT, TOTAL, BONUS_MOST = "考核_文号", "考核_满分", "考核_加分至多"
NUMBER_WORDS = {
    "weight": "分值", "deduct": "每次扣分", "step": "每一档", "threshold": "达标线", "target": "目标值",
    "tolerance": "自评核查相差", "each": "每次加分", "least_answers": "至少份数",
}  # fmt: skip
_ENTRY_HEADS = 3  # 级别, 名称, 帮扶单位


@dataclass(frozen=True)
class Entry:
    """A column of the sheet to be filled in: one input of one line, and the most that may be put in (None: no limit)."""

    line: Indicator
    input: str
    most: float | None

    @property
    def word(self) -> str:
        """What it asks for."""
        if self.input == "reason":
            return "文号" if self.line.mode == "veto" else "理由"
        if self.input == "self_score":
            return "自评分"
        asked = {"veto": "否决填1", "bonus": "加分", "discretion": "扣分", "self-check": "核查分", "survey": "满意率"}
        return asked.get(self.line.mode, "人工填数")

    @property
    def range(self) -> str:
        """The numbers that may be put in."""
        return "0或更大的数" if self.most is None else f"0到{self.most:g}之间的数"

    @property
    def heading(self) -> str:
        return f"{self.line.title}\n{self.word}"


@dataclass(frozen=True)
class Places:
    """Of an assessment with a score sheet."""

    assessment: Assessment
    sheet: ScoreSheet

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, int]]:
        """Level → subject → its number."""
        return MetricPlaces(self.assessment).numbers

    def subjects(self, level: str) -> tuple[str, ...]:
        """Those that are scored, by their numbers."""
        own = self.sheet.totals.loc[self.sheet.totals["level"] == level, "subject"]
        return tuple(sorted(own, key=self.numbers[level].__getitem__))

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The lines as 指标明细 has them: by level, subject and line, with `number` and `at`, their row as Excel counts."""
        order = {line.id: number for number, line in enumerate(self.sheet.ordered)}
        rows = self.sheet.lines.assign(
            number=[
                self.numbers[level][name]
                for level, name in self.sheet.lines[["level", "subject"]].itertuples(index=False)
            ],
            _level=self.sheet.lines["level"].map({level: n for n, level in enumerate(self.sheet.levels)}),
            _line=self.sheet.lines["line"].map(order),
        )
        rows = rows.sort_values(["_level", "number", "_line"], kind="stable", ignore_index=True)
        return rows.assign(at=range(FIRST_ROW, FIRST_ROW + len(rows))).drop(columns=["_level", "_line"])

    @cached_property
    def line_rows(self) -> Mapping[tuple[str, str, str], int]:
        """Level, subject, line → row of 指标明细."""
        named = self.rows[["level", "subject", "line", "at"]].itertuples(index=False)
        return {(level, subject, line): at for level, subject, line, at in named}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What is to be typed in (see `entries_of`)."""
        return entries_of(self.sheet.assessing)

    @cached_property
    def entry_rows(self) -> Mapping[tuple[str, str], int]:
        """Level, subject → row of the sheet to be filled in."""
        order = [(level, name) for level in self.sheet.levels for name in self.subjects(level)]
        return {who: row for row, who in enumerate(order, start=FIRST_ROW)}

    def entry_column(self, number: int) -> str:
        """Letters of the column of an entry."""
        return column_letters(_ENTRY_HEADS + number)

    def entered(self, level: str, subject: str, line: str) -> dict[str, str]:
        """Input → the cell in which it is typed in."""
        row = self.entry_rows[level, subject]
        return {
            entry.input: f"'{ENTRIES}'!${self.entry_column(number)}${row}"
            for number, entry in enumerate(self.entries)
            if entry.line.id == line
        }

    def parameter(self, line: Indicator, name: str) -> str:
        """The defined name of a number of a line: 考核_分值3."""
        position = [one.id for one in self.sheet.ordered].index(line.id) + 1
        return f"考核_{NUMBER_WORDS[name]}{position}"

    def cells(self, row: pd.Series, line: Indicator, *, value: str, denominator: str, points: str) -> Cells:
        """What the formulas of a line go by. value, denominator, points: columns of 指标明细."""
        at = row["at"]
        parts = [self.line_rows[row["level"], row["subject"], part] for part in line.parts]
        return Cells(
            value=f"${value}{at}" if line.of else "", denominator=f"${denominator}{at}" if line.of else "",
            parts=tuple(f"${points}{part}" for part in parts),
            absent=bool(line.of and self.assessment.measures[line.of].absent),
            **self.entered(row["level"], row["subject"], line.id),
            **{name: self.parameter(line, name) for name in line.numbers},
        )  # fmt: skip


def entries_of(assessing: Assessing) -> tuple[Entry, ...]:
    """What is to be typed in for a score sheet: for the lines that count nothing themselves and those that stand beside it."""
    return tuple(
        Entry(line, name, line.weight if name == "self_score" else SCORING_MODES[line.mode].most_entered(line))
        for line in ordered(assessing)
        if not line.of or line.is_beside
        for name in SCORING_MODES[line.mode].entered
        if name != "reason" or line.by_reason or line.is_beside
    )
