"""A filled-in 更正单.xlsx as lines: each cell by its heading, wherever the columns stand and whatever wrote the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.fold import fold
from bangfu_excel.core.kinds.clean import trim
from bangfu_excel.core.raw import EMPTY_CELL, Cell, RawSheet, cell_text
from bangfu_excel.errors import UsageError
from bangfu_excel.pipeline.handed_in import sheets_of
from bangfu_excel.write import correction_book as book

_NEEDED = {
    book.CORRECTIONS: (book.TABLE, book.FIELD, book.NEW, book.BASIS, book.ENTERED_BY, book.DATE),
    book.EVENTS: (book.KIND, book.DATE, book.BASIS, book.ENTERED_BY),
}
_TELLING = {book.CORRECTIONS: (book.FIELD, book.NEW), book.EVENTS: (book.KIND,)}
_HEADINGS = {
    book.CORRECTIONS: book.CORRECTION_FORM.headers,
    book.EVENTS: book.EVENT_FORM.headers,
}
_DEEPEST = 15  # rows in which the headings are looked for

T = TypeVar("T")


class MistakeError(Exception):
    """What is wrong in one line. Caught where the lines are gone through, so that all mistakes are told at once."""


@dataclass(frozen=True)
class Line:
    """A line that somebody filled in. form: 更正 or 变动 · cells: heading → cell, of those that hold something."""

    form: str
    sheet: str
    row: int
    columns: Mapping[str, int]
    cells: Mapping[str, Cell] = field(repr=False)

    def text(self, heading: str) -> str:
        """What is written under `heading`, "" for nothing."""
        return trim(cell_text(self.cells[heading])) if heading in self.cells else ""

    def place(self, heading: str) -> str:
        """The cell under `heading`: 更正!L5; the line where the workbook lacks that column."""
        at = self.columns.get(heading)
        return f"{self.sheet}!{cell_name(self.row, at)}" if at is not None else f"{self.sheet}!第{self.row}行"

    def mistake(self, heading: str, sentence: str) -> MistakeError:
        """What is wrong with the cell under `heading`."""
        return MistakeError(f"{self.place(heading)}{sentence}")

    @property
    def digest(self) -> str:
        """The same for a line that says the same, wherever it stands: 16 hexadecimal digits."""
        said = [self.form, *sorted((fold(heading), self.text(heading)) for heading in self.cells)]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8")).hexdigest()[:16]


def read_lines(path: Path) -> tuple[Line, ...]:
    """The filled-in lines of the workbook, in order. `UsageError` where it cannot be read, is no 更正单, or lacks headings."""
    found = [(form, sheet, at) for sheet in sheets_of(path) for form, at in _headed(sheet)]
    if not found:
        raise UsageError(
            f"“{path.name}”不是更正单：没有“{book.CORRECTIONS}”表，也没有“{book.EVENTS}”表；空白的用 bangfu template 更正单 生成"
        )
    return tuple(line for form, sheet, at in found for line in _lines(path.name, form, sheet, at))


def each_line(lines: Iterable[Line], read: Callable[[Line], T]) -> tuple[list[T], list[str]]:
    """What `read` makes of the lines, in their order, and what is wrong with those of which it makes nothing."""
    found: list[T] = []
    mistakes: list[str] = []
    for line in lines:
        try:
            found.append(read(line))
        except MistakeError as mistake:
            mistakes.append(str(mistake))
    return found, mistakes


def _headed(sheet: RawSheet) -> list[tuple[str, int]]:
    """Which of the two forms the sheet is, and the row of its headings."""
    for row in range(min(sheet.height, _DEEPEST)):
        texts = {_heading(sheet.cell(row, index)) for index in range(sheet.width)}
        for form, telling in _TELLING.items():
            if texts.issuperset(map(fold, telling)):
                return [(form, row)]
    return []


def _heading(cell: Cell) -> str:
    return fold(cell_text(cell)).lstrip("*")


def _lines(file: str, form: str, sheet: RawSheet, header: int) -> list[Line]:
    written = {_heading(sheet.cell(header, index)): index for index in reversed(range(sheet.width))}
    columns = {heading: written[fold(heading)] for heading in _HEADINGS[form] if fold(heading) in written}
    lacking = [heading for heading in _NEEDED[form] if heading not in columns]
    if lacking:
        raise UsageError(
            f"“{file}”的“{sheet.name}”表第{header + 1}行缺少表头“{'”“'.join(lacking)}”，请补上，或重新生成一份空白的再填"
        )
    return lines_below(form, sheet, header, columns)


def lines_below(form: str, sheet: RawSheet, header: int, columns: Mapping[str, int]) -> list[Line]:
    """The lines below the headings (in row `header`, from 0) in which anything is written. columns: heading → its column."""
    lines = []
    for row in range(header + 1, sheet.height):
        cells = {heading: sheet.cell(row, index) for heading, index in columns.items()}
        stated = {heading: cell for heading, cell in cells.items() if cell != EMPTY_CELL and trim(cell_text(cell))}
        if stated:
            lines.append(Line(form, sheet.name, row + 1, columns, stated))
    return lines
