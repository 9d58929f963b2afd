"""What a submitter reads in a returned workbook, and how much room it takes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils.cell import coordinate_from_string

from bangfu_excel.core.finding import Finding
from bangfu_excel.write.widths import text_width

NOTE_HEADER = "错误说明"
LIST_SHEET = "问题清单"
LIST_TITLE = "问题清单（点“单元格”一栏可直接跳到该处；更正后原样报回即可，本页与“错误说明”栏不必删除）"
_CELL_NAME = re.compile(r"[A-Z]{1,3}[0-9]+")
_LINE_HEIGHT, _HIGHEST = 14.5, 400.0  # points; Excel's limit is 409


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of one sheet that a finding is about; `first` for the cell that the finding names itself."""

    sheet: str
    cell: str
    finding: Finding
    first: bool

    @property
    def row(self) -> int:
        """Excel's row number."""
        return coordinate_from_string(self.cell)[1]


def marks_of(findings: Iterable[Finding], only: str) -> Iterator[Mark]:
    """Each finding's own cell and the related ones in the same file; cells of other files are nobody's business here.

    only: the sheet that is meant where none is named (a csv has one).
    """
    for finding in findings:
        home = finding.place.sheet or only
        if finding.place.cell:
            yield Mark(home, finding.place.cell, finding, True)
        for related in finding.related:
            sheet, _, cell = related.rpartition("!")
            if "|" not in related and _CELL_NAME.fullmatch(cell):
                yield Mark(sheet or home, cell, finding, False)


def sentence(finding: Finding) -> str:
    """The finding without other people's data, and what to do."""
    said = finding.told or finding.message
    return f"{said}。{finding.suggestion}。" if finding.suggestion else f"{said}。"


def notes(marks: Sequence[Mark]) -> Mapping[int, str]:
    """Row → what is said at its right; numbered where there are several."""
    said: dict[int, dict[str, None]] = {}
    for mark in marks:
        place = mark.finding.place
        elsewhere = bool(place.sheet) and mark.sheet != place.sheet
        if mark.first:
            said.setdefault(mark.row, {})[sentence(mark.finding)] = None
        elif elsewhere or mark.row != place.row:
            origin = f"“{place.sheet}”的{place.cell}" if elsewhere else place.cell
            said.setdefault(mark.row, {})[f"与{origin}是同一问题：{sentence(mark.finding)}"] = None
    return {row: _numbered(list(texts)) for row, texts in said.items()}


def _numbered(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else "\n".join(f"{n}. {text}" for n, text in enumerate(texts, start=1))


def lines_of(text: str, width: float) -> int:
    """Lines that `text` takes when wrapped to `width` units of a column."""
    return sum(max(1, math.ceil(text_width(line) / width)) for line in text.split("\n"))


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """Points that a row needs for these texts, each wrapped to the width of its column.

    Excel fits rows when it opens a file, LibreOffice and WPS do not always; so it is said.
    """
    lines = max((lines_of(text, width) for text, width in texts), default=1)
    return min(_HIGHEST, (lines + 0.3) * _LINE_HEIGHT)
