"""csv whose double quotes are not as they should be: never closed, or around whole lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

_MANY_LINES = 100  # more than anybody writes into one cell
_LOOK_AHEAD = 40  # lines that a cell in quotes may honestly have
_MOST = 0.9  # of the lines


def is_swallowed(value: str, delimiter: str, width: int) -> bool:
    """Whether a value holds rows of the table, because a quote before it was never closed."""
    if "\n" not in value and "\r" not in value:
        return False
    _, *others = _lines(value)
    # an odd quote left over is one that should have opened the next quoted value
    return len(others) > _MANY_LINES or value.count('"') % 2 == 1 or any(_is_row(o, delimiter, width) for o in others)


def repaired(text: str, delimiter: str, width: int) -> Iterator[tuple[list[str], bool]]:
    """Each record, and whether its quotes were closed; a line whose quotes are not is parted as if they were letters.

    width: that most records have.
    """
    lines = _lines(text)
    at = 0
    while at < len(lines):
        record, used = _record(lines, at, delimiter, width)
        yield record or lines[at].split(delimiter), record is not None
        at += used


def requoted(text: str, delimiters: Sequence[str]) -> tuple[str, str] | None:
    """The text without the quotes around each line, and its delimiter; None where lines are not quoted as a whole."""
    lines = [line for line in _lines(text) if line.strip()]
    quoted = [line.strip() for line in lines if line.strip().startswith('"') and line.strip().endswith('"')]
    if len(lines) < 2 or len(quoted) < _MOST * len(lines):
        return None
    inner = [line[1:-1].replace('""', '"') for line in quoted]
    for delimiter in delimiters:
        if sum(delimiter in line for line in inner) >= _MOST * len(lines):
            unpacked = (
                line.strip()[1:-1].replace('""', '"') if line.strip().startswith('"') else line for line in _lines(text)
            )
            return "\n".join(unpacked), delimiter
    return None


def _record(lines: Sequence[str], at: int, delimiter: str, width: int) -> tuple[list[str] | None, int]:
    """The record that begins at a line and how many lines it takes; None where its quotes are never closed."""
    for used in range(1, _LOOK_AHEAD + 1):
        if at + used > len(lines) or (used > 1 and _is_row(lines[at + used - 1], delimiter, width)):
            break
        # a further line is a record of its own only where no quote is open
        record, *closed = csv.reader([f"{line}\n" for line in (*lines[at : at + used], "x")], delimiter=delimiter)
        if closed and used == 1:
            return record, used
        if closed:
            return (
                (record, used) if len(record) == width and _is_strict(lines[at : at + used], delimiter) else (None, 1)
            )
    return None, 1


def _is_strict(lines: Sequence[str], delimiter: str) -> bool:
    """Whether every quote that closes a value stands before a delimiter or the end of the record."""
    try:
        return bool(list(csv.reader([f"{line}\n" for line in lines], delimiter=delimiter, strict=True)))
    except csv.Error:
        return False


def _is_row(line: str, delimiter: str, width: int) -> bool:
    """Whether a line that stands inside quotes looks like a row of the table itself."""
    return width > 2 and line.count(delimiter) == width - 1


def _lines(text: str) -> list[str]:
    """The lines, without their ends; only what ends a line in a file does so (not U+2028 and the like)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
