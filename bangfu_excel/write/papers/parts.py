"""What a paper is made of: tables that share one grid of columns, sentences, boxes to write in, lines to sign on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

Value = str | int | float | dt.date | None
"""What stands in a cell; None and "" for nothing."""

DAY, RATE, NUMBER, TEXT = "yyyy-mm-dd", "0.0%", "#,##0", "@"


@dataclass(frozen=True)
class Head:
    """A column of a table: its heading and how many columns of the paper's grid it takes."""

    title: str
    span: int = 1
    align: str = "center"
    number_format: str = TEXT


@dataclass(frozen=True)
class Table:
    """A heading, a row of headings and rows; `empty` where there are none. The spans of `heads` add up to the grid."""

    heading: str
    heads: tuple[Head, ...]
    rows: Sequence[Sequence[Value]]
    empty: str = "无"


@dataclass(frozen=True)
class Said:
    """Paragraphs across the page."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """A frame with a label at its left, for somebody to write in: so many lines high."""

    label: str
    lines: int = 3


@dataclass(frozen=True)
class Signed:
    """A line of signatures, side by side."""

    texts: tuple[str, ...]


Part = Table | Said | Box | Signed


@dataclass(frozen=True)
class Paper:
    """One worksheet. widths: of the grid, in half-widths · across: A4 lying · one_page: shrunk to one page."""

    name: str
    title: str
    lead: tuple[str, ...]
    widths: tuple[float, ...]
    parts: tuple[Part, ...]
    footer: str = ""
    across: bool = False
    one_page: bool = False
