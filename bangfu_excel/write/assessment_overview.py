"""总览 of the assessment workbook: the county's figures, the ranking and its chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.assessment import MODES, Assessment
from bangfu_excel.core.score_sheet import LEVEL_WORDS
from bangfu_excel.write.assessment_data import FIRST_ROW, Look
from bangfu_excel.write.assessment_levels import LevelSheet
from bangfu_excel.write.assessment_scope import Scope, scope_of
from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.layout import SIGNATURE, chinese_date
from bangfu_excel.write.lines import signature_line
from bangfu_excel.write.page import A4, set_footer
from bangfu_excel.write.score_levels import ScoreLevel
from bangfu_excel.write.styles import BODY_FONT, Styles

_WIDTHS = (14.0, 18.0, 14.0, 14.0, 14.0, 14.0)
_WIDE = 638  # pixels: all of them, and a margin at both sides
_COLUMNS = len(_WIDTHS)
_BARS = 40  # more than that nobody reads in one chart
_CHART_ROWS = 15
_SHORT_NAME = 8


@dataclass(frozen=True)
class _Key:
    """A figure of the county: formula over the 乡镇 sheet, and its value."""

    label: str
    formula: str
    value: float | None
    number_format: str = "0"


@dataclass(frozen=True)
class _Ranking:
    """Who stands where: columns of another sheet, in the order of the ranks.

    name: of the sheet · columns: heading, key of `rows`, letters in that sheet and number format of each · rows: also `at`, the Excel
    row in it · bars: the column that the chart shows · step: of its axis, whose end is `most`.
    """

    name: str
    title: str
    columns: tuple[tuple[str, str, str, str], ...]
    rows: pd.DataFrame
    bars: int
    most: float
    step: float
    remark: str
    nothing: str = "统计期内没有应走访的时段"

    @property
    def long(self) -> bool:
        """Whether the names are such as stand better at the left."""
        return bool((self.rows["name"].str.len() > _SHORT_NAME).any())


def write_overview(
    book: Book,
    styles: Styles,
    a: Assessment,
    look: Look,
    levels: Sequence[LevelSheet],
    *,
    scored: Sequence[ScoreLevel] = (),
) -> None:
    """Title, key figures, chart and ranking: by score where the plan has a score sheet, else by the rate of met windows, or
    what there is of each where the plan sets no number of visits; of townships, or of units where there is only one township.
    """
    sheet = book.add_sheet("总览")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    _write_top(sheet, styles, a, look)
    scope = scope_of(a.scheme)
    row = _write_keys(sheet, styles, _keys(a, levels, scope), 2)
    ranking = _by_score(a, scored) or (_by_rate(a, levels) if scope.windows else _by_pairings(a, levels, scope))
    sheet.set_row(row, 22)
    sheet.merge_range(row, 0, row, _COLUMNS - 1, ranking.title, styles.header())
    table = row + 1 + (_CHART_ROWS if len(ranking.rows) else 0)
    if len(ranking.rows):
        _insert_chart(book, sheet, ranking, row + 1, table + 1)
    bottom = _write_ranking(sheet, styles, ranking, table)
    _write_end(sheet, styles, ranking.remark, bottom)
    _set_page(sheet, levels[0].footer, bottom + 2)


def _trial(a: Assessment) -> str:
    """What a heading says until the number of the county's document is entered."""
    return "（试算，不定等次）" if a.is_trial else ""


def _by_rate(a: Assessment, levels: Sequence[LevelSheet]) -> _Ranking:
    level = levels[0] if (levels[0].rows["due"] > 0).sum() > 1 else levels[1]
    rows = level.rows.assign(at=range(FIRST_ROW, FIRST_ROW + len(level.rows)))
    rows = rows[rows["due"] > 0]
    columns = (
        ("排名", "rank", level.letters("rank"), "0"), ("名称", "name", "B", "@"),
        *_shown(level, ("paired", "due", "met")), ("达标率", "rate", level.letters("rate"), "0.0%"),
    )  # fmt: skip
    title = f"各{level.name}走访达标率{_trial(a)}"
    return _Ranking(level.name, title, columns, _in_order(rows, "rate"), 5, 1.1, 0.2, level.remark)


def _by_pairings(a: Assessment, levels: Sequence[LevelSheet], scope: Scope) -> _Ranking:
    """Nothing is due by which they could be ranked: pairings and visits of each, in their order."""
    level = levels[0] if (levels[0].rows["paired"] > 0).sum() > 1 else levels[1]
    rows = level.rows.assign(at=range(FIRST_ROW, FIRST_ROW + len(level.rows)))
    rows = rows[rows["paired"] > 0].head(_BARS)
    columns = (
        ("编号", "no", "A", "0"), ("名称", "name", "B", "@"),
        *_shown(level, ("paired", "home_visits", "phone_visits", "group_visits")),
    )  # fmt: skip
    most = int(rows["paired"].max()) if len(rows) else 0
    step = max(1, -(-most // 5))
    title = f"各{level.name}结对{scope.one}数和走访次数{_trial(a)}"
    return _Ranking(level.name, title, columns, rows, 2, most + step, step, level.remark, "统计期内没有结对")


def _shown(level: LevelSheet, keys: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Columns of counts under their titles: 入户\\n次 → 入户（次）."""
    titles = {figure.key: figure.title.split("\n") for figure in level.figures}
    return [
        (head + (unit if key == "paired" else f"（{unit}）"), key, level.letters(key), "0")
        for key in keys
        for head, unit in [titles[key]]
    ]


def _by_score(a: Assessment, scored: Sequence[ScoreLevel]) -> _Ranking | None:
    """The first level of which more than one has a score."""
    level = next((one for one in scored if one.rows["score"].notna().sum() > 1), None)
    if level is None or a.sheet is None:
        return None
    rows = level.rows.assign(at=range(FIRST_ROW, FIRST_ROW + len(level.rows)))
    rows = rows[rows["score"].notna()]
    shown = (
        ("名次", "rank", "0"), ("名称", "name", "@"), ("可得分值", "weight", "0.##"), ("总分", "score", "0.00"),
        ("等次", "grade", "@"), ("说明", "state", "@"),
    )  # fmt: skip
    columns = tuple((heading, key, level.letters[key], shown_as) for heading, key, shown_as in shown)
    remark = (
        "注：各项得分、分子分母和所依据的行，见“得分-”“指标明细”和“数据-”各表；缺项的，由其他各项按可得分值折算。"
        "改动“参数”“加减分及一票否决”里的黄色格，得分、名次和等次随之变化。"
    )
    title = f"各{LEVEL_WORDS[level.level]}考核得分{_trial(a)}"
    return _Ranking(
        level.name,
        title,
        columns,
        _in_order(rows, "score"),
        3,
        a.sheet.assessing.total * 1.1,
        a.sheet.assessing.total / 5,
        remark,
    )


def _in_order(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """The ranked ones first, then the others by their figure."""
    rows = rows.assign(last=rows["rank"].fillna(len(rows) + 1))
    return rows.sort_values(["last", by], ascending=[True, False], kind="stable").head(_BARS)


def _write_top(sheet: GuardedSheet, styles: Styles, a: Assessment, look: Look) -> None:
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, _COLUMNS - 1, f"{look.area}{a.period.label}结对帮扶走访考核总览", styles.title())
    sheet.set_row(1, 20)
    sheet.merge_range(1, 0, 1, 1, f"填报单位：{look.area}", styles.line())
    sheet.merge_range(1, 2, 1, 3, f"统计期：{a.period.label}", styles.line("center"))
    sheet.merge_range(1, 4, 1, 5, f"截止日期：{chinese_date(a.day)}", styles.line("right"))


def _keys(a: Assessment, levels: Sequence[LevelSheet], scope: Scope) -> tuple[_Key, ...]:
    """The county's figures, three a line."""
    township, helper = levels[0], levels[2]
    county = a.indicators[a.indicators["level"] == "county"].set_index("indicator")["value"]

    def total(label: str, key: str) -> _Key:
        return _Key(label, f"=SUM({township.range_name(key)})", _number(county[key]))

    visits = [
        total(f"{word}{unit}", f"{mode}_{kind}")
        for mode, word in MODES.items()
        if f"{mode}_visits" in {figure.key for figure in township.figures}
        for kind, unit in (("visits", "次数"), ("households", f"{scope.whom}次"), ("persons", "人次"))
    ]
    registered = (
        total("帮扶户数", "registered"), total("已结对户数", "registered_paired"),
        _rate("结对率", township, "registered_paired", "registered", _number(county["pairing_rate"])),
    ) if scope.only_homes else ()  # fmt: skip
    windows = (
        total(f"应访（{scope.whom}·期）", "due"), total(f"达标（{scope.whom}·期）", "met"),
        _rate("达标率", township, "met", "due", _number(county["cadence_rate"])),
    ) if scope.windows else ()  # fmt: skip
    helping = _Key(
        "期内结对帮扶人数", f'=COUNTIF({helper.range_name("paired")},">0")', float((helper.rows["paired"] > 0).sum())
    )
    return (
        *registered,
        total(f"期内结对{scope.one}数", "paired"), total(f"入户走访{scope.whom}数", "entered"),
        total(f"久未走访{scope.whom}数", "unvisited") if scope.homes else helping,
        *visits, *windows,
    )  # fmt: skip


def _rate(label: str, township: LevelSheet, top: str, bottom: str, value: float | None) -> _Key:
    sums = [f"SUM({township.range_name(key)})" for key in (top, bottom)]
    return _Key(label, f'=IF({sums[1]}=0,"",{sums[0]}/{sums[1]})', value, "0.0%")


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type]


def _write_keys(sheet: GuardedSheet, styles: Styles, keys: Sequence[_Key], row: int) -> int:
    for position, key in enumerate(keys):
        line, column = row + position // 3, 2 * (position % 3)
        if column == 0:
            sheet.set_row(line, 21)
        sheet.write_string(line, column, key.label, styles.header())
        style = styles.body(key.number_format, align="center", bold=True)
        sheet.write_formula(line, column + 1, key.formula, style, "" if key.value is None else key.value)
    return row + len(keys) // 3


def _write_ranking(sheet: GuardedSheet, styles: Styles, ranking: _Ranking, row: int) -> int:
    """The ranking, each cell a reference into its sheet; the row after it."""
    sheet.set_row(row, 21)
    for column, (heading, *_) in enumerate(ranking.columns):
        sheet.write_string(row, column, heading, styles.header())
    for line, (_, subject) in enumerate(ranking.rows.iterrows(), start=row + 1):
        sheet.set_row(line, 20)
        for column, (_, key, letters, number_format) in enumerate(ranking.columns):
            style = styles.body(number_format, align="left" if key == "name" and ranking.long else "center")
            value = subject[key]
            formula = f"='{ranking.name}'!{letters}{subject['at']}"
            sheet.write_formula(line, column, formula, style, "" if pd.isna(value) else value)
    if not len(ranking.rows):
        sheet.merge_range(row + 1, 0, row + 1, _COLUMNS - 1, ranking.nothing, styles.body(align="center"))
    return row + 1 + max(len(ranking.rows), 1)


def _write_end(sheet: GuardedSheet, styles: Styles, remark: str, row: int) -> None:
    sheet.set_row(row, 34)
    sheet.merge_range(row, 0, row, _COLUMNS - 1, remark, styles.note())
    signature_line(sheet, row + 1, _WIDTHS, SIGNATURE, styles)


def _insert_chart(book: Book, sheet: GuardedSheet, ranking: _Ranking, row: int, first: int) -> None:
    heading, key, _, number_format = ranking.columns[ranking.bars]
    last = first + len(ranking.rows) - 1
    shown = {"0.0%": "0%", "0": "0"}.get(number_format, "0.0")
    font = {"name": BODY_FONT, "size": 9}
    chart = book.workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": heading, "categories": ["总览", first, 1, last, 1], "values": ["总览", first, ranking.bars, last, ranking.bars],
            "categories_data": ranking.rows["name"].tolist(), "values_data": [float(value) for value in ranking.rows[key]],
            "fill": {"color": "#4472C4"}, "gap": 80 if len(ranking.rows) > 2 else 300,
            "data_labels": {"value": True, "num_format": shown, "font": font},
        }
    )  # fmt: skip
    chart.set_title({"none": True})  # the line above says what it shows
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": {**font, "rotation": -45} if len(ranking.rows) > 12 else font})
    chart.set_y_axis({"min": 0, "max": ranking.most, "major_unit": ranking.step, "num_format": "0%" if shown == "0%" else "0", "num_font": font,
                      "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})  # fmt: skip
    chart.set_size({"width": _WIDE, "height": 20 * _CHART_ROWS - 8})
    sheet.insert_chart(row, 0, chart, {"x_offset": 4, "y_offset": 4, "description": f"{ranking.title}柱形图"})


def _set_page(sheet: GuardedSheet, footer: str, bottom: int) -> None:
    sheet.set_paper(A4)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.print_area(0, 0, bottom - 1, _COLUMNS - 1)
    set_footer(sheet, footer)
