"""填表对应.xlsx read: which cell holds what, how cells are related, and which editions of the form there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bangfu_excel.core.fold import fold
from bangfu_excel.core.formula import Expression, FormulaError, cells_of, parsed
from bangfu_excel.core.kinds.clean import trim
from bangfu_excel.core.raw import RawSheet, cell_text
from bangfu_excel.errors import UsageError
from bangfu_excel.pipeline.form_asked import Asked, CellReader
from bangfu_excel.pipeline.handed_in import refuse, sheets_of
from bangfu_excel.pipeline.office_book import Line, each_line, lines_below
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.profile.toml import did_you_mean
from bangfu_excel.write import form_mapping_book as book

_DEEPEST = 15  # rows in which the headings are looked for
_NEEDED = {
    book.CELLS: (book.SHEET, book.CELL, book.SOURCE, book.METHOD),
    book.RELATIONS: (book.LEFT, book.SIGN, book.RIGHT),
    book.EDITIONS: (book.EDITION, book.START),
}
_SIGNS = {"＝": "=", "==": "=", ">=": "≥", "<=": "≤", "＞": ">", "＜": "<", "<>": "≠", "!=": "≠"}


@dataclass(frozen=True)
class Edition:
    """The form as it was from one day to another (None: until further notice)."""

    name: str
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True)
class Related:
    """Two sums over cells, and how they are to stand to each other."""

    line: Line
    left: Expression
    sign: str
    right: Expression

    @property
    def text(self) -> str:
        return f"{self.line.text(book.LEFT)} {self.sign} {self.line.text(book.RIGHT)}"


@dataclass(frozen=True)
class FormMapping:
    """What a clerk wrote, found to name what there is."""

    cells: tuple[Asked, ...]
    relations: tuple[Related, ...]
    editions: tuple[Edition, ...]

    def edition_on(self, day: dt.date) -> int | None:
        """Position of the edition in force on a day, None where none is or none is named."""
        there = [at for at, one in enumerate(self.editions) if one.start <= day and (one.end is None or day <= one.end)]
        return there[-1] if there else None

    def asked_on(self, cell: Asked, day: dt.date) -> bool:
        """Whether the edition of a day asks for a cell."""
        names = [one.name for one in self.editions]
        at = self.edition_on(day)
        return not cell.since or (at is not None and names.index(cell.since) <= at)


def read_mapping(path: Path, settings: Settings, sheets: Sequence[str]) -> FormMapping:
    """The mapping at `path`. sheets: of the form. `UsageError` names the first cells in which something is wrong."""
    found = {name: list(_lines(path, name)) for name in book.HEADINGS}
    if not found[book.CELLS]:
        raise UsageError(f"“{path.name}”的“{book.CELLS}”表里一行也没有填；空白的用 bangfu form --blank-mapping 生成")
    editions, mistakes = each_line(found[book.EDITIONS], _edition)
    editions.sort(key=lambda one: one.start)
    reader = CellReader(settings, tuple(sheets), tuple(one.name for one in editions))
    cells, of_cells = each_line(found[book.CELLS], reader.asked)
    relations, of_relations = each_line(found[book.RELATIONS], partial(_related, sheets=tuple(sheets)))
    refuse(path.name, [*mistakes, *of_cells, *of_relations], "没有填表")
    return FormMapping(tuple(cells), tuple(relations), tuple(editions))


def _lines(path: Path, form: str) -> Iterator[Line]:
    """The filled-in lines of one sheet of the mapping, by its name and headings."""
    for sheet in sheets_of(path):
        if trim(sheet.name) == form:
            yield from _filled(path.name, form, sheet)
            return
    if form == book.CELLS:
        raise UsageError(f"“{path.name}”里没有“{form}”这张表；空白的用 bangfu form --blank-mapping 生成")


def _filled(file: str, form: str, sheet: RawSheet) -> Iterator[Line]:
    for header in range(min(sheet.height, _DEEPEST)):
        written = {fold(cell_text(sheet.cell(header, at))): at for at in reversed(range(sheet.width))}
        columns = {heading: written[fold(heading)] for heading in book.HEADINGS[form] if fold(heading) in written}
        if set(_NEEDED[form]) <= set(columns):
            break
    else:
        raise UsageError(f"“{file}”的“{sheet.name}”表缺少表头，要有：{'、'.join(_NEEDED[form])}")
    yield from lines_below(form, sheet, header, columns)


def _edition(line: Line) -> Edition:
    name = line.text(book.EDITION)
    if not name:
        raise line.mistake(book.EDITION, "没有写版本名称")
    start, end = (_day(line, heading) for heading in (book.START, book.END))
    if start is None:
        raise line.mistake(book.START, f"没有写“{name}”从哪一天起用")
    if end is not None and end < start:
        raise line.mistake(book.END, "早于起用的那一天")
    return Edition(name, start, end)


def _day(line: Line, heading: str) -> dt.date | None:
    cell = line.cells.get(heading)
    if cell is None:
        return None
    if isinstance(cell.value, dt.datetime | dt.date):
        return cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value
    try:
        return dt.date.fromisoformat(line.text(heading))
    except ValueError as error:
        raise line.mistake(heading, f"的日期“{line.text(heading)}”写法不对，应写成 2024-06-30") from error


def _related(line: Line, sheets: Sequence[str]) -> Related:
    sign = line.text(book.SIGN)
    sign = _SIGNS.get(sign, sign)
    if sign not in book.SIGNS:
        raise line.mistake(book.SIGN, f"写的是“{sign}”，可以用：{' '.join(book.SIGNS)}")
    left, right = (_formula(line, heading, sheets) for heading in (book.LEFT, book.RIGHT))
    return Related(line, left, sign, right)


def _formula(line: Line, heading: str, sheets: Sequence[str]) -> Expression:
    if not line.text(heading):
        raise line.mistake(heading, "没有写")
    try:
        found = parsed(line.text(heading), sheets[0] if len(sheets) == 1 else "")
    except FormulaError as error:
        raise line.mistake(heading, f"“{line.text(heading)}”写法不对：{error}") from error
    for ref in cells_of(found):
        if not ref.sheet:
            raise line.mistake(heading, f"的“{ref.cell}”没有写是哪张工作表的，要写成 {sheets[0]}!{ref.cell}")
        if ref.sheet not in sheets:
            raise line.mistake(heading, f"：上级的表里没有“{ref.sheet}”这张工作表{did_you_mean(ref.sheet, sheets)}")
    return found
