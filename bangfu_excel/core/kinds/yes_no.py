"""Yes or no."""

from __future__ import annotations

import re

from bangfu_excel.core.fold import fold
from bangfu_excel.core.kinds.base import BLANK, Context, Kind, Parsed
from bangfu_excel.core.kinds.clean import DASHES, trim
from bangfu_excel.core.messages import normalise as say
from bangfu_excel.core.raw import Cell, CellType, cell_text

_YES = frozenset({"是", "有", "√", "✓", "✔", "☑", "对"})
_NO = frozenset({"否", "无", "×", "✗", "✘", "☒", "没有", "不是", "不", "未"})
_YES_LIKE = frozenset({"y", "yes", "1", "true", "t", "●", "■"})
_NO_LIKE = frozenset({"n", "no", "0", "false", "f", "x"})
_UNKNOWN = DASHES | {"不详", "未知", "不清楚", "空"}
_DEED = "(?:参加|参保|参与|缴纳|缴费|享受|加入|落实|完成|办理|入住|签订|纳入|脱贫|通过|安装|建立|录入|整改|解决|办结|销号|验收|报送|上报|提交|备案|到位)"
_DONE = re.compile(f"(?:已经?|有)?{_DEED}[了过]?")
_NOT_DONE = re.compile(f"(?:没有?|未|无|不|尚未|还没){_DEED}[了过]?")
_CODED = re.compile(r"[012][:.、](.+)")


class YesNo(Kind):
    """Yes or no; blank stays unknown. Reads 是 否 √ × 有 无 without a word; Y 1 ● 已参加 没参加 with a note; ○ is an error."""

    name = "yes_no"
    title = "是否"
    dtype = "boolean"
    align = "center"

    def parse(self, cell: Cell, context: Context) -> Parsed:
        if cell.type is CellType.BOOLEAN:
            return Parsed(bool(cell.value))
        if cell.type is CellType.DATE:
            return Parsed(problem=say.NOT_YES_NO)
        text = trim(cell_text(cell))
        if not text:
            return BLANK
        if text in _UNKNOWN:
            return Parsed(note=say.BLANK_WORD)
        folded = fold(text)
        if folded in _YES or folded in _NO:
            return Parsed(folded in _YES)
        answer = _answer(folded)
        return Parsed(problem=say.NOT_YES_NO) if answer is None else Parsed(answer, note=say.ANSWER_INFERRED)


def _answer(text: str) -> bool | None:
    coded = _CODED.fullmatch(text)
    word = coded[1] if coded else text
    if word in _YES or word in _YES_LIKE or _DONE.fullmatch(word):
        return True
    if word in _NO or word in _NO_LIKE or _NOT_DONE.fullmatch(word):
        return False
    return None
