"""比对结果.xlsx: a list of another department beside what is registered, a sheet for each way in which they differ."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd

from bangfu_excel.core.comparison import STATE_LABELS, Comparison
from bangfu_excel.write.book import Book
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, chinese_date, write_notes, write_sheet
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Styles, Tint

TITLE = "名单比对结果"
_WIDEST = {"我方可能是": 60, "为什么待核对": 24, "为什么不能用": 34, "我方出处": 30, "备注": 24, "证件号码": 22}
_CENTRED = frozenset({"姓名", "户主", "怎样对上", "栏目", "差别", "名单位置"})
_CHECK = '=IF(D{row}=SUM(E{row}:H{row}),"平","不平")'
_ACCOUNT = (
    Column("文件", "file", widest=40),
    Column("工作表", "sheet", widest=24),
    Column("行数", "rows", CellForm.NUMBER, "0", "center", width=9, total="sum"),
    *(
        Column(title, name, CellForm.NUMBER, "0", "center", width=9, total="sum")
        for name, title in STATE_LABELS.items()
    ),
    Column("核对", "_check", CellForm.FORMULA, "@", "center", width=7, formula=_CHECK, tint="_tint"),
)


def write_comparison(found: Comparison, path: Path, *, as_of: dt.date) -> Path:
    """The workbook at `path`: 说明, 对账, 他有我无, 我有他无, 不一致, 待核对, 不能用."""
    footer = f"{TITLE}　{found.list_name}"
    lead = (f"名单：{found.list_name}", f"名单日期：{_date(found)}")
    here = "名单上有、我方仍在册的人" if found.kind and found.kind.leaves else "我方有标记、名单上没有的人"
    sheets = (
        Sheet("对账", "名单各行去向对账表", _ACCOUNT, _balance(found.account), lead, 0, True, footer=footer),
        _sheet("他有我无", "名单上有、我方没有登记的人", found.theirs_only, lead, footer),
        _sheet("我有他无", here, found.ours_only, lead, footer),
        _sheet("不一致", "两边都有、填写不一致的栏目", found.differences, lead, footer),
        _sheet("待核对", "说不准是不是同一个人的", found.pending, lead, footer),
        _sheet("不能用", "看不出是谁、没有比对的", found.unusable, lead, footer),
    )
    kind = f"{found.kind.title}（{found.kind.sender}）　" if found.kind else ""
    with Book(path, as_of=as_of, title=TITLE) as book:
        styles = Styles(book)
        write_notes(book, TITLE, (f"{kind}{lead[0]}　{lead[1]}", *found.notes), styles, footer)
        for sheet in sheets:
            write_sheet(book, sheet, styles)
    return path


def _date(found: Comparison) -> str:
    return chinese_date(found.date) if found.date else "、".join(found.stated_dates) or "没有写明"


def _balance(account: pd.DataFrame) -> pd.DataFrame:
    even = (account["rows"] == account[list(STATE_LABELS)].sum(axis=1)).to_numpy(dtype=bool)
    check = pd.Series(np.where(even, "平", "不平"), index=account.index, dtype="str")
    tint = pd.Series(np.where(even, "", str(Tint.ERROR)), index=account.index, dtype="str")
    return account.assign(_check=check, _tint=tint)


def _sheet(name: str, title: str, rows: pd.DataFrame, lead: tuple[str, ...], footer: str) -> Sheet:
    columns = tuple(
        Column(label, label, align="center" if label in _CENTRED else "left", widest=_WIDEST.get(label, 20))
        for label in rows
    )
    return Sheet(name, title, columns, rows, lead, 0, signature=(), footer=footer)
