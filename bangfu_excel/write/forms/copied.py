"""The parts that the output takes from the form, and the copies of those that belong to one sheet."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bangfu_excel.write.forms.related import COPIED, moved_chart, moved_drawing
from bangfu_excel.write.forms.rows_moved import Moved
from bangfu_excel.write.package import Package
from bangfu_excel.write.package_links import Link, links_part, links_text


@dataclass(frozen=True)
class Placing:
    """Where the rows of a sheet's copies have gone. moved: sheet of the form → where its rows went · titles: how these are called now."""

    number: int
    copies: Sequence[Moved]
    moved: Callable[[str], Moved | None]
    titles: Mapping[str, str]


class Copied:
    """The parts of the output, growing. types: part → that of the form whose content type it has."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts: dict[str, bytes] = {}
        self.types: dict[str, str] = {}

    def sheet(self, xml: str, links: Sequence[Link], form_part: str, placing: Placing) -> str:
        """Puts a worksheet among the parts, with its own copy of what is drawn on it; the part's name."""
        part = f"xl/worksheets/sheet{placing.number}.xml"
        self.parts[part], self.types[part] = xml.encode(), form_part
        self._relate(part, [self._own(link, placing) for link in links])
        return part

    def _own(self, link: Link, placing: Placing) -> Link:
        if link.external:
            return link
        return link.to(self._copy(link.target, placing) if link.kind in COPIED else self.share(link.target))

    def _copy(self, part: str, placing: Placing) -> str:
        """A copy of a drawing or chart for one sheet, moved with its rows; its name."""
        folder, name = posixpath.split(part)
        stem, suffix = posixpath.splitext(name)
        own = posixpath.join(folder, f"{stem}_{placing.number}{suffix}")
        text = self.package.text(part)
        if "/charts/" in part:
            text = moved_chart(text, placing.moved, placing.titles)
        elif suffix == ".xml":
            text = moved_drawing(text, placing.copies)
        self.parts[own], self.types[own] = text.encode(), part
        self._relate(own, [self._own(link, placing) for link in self.package.links(part)])
        return own

    def share(self, part: str) -> str:
        """The part of the form as it is, with everything that it refers to."""
        if part not in self.parts:
            self.parts[part], self.types[part] = self.package.content(part), part
            links = self.package.links(part)
            self._relate(part, [link if link.external else link.to(self.share(link.target)) for link in links])
        return part

    def _relate(self, part: str, links: Sequence[Link]) -> None:
        if links:
            self.parts[links_part(part)] = links_text(links).encode()
