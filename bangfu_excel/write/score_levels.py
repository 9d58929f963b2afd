"""得分-<级别>: points, score, rank and grade of every subject of a level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.score_sheet import LEVEL_WORDS
from bangfu_excel.write.assessment_data import Look, name_columns, show_bars
from bangfu_excel.write.assessment_levels import PAIRED
from bangfu_excel.write.assessment_scope import scope_of
from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_sheet
from bangfu_excel.write.score_formulas import TotalFormulas
from bangfu_excel.write.score_places import LINES, Places
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles

_POINTS = "K"  # of 指标明细
_SUMS = ("vetoed", "weight", "score", "compared", "rank", "grade", "state")
_NAMED = {"score": "总分", "compared": "参评", "rank": "名次", "name": "名称"}


@dataclass(frozen=True)
class ScoreLevel:
    """One level's table: heads, the lines, and what they come to; its scores and ranks have names."""

    places: Places
    look: Look
    level: str

    @property
    def name(self) -> str:
        """The sheet's."""
        return f"得分-{LEVEL_WORDS[self.level]}"

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Key of each column → its letters."""
        heads = ["no", "name", *(["unit"] if self.level == "helper" else [])]
        paired = ["paired"] if self.level in PAIRED else []
        lines = [f"line{number}" for number, _ in enumerate(self.places.sheet.ordered)]
        return {key: column_letters(at) for at, key in enumerate([*heads, *paired, *lines, *_SUMS])}

    def write(self, book: Book, styles: Styles, lead: tuple[str, ...]) -> None:
        a, word = self.places.assessment, LEVEL_WORDS[self.level]
        trial = "（试算，不定等次）" if self.places.sheet.assessing.is_trial else ""
        sheet = Sheet(
            self.name, f"{self.look.area}{a.period.label}结对帮扶考核得分（按{word}）{trial}", self._columns(), self.rows, lead,
            frozen=3 if self.level == "helper" else 2, numbered=False, footer=f"{a.scheme.title}　{a.period.label}",
            empty="没有可以考核的对象",
        )  # fmt: skip
        write_sheet(book, sheet, styles)
        name_columns(book, f"得分{word}", self.name, [_NAMED.get(key, "") for key in self.letters], len(self.rows))
        show_bars(book, self.name, self.letters["score"], len(self.rows))

    def _columns(self) -> tuple[Column, ...]:
        a, total = self.places.assessment, TotalFormulas(self.places, self.level, self.letters)
        lines = [
            _formula(
                f"{line.title}\n{_weight(line.mode, line.weight)}", f"line{number}", "0.00", formulas=f"f_line{number}",
                width=10,
            )
            for number, line in enumerate(self.places.sheet.ordered)
        ]  # fmt: skip
        columns = (
            Column("编号", "no", CellForm.NUMBER, "0", "center", width=6), Column(LEVEL_WORDS[self.level], "name", align="center", widest=28),
            Column("帮扶单位", "unit", widest=24), _formula(f"结对\n{scope_of(a.scheme).one}数", "paired", "0", formula=PAIRED.get(self.level, "")), *lines,
            _formula("一票\n否决", "vetoed", "0", formula=total.vetoed), _formula("可得\n分值", "weight", "0.##", formula=total.weight),
            _formula("总分", "score", "0.00", formula=total.score), _formula("参加\n排名", "compared", "0", formula=total.compared),
            _formula("名次", "rank", "0", formula=total.rank), _formula("等次", "grade", "@", formula=total.grade),
            _formula("说明", "state", "@", formula=total.state, width=13),
        )  # fmt: skip
        return tuple(column for column in columns if column.source in self.letters)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """What the table shows, in its order."""
        sums = self.places.sheet.totals
        subjects = list(self.places.subjects(self.level))
        totals = sums[sums["level"] == self.level].set_index("subject").reindex(subjects).reset_index()
        rows = self._heads(totals["subject"])
        points = self.places.sheet.lines
        own = points[points["level"] == self.level].set_index("subject")
        for number, line in enumerate(self.places.sheet.ordered):
            told = own.loc[own["line"] == line.id, "points"]  # of nobody where there is nobody of this level
            rows[f"line{number}"] = told.reindex(subjects).reset_index(drop=True)
            rows[f"f_line{number}"] = [
                f"='{LINES}'!${_POINTS}${self.places.line_rows[self.level, subject, line.id]}" for subject in subjects
            ]
        for key in ("weight", "score", "rank", "grade", "state"):
            rows[key] = totals[key]
        rows["vetoed"] = totals["vetoed"].astype("Int64")
        rows["compared"] = totals["rank"].notna().astype("Int64")
        return rows

    def _heads(self, names: pd.Series) -> pd.DataFrame:
        """Number, name, and unit and pairings where the level has them."""
        a = self.places.assessment
        rows = pd.DataFrame({"no": names.map(self.places.numbers[self.level]).astype("Int64"), "name": names})
        if self.level == "helper":
            units = {key: a.units[number] for key, number in zip(a.helpers["key"], a.helpers["unit"], strict=True)}
            rows["name"] = self.look.names(names.map(a.names).astype("str"))
            rows["unit"] = names.map(units).astype("str")
        if self.level in PAIRED:
            rows["paired"] = names.map(_figure(a.indicators, self.level, "paired")).fillna(0).astype("Int64")
        return rows


def score_levels(places: Places, look: Look) -> tuple[ScoreLevel, ...]:
    """A sheet a level."""
    return tuple(ScoreLevel(places, look, level) for level in places.sheet.levels)


def _weight(mode: str, weight: float) -> str:
    said = {"veto": "（否决）", "discretion": "（扣分）", "bonus": f"（加分≤{weight:g}）"}
    return said.get(mode, f"（{weight:g}分）")


def _figure(indicators: pd.DataFrame, level: str, name: str) -> dict[str, float]:
    rows = indicators[(indicators["level"] == level) & (indicators["indicator"] == name)]
    return dict(zip(rows["subject"], rows["value"], strict=True))


def _formula(title: str, source: str, shown: str, *, formula: str = "", formulas: str = "", width: float = 8) -> Column:
    return Column(title, source, CellForm.FORMULA, shown, "center", width=width, formula=formula, formulas=formulas)
