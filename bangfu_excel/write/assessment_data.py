"""The data sheets of the assessment workbook: the rows that its formulas count, under defined names."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from bangfu_excel.core.address import column_letters
from bangfu_excel.core.assessment import MODES, Assessment
from bangfu_excel.core.masking import mask
from bangfu_excel.core.score_sheet import LEVEL_WORDS as SUBJECTS
from bangfu_excel.core.table import Privacy
from bangfu_excel.write.assessment_scope import Scope, scope_of
from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_sheet
from bangfu_excel.write.metric_places import WINDOWS_METRIC, MetricPlaces
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import TINT_COLOURS, Styles, Tint

FIRST_ROW = 4  # Excel's row of the first data row: title, line, header stand above
_DATE = "yyyy-mm-dd"
_LIGHTS = ((0.9, 2, Tint.GOOD), (0.6, 0.9, Tint.WARNING), (-1, 0.6, Tint.ERROR))
"""Rates from, below, and how they look: green, yellow, red."""


@dataclass(frozen=True)
class Look:
    """What the people who read it may see, and whose it is."""

    area: str
    masked: bool = False

    def names(self, names: pd.Series) -> pd.Series:
        """Names as they may be shown: 王小明 → 王**."""
        return self._shown(names, Privacy.NAME)

    def numbers(self, numbers: pd.Series) -> pd.Series:
        """Household numbers as they may be shown: they may be identity numbers."""
        return self._shown(numbers, Privacy.IDENTITY)

    def _shown(self, texts: pd.Series, privacy: Privacy) -> pd.Series:
        if not self.masked:
            return texts
        return texts.map({text: mask(text, privacy) for text in texts.dropna().unique()}).astype("str")


@dataclass(frozen=True)
class DataSheet:
    """One sheet of rows; a column with a key can be named in formulas as `<name>_<key>`."""

    name: str
    title: str
    columns: tuple[tuple[str, Column], ...]
    rows: pd.DataFrame = field(compare=False)
    footer: str = ""
    remark: str = ""

    @property
    def sheet_name(self) -> str:
        return f"数据-{self.name}"

    def write(self, book: Book, styles: Styles) -> None:
        """The sheet in the book, its keyed columns named; the rows fit on one sheet (the caller has seen to it)."""
        columns = tuple(column for _, column in self.columns)
        lead = ("供前面各表的公式取数，请勿增删行列", "")
        sheet = Sheet(
            self.sheet_name, self.title, columns, self.rows, lead=lead, numbered=False, signature=(), footer=self.footer,
            remark=self.remark,
        )  # fmt: skip
        write_sheet(book, sheet, styles)
        name_columns(book, self.name, self.sheet_name, [key for key, _ in self.columns], len(self.rows))


def name_columns(book: Book, prefix: str, sheet: str, keys: list[str], count: int) -> None:
    """Defined names `<prefix>_<key>` for the data of the columns that have a key, from column A."""
    last = FIRST_ROW + max(count, 1) - 1
    for index, key in enumerate(keys):
        if key:
            letters = column_letters(index)
            book.workbook.define_name(f"{prefix}_{key}", f"='{sheet}'!${letters}${FIRST_ROW}:${letters}${last}")


def show_bars(book: Book, sheet: str, letters: str, count: int) -> None:
    """A bar in each cell of a column of `count` rows, as long as its number."""
    bar = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True, "min_type": "num", "min_value": 0}
    _shown_by(book, sheet, letters, count, bar)


def show_lights(book: Book, sheet: str, letters: str, count: int) -> None:
    """Rates in green, yellow or red; a cell without one has no colour."""
    for least, below, tint in _LIGHTS:
        cell = f"{letters}{FIRST_ROW}"
        lit = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}>={least},{cell}<{below})"}
        _shown_by(book, sheet, letters, count, lit | {"format": book.format(bg_color=TINT_COLOURS[tint])})


def _shown_by(book: Book, sheet: str, letters: str, count: int, rule: dict[str, object]) -> None:
    if count:
        target = book.workbook.get_worksheet_by_name(sheet)
        target.conditional_format(f"{letters}{FIRST_ROW}:{letters}{FIRST_ROW + count - 1}", rule)


def data_sheets(assessment: Assessment, look: Look) -> tuple[DataSheet, ...]:
    """数据-结对, 数据-走访, 数据-应访 where the plan says how often to visit (or scores it), 数据-户 (数据-对象) where it helps households."""
    scope = scope_of(assessment.scheme)
    sheets = [_pairings(assessment, look, scope), _visits(assessment, look, scope)]
    if scope.windows or WINDOWS_METRIC in assessment.measures:
        sheets.append(_windows(assessment, look, scope))
    if scope.homes:
        sheets.append(_households(assessment, look, scope))
    return tuple(sheets)


def _footer(a: Assessment) -> str:
    return f"{a.scheme.title}　{a.period.label}"


def _pairings(a: Assessment, look: Look, scope: Scope) -> DataSheet:
    rows = _who(a, look, a.pairings).join(_whom(a, look, a.pairings))
    for name in ("started", "ended", "since", "last_home"):
        rows[name] = a.pairings[name]
    for name in ("active", "unit_first", "town_first", "unvisited"):
        rows[name] = a.pairings[name].astype("int64")
    columns = (
        *_WHO, *_TOWN, *_named(scope),
        ("", _date("结对起", "started")), ("", _date("结对止", "ended")),
        ("在结", _mark("期末\n在结", "active")),
        ("计单位", _mark(f"单位\n计{scope.one}", "unit_first")), ("计乡镇", _mark(f"乡镇\n计{scope.one}", "town_first")),
        *(_since_last(scope) if scope.homes else ()),
    )  # fmt: skip
    return DataSheet("结对", "统计期内的结对关系（一行一对）", columns, rows, _footer(a))


def _visits(a: Assessment, look: Look, scope: Scope) -> DataSheet:
    visits = a.visits
    words = np.asarray(list(MODES.values()), dtype=object)
    rows = _who(a, look, visits).join(_whom(a, look, visits))
    rows["head_name"] = look.names(visits["head_name"])  # also where the household is not known
    rows["date"], rows["mode_label"] = visits["date"], visits["mode_label"]
    rows["mode"] = pd.Series(words[visits["mode"].to_numpy(np.int64)], dtype="str", index=visits.index)
    for name in ("person", *(f"{what}_{level}" for _, what in _COUNTS for _, level in LEVEL_WORDS)):
        if name in visits:
            rows[name] = visits[name].astype("int64")
    for name in ("file", "sheet", "row"):
        rows[name] = visits[name]
    marks = [
        (f"{word}{who}", _mark(f"{who}\n计{word.replace('户', scope.whom)}", f"{what}_{level}"))
        for who, level in LEVEL_WORDS
        for word, what in _COUNTS
    ]
    columns = (
        *_WHO, *_TOWN, *_named(scope),
        ("日期", _date("走访日期", "date")), ("", Column("走访方式", "mode_label")), ("方式", Column("统计方式", "mode")),
        ("人次", _mark("人次", "person")), *marks,
        ("", Column("来源文件", "file", widest=24, wrap=False)), ("", Column("工作表", "sheet", widest=16, wrap=False)),
        ("", Column("行", "row", CellForm.NUMBER, "0", "center")),
    )  # fmt: skip
    return DataSheet("走访", "统计期内的走访记录（一行一次一人）", columns, rows, _footer(a))


def _windows(a: Assessment, look: Look, scope: Scope) -> DataSheet:
    windows = a.windows
    rows = _who(a, look, windows).join(_whom(a, look, windows))
    ids = {cadence.id: number for number, cadence in enumerate(a.scheme.evaluated, start=1)}
    rows["rule"] = windows["rule"].map(ids).astype("Int64")
    for name in ("label", "due_from", "due_to"):
        rows[name] = windows[name]
    for name in ("target", "count", "unit_count", "household_count", "unit_first", "household_first"):
        rows[name] = windows[name].astype("int64")
    for name in ("count", "unit_count", "household_count"):
        rows[f"{name}_met"] = (rows[name] >= rows["target"]).astype("int64")
    others = _other_subjects(a)
    for name, numbers in others.items():
        rows[name] = numbers.reindex(range(len(rows))).astype("Int64")
    columns = (
        *_WHO, *_TOWN, *_named(scope),
        ("", Column("频次\n序号", "rule", CellForm.NUMBER, "0", "center")), ("", Column("时段", "label")),
        ("", _date("应访起", "due_from")), ("", _date("应访止", "due_to")),
        ("", _formula("应访\n次数", "target", "=INDEX(参数_次数,I{row})")),
        ("", _mark("本人\n次数", "count")), ("本人达标", _formula("本人\n达标", "count_met", "=IF(N{row}>=M{row},1,0)")),
        ("计单位", _mark("单位\n计1", "unit_first")), ("", _mark("单位\n次数", "unit_count")),
        ("单位达标", _formula("单位\n达标", "unit_count_met", "=IF(Q{row}>=M{row},1,0)")),
        ("计户", _mark(f"该{scope.whom}\n计1", "household_first")), ("", _mark(f"该{scope.whom}\n次数", "household_count")),
        ("户达标", _formula(f"该{scope.whom}\n达标", "household_count_met", "=IF(T{row}>=M{row},1,0)")),
        *((name, _number(f"{name}\n编号", name)) for name in others),
    )  # fmt: skip
    return DataSheet("应访", f"统计期内应走访的时段（一行一人一{scope.each}一时段）", columns, rows, _footer(a))


def _other_subjects(a: Assessment) -> dict[str, pd.Series]:
    """学校, 村 where the rate of met windows is told of them → the number of that of each window which counts for one, by its position."""
    metric = a.measures.get(WINDOWS_METRIC)
    if metric is None:
        return {}
    places = MetricPlaces(a)
    items = a.items[a.items["metric"] == WINDOWS_METRIC]
    found = {}
    for level in places.levels_of(metric):
        if level in ("school", "village"):
            own = items[items[f"at_{level}"] == 1]
            found[SUBJECTS[level]] = own[level].map(places.numbers[level]).set_axis(own["item"])
    return found


def _households(a: Assessment, look: Look, scope: Scope) -> DataSheet:
    numbers = pd.DataFrame({"household": np.arange(len(a.households)), "town": a.households["town"]})
    rows = _whom(a, look, numbers)
    for name in ("since", "last_home"):
        rows[name] = a.households[name]
    rows["cause"] = a.households["cause"]
    for name in ("registered", "paired", "unvisited"):
        rows[name] = a.households[name].astype("int64")
    columns = (
        *_TOWN, *_named(scope),
        ("在册", _mark("在册", "registered")), ("结对", _mark("期末\n结对", "paired")),
        ("", _date("结对起", "since")), ("", _date("最近\n入户", "last_home")),
        ("未走访", _formula("未走访", "unvisited", _unvisited("F", "G", "H"))),
        ("致贫原因", Column("主要致贫\n原因", "cause", widest=16)),
    )  # fmt: skip
    return DataSheet(scope.whom, f"帮扶{scope.whom}（一行一{scope.each}）", columns, rows, _footer(a))


def _unvisited(active: str, since: str, last: str) -> str:
    """1 where a household in a pairing was paired by the cutoff day and not entered after it."""
    early = f'OR({since}{{row}}="",{since}{{row}}<=参数_未走访界)'
    late = f'OR({last}{{row}}="",{last}{{row}}<=参数_未走访界)'
    return f"=IF(AND({active}{{row}}=1,{early},{late}),1,0)"


LEVEL_WORDS = (("帮扶人", "helper"), ("单位", "unit"), ("乡镇", "township"))
_COUNTS = (("次", "trip"), ("户次", "household"), ("户", "home"))


def _number(title: str, source: str) -> Column:
    return Column(title, source, CellForm.NUMBER, "0", "center", width=7)


def _mark(title: str, source: str) -> Column:
    return Column(title, source, CellForm.NUMBER, "0", "center", width=7)


def _date(title: str, source: str) -> Column:
    return Column(title, source, CellForm.DATE, _DATE, "center", width=11.5)


def _formula(title: str, source: str, formula: str) -> Column:
    return Column(title, source, CellForm.FORMULA, "0", "center", width=7, formula=formula)


_WHO = (
    ("帮扶人", _number("帮扶人\n编号", "helper_no")), ("", Column("帮扶人", "helper", align="center")),
    ("单位", _number("单位\n编号", "unit_no")), ("", Column("帮扶单位", "unit", widest=24)),
)  # fmt: skip
_TOWN = (("乡镇", _number("乡镇\n编号", "town_no")), ("", Column("乡镇", "township", align="center", widest=16)))


def _since_last(scope: Scope) -> tuple[tuple[str, Column], ...]:
    return (
        ("户起", _date(f"该{scope.whom}\n结对起", "since")), ("户入户", _date("最近\n入户", "last_home")),
        ("未走访", _formula("未走访", "unvisited", _unvisited("K", "N", "O"))),
    )  # fmt: skip


def _named(scope: Scope) -> tuple[tuple[str, Column], ...]:
    number = Column(f"{scope.whom}编号", "household_id", align="center", widest=20)
    return ("", number), ("", Column(scope.head, "head_name", align="center"))


def _who(a: Assessment, look: Look, rows: pd.DataFrame) -> pd.DataFrame:
    """helper_no, helper, unit_no, unit of each row; missing where nobody is named."""
    return pd.DataFrame(
        {
            "helper_no": _numbers(rows["helper"]), "helper": look.names(_words(a.helpers["name"], rows["helper"])),
            "unit_no": _numbers(rows["unit"]), "unit": _words(pd.Series(a.units, dtype="str"), rows["unit"]),
        },
        index=rows.index,
    )  # fmt: skip


def _whom(a: Assessment, look: Look, rows: pd.DataFrame) -> pd.DataFrame:
    """town_no, township, household_id, head_name of each row."""
    return pd.DataFrame(
        {
            "town_no": _numbers(rows["town"]), "township": _words(pd.Series(a.townships, dtype="str"), rows["town"]),
            "household_id": look.numbers(_words(a.households["household_id"], rows["household"])),
            "head_name": look.names(_words(a.households["head_name"], rows["household"])),
        },
        index=rows.index,
    )  # fmt: skip


def _numbers(positions: pd.Series) -> pd.Series:
    """Positions counted from 1; missing for nobody (-1)."""
    return (positions.astype("Int64") + 1).mask(positions < 0)


def _words(words: pd.Series, positions: pd.Series) -> pd.Series:
    found = words.reset_index(drop=True).reindex(positions.where(positions >= 0, len(words)).to_numpy(np.int64))
    return found.set_axis(positions.index)
