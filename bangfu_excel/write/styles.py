"""The office look: one place for fonts, fills, borders and number formats of every workbook we make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from xlsxwriter.format import Format

from bangfu_excel.write.book import Book

TITLE_FONT = "黑体"  # on every Windows; 方正小标宋 is what offices prefer but few machines have
BODY_FONT = "宋体"
BORDER_COLOUR = "#7F7F7F"
TEXT_FORMAT = "@"
DATE_FORMATS = {"day": "yyyy-mm-dd", "month": "yyyy-mm", "year": "yyyy"}
APPROX_PREFIX = '"约"'


class Tint(StrEnum):
    """The fill of a cell: what it says at a glance."""

    NONE = ""
    HEADER = "header"
    TOTAL = "total"
    WITHHELD = "withheld"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    GOOD = "good"


TINT_COLOURS = {
    Tint.HEADER: "#D9E2F3", Tint.TOTAL: "#F2F2F2", Tint.WITHHELD: "#FFF2CC", Tint.ERROR: "#F8CBAD",
    Tint.WARNING: "#FFE699", Tint.INFO: "#EDEDED", Tint.GOOD: "#C6E0B4",
}  # fmt: skip


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook, made when first asked for."""

    book: Book

    def title(self) -> Format:
        """The line across the top."""
        return self._text(font_name=TITLE_FONT, font_size=16, bold=True, align="center")

    def line(self, align: str = "left") -> Format:
        """填报单位, 截止日期, signatures, remarks: text without borders."""
        return self._text(font_size=10.5, align=align)

    def note(self) -> Format:
        """A paragraph: wrapped, at the top of its cell."""
        return self.book.format(font_name=BODY_FONT, font_size=10.5, text_wrap=True, valign="top", align="left")

    def heading(self) -> Format:
        """Above one of several tables of a page."""
        return self._text(font_name=TITLE_FONT, font_size=11, bold=True, align="left")

    def header(self) -> Format:
        """A column's heading."""
        return self._cell(
            font_name=TITLE_FONT, font_size=10, align="center", text_wrap=True, bg_color=TINT_COLOURS[Tint.HEADER]
        )

    def body(
        self, number_format: str = TEXT_FORMAT, *, align: str = "left", wrap: bool = False, tint: Tint = Tint.NONE,
        link: bool = False, bold: bool = False,
    ) -> Format:  # fmt: skip
        """A value with borders."""
        more: dict[str, Any] = {"num_format": number_format, "align": align}
        if align == "right":
            more["indent"] = 1
        if wrap:
            more["text_wrap"] = True
        if tint:
            more["bg_color"] = TINT_COLOURS[tint]
        if link:
            more.update(font_color="#0563C1", underline=1)
        if bold:
            more["bold"] = True
        return self._cell(**more)

    def total(self, number_format: str = "#,##0", align: str = "right") -> Format:
        """A cell of the 合计 row."""
        return self.body(number_format, align=align, tint=Tint.TOTAL, bold=True)

    def entry(self, number_format: str = TEXT_FORMAT) -> Format:
        """A cell to be filled in: borders, unlocked."""
        return self._cell(num_format=number_format, text_wrap=True, locked=False)

    def _cell(self, **properties: Any) -> Format:
        return self._text(border=1, border_color=BORDER_COLOUR, **{"font_size": 10.5, **properties})

    def _text(self, **properties: Any) -> Format:
        return self.book.format(**{"font_name": BODY_FONT, "valign": "vcenter", **properties})
