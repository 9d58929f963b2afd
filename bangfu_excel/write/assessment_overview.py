"""总览 of the assessment workbook: the county's figures, the ranking and its chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.assessment import MODES, Assessment
from bangfu_excel.write.assessment_data import FIRST_ROW, Look
from bangfu_excel.write.assessment_levels import LevelSheet
from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.layout import SIGNATURE, chinese_date
from bangfu_excel.write.lines import merged_line
from bangfu_excel.write.page import A4, set_footer
from bangfu_excel.write.styles import BODY_FONT, Styles

_WIDTHS = (14.0, 18.0, 14.0, 14.0, 14.0, 14.0)
_COLUMNS = len(_WIDTHS)
_BARS = 40  # more than that nobody reads in one chart
_CHART_ROWS = 15
_HEADINGS = ("排名", "名称", "结对户数", "应访（户·期）", "达标（户·期）", "达标率")


@dataclass(frozen=True)
class _Key:
    """A figure of the county: formula over the 乡镇 sheet, and its value."""

    label: str
    formula: str
    value: float | None
    number_format: str = "0"


def write_overview(book: Book, styles: Styles, a: Assessment, look: Look, levels: Sequence[LevelSheet]) -> None:
    """Title, key figures, chart and ranking by township, or by unit where there is only one township."""
    sheet = book.add_sheet("总览")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    _write_top(sheet, styles, a, look)
    row = _write_keys(sheet, styles, _keys(a, levels[0]), 2)
    level = levels[0] if (levels[0].rows["due"] > 0).sum() > 1 else levels[1]
    ranked = _ranked(level)
    sheet.set_row(row, 22)
    sheet.merge_range(row, 0, row, _COLUMNS - 1, f"各{level.name}走访达标率（试算，不定等次）", styles.header())
    table = row + 1 + (_CHART_ROWS if len(ranked) else 0)
    if len(ranked):
        _insert_chart(book, sheet, ranked, row + 1, table + 1)
    bottom = _write_ranking(sheet, styles, level, ranked, table)
    _write_end(sheet, styles, level.remark, bottom)
    _set_page(sheet, level.footer, bottom + 2)


def _write_top(sheet: GuardedSheet, styles: Styles, a: Assessment, look: Look) -> None:
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, _COLUMNS - 1, f"{look.area}{a.period.label}结对帮扶走访考核总览", styles.title())
    sheet.set_row(1, 20)
    sheet.merge_range(1, 0, 1, 1, f"填报单位：{look.area}", styles.line())
    sheet.merge_range(1, 2, 1, 3, f"统计期：{a.period.label}", styles.line("center"))
    sheet.merge_range(1, 4, 1, 5, f"截止日期：{chinese_date(a.day)}", styles.line("right"))


def _keys(a: Assessment, township: LevelSheet) -> tuple[_Key, ...]:
    """The county's figures, three a line."""
    county = a.indicators[a.indicators["level"] == "county"].set_index("indicator")["value"]

    def total(label: str, key: str) -> _Key:
        return _Key(label, f"=SUM({township.range_name(key)})", _number(county[key]))

    visits = [
        total(f"{word}{unit}", f"{mode}_{kind}")
        for mode, word in MODES.items()
        if f"{mode}_visits" in {figure.key for figure in township.figures}
        for kind, unit in (("visits", "次数"), ("households", "户次"), ("persons", "人次"))
    ]
    return (
        total("帮扶户数", "registered"), total("已结对户数", "registered_paired"),
        _rate("结对率", township, "registered_paired", "registered", _number(county["pairing_rate"])),
        total("期内结对户数", "paired"), total("入户走访户数", "entered"), total("久未走访户数", "unvisited"),
        *visits,
        total("应访（户·期）", "due"), total("达标（户·期）", "met"),
        _rate("达标率", township, "met", "due", _number(county["cadence_rate"])),
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


def _ranked(level: LevelSheet) -> pd.DataFrame:
    """Subjects with something due, the ranked ones first; `at` is their Excel row in the level's sheet."""
    rows = level.rows.assign(at=range(FIRST_ROW, FIRST_ROW + len(level.rows)))
    rows = rows[rows["due"] > 0].assign(last=lambda frame: frame["rank"].fillna(len(frame) + 1))
    return rows.sort_values(["last", "rate"], ascending=[True, False], kind="stable").head(_BARS)


def _write_ranking(sheet: GuardedSheet, styles: Styles, level: LevelSheet, ranked: pd.DataFrame, row: int) -> int:
    """The ranking, each cell a reference into the level's sheet; the row after it."""
    sheet.set_row(row, 21)
    for column, word in enumerate(_HEADINGS):
        sheet.write_string(row, column, word, styles.header())
    sources = [("rank", level.letters("rank"), "0"), ("name", "B", "@"), ("paired", level.letters("paired"), "0")]
    sources += [("due", level.letters("due"), "0"), ("met", level.letters("met"), "0")]
    sources += [("rate", level.letters("rate"), "0.0%")]
    for line, (_, subject) in enumerate(ranked.iterrows(), start=row + 1):
        sheet.set_row(line, 20)
        for column, (key, letters, number_format) in enumerate(sources):
            style = styles.body(number_format, align="left" if key == "name" and level.level == "unit" else "center")
            value = subject[key]
            formula = f"='{level.name}'!{letters}{subject['at']}"
            sheet.write_formula(line, column, formula, style, "" if pd.isna(value) else value)
    if not len(ranked):
        sheet.merge_range(row + 1, 0, row + 1, _COLUMNS - 1, "统计期内没有应走访的时段", styles.body(align="center"))
    return row + 1 + max(len(ranked), 1)


def _write_end(sheet: GuardedSheet, styles: Styles, remark: str, row: int) -> None:
    sheet.set_row(row, 34)
    sheet.merge_range(row, 0, row, _COLUMNS - 1, remark, styles.note())
    sheet.set_row(row + 1, 26)
    merged_line(sheet, row + 1, _WIDTHS, SIGNATURE, styles, last_align="left")


def _insert_chart(book: Book, sheet: GuardedSheet, ranked: pd.DataFrame, row: int, first: int) -> None:
    last = first + len(ranked) - 1
    font = {"name": BODY_FONT, "size": 9}
    chart = book.workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "达标率", "categories": ["总览", first, 1, last, 1], "values": ["总览", first, 5, last, 5],
            "categories_data": ranked["name"].tolist(), "values_data": [float(rate) for rate in ranked["rate"]],
            "fill": {"color": "#4472C4"}, "gap": 80,
            "data_labels": {"value": True, "num_format": "0%", "font": font},
        }
    )  # fmt: skip
    chart.set_title({"none": True})  # the line above says what it shows
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": {**font, "rotation": -45} if len(ranked) > 12 else font})
    chart.set_y_axis({"min": 0, "max": 1.1, "major_unit": 0.2, "num_format": "0%", "num_font": font,
                      "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})  # fmt: skip
    chart.set_size({"width": 664, "height": 20 * _CHART_ROWS - 8})
    sheet.insert_chart(row, 0, chart, {"x_offset": 4, "y_offset": 4, "description": "各地走访达标率柱形图"})


def _set_page(sheet: GuardedSheet, footer: str, bottom: int) -> None:
    sheet.set_paper(A4)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.print_area(0, 0, bottom - 1, _COLUMNS - 1)
    set_footer(sheet, footer)
