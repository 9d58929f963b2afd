"""What one cell of a superior's form is to hold, as a clerk said it in 填表对应.xlsx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bangfu_excel.core.fold import fold
from bangfu_excel.core.formula import cell_at
from bangfu_excel.core.statistic import Statistic
from bangfu_excel.core.table import Field, Table
from bangfu_excel.pipeline.form_conditions import Clause, ConditionError, clauses_of, field_named
from bangfu_excel.pipeline.form_indicators import indicator_titles, indicators_named, level_of
from bangfu_excel.pipeline.office_book import Line
from bangfu_excel.pipeline.settings import Settings
from bangfu_excel.profile.toml import did_you_mean
from bangfu_excel.write import form_mapping_book as book

_NUMERIC = ("Int64", "Float64")
_OF_NUMBERS = (book.SUM, book.MEAN, book.MOST, book.LEAST, book.PER_HEAD)
_NEEDS_FIELD = (*_OF_NUMBERS, book.DISTINCT, book.TAKE, book.EACH_ROW)
_OF_TABLES = tuple(name for name in book.METHODS if name not in book.OF_RATES)


@dataclass(frozen=True)
class Asked:
    """What one cell is to hold. row, column: from 1 · source: a table, 统计指标, 考核指标 or 填报信息.

    label: what stands under 指标或栏目 · field: of the table, None for its rows as such · statistic: with its category ·
    indicator: of the assessment, by name.
    """

    line: Line
    sheet: str
    row: int
    column: int
    source: str
    label: str
    method: str
    since: str = ""
    table: Table | None = None
    field: Field | None = None
    statistic: tuple[Statistic, str] | None = None
    indicator: str = ""
    where: tuple[Clause, ...] = ()

    @property
    def where_text(self) -> str:
        return self.line.text(book.WHERE)


@dataclass(frozen=True)
class CellReader:
    """Reads the lines of the sheet 对应; `MistakeError` where one names what is not there. sheets: of the form."""

    settings: Settings
    sheets: tuple[str, ...]
    editions: tuple[str, ...]

    def asked(self, line: Line) -> Asked:
        sheet, (row, column) = self._sheet(line), self._cell(line)
        source, label, method = (line.text(name) for name in (book.SOURCE, book.FIELD, book.METHOD))
        plain = Asked(line, sheet, row, column, source, label, method, self._since(line))
        others = {book.OCCASION: _occasion, book.STATISTIC: self._statistic, book.INDICATOR: self._indicator}
        named = next((name for name in others if fold(name) == fold(source)), None)
        return others[named](replace(plain, source=named)) if named else self._of_table(plain)

    def _of_table(self, asked: Asked) -> Asked:
        table = self._table(asked)
        one_of(asked.line, book.METHOD, asked.method, _OF_TABLES)
        field = _field(asked, table)
        return replace(asked, source=table.name, table=table, field=field, where=self._where(asked.line, table))

    def _statistic(self, asked: Asked) -> Asked:
        known = statistics_of(self.settings)
        one_of(asked.line, book.FIELD, asked.label, tuple(known))
        one_of(asked.line, book.METHOD, asked.method, book.OF_RATES)
        table, statistic, category = known[asked.label]
        return replace(asked, table=table, statistic=(statistic, category), where=self._where(asked.line, table))

    def _indicator(self, asked: Asked) -> Asked:
        name = indicators_named().get(fold(asked.label))
        if name is None:
            one_of(asked.line, book.FIELD, asked.label, indicator_titles())
        one_of(asked.line, book.METHOD, asked.method, book.OF_INDICATORS)
        pairing = self.settings.tables["pairing"]
        try:
            where = clauses_of(asked.where_text, pairing, None, self.settings.codelists)
            level_of(where)
        except ConditionError as error:
            raise asked.line.mistake(book.WHERE, str(error)) from error
        return replace(asked, indicator=name or "", where=where)

    def _sheet(self, line: Line) -> str:
        name = line.text(book.SHEET)
        if not name and len(self.sheets) == 1:
            return self.sheets[0]
        same = [sheet for sheet in self.sheets if fold(sheet) == fold(name)]
        if not same:
            raise line.mistake(book.SHEET, f"：上级的表里没有“{name}”这张工作表{did_you_mean(name, self.sheets)}")
        return name if name in same else same[0]

    @staticmethod
    def _cell(line: Line) -> tuple[int, int]:
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

    def _table(self, asked: Asked) -> Table:
        tables, source = self.settings.tables, asked.source
        for table in tables.values():
            if fold(source) in (fold(table.label), fold(table.name)):
                return table
        known = [*(table.label for table in tables.values()), *book.OTHER_SOURCES]
        raise asked.line.mistake(book.SOURCE, f"：没有“{source}”这张表{did_you_mean(source, known)}")

    def _where(self, line: Line, table: Table) -> tuple[Clause, ...]:
        home = self.settings.tables["household"] if table.refers is not None else None
        try:
            return clauses_of(line.text(book.WHERE), table, home, self.settings.codelists)
        except ConditionError as error:
            raise line.mistake(book.WHERE, str(error)) from error


def _occasion(asked: Asked) -> Asked:
    one_of(asked.line, book.FIELD, asked.label, book.OCCASIONS)
    return replace(asked, method=asked.method or book.TAKE)


def _field(asked: Asked, table: Table) -> Field | None:
    line, label, method = asked.line, asked.label, asked.method
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


def one_of(line: Line, heading: str, said: str, choices: Sequence[str]) -> None:
    """`MistakeError` where `said` is none of the choices."""
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
    others = (tuple(statistics_of(settings)), indicator_titles(), book.OCCASIONS)
    return {**tables, **dict(zip(book.OTHER_SOURCES, others, strict=True))}
