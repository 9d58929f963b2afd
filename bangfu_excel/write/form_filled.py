"""The superior's workbook with values in some of its cells; every other byte of its sheets stays as it was."""

from __future__ import annotations

import datetime as dt
import html
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openpyxl.utils import get_column_letter

from bangfu_excel.errors import UsageError
from bangfu_excel.write.archive import finish
from bangfu_excel.write.book import OUTPUT
from bangfu_excel.write.form_sheets import EXCEL_DAY_ZERO, FormBook
from bangfu_excel.write.package import Package, UnusualPackage, attributes, inserted, tag
from bangfu_excel.write.package_sheet import Edit, RowEdit, edited

Value = str | float | dt.date
_BOOK, _CUSTOM = "xl/workbook.xml", "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NO_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"></Properties>'
)


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
        parts = _parts(package)
        for name, filled in sheets.items():
            text = package.text(parts[name])
            package.put(parts[name], edited(text, _edits(text, form, name, filled)))
        package.put(_BOOK, _computed_on_opening(package.text(_BOOK)))
        _mark(package)
        package.check()
    except UnusualPackage as error:
        raise UsageError("这份空白表的写法不常见，直接填会损坏它；请用 Excel 或 WPS 打开，另存为 xlsx 再用") from error
    return finish(form.source, target, as_of, package.changed)


def _parts(package: Package) -> dict[str, str]:
    """Sheet name → its part."""
    targets = {key: target for key, kind, target in package.relations(_BOOK) if kind == "worksheet"}
    found = (attributes(element) for element in re.findall(r"<sheet\b[^>]*>", package.text(_BOOK)))
    return {html.unescape(one["name"]): targets[one["r:id"]] for one in found if one.get("r:id") in targets}


def _edits(text: str, form: FormBook, name: str, filled: Filled) -> dict[int, RowEdit]:
    rows: dict[int, RowEdit] = {}
    styles = {first: _style(text, first) for first in {*filled.like.values()}}
    dates = {first: form.sheets[name].is_date(*first) for first in {*filled.like.values()}}
    for (row, column), value in filled.values.items():
        first = filled.like.get((row, column))
        as_date = form.sheets[name].is_date(row, column) if first is None else dates[first]
        rows.setdefault(row, RowEdit()).cells[column] = _edit(value, as_date, styles[first] if first else _kept)
    for (row, column), result in filled.results.items():
        rows.setdefault(row, RowEdit()).cells[column] = Edit(_kept, result=result)
    return rows


def _edit(value: Value, as_date: bool, style: Callable[[int], int]) -> Edit:
    if isinstance(value, dt.date):
        if as_date:
            return Edit(style, number=float((value - EXCEL_DAY_ZERO).days))
        return Edit(style, text=value.isoformat())
    if isinstance(value, str):
        return Edit(style, text=value)
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


def _mark(package: Package) -> None:
    """The custom property by which the workbook is known as no submission."""
    if _CUSTOM not in package:
        package.put(_CUSTOM, _NO_PROPERTIES)
        package.declare(_CUSTOM, _CUSTOM_TYPE)
        package.relate("", "custom-properties", _CUSTOM)
    text = package.text(_CUSTOM)
    if f'name="{OUTPUT}' in text:
        return
    text = re.sub(r"<Properties\b([^>]*)/>", r"<Properties\1></Properties>", text)
    number = max(map(int, re.findall(r'\bpid="(\d+)"', text)), default=1) + 1
    values = {"fmtid": _FORMAT_ID, "pid": str(number), "name": OUTPUT}
    package.put(_CUSTOM, inserted(text, "</Properties>", tag("property", values, "<vt:lpwstr>1</vt:lpwstr>")))
