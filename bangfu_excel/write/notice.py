"""A short text per township, ready to paste into a chat: what was received, what is to be corrected, by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Received:
    """What one township sent, in numbers.

    rows: table label → rows submitted · accepted: of these, withheld with a value to be corrected · waiting: rows of files that
    wait to be confirmed by the county, in addition to the accepted ones · unused: one sentence for
    each file or sheet that was not taken in · marked: its files that go back marked, as paths below 退回.
    """

    township: str
    files: int
    rows: Mapping[str, int]
    accepted: int
    withheld: int
    returned: int
    duplicate: int
    doubts: int
    unused: Sequence[str]
    marked: Sequence[str]
    waiting: int = 0


def notice(received: Received, *, period: str, as_of: dt.date, correction_days: int) -> str:
    """The text, ending in a line break."""
    return "\n".join([*_taken(received, period), *_asked(received, as_of + dt.timedelta(days=correction_days))]) + "\n"


def _taken(received: Received, period: str) -> list[str]:
    listed = "、".join(f"{label}{count}行" for label, count in received.rows.items() if count)
    lines = [
        f"【{received.township}】{period}结对帮扶报表收报情况",
        f"收到{received.files}个文件" + (f"：{listed}。" if listed else "，没有读出数据。"),
    ]
    if received.accepted:
        later = f"，其中{received.withheld}行有待更正的内容" if received.withheld else ""
        lines.append(f"已收下{received.accepted}行{later}。")
    if received.waiting:
        lines.append(f"{received.waiting}行所在的文件改动了已经通报的月份，等县办核实确认后才计入。")
    if received.duplicate:
        lines.append(f"{received.duplicate}行与已报的完全相同，只计一次。")
    if received.returned:
        lines.append(f"退回{received.returned}行（说不清是谁、帮扶谁或哪一天），更正后才能计入。")
    if received.unused:
        lines.append("没有收下的文件或工作表，请处理后重报：")
        lines += [f"  {sentence}" for sentence in received.unused]
    if received.doubts:
        lines.append(f"另有{received.doubts}条疑点，属实的请在“问题清单”页写明原因，不属实的请改正。")
    return lines


def _asked(received: Received, due: dt.date) -> list[str]:
    day = f"请于{due.year}年{due.month}月{due.day}日前"
    if received.marked:
        return [f"{day}在退回的表格上更正或说明后报回：", *(f"  {name}" for name in received.marked)]
    if received.unused:
        return [f"{day}报回。"]
    return ["没有需要更正的内容，谢谢。"]
