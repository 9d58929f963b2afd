"""重报核对表.xlsx: files that would change what was announced, what they would change, and whether somebody agrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_sheet
from bangfu_excel.write.question_sheet import FIRST_ROW, Questions, refusing, write_questions
from bangfu_excel.write.styles import Styles

FILE = "重报核对表.xlsx"
TITLE = "重报核对表"
COMMAND = "merge --confirm"
NAME, ANSWER = "文件", "处理"
CONFIRM, REFUSE = "确认入库", "退回"

FORM = Questions(
    name="汇总",
    title=TITLE,
    guide=(
        "这些文件改动了已经通报的月份，还没有入库；逐条差别见“明细”表。核实后在“处理”里选一项："
        f"“{CONFIRM}”以这次报的为准；“{REFUSE}”不入库，请告诉报送单位按明细改好再报；说不清的空着。"
        f"填好保存，再运行：bangfu {COMMAND} 这个文件。"
    ),
    widths={
        NAME: 34, "报送单位": 16, "月份": 22, "原有": 8, "这次": 8, "新增": 8, "变更": 8, "缺失": 8, ANSWER: 12,
    },
    entries=frozenset({ANSWER}),
    centred=frozenset({"报送单位", "原有", "这次", "新增", "变更", "缺失"}),
    frozen=1,
)  # fmt: skip

_WIDEST = {NAME: 30, "原来是": 30, "这次是": 30, "原出处": 30, "这次出处": 30}
_CENTRED = frozenset({"类别", "报表", "村", "户主", "走访日期", "帮扶人", "栏目", "月份", "已通报"})


@dataclass(frozen=True, slots=True)
class HeldFile:
    """One file that waits. before, now: records registered and records in the file, of the months that it speaks of.

    mark: what the program needs to know again.
    """

    file: str
    submitter: str
    months: str
    before: int
    now: int
    added: int
    changed: int
    missing: int
    mark: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells of the row, in the order of the columns."""
        numbers = (self.before, self.now, self.added, self.changed, self.missing)
        return (self.file, self.submitter, self.months, *map(str, numbers), "", self.mark)


def write_resubmissions(files: Sequence[HeldFile], differences: pd.DataFrame, path: Path, *, as_of: dt.date) -> Path:
    """The workbook at `path`: 汇总 (a row a file, to be answered) and 明细. differences: one row a difference, Chinese headings."""
    with Book(path, as_of=as_of, title=TITLE, use=COMMAND) as book:
        styles = Styles(book)
        sheet = write_questions(book, FORM, [file.texts for file in files], styles)
        column = FORM.columns.index(ANSWER)
        sheet.data_validation(
            FIRST_ROW, column, FIRST_ROW + len(files) - 1, column,
            refusing([CONFIRM, REFUSE], input_title=ANSWER, input_message=f"{CONFIRM}：以这次报的为准　{REFUSE}：不入库"),
        )  # fmt: skip
        write_sheet(book, _details(differences), styles)
    return path


def _details(differences: pd.DataFrame) -> Sheet:
    columns = tuple(
        Column(title, title, align="center" if title in _CENTRED else "left", widest=_WIDEST.get(title, 18))
        for title in differences
    )
    return Sheet("明细", "与已登记的逐条差别", columns, differences, frozen=3, signature=(), footer=TITLE)
