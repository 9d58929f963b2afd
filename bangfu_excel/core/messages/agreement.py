"""What is said where two of the county's own books do not agree."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

DISAGREEMENT = Message(
    code="AG01",
    title="账账不符",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="账账核对“{item}”不符（{area}）：{left}是{number}，{right}是{other}，说不出原因的差{rest}",
    suggests="请看台账文件夹里的“核对.xlsx”，查清以前先不要上报这两个数",
    basis="本程序约定",
    subject=Subject.MERGE,
)
