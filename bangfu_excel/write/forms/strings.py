"""The texts of a workbook, with the looks of their parts."""

from __future__ import annotations

import html
import re

from bangfu_excel.write.forms.placeholder import Hole, If, Piece, pieces_of
from bangfu_excel.write.package import WORKBOOK, Package

Run = tuple[str, str]
"""Properties of a run (<rPr>…</rPr>, "" for none) and its text."""
Runs = tuple[Run, ...]
_ITEM = re.compile(r"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.S)
_RUN = re.compile(r"<r>(?:\s*(<rPr>.*?</rPr>))?(.*?)</r>", re.S)
_TEXT = re.compile(r"<t\b[^>]*?(?:/>|>(.*?)</t>)", re.S)
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.S)


def shared_texts(package: Package) -> tuple[Runs, ...]:
    """The shared strings, in their order."""
    part = package.related(WORKBOOK, "sharedStrings")
    return tuple(runs_of(item or "") for item in _ITEM.findall(package.text(part))) if part else ()


def runs_of(item: str) -> Runs:
    """The runs of the content of <si> or <is>; one without properties where it is plain."""
    item = _PHONETIC.sub("", item)
    rich = tuple((properties, rich_text(content)) for properties, content in _RUN.findall(item))
    return rich or (("", rich_text(item)),)


def rich_text(xml: str) -> str:
    """The text of the <t> elements in it, or, where there are none, the text as it is."""
    parts = _TEXT.findall(xml)
    return html.unescape("".join(parts) if parts or "<" in xml else xml)


def pieces_by_run(runs: Runs) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """Properties and pieces of each run; what is written across several looks as it begins."""
    whole = "".join(text for _, text in runs)
    found: list[tuple[str, list[Piece]]] = [(properties, []) for properties, _ in runs]
    ends, end = [], 0
    for _, text in runs:
        end += len(text)
        ends.append(end)
    place = 0
    for piece, length in _measured(whole):
        if isinstance(piece, str):
            _spread(piece, place, ends, found)
        else:
            found[_run_at(place, ends)][1].append(piece)
        place += length
    return tuple((properties, tuple(pieces)) for properties, pieces in found)


def _measured(text: str) -> list[tuple[Piece, int]]:
    """The pieces, each with the characters that it takes."""
    pieces = pieces_of(text)
    marks = [found.end() - found.start() for found in re.finditer(r"[{｛]{2}.*?[}｝]{2}", text, re.S)]
    lengths = iter(marks)
    return [(piece, len(piece) if isinstance(piece, str) else next(lengths)) for piece in pieces]


def _run_at(place: int, ends: list[int]) -> int:
    return next((number for number, end in enumerate(ends) if place < end), len(ends) - 1)


def _spread(text: str, place: int, ends: list[int], found: list[tuple[str, list[Piece]]]) -> None:
    while text:
        number = _run_at(place, ends)
        room = max(ends[number] - place, 1)
        found[number][1].append(text[:room])
        text, place = text[room:], place + room


def names_in(pieces: tuple[Piece, ...]) -> list[str]:
    """What the placeholders among them name."""
    return [piece.name for piece in pieces if isinstance(piece, Hole | If)]
