"""登记簿: what helpers object to and what came of it, and which townships had nothing to report, for the office to fill in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from bangfu_excel.write.book import Book, GuardedSheet
from bangfu_excel.write.question_sheet import FIRST_ROW, Questions, refusing, write_questions
from bangfu_excel.write.styles import Styles

TITLE = "异议复核和零报告登记簿"
COMMAND = "merge --objections"
OBJECTIONS, NIL = "异议复核", "零报告"

HELPER, UNIT, HOUSEHOLD, HEAD, DAY = "帮扶人", "帮扶单位", "户编号", "户主姓名", "涉及日期"
MATTER, SAID, EVIDENCE = "异议事项", "异议内容", "佐证材料"
OUTCOME, HOW, REVIEWER, REVIEWED = "复核结论", "复核说明", "复核人", "复核日期"
NOT_COUNTED = "走访没有计入"
MATTERS = (NOT_COUNTED, "结对关系不对", "不应由本人走访", "数据填错", "其他")
ACCEPTED, REJECTED, OPEN = "成立", "不成立", "待核实"
OUTCOMES = (ACCEPTED, REJECTED, OPEN)

TOWNSHIP, PERIOD, SCHEME = "乡镇", "统计期", "方案"
SIGNED_BY, RECEIVED, ENTERED_BY, REMARK = "签报人", "收到日期", "经办人", "备注"
GIVEN = (TOWNSHIP, PERIOD, SCHEME)
"""What the program has written before anybody fills anything in."""

_SPARE = 60  # lines for objections
_NOT_CHANGED = (
    "登记异议不改动任何数：走访没有报的，请乡镇补报；报错的，用更正单更正。改了以后，履职明细和督办单才跟着变。"
)
_OBJECTION_FORM = Questions(
    OBJECTIONS,
    "异议复核登记表",
    f"一行一件异议。{HELPER}、{DAY}、{MATTER}、{SAID}、{OUTCOME}、{REVIEWER}、{REVIEWED}必须填；结论是“{ACCEPTED}”的，{EVIDENCE}也要填，"
    f"事项是“{NOT_COUNTED}”的还要写明{HOUSEHOLD}（台账库里有的）。{_NOT_CHANGED}填好保存，再运行：bangfu {COMMAND} 这个文件。",
    {
        HELPER: 10, UNIT: 18, HOUSEHOLD: 14, HEAD: 10, DAY: 12, MATTER: 14, SAID: 26, EVIDENCE: 20, OUTCOME: 10, HOW: 24,
        REVIEWER: 10, REVIEWED: 12,
    },
    frozenset((HELPER, UNIT, HOUSEHOLD, HEAD, DAY, MATTER, SAID, EVIDENCE, OUTCOME, HOW, REVIEWER, REVIEWED)),
    frozen=1,
)  # fmt: skip
_NIL_FORM = Questions(
    NIL,
    "零报告登记表",
    f"这些乡镇本期还没有报。交来签字盖章的零报告的，填{SIGNED_BY}、{RECEIVED}、{ENTERED_BY}，从此算已经报了；没有交的空着。"
    f"后来又报了数据的，零报告照旧留着，以数据为准。填好保存，再运行：bangfu {COMMAND} 这个文件。",
    {TOWNSHIP: 20, PERIOD: 12, SCHEME: 20, SIGNED_BY: 14, RECEIVED: 14, ENTERED_BY: 14, REMARK: 40},
    frozenset((SIGNED_BY, RECEIVED, ENTERED_BY, REMARK)),
    frozenset(GIVEN),
    frozen=1,
)
HEADINGS: Mapping[str, tuple[str, ...]] = {
    OBJECTIONS: tuple(_OBJECTION_FORM.widths), NIL: tuple(_NIL_FORM.widths),
}  # fmt: skip


def write_objection_book(path: Path, absent: Sequence[str], period: str, scheme: str, *, as_of: dt.date) -> Path:
    """The workbook at `path`: 异议复核 with empty lines, 零报告 with a line for each township that has not reported."""
    with Book(path, as_of=as_of, title=TITLE, use=COMMAND) as book:
        styles = Styles(book)
        blank = [("",) * len(_OBJECTION_FORM.columns)] * _SPARE
        sheet = write_questions(book, _OBJECTION_FORM, blank, styles)
        _offer(sheet, MATTER, MATTERS, "对什么有异议")
        _offer(sheet, OUTCOME, OUTCOMES, "核实的结果")
        if absent:
            write_questions(book, _NIL_FORM, [(one, period, scheme, "", "", "", "", "") for one in absent], styles)
    return path


def _offer(sheet: GuardedSheet, heading: str, choices: Sequence[str], message: str) -> None:
    at = _OBJECTION_FORM.columns.index(heading)
    rule = refusing(list(choices), input_title=heading, input_message=message)
    sheet.data_validation(FIRST_ROW, at, FIRST_ROW + _SPARE - 1, at, rule)
