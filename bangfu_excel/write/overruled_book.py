"""回改清单.xlsx: what each township has to change in its own copy, since the county office has corrected it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, chinese_date, write_sheet
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles

FILE = "回改清单.xlsx"
TITLE = "县办更正后回改清单"
_COLUMNS = (
    Column("文件", "file", widest=30),
    Column("工作表", "sheet", widest=16),
    Column("单元格", "cell", align="center", width=8),
    Column("报表", "table", align="center", width=12),
    Column("记录", "record", widest=34),
    Column("栏目", "field", align="center", width=14),
    Column("贵单位填的", "said", widest=26),
    Column("县办更正为", "stands", widest=26),
    Column("依据", "basis", align="center", width=14),
    Column("更正日期", "date", CellForm.DATE, "yyyy-mm-dd", "center", width=12),
)
_REMARK = "注：台账库里已按县办的更正算，请在本单位的底表里改成一样，下次报送时不再填旧的；有不同意见的，请和县办联系。"


def write_overruled(rows: pd.DataFrame, path: Path, *, as_of: dt.date) -> Path:
    """The workbook at `path`: a sheet for each submitter, who sees only what stands in its own files.

    rows: submitter (as it is to head the sheet), and the columns' sources (text; date: datetime64), in the order to be written.
    """
    with Book(path, as_of=as_of, title=TITLE) as book:
        styles = Styles(book)
        for submitter in rows["submitter"].unique().tolist():
            own = rows[rows["submitter"] == submitter].reset_index(drop=True)
            write_sheet(book, _sheet(str(submitter), own, as_of), styles)
    return path


def _sheet(submitter: str, rows: pd.DataFrame, as_of: dt.date) -> Sheet:
    lead = (f"填报单位：{submitter}", f"截止日期：{chinese_date(as_of)}")
    return Sheet(
        submitter,
        TITLE,
        _COLUMNS,
        rows,
        lead,
        3,
        signature=("改表人：", "改好日期：　　　　年　　月　　日"),
        footer=TITLE,
        remark=_REMARK,
    )
