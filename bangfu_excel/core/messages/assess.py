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

CADENCE_UNDATED = Message(
    code="AS03",
    title="频次和材料缺少日期设定",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="方案要求的“{titles}”，还没有设定{what}，不知道各次的期限，本次考核没有计入",
    suggests="请在本县文件夹的 county.toml 的 [calendar] 里写明（实施期写在方案文件里）；其余照常考核",
    basis="本程序约定",
    subject=Subject.PAIRING,
)

CADENCE_UNSET = Message(
    code="AS04",
    title="频次未设定",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="方案要求定期做的“{titles}”没有规定次数（未设定），本次考核没有计入",
    suggests="请本县在方案文件里写明每个时段至少几次",
    basis="DOMAIN §6.6 X10",
    subject=Subject.PAIRING,
)
