"""What the office typed into 加减分及一票否决 of an assessment workbook, read back."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bangfu_excel.core.address import cell_name
from bangfu_excel.core.fold import fold
from bangfu_excel.core.kinds.clean import trim
from bangfu_excel.core.raw import Cell, RawSheet, cell_text
from bangfu_excel.core.score_sheet import ENTERED_COLUMNS, ScoreSheet, nothing_entered, subject_mark
from bangfu_excel.errors import UsageError
from bangfu_excel.pipeline.handed_in import refuse, sheets_of
from bangfu_excel.write.question_sheet import MARK
from bangfu_excel.write.score_places import ENTRIES, Entry, entries_of

_DEEPEST = 10  # rows in which the headings are looked for
_VETO = {"是": 1.0, "1": 1.0, "否": 0.0, "0": 0.0}
_NAME = "名称"
_PERIOD = 3  # where a mark says of which period it is


def entered_scores(path: Path, made: ScoreSheet, period: str) -> pd.DataFrame:
    """The filled-in cells in `core.score_sheet.ENTERED_COLUMNS`, a row a level, subject and line of that score sheet.

    period: its label; what was judged of another period is not taken. `UsageError` that names the first cells where one
    holds something that cannot be, lacks its reason, or stands beside another's name: nothing of the workbook is taken then.
    """
    sheet = next((one for one in sheets_of(path) if one.name == ENTRIES), None)
    if sheet is None:
        raise UsageError(f"“{path.name}”里没有“{ENTRIES}”表；请用 bangfu assess 生成的考核工作簿填写")
    form = _Form.of(path.name, sheet, made)
    rows: list[tuple[object, ...]] = []
    mistakes: list[str] = []
    for row in range(form.header + 1, sheet.height):
        who = form.subject(row)
        if who is None:
            mistakes += [f"{place}{form.unknown(row)}" for place in form.filled(row)[:1]]
            continue
        if (of := form.read_mark(row)[_PERIOD]) != period:
            raise UsageError(
                f"“{path.name}”填的是{of}的考核，这里算的是{period}：请用那一期的考核工作簿填写；没有计入任何一项"
            )
        for line in dict.fromkeys(entry.line.id for entry in form.columns):
            said, wrong = form.line(row, line)
            mistakes += wrong
            if said:
                rows.append((*who, line, said.get("manual"), said.get("self_score"), said.get("reason", "")))
    refuse(path.name, mistakes, "没有计入任何一项")
    found = pd.DataFrame(rows, columns=list(ENTERED_COLUMNS))
    if twice := found.duplicated(["level", "subject", "line"]).sum():
        raise UsageError(f"“{path.name}”的“{ENTRIES}”表里有{twice}处同一对象重复出现，请删去重复的行；没有计入任何一项")
    return found.astype(nothing_entered().dtypes.to_dict())


def holds_more(path: Path, made: ScoreSheet, period: str) -> bool:
    """Whether the workbook at `path` holds something typed in by hand that is not in this score sheet, or cannot be read."""
    try:
        found = entered_scores(path, made, period)
    except UsageError:
        return True
    known = made.lines[list(ENTERED_COLUMNS)].astype(found.dtypes.to_dict())
    return bool((found.merge(known, how="left", indicator="known")["known"] != "both").any())


@dataclass(frozen=True)
class _Form:
    """The sheet, the row of its headings, and the column of each entry."""

    sheet: RawSheet
    header: int
    mark: int
    name: int
    columns: dict[Entry, int]
    known: dict[tuple[str, str], str]

    @classmethod
    def of(cls, file: str, sheet: RawSheet, made: ScoreSheet) -> _Form:
        for row in range(min(sheet.height, _DEEPEST)):
            heads = {fold(cell_text(sheet.cell(row, column))): column for column in reversed(range(sheet.width))}
            if fold(MARK) not in heads:
                continue
            wanted = {entry: heads.get(fold(entry.heading)) for entry in entries_of(made.assessing)}
            lacking = [entry.heading.replace("\n", "") for entry, column in wanted.items() if column is None]
            if lacking := [*([] if _NAME in heads else [_NAME]), *lacking]:
                raise UsageError(
                    f"“{file}”的“{ENTRIES}”表第{row + 1}行缺少“{'”“'.join(lacking)}”：与方案现在的考核项不一致，请重新生成后再填"
                )
            columns = {entry: at for entry, at in wanted.items() if at is not None}
            scored = made.totals[["level", "subject"]].itertuples(index=False)
            known = {(level, subject_mark(level, subject)): subject for level, subject in scored}
            return cls(sheet, row, heads[fold(MARK)], heads[_NAME], columns, known)
        raise UsageError(f"“{file}”的“{ENTRIES}”表没有“{MARK}”这一列，请重新生成后再填")

    def read_mark(self, row: int) -> list[str]:
        """Level, mark of the subject, the name that stands beside it and the period, as the program wrote them; [] where it did not."""
        try:
            said = json.loads(cell_text(self.sheet.cell(row, self.mark)))
        except ValueError:
            return []
        return said if isinstance(said, list) and len(said) == _PERIOD + 1 else []

    def subject(self, row: int) -> tuple[str, str] | None:
        """Level and subject of a row; None where its mark says nothing, another's name, or somebody who is not assessed."""
        said = self.read_mark(row)
        if not said or self.named(row) != fold(trim(said[2])):
            return None
        subject = self.known.get((said[0], said[1]))
        return None if subject is None else (said[0], subject)

    def named(self, row: int) -> str:
        return fold(trim(cell_text(self.sheet.cell(row, self.name))))

    def unknown(self, row: int) -> str:
        """Why it is not told who a row is about."""
        said = self.read_mark(row)
        if said and self.named(row) != fold(trim(said[2])):
            return f"这一行的名称原来是“{said[2]}”：只排了看得见的列，或者改了名称；排序要连同隐藏的“{MARK}”列一起排，请重新生成后再填"
        return f"这一行认不出是谁：现在的考核里没有这个对象，或者隐藏的“{MARK}”列被改动"

    def filled(self, row: int) -> list[str]:
        """The cells of a row that hold something."""
        return [
            self.place(row, column) for column in self.columns.values() if trim(cell_text(self.sheet.cell(row, column)))
        ]

    def place(self, row: int, column: int) -> str:
        return f"{self.sheet.name}!{cell_name(row + 1, column)}"

    def line(self, row: int, line: str) -> tuple[dict[str, object], list[str]]:
        """What is typed in for a line (input → value), and what is wrong with it."""
        said: dict[str, object] = {}
        mistakes: list[str] = []
        columns = {entry: column for entry, column in self.columns.items() if entry.line.id == line}
        texts = {entry: trim(cell_text(self.sheet.cell(row, column))) for entry, column in columns.items()}
        for entry, text in texts.items():
            if not text:
                continue
            if entry.input == "reason":
                said["reason"] = text
                continue
            veto = entry.line.mode == "veto"
            number = _number(self.sheet.cell(row, columns[entry]), text, veto=veto)
            if number is None or number < 0 or (entry.most is not None and number > entry.most):
                mistakes.append(
                    f"{self.place(row, columns[entry])}“{text}”应填{'1（否决）或者空着' if veto else entry.range}"
                )
            else:
                said[entry.input] = number
        return said, [*mistakes, *self._alone(row, texts, said)]

    def _alone(self, row: int, texts: dict[Entry, str], said: dict[str, object]) -> list[str]:
        """A number without the reason that it counts only with, a reason without anything that it is for: neither would count."""
        reason = next((entry for entry in texts if entry.input == "reason"), None)
        if reason is None:
            return []
        title, place = reason.line.title, self.place(row, self.columns[reason])
        numbers = [entry for entry in texts if entry is not reason]
        if "reason" in said and not any(texts[entry] for entry in numbers):
            cells = "、".join(f"{self.place(row, self.columns[entry])}（{entry.word}）" for entry in numbers)
            return [f"{cells}空着，“{title}”只写了{reason.word}，不能计入：要计入的填上，不要的把{reason.word}删去"]
        changes = said.get("manual") or ("manual" in said and not reason.line.is_beside)
        if changes and reason.line.by_reason and "reason" not in said:
            return [f"{place}没有填{reason.word}，“{title}”不能计入"]
        return []


def _number(cell: Cell, text: str, *, veto: bool) -> float | None:
    if veto:
        return _VETO.get(fold(text))
    share = text.endswith(("%", "％"))
    try:
        number = float(fold(text).rstrip("%"))
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return number / 100 if share else number
