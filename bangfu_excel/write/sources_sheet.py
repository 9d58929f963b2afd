"""数据来源: the sheet of a ledger that says of each row which file and row it comes from, and which values come from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet
from bangfu_excel.write.stream import CellForm

RECEIVED, ELSEWHERE = "_received", "_elsewhere"
"""Columns of current rows from which the sheet is made: the day of receipt, and which values come from which other cell."""
_NAMES = ("recipient.name", "head_name", "name", "village", "unit")
_COLUMNS = (
    Column("台账", "ledger", align="center", widest=16),
    Column("台账序号", "number", CellForm.NUMBER, "0", "center", width=9),
    Column("户主", "head", align="center", widest=12),
    Column("批次", "_batch", align="center", widest=14),
    Column("收件日期", RECEIVED, align="center", widest=12),
    Column("文件", "_file", widest=34),
    Column("工作表", "_sheet", widest=18),
    Column("行", "_row", CellForm.NUMBER, "0", "center", width=7),
    Column("另有出处的栏目", ELSEWHERE, widest=60),
)


def sources_sheet(
    rows: Mapping[str, pd.DataFrame], title: str, lead: tuple[str, ...], footer: str
) -> tuple[Sheet, ...]:
    """The sheet for the rows of a ledger (name of its sheet → rows in its order); () where they have no `RECEIVED`."""
    parts = [_part(name, frame) for name, frame in rows.items() if RECEIVED in frame]
    if not parts:
        return ()
    frame = pd.concat(parts, ignore_index=True)
    return (
        Sheet("数据来源", f"{title}数据来源", _COLUMNS, frame, lead, 3, numbered=False, signature=(), footer=footer),
    )


def _part(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    head = next((rows[column] for column in _NAMES if column in rows), pd.Series("", index=rows.index, dtype="str"))
    texts = {
        column: rows[column].fillna("").astype("str") for column in ("_batch", RECEIVED, "_file", "_sheet", ELSEWHERE)
    }
    return pd.DataFrame(
        {
            "ledger": pd.Series(name, index=rows.index, dtype="str"),
            "number": pd.Series(range(1, len(rows) + 1), index=rows.index, dtype="int64"),
            "head": head.fillna("").astype("str"),
            **texts,
            "_row": rows["_row"].astype("Int64"),
        }
    )
