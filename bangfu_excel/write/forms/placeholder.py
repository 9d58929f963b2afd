"""What is written in a cell of a form: text, {{placeholders}}, {{如有 …}} … {{完}}."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[{｛]{2}(.*?)[}｝]{2}", re.S)
_LEAST = re.compile(r"至少\s*(\d{1,3})\s*行")
_IF = re.compile(r"如有\s*(.+)", re.S)
_BRACES = re.compile(r"[{｛]{2}|[}｝]{2}")


@dataclass(frozen=True, slots=True)
class Hole:
    """A value goes here: its name as it is written, and how it is to be shown ("" where it is not said)."""

    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class If:
    """What follows, up to `End`, stands only where `name` has a value."""

    name: str


@dataclass(frozen=True, slots=True)
class End:
    """Where what `If` began ends."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The repeated rows are at least that many, the last ones blank."""

    lines: int


Piece = str | Hole | If | End | AtLeast


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The text taken apart; braces of a Chinese keyboard count as well."""
    found: list[Piece] = []
    position = 0
    for mark in _MARK.finditer(text):
        if mark.start() > position:
            found.append(text[position : mark.start()])
        found.append(_piece(mark[1].strip()))
        position = mark.end()
    if position < len(text):
        found.append(text[position:])
    return tuple(found)


def is_marked(text: str) -> bool:
    """Whether the text has anything to be filled in, finished or not."""
    return bool(_BRACES.search(text))


def leftover(text: str) -> str:
    """The first pair of braces that opens or closes nothing; "" where there is none."""
    found = _BRACES.search(_MARK.sub("", text))
    return found[0] if found else ""


def _piece(inner: str) -> Piece:
    if inner == "完":
        return End()
    if least := _LEAST.fullmatch(inner):
        return AtLeast(int(least[1]))
    if condition := _IF.fullmatch(inner):
        return If(condition[1].strip())
    name, _, hint = inner.replace("｜", "|").partition("|")
    return Hole(name.strip(), hint.strip())
