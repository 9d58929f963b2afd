"""累计核对 and 补报核减明细 of the assessment workbook: this period's figures beside those announced before, and what differs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from bangfu_excel.core.announced import FIGURES, Announced
from bangfu_excel.core.assessment import Assessment
from bangfu_excel.core.period import Period
from bangfu_excel.write.assessment_data import Look
from bangfu_excel.write.assessment_scope import Scope, scope_of
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Tint

_DATE = "yyyy-mm-dd"
_THIS = {1: "本月", 3: "本季度", 6: "本半年", 12: "本年"}
_SUM = "=C{row}+D{row}+E{row}-F{row}"
_CHECK = '=IF(G{row}=H{row},"平","不平")'


def announced_sheets(a: Assessment, look: Look, lead: tuple[str, ...]) -> Iterator[Sheet]:
    """累计核对, and 补报核减明细 where an earlier period of the year was announced; none where the figures were not asked for."""
    if a.announced is not None:
        yield from balance_sheets(a.announced, look, lead, f"{a.scheme.title}　{a.period.label}", scope_of(a.scheme))


def balance_sheets(told: Announced, look: Look, lead: tuple[str, ...], footer: str, scope: Scope) -> Iterator[Sheet]:
    """The same of what was announced, for any workbook."""
    title = f"{look.area}{told.period.label}走访累计核对表"
    yield Sheet(
        "累计核对", title, _columns(told.period), _balance(told), lead, total=True, footer=footer,
        empty="今年还没有走访记录", remark=_remark(told, scope),
    )  # fmt: skip
    if told.before:
        title = f"{look.area}{told.period.label}走访补报核减明细"
        rows = _differences(told, look)
        yield Sheet("补报核减明细", title, _differing(scope), rows, lead, footer=footer, empty="没有补报和核减")


def _columns(period: Period) -> tuple[Column, ...]:
    this = _THIS[len(list(period.months()))]
    titles = dict(zip(FIGURES, ("上期累计", this, "补报", "核减", "本期累计"), strict=True))
    return (
        Column("乡镇", "township", align="center", width=16),
        *(_count(titles[name], name) for name in FIGURES[:-1]),
        Column("本期累计", "sum", CellForm.FORMULA, "0", "center", width=11, total="sum", formula=_SUM),
        _count("库中记录", "total"),
        Column("核对", "check", CellForm.FORMULA, "@", "center", width=8, formula=_CHECK, tint="tint"),
    )


def _count(title: str, source: str) -> Column:
    return Column(title, source, CellForm.NUMBER, "0", "center", width=11, total="sum")


def _balance(announced: Announced) -> pd.DataFrame:
    rows = announced.balance
    total = rows["previous"] + rows["current"] + rows["supplement"] - rows["deduction"]
    even = (total == rows["total"]).to_numpy(dtype=bool)
    return rows.assign(
        sum=total,
        check=pd.Series(np.where(even, "平", "不平"), index=rows.index, dtype="str"),
        tint=pd.Series(np.where(even, "", str(Tint.ERROR)), index=rows.index, dtype="str"),
    )


def _remark(announced: Announced, scope: Scope) -> str:
    said = f"注：按走访记录数计，一{scope.each}一次为一条。"
    if announced.before:
        said += f"上期累计以{Period.parse(announced.before).label}印发的累计为准，此后的增减列为补报、核减。"
    else:
        said += "今年此前没有印发过通报，上期累计为本期以前的记录数。"
    return said + ("本期已印发，为印发时的数。" if announced.batch else "")


def _differences(announced: Announced, look: Look) -> pd.DataFrame:
    rows = announced.differences.copy()
    for name in ("head_name", "visitors"):
        rows[name] = look.names(rows[name])
    rows["household_id"] = look.numbers(rows["household_id"])
    return rows


def _short(title: str, source: str, widest: float = 16) -> Column:
    return Column(title, source, align="center", widest=widest)


def _differing(scope: Scope) -> tuple[Column, ...]:
    number, name = _short(f"{scope.whom}编号", "household_id", 20), _short(scope.head, "head_name")
    return (_short("类别", "kind"), _short("乡镇", "township"), number, name, *_DIFFERENCES)


_DIFFERENCES = (
    _short("走访人", "visitors"), Column("走访日期", "visited_on", CellForm.DATE, _DATE, "center", width=12),
    Column("来源文件", "file", widest=26), _short("工作表", "sheet"), _short("单元格", "cell"),
    Column("收件日期", "received", CellForm.DATE, _DATE, "center", width=12), _short("批次", "batch"),
    Column("原因", "reason", widest=34),
)  # fmt: skip
