"""变更台账.xlsx: what came, changed and went between two moments, a sheet for each, with counts by township."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_notes, write_sheet
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles

TITLE = "变更台账"
_TITLES = {
    "新增": "新增的户、成员和结对", "变更": "填写有变更的栏目", "减少": "减少的户、成员、结对和走访及原因",
    "更换帮扶人": "更换帮扶人情况", "变动": "分户、并户、迁村等变动",
}  # fmt: skip
_CENTRED = frozenset({"表", "种类", "原因", "收到", "批次", "组"})
_WIDEST = {"来源": 34, "原来": 28, "现在": 28, "说明": 26, "依据": 30}

_WIDTHS = {"原帮扶人": 32, "现帮扶人": 24}


@dataclass(frozen=True)
class ChangeBook:
    """What is to be written. sheets: 新增, 变更, 减少, 更换帮扶人, 变动 → rows under a clerk's headings · counts: 乡镇 and numbers."""

    path: Path
    as_of: dt.date
    lead: tuple[str, ...]
    notes: tuple[str, ...]
    sheets: Mapping[str, pd.DataFrame] = field(compare=False, repr=False)
    counts: pd.DataFrame = field(compare=False)


def write_changes(book: ChangeBook) -> Path:
    """The workbook at `book.path`: 说明, 汇总, and the sheets; one that is longer than Excel's rows goes on in a further one."""
    footer = f"{TITLE}　{'　'.join(book.lead)}"
    numbers = (
        Column(name, name, CellForm.NUMBER, "0", "center", width=9, total="sum") for name in book.counts.columns[1:]
    )
    summary = Sheet(
        "汇总", "各乡镇变更情况汇总表", (Column("乡镇", "乡镇", widest=16), *numbers), book.counts, book.lead, 2, True,
        footer=footer,
    )  # fmt: skip
    with Book(book.path, as_of=book.as_of, title=TITLE) as target:
        styles = Styles(target)
        write_notes(target, TITLE, ("　".join(book.lead), *book.notes), styles, footer)
        write_sheet(target, summary, styles)
        for name, rows in book.sheets.items():
            columns = tuple(
                Column(
                    label,
                    label,
                    align="center" if label in _CENTRED else "left",
                    width=_WIDTHS.get(label, 0),
                    widest=_WIDEST.get(label, 16),
                )
                for label in rows
            )
            sheet = Sheet(name, _TITLES[name], columns, rows, book.lead, 6, signature=(), footer=footer)
            write_sheet(target, sheet, styles)
    return book.path
