"""What the parts of a workbook refer to, as their .rels say it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def attributes(tag: str) -> dict[str, str]:
    """Name → value of a tag's attributes, as escaped as they are."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def tag(name: str, values: Mapping[str, str], content: str = "") -> str:
    """The element with these (escaped) attributes."""
    start = "".join((f"<{name}", *(f' {key}="{value}"' for key, value in values.items())))
    return f"{start}>{content}</{name}>" if content else f"{start}/>"


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


def links_part(part: str) -> str:
    """Where the references of a part are kept; of "" those of the workbook as a whole."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def links_in(text: str, part: str) -> tuple[Link, ...]:
    """The references of `part`, of which `text` speaks."""
    return tuple(_link(attributes(element), part) for element in re.findall(r"<Relationship\b[^>]*>", text))


def _link(found: Mapping[str, str], part: str) -> Link:
    external, target = found.get("TargetMode") == "External", found["Target"]
    if not external:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(f"/{part}"), target)).lstrip("/")
    return Link(found["Id"], found["Type"], target, external)


def links_text(links: Iterable[Link]) -> str:
    """The part that holds these references."""
    written = "".join(map(link_element, links))
    return f'{HEAD}<Relationships xmlns="{_NAMESPACE}">{written}</Relationships>'


def link_element(link: Link) -> str:
    """The reference as it is written."""
    values = {"Id": link.id, "Type": link.type, "Target": link.target if link.external else f"/{link.target}"}
    return tag("Relationship", values | ({"TargetMode": "External"} if link.external else {}))
