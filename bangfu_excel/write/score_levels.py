"""得分-<级别>: points, score, rank and grade of every subject of a level; 等次标准: from what score which grade is given."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.score_sheet import LEVEL_WORDS
from bangfu_excel.core.scoring import (
    GradeCells,
    ScoreCells,
    compared_formula,
    grade_formula,
    own_text,
    places_formula,
    rank_formula,
    score_formula,
    total_state_formula,
)  # fmt: skip
from bangfu_excel.core.scoring import places as places_of
from bangfu_excel.write.assessment_data import FIRST_ROW, Look, name_columns, show_bars
from bangfu_excel.write.assessment_levels import PAIRED
from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_sheet
from bangfu_excel.write.score_places import GRADES, LINES, Places
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles, Tint

DOCUMENT, TOTAL, BONUS_MOST = "考核_文号", "考核_满分", "考核_加分至多"
_POINTS = "K"  # of 指标明细


def score_levels(places: Places, look: Look) -> tuple[ScoreLevel, ...]:
    """A sheet a level."""
    return tuple(ScoreLevel(places, look, level) for level in places.sheet.levels)


def score_sheet_name(level: str) -> str:
    """The sheet of a level."""
    return f"得分-{LEVEL_WORDS[level]}"


class ScoreLevel:
    """One level's table: heads, the lines, and what they come to; its scores and ranks have names."""

    def __init__(self, places: Places, look: Look, level: str) -> None:
        self.places, self.look, self.level = places, look, level
        self.subjects = places.subjects(level)
        self.lines = places.sheet.ordered
        self.heads = 3 if level == "helper" else 2
        self.paired = level in PAIRED
        sums = places.sheet.totals
        self.totals = sums[sums["level"] == level].set_index("subject").reindex(list(self.subjects)).reset_index()
        self.letters = {key: column_letters(at) for at, key in enumerate(self._keys())}
        self.name = score_sheet_name(level)

    def _keys(self) -> list[str]:
        heads = ["no", "name", "unit"][: self.heads]
        paired = ["paired"] if self.paired else []
        return [*heads, *paired, *(f"line{n}" for n, _ in enumerate(self.lines)), *_SUMS]

    def write(self, book: Book, styles: Styles, lead: tuple[str, ...]) -> None:
        a = self.places.assessment
        trial = "" if self.places.sheet.assessing.document_number else "（试算，不定等次）"
        sheet = Sheet(
            self.name, f"{self.look.area}{a.period.label}结对帮扶考核得分（按{LEVEL_WORDS[self.level]}）{trial}", self._columns(),
            self.rows, lead, frozen=self.heads, numbered=False, footer=f"{a.scheme.title}　{a.period.label}",
            empty="没有可以考核的对象",
        )  # fmt: skip
        write_sheet(book, sheet, styles)
        keys = [
            {"score": "总分", "compared": "参评", "rank": "名次", "name": "名称"}.get(key, "") for key in self._keys()
        ]
        name_columns(book, f"得分{LEVEL_WORDS[self.level]}", self.name, keys, len(self.subjects))
        show_bars(book, self.name, self.letters["score"], len(self.subjects))

    def _columns(self) -> tuple[Column, ...]:
        number = Column("编号", "no", CellForm.NUMBER, "0", "center", width=6)
        named = Column(LEVEL_WORDS[self.level], "name", align="center", widest=28)
        heads = [number, named, Column("帮扶单位", "unit", widest=24)][: self.heads]
        paired = [_formula("结对\n户数", "paired", "0", formula=PAIRED[self.level])] if self.paired else []
        lines = [
            _formula(
                f"{line.title}\n{_weight(line.mode, line.weight)}",
                f"line{number}",
                "0.00",
                formulas=f"f_line{number}",
                width=10,
            )
            for number, line in enumerate(self.lines)
        ]
        sums = [
            _formula("一票\n否决", "vetoed", "0", formula=self._vetoed()), _formula("可得\n分值", "weight", "0.##", formula=f"={self._weight()}"),
            _formula("总分", "score", "0.00", formula=self._score()), _formula("参加\n排名", "compared", "0", formula=self._compared()),
            _formula("名次", "rank", "0", formula=self._rank()), _formula("等次", "grade", "@", formula=self._grade()),
            _formula("说明", "state", "@", formula=self._state(), width=13),
        ]  # fmt: skip
        return (*heads, *paired, *lines, *sums)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """What the table shows, in its order."""
        a, totals = self.places.assessment, self.totals
        names = totals["subject"]
        rows = pd.DataFrame(
            {"no": names.map(self.places.numbers[self.level]).astype("Int64"), "name": names}, index=totals.index
        )
        if self.level == "helper":
            units = {key: a.units[number] for key, number in zip(a.helpers["key"], a.helpers["unit"], strict=True)}
            rows["name"] = self.look.names(names.map(a.names).astype("str"))
            rows["unit"] = names.map(units).astype("str")
        if self.paired:
            rows["paired"] = names.map(_figure(a.indicators, self.level, "paired")).fillna(0).astype("Int64")
        points = self.places.sheet.lines
        own = points[points["level"] == self.level].set_index("subject")
        for number, line in enumerate(self.lines):
            told = own.loc[own["line"] == line.id, "points"]  # of nobody where there is nobody of this level
            rows[f"line{number}"] = told.reindex(list(self.subjects)).reset_index(drop=True)
            rows[f"f_line{number}"] = [
                f"='{LINES}'!${_POINTS}${self.places.line_rows[self.level, subject, line.id]}"
                for subject in self.subjects
            ]
        for key in ("weight", "score", "rank", "grade", "state"):
            rows[key] = totals[key]
        rows["vetoed"] = totals["vetoed"].astype("Int64")
        rows["compared"] = totals["rank"].notna().astype("Int64")
        return rows

    def _of(self, modes: tuple[str, ...]) -> list[str]:
        """Cells of the lines of these modes."""
        return [f"${self.letters[f'line{n}']}{{row}}" for n, line in enumerate(self.lines) if line.mode in modes]

    def _range(self, modes: tuple[str, ...]) -> str:
        cells = self._of(modes)
        return ",".join(cells)

    def _own(self) -> list[tuple[str, str]]:
        """Cell and weight's name of each line of the full score."""
        own = self.places.sheet.assessing.own
        return [
            (f"${self.letters[f'line{n}']}{{row}}", self.places.parameter(line, "weight"))
            for n, line in enumerate(self.lines)
            if line in own
        ]

    def _vetoed(self) -> str:
        cells = self._range(("veto",))
        return f"=IF(SUM({cells})>0,1,0)" if cells else "=0"

    def _weight(self) -> str:
        return "+".join(f"ISNUMBER({cell})*{weight}" for cell, weight in self._own()) or "0"

    def _score(self) -> str:
        own = self._own()
        return score_formula(
            ScoreCells(
                own_text(f"{own[0][0]}:{own[-1][0]}") if own else "0", f"${self.letters['weight']}{{row}}", TOTAL,
                bonus=self._range(("bonus",)), bonus_most=BONUS_MOST if self.places.sheet.assessing.bonus_most is not None else "",
                discretion=self._range(("discretion",)),
            )
        )  # fmt: skip

    def _cell(self, key: str) -> str:
        return f"${self.letters[key]}{{row}}"

    def _compared(self) -> str:
        allowed = f"{self._cell('paired')}>=参数_参评户数" if self.paired else ""
        return compared_formula(self._cell("score"), self._cell("vetoed"), allowed)

    def _rank(self) -> str:
        prefix = f"得分{LEVEL_WORDS[self.level]}"
        return rank_formula(self._cell("score"), self._cell("compared"), f"{prefix}_总分", f"{prefix}_参评")

    def _grade(self) -> str:
        if not self.places.sheet.assessing.grades:
            return '=""'
        quotas = any(band.quota for band in self.places.sheet.assessing.bands)
        return grade_formula(
            GradeCells(
                self._cell("score"), self._cell("rank"), DOCUMENT, "等次_名称", "等次_起",
                f"等次_{LEVEL_WORDS[self.level]}" if quotas else "", self._cell("vetoed"),
            )
        )  # fmt: skip

    def _state(self) -> str:
        return total_state_formula(self._cell("score"), self._cell("compared"), self._cell("vetoed"))


_SUMS = ("vetoed", "weight", "score", "compared", "rank", "grade", "state")


def _weight(mode: str, weight: float) -> str:
    said = {"veto": "（否决）", "discretion": "（扣分）", "bonus": f"（加分≤{weight:g}）"}
    return said.get(mode, f"（{weight:g}分）")


def _figure(indicators: pd.DataFrame, level: str, name: str) -> dict[str, float]:
    rows = indicators[(indicators["level"] == level) & (indicators["indicator"] == name)]
    return dict(zip(rows["subject"], rows["value"], strict=True))


def _formula(title: str, source: str, shown: str, *, formula: str = "", formulas: str = "", width: float = 8) -> Column:
    return Column(title, source, CellForm.FORMULA, shown, "center", width=width, formula=formula, formulas=formulas)


def write_grades(book: Book, styles: Styles, places: Places, look: Look) -> None:
    """等次标准: the grades, the highest first, and how many of each level may have them; nothing where there are none."""
    assessing, a = places.sheet.assessing, places.assessment
    if not assessing.grades:
        return
    bands = assessing.bands
    rows = pd.DataFrame(
        {
            "title": pd.Series([band.title for band in bands], dtype="str"),
            "least": [band.least for band in bands], "quota": pd.array([band.quota for band in bands], dtype="Float64"),
            "tint": str(Tint.WITHHELD),
        }
    )  # fmt: skip
    columns = [
        Column("等次", "title", align="center", width=14),
        Column("分数从（含）", "least", CellForm.NUMBER, "0.##", "center", width=14, tint="tint"),
        Column("名额比例", "quota", CellForm.NUMBER, "0%", "center", width=14, tint="tint"),
    ]
    keys = ["名称", "起", "名额"]
    for level in places.sheet.levels:
        word = LEVEL_WORDS[level]
        ranked = places.sheet.totals.loc[places.sheet.totals["level"] == level, "rank"].notna().sum()
        rows[f"at_{level}"] = list(places_of(assessing, int(ranked)))
        rows[f"f_{level}"] = [
            places_formula(
                f"$C{at}", f"{column_letters(len(keys))}{at - 1}" if at > FIRST_ROW else "", f"得分{word}_名次"
            )
            for at in range(FIRST_ROW, FIRST_ROW + len(bands))
        ]
        columns.append(_formula(f"{word}\n末位名次", f"at_{level}", "0", formulas=f"f_{level}", width=12))
        keys.append(word)
    remark = "分数达到而名次在名额以外的，降一个等次；并列的按名次算。录入考核办法文号（参数表）后才评定等次。"
    write_sheet(
        book,
        Sheet(GRADES, f"{look.area}结对帮扶考核等次标准", tuple(columns), rows, (assessing.document_number or "考核办法文号：（未录入，试算）", ""),
              numbered=False, signature=(), remark=remark, footer=f"{a.scheme.title}　{a.period.label}"),
        styles,
    )  # fmt: skip
    name_columns(book, "等次", GRADES, keys, len(bands))
