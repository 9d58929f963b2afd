"""One figure's sheet: the whole area, a chart, and every part of it in one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
from xlsxwriter.format import Format

from bangfu_excel.core.address import column_letters
from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.layout import SIGNATURE
from bangfu_excel.write.lines import merged_line, signature_line
from bangfu_excel.write.page import Printed, printed_font, set_print
from bangfu_excel.write.styles import BODY_FONT, Styles

_WHOLE = 4  # row of the whole's first category, counted from 0: title, lead, note and heading stand above
_CHART_ROWS = 15
_BARS = 30  # more than that nobody reads in one chart
_WIDTHS = (9.0, 22.0, 11.0, 9.0)
_OF_CATEGORY = (10.0, 11.0)
_COUNTS = ("numerator", "denominator", "missing")
_FEW = 2  # categories: then the chart shows how the first of them differs from place to place
_PORTRAIT, _SMALLEST = 595.0, 9.0  # points: A4's short edge, and the print that is still easy to read
_CHARTED = "#4472C4"
_LEVEL_NAMES = 8  # names under the bars; more are turned


@dataclass(frozen=True)
class Figure:
    """A statistic of an area.

    whole: level and name of the area · rows: level, area, category, numerator, denominator, missing of its parts; those of
    the first level add up to the whole.
    """

    title: str
    note: str
    unit: str
    categories: tuple[str, ...]
    whole: tuple[str, str]
    rows: pd.DataFrame = field(compare=False)

    @property
    def number_format(self) -> str:
        return "0.00%" if self.unit == "%" else "#,##0.00"

    @property
    def sums(self) -> pd.DataFrame:
        """Category → numerator, denominator, missing, value of the whole."""
        own = self.rows[self.rows["level"] == self.rows["level"].iloc[0]]
        sums = own.groupby("category", sort=False)[list(_COUNTS)].sum().reindex(list(self.categories), fill_value=0)
        return sums.assign(value=_value(sums))


def _value(counts: pd.DataFrame) -> pd.Series:
    """Numerator over denominator; missing where there is no denominator."""
    return counts["numerator"] / counts["denominator"].where(counts["denominator"] > 0)


@dataclass(frozen=True)
class StatisticSheet:
    """A figure on the sheet `name`: the whole from row `_WHOLE`, the chart below it, the table of parts below that."""

    figure: Figure
    name: str

    @cached_property
    def _parts(self) -> pd.DataFrame:
        """A row a part: level, area, denominator, missing, and numerator and value of each category."""
        rows = self.figure.rows.assign(value=_value(self.figure.rows))
        first = rows.drop_duplicates(["level", "area"])[["level", "area", "denominator", "missing"]]
        wide = rows.pivot(index=["level", "area"], columns="category", values=["numerator", "value"])
        return (
            first.set_index(["level", "area"]).join(wide.set_axis(wide.columns.to_flat_index(), axis=1)).reset_index()
        )

    @cached_property
    def _by_place(self) -> pd.DataFrame | None:
        """The parts to be charted: of a figure of one or two categories, how the first differs from place to place."""
        own = self._parts[self._parts["level"] == self._parts["level"].iloc[0]].head(_BARS)
        return own if len(self.figure.categories) <= _FEW and len(own) > 1 else None

    @property
    def _charted(self) -> bool:
        """Whether there is something to compare."""
        several = self._by_place is not None or len(self.figure.categories) > 1
        return several and bool(self.figure.sums["denominator"].any())

    @property
    def _heading(self) -> int:
        return _WHOLE + len(self.figure.categories) + 1 + (_CHART_ROWS if self._charted else 0)

    @property
    def _first(self) -> int:
        """Row of the whole in the table of parts."""
        return self._heading + 2

    @property
    def _widths(self) -> tuple[float, ...]:
        return (*_WIDTHS, *(_OF_CATEGORY * max(1, len(self.figure.categories))))

    def summed(self) -> Iterator[tuple[int, str, pd.Series]]:
        """Row, category and numbers of the whole."""
        for row, (category, numbers) in enumerate(self.figure.sums.iterrows(), start=_WHOLE):
            yield row, str(category), numbers

    def reference(self, column: int, row: int) -> str:
        """The formula that shows a cell of this sheet."""
        return f"='{self.name}'!{column_letters(column)}{row + 1}"

    def write(self, book: Book, styles: Styles, lead: tuple[str, ...], footer: str) -> None:
        target, widths = book.add_sheet(self.name), self._widths
        last = len(widths) - 1
        for column, width in enumerate(widths):
            target.set_column(column, column, width)
        target.set_row(0, 32)
        target.merge_range(0, 0, 0, last, f"{self.figure.whole[1]}{self.figure.title}", styles.title())
        merged_line(target, 1, widths, lead, styles)
        lines = 1 + len(self.figure.note) * 2 // sum(widths)
        target.set_row(2, 6 + 15 * lines)
        target.merge_range(2, 0, 2, last, f"口径：{self.figure.note}", styles.note())
        self._write_whole(target, styles)
        if self._charted:
            self._insert_chart(book, target)
        bottom = self._write_parts(target, styles)
        self._set_page(target, signature_line(target, bottom, widths, SIGNATURE, styles), footer)

    def _write_whole(self, target: GuardedSheet, styles: Styles) -> None:
        head = _WHOLE - 1
        target.set_row(head, 22)
        target.merge_range(head, 0, head, 1, "类别", styles.header())
        for column, word in enumerate(("分母", "未填", "分子", "数值"), start=2):
            target.write_string(head, column, word, styles.header())
        for index, (row, category, numbers) in enumerate(self.summed()):
            target.set_row(row, 20)
            target.merge_range(row, 0, row, 1, category, styles.body(wrap=True))
            for column, name in ((2, "denominator"), (3, "missing"), (4, "numerator"), (5, "value")):
                source = column if column < 4 else column + 2 * index
                formula = f"={column_letters(source)}{self._first + 1}"
                _formula(target, (row, column), formula, self._style(styles, name, bold=name == "value"), numbers[name])

    def _write_parts(self, target: GuardedSheet, styles: Styles) -> int:
        """Heading, the whole as the sum of the parts of its first level, the parts; the row after them."""
        self._write_heading(target, styles)
        parts, first = self._parts, self._first
        end = first + 1 + int((parts["level"] == parts["level"].iloc[0]).sum())
        sums = self.figure.sums
        level, name = self.figure.whole
        for column, text in enumerate((level, name)):
            target.write_string(first, column, text, styles.total("@", "left"))
        one = sums.iloc[0]
        summed = {2: one["denominator"], 3: one["missing"]}
        summed |= {4 + 2 * index: number for index, number in enumerate(sums["numerator"])}
        for column, number in summed.items():
            letters = column_letters(column)
            total = styles.total("#,##0", "center")
            target.write_formula(first, column, f"=SUM({letters}{first + 2}:{letters}{end})", total, number)
        for index, value in enumerate(sums["value"]):
            self._write_value(target, (first, 5 + 2 * index), styles.total(self.figure.number_format, "center"), value)
        for row, part in enumerate(parts.to_dict("records"), start=first + 1):
            self._write_part(target, styles, row, part)
        for row in range(first, first + 1 + len(parts)):
            target.set_row(row, 20)
        return first + 1 + len(parts)

    def _write_part(self, target: GuardedSheet, styles: Styles, row: int, part: dict[object, object]) -> None:
        target.write_string(row, 0, str(part["level"]), styles.body())
        target.write_string(row, 1, str(part["area"]), styles.body(wrap=True))
        for column, name in ((2, "denominator"), (3, "missing")):
            target.write_number(row, column, part[name], self._style(styles, name))
        for index, category in enumerate(self.figure.categories):
            at = 4 + 2 * index
            target.write_number(row, at, part["numerator", category], self._style(styles, "numerator"))
            self._write_value(target, (row, at + 1), self._style(styles, "value"), part["value", category])

    def _write_heading(self, target: GuardedSheet, styles: Styles) -> None:
        top = self._heading
        target.set_row(top, 34)
        target.set_row(top + 1, 20)
        for column, word in enumerate(("层级", "地区", "分母", "未填")):
            target.merge_range(top, column, top + 1, column, word, styles.header())
        for index, category in enumerate(self.figure.categories):
            at = 4 + 2 * index
            target.merge_range(top, at, top, at + 1, category, styles.header())
            target.write_string(top + 1, at, "分子", styles.header())
            target.write_string(top + 1, at + 1, "数值", styles.header())

    def _write_value(self, target: GuardedSheet, cell: tuple[int, int], style: Format, value: object) -> None:
        row, column = cell
        bottom, top = f"$C{row + 1}", f"{column_letters(column - 1)}{row + 1}"
        _formula(target, cell, f'=IF({bottom}=0,"",{top}/{bottom})', style, value)

    def _style(self, styles: Styles, name: str, *, bold: bool = False) -> Format:
        form = self.figure.number_format if name == "value" else "#,##0"
        return styles.body(form, align="center", bold=bold)

    def _insert_chart(self, book: Book, target: GuardedSheet) -> None:
        """The categories of the whole, or the first one from place to place."""
        share, places = self.figure.unit == "%", self._by_place
        font = {"name": BODY_FONT, "size": 9}
        chart = book.workbook.add_chart({"type": "column"})
        chart.add_series(
            {
                **self._series(), "fill": {"color": _CHARTED}, "gap": 80,
                "data_labels": {"value": True, "num_format": "0.0%" if share else "0.00", "font": font},
            }
        )  # fmt: skip
        unit = "" if share else f"（{self.figure.unit}）"
        caption = self.figure.title if places is None else f"各地“{self.figure.categories[0]}”"
        chart.set_title({"name": f"{caption}{unit}", "name_font": {**font, "size": 11, "bold": True}})
        chart.set_legend({"none": True})
        many = len(self.figure.categories if places is None else places) > _LEVEL_NAMES
        chart.set_x_axis({"num_font": {**font, "rotation": -45} if many else font})
        chart.set_y_axis({"min": 0, "num_format": "0%" if share else "0.0", "num_font": font,
                          "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})  # fmt: skip
        pixels = min(1100, int(sum(self._widths) * 7 + 5 * len(self._widths)) - 12)
        chart.set_size({"width": pixels, "height": 20 * _CHART_ROWS - 12})
        options = {"x_offset": 4, "y_offset": 4, "description": f"{self.figure.title}柱形图"}
        target.insert_chart(self._heading - _CHART_ROWS, 0, chart, options)

    def _series(self) -> dict[str, object]:
        """Where the chart's names and values stand, and what they are."""
        if self._by_place is None:
            first, beside, sums = _WHOLE, 0, self.figure.sums
            names, values = list(sums.index), sums["value"]
        else:
            first, beside = self._first + 1, 1
            names, values = self._by_place["area"].tolist(), self._by_place["value", self.figure.categories[0]]
        last = first + len(names) - 1
        return {
            "name": self.figure.title,
            "categories": [self.name, first, beside, last, beside],
            "values": [self.name, first, 5, last, 5],
            "categories_data": names,
            "values_data": ["" if pd.isna(value) else float(value) for value in values],
        }

    def _set_page(self, target: GuardedSheet, bottom: int, footer: str) -> None:
        target.hide_gridlines(2)
        set_print(target, Printed(self._heading, bottom, len(self._widths), footer), self._widths)
        target.repeat_rows(self._heading, self._heading + 1)
        if printed_font(self._widths, _PORTRAIT) >= _SMALLEST:
            target.set_portrait()


def _formula(target: GuardedSheet, cell: tuple[int, int], formula: str, style: Format, value: object) -> None:
    target.write_formula(*cell, formula, style, "" if pd.isna(value) else value)
