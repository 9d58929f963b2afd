"""图表 of the assessment workbook: visits from month to month, what was missed where, and the causes of hardship."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from bangfu_excel.core.assessment import MODES, Assessment
from bangfu_excel.core.period import Period
from bangfu_excel.write.assessment_data import FIRST_ROW, Look
from bangfu_excel.write.assessment_levels import LevelSheet
from bangfu_excel.write.assessment_scope import Scope, scope_of
from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.layout import chinese_date
from bangfu_excel.write.page import A4, set_footer
from bangfu_excel.write.styles import BODY_FONT, Styles

NAME = "图表"
_WIDTHS = (18.0, 13.0, 13.0, 13.0, 13.0, 13.0)
_EPOCH = dt.date(1899, 12, 30)
_CHART_ROWS = 13
_PAGE_ROWS = 36
_BARS = 40  # more than that nobody reads in one chart
_DATE, _COUNT = "yyyy-mm-dd", "0"
_FIRST_OF_TEN_DAYS = (1, 11, 21)
_TEN_DAYS = ("上旬", "中旬", "下旬")
_COLOURS = ("#4472C4", "#ED7D31", "#A5A5A5", "#FFC000")


@dataclass(frozen=True)
class _Cell:
    """What stands in a cell: a value, or a formula ({row}: Excel's row) and the value that it gives."""

    value: object
    number_format: str = "@"
    formula: str = ""


@dataclass(frozen=True)
class _Charted:
    """A table and the chart above it, of the columns from `charted` on.

    kind: of the chart (line, column, bar) · stacked: the columns of one name upon each other.
    """

    title: str
    headings: tuple[str, ...]
    lines: tuple[tuple[_Cell, ...], ...]
    charted: int
    kind: str
    stacked: bool = False

    @property
    def rows(self) -> int:
        return 2 + _CHART_ROWS + len(self.lines)


def write_charts(book: Book, styles: Styles, a: Assessment, look: Look, township: LevelSheet) -> None:
    """A table and a chart of each that there is anything to show of."""
    scope = scope_of(a.scheme)
    wanted = [_trend(a)]
    if scope.windows:
        wanted.append(_missed(township, scope))
    if scope.homes:
        wanted.append(_causes(a, scope))
    tables = [table for table in wanted if table.lines]
    if not tables:
        return
    sheet = book.add_sheet(NAME)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, f"{look.area}{a.period.label}结对帮扶走访图表", styles.title())
    row = top = 1
    breaks = []
    for table in tables:
        if row + table.rows - top > _PAGE_ROWS and row > top:
            breaks.append(top := row)
        row = _write(book, sheet, styles, table, row)
    sheet.set_h_pagebreaks(breaks)
    sheet.set_paper(A4)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.print_area(0, 0, row - 1, len(_WIDTHS) - 1)
    set_footer(sheet, f"{a.scheme.title}　{a.period.label}")


def _write(book: Book, sheet: GuardedSheet, styles: Styles, table: _Charted, row: int) -> int:
    """Heading, chart, table; the row after them."""
    sheet.set_row(row, 26)
    sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, table.title, styles.header())
    head = row + 1 + _CHART_ROWS
    _insert_chart(book, sheet, table, row + 1, head + 1)
    sheet.set_row(head, 21)
    for column, word in enumerate(table.headings):
        sheet.write_string(head, column, word, styles.header())
    for line, cells in enumerate(table.lines, start=head + 1):
        sheet.set_row(line, 20)
        for column, cell in enumerate(cells):
            _write_cell(sheet, styles, (line, column), cell)
    return head + 1 + len(table.lines)


def _write_cell(sheet: GuardedSheet, styles: Styles, at: tuple[int, int], cell: _Cell) -> None:
    style = styles.body(cell.number_format, align="center")
    if cell.formula:
        sheet.write_formula(*at, cell.formula.replace("{row}", str(at[0] + 1)), style, cell.value)
    elif isinstance(cell.value, dt.date):
        sheet.write_number(*at, (cell.value - _EPOCH).days, style)
    else:
        sheet.write_string(*at, str(cell.value), style)


def _insert_chart(book: Book, sheet: GuardedSheet, table: _Charted, row: int, first: int) -> None:
    last = first + len(table.lines) - 1
    font = {"name": BODY_FONT, "size": 9}
    chart = book.workbook.add_chart({"type": table.kind, **({"subtype": "stacked"} if table.stacked else {})})
    for number, column in enumerate(range(table.charted, len(table.headings))):
        colour = _COLOURS[number % len(_COLOURS)]
        drawn = {"line": {"color": colour, "width": 2.25}, "marker": {"type": "circle", "size": 6}}
        chart.add_series(
            {
                "name": table.headings[column], "categories": [NAME, first, 0, last, 0], "values": [NAME, first, column, last, column],
                "categories_data": [cells[0].value for cells in table.lines],
                "values_data": [cells[column].value for cells in table.lines],
                **(drawn if table.kind == "line" else {"fill": {"color": colour}, "gap": 80}),
                "data_labels": {"value": not table.stacked, "font": font},
            }
        )  # fmt: skip
    several = len(table.headings) - table.charted > 1
    chart.set_title({"none": True})
    chart.set_legend({"position": "bottom", "font": font} if several else {"none": True})
    chart.set_x_axis({"num_font": {**font, "rotation": -45} if len(table.lines) > len(_COLOURS) * 2 else font})
    chart.set_y_axis({"min": 0, "num_format": "0", "num_font": font,
                      "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})  # fmt: skip
    chart.set_size({"width": 600, "height": 20 * _CHART_ROWS - 8})
    sheet.insert_chart(row, 0, chart, {"x_offset": 4, "y_offset": 4, "description": f"{table.title}图"})


def _trend(a: Assessment) -> _Charted:
    """Visits of each way in each month of the period, in ten days where it is a month."""
    spans = list(_spans(a.period, a.first, a.last))
    modes = [(number, word) for number, word in enumerate(MODES.values()) if (a.visits["mode"] == number).any()]
    date, trip = a.visits["date"], a.visits["trip_township"]
    lines = []
    for label, start, end in spans if modes else ():
        inside = (date >= pd.Timestamp(start)) & (date <= pd.Timestamp(end))
        lines.append(
            (
                _Cell(label), _Cell(start, _DATE), _Cell(end, _DATE),
                *(
                    _Cell(int(trip[inside & (a.visits["mode"] == number)].sum()), _COUNT, _visits(word))
                    for number, word in modes
                ),
            )
        )  # fmt: skip
    headings = ("时段", "起", "止", *(f"{word}（次）" for _, word in modes))
    return _Charted("走访次数变化", headings, tuple(lines), 3, "line")


def _visits(word: str) -> str:
    return f'=SUMIFS(走访_次乡镇,走访_日期,">="&$B{{row}},走访_日期,"<="&$C{{row}},走访_方式,"{word}")'


def _spans(period: Period, first: dt.date, last: dt.date) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The months of the period, or its three parts of ten days where it is one month: name, first and last day."""
    months = list(period.months())
    if len(months) > 1:
        parts = [(month.label, month.start, month.end) for month in months]
    else:
        starts = [period.start.replace(day=day) for day in _FIRST_OF_TEN_DAYS]
        ends = [later - dt.timedelta(days=1) for _, later in pairwise(starts)]
        parts = list(zip(_TEN_DAYS, starts, [*ends, period.end], strict=True))
    for name, start, end in parts:
        if start <= last and end >= first:
            yield name, max(start, first), min(end, last)


def _missed(township: LevelSheet, scope: Scope) -> _Charted:
    """Met and missed windows of each township that had any."""
    due, met = township.letters("due"), township.letters("met")
    lines = []
    for at, (_, rows) in enumerate(township.rows.iterrows(), start=FIRST_ROW):
        if rows["due"] > 0:
            done, asked = (f"'{township.name}'!{letters}{at}" for letters in (met, due))
            left = int(rows["due"] - rows["met"])
            lines.append(
                (
                    _Cell(rows["name"]),
                    _Cell(int(rows["met"]), _COUNT, f"={done}"),
                    _Cell(left, _COUNT, f"={asked}-{done}"),
                )
            )
    headings = ("乡镇", *(f"{word}（{scope.whom}·期）" for word in ("达标", "未达标")))
    return _Charted("各乡镇走访达标情况", headings, tuple(lines[:_BARS]), 1, "column", stacked=True)


def _causes(a: Assessment, scope: Scope) -> _Charted:
    """How many registered households name which cause first."""
    own = a.households["cause"][a.households["registered"].astype(bool)].dropna()
    counts: Sequence[tuple[str, int]] = [(str(name), int(number)) for name, number in own.value_counts().items()]
    formula = f"=COUNTIFS({scope.whom}_致贫原因,$A{{row}},{scope.whom}_在册,1)"
    lines = tuple((_Cell(name), _Cell(number, _COUNT, formula)) for name, number in sorted(counts, key=_most_first))
    return _Charted(f"帮扶户主要致贫原因（{chinese_date(a.day)}）", ("致贫原因", "户数"), lines, 1, "column")


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]
