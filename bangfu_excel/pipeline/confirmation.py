"""A clerk's answers in 表头确认.xlsx: read, held against each other, and remembered in the county's folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.fold import fold
from bangfu_excel.core.raw import RawSheet, cell_text
from bangfu_excel.core.table import Table
from bangfu_excel.domain import CODELISTS, RELATIONS, TABLES
from bangfu_excel.errors import ConfigError, UsageError
from bangfu_excel.pipeline.handed_in import refuse
from bangfu_excel.pipeline.settings import load_settings
from bangfu_excel.profile import ALIASES_FILE, Confirmed, aliases_text, load_profile
from bangfu_excel.profile.toml import did_you_mean
from bangfu_excel.read import read_file
from bangfu_excel.write import header_book as book
from bangfu_excel.write.archive import write_bytes

_LARGEST = 8_000_000  # bytes; a workbook of headers is far smaller, and what is larger need not be read twice


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was written to `path`: headers that are a column's from now on, and headers that are not wanted."""

    path: Path
    aliases: int
    ignored: int


@dataclass(frozen=True, slots=True)
class HeaderAnswers:
    """Headers that were decided on, and how many were not."""

    confirmed: tuple[Confirmed, ...]
    left: int


@dataclass(frozen=True, slots=True)
class _Answer:
    """One row of the workbook as filled in. `cell`: where the decision stands; the rest as `HeaderRow` has it."""

    row: int
    header: str
    suggested: str
    answer: str
    choice: str
    table: str
    key: str
    taken: tuple[str, ...]
    sheets: tuple[int, ...]

    def cell(self, title: str) -> str:
        return cell_name(self.row + 1, book.COLUMNS.index(title))


def is_header_book(path: Path) -> bool:
    """Whether `path` is a 表头确认.xlsx, by what stands in it."""
    return path.is_file() and path.stat().st_size < _LARGEST and _sheet(path) is not None


def confirm_headers(path: str | Path, profile: str | Path) -> Remembered:
    """Remember the answers of a filled-in 表头确认.xlsx in the county's folder, all or none of them.

    `UsageError` names the cells where an answer is missing, unknown or at odds with another; `ConfigError` where the
    folder is missing.
    """
    file = Path(path)
    sheet = _sheet(file)
    if sheet is None:
        raise UsageError(f"“{file}”不是由 bangfu headers 写出的表头确认表")
    confirmed = header_answers(file, sheet, profile).confirmed
    if not confirmed:
        raise UsageError(f"“{file.name}”里还没有确认任何一个表头，请在“{book.ANSWER}”一栏选择后保存再运行")
    return remember(Path(profile), confirmed)


def header_answers(file: Path, sheet: RawSheet, profile: str | Path | None) -> HeaderAnswers:
    """What a filled-in sheet of headers says; raises as `confirm_headers` does."""
    folder = Path(profile) if profile is not None else None
    if folder is not None and not folder.is_dir():
        raise ConfigError(f"找不到本县设置文件夹“{folder}”，请先运行 bangfu init {folder} 建立")
    tables = load_profile(folder, TABLES, CODELISTS, RELATIONS).tables
    answers = list(_answers(file, sheet))
    decisions = [(answer, _decided(answer, tables)) for answer in answers]
    confirmed = tuple(decision for _, decision in decisions if isinstance(decision, Confirmed))
    problems = [decision for _, decision in decisions if isinstance(decision, str) and decision]
    problems += _at_odds([(a, d) for a, d in decisions if isinstance(d, Confirmed)], tables)
    refuse(file.name, problems, "没有记下")
    return HeaderAnswers(confirmed, sum(decision == "" for _, decision in decisions))


def remember(folder: Path, confirmed: Sequence[Confirmed]) -> Remembered:
    """These headers, written to the county's folder."""
    tables = load_profile(folder, TABLES, CODELISTS, RELATIONS).tables
    target = write_bytes(folder / ALIASES_FILE, aliases_text(folder, tables, confirmed).encode())
    load_settings.cache_clear()  # what is checked next in this process goes by the new file
    ignored = sum(not decision.field for decision in confirmed)
    return Remembered(target, len(confirmed) - ignored, ignored)


def _sheet(path: Path) -> RawSheet | None:
    raw, _ = read_file(path, path.name)
    return next((sheet for sheet in (raw.sheets if raw else ()) if sheet.cell(0, 0).value == book.TITLE), None)


def _answers(file: Path, sheet: RawSheet) -> Iterator[_Answer]:
    titles = tuple(cell_text(sheet.cell(book.HEADER_ROW, index)) for index in range(len(book.COLUMNS)))
    if titles != book.COLUMNS:
        raise UsageError(f"“{file.name}”的表头被改动了，请重新运行 bangfu headers 生成一份")
    for row in range(book.HEADER_ROW + 1, sheet.height):
        texts = {title: cell_text(sheet.cell(row, index)).strip() for index, title in enumerate(book.COLUMNS)}
        if not any(texts.values()):
            continue
        try:
            mark = json.loads(texts[book.MARK])
            known = (str(mark["table"]), str(mark["key"]), tuple(mark["taken"]), tuple(mark["sheets"]))
        except (ValueError, TypeError, KeyError) as error:
            raise UsageError(f"“{file.name}”第{row + 1}行被改动了，请重新运行 bangfu headers 生成一份") from error
        yield _Answer(row, texts[book.HEADER], texts[book.SUGGESTED], texts[book.ANSWER], texts[book.CHOICE], *known)


def _decided(answer: _Answer, tables: Mapping[str, Table]) -> Confirmed | str:
    """What a row decides; "" where it decides nothing; else what is wrong with it."""
    if answer.answer not in ("", book.YES, book.NO, book.UNWANTED):
        return f"{answer.cell(book.ANSWER)}填的是“{answer.answer}”，应为“是”“不是”或“不用”"
    if answer.answer == book.UNWANTED:
        if answer.choice:
            return f"{answer.cell(book.CHOICE)}选了“{answer.choice}”，同一行又选了“不用”，请只留一个"
        return Confirmed(answer.table, answer.key, "")
    label = answer.choice or (answer.suggested if answer.answer == book.YES else "")
    if not label:
        return (
            f"{answer.cell(book.ANSWER)}选了“是”，但没有建议的栏目，请在“{book.CHOICE}”里选一个"
            if answer.answer == book.YES
            else ""
        )
    table = tables.get(answer.table)
    if table is None:
        return f"第{answer.row + 1}行的报表已经没有了，请重新运行 bangfu headers 生成一份"
    fields = {f.label: f.name for f in table.fields}
    if label not in fields:
        return f"{answer.cell(book.CHOICE)}填的是“{label}”，{table.label}没有这个栏目{did_you_mean(label, fields)}"
    return Confirmed(answer.table, answer.key, fields[label])


def _at_odds(decided: Sequence[tuple[_Answer, Confirmed]], tables: Mapping[str, Table]) -> Iterator[str]:
    """Decisions that contradict another one, or what stands beside the header on its sheets."""
    for position, (answer, confirmed) in enumerate(decided):
        earlier = decided[:position]
        same = next(
            (a for a, c in earlier if (c.table, c.header) == (confirmed.table, confirmed.header) and c != confirmed),
            None,
        )
        if same:
            yield f"第{answer.row + 1}行和第{same.row + 1}行是同一个表头“{answer.header}”，确认得不一样"
        if not confirmed.field:
            continue
        field = tables[confirmed.table][confirmed.field]
        owner = next(
            (f for f in tables[confirmed.table].fields if f.name != field.name and _names(confirmed.header, f.headers)),
            None,
        )
        if owner:
            yield f"第{answer.row + 1}行的“{answer.header}”已经是“{owner.label}”的叫法，不能再当作“{field.label}”"
        if field.name in answer.taken:
            yield f"第{answer.row + 1}行的“{answer.header}”不能当作“{field.label}”：它所在的表里已经有“{field.label}”一列"
        rival = next(
            (
                a
                for a, c in earlier
                if (c.table, c.field) == (confirmed.table, field.name) and set(a.sheets) & set(answer.sheets)
            ),
            None,
        )
        if rival and rival is not same:
            yield f"第{rival.row + 1}行“{rival.header}”和第{answer.row + 1}行“{answer.header}”在同一张表里，不能都当作“{field.label}”"


def _names(header: str, headers: Iterable[str]) -> bool:
    return fold(header) in {fold(text) for text in headers}
