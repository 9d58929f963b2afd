"""Whether the cells of a mapping can take what it puts there, and where a list of rows comes to stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from bangfu_excel.core.address import cell_name
from bangfu_excel.pipeline.form_asked import Asked
from bangfu_excel.pipeline.form_values import Answers, as_value
from bangfu_excel.write import form_mapping_book as book
from bangfu_excel.write.form_filled import Value
from bangfu_excel.write.form_sheets import FormBook, FormSheet

Place = tuple[str, int, int]
"""Sheet, row, column; the last two from 1."""


@dataclass(frozen=True)
class Listed:
    """Cells that are the first row of one list, and the rows of it."""

    cells: tuple[Asked, ...]
    rows: pd.DataFrame

    def values(self, answers: Answers) -> Iterator[tuple[tuple[int, int], Value]]:
        """(row, column) → value, of those that are there."""
        for cell in self.cells:
            if cell.field is None:
                yield from (((cell.row + at, cell.column), float(at + 1)) for at in range(len(self.rows)))
                continue
            for at, value in enumerate(answers.column(cell.field, self.rows)):
                if not pd.isna(value):
                    yield (cell.row + at, cell.column), as_value(value)


def faults(cells: Sequence[Asked], form: FormBook) -> list[str]:
    """What is wrong with the cells that the mapping names, each with its place in the mapping."""
    found = [f"{cell.line.place(book.CELL)}：{said}" for cell in cells if (said := _fault(cell, form))]
    seen: dict[Place, Asked] = {}
    for cell in cells:
        other = seen.setdefault((cell.sheet, cell.row, cell.column), cell)
        if other is not cell:
            found.append(f"{cell.line.place(book.CELL)}：“{_name(cell)}”在第{other.line.row}行已经写过一次")
    return found


def _fault(cell: Asked, form: FormBook) -> str:
    return _hindrance(form.sheets[cell.sheet], cell.row, cell.column, _name(cell))


def _hindrance(sheet: FormSheet, row: int, column: int, name: str) -> str:
    merged = sheet.merged(row, column)
    if merged and merged[1:] != (row, column):
        first = cell_name(merged[1], merged[2] - 1)
        return f"“{name}”在合并单元格{merged[0]}里，请写它的第一格{first}"
    if sheet.is_formula(row, column):
        return f"“{name}”里有公式，打开时自己会算，不用填，请删去这一行"
    if sheet.locked(row, column):
        return f"“{name}”设了保护，不能填；请向上级要没有保护的表，或核对格子"
    content = sheet.content(row, column)
    return f"“{name}”里已经有内容，不是要填的格子" if content not in (None, 0) else ""


def _name(cell: Asked) -> str:
    return f"{cell.sheet}!{cell_name(cell.row, cell.column - 1)}"


def lists(cells: Sequence[Asked], answers: Answers) -> tuple[Listed, ...]:
    """The lists: cells of one sheet and row with the same table and condition."""
    groups: dict[tuple[str, int, str, str], list[Asked]] = {}
    for cell in cells:
        if cell.method == book.EACH_ROW:
            groups.setdefault((cell.sheet, cell.row, cell.source, cell.where_text), []).append(cell)
    return tuple(Listed(tuple(group), answers.rows(group[0])) for group in groups.values())


def no_room(found: Sequence[Listed], taken: Mapping[Place, Asked], form: FormBook) -> list[str]:
    """What stands in the way of a list, each with its place in the mapping. taken: the cells that are filled in otherwise."""
    return [said for one in found if (said := _no_room(one, taken, form))]


def _no_room(listed: Listed, taken: Mapping[Place, Asked], form: FormBook) -> str:
    first, count = listed.cells[0], len(listed.rows)
    sheet = form.sheets[first.sheet]
    for at in range(1, count):
        for cell in listed.cells:
            row = cell.row + at
            name = f"{cell.sheet}!{cell_name(row, cell.column - 1)}"
            said = _hindrance(sheet, row, cell.column, name)
            if (cell.sheet, row, cell.column) in taken:
                said = f"“{name}”另有一行要填"
            if not said and sheet.merged(cell.row, cell.column) and not sheet.merged(row, cell.column):
                said = f"“{name}”没有像第一行那样合并"
            if not said and sheet.print_bottom is not None and row > sheet.print_bottom:
                said = f"“{name}”在打印区域以外"
            if said:
                return (
                    f"{first.line.place(book.CELL)}：名单有{count}行，从第{first.row}行起只放得下{at}行（{said}）；"
                    "请先在空白表里插入足够的行"
                )
    return ""
