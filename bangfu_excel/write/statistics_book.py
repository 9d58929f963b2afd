"""统计: each figure with numerator, denominator and what was missing, for the whole and for its parts, with a chart.

Counts of the parts are the only constants; sums, shares and the overview are live formulas over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.layout import SIGNATURE
from bangfu_excel.write.lines import merged_line, signature_line
from bangfu_excel.write.names import sheet_name
from bangfu_excel.write.occasion import Occasion
from bangfu_excel.write.page import A4, set_footer
from bangfu_excel.write.statistics_sheet import Figure, StatisticSheet
from bangfu_excel.write.styles import Styles

OVERVIEW = "统计表"
_WIDTHS = (20.0, 22.0, 11.0, 11.0, 9.0, 13.0)
_HEADINGS = ("指标", "类别", "分母", "未填", "分子", "数值")
_REMARK = "数值＝分子÷分母。没有填的不算“否”，分子、分母里都没有它，列在“未填”里；各项的口径见后面各表。"


@dataclass(frozen=True)
class StatisticsJob:
    """The statistics of an area, to be written. area: its name."""

    path: Path
    area: str
    occasion: Occasion
    figures: tuple[Figure, ...] = field(compare=False)

    @property
    def title(self) -> str:
        return f"{self.occasion.shown(self.area)}{self.occasion.period.label}统计表"

    @property
    def lead(self) -> tuple[str, ...]:
        return self.occasion.lead(self.area)


def write_statistics(job: StatisticsJob) -> Path:
    """The workbook of `job`: 统计表 and a sheet with a chart for each figure."""
    with Book(job.path, as_of=job.occasion.as_of, title=job.title, streaming=False) as book:
        styles = Styles(book)
        overview = book.add_sheet(OVERVIEW)
        names: list[str] = [OVERVIEW]
        for figure in job.figures:
            names.append(sheet_name(figure.title, names))
        sheets = [StatisticSheet(figure, name) for figure, name in zip(job.figures, names[1:], strict=True)]
        _write_overview(overview, styles, job, sheets)
        for sheet in sheets:
            sheet.write(book, styles, job.lead, job.occasion.footer)
    return job.path


def _write_overview(target: GuardedSheet, styles: Styles, job: StatisticsJob, sheets: Sequence[StatisticSheet]) -> None:
    last = len(_WIDTHS) - 1
    for column, width in enumerate(_WIDTHS):
        target.set_column(column, column, width)
    target.set_row(0, 32)
    target.merge_range(0, 0, 0, last, job.title, styles.title())
    merged_line(target, 1, _WIDTHS, job.lead, styles)
    target.set_row(2, 24)
    for column, word in enumerate(_HEADINGS):
        target.write_string(2, column, word, styles.header())
    row = 3
    for sheet in sheets:
        row = _write_figure(target, styles, sheet, row)
    target.set_row(row, 34)
    target.merge_range(row, 0, row, last, _REMARK, styles.note())
    signature_line(target, row + 1, _WIDTHS, SIGNATURE, styles)
    target.set_paper(A4)
    target.set_portrait()
    target.fit_to_pages(1, 0)
    target.center_horizontally()
    target.hide_gridlines(2)
    target.freeze_panes(3, 0)
    target.repeat_rows(2)
    target.print_area(0, 0, row + 1, last)
    set_footer(target, job.occasion.footer)


def _write_figure(target: GuardedSheet, styles: Styles, sheet: StatisticSheet, row: int) -> int:
    """A line for each category, each number a reference into the figure's own sheet; the row after them."""
    figure, count = sheet.figure, len(sheet.figure.categories)
    target.merge_range(row, 0, row + count - 1, 0, figure.title, styles.body(wrap=True))
    for line, (at, category, numbers) in enumerate(sheet.summed(), start=row):
        target.set_row(line, 20)
        target.write_string(line, 1, category, styles.body(wrap=True))
        for column, name in ((2, "denominator"), (3, "missing"), (4, "numerator"), (5, "value")):
            form = figure.number_format if name == "value" else "#,##0"
            style = styles.body(form, align="center", bold=name == "value")
            number = numbers[name]
            target.write_formula(line, column, sheet.reference(column, at), style, "" if pd.isna(number) else number)
    return row + count
