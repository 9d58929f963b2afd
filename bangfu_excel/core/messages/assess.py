"""What the assessment says."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

MODE_ASSUMED = Message(
    code="AS01",
    title="没有走访方式",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="有{times}条走访记录没有填走访方式，考核中按“{mode}”计",
    suggests="今后请填写走访方式",
    basis="本程序约定",
    subject=Subject.PAIRING,
)

VISIT_WITHOUT_HOUSEHOLD = Message(
    code="AS02",
    title="走访对象未匹配",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="有{times}条走访记录还没有匹配到帮扶户，只计走访次数，不计户次和达标",
    suggests="请按问题清单确认走访的是哪一户",
    basis="本程序约定",
    subject=Subject.PAIRING,
)
