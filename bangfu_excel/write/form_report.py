"""填报说明: what was put into a superior's form and from where, and how its cells stand to each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_book
from bangfu_excel.write.stream import CellForm

FILLED = ("sheet", "cell", "source", "field", "where", "method", "value", "rows", "missing", "remark")
RELATED = ("place", "relation", "left", "right", "state", "why")
_SOURCES, _RELATIONS = "各格来源", "关系核对"


def write_report(
    path: Path, filled: Sequence[tuple[object, ...]], related: Sequence[tuple[object, ...]], *, title: str,
    lead: tuple[str, ...], as_of: dt.date,
) -> Path:  # fmt: skip
    """The workbook of these rows, in the columns `FILLED` and `RELATED`."""
    numbers = {"rows", "missing"}
    cells = pd.DataFrame(filled, columns=list(FILLED)).astype({name: "str" for name in FILLED if name not in numbers})
    checks = pd.DataFrame(related, columns=list(RELATED)).astype("str")
    columns = (
        Column("工作表", "sheet", widest=18), Column("单元格", "cell", align="center"), Column("取自", "source", widest=16),
        Column("指标或栏目", "field", widest=24), Column("条件", "where", widest=36), Column("统计方式", "method", align="center"),
        Column("填入", "value", align="right", widest=20), Column("记录数", "rows", CellForm.NUMBER, "#,##0", "center", width=9),
        Column("其中未填", "missing", CellForm.NUMBER, "#,##0", "center", width=9), Column("说明", "remark", widest=30),
    )  # fmt: skip
    relations = (
        Column("对应表的位置", "place", widest=16), Column("应有的关系", "relation", widest=44),
        Column("左边", "left", align="right", widest=16), Column("右边", "right", align="right", widest=16),
        Column("结果", "state", align="center"), Column("说明", "why", widest=36),
    )  # fmt: skip
    sheets = (
        Sheet(_SOURCES, f"{title}填报说明", columns, cells, lead=lead, empty="一格也没有填"),
        Sheet(_RELATIONS, f"{title}关系核对", relations, checks, lead=lead, empty="没有写关系"),
    )
    return write_book(path, sheets, as_of=as_of, title=f"{title}填报说明")
