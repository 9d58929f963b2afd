"""The sheets 乡镇, 帮扶单位 and 帮扶人 of the assessment workbook: live formulas over its data sheets."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.assessment import MODES, Assessment
from bangfu_excel.write.assessment_data import FIRST_ROW, Look, name_columns, show_lights
from bangfu_excel.write.assessment_scope import Scope, scope_of
from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_sheet
from bangfu_excel.write.metric_places import WINDOWS
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles

_COUNT, _RATE = "0", "0.0%"
_RATIOS = {"rate": ("met", "due"), "pairing_rate": ("registered_paired", "registered")}
_HOMES = Scope()
_KINDS = (("visits", "次"), ("households", "户次"), ("persons", "人次"))


@dataclass(frozen=True)
class Figure:
    """A column of formulas. In `formula` `[key]` is this row's cell of another column, `[key:]` that whole column.

    key: indicator whose value is cached; `rate`, `pairing_rate` and `rank` are made here.
    """

    key: str
    title: str
    formula: str
    number_format: str = _COUNT
    width: float = 7.5

    @property
    def word(self) -> str:
        """The title as part of a name."""
        return self.title.replace("\n", "").replace("·", "")


@dataclass(frozen=True)
class LevelSheet:
    """One level's table: a row a subject (no, name and, for helpers, unit), a column a figure."""

    level: str
    name: str
    title: str
    figures: tuple[Figure, ...]
    rows: pd.DataFrame = field(compare=False)
    lead: tuple[str, ...] = ()
    remark: str = ""
    footer: str = ""

    @property
    def heads(self) -> tuple[Column, ...]:
        number = Column("编号", "no", CellForm.NUMBER, "0", "center", width=6)
        named = Column(self.name, "name", align="left" if self.level == "unit" else "center", widest=28)
        return (number, named, Column("帮扶单位", "unit", widest=24)) if self.level == "helper" else (number, named)

    def letters(self, key: str) -> str:
        """The column of a figure."""
        position = [figure.key for figure in self.figures].index(key)
        return column_letters(len(self.heads) + position)

    def range_name(self, key: str) -> str:
        """The defined name of a figure's column: 乡镇表_达标率."""
        return f"{self.name}表_{next(figure.word for figure in self.figures if figure.key == key)}"

    def write(self, book: Book, styles: Styles) -> None:
        """The sheet in the book; its columns are named (see `range_name`)."""
        total = self.level == "township"  # of the others a household or visit may belong to several
        columns = [
            Column(
                figure.title, figure.key, CellForm.FORMULA, figure.number_format, "center", width=figure.width,
                total=_total(figure) if total else "", total_format=figure.number_format,
                ratio=_RATIOS.get(figure.key, ("", "")), formula=self._formula(figure),
            )
            for figure in self.figures
        ]  # fmt: skip
        sheet = Sheet(
            self.name, self.title, (*self.heads, *columns), self.rows, lead=self.lead, frozen=len(self.heads),
            total=total, numbered=False, remark=self.remark, footer=self.footer,
        )  # fmt: skip
        write_sheet(book, sheet, styles)
        words = [*("" for _ in self.heads), *(figure.word for figure in self.figures)]
        name_columns(book, f"{self.name}表", self.name, words, len(self.rows))
        if any(figure.key == "rate" for figure in self.figures):
            show_lights(book, self.name, self.letters("rate"), len(self.rows))

    def _formula(self, figure: Figure) -> str:
        formula, last = figure.formula, FIRST_ROW + max(len(self.rows), 1) - 1
        for other in self.figures:
            letters = self.letters(other.key)
            formula = formula.replace(f"[{other.key}:]", f"${letters}${FIRST_ROW}:${letters}${last}")
            formula = formula.replace(f"[{other.key}]", f"${letters}{{row}}")
        return formula


def _total(figure: Figure) -> str:
    if figure.key in _RATIOS:
        return "ratio"
    return "" if figure.key == "rank" else "sum"


def level_sheets(assessment: Assessment, look: Look, lead: tuple[str, ...]) -> tuple[LevelSheet, ...]:
    """The three levels, each with the subjects that have anything to show."""
    others = bool((assessment.visits["mode"] == list(MODES).index("other")).any())
    period = assessment.period.label
    scope = scope_of(assessment.scheme)
    remark = _remark(assessment, scope)
    footer = f"{assessment.scheme.title}　{period}"
    sheets = []
    for level, name in (("township", "乡镇"), ("unit", "帮扶单位"), ("helper", "帮扶人")):
        rows = _rows(assessment, level)
        if level == "helper":
            rows["name"] = look.names(rows["name"])
        title = f"{look.area}{period}结对帮扶走访统计表（按{name}）"
        sheets.append(LevelSheet(level, name, title, figures(level, others, scope), rows, lead, remark, footer))
    return tuple(sheets)


def _remark(a: Assessment, scope: Scope) -> str:
    nothing = "" if a.records_from else "尚未收到走访记录；"
    if not scope.windows:
        others = "" if a.duties.empty else "方案规定的其他频次见“各项频次”。"
        return f"注：{nothing}方案没有规定每对结对定期走访几次，不计算达标率，不按达标率排名。{others}"
    return (
        f"注：{nothing}应访、达标按“{scope.whom}·期”计，一{scope.each}在一个时段（如一个月）计1；"
        f"结对{scope.one}数不足{a.scheme.reporting.rank_from_pairings}{scope.each}的不参加排名。"
        f"{'本表为试算，不评定等次。' if a.is_trial else '本表只排达标率，等次见“得分-”各表。'}"
    )


def _rows(a: Assessment, level: str) -> pd.DataFrame:
    """no, name (unit) and the values of all figures, as the formulas will give them."""
    of_level = a.indicators[a.indicators["level"] == level]
    plain = of_level[of_level["denominator"].isna() & ~of_level["indicator"].isin(["cadence_rate", "pairing_rate"])]
    wide = plain.pivot_table(index="subject", columns="indicator", values="value", aggfunc="first", observed=True)
    subjects = {"helper": list(a.helpers["key"]), "unit": a.units, "township": a.townships}[level]
    rows = wide.reindex(subjects).reset_index(drop=True).astype("Int64")
    rows.columns.name = None
    rows["no"] = range(1, len(rows) + 1)
    rows["name"] = a.helpers["name"].reset_index(drop=True) if level == "helper" else pd.Series(subjects, dtype="str")
    if level == "helper":
        rows["unit"] = [a.units[number] for number in a.helpers["unit"]]
    if rows.empty:
        rows = rows.reindex(columns=[*_FIGURE_KEYS, "no", "name", "unit"])
    rows["rate"] = _ratio(rows["met"], rows["due"])
    ranked = rows["rate"].mask(rows["paired"] < a.scheme.reporting.rank_from_pairings)
    rows["rank"] = ranked.rank(method="min", ascending=False).astype("Int64")
    if level == "township":
        rows["pairing_rate"] = _ratio(rows["registered_paired"], rows["registered"])
    shown = [key for key in _FIGURE_KEYS if key in rows]
    seen = rows[shown].fillna(0).astype("float64").sum(axis=1) > 0
    return rows[seen].reset_index(drop=True)


def _ratio(top: pd.Series, bottom: pd.Series) -> pd.Series:
    return top.astype("Float64") / bottom.astype("Float64").mask(bottom == 0)


_FIGURE_KEYS = (
    "paired", "entered", *(f"{mode}_{kind}" for mode in MODES for kind, _ in _KINDS), "due", "met", "unvisited",
    "registered", "registered_paired",
)  # fmt: skip


def figures(level: str, others: bool, scope: Scope = _HOMES) -> tuple[Figure, ...]:
    """The columns of a level that a plan has; visits that are neither 入户, 电话 nor 集中 have columns only where there are any."""
    who = {"helper": "帮扶人", "unit": "单位", "township": "乡镇"}[level]
    visits = tuple(
        Figure(f"{mode}_{kind}", f"{word}\n{unit.replace('户', scope.whom)}", _visits(who, unit, word))
        for mode, word in MODES.items()
        if mode != "other" or others
        for kind, unit in _KINDS
    )
    return (
        *(_PAIRING if level == "township" and scope.only_homes else ()),
        Figure("paired", f"结对\n{scope.one}数", PAIRED[level]),
        Figure("entered", f"入户\n{scope.whom}数", f"=SUMIFS(走访_户{who},走访_{who},$A{{row}})"),
        *visits,
        *(_met_windows(level, scope) if scope.windows else ()),
        *((Figure("unvisited", f"久未走\n访{scope.whom}数", _unvisited(level, scope)),) if scope.homes else ()),
    )


def _met_windows(level: str, scope: Scope) -> tuple[Figure, ...]:
    met, due = (formula.replace("{cell}", "$A{row}") for formula in WINDOWS[level])
    return (
        Figure("due", f"应访\n{scope.whom}·期", due),
        Figure("met", f"达标\n{scope.whom}·期", met),
        Figure("rate", "达标率", '=IF([due]=0,"",[met]/[due])', _RATE, 8.5),
        Figure("rank", "达标率\n排名", _RANK, _COUNT, 6.5),
    )


def _unvisited(level: str, scope: Scope) -> str:
    return {
        "helper": "=COUNTIFS(结对_帮扶人,$A{row},结对_未走访,1)",
        "unit": "=SUMIFS(结对_计单位,结对_单位,$A{row},结对_未走访,1)",
        "township": f"=COUNTIFS({scope.whom}_乡镇,$A{{row}},{scope.whom}_未走访,1)",
    }[level]


def _visits(who: str, unit: str, word: str) -> str:
    marks = "人次" if unit == "人次" else f"{unit}{who}"
    return f'=SUMIFS(走访_{marks},走访_{who},$A{{row}},走访_方式,"{word}")'


_PAIRING = (
    Figure("registered", "帮扶\n户数", "=COUNTIFS(户_乡镇,$A{row},户_在册,1)"),
    Figure("registered_paired", "已结对\n户数", "=COUNTIFS(户_乡镇,$A{row},户_在册,1,户_结对,1)"),
    Figure("pairing_rate", "结对率", '=IF([registered]=0,"",[registered_paired]/[registered])', _RATE, 8.5),
)
PAIRED = {
    "helper": "=COUNTIFS(结对_帮扶人,$A{row})",
    "unit": "=SUMIFS(结对_计单位,结对_单位,$A{row})",
    "township": "=SUMIFS(结对_计乡镇,结对_乡镇,$A{row})",
}
# Rates are compared as fractions (met × due of the other): no rounding, and blank rates do not count as large.
_RANK = (
    '=IF(OR([paired]<参数_参评户数,[due]=0),"",1+SUMPRODUCT(([paired:]>=参数_参评户数)*([due:]>0)'
    "*([met:]*[due]>[met]*[due:])))"
)
