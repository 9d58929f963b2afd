"""The styles of a workbook, with a few of our own added."""

from __future__ import annotations

import re

from bangfu_excel.write.package import UnusualPackage
from bangfu_excel.write.package_links import attributes, tag

_SECTIONS = {"fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
XF = re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.S)
_LINE = '<{0} style="thin"><color rgb="FF808080"/></{0}>'
BOX = f"<border>{''.join(_LINE.format(side) for side in ('left', 'right', 'top', 'bottom'))}<diagonal/></border>"
WRAP = '<alignment vertical="top" wrapText="1"/>'


def font(*, size: int = 10, color: str = "FF000000", bold: bool = False, underlined: bool = False) -> str:
    """A font of ours."""
    marks = f"{'<b/>' if bold else ''}{'<u/>' if underlined else ''}"
    return f'<font>{marks}<sz val="{size}"/><color rgb="{color}"/><name val="宋体"/><charset val="134"/></font>'


def fill(color: str) -> str:
    """A cell filled with one colour (ARGB)."""
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="{color}"/><bgColor indexed="64"/></patternFill></fill>'
    )


def section(styles: str, name: str) -> re.Match[str] | None:
    """The list of fonts, fills, formats … in the styles part; its content is group 1."""
    return re.search(rf"<{name}\b[^>]*(?<!/)>(.*?)</{name}>", styles, re.S)


class Styles:
    """The styles part, growing; equal additions are made once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._added: dict[tuple[str, str], int] = {}
        self._xfs = XF.findall(self._section("cellXfs")[2])

    def _section(self, name: str) -> tuple[int, int, str]:
        found = section(self.text, name)
        if not found:
            raise UnusualPackage(name)
        return found.start(), found.end(), found[1]

    def add(self, name: str, element: str) -> int:
        """The number of `element` in its section."""
        if (name, element) not in self._added:
            start, end, content = self._section(name)
            number = len(re.findall(rf"<{_SECTIONS[name]}\b", content))
            grown = tag(name, {"count": str(number + 1)}, content + element)
            self.text = self.text[:start] + grown + self.text[end:]
            self._added[name, element] = number
            if name == "cellXfs":
                self._xfs.append(element)
        return self._added[name, element]

    def cell(self, *, font: str, fill: str = "", border: str = BOX, alignment: str = WRAP) -> int:
        """The number of a style of ours."""
        values = {
            "numFmtId": "0",
            "fontId": str(self.add("fonts", font)),
            "fillId": str(self.add("fills", fill) if fill else 0),
            "borderId": str(self.add("borders", border) if border else 0),
            "xfId": "0",
            **dict.fromkeys(("applyFont", "applyFill", "applyBorder", "applyAlignment"), "1"),
        }
        return self.add("cellXfs", tag("xf", values, alignment))

    def filled(self, style: int, color: str) -> int:
        """The submitter's style with another fill; color "": without one."""
        if style >= len(self._xfs):
            return style
        own = self._xfs[style]
        start = own[: own.index(">")]
        values = attributes(start) | {"fillId": str(self.add("fills", fill(color)) if color else 0), "applyFill": "1"}
        content = "" if own.endswith("/>") and own.count("<") == 1 else own[own.index(">") + 1 : -len("</xf>")]
        return self.add("cellXfs", tag("xf", values, content))

    def with_fill(self, colors: frozenset[str]) -> frozenset[int]:
        """The styles whose fill is one of these colours."""
        fills = re.findall(r"<fill>.*?</fill>|<fill/>", self._section("fills")[2], re.S)
        numbers = {str(number) for number, one in enumerate(fills) if any(f'rgb="{color}"' in one for color in colors)}
        return frozenset(
            k for k, xf in enumerate(self._xfs) if attributes(xf[: xf.index(">")]).get("fillId") in numbers
        )
