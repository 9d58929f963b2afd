"""How a table goes onto paper: A4 across, A3 where A4 would make the print too small to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bangfu_excel.write.book import GuardedSheet
from bangfu_excel.write.pages import Lines, kept_together
from bangfu_excel.write.widths import text_width

A3, A4 = 8, 9
_SIDE = 0.4  # inches
_LONG_EDGES = ((A4, 842.0), (A3, 1191.0))  # points
_SHORT_EDGES = {A4: 595.0, A3: 842.0}
_TOP, _BOTTOM = 0.6, 0.7  # inches
_UNIT, _PADDING = 5.25, 3.75  # points of a width unit and of a column's own padding, in Excel's default font
_WIDE_UNIT = 7.2  # where that font is missing and a wide one stands in
_BODY = 10.5  # points, see styles
_SMALLEST = 7.0  # points: what is smaller cannot be read at a desk
_LONGEST_FOOTER = 100
_HALF_FOOTER = 44  # units of text
_NARROWEST = 12.0
_ASIS = {"scale_with_doc": False, "align_with_margins": True}


@dataclass(frozen=True)
class Printed:
    """What of a sheet is printed: rows and columns counted from 0, the last ones excluded. size: of the paper, 0 to fit.

    lines: of the sheet; where they are said, the last of them stand on no page alone.
    """

    header: int
    bottom: int
    width: int
    footer: str = ""
    size: int = 0
    lines: Lines | None = None


def paper(widths: Sequence[float]) -> int:
    """The paper on which columns of these widths, side by side, can still be read."""
    return next((size for size, edge in _LONG_EDGES if printed_font(widths, edge) >= _SMALLEST), A3)


def narrowed(widths: Sequence[float], wrapped: Sequence[bool]) -> list[float]:
    """The widths, those of wrapped texts made smaller by the same share where not even A3 would be readable."""
    _, edge = _LONG_EDGES[-1]
    over = sum(widths) - ((edge - 2 * _SIDE * 72) * _BODY / _SMALLEST - _PADDING * len(widths)) / _UNIT
    spare = sum(max(0.0, width - _NARROWEST) for width, soft in zip(widths, wrapped, strict=True) if soft)
    if over <= 0 or not spare:
        return list(widths)
    left = 1 - min(1.0, over / spare)
    return [
        _NARROWEST + (width - _NARROWEST) * left if soft and width > _NARROWEST else width
        for width, soft in zip(widths, wrapped, strict=True)
    ]


def printed_font(widths: Sequence[float], edge: float, unit: float = _UNIT) -> float:
    """Points of the body font when the columns, of `unit` points a width unit, are shrunk to one page."""
    total = sum(widths) * unit + _PADDING * len(widths)
    return _BODY * min(1.0, (edge - 2 * _SIDE * 72) / total)


def set_print(target: GuardedSheet, printed: Printed, widths: Sequence[float]) -> None:
    """One page wide, the header on every page, the page number and `footer` under it."""
    target.set_landscape()
    size = printed.size or paper(widths)
    target.set_paper(size)
    _set_pages(target, printed.lines, widths, size)
    target.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_BOTTOM)
    target.center_horizontally()
    target.repeat_rows(printed.header)
    target.print_area(0, 0, printed.bottom - 1, printed.width - 1)
    set_footer(target, printed.footer)


def _set_pages(target: GuardedSheet, lines: Lines | None, widths: Sequence[float], size: int) -> None:
    if lines is None:
        target.fit_to_pages(1, 0)
        return
    high = (_SHORT_EDGES[size] - (_TOP + _BOTTOM) * 72) * _BODY
    room, wide = (high / printed_font(widths, dict(_LONG_EDGES)[size], unit) for unit in (_UNIT, _WIDE_UNIT))
    pages = kept_together(lines, room, wide)
    target.fit_to_pages(1, pages.tall)
    if pages.begun:
        target.set_h_pagebreaks([pages.begun])


def set_footer(target: GuardedSheet, text: str) -> None:
    """`text` at the left, the page number in the middle, at the right where `text` reaches the middle of a page upright; in a size
    that does not shrink with the table.
    """
    shown = text[:_LONGEST_FOOTER].replace("&", "&&")
    place = "C" if text_width(text) <= _HALF_FOOTER else "R"
    target.set_footer(
        f"&L&9 {shown}&{place}&9 第 &P 页 共 &N 页", _ASIS
    )  # without the space a year would join the font size
