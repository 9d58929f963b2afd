"""A worksheet part with some of its cells changed; every other byte of its rows stays."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import column_index_from_string, get_column_letter

from bangfu_excel.write.package import UnusualPackage, escaped, inserted
from bangfu_excel.write.package_links import OFFICE, attributes, tag

_ROW = re.compile(r"<row\b[^>]*>")
CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.S)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)\b(?:\"[^\"]*\"|[^>\"])*?(/?)>")
_VALUE = re.compile(r"<v\b[^>]*?(?:/>|>.*?</v>)", re.S)
_LETTERS = re.compile(r"[A-Z]+")
_LEAST_HEIGHT = 15.0
_DATA = re.compile(r"<sheetData\b[^>]*?(/?)>")
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_AFTER_DRAWING = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one cell: its style (old number → new) and, where given, its text, its number, or what its formula gives.

    result: the number to be shown until the formula is computed again; NaN where that is not known.
    """

    style: Callable[[int], int]
    text: str | None = None
    number: float | None = None
    result: float | None = None


@dataclass
class RowEdit:
    """The changes of one row: column (from 1) → edit; at least `height` points high."""

    cells: dict[int, Edit] = field(default_factory=dict)
    height: float = 0.0


def edited(sheet: str, rows: Mapping[int, RowEdit]) -> str:
    """The worksheet with these rows (Excel's numbers) changed; rows and cells that are not there are added."""
    sheet = re.sub(r"<dimension\b[^>]*/>", "", sheet, count=1)  # the sheet has grown
    data = _DATA.search(sheet)
    if not data:
        raise UnusualPackage("sheetData")
    if data[1]:
        sheet = f"{sheet[: data.start()]}<sheetData></sheetData>{sheet[data.end() :]}"
        data = _DATA.search(sheet)
        assert data
    end = sheet.index("</sheetData>", data.end())
    default = default_height(sheet[: data.start()])
    return sheet[: data.end()] + "".join(_rows(sheet[data.end() : end], rows, default)) + sheet[end:]


def default_height(head: str) -> float:
    """Points that a row is high which does not say so. head: what stands above the rows."""
    found = re.search(r"<sheetFormatPr\b[^>]*>", head)
    return float(attributes(found[0]).get("defaultRowHeight", _LEAST_HEIGHT)) if found else _LEAST_HEIGHT


def _rows(data: str, rows: Mapping[int, RowEdit], default: float) -> Iterator[str]:
    wanted, position, number = sorted(rows, reverse=True), 0, 0
    for found in _ROW.finditer(data):
        values = attributes(found[0])
        number = int(values.get("r", number + 1))
        if not wanted or number < wanted[-1]:
            continue
        yield data[position : found.start()]
        position = found.start()
        while wanted and wanted[-1] < number:
            new = wanted.pop()
            yield _row({"r": str(new)}, "", new, rows[new], default)
        if wanted and wanted[-1] == number:
            empty = found[0].endswith("/>")
            end = found.end() if empty else data.index("</row>", found.end())
            yield _row(values, "" if empty else data[found.end() : end], number, rows[wanted.pop()], default)
            position = end if empty else end + len("</row>")
    yield data[position:]
    while wanted:
        new = wanted.pop()
        yield _row({"r": str(new)}, "", new, rows[new], default)


def _row(values: dict[str, str], content: str, number: int, edit: RowEdit, default: float) -> str:
    kept = {name: value for name, value in values.items() if name != "spans"}
    if edit.height > float(kept.get("ht", default)):
        kept |= {"ht": f"{edit.height:g}", "customHeight": "1"}
    return tag("row", kept, "".join(_cells(content, number, edit.cells)))


def _cells(content: str, row: int, edits: Mapping[int, Edit]) -> Iterator[str]:
    wanted, position, column = sorted(edits, reverse=True), 0, 0
    for found in CELL.finditer(content):
        values = attributes(found[1])
        column = column_of(values, column)
        yield content[position : found.start()]
        while wanted and wanted[-1] < column:
            new = wanted.pop()
            yield _cell({}, "", row, new, edits[new])
        own = wanted.pop() if wanted and wanted[-1] == column else 0
        yield _cell(values, found[2] or "", row, column, edits[own]) if own else found[0]
        position = found.end()
    while wanted:
        new = wanted.pop()
        yield _cell({}, "", row, new, edits[new])
    yield content[position:]


def column_of(values: Mapping[str, str], before: int) -> int:
    """The column of the cell with these attributes; a cell that does not say its own follows the one before."""
    letters = _LETTERS.match(values.get("r", ""))
    return column_index_from_string(letters[0]) if letters else before + 1


def _cell(values: Mapping[str, str], content: str, row: int, column: int, edit: Edit) -> str:
    place = {"r": f"{get_column_letter(column)}{row}", "s": str(edit.style(int(values.get("s", 0))))}
    if edit.number is not None:
        return tag("c", place, f"<v>{plain(edit.number)}</v>")
    if edit.result is not None:
        kept = {name: value for name, value in values.items() if name != "t"}
        shown = "" if math.isnan(edit.result) else f"<v>{plain(edit.result)}</v>"
        return tag("c", {**kept, **place}, _VALUE.sub("", content) + shown)
    if edit.text is None:
        return tag("c", {**values, **place}, content)
    if not edit.text:
        return tag("c", place)
    return tag("c", place | {"t": "inlineStr"}, f'<is><t xml:space="preserve">{escaped(edit.text)}</t></is>')


def serial(day: dt.date, *, from_1904: bool) -> int:
    """The day as a workbook counts days."""
    return (day - (_EPOCH_1904 if from_1904 else _EPOCH)).days


def plain(number: float) -> str:
    """A number as a cell holds it: 3, 0.75, with no more digits than Excel keeps."""
    return f"{number:.15g}"


def with_width(sheet: str, column: int, width: float) -> str:
    """The worksheet with one column shown at this width; a group of columns that it belongs to is taken apart."""
    own = tag("col", {"min": str(column), "max": str(column), "width": f"{width:g}", "customWidth": "1"})
    found = re.search(r"<cols>(.*?)</cols>", sheet, re.S)
    if not found:
        return inserted(sheet, "<sheetData", f"<cols>{own}</cols>")
    columns = {column: own}
    for group in re.findall(r"<col\b[^>]*>", found[1]):
        values = attributes(group)
        first, last = int(values["min"]), int(values["max"])
        parts = ((first, min(last, column - 1)), (max(first, column + 1), last))
        for start, end in dict.fromkeys(part for part in parts if part[0] <= part[1]):
            columns[start] = tag("col", values | {"min": str(start), "max": str(end)})
    ordered = "".join(columns[start] for start in sorted(columns))
    return f"{sheet[: found.start()]}<cols>{ordered}</cols>{sheet[found.end() :]}"


def with_legacy_drawing(sheet: str, relation: str) -> str:
    """The worksheet with its comments' drawing, at the place that the schema gives it."""
    element = f'<legacyDrawing xmlns:r="{OFFICE}" r:id="{relation}"/>'
    start = sheet.index("</sheetData>") + len("</sheetData>")
    for name, text in elements(sheet[start:]):
        if name in _AFTER_DRAWING:
            break
        start += len(text)
    return sheet[:start] + element + sheet[start:]


def elements(xml: str) -> Iterator[tuple[str, str]]:
    """Name and text of each element, with the blanks before it, up to the end of the one that they stand in.

    `UnusualPackage` where that has no end.
    """
    depth, start, called = 0, 0, ""
    for found in _TAG.finditer(xml):
        closing, name, alone = found.groups()
        if depth == 0 and closing:
            return
        called = called if depth else name
        depth += -1 if closing else 0 if alone else 1
        if depth == 0:
            yield called, xml[start : found.end()]
            start = found.end()
    raise UnusualPackage("worksheet")


def merged_ranges(sheet: str) -> Sequence[tuple[int, int, int, int]]:
    """First row, first column, last row, last column of every merged range, counted from 1."""
    found = re.findall(r'<mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"', sheet)
    index = column_index_from_string
    return [(int(top), index(left), int(bottom), index(right)) for left, top, right, bottom in found]
