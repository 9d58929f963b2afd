"""A worksheet of a form: what stands above its rows, its rows, what stands below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from bangfu_excel.write.forms.cells import Cell, Filled, Fixed, Formula, Row
from bangfu_excel.write.forms.faults import Faults
from bangfu_excel.write.forms.looks import Looks
from bangfu_excel.write.forms.names import Named, Vocabulary
from bangfu_excel.write.forms.parts import Part, Structure
from bangfu_excel.write.forms.placeholder import is_marked
from bangfu_excel.write.forms.reading import Reader
from bangfu_excel.write.forms.related import CONTROLS, Related, related_parts
from bangfu_excel.write.forms.strings import Runs, pieces_by_run, rich_text, runs_of
from bangfu_excel.write.package import Package, UnusualPackage
from bangfu_excel.write.package_links import attributes
from bangfu_excel.write.package_sheet import CELL, column_of, default_height, elements, merged_ranges

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""
_ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.S)
_FORMULA = re.compile(r"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.S)
_REFUSED = {
    "tableParts": "有“表格”（带筛选箭头的区域），不能照抄；请选“转换为区域”", "oleObjects": "有嵌入的对象，不能照抄，请删去",
    "controls": CONTROLS,
}  # fmt: skip
_WIDTH = 9.14
_OF_ROW = frozenset({"r", "spans", "x14ac:dyDescent"})


@dataclass(frozen=True)
class SheetForm:
    """head: up to the rows · parts: the rows, as they repeat or are left out · written: the number of the last that is written, last: of the last that is drawn on · tail: the
    elements after the rows, by name · merges: merged ranges · related: pictures, charts, links · height: of a row that does
    not say its own · widths: of columns, by number.
    """

    name: str
    part: str
    head: str
    parts: tuple[Part, ...]
    written: int
    last: int
    tail: tuple[tuple[str, str], ...]
    merges: tuple[Area, ...]
    related: Related
    wanted: frozenset[Named]
    height: float
    in_header: Mapping[str, Named] = field(default_factory=dict)

    @cached_property
    def merged_heights(self) -> Mapping[int, float]:
        """Row → the height of the range that begins in it and reaches down furthest, else its own."""
        own = {row.number: row.height or self.height for part in self.parts for row in part.rows}
        bottoms = {number: number for number in own}
        for top, _, bottom, _ in self.merges:
            bottoms[top] = max(bottoms.get(top, top), bottom)
        return {
            top: sum(own.get(row, self.height) for row in range(top, bottom + 1)) for top, bottom in bottoms.items()
        }

    @property
    def has_formulas(self) -> bool:
        return any(isinstance(cell, Formula) for part in self.parts for row in part.rows for cell in row.cells)


@dataclass(frozen=True)
class Source:
    """The workbook that a form is read from. texts: its shared strings · vocabulary: what its placeholders may name ·
    each: a card is made of several rows of its table."""

    package: Package
    texts: tuple[Runs, ...]
    vocabulary: Vocabulary
    each: bool
    looks: Looks
    faults: Faults


def read_sheet(source: Source, part: str, name: str) -> SheetForm:
    """The worksheet `part`, taken apart; what is wrong with it is told to the source's faults."""
    xml = source.package.text(part)
    data = re.search(r"<sheetData\b[^>]*?(?:/>|>(.*)</sheetData>)", xml, re.S)
    if not data:
        raise UnusualPackage("sheetData")
    head = _head(xml[: data.start()])
    tail = tuple((element, text.lstrip()) for element, text in elements(xml[data.end() :]))
    for refused in dict.fromkeys(element for element, _ in tail if element in _REFUSED):
        source.faults.add(name, "", _REFUSED[refused])
    merges = tuple(merged_ranges(xml))
    reader = Reader(name, source.vocabulary, source.each, source.faults)
    rows = tuple(_Rows(source, reader, _widths(head, merges)).rows(data[1] or ""))
    related = related_parts(source.package, part, tail, name, source.faults)
    parts = Structure(name, source.vocabulary, source.faults, merges).parts(rows)
    written = max((row.number for row in rows), default=0)
    last = max([related.last_row, written, *(merge[2] for merge in merges)], default=1)
    return SheetForm(
        name, part, head, parts, written, last, tail, merges, related, frozenset(reader.wanted), default_height(head),
        _in_header(tail, reader),
    )  # fmt: skip


def _head(xml: str) -> str:
    """What stands above the rows, without what belongs to one sheet only (its extent, its selection, the programs' marks)."""
    xml = re.sub(r"<dimension\b[^>]*/>", "", xml)
    xml = re.sub(r'\s(?:xr:uid|codeName|tabSelected)="[^"]*"', "", xml)
    return re.sub(r"<selection\b[^>]*/>", "", xml)


def _widths(head: str, merges: tuple[Area, ...]) -> Mapping[tuple[int, int], float]:
    """(row, column) of each merged range → its width; (0, column) → that of the column."""
    columns: dict[int, float] = {}
    for found in map(attributes, re.findall(r"<col\b[^>]*>", head)):
        for number in range(int(found["min"]), min(int(found["max"]), 256) + 1):
            columns[number] = float(found.get("width", _WIDTH)) * (found.get("hidden") != "1")
    spans = {
        (top, left): sum(columns.get(number, _WIDTH) for number in range(left, right + 1))
        for top, left, _, right in merges
    }
    return {**{(0, number): width for number, width in columns.items()}, **spans}


@dataclass
class _Rows:
    """Reads the rows of one sheet. widths: of its cells · shared: formulas that are written once for several cells."""

    source: Source
    reader: Reader
    widths: Mapping[tuple[int, int], float]
    shared: dict[str, tuple[str, str]] = field(default_factory=dict)

    def rows(self, data: str) -> Iterator[Row]:
        """Every row up to the last, those that nobody wrote too."""
        number = 0
        for start, content in _ROW.findall(data):
            values = attributes(start)
            own = int(values.get("r", number + 1))
            yield from (Row(blank, "", None, ()) for blank in range(number + 1, own))
            number = own
            height = float(values["ht"]) if "ht" in values else None
            kept = (f' {key}="{value}"' for key, value in values.items() if key not in _OF_ROW)
            yield Row(number, "".join(kept), height, tuple(self._cells(content, number)))

    def _cells(self, content: str, row: int) -> Iterator[Cell]:
        column = 0
        for start, inner in CELL.findall(content):
            values = attributes(start)
            column = column_of(values, column)
            yield self._cell(values, inner, row, column)

    def _cell(self, values: Mapping[str, str], inner: str, row: int, column: int) -> Cell:
        name = get_column_letter(column)
        style = f' s="{values["s"]}"' if "s" in values else ""
        if formula := _FORMULA.search(inner):
            return self._formula(formula, f"{name}{row}", style)
        runs = self._runs(values, inner)
        if runs is not None and is_marked("".join(text for _, text in runs)):
            filled = self.reader.filled(pieces_by_run(runs), f"{name}{row}")
            width = self.widths.get((row, column), self.widths.get((0, column), _WIDTH))
            return Filled(name, style, filled, self.source.looks[int(values.get("s", 0))], width)
        rest = "".join(f' {key}="{value}"' for key, value in values.items() if key != "r")
        return Fixed(name, f'"{rest}>{inner}</c>' if inner else f'"{rest}/>')

    def _runs(self, values: Mapping[str, str], inner: str) -> Runs | None:
        """The text of a cell that holds one."""
        if values.get("t") == "inlineStr":
            return runs_of(inner)
        value = re.search(r"<v>(.*?)</v>", inner, re.S)
        return self.source.texts[int(value[1])] if value and values.get("t") == "s" else None

    def _formula(self, found: re.Match[str], place: str, style: str) -> Formula:
        """The formula in full, also where it is written once for several cells."""
        values, text = attributes(found[1]), rich_text(found[2] or "")
        if values.get("t") == "shared":
            if text:
                self.shared[values["si"]] = (text, place)
            elif values["si"] in self.shared:
                own, origin = self.shared[values["si"]]
                text = Translator(f"={own}", origin).translate_formula(place)[1:]
        if is_marked(text):
            self.reader.faults.add(self.reader.sheet, place, "公式里不能写占位符，请写成文字")
        letters = place.rstrip("0123456789")
        return Formula(letters, style, text, values.get("ref", "") if values.get("t") == "array" else "")


def _in_header(tail: tuple[tuple[str, str], ...], reader: Reader) -> dict[str, Named]:
    """What placeholders in the page's header and footer name, as they are written."""
    found = next((rich_text(re.sub(r"<[^>]*>", "", xml)) for element, xml in tail if element == "headerFooter"), "")
    return reader.in_header(found)
