"""Pictures on a sheet: which part of the package, and the row and column that their middle lies in.

Three ways of holding one: a drawing that floats above the cells (Excel, WPS), WPS's picture in a cell (`DISPIMG`, with
`cellimages.xml`), and Excel's picture in a cell (a rich value behind `#VALUE!`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from xml.parsers import expat

import numpy as np

from bangfu_excel.core.raw import CellType, Picture, RawColumn, RawSheet
from bangfu_excel.read.limits import MB
from bangfu_excel.read.package import Package
from bangfu_excel.read.parsing import feed

_LARGEST_PART = 32 * MB  # of what describes pictures; an honest drawing takes about 1 kB a picture
_DISPIMG = re.compile(r'^=?(?:_xlfn\.)?DISPIMG\("([^"]+)"', re.IGNORECASE)
_ROW_TAG = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_ROW_NUMBER, _ROW_HEIGHT = re.compile(rb'\br="(\d+)"'), re.compile(rb'\bht="([\d.]+)"')
_EMU_PER_POINT = 12_700
_USUAL_HEIGHT = 15.0  # points, of a row that says nothing


@dataclass(frozen=True)
class PictureBook:
    """The pictures of one package."""

    package: Package

    @cached_property
    def holds_any(self) -> bool:
        """Whether there is a picture at all: nearly no workbook has one, and then nothing else is looked at."""
        return any("/media/" in part for part in self.package.parts)

    def on(self, sheet: RawSheet, part: str, in_cells: Mapping[tuple[int, int], int]) -> RawSheet:
        """`sheet` with its pictures; a cell that is a picture is empty otherwise.

        in_cells: (row, column) → index of the value metadata, of the cells that hold an Excel picture.
        """
        if not self.holds_any:
            return sheet
        in_cell = [*self._of_wps(sheet), *self._of_excel(in_cells)]
        there = (picture for picture in (*self._floating(part), *in_cell) if self.package.holds(picture.part))
        pictures = sorted(there, key=lambda p: (p.row, p.column, p.part))
        return replace(sheet, columns=_emptied(sheet.columns, in_cell), pictures=tuple(pictures))

    def _floating(self, sheet_part: str) -> Iterator[Picture]:
        anchored: list[tuple[_Anchor, str]] = []
        for relation in _relations(self.package, sheet_part).values():
            if "/drawing" not in relation or not relation.endswith(".xml"):
                continue
            images = _relations(self.package, relation)
            for anchor in _anchors(_content(self.package, relation)):
                anchored += [(anchor, images[link]) for link in anchor.links if link in images]
        if not anchored:
            return
        heights = _heights(self.package, sheet_part)
        for anchor, image in anchored:
            yield Picture(anchor.middle_row(heights), anchor.column, image)

    def _of_wps(self, sheet: RawSheet) -> Iterator[Picture]:
        images = self._wps_images
        for index, column in enumerate(sheet.columns if images else ()):
            found = {entry: images[name] for entry, name in _dispimg(column) if name in images}
            for row in np.flatnonzero(np.isin(column.codes, list(found))).tolist() if found else ():
                yield Picture(row, index, found[int(column.codes[row])], in_cell=True)

    def _of_excel(self, in_cells: Mapping[tuple[int, int], int]) -> Iterator[Picture]:
        for (row, column), index in in_cells.items():
            if 0 < index <= len(self._rich_values) and (image := self._rich_values[index - 1]):
                yield Picture(row, column, image, in_cell=True)

    @cached_property
    def _wps_images(self) -> dict[str, str]:
        """Name of a `DISPIMG` → its part."""
        images = _relations(self.package, "xl/cellimages.xml")
        found: dict[str, str] = {}
        name = ""
        for element, attributes, _ in _content(self.package, "xl/cellimages.xml"):
            if element == "cNvPr":
                name = attributes.get("name", "")
            elif element == "blip" and _local(attributes, "embed") in images:
                found.setdefault(name, images[_local(attributes, "embed")])
        return found

    @cached_property
    def _rich_values(self) -> list[str]:
        """Part of the picture behind each value metadata, "" where it is none (metadata → rich value → relation → part)."""
        images = _relations(self.package, "xl/richData/richValueRel.xml")
        links = [
            images.get(_local(attributes, "id"), "")
            for element, attributes, _ in _content(self.package, "xl/richData/richValueRel.xml")
            if element == "rel"
        ]
        values = _rich_value_links(_content(self.package, "xl/richData/rdrichvalue.xml"), links)
        metadata = list(_content(self.package, "xl/metadata.xml"))
        blocks = [values[i] if i < len(values) else "" for i in _indices(metadata, "rvb", "i", "futureMetadata")]
        return [blocks[v] if v < len(blocks) else "" for v in _indices(metadata, "rc", "v", "valueMetadata")]


def _emptied(columns: Sequence[RawColumn], pictures: Sequence[Picture]) -> tuple[RawColumn, ...]:
    """The columns without what stands in the cells of these pictures."""
    emptied = list(columns)
    for index in {picture.column for picture in pictures if picture.column < len(columns)}:
        codes = columns[index].codes.copy()
        codes[[p.row for p in pictures if p.column == index and p.row < len(codes)]] = 0
        emptied[index] = RawColumn(codes, columns[index].values, columns[index].types)
    return tuple(emptied)


@dataclass
class _Anchor:
    """Where a drawing is pinned: top left and bottom right cell with offsets in EMU, and the pictures it holds."""

    numbers: dict[str, int] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)

    @property
    def column(self) -> int:
        return self.numbers.get("from.col", 0)

    def middle_row(self, heights: Mapping[int, float]) -> int:
        """The row that the picture's middle lies in: people do not place pictures exactly."""
        top = self.numbers.get("from.row", 0)
        offset = self.numbers.get("from.rowOff", 0) / _EMU_PER_POINT
        if "to.row" in self.numbers:
            bottom = self.numbers["to.row"]
            if bottom - top > 10_000:
                return top
            height = sum(heights.get(row, _USUAL_HEIGHT) for row in range(top, bottom))
            height += self.numbers.get("to.rowOff", 0) / _EMU_PER_POINT - offset
        else:
            height = min(self.numbers.get("ext.cy", 0) / _EMU_PER_POINT, 10_000.0)
        left = offset + max(height, 0.0) / 2
        row = top
        while left > heights.get(row, _USUAL_HEIGHT) > 0:
            left -= heights.get(row, _USUAL_HEIGHT)
            row += 1
        return row


_Element = tuple[str, dict[str, str], str]
"""Local name, attributes, and the text right after the opening tag (of what ends: "/name", none, none)."""


def _anchors(elements: Iterator[_Element]) -> Iterator[_Anchor]:
    anchor, side = _Anchor(), ""
    for element, attributes, text in elements:
        if element in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            anchor, side = _Anchor(), ""
        elif element in ("/twoCellAnchor", "/oneCellAnchor", "/absoluteAnchor"):
            yield anchor
        elif element in ("from", "to"):
            side = element
        elif element in ("col", "row", "rowOff") and side and text.strip().isdecimal():
            anchor.numbers.setdefault(f"{side}.{element}", int(text))
        elif element == "ext" and attributes.get("cy", "").isdecimal():
            anchor.numbers.setdefault("ext.cy", int(attributes["cy"]))
        elif element == "pos" and attributes.get("y", "").isdecimal():
            anchor.numbers["from.rowOff"] = int(attributes["y"])
        elif element == "blip" and (link := _local(attributes, "embed")):
            anchor.links.append(link)


def _rich_value_links(elements: Iterator[_Element], links: Sequence[str]) -> list[str]:
    """Part of each rich value: its first entry is the number of a relation."""
    found: list[str] = []
    fresh = False
    for element, _, text in elements:
        if element == "rv":
            found.append("")
            fresh = True
        elif element == "v" and fresh:
            fresh = False
            if text.strip().isdecimal() and int(text) < len(links):
                found[-1] = links[int(text)]
    return found


def _indices(elements: Sequence[_Element], name: str, attribute: str, within: str) -> list[int]:
    """The attribute of each element of that name inside `within`."""
    found: list[int] = []
    inside = False
    for element, attributes, _ in elements:
        inside = element == within or (inside and element != "/" + within)
        if inside and element == name and attributes.get(attribute, "").isdecimal():
            found.append(int(attributes[attribute]))
    return found


def _dispimg(column: RawColumn) -> Iterator[tuple[int, str]]:
    for entry, (kind, value) in enumerate(zip(column.types.tolist(), column.values, strict=True)):
        if kind in (CellType.TEXT, CellType.FORMULA) and (match := _DISPIMG.match(str(value))):
            yield entry, match[1]


def _relations(package: Package, part: str) -> dict[str, str]:
    """Id → part, of what `part` refers to inside the package."""
    folder, _, name = part.rpartition("/")
    return {
        attributes.get("Id", ""): posixpath.normpath(
            posixpath.join("/" + folder, attributes.get("Target", "").replace("\\", "/"))
        ).lstrip("/")
        for element, attributes, _ in _content(package, f"{folder}/_rels/{name}.rels")
        if element == "Relationship" and attributes.get("TargetMode") != "External"
    }


def _local(attributes: Mapping[str, str], name: str) -> str:
    """An attribute whatever its prefix."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _heights(package: Package, sheet_part: str) -> dict[int, float]:
    """Row (from 0) → its height in points, of rows that state one."""
    heights: dict[int, float] = {}
    with package.open(sheet_part) as stream:
        rest = b""
        while block := stream.read(MB):
            rest += block
            cut = rest.rfind(b"<")
            for tag in _ROW_TAG.finditer(rest[:cut]):
                number, height = _ROW_NUMBER.search(tag[1]), _ROW_HEIGHT.search(tag[1])
                if number and height:
                    heights[int(number[1]) - 1] = float(height[1])
            rest = rest[cut:] if cut >= 0 else b""
    return heights


def _content(package: Package, part: str) -> Iterator[_Element]:
    """The elements of a part in order; none where it is absent, too large or damaged."""
    found: list[_Element] = []
    try:
        with package.open(part) as stream:
            data = stream.read(_LARGEST_PART + 1)
    except (KeyError, OSError, ValueError, RuntimeError):
        return iter(())
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def opened(name: str, attributes: dict[str, str]) -> None:
        found.append((name.rpartition(":")[2], attributes, ""))

    def text(data: str) -> None:
        if found:
            name, attributes, before = found[-1]
            found[-1] = (name, attributes, before + data)

    parser.StartElementHandler = opened
    parser.EndElementHandler = lambda name: found.append(("/" + name.rpartition(":")[2], {}, ""))
    parser.CharacterDataHandler = text
    try:
        if len(data) <= _LARGEST_PART:
            feed(parser, data, True)
    except expat.ExpatError:
        found.clear()
    return iter(found)
