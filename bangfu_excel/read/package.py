"""The parts of an xlsx: which part is which sheet, and whether the package is too large to be opened at all."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, NamedTuple
from xml.parsers import expat

from bangfu_excel.read.limits import MB, Limits
from bangfu_excel.read.parsing import feed

Source = Path | io.BytesIO


class SheetPart(NamedTuple):
    """A sheet as the workbook names it. place: among all sheets · part: "" where it is not there · kind: `worksheet`,
    `chartsheet`, `xlMacrosheet` …
    """

    place: int
    name: str
    hidden: bool
    part: str
    kind: str


class Package:
    """An opened xlsx. Part names are compared without regard to case and kind of slash, as Excel does; of parts that have one
    name the last counts.
    """

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._exact = {info.filename: info for info in archive.infolist()}
        self._parts = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}

    @property
    def parts(self) -> Collection[str]:
        """Names of the parts, in lower case, with forward slashes."""
        return self._parts.keys()

    @property
    def unzipped(self) -> int:
        """Declared size of all parts in bytes; a part that lies about it fails its checksum when read."""
        return sum(info.file_size for info in self._archive.infolist())

    def exceeds(self, limits: Limits) -> bool:
        """Whether the package is larger than any honest workbook."""
        infos = self._archive.infolist()
        if len(infos) > limits.entries or self.unzipped > limits.unzipped:
            return True
        return any(i.file_size > 10 * MB and i.file_size > limits.ratio * max(i.compress_size, 1) for i in infos)

    def open(self, part: str) -> IO[bytes]:
        """The bytes of a part; `KeyError` where there is none."""
        if (info := self._find(part)) is None:
            raise KeyError(part)
        return self._archive.open(info)

    def verify(self) -> None:
        """Reads the parts that calamine loads whole, if they could hide a bomb; raises `zipfile.BadZipFile` where one lies."""
        for name, info in self._parts.items():
            if name.startswith("xl/") and "/worksheets/" not in name and info.compress_size * 1032 > 600 * MB:
                with self._archive.open(info) as stream:
                    while stream.read(MB):
                        pass

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The sheets of the workbook in its order, charts and macro sheets too."""
        links = self.relations(self.workbook)
        sheets: list[SheetPart] = []
        for name, attributes in self.elements(self.workbook):
            if name == "sheet":
                link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
                # a module of macros is named without a link
                kind, part = links.get(link, ("worksheet", "")) if link else ("module", "")
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(SheetPart(len(sheets), attributes.get("name", ""), hidden, part, kind))
        return tuple(sheets)

    @cached_property
    def workbook(self) -> str:
        """The part that names the sheets; "" where there is none."""
        links = self.relations("").values()
        named = next((part for kind, part in links if kind == "officeDocument" and part), "xl/workbook.xml")
        return named if self._find(named) else ""

    @cached_property
    def date1904(self) -> bool:
        """Whether dates count from 1904."""
        found = self.elements(self.workbook)
        return any(name == "workbookPr" and attributes.get("date1904") in ("1", "true") for name, attributes in found)

    def related(self, kind: str, default: str) -> str:
        """The workbook's part of a kind (`sharedStrings`, `styles`)."""
        return next((part for k, part in self.relations(self.workbook).values() if k == kind and part), default)

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Id → kind and target of what a part refers to; "" where the target is outside the package or not there."""
        folder = part.rpartition("/")[0]
        found = {}
        for name, attributes in self.elements(_relations_of(part)):
            if name == "Relationship":
                kind = attributes.get("Type", "").rpartition("/")[2]
                target = posixpath.join(f"/{folder}", attributes.get("Target", "").replace("\\", "/"))
                target = posixpath.normpath(target).lstrip("/")
                inside = attributes.get("TargetMode") != "External" and self._find(target) is not None
                found[attributes.get("Id", "")] = (kind, target if inside else "")
        return found

    @property
    def properties(self) -> frozenset[str]:
        """Names of the document's custom properties."""
        named = next((part for kind, part in self.relations("").values() if kind == "custom-properties" and part), "")
        found = self.elements(named) if named else []
        return frozenset(attributes.get("name", "") for name, attributes in found if name == "property")

    @property
    def points_outside(self) -> bool:
        """Whether the workbook refers to parts that are not in the file."""
        found = self.elements(_relations_of(self.workbook))
        return any(attributes.get("TargetMode") == "External" for _, attributes in found)

    @property
    def repeats(self) -> bool:
        """Whether two parts have one name."""
        return len(self._parts) < len(self._archive.infolist())

    def holds(self, part: str) -> bool:
        """Whether the part is there."""
        return self._find(part) is not None

    def _find(self, part: str) -> zipfile.ZipInfo | None:
        return self._exact.get(part) or self._parts.get(part.lower())

    def elements(self, part: str) -> list[tuple[str, dict[str, str]]]:
        """Local name and attributes of every element of a small part; none where it is absent or damaged."""
        found: list[tuple[str, dict[str, str]]] = []
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
        try:
            with self.open(part) as stream:
                feed(parser, stream.read(16 * MB), True)
        except (KeyError, expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError):
            pass
        return found


def _relations_of(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")
