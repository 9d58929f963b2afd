"""Names that Excel and Windows accept: sheets and files."""

from __future__ import annotations

import re
from collections.abc import Collection

_SHEET = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FILE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
SHEET_LENGTH = 31


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """`wanted` as a sheet name: no forbidden character, at most 31 characters, unlike any of `taken` (case apart)."""
    clean = _SHEET.sub("_", wanted).strip().strip("'") or "表"
    if clean.casefold() == "history":  # reserved by Excel
        clean = f"{clean}_"
    others = {name.casefold() for name in taken}
    name, number = _cut(clean, SHEET_LENGTH), 1
    while name.casefold() in others:
        number += 1
        mark = f"({number})"
        name = _cut(clean, SHEET_LENGTH - len(mark)) + mark
    return name


def _cut(text: str, units: int) -> str:
    """At most `units` UTF-16 units, as Excel counts; never half a character."""
    while len(text.encode("utf-16-le")) // 2 > units:
        text = text[:-1]
    return text


def file_name(wanted: str) -> str:
    """`wanted` as the name of a file or folder on Windows; "未注明" where nothing is left."""
    clean = _FILE.sub("_", wanted).strip().rstrip(". ")[:80] or "未注明"
    return f"_{clean}" if _DEVICE.match(clean) else clean
