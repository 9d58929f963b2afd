"""Where the rows of a form have gone, and references to them said anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

_LAST_ROW = 1_048_576
_RANGE = re.compile(r"(\$?[A-Z]{1,3})?(\$?)(\d+)?(?::(\$?[A-Z]{1,3})?(\$?)(\d+)?)?")
_AREA = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]\s(),;:+\-*/&=<>]+))!(.+)", re.S)


@dataclass(frozen=True)
class Moved:
    """The rows of one copy of a form: `starts[r]`, `ends[r]`: first and last row that row r (from 1) became; both 0 where it
    was left out. `growth`: how much further down stands what lies below the form.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    growth: int = 0

    def start(self, row: int) -> int:
        """Where a range that began in `row` begins: its first copy, else the next row that is there."""
        return next((self.starts[r] for r in range(row, len(self.starts)) if self.starts[r]), row + self.growth)

    def end(self, row: int) -> int:
        """Where a range that ended in `row` ends: its last copy, else the row before it that is there; 0 where none is."""
        if row >= len(self.ends):
            return min(row + self.growth, _LAST_ROW) if row < _LAST_ROW else row
        return next((self.ends[r] for r in range(row, 0, -1) if self.ends[r]), 0)

    def within(self, own: Mapping[int, int]) -> Moved:
        """The same as seen from one copy of repeated rows: `own`: row of the form → row of this copy."""
        starts, ends = list(self.starts), list(self.ends)
        for row, now in own.items():
            starts[row] = ends[row] = now
        return Moved(tuple(starts), tuple(ends), self.growth)

    def area(self, text: str) -> str:
        """B3:D5 where it stands now; "" where nothing of it is left."""
        found = _AREA.fullmatch(text.replace("$", ""))
        if not found:
            return text  # whole columns
        left, top, right, bottom = found.groups()
        first, last = self.start(int(top)), self.end(int(bottom or top))
        if first > last:
            return ""
        one = f"{left}{first}"
        return one if (right or left, last) == (left, first) else f"{one}:{right or left}{last}"

    def areas(self, text: str) -> str:
        """Several ranges, divided by blanks."""
        return " ".join(filter(None, map(self.area, text.split())))


def moved_formula(formula: str, moved: Callable[[str], Moved | None], titles: Mapping[str, str]) -> str:
    """The formula (without =) with every reference where its rows have gone.

    moved: name of a sheet of the form ("" its own) → where its rows went, None for others · titles: how these sheets are called now.
    """
    try:
        tokens = Tokenizer(f"={formula}")
    except TokenizerError:
        return formula
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = _moved_operand(token.value, moved, titles)
    return "".join(token.value for token in tokens.items)


def _moved_operand(text: str, moved: Callable[[str], Moved | None], titles: Mapping[str, str]) -> str:
    found = _SHEET.fullmatch(text)
    name = (found[1] or found[2] or "").replace("''", "'") if found else ""
    rows = moved(name)
    if rows is None:
        return text
    prefix = f"{quoted(titles.get(name, name))}!" if found else ""
    return prefix + _moved_range(found[3] if found else text, rows)


def _moved_range(text: str, rows: Moved) -> str:
    found = _RANGE.fullmatch(text)
    if not found or not (found[3] or found[6]) or (found[1] is None and ":" not in text):
        return text  # a name, or whole columns
    left, fixed, top, right, fixed_too, bottom = found.groups()
    if ":" not in text:
        return f"{left or ''}{fixed}{rows.start(int(top))}"
    first, last = rows.start(int(top)), rows.end(int(bottom))
    return "#REF!" if first > last else f"{left or ''}{fixed}{first}:{right or ''}{fixed_too}{last}"


def quoted(title: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + title.replace("'", "''") + "'"


def sheets_in(formula: str) -> set[str]:
    """The sheets that a formula names."""
    operands = (token.value for token in Tokenizer(f"={formula}").items if token.type == Token.OPERAND)
    found = (_SHEET.fullmatch(operand) for operand in operands)
    return {(one[1] or one[2]).replace("''", "'") for one in found if one}
