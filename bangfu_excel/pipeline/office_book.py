"""A workbook that the office filled in as lines: each cell by its heading, wherever the columns stand and whatever wrote the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
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

_DEEPEST = 15  # rows in which the headings are looked for

T = TypeVar("T")


class MistakeError(Exception):
    """What is wrong in one line. Caught where the lines are gone through, so that all mistakes are told at once."""


@dataclass(frozen=True)
class Form:
    """A sheet that is filled in: all its headings, those that it cannot do without, and those by which it is known again."""

    name: str
    headings: tuple[str, ...]
    needed: tuple[str, ...]
    telling: tuple[str, ...]


_CORRECTIONS = (
    Form(
        book.CORRECTIONS, book.CORRECTION_FORM.headers,
        (book.TABLE, book.FIELD, book.NEW, book.BASIS, book.ENTERED_BY, book.DATE), (book.FIELD, book.NEW),
    ),
    Form(book.EVENTS, book.EVENT_FORM.headers, (book.KIND, book.DATE, book.BASIS, book.ENTERED_BY), (book.KIND,)),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line that somebody filled in. form: name of the sheet's form · cells: heading → cell, of those that hold something."""

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
    """The filled-in lines of a 更正单, in order. `UsageError` where it cannot be read, is no 更正单, or lacks headings."""
    return lines_of(path, _CORRECTIONS, "更正单", "空白的用 bangfu template 更正单 生成")


def lines_of(path: Path, forms: Sequence[Form], title: str, where: str) -> tuple[Line, ...]:
    """The filled-in lines of the workbook `title`, of these forms; `UsageError` as above. where: a blank one is to be had."""
    found = [(form, sheet, at) for sheet in sheets_of(path) for form, at in _headed(sheet, forms)]
    if not found:
        lacking = "，也".join(f"没有“{form.name}”表" for form in forms)
        raise UsageError(f"“{path.name}”不是{title}：{lacking}；{where}")
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


def _headed(sheet: RawSheet, forms: Sequence[Form]) -> list[tuple[Form, int]]:
    """Which of the forms the sheet is, and the row of its headings."""
    for row in range(min(sheet.height, _DEEPEST)):
        texts = {_heading(sheet.cell(row, index)) for index in range(sheet.width)}
        for form in forms:
            if texts.issuperset(map(fold, form.telling)):
                return [(form, row)]
    return []


def _heading(cell: Cell) -> str:
    return fold(cell_text(cell)).lstrip("*")


def _lines(file: str, form: Form, sheet: RawSheet, header: int) -> list[Line]:
    written = {_heading(sheet.cell(header, index)): index for index in reversed(range(sheet.width))}
    columns = {heading: written[fold(heading)] for heading in form.headings if fold(heading) in written}
    lacking = [heading for heading in form.needed if heading not in columns]
    if lacking:
        raise UsageError(
            f"“{file}”的“{sheet.name}”表第{header + 1}行缺少表头“{'”“'.join(lacking)}”，请补上，或重新生成一份空白的再填"
        )
    return lines_below(form.name, sheet, header, columns)


def lines_below(form: str, sheet: RawSheet, header: int, columns: Mapping[str, int]) -> list[Line]:
    """The lines below the headings (in row `header`, from 0) in which anything is written. columns: heading → its column."""
    lines = []
    for row in range(header + 1, sheet.height):
        cells = {heading: sheet.cell(row, index) for heading, index in columns.items()}
        stated = {heading: cell for heading, cell in cells.items() if cell != EMPTY_CELL and trim(cell_text(cell))}
        if stated:
            lines.append(Line(form, sheet.name, row + 1, columns, stated))
    return lines
