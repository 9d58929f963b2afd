"""核对.xlsx: every figure that stands in two places, their difference as a live formula, and what is known to part them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from bangfu_excel.core.agreement import Check
from bangfu_excel.write.cells import Column
from bangfu_excel.write.layout import Sheet, write_book
from bangfu_excel.write.ledger_areas import COUNTY
from bangfu_excel.write.occasion import Occasion
from bangfu_excel.write.stream import CellForm
from bangfu_excel.write.styles import Tint

SHEET = "账账核对"
AGREES, DIFFERS = "相符", "不符"
_REST = "=ROUND(E{row}-H{row}-I{row},2)"
_VERDICT = '=IF(OR(J{row}=0,AND(F{row}="不大于",J{row}<0)),"相符","不符")'
_NOTE = "注：差数＝甲－乙－说得出原因的差数；“应当”是“等于”的差数为0，是“不大于”的差数为0或负数，为相符。"


@dataclass(frozen=True)
class AgreementJob:
    """The workbook to be written."""

    path: Path
    occasion: Occasion
    checks: tuple[Check, ...] = field(compare=False)


def write_agreement(job: AgreementJob) -> Path:
    """The workbook of `job`: a row a check, those that do not hold first."""
    occasion = job.occasion
    title = f"{occasion.shown(COUNTY)}{occasion.period.label}账账核对表"
    broken = sum(not check.holds for check in job.checks)
    said = f"共核对{len(job.checks)}项，" + (f"不符{broken}项，排在最前。" if broken else "全部相符。")
    sheet = Sheet(
        SHEET, title, _COLUMNS, _rows(job.checks), occasion.lead(COUNTY), frozen=2, footer=occasion.footer,
        empty="没有可以互相核对的数", remark=said + _NOTE,
    )  # fmt: skip
    return write_book(job.path, (sheet,), as_of=occasion.as_of, title=title)


def _rows(checks: Sequence[Check]) -> pd.DataFrame:
    records = [
        {
            "item": check.item, "area": check.area,
            "left": f"{check.left.book}：{check.left.where}", "left_number": check.left.number,
            "should": "不大于" if check.at_most else "等于",
            "right": f"{check.right.book}：{check.right.where}", "right_number": check.right.number,
            "explained": check.explained, "rest": check.rest,
            "left_format": check.left.number_format, "right_format": check.right.number_format,
            "verdict": AGREES if check.holds else DIFFERS, "tint": "" if check.holds else str(Tint.ERROR),
            "reasons": "；".join(f"{one.reason}{one.number:+,.10g}" for one in check.known),
        }
        for check in sorted(checks, key=lambda check: check.holds)
    ]  # fmt: skip
    numbers = ("left_number", "right_number", "explained", "rest")
    text = ("item", "area", "left", "should", "right", "verdict", "tint", "reasons", "left_format", "right_format")
    dtypes = dict.fromkeys(text, "str") | dict.fromkeys(numbers, "float64")
    return pd.DataFrame.from_records(records, columns=list(dtypes)).astype(dtypes)


def _number(title: str, source: str, formula: str = "", formats: str = "left_format") -> Column:
    form = CellForm.FORMULA if formula else CellForm.NUMBER
    return Column(title, source, form, "General", "center", width=12, formula=formula, formats=formats)


_COLUMNS = (
    Column("核对项目", "item", widest=22),
    Column("范围", "area", align="center", widest=14),
    Column("甲（账、栏）", "left", widest=40), _number("甲数", "left_number"),
    Column("应当", "should", align="center", width=7),
    Column("乙（账、栏）", "right", widest=40), _number("乙数", "right_number", formats="right_format"),
    _number("说得出原因\n的差数", "explained"), _number("差数", "rest", _REST),
    Column("结论", "verdict", CellForm.FORMULA, "@", "center", width=7, formula=_VERDICT, tint="tint"),
    Column("说明", "reasons", widest=34),
)  # fmt: skip
