"""What the parts of a workbook refer to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bangfu_excel.write.package import Package, attributes, tag

_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Link:
    """One reference of a part: target: the part that is meant, or, where it is external, an address as it is written."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of its type: image, drawing."""
        return self.type.rsplit("/", 1)[-1]

    def to(self, target: str) -> Link:
        """The same reference to another part."""
        return replace(self, target=target)


def links_of(package: Package, part: str) -> tuple[Link, ...]:
    """Everything that `part` refers to."""
    name = links_part(part)
    text = package.text(name) if name in package else ""
    return tuple(_link(attributes(element), part) for element in re.findall(r"<Relationship\b[^>]*>", text))


def _link(found: dict[str, str], part: str) -> Link:
    external = found.get("TargetMode") == "External"
    target = found["Target"]
    if not external:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(f"/{part}"), target)).lstrip("/")
    return Link(found["Id"], found["Type"], target, external)


def links_part(part: str) -> str:
    """Where the references of a part are kept."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def links_text(links: Iterable[Link]) -> str:
    """The part that holds these references."""
    written = "".join(
        tag("Relationship", {"Id": link.id, "Type": link.type, "Target": f"/{link.target}"})
        if not link.external
        else tag("Relationship", {"Id": link.id, "Type": link.type, "Target": link.target, "TargetMode": "External"})
        for link in links
    )
    return f'{HEAD}<Relationships xmlns="{_NAMESPACE}">{written}</Relationships>'
