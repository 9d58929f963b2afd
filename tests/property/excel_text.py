"""What Excel makes of a formula, slowly and plainly: the few functions that our formulas use, and Excel's ways with empty cells and texts."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from itertools import zip_longest

_TOKEN = re.compile(
    r'\s*(?:(\d+(?:\.\d+)?(?:E[+-]?\d+)?)(?![\w])|"((?:[^"]|"")*)"|([^\W\d]\w*)|(<>|<=|>=|[-+*/=<>(),]))'
)
Value = float | str | bool | None | list


class ExcelError(Exception):
    """#VALUE!, #DIV/0! and the like."""


def excel(formula: str, cells: Mapping[str, Value]) -> Value:
    """The value of a formula (with its =); a name stands for a cell's value, None an empty one, a list a range."""
    assert formula.startswith("=")
    reader = _Reader(_tokens(formula[1:]), cells)
    found = reader.compared()()
    assert not reader.tokens, reader.tokens
    if isinstance(found, float) and not math.isfinite(found):
        raise ExcelError(found)
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        assert match, text[at:]
        number, string, name, mark = match.groups()
        kinds = (("number", number), ("text", string), ("name", name), ("mark", mark))
        found.append(next((kind, one) for kind, one in kinds if one is not None))
        at = match.end()
    return found


class _Reader:
    """Gives closures, so that the branch of an IF that is not taken is not computed."""

    def __init__(self, tokens: list[tuple[str, str]], cells: Mapping[str, Value]):
        self.tokens, self.cells = tokens, cells

    def _taken(self, *marks: str) -> str:
        if self.tokens and self.tokens[0][0] == "mark" and self.tokens[0][1] in marks:
            return self.tokens.pop(0)[1]
        return ""

    def _chain(self, part: Callable, marks: tuple[str, ...]) -> Callable[[], Value]:
        found = part()
        while mark := self._taken(*marks):
            found = partial(_joined, mark, found, part())
        return found

    def compared(self):
        return self._chain(self._sum, ("<>", "<=", ">=", "=", "<", ">"))

    def _sum(self):
        return self._chain(self._product, ("+", "-"))

    def _product(self):
        return self._chain(self._single, ("*", "/"))

    def _single(self):
        if self._taken("-"):
            inner = self._single()
            return lambda: _each(lambda number, _: -_number(number), inner(), 0.0)
        if self._taken("("):
            inner = self.compared()
            assert self._taken(")")
            return inner
        kind, text = self.tokens.pop(0)
        if kind == "number":
            return lambda: float(text)
        if kind == "text":
            return lambda: text.replace('""', '"')
        assert kind == "name", text
        if not self._taken("("):
            return lambda: self.cells[text]
        parts = [self.compared()]
        while self._taken(","):
            parts.append(self.compared())
        assert self._taken(")")
        return lambda: _called(text, parts)


def _each(do: Callable, left: Value, right: Value) -> Value:
    if isinstance(left, list) or isinstance(right, list):
        lefts, rights = (one if isinstance(one, list) else [one] for one in (left, right))
        fill = lefts[0] if len(lefts) == 1 else rights[0]
        return [do(a, b) for a, b in zip_longest(lefts, rights, fillvalue=fill)]
    return do(left, right)


def _number(value: Value) -> float:
    if isinstance(value, str):
        raise ExcelError("#VALUE!")
    return float(value or 0)


def _order(left: Value, right: Value) -> int:
    """Numbers before texts before truths; an empty cell is 0 or "", as the other is."""
    left, right = (
        ("" if isinstance(other, str) else 0.0) if one is None else one for one, other in ((left, right), (right, left))
    )
    keys = [
        (2, one) if isinstance(one, bool) else (1, one) if isinstance(one, str) else (0, one) for one in (left, right)
    ]
    return (keys[0] > keys[1]) - (keys[0] < keys[1])


def _over(left: float, right: float) -> float:
    if right == 0:
        raise ExcelError("#DIV/0!")
    return left / right


_SUMS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": _over}
_ORDERS = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


def _joined(mark: str, left: Callable[[], Value], right: Callable[[], Value]) -> Value:
    if mark in _SUMS:
        return _each(lambda a, b: _SUMS[mark](_number(a), _number(b)), left(), right())
    return _each(lambda a, b: _ORDERS[mark](_order(a, b), 0), left(), right())


def _called(name: str, parts: list[Callable[[], Value]]) -> Value:
    if name == "IF":
        test, yes, no = parts
        return yes() if _number(test()) else no()
    return _FUNCTIONS[name](*(part() for part in parts))


def _flat(values: tuple[Value, ...]) -> list[float]:
    """The numbers of cells and ranges; texts and empty cells do not count."""
    every = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [float(one) for one in every if isinstance(one, int | float) and not isinstance(one, bool)]


def _round(value: Value, places: Value) -> float:
    return float(Decimal(repr(_number(value))).quantize(Decimal(1).scaleb(-int(_number(places))), ROUND_HALF_UP))


def _mean(*values: Value) -> float:
    return _over(sum(_flat(values)), len(_flat(values)))


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _is_number(value: Value) -> Value:
    return _each(lambda one, _: isinstance(one, int | float) and not isinstance(one, bool), value, None)


_FUNCTIONS: Mapping[str, Callable] = {
    "AND": lambda *values: all(_number(one) for one in values), "OR": lambda *values: any(_number(one) for one in values),
    "NOT": lambda value: not _number(value), "ISNUMBER": _is_number, "ABS": lambda value: abs(_number(value)),
    "INT": lambda value: float(math.floor(_number(value))), "ROUND": _round, "N": lambda value: 0.0 if isinstance(value, str) else _number(value),
    "MIN": lambda *values: min(_flat(values), default=0.0), "MAX": lambda *values: max(_flat(values), default=0.0),
    "SUM": lambda *values: float(sum(_flat(values))), "COUNT": lambda *values: float(len(_flat(values))), "AVERAGE": _mean,
    "SUMPRODUCT": lambda value: float(sum(_number(one) for one in value)),
    "LEN": lambda value: float(len(_text(value))), "TRIM": lambda value: _text(value).strip(" "),
    "SUBSTITUTE": lambda value, old, new: _text(value).replace(old, new),
    "ROWS": lambda value: float(len(value)), "INDEX": lambda value, number: value[int(number) - 1],
}  # fmt: skip
