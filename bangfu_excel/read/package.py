"""The parts of an xlsx: which part is which sheet, and whether the package is too large to be opened at all."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import IO
from xml.parsers import expat

from bangfu_excel.read.limits import MB, Limits

Source = Path | io.BytesIO


class Package:
    """An opened xlsx. Part names are compared without regard to case and kind of slash, as Excel does."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
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
        return self._archive.open(self._parts[part.lower()])

    def verify(self) -> None:
        """Reads the parts that calamine loads whole, if they could hide a bomb; raises `zipfile.BadZipFile` where one lies."""
        for name, info in self._parts.items():
            if name.startswith("xl/") and "/worksheets/" not in name and info.compress_size * 1032 > 600 * MB:
                with self._archive.open(info) as stream:
                    while stream.read(MB):
                        pass

    def sheet_parts(self) -> Mapping[str, str]:
        """Sheet name → its part, for the sheets whose part is there."""
        targets = {
            attributes.get("Id", ""): attributes.get("Target", "")
            for name, attributes in self._elements("xl/_rels/workbook.xml.rels")
            if name == "Relationship" and attributes.get("TargetMode") != "External"
        }
        parts = {}
        for name, attributes in self._elements("xl/workbook.xml"):
            if name == "sheet":
                link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
                part = posixpath.normpath(posixpath.join("/xl", targets.get(link, "").replace("\\", "/"))).lstrip("/")
                if part.lower() in self._parts:
                    parts[attributes.get("name", "")] = part
        return parts

    def _elements(self, part: str) -> list[tuple[str, dict[str, str]]]:
        """Local name and attributes of every element of a small part; none where it is absent or damaged."""
        found: list[tuple[str, dict[str, str]]] = []
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
        try:
            with self.open(part) as stream:
                parser.Parse(stream.read(16 * MB), True)
        except (KeyError, expat.ExpatError):
            pass
        return found
