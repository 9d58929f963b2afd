"""A short text per township, ready to paste into a chat: what was received, what is to be corrected, by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Received:
    """What one township sent, in numbers.

    rows: table label → rows submitted · withheld: accepted rows with a value to be corrected · marked: its marked files.
    """

    township: str
    files: int
    rows: Mapping[str, int]
    accepted: int
    withheld: int
    returned: int
    doubts: int
    unusable: int
    marked: Sequence[str]


def notice(received: Received, *, period: str, as_of: dt.date, correction_days: int) -> str:
    """The text, ending in a line break."""
    due = as_of + dt.timedelta(days=correction_days)
    listed = "、".join(f"{label}{count}行" for label, count in received.rows.items() if count)
    lines = [
        f"【{received.township}】{period}结对帮扶报表接收情况",
        f"收到{received.files}个文件" + (f"：{listed}。" if listed else "，没有读出数据。"),
        f"已收下{received.accepted}行"
        + (f"，其中{received.withheld}行有待更正的内容。" if received.withheld else "。"),
    ]
    if received.unusable:
        lines.append(f"有{received.unusable}处文件或表格没能读懂，整份未收，请按问题清单处理后重报。")
    if received.returned:
        lines.append(f"退回{received.returned}行（说不清是谁、帮扶谁或哪一天），更正后才能计入。")
    if received.doubts:
        lines.append(f"另有{received.doubts}处疑点，属实的请在“问题清单”页写明原因，不属实的请改正。")
    if received.marked:
        lines.append(
            f"请于{due.year}年{due.month}月{due.day}日前在退回的表格上更正后报回：{'、'.join(received.marked)}。"
        )
    else:
        lines.append("没有需要更正的内容，谢谢。")
    return "\n".join(lines) + "\n"
