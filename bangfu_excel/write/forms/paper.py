"""How much of a page cards take."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bangfu_excel.write.forms.sheet import SheetForm
from bangfu_excel.write.package_links import attributes

_POINTS = {"8": (842.0, 1191.0), "9": (595.0, 842.0), "11": (420.0, 595.0)}
"""Paper (A3, A4, A5) → width and height in points."""
_INCH = 72.0
_TOLERANCE = 1.01  # printers and programs differ by a line's breadth


def page_breaks(sheet: SheetForm, heights: Sequence[float], per_page: int) -> list[int]:
    """The cards (from 0) after which a page ends: as many on each as wanted, fewer where long texts made them higher."""
    room = page_height(sheet)
    found: list[int] = []
    count, taken = 0, 0.0
    for number, height in enumerate(heights):
        if count and (count >= per_page or (room and taken + height > room * _TOLERANCE)):
            found.append(number - 1)
            count, taken = 0, 0.0
        count, taken = count + 1, taken + height
    return found


def cards_a_page(sheet: SheetForm) -> int:
    """How many cards, blank, a page takes; 0 where that is not known."""
    own = sum(row.height or sheet.height for part in sheet.parts if not part.needs for row in part.rows)
    return int(page_height(sheet) * _TOLERANCE // own) if own else 0


def page_height(sheet: SheetForm) -> float:
    """Points of a page that rows may take; 0 where the program fits them to the page itself, or the paper is not known."""
    tail = dict(sheet.tail)
    setup = attributes(tail.get("pageSetup", ""))
    if re.search(r'<pageSetUpPr\b[^>]*fitToPage="(?:1|true)"', sheet.head):
        return 0.0
    width, height = _POINTS.get(setup.get("paperSize", "9"), (0.0, 0.0))
    full = width if setup.get("orientation") == "landscape" else height
    margins = attributes(tail.get("pageMargins", ""))
    edges = (float(margins.get("top", 0.75)) + float(margins.get("bottom", 0.75))) * _INCH
    return max(full - edges, 0.0) * 100 / float(setup.get("scale", 100)) if full else 0.0
