"""A filled-in 重报核对表.xlsx: the files that wait and were found right count from now on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.raw import RawSheet, cell_text
from bangfu_excel.errors import UsageError
from bangfu_excel.merge import Effect, Registry, opened
from bangfu_excel.merge.state import State, registered_by
from bangfu_excel.pipeline.handed_in import refuse, sheets_of
from bangfu_excel.write import resubmission_book as book
from bangfu_excel.write.question_sheet import FIRST_ROW, HEADER_ROW, MARK


@dataclass(frozen=True)
class Confirmation:
    """What a 重报核对表 said: files that count from now on, that go back, that nobody has decided on, that counted already.

    batch: of the confirmation, "" where it brings nothing new · effect: what it changed in the registry.
    """

    batch: str
    files: tuple[str, ...]
    refused: tuple[str, ...]
    undecided: tuple[str, ...]
    before: tuple[str, ...]
    effect: Effect


@dataclass(frozen=True, slots=True)
class _Answer:
    """One row as filled in."""

    row: int
    file: str
    answer: str
    submission: str

    @property
    def cell(self) -> str:
        return cell_name(self.row + 1, book.FORM.columns.index(book.ANSWER))


def confirm(path: str | Path, registry: Registry | str | Path, *, received: dt.date | None = None) -> Confirmation:
    """The files that a filled-in 重报核对表.xlsx confirms count from now on, all or none of them; it can be undone.

    received: the day on which it was said. Blank rows stay undecided. `UsageError` names the cells that cannot be carried out:
    an answer that is none, a file that no longer waits since it was withdrawn or reported anew.
    """
    file = Path(path)
    store = opened(registry)
    answers = tuple(_answers(file, _sheet(file)))
    state = store.state
    refuse(file.name, [problem for answer in answers if (problem := _problem(answer, state))], "一个文件也没有确认")
    waiting = {one.id for one in state.waiting}
    wanted = [answer for answer in answers if answer.answer == book.CONFIRM]
    new = [answer for answer in wanted if answer.submission in waiting]
    batch = store.confirm((answer.submission for answer in new), received=received) if new else ""
    return Confirmation(
        batch=batch,
        files=tuple(answer.file for answer in new),
        refused=tuple(answer.file for answer in answers if answer.answer == book.REFUSE),
        undecided=tuple(answer.file for answer in answers if not answer.answer),
        before=tuple(answer.file for answer in wanted if answer.submission not in waiting),
        effect=store.effect(batch) if batch else Effect({}, {}, {}, ()),
    )


def _sheet(path: Path) -> RawSheet:
    sheet = next((sheet for sheet in sheets_of(path) if sheet.cell(0, 0).value == book.TITLE), None)
    if sheet is None:
        raise UsageError(f"“{path.name}”不是由 bangfu run 写出的{book.TITLE}")
    return sheet


def _answers(path: Path, sheet: RawSheet) -> Iterator[_Answer]:
    columns = book.FORM.columns
    again = "请重新运行 bangfu run 生成一份"
    if tuple(cell_text(sheet.cell(HEADER_ROW, index)) for index in range(len(columns))) != columns:
        raise UsageError(f"“{path.name}”的表头被改动了，{again}")
    for row in range(FIRST_ROW, sheet.height):
        texts = {title: cell_text(sheet.cell(row, index)).strip() for index, title in enumerate(columns)}
        if not any(texts.values()):
            continue
        try:
            submission = str(json.loads(texts[MARK])["submission"])
        except (ValueError, TypeError, KeyError) as error:
            raise UsageError(f"“{path.name}”第{row + 1}行被改动了，{again}") from error
        yield _Answer(row, texts[book.NAME], texts[book.ANSWER], submission)


def _problem(answer: _Answer, state: State) -> str:
    """Why an answer cannot be carried out, "" where it can."""
    if answer.answer not in ("", book.CONFIRM, book.REFUSE):
        return f"{answer.cell}填的是“{answer.answer}”，应为“{book.CONFIRM}”或“{book.REFUSE}”，说不清的空着"
    if answer.answer != book.CONFIRM or answer.submission in {one.id for one in state.waiting}:
        return ""
    brought = [entry for entry in state.imports for one in registered_by(entry) if one.id == answer.submission]
    about = f"{answer.cell}要确认的“{answer.file}”"
    if not brought:
        return f"{about}不在这个台账库里，请核对 --registry 写的是不是同一个台账库"
    if all(entry.batch in state.withdrawn for entry in brought):
        return f"{about}已经撤回（批次“{brought[-1].batch}”），不能再确认"
    if answer.submission in state.confirmed:
        return ""
    return f"{about}后来又报过，已由新的代替，请核对新的一份"
