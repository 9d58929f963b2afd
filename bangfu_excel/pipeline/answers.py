"""The rows of a filled-in sheet of questions, each with its answer and what it asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.raw import Cell, RawSheet, cell_text
from bangfu_excel.errors import UsageError
from bangfu_excel.write.question_sheet import FIRST_ROW, HEADER_ROW, MARK

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Answered:
    """What a row decides: a record, or a mistake, or nothing.

    known: it was decided just so before · left: it is still asked · gone: the record that it is about is there no longer.
    """

    record: Record | None = field(default=None, repr=False)
    mistake: str = ""
    known: bool = False
    left: bool = False
    gone: bool = False


@dataclass(frozen=True)
class Answer:
    """One row (Excel's number). place: of the answer, 数据冲突!K4 · mark: what the program wrote down for itself."""

    row: int
    place: str
    cell: Cell = field(repr=False)
    mark: Mapping[str, Any] = field(repr=False)

    @property
    def text(self) -> str:
        """The answer as it is written, "" for none."""
        return cell_text(self.cell).strip()

    def wrong(self, sentence: str) -> Answered:
        """That the answer cannot be taken."""
        return Answered(mistake=f"{self.place.replace('!', '表')}{sentence}")


def answers_on(file: str, sheet: RawSheet, title: str, needed: frozenset[str]) -> Iterator[Answer]:
    """The questions of a sheet, each once, with the answer under `title`. `UsageError` where it was changed beyond its answers.

    needed: what the mark of every row holds. A row that was copied asks nothing new, unless it is answered differently.
    """
    found: dict[str, Answer] = {}
    columns = {cell_text(sheet.cell(HEADER_ROW, index)): index for index in range(sheet.width)}
    if not columns.keys() >= {title, MARK}:
        raise UsageError(f"“{file}”里“{sheet.name}”的表头被改动了，请重新运行 bangfu run 生成一份")
    for row in range(FIRST_ROW, sheet.height):
        written = cell_text(sheet.cell(row, columns[MARK]))
        cell = sheet.cell(row, columns[title])
        if not written and not cell_text(cell).strip():
            continue
        place = f"{sheet.name}!{cell_name(row + 1, columns[title])}"
        try:
            mark = json.loads(written)
        except ValueError:
            mark = None
        if not isinstance(mark, dict) or not mark.keys() >= needed:
            raise UsageError(f"“{file}”里“{sheet.name}”第{row + 1}行被改动了，请重新运行 bangfu run 生成一份")
        answer, same = Answer(row + 1, place, cell, mark), found.get(written)
        if same is None or not same.text:
            found[written] = answer
        elif answer.text not in ("", same.text):
            raise UsageError(
                f"“{file}”里“{sheet.name}”第{same.row}行和第{row + 1}行问的是同一处，填的不一样，请只留一行；什么也没有记"
            )
    yield from found.values()
