"""The superior's workbook with values in some of its cells; every other byte of its sheets stays as it was."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openpyxl.utils import get_column_letter

from bangfu_excel.errors import UsageError
from bangfu_excel.write.archive import finish
from bangfu_excel.write.form_sheets import FormBook, FormSheet
from bangfu_excel.write.package import WORKBOOK, Package, UnusualPackage, inserted
from bangfu_excel.write.package_links import attributes, tag
from bangfu_excel.write.package_mark import mark
from bangfu_excel.write.package_sheet import Edit, RowEdit, edited, serial

Value = str | float | dt.date


@dataclass(frozen=True)
class Filled:
    """What goes into one sheet: (row, column), both from 1 → value. like: a cell of a list → its first row's, whose style
    it takes where it has none.

    results: of formulas, what they give now; NaN where that cannot be said here.
    """

    values: Mapping[tuple[int, int], Value]
    like: Mapping[tuple[int, int], tuple[int, int]]
    results: Mapping[tuple[int, int], float]


def write_filled(form: FormBook, sheets: Mapping[str, Filled], target: Path, as_of: dt.date) -> Path:
    """The workbook with these values at `target`, marked as written here; formulas are computed again when it is opened.

    `UsageError` where its parts are not written as Excel and WPS write them.
    """
    try:
        package = Package(form.source)
        parts = {sheet.name: sheet.part for sheet in package.sheets() if sheet.kind == "worksheet"}
        count_days = partial(serial, from_1904=package.from_1904)
        for name, filled in sheets.items():
            text = package.text(parts[name])
            package.put(parts[name], edited(text, _edits(text, form.sheets[name], filled, count_days)))
        package.put(WORKBOOK, _computed_on_opening(package.text(WORKBOOK)))
        mark(package)
        package.check()
    except UnusualPackage as error:
        raise UsageError("这份空白表的写法不常见，直接填会损坏它；请用 Excel 或 WPS 打开，另存为 xlsx 再用") from error
    return finish(form.source, target, as_of, package.changed)


def _edits(text: str, sheet: FormSheet, filled: Filled, count_days: Callable[[dt.date], int]) -> dict[int, RowEdit]:
    rows: dict[int, RowEdit] = {}
    styles = {first: _style(text, first) for first in {*filled.like.values()}}
    for place, value in filled.values.items():
        first = filled.like.get(place, place)
        number = count_days(value) if isinstance(value, dt.date) and sheet.is_date(*first) else None
        row, column = place
        rows.setdefault(row, RowEdit()).cells[column] = _edit(value, number, styles.get(first, _kept))
    for (row, column), result in filled.results.items():
        rows.setdefault(row, RowEdit()).cells[column] = Edit(_kept, result=result)
    return rows


def _edit(value: Value, day: int | None, style: Callable[[int], int]) -> Edit:
    """day: the value as a cell that shows dates holds it."""
    if day is not None:
        return Edit(style, number=day)
    if isinstance(value, dt.date | str):
        return Edit(style, text=str(value))
    return Edit(style, number=0.0 if math.isclose(value, 0, abs_tol=1e-12) else value)


def _kept(style: int) -> int:
    return style


def _of(style: int, *, other: int) -> int:
    """The cell's own style, that of the first row of a list where it has none."""
    return style or other


def _style(text: str, like: tuple[int, int]) -> Callable[[int], int]:
    found = re.search(rf'<c\b[^>]*\br="{get_column_letter(like[1])}{like[0]}"[^>]*>', text)
    return partial(_of, other=int(attributes(found[0]).get("s", 0)) if found else 0)


def _computed_on_opening(book: str) -> str:
    found = re.search(r"<calcPr\b[^>]*>", book)
    if found:
        wanted = tag("calcPr", attributes(found[0]) | {"fullCalcOnLoad": "1"})
        return book[: found.start()] + wanted + book[found.end() :] if found[0].endswith("/>") else book
    before = next((mark for mark in _AFTER_CALCULATION if mark in book), "</workbook>")
    return inserted(book, before, '<calcPr fullCalcOnLoad="1"/>')


_AFTER_CALCULATION = tuple(
    f"<{name}"
    for name in (
        "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
        "fileRecoveryPr", "webPublishObjects", "extLst",
    )
)  # fmt: skip
"""What the schema puts behind calcPr, in its order."""
