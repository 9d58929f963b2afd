"""Sums over cells as a clerk or a form writes them: 表1!C5 = 表1!D5+E5, SUM(C5:C9), 上期!表1!C5. Read and computed, no more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bangfu_excel.core.address import column_letters

LAST = "上期"
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?%?)"
    rf"|(?P<ref>(?:{LAST}!)?(?:'(?:[^']|'')+'!|[^\s!'+\-*/(),:=<>]+!)?\$?[A-Za-z]{{1,3}}\$?\d+(?![\w(]))"
    r"|(?P<name>[^\W\d]\w*)(?=\s*\()|(?P<mark>[-+*/(),:]))"
)
_REF = re.compile(rf"(?:({LAST})!)?(?:'((?:[^']|'')+)'!|([^!]+)!)?\$?([A-Za-z]{{1,3}})\$?(\d+)")
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_CALLED: Mapping[str, Callable[[Sequence[float]], float]] = {
    "SUM": sum, "合计": sum, "MAX": max, "MIN": min, "AVERAGE": lambda values: sum(values) / len(values),
    "ABS": lambda values: abs(values[0]), "ROUND": lambda values: round(values[0], int(values[1])),
}  # fmt: skip
_MOST_CELLS = 100_000


class FormulaError(Exception):
    """The text is no formula that can be read here; the message says where."""


@dataclass(frozen=True, order=True)
class CellRef:
    """One cell. sheet: "" for the one that the formula stands on · last: of the last period's form · both from 1."""

    sheet: str
    row: int
    column: int
    last: bool = False

    @property
    def cell(self) -> str:
        return f"{column_letters(self.column - 1)}{self.row}"

    def __str__(self) -> str:
        return f"{LAST + '!' if self.last else ''}{self.sheet + '!' if self.sheet else ''}{self.cell}"


@dataclass(frozen=True)
class Span:
    """The cells from one corner to the other."""

    first: CellRef
    last: CellRef

    def cells(self) -> Iterator[CellRef]:
        for row in range(self.first.row, self.last.row + 1):
            for column in range(self.first.column, self.last.column + 1):
                yield CellRef(self.first.sheet, row, column, self.first.last)


@dataclass(frozen=True)
class Call:
    """An operator or function of its parts."""

    name: str
    parts: tuple[Expression, ...]


Expression = float | CellRef | Span | Call
Look = Callable[[CellRef], float | None]
"""The number in a cell, None for a blank one; it raises where the cell holds no number."""


def cell_at(text: str) -> tuple[int, int] | None:
    """Row and column, both from 1, of an address such as C5 or $C$5; None for anything else."""
    match = _CELL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (int(match[2]), _column(match[1])) if match else None


def parsed(text: str, sheet: str = "") -> Expression:
    """The formula in `text`, with or without = in front; `sheet`: of cells that name none. `FormulaError` where it is none."""
    plain = unicodedata.normalize("NFKC", text).replace("×", "*").replace("÷", "/").strip().removeprefix("=")
    return _Reader(tuple(_tokens(plain)), sheet).whole()


def cells_of(expression: Expression) -> Iterator[CellRef]:
    """Every cell that a formula looks at."""
    if isinstance(expression, CellRef):
        yield expression
    elif isinstance(expression, Span):
        yield from expression.cells()
    elif isinstance(expression, Call):
        for part in expression.parts:
            yield from cells_of(part)


def computed(expression: Expression, look: Look, blank: Callable[[CellRef], float]) -> float:
    """What a formula gives. blank: what a blank cell counts as where it is named alone (in a span it counts as nothing).

    `ZeroDivisionError` where it divides by nothing; whatever `look` and `blank` raise.
    """
    if isinstance(expression, CellRef):
        found = look(expression)
        return blank(expression) if found is None else found
    if isinstance(expression, Call):
        values = [value for part in expression.parts for value in _values(part, look, blank)]
        if expression.name in _CALLED:
            return float(_CALLED[expression.name](values)) if values else 0.0
        return _joined(expression.name, values)
    if isinstance(expression, Span):
        raise FormulaError("一片格子要写在 SUM( ) 里")
    return expression


def _values(part: Expression, look: Look, blank: Callable[[CellRef], float]) -> list[float]:
    if isinstance(part, Span):
        return [value for value in map(look, part.cells()) if value is not None]
    return [computed(part, look, blank)]


def _joined(name: str, values: Sequence[float]) -> float:
    first, *rest = values
    if not rest:
        return -first
    second = rest[0]
    return {"+": first + second, "-": first - second, "*": first * second}[name] if name != "/" else first / second


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match or match.lastgroup is None:
            raise FormulaError(f"从“{text[place:].strip()[:12]}”起看不懂")
        yield match.lastgroup, match[match.lastgroup]
        place = match.end()


@dataclass
class _Reader:
    """Recursive descent over the tokens."""

    tokens: tuple[tuple[str, str], ...]
    sheet: str
    at: int = 0

    def whole(self) -> Expression:
        found = self._sum()
        if self.at < len(self.tokens):
            raise FormulaError(f"“{self.tokens[self.at][1]}”放得不对")
        return found

    def _next(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def _taken(self, *marks: str) -> str:
        kind, text = self._next()
        if kind == "mark" and text in marks:
            self.at += 1
            return text
        return ""

    def _sum(self) -> Expression:
        found = self._product()
        while mark := self._taken("+", "-"):
            found = Call(mark, (found, self._product()))
        return found

    def _product(self) -> Expression:
        found = self._single()
        while mark := self._taken("*", "/"):
            found = Call(mark, (found, self._single()))
        return found

    def _single(self) -> Expression:
        if self._taken("-"):
            return Call("-", (self._single(),))
        if self._taken("("):
            found = self._sum()
            self._expect(")")
            return found
        kind, text = self._next()
        self.at += 1
        if kind == "number":
            return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        if kind == "ref":
            return self._cells(text)
        if kind == "name":
            return self._call(text.upper())
        raise FormulaError(f"“{text}”放得不对" if text else "没有写完")

    def _call(self, name: str) -> Expression:
        if name not in _CALLED:
            raise FormulaError(f"不认识“{name}( )”，可以用 SUM、MAX、MIN、AVERAGE、ABS、ROUND 和加减乘除")
        self._expect("(")
        parts = [self._sum()]
        while self._taken(","):
            parts.append(self._sum())
        self._expect(")")
        return Call(name, tuple(parts))

    def _cells(self, text: str) -> Expression:
        first = _reference(text, self.sheet)
        if not self._taken(":"):
            return first
        kind, end = self._next()
        if kind != "ref":
            raise FormulaError("“:”后面要写一个格子")
        self.at += 1
        last = _reference(end, first.sheet)
        top, bottom = sorted((first.row, last.row))
        left, right = sorted((first.column, last.column))
        if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS:
            raise FormulaError(f"“{text}:{end}”太大")
        return Span(CellRef(first.sheet, top, left, first.last), CellRef(first.sheet, bottom, right, first.last))

    def _expect(self, mark: str) -> None:
        if not self._taken(mark):
            raise FormulaError(f"少了“{mark}”")


def _reference(text: str, sheet: str) -> CellRef:
    match = _REF.fullmatch(text)
    assert match
    named = match[2].replace("''", "'") if match[2] else match[3] or sheet
    return CellRef(named, int(match[5]), _column(match[4]), bool(match[1]))


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
