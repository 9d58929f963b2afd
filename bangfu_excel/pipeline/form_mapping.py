"""填表对应.xlsx read: which cell holds what, how cells are related, and which editions of the form there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.core.fold import fold
from bangfu_excel.core.formula import Expression, FormulaError, cell_at, cells_of, parsed
from bangfu_excel.core.kinds.clean import trim
from bangfu_excel.core.raw import EMPTY_CELL, RawSheet, cell_text
from bangfu_excel.core.statistic import Statistic
from bangfu_excel.core.table import Field, Table
from bangfu_excel.errors import UsageError
from bangfu_excel.pipeline.form_conditions import Clause, ConditionError, clauses_of, field_named
from bangfu_excel.pipeline.handed_in import refuse, sheets_of
from bangfu_excel.pipeline.office_book import Line, each_line
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
_NUMERIC = ("Int64", "Float64")
_OF_NUMBERS = (book.SUM, book.MEAN, book.MOST, book.LEAST, book.PER_HEAD)
_NEEDS_FIELD = (*_OF_NUMBERS, book.DISTINCT, book.TAKE, book.EACH_ROW)


@dataclass(frozen=True)
class Edition:
    """The form as it was from one day to another (None: until further notice)."""

    name: str
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True)
class Asked:
    """What one cell is to hold. row, column: from 1 · source: a table, 统计指标 or 填报信息.

    field: of the table, None for its rows as such · label: what stands under 指标或栏目 · statistic: with its category.
    """

    line: Line
    sheet: str
    row: int
    column: int
    source: str
    label: str
    method: str
    table: Table | None = None
    field: Field | None = None
    statistic: tuple[Statistic, str] | None = None
    where: tuple[Clause, ...] = ()
    since: str = ""

    @property
    def where_text(self) -> str:
        return self.line.text(book.WHERE)


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
    reader = _Reader(settings, tuple(sheets))
    editions, mistakes = each_line(found[book.EDITIONS], reader.edition)
    editions.sort(key=lambda one: one.start)
    reader.editions = tuple(one.name for one in editions)
    cells, of_cells = each_line(found[book.CELLS], reader.asked)
    relations, of_relations = each_line(found[book.RELATIONS], reader.related)
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
    for row in range(header + 1, sheet.height):
        cells = {heading: sheet.cell(row, at) for heading, at in columns.items()}
        stated = {heading: cell for heading, cell in cells.items() if cell != EMPTY_CELL and trim(cell_text(cell))}
        if stated:
            yield Line(form, sheet.name, row + 1, columns, stated)


@dataclass
class _Reader:
    """Lines as what they say; `MistakeError` where one names what is not there."""

    settings: Settings
    sheets: tuple[str, ...]
    editions: tuple[str, ...] = ()

    def edition(self, line: Line) -> Edition:
        name = line.text(book.EDITION)
        if not name:
            raise line.mistake(book.EDITION, "没有写版本名称")
        start, end = (self._day(line, heading) for heading in (book.START, book.END))
        if start is None:
            raise line.mistake(book.START, f"没有写“{name}”从哪一天起用")
        if end is not None and end < start:
            raise line.mistake(book.END, "早于起用的那一天")
        return Edition(name, start, end)

    def _day(self, line: Line, heading: str) -> dt.date | None:
        cell = line.cells.get(heading)
        if cell is None:
            return None
        if isinstance(cell.value, dt.datetime | dt.date):
            return cell.value.date() if isinstance(cell.value, dt.datetime) else cell.value
        try:
            return dt.date.fromisoformat(line.text(heading))
        except ValueError as error:
            raise line.mistake(heading, f"的日期“{line.text(heading)}”写法不对，应写成 2024-06-30") from error

    def asked(self, line: Line) -> Asked:
        sheet, (row, column) = self._sheet(line), self._cell(line)
        source, label, method = (line.text(name) for name in (book.SOURCE, book.FIELD, book.METHOD))
        since = self._since(line)
        if fold(source) == fold(book.OCCASION):
            self._one_of(line, book.FIELD, label, book.OCCASIONS)
            return Asked(line, sheet, row, column, book.OCCASION, label, method or book.TAKE, since=since)
        if fold(source) == fold(book.STATISTIC):
            return self._statistic(line, Asked(line, sheet, row, column, book.STATISTIC, label, method, since=since))
        table = self._table(line, source)
        self._one_of(line, book.METHOD, method, [name for name in book.METHODS if name not in book.OF_RATES])
        field = self._field(line, table, label, method)
        return Asked(
            line, sheet, row, column, table.name, label, method, table, field, None, self._where(line, table), since
        )

    def related(self, line: Line) -> Related:
        sign = line.text(book.SIGN)
        sign = _SIGNS.get(sign, sign)
        if sign not in book.SIGNS:
            raise line.mistake(book.SIGN, f"写的是“{sign}”，可以用：{' '.join(book.SIGNS)}")
        left, right = (self._formula(line, heading) for heading in (book.LEFT, book.RIGHT))
        return Related(line, left, sign, right)

    def _formula(self, line: Line, heading: str) -> Expression:
        if not line.text(heading):
            raise line.mistake(heading, "没有写")
        try:
            found = parsed(line.text(heading), self.sheets[0] if len(self.sheets) == 1 else "")
        except FormulaError as error:
            raise line.mistake(heading, f"“{line.text(heading)}”写法不对：{error}") from error
        for ref in cells_of(found):
            if not ref.sheet:
                raise line.mistake(heading, f"的“{ref.cell}”没有写是哪张工作表的，要写成 {self.sheets[0]}!{ref.cell}")
            if ref.sheet not in self.sheets:
                raise line.mistake(
                    heading, f"：上级的表里没有“{ref.sheet}”这张工作表{did_you_mean(ref.sheet, self.sheets)}"
                )
        return found

    def _sheet(self, line: Line) -> str:
        name = line.text(book.SHEET)
        if not name and len(self.sheets) == 1:
            return self.sheets[0]
        same = [sheet for sheet in self.sheets if fold(sheet) == fold(name)]
        if not same:
            raise line.mistake(book.SHEET, f"：上级的表里没有“{name}”这张工作表{did_you_mean(name, self.sheets)}")
        return name if name in same else same[0]

    def _cell(self, line: Line) -> tuple[int, int]:
        found = cell_at(line.text(book.CELL))
        if found is None:
            raise line.mistake(book.CELL, f"写的是“{line.text(book.CELL)}”，要写成 C5 这样的一个格子")
        return found

    def _since(self, line: Line) -> str:
        name = line.text(book.SINCE)
        if name and name not in self.editions:
            raise line.mistake(
                book.SINCE, f"：“{book.EDITIONS}”表里没有“{name}”这一版{did_you_mean(name, self.editions)}"
            )
        return name

    def _table(self, line: Line, source: str) -> Table:
        tables = self.settings.tables
        for table in tables.values():
            if fold(source) in (fold(table.label), fold(table.name)):
                return table
        known = [*(table.label for table in tables.values()), book.STATISTIC, book.OCCASION]
        raise line.mistake(book.SOURCE, f"：没有“{source}”这张表{did_you_mean(source, known)}")

    def _field(self, line: Line, table: Table, label: str, method: str) -> Field | None:
        if not label:
            if method in _NEEDS_FIELD:
                raise line.mistake(book.FIELD, f"没有写{method}的是哪一栏")
            return None
        field = field_named(label, table)
        if field is None and label == book.NUMBER and method == book.EACH_ROW:
            return None
        if field is None:
            labels = [one.label for one in table.fields]
            raise line.mistake(book.FIELD, f"：“{table.label}”里没有“{label}”这一栏{did_you_mean(label, labels)}")
        if method in _OF_NUMBERS and field.kind.dtype not in _NUMERIC:
            raise line.mistake(book.METHOD, f"：“{field.label}”不是数，不能{method}")
        if method == book.PER_HEAD and "member_count" not in table:
            raise line.mistake(book.METHOD, f"：“{table.label}”里没有家庭人口数，不能算{method}")
        return field

    def _where(self, line: Line, table: Table) -> tuple[Clause, ...]:
        home = self.settings.tables["household"] if table.refers is not None else None
        try:
            return clauses_of(line.text(book.WHERE), table, home, self.settings.codelists)
        except ConditionError as error:
            raise line.mistake(book.WHERE, str(error)) from error

    def _statistic(self, line: Line, asked: Asked) -> Asked:
        known = statistics_of(self.settings)
        self._one_of(line, book.FIELD, asked.label, tuple(known))
        self._one_of(line, book.METHOD, asked.method, book.OF_RATES)
        table, statistic, category = known[asked.label]
        where = self._where(line, table)
        return Asked(
            line, asked.sheet, asked.row, asked.column, asked.source, asked.label, asked.method, table, None,
            (statistic, category), where, asked.since,
        )  # fmt: skip

    def _one_of(self, line: Line, heading: str, said: str, choices: Sequence[str]) -> None:
        if said not in choices:
            raise line.mistake(heading, f"写的是“{said}”{did_you_mean(said, choices)}" if said else "没有写")


def statistics_of(settings: Settings) -> Mapping[str, tuple[Table, Statistic, str]]:
    """由谁照料：隔代抚养 → the statistic and its category."""
    return {
        f"{one.title}：{category}": (table, one, category)
        for table in settings.tables.values()
        for one in table.statistics
        for category in one.labels(settings.codelists)
    }


def sources_of(settings: Settings) -> Mapping[str, Sequence[str]]:
    """What may stand under 取自 → what may then stand under 指标或栏目."""
    tables = {table.label: tuple(field.label for field in table.fields) for table in settings.tables.values()}
    return {**tables, book.STATISTIC: tuple(statistics_of(settings)), book.OCCASION: book.OCCASIONS}
