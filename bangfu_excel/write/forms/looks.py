"""What the styles of a form say of a cell: whether it shows dates or text, wraps, and how large its letters are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from bangfu_excel.write.package_links import attributes
from bangfu_excel.write.package_styles import XF, section

_FONT = re.compile(r"<font>.*?</font>|<font/>", re.S)
_BODY = 11.0


@dataclass(frozen=True, slots=True)
class Look:
    """date, text: its number format · wraps: long texts take several lines · size: of its letters, in points."""

    date: bool = False
    text: bool = False
    wraps: bool = False
    size: float = _BODY


class Looks:
    """The looks by number of style."""

    def __init__(self, styles: str) -> None:
        self._formats = {
            int(found["numFmtId"]): found.get("formatCode", "")
            for found in map(attributes, re.findall(r"<numFmt\b[^>]*>", styles))
        }
        self._sizes = [_size(font) for font in _FONT.findall(_listed(styles, "fonts"))]
        self._looks = [self._look(xf) for xf in XF.findall(_listed(styles, "cellXfs"))]

    def __getitem__(self, number: int) -> Look:
        return self._looks[number] if number < len(self._looks) else Look()

    def _look(self, xf: str) -> Look:
        found = attributes(xf[: xf.index(">")])
        number = int(found.get("numFmtId", 0))
        code = self._formats.get(number, BUILTIN_FORMATS.get(number, "General"))
        font = int(found.get("fontId", 0))
        size = self._sizes[font] if font < len(self._sizes) else _BODY
        return Look(bool(is_date_format(code)), code == "@", 'wrapText="1"' in xf or 'wrapText="true"' in xf, size)


def _listed(styles: str, name: str) -> str:
    found = section(styles, name)
    return found[1] if found else ""


def _size(font: str) -> float:
    found = re.search(r'<sz\b[^>]*val="([\d.]+)"', font)
    return float(found[1]) if found else _BODY
