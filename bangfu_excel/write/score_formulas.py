"""What the lines of a score sheet come to, as formulas over one row of 得分-<级别>."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bangfu_excel.core.score_sheet import LEVEL_WORDS
from bangfu_excel.core.scoring import (
    GradeCells,
    ScoreCells,
    compared_formula,
    grade_formula,
    own_text,
    rank_formula,
    score_formula,
    total_state_formula,
)
from bangfu_excel.write.score_places import BONUS_MOST, DOCUMENT, TOTAL, Places


@dataclass(frozen=True)
class TotalFormulas:
    """Of one level; `{row}` stands for the row. letters: key of a column (line0, line1 …, weight, score …) → its letters."""

    places: Places
    level: str
    letters: Mapping[str, str]

    @property
    def vetoed(self) -> str:
        cells = self._lines("veto")
        return f"=IF(SUM({cells})>0,1,0)" if cells else "=0"

    @property
    def weight(self) -> str:
        own = "+".join(f"ISNUMBER({cell})*{weight}" for cell, weight in self._own())
        return f"={own or 0}"

    @property
    def score(self) -> str:
        own = self._own()
        return score_formula(
            ScoreCells(
                own_text(f"{own[0][0]}:{own[-1][0]}") if own else "0", self._cell("weight"), TOTAL,
                bonus=self._lines("bonus"), bonus_most=BONUS_MOST if self.places.sheet.assessing.bonus_most is not None else "",
                discretion=self._lines("discretion"),
            )
        )  # fmt: skip

    @property
    def compared(self) -> str:
        allowed = f"{self._cell('paired')}>=参数_参评户数" if "paired" in self.letters else ""
        return compared_formula(self._cell("score"), self._cell("vetoed"), allowed)

    @property
    def rank(self) -> str:
        prefix = f"得分{LEVEL_WORDS[self.level]}"
        return rank_formula(self._cell("score"), self._cell("compared"), f"{prefix}_总分", f"{prefix}_参评")

    @property
    def grade(self) -> str:
        assessing = self.places.sheet.assessing
        if not assessing.grades:
            return '=""'
        quotas = any(band.quota for band in assessing.bands)
        return grade_formula(
            GradeCells(
                self._cell("score"), self._cell("rank"), DOCUMENT, "等次_名称", "等次_起",
                f"等次_{LEVEL_WORDS[self.level]}" if quotas else "", self._cell("vetoed"),
            )
        )  # fmt: skip

    @property
    def state(self) -> str:
        return total_state_formula(self._cell("score"), self._cell("compared"), self._cell("vetoed"))

    def _cell(self, key: str) -> str:
        return f"${self.letters[key]}{{row}}"

    def _lines(self, mode: str) -> str:
        """Cells of the lines of a mode, for a SUM over them."""
        lines = enumerate(self.places.sheet.ordered)
        return ",".join(self._cell(f"line{number}") for number, line in lines if line.mode == mode)

    def _own(self) -> list[tuple[str, str]]:
        """Cell and weight's name of each line of the full score."""
        own = self.places.sheet.assessing.own
        return [
            (self._cell(f"line{number}"), self.places.parameter(line, "weight"))
            for number, line in enumerate(self.places.sheet.ordered)
            if line in own
        ]
