"""What a workbook carries beside its cells: macros, links to other files, connections. None of it is run or opened."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu_excel.core.finding import Finding, Place
from bangfu_excel.core.messages import read as say
from bangfu_excel.read.package import Package


def carried_by(file: str, package: Package) -> Iterator[Finding]:
    """One finding a kind for an xlsx."""
    return carried(
        file,
        macros=any("vbaproject.bin" in part or "/macrosheets/" in part for part in package.parts),
        links=package.points_outside or any("/externallinks/externallink" in part for part in package.parts),
        connections=any(part.endswith("/connections.xml") for part in package.parts),
    )


def carried(file: str, *, macros: bool, links: bool, connections: bool) -> Iterator[Finding]:
    """One finding for each that is there."""
    for there, message in ((macros, say.MACROS), (links, say.LINKS), (connections, say.CONNECTIONS)):
        if there:
            yield message.finding(Place(file))
