"""What is said of rows that may be one person under two keys."""

from __future__ import annotations

from bangfu_excel.core.finding import Effect, Severity
from bangfu_excel.core.message import Message, Subject

ONE_PERSON = Message(
    code="ID30",
    title="可能是同一人",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="第{row}行{name}与{other}{other_name}可能是同一人：{reasons}",
    suggests="请对照身份证和户口簿核对；是同一人的只留一处并更正号码，不是的不用改",
    told="第{row}行{name}与外镇填报的一人可能是同一人，请联系县办",
    basis="DESIGN §6",
    subject=Subject.IDENTITY,
)
ONE_LIST = Message(
    code="ID31",
    title="两处名单可能是同一批人",
    severity=Severity.WARNING,
    effect=Effect.NONE,
    says="从第{row}行起有{rows}人与{other}里的人可能是同一批人：{reasons}",
    suggests="请核对户编号和证件号码，是同一批人的只报一处",
    told="从第{row}行起有{rows}人与外镇填报的可能是同一批人，请联系县办",
    basis="DESIGN §6",
    subject=Subject.IDENTITY,
)
TOO_COMMON = Message(
    code="ID32",
    title="相同的人太多，没有逐一比对",
    severity=Severity.INFO,
    effect=Effect.NONE,
    says="有{rows}人“{reason}”，相同的太多，看不出哪些是同一人，没有逐一比对",
    suggests="请核对是否把同一个内容填给了许多人",
    basis="DESIGN §6",
    subject=Subject.IDENTITY,
)
